package gui

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// office is a company in memory: it keeps what the forms save and signs in as the test says.
type office struct {
	mu         sync.Mutex
	info       domain.Company
	settings   domain.Settings
	connection domain.Connection
	rules      pricing.Rules
	own        pricing.Marketplaces
	samples    []domain.Product
	run        *transfer.Run
	usage      quota.Usage

	around    domain.Circumstances
	saving    error // of SaveSettings
	testing   error // of Test
	confirm   error
	tests     int
	confirmed []domain.SignIn
	// signIn is İşbaşı: it is called on the worker's goroutine.
	signIn func(ctx context.Context, c domain.Credentials, b domain.Browser) (domain.SignIn, error)
	asked  []domain.Credentials
}

func newOffice() *office {
	return &office{
		info: domain.Company{ID: "deneme", Name: "Deneme Ticaret Ltd."}, settings: domain.DefaultSettings(),
		usage: quota.Usage{Reads: 388, ReadLimit: quota.ReadLimit, WriteLimit: quota.WriteLimit},
		samples: []domain.Product{{
			Name: "TORKU SÜT 1 LT YAĞLI", Currency: domain.TRY, Price: decimal.NewNullDecimal(decimal.New(24990, -2)),
		}},
	}
}

// authorised makes the office a connected one.
func (o *office) authorised() *office {
	o.connection = domain.Connection{
		Authorised: true, UserName: "owner@example.com", FirmName: "Deneme Ticaret Ltd.", KeyTail: "••••••••3f9a",
		Licence:     domain.Licence{Name: "Standart", EndsAt: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)},
		TokenEndsAt: time.Date(2026, 11, 24, 11, 5, 0, 0, time.UTC),
	}
	return o
}

func (o *office) company() Company {
	return Company{
		Info: o.info, Settings: o, Prices: o, Connection: officeConnection{o}, Transfers: o,
		Desk: transfer.NewDesk(o.Resume, time.Now), Quota: o,
	}
}

func (o *office) Settings(context.Context) (domain.Settings, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.settings, nil
}

func (o *office) Circumstances(context.Context) (domain.Circumstances, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.around, nil
}

func (o *office) SaveSettings(_ context.Context, s domain.Settings) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.saving == nil {
		o.settings = s
	}
	return o.saving
}

func (o *office) PriceRules(context.Context) (pricing.Rules, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.rules, nil
}

func (o *office) SavePriceRules(_ context.Context, r pricing.Rules) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	r.Version = o.rules.Version + 1
	o.rules = r
	return nil
}

func (o *office) SamplePrices(context.Context, int) ([]domain.Product, error) { return o.samples, nil }

func (o *office) Marketplaces(context.Context) (pricing.Marketplaces, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	var all pricing.Marketplaces
	for _, m := range assets.Marketplaces() {
		all = append(all, pricing.Marketplace{ID: pricing.MarketplaceID(m.ID), Name: m.Name})
	}
	return append(all, o.own...), nil
}

func (o *office) Usage(context.Context) (quota.Usage, error) { return o.usage, nil }

func (o *office) New(context.Context, transfer.Options) (*transfer.Job, error) {
	return nil, errors.New("this office transfers nothing")
}

func (o *office) Resume(context.Context) (*transfer.Job, error) { return nil, nil }

func (o *office) Latest(context.Context) (transfer.Run, bool, error) {
	if o.run == nil {
		return transfer.Run{}, false, nil
	}
	return *o.run, true, nil
}

func (o *office) Rows(context.Context, transfer.Query) ([]transfer.Listed, int, error) {
	return nil, 0, nil
}

func (o *office) TransferPlan(context.Context, int64) (transfer.Plan, error) {
	return transfer.Plan{}, nil
}

func (o *office) Planned(context.Context) (*transfer.Job, error) { return nil, nil }

func (o *office) Retry(context.Context) (*transfer.Job, error) { return nil, nil }

func (o *office) SavePlanPage(context.Context, int64, string) (string, error) { return "", nil }

func (o *office) Export(context.Context, transfer.Query) (string, error) { return "", nil }

// officeConnection is the office as a Connection.
type officeConnection struct{ *office }

func (o officeConnection) Connection(context.Context) (domain.Connection, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.connection, nil
}

func (o officeConnection) Authorise(ctx context.Context, c domain.Credentials, b domain.Browser) (domain.SignIn, error) {
	o.mu.Lock()
	o.asked = append(o.asked, c)
	o.mu.Unlock()
	return o.signIn(ctx, c, b)
}

func (o officeConnection) Confirm(_ context.Context, s domain.SignIn, open bool) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.confirm != nil {
		return o.confirm
	}
	o.confirmed = append(o.confirmed, s)
	o.connection = s.Connection
	o.settings.IntegrationOn = o.settings.IntegrationOn || open
	return nil
}

func (o officeConnection) Test(context.Context) (domain.Connection, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.tests++
	return o.connection, o.testing
}

func (o officeConnection) Forget(context.Context) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.connection, o.settings.IntegrationOn = domain.Connection{}, false
	return nil
}

// drawer is Preferences in memory.
type drawer struct {
	mu sync.Mutex
	m  map[string]string
}

func (d *drawer) Preference(_ context.Context, key string) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.m[key], nil
}

func (d *drawer) SavePreference(_ context.Context, key, value string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.m[key] = value
	return nil
}

// stage is the whole window over an office, in a bubble of synctest; see desk.
type stage struct {
	*desk
	w       *Window
	office  *office
	drawer  *drawer
	gone    int // how often OnClosed was called
	visited []string
	refuse  error // of OpenURL
}

// onStage runs f with the window open at section, in Turkish.
func onStage(t *testing.T, o *office, section int, f func(s *stage)) {
	t.Helper()
	onStageWith(t, o, func(s *stage, _ *Config) { s.drawer.m[PreferenceSection] = fmt.Sprint(section) }, f)
}

// onStageWith is onStage with a configuration that the test may change.
func onStageWith(t *testing.T, o *office, change func(s *stage, cfg *Config), f func(s *stage)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		app := test.NewTempApp(t)
		s := &stage{desk: &desk{t: t}, office: o, drawer: &drawer{m: map[string]string{}}}
		var mu sync.Mutex
		cfg := Config{
			App: app, First: o.company(), Companies: []domain.Company{o.info}, Lang: "tr", Theme: ThemeLight, Now: time.Now,
			OpenURL: func(address string) error {
				mu.Lock()
				defer mu.Unlock()
				s.visited = append(s.visited, address)
				return s.refuse
			},
			Preferences: s.drawer, Version: "0.1.0", OnClosed: func() { s.gone++ }, Post: s.post,
		}
		change(s, &cfg)
		w, err := NewWindow(cfg)
		if err != nil {
			t.Fatal(err)
		}
		s.w, s.win = w, w.win
		w.Show()
		s.settle()
		f(s)
		w.end()
		w.e.jobs.Wait()
		s.settle()
	})
}

// row gives the form row in view with this label.
func (s *stage) row(label string) *widgets.Row {
	s.t.Helper()
	var found *widgets.Row
	walk(s.win.Content(), func(o fyne.CanvasObject) {
		if r, ok := o.(*widgets.Row); ok && r.Label() == label {
			found = r
		}
	})
	if found == nil {
		s.t.Fatalf("no field %q in view; there is:\n%s", label, s.words())
	}
	return found
}

// write types text into the field of a row, in place of what stands there.
func (s *stage) write(label, text string) {
	s.t.Helper()
	e, ok := s.row(label).Field().(*widgets.Entry)
	if !ok {
		s.t.Fatalf("%q is no entry", label)
	}
	e.SetText("")
	test.Type(e, text)
	s.settle()
}

// choose picks an option of a row's radio buttons or drop-down.
func (s *stage) choose(label, option string) {
	s.t.Helper()
	switch f := s.row(label).Field().(type) {
	case *widgets.Choice:
		for i, o := range f.Options {
			if o == option {
				f.Choose(i)
				s.settle()
				return
			}
		}
	case *widgets.Select:
		f.SetSelected(option)
		s.settle()
		return
	}
	s.t.Fatalf("%q does not offer %q", label, option)
}

// answer presses a button of the open dialog.
func (s *stage) answer(words string) {
	s.t.Helper()
	m := s.w.e.modal
	if m == nil {
		s.t.Fatalf("no dialog is open, %q cannot be pressed", words)
	}
	var found *widgets.Button
	walk(m.popUp.Content, func(o fyne.CanvasObject) {
		if b, ok := o.(*widgets.Button); ok && b.Text == words {
			found = b
		}
	})
	if found == nil {
		s.t.Fatalf("the dialog has no button %q", words)
	}
	test.Tap(found)
	s.settle()
}

// in tells which section is in view.
func (s *stage) in(section int) {
	s.t.Helper()
	if s.w.view != viewSettings || s.w.page.current != section {
		s.t.Fatalf("view %d, section %d is shown, wanted section %d", s.w.view, s.w.page.current, section)
	}
}

// asks fails unless a dialog is open.
func (s *stage) asks() {
	s.t.Helper()
	if s.w.e.modal == nil {
		s.t.Fatal("no dialog is open")
	}
}

func (s *stage) asksNothing() {
	s.t.Helper()
	if s.w.e.modal != nil {
		s.t.Fatal("a dialog is open")
	}
}

func (s *stage) saved() domain.Settings {
	v, _ := s.office.Settings(context.Background())
	return v
}
