package app

import (
	"context"
	"strings"
	"sync"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// sessionState is what the company knows of its session in this process.
type sessionState struct {
	mu          sync.Mutex
	loaded      bool   // the keyring has answered, and what it held is in use
	sessionOnly bool   // no keyring: the session ends with the program
	tenantID    string // the firm this company belongs to, "" before the first sign-in
}

// Connection gives what is known of the sign-in without asking İşbaşı.
func (c *Company) Connection(ctx context.Context) (domain.Connection, error) {
	conn, err := c.Store.Connection(ctx)
	if err != nil || !conn.Authorised {
		return conn, err
	}
	err = c.loadSession(ctx)
	conn.SessionOnly = c.isSessionOnly()
	if s, ok := c.client.Load().Session(); ok {
		conn.KeyTail = s.APIKey.Tail()
		conn.TokenEndsAt = s.TokenEndsAt
		return conn, nil
	}
	// Signed in once, but nothing is left of it here: the keyring is empty, locked or gone.
	conn.Authorised = false
	return conn, err
}

// Authorise signs in and stores nothing. A sign-in that lands in another firm than the company's is
// refused.
func (c *Company) Authorise(ctx context.Context, cred domain.Credentials, b domain.Browser) (domain.SignIn, error) {
	if cred.APIKey.Empty() {
		if err := c.usualKey(ctx, &cred); err != nil {
			return domain.SignIn{}, err
		}
	}
	client, err := c.newClient(cred.Environment)
	if err != nil {
		return domain.SignIn{}, err
	}
	var in domain.SignIn
	if cred.UserName != "" {
		in, err = client.SignIn(ctx, cred)
	} else {
		in, err = client.SignInBrowser(ctx, cred, b)
	}
	if err != nil {
		return in, err // what a credentials error needs to go on is in it
	}
	return in, c.sameFirm(ctx, in)
}

// usualKey fills in the API key where the person need not type it: the demo company's, or the one the
// company signed in with before.
func (c *Company) usualKey(ctx context.Context, cred *domain.Credentials) error {
	if c.demo != nil {
		cred.APIKey = domain.NewSecret(sandbox.DemoKey)
		return nil
	}
	if err := c.loadSession(ctx); err != nil {
		return err
	}
	if s, ok := c.client.Load().Session(); ok {
		cred.APIKey = s.APIKey
		return nil
	}
	return domain.Invalid("api-key", "required")
}

// sameFirm refuses a sign-in that landed in another firm than the company's, or in one that another
// company of this machine has: Detail is that company's name.
func (c *Company) sameFirm(ctx context.Context, in domain.SignIn) error {
	c.session.mu.Lock()
	own, landed := c.session.tenantID, in.Session.TenantID
	c.session.mu.Unlock()
	if own != "" && sameTenant(own, landed) {
		return nil
	}
	refused := domain.E(domain.KindOtherFirm, "sign in", nil)
	if !c.Info.Demo && landed != "" { // the demo company's firm is no one else's: it has an İşbaşı of its own
		all, err := c.app.Machine.Companies(ctx)
		if err != nil {
			return err
		}
		for _, other := range all {
			if other.ID != c.Info.ID && !other.Demo && sameTenant(other.TenantID, landed) {
				refused.Detail = other.Name
				return refused
			}
		}
	}
	if own != "" {
		return refused
	}
	return nil
}

func sameTenant(a, b string) bool { return strings.EqualFold(a, b) } //nolint:forbidigo // a GUID

// Confirm stores an accepted sign-in: secrets in the keyring, the rest in the company's file.
func (c *Company) Confirm(ctx context.Context, in domain.SignIn, open bool) error {
	if err := c.sameFirm(ctx, in); err != nil {
		return err
	}
	info := c.Info
	info.TenantID = in.Session.TenantID
	if err := c.app.Machine.SaveCompany(ctx, info); err != nil {
		return err
	}
	c.session.mu.Lock()
	c.session.tenantID = info.TenantID
	c.session.mu.Unlock()
	if err := c.useKey(ctx, in.Session.APIKey); err != nil {
		return err
	}
	if err := c.useEnvironment(in.Session.Environment); err != nil {
		return err
	}
	c.client.Load().Use(in.Session)
	if err := c.keep(ctx, in.Session); err != nil {
		return err
	}
	in.Connection.Authorised = true
	if in.Connection.SignedInAt.IsZero() {
		in.Connection.SignedInAt = time.Now()
	}
	if !open {
		return c.SaveConnection(ctx, in.Connection)
	}
	able, err := c.abilities(ctx)
	if err != nil {
		return err
	}
	return c.SaveOpenConnection(ctx, in.Connection, able)
}

func (c *Company) useEnvironment(env domain.Environment) error {
	client, err := c.newClient(env)
	if err != nil {
		return err
	}
	c.client.Store(client)
	return nil
}

// keep stores a session that is new or was renewed. Without a keyring it lives in memory, and the
// screen says so.
func (c *Company) keep(ctx context.Context, s domain.Session) error {
	err := c.app.keys.Save(ctx, c.Info.ID, s)
	c.session.mu.Lock()
	defer c.session.mu.Unlock()
	c.session.loaded = true
	c.session.sessionOnly = domain.KindOf(err) == domain.KindKeyring
	if c.session.sessionOnly {
		c.app.Log.WarnContext(ctx, "no keyring; the session ends with the program", "error", err)
		return nil
	}
	return err
}

func (c *Company) isSessionOnly() bool {
	c.session.mu.Lock()
	defer c.session.mu.Unlock()
	return c.session.sessionOnly
}

// loadSession takes the session from the keyring, until that has succeeded once.
func (c *Company) loadSession(ctx context.Context) error {
	c.session.mu.Lock()
	defer c.session.mu.Unlock()
	if c.session.loaded {
		return nil
	}
	s, err := c.app.keys.Load(ctx, c.Info.ID)
	if err != nil {
		return err
	}
	if s.APIKey.Empty() {
		c.session.loaded = true
		return nil
	}
	if err := c.useKey(ctx, s.APIKey); err != nil {
		return err
	}
	conn, err := c.Store.Connection(ctx)
	if err != nil {
		return err
	}
	s.Environment = conn.Environment
	if s.TenantID == "" {
		s.TenantID = conn.TenantID
	}
	if s.BaseURL == "" && len(c.hosts) == 0 {
		s.BaseURL = conn.BaseURL
	}
	if len(c.hosts) > 0 {
		s.BaseURL = c.hosts[0] // the stand-in has another port at every start
	}
	c.client.Load().Use(s)
	c.session.loaded = true // not before: what was cut off is tried again
	return nil
}

// signedIn makes sure that there is a session to work with: the keyring's, renewed when its token has
// ended.
func (c *Company) signedIn(ctx context.Context) error {
	if err := c.loadSession(ctx); err != nil {
		return err
	}
	s, ok := c.client.Load().Session()
	if !ok {
		return domain.E(domain.KindNeedsSignIn, "find the session", nil)
	}
	if !s.Token.Empty() && (s.TokenEndsAt.IsZero() || s.TokenEndsAt.After(time.Now())) {
		return nil
	}
	in, err := c.client.Load().SignIn(ctx, s.Credentials)
	if err != nil {
		return domain.Wrap(err, "renew the session")
	}
	if err := c.sameFirm(ctx, in); err != nil {
		return err
	}
	c.client.Load().Use(in.Session)
	return c.keep(ctx, in.Session)
}

// Test asks İşbaşı one small question (one read) and gives what is known then.
func (c *Company) Test(ctx context.Context) (domain.Connection, error) {
	if err := c.signedIn(ctx); err != nil {
		return domain.Connection{}, err
	}
	if err := c.client.Load().Ping(ctx); err != nil {
		return domain.Connection{}, err
	}
	return c.Connection(ctx)
}

// Forget removes the session from keyring and memory, and closes the integration. Bindings and
// catalogue stay.
func (c *Company) Forget(ctx context.Context) error {
	if err := c.app.keys.Forget(ctx, c.Info.ID); err != nil && !c.isSessionOnly() {
		return err
	}
	conn, err := c.Store.Connection(ctx)
	if err != nil {
		return err
	}
	if err := c.Store.ForgetConnection(ctx); err != nil {
		return err
	}
	return c.useEnvironment(conn.Environment)
}
