package signin

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

const (
	ours   = "7B0E0C0E-0000-4000-8000-00000000000A"
	theirs = "7b0e0c0e-0000-4000-8000-00000000000b"
	free   = "7b0e0c0e-0000-4000-8000-00000000000c"
)

var (
	errBroken = domain.E(domain.KindDisk, "the n-th call", nil)
	errLocked = domain.E(domain.KindKeyring, "ask the keyring", nil)
	noon      = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
)

// world is all that an authorisation works with, in memory: a company's file, a keyring, the companies of a
// machine, a ledger and İşbaşı. The n-th call of any of them can be made to fail.
type world struct {
	n, calls int
	locked   error // by the keyring

	conn      domain.Connection
	open      bool // the integration
	able      domain.Abilities
	held      map[domain.CompanyID]domain.Session
	companies []domain.Company
	keys      []string // that the ledger was told of
	log       strings.Builder

	// İşbaşı: what the next sign-in gives, and how it was asked.
	lands    domain.Session
	refuses  error // every question
	asked    []string
	clients  []domain.Environment
	answers  map[domain.Ability]domain.AbilityAnswer
	unopened error // no client can be made
}

func newWorld() *world {
	return &world{
		held:    map[domain.CompanyID]domain.Session{},
		answers: map[domain.Ability]domain.AbilityAnswer{domain.AbilityStockWrite: domain.AbilityDenied, domain.AbilityFormalise: domain.AbilityAllowed},
	}
}

func (w *world) next() error {
	if w.calls++; w.calls == w.n {
		return errBroken
	}
	return nil
}

func (w *world) Connection(context.Context) (domain.Connection, error) { return w.conn, w.next() }

func (w *world) SaveConnection(_ context.Context, c domain.Connection) error {
	if err := w.next(); err != nil {
		return err
	}
	w.conn = c
	return nil
}

func (w *world) SaveOpenConnection(_ context.Context, c domain.Connection, able domain.Abilities) error {
	if err := w.next(); err != nil {
		return err
	}
	w.conn, w.open, w.able = c, true, able
	return nil
}

func (w *world) ForgetConnection(context.Context) error {
	if err := w.next(); err != nil {
		return err
	}
	w.conn, w.open = domain.Connection{Environment: w.conn.Environment}, false
	return nil
}

func (w *world) Companies(context.Context) ([]domain.Company, error) { return w.companies, w.next() }

func (w *world) SaveFirm(_ context.Context, id domain.CompanyID, tenantID string) (domain.Company, error) {
	if err := w.next(); err != nil {
		return domain.Company{}, err
	}
	i := slices.IndexFunc(w.companies, func(c domain.Company) bool { return c.ID == id })
	if i < 0 {
		i, w.companies = len(w.companies), append(w.companies, domain.Company{ID: id})
	}
	w.companies[i].TenantID = tenantID
	return w.companies[i], nil
}

func (w *world) ChangeKey(_ context.Context, key domain.Secret) error {
	if err := w.next(); err != nil {
		return err
	}
	w.keys = append(w.keys, key.Reveal())
	return nil
}

// keyring is the world's.
type keyring struct{ *world }

func (k keyring) call() error { return errors.Join(k.locked, k.next()) }

func (k keyring) Load(_ context.Context, id domain.CompanyID) (domain.Session, error) {
	if err := k.call(); err != nil {
		return domain.Session{}, err
	}
	return k.held[id], nil
}

func (k keyring) Save(_ context.Context, id domain.CompanyID, s domain.Session) error {
	if k.locked != nil {
		return k.locked
	}
	if err := k.next(); err != nil {
		return err
	}
	k.held[id] = s
	return nil
}

func (k keyring) Forget(_ context.Context, id domain.CompanyID) error {
	if k.locked != nil {
		return k.locked
	}
	if err := k.next(); err != nil {
		return err
	}
	delete(k.held, id)
	return nil
}

// client is İşbaşı with a session.
type client struct {
	w       *world
	env     domain.Environment
	session domain.Session
	used    bool
	keep    func(context.Context, domain.Session) error
}

func (c *client) signIn(way string, cred domain.Credentials) (domain.SignIn, error) {
	asked := way + " " + cred.APIKey.Reveal() + " " + cred.UserName
	if cred.TenantID != "" {
		asked += " in " + cred.TenantID
	}
	c.w.asked = append(c.w.asked, asked)
	err := c.w.refuses
	if err == nil {
		err = c.w.next()
	}
	s := c.w.lands
	cred.TenantID = s.TenantID
	s.Credentials = cred
	if err != nil {
		s.Token = domain.Secret{}
	}
	return domain.SignIn{Session: s, Connection: domain.Connection{TenantID: s.TenantID, UserName: cred.UserName, Environment: cred.Environment, BaseURL: s.BaseURL}}, err
}

func (c *client) SignIn(_ context.Context, cred domain.Credentials) (domain.SignIn, error) {
	return c.signIn("password", cred)
}

func (c *client) SignInBrowser(_ context.Context, cred domain.Credentials, _ domain.Browser) (domain.SignIn, error) {
	return c.signIn("browser", cred)
}

func (c *client) Session() (domain.Session, bool) { return c.session, c.used }

func (c *client) Use(s domain.Session) { c.session, c.used = s, true }

func (c *client) Ping(context.Context) error {
	c.w.asked = append(c.w.asked, "ping")
	if c.w.refuses != nil {
		return c.w.refuses
	}
	return c.w.next()
}

func (c *client) Sample(_ context.Context, n int) (domain.FirmSample, error) {
	if !c.used {
		return domain.FirmSample{}, domain.E(domain.KindNeedsSignIn, "ask without a session", nil)
	}
	c.w.asked = append(c.w.asked, fmt.Sprintf("%d of the products as %s", n, c.session.UserName))
	if err := c.keep(context.Background(), c.session); err != nil { // as where the session was renewed
		return domain.FirmSample{}, err
	}
	return domain.FirmSample{Products: 1200, Names: []string{"Çay", "Kahve", "Şeker"}}, c.w.next()
}

func (c *client) Ability(_ context.Context, a domain.Ability) (domain.AbilityAnswer, error) {
	return c.w.answers[a], c.w.next()
}

// options are those of the company "biz" in the world.
func (w *world) options() Options[*client] {
	return Options[*client]{
		Company: domain.Company{ID: "biz", Name: "Biz"}, Store: w, Secrets: keyring{w}, Companies: w, Ledger: w,
		Open: func(env domain.Environment, keep func(context.Context, domain.Session) error) (*client, error) {
			w.clients = append(w.clients, env)
			return &client{w: w, env: env, keep: keep}, w.unopened
		},
		Log: slog.New(slog.NewTextHandler(&w.log, nil)), Now: func() time.Time { return noon },
	}
}

// begin begins a sitting; change may change what it works with.
func (w *world) begin(t *testing.T, change ...func(*Options[*client])) *Authorisation[*client] {
	t.Helper()
	o := w.options()
	for _, c := range change {
		c(&o)
	}
	a, err := New(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// known is a world in which "biz" has signed in to the firm ours, with a token that ends at.
func known(at time.Time) *world {
	w := newWorld()
	w.companies = []domain.Company{{ID: "biz", Name: "Biz", TenantID: ours}}
	w.conn = domain.Connection{Authorised: true, Environment: domain.EnvironmentLive, UserName: "ayşe", TenantID: ours, BaseURL: "https://a.isbasi.com"}
	w.held["biz"] = domain.Session{
		Credentials: account("anahtar-uzun-1"), Token: domain.NewSecret("eski"), TokenEndsAt: at, BaseURL: "https://b.isbasi.com",
	}
	w.lands = domain.Session{Token: domain.NewSecret("yeni"), TokenEndsAt: noon.Add(24 * time.Hour), BaseURL: "https://b.isbasi.com"}
	kept := w.held["biz"]
	kept.TenantID, w.lands.TenantID = ours, ours
	w.held["biz"] = kept
	return w
}

func ofOurs(o *Options[*client]) { o.Company.TenantID = ours }

func account(key string) domain.Credentials {
	return domain.Credentials{Environment: domain.EnvironmentLive, APIKey: domain.NewSecret(key), UserName: "ayşe", Password: domain.NewSecret("parola")}
}

// wantKind compares what an error says: its kind, and the field or reason.
func wantKind(t *testing.T, what string, err error, kind domain.Kind, said string) {
	t.Helper()
	var e *domain.Error
	if domain.KindOf(err) != kind || errors.As(err, &e) && e.Field+e.Detail != said {
		t.Errorf("%s: %v, want %s: %s", what, err, kind, said)
	}
}
