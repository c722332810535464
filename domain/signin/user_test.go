package signin

import (
	"errors"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

// The user whom a person names goes with every call from then on, after a renewal, a restart and another permission too.
func TestNameUser_isKeptUntilAnotherFirm(t *testing.T) {
	w := known(noon)
	w.held, w.conn = map[domain.CompanyID]domain.Session{}, domain.Connection{}
	a := w.begin(t)
	browser := account("anahtar-uzun-2")
	browser.UserName, browser.Password = "", domain.Secret{}
	permit := func() domain.SignIn {
		in, err := a.Authorise(t.Context(), browser, domain.Browser{})
		if err != nil {
			t.Fatal(err)
		}
		in.Connection.UserName, in.Connection.TenantID, in.Session.UserEmail, in.Session.UserName = "", in.Session.TenantID, "", ""
		if err := a.Confirm(t.Context(), in, true); err != nil {
			t.Fatal(err)
		}
		return in
	}
	permit()
	for _, wrong := range []string{"", "ayse", "a b@c", "a@b\nc"} {
		err := a.NameUser(t.Context(), wrong)
		if e := new(domain.Error); domain.KindOf(err) != domain.KindInvalid || !errors.As(err, &e) || e.Field != "user" {
			t.Errorf("%q: %v", wrong, err)
		}
	}
	if err := a.NameUser(t.Context(), " ayse@firma.example "); err != nil {
		t.Fatal(err)
	}
	named := func(when string, a *Authorisation[*client]) {
		t.Helper()
		c, err := a.Connection(t.Context())
		s, ok := a.Client().Session()
		if err != nil || !ok || c.UserName != "ayse@firma.example" || !c.ByBrowser || s.UserEmail != c.UserName || s.UserName != "" || w.held["biz"] != s {
			t.Errorf("%s: %+v, %+v, %v", when, c, s.UserEmail, err)
		}
	}
	named("at once", a)
	named("after a restart", w.begin(t))
	permit()
	named("after another permission", a)
	w.conn.TenantID = free // what is stored is of another firm
	permit()
	if c, err := a.Connection(t.Context()); err != nil || c.UserName != "" {
		t.Errorf("of another firm: %q, %v", c.UserName, err)
	}
}

func TestNameUser_wantsASession(t *testing.T) {
	w := newWorld()
	wantKind(t, "never signed in", w.begin(t).NameUser(t.Context(), "a@b.example"), domain.KindNeedsSignIn, "never")
}

// A call that fails is said, of naming the user and of a permission that has to look who it was before.
func TestNameUser_failingAnywhereIsSaid(t *testing.T) {
	for what, do := range map[string]func(a *Authorisation[*client]) error{
		"name": func(a *Authorisation[*client]) error { return a.NameUser(t.Context(), "a@b.example") },
		"confirm": func(a *Authorisation[*client]) error {
			s := domain.Session{Credentials: domain.Credentials{APIKey: domain.NewSecret("anahtar-uzun-2"), TenantID: ours}}
			return a.Confirm(t.Context(), domain.SignIn{Session: s, Connection: domain.Connection{TenantID: ours}}, false)
		},
	} {
		for n := 1; ; n++ {
			w := known(noon)
			a := w.begin(t)
			w.n, w.calls = n, 0
			err := do(a)
			if w.calls < n {
				if err != nil || n < 3 {
					t.Errorf("%s: %d calls, %v", what, n-1, err)
				}
				break
			}
			if !errors.Is(err, errBroken) {
				t.Errorf("%s, call %d: %v", what, n, err)
			}
		}
	}
}
