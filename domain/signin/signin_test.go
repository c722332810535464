package signin

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// One firm is one company's: what the sign-in landed in is looked at before anything of it is kept.
func TestAuthorise_landsInTheCompanysOwnFirmOnly(t *testing.T) {
	other := domain.Company{ID: "baska", Name: "Başka Firma", TenantID: theirs}
	for name, tt := range map[string]struct {
		own    string // firm of the company so far
		demo   bool
		others []domain.Company
		landed string
		kind   domain.Kind
		detail string
	}{
		"the first time":                      {"", false, []domain.Company{other}, free, "", ""},
		"its own again":                       {ours, false, []domain.Company{other}, ours, "", ""},
		"its own, written otherwise":          {ours, false, []domain.Company{other}, strings.ToLower(ours), "", ""},
		"another firm":                        {ours, false, nil, free, domain.KindOtherFirm, ""},
		"another company's":                   {"", false, []domain.Company{other}, theirs, domain.KindOtherFirm, "Başka Firma"},
		"another company's, written anyhow":   {"", false, []domain.Company{other}, strings.ToUpper(theirs), domain.KindOtherFirm, "Başka Firma"},
		"another company's, and it has one":   {ours, false, []domain.Company{other}, theirs, domain.KindOtherFirm, "Başka Firma"},
		"a demo company's":                    {"", false, []domain.Company{{ID: "d", Name: "Örnek", Demo: true, TenantID: theirs}}, theirs, "", ""},
		"the demo company in another's":       {"", true, []domain.Company{other}, theirs, "", ""},
		"the demo company in another firm":    {ours, true, nil, free, domain.KindOtherFirm, ""},
		"no firm is named":                    {"", false, []domain.Company{{ID: "n", Name: "Yeni"}}, "", "", ""},
		"no firm is named, and it has one":    {ours, false, nil, "", domain.KindOtherFirm, ""},
		"others that never signed in":         {"", false, []domain.Company{{ID: "n", Name: "Yeni"}}, free, "", ""},
		"itself is no other company":          {"", false, []domain.Company{{ID: "biz", Name: "Biz", TenantID: free}}, free, "", ""},
		"the second of others has it already": {"", false, []domain.Company{{ID: "n", Name: "Yeni", TenantID: free}, other}, theirs, domain.KindOtherFirm, "Başka Firma"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			w.companies, w.lands = tt.others, domain.Session{Credentials: domain.Credentials{TenantID: tt.landed}}
			a := w.begin(t, func(o *Options[*client]) { o.Company.TenantID, o.Company.Demo = tt.own, tt.demo })
			in, err := a.Authorise(t.Context(), account("k"), domain.Browser{})
			wantKind(t, name, err, tt.kind, tt.detail)
			if in.Session.TenantID != tt.landed {
				t.Error("what was landed in is not said")
			}
			before := slices.Clone(w.companies)
			err = a.Confirm(t.Context(), in, true)
			wantKind(t, name+", confirmed", err, tt.kind, tt.detail)
			if kept := w.conn.Authorised || len(w.held) > 0 || len(w.keys) > 0 || !slices.Equal(before, w.companies); kept != (tt.kind == "") {
				t.Errorf("kept: %v", kept)
			}
		})
	}
}

func TestAuthorise_findsKeyWayAndEnvironment(t *testing.T) {
	browser := account("k")
	browser.UserName = ""
	none, test := account(""), account("k")
	test.Environment = domain.EnvironmentTest
	noneInBrowser := browser
	noneInBrowser.APIKey = domain.Secret{}
	demo := func(o *Options[*client]) { o.Key = domain.NewSecret("demo") }
	for name, tt := range map[string]struct {
		w      *world
		change func(*Options[*client])
		cred   domain.Credentials
		asked  string
		env    domain.Environment
		kind   domain.Kind
		said   string
	}{
		"with a password":                     {newWorld(), nil, account("k"), "password k ayşe", domain.EnvironmentLive, "", ""},
		"in the browser":                      {newWorld(), nil, browser, "browser k ", domain.EnvironmentLive, "", ""},
		"elsewhere":                           {newWorld(), nil, test, "password k ayşe", domain.EnvironmentTest, "", ""},
		"with the key of before":              {known(noon), ofOurs, none, "password anahtar-uzun-1 ayşe", domain.EnvironmentLive, "", ""},
		"with the key of before, the browser": {known(noon), ofOurs, noneInBrowser, "browser anahtar-uzun-1 ", domain.EnvironmentLive, "", ""},
		"a typed key comes first":             {known(noon), ofOurs, account("k"), "password k ayşe", domain.EnvironmentLive, "", ""},
		"the demo company's key":              {newWorld(), demo, none, "password demo ayşe", domain.EnvironmentLive, "", ""},
		"a key was never known":               {newWorld(), nil, none, "", "", domain.KindInvalid, "api-keyrequired"},
	} {
		t.Run(name, func(t *testing.T) {
			change := tt.change
			if change == nil {
				change = func(*Options[*client]) {}
			}
			a := tt.w.begin(t, change)
			before := a.Client()
			_, err := a.Authorise(t.Context(), tt.cred, domain.Browser{})
			wantKind(t, name, err, tt.kind, tt.said)
			if got := strings.Join(tt.w.asked, "|"); got != tt.asked {
				t.Errorf("asked %q", got)
			}
			if tt.asked != "" && tt.w.clients[len(tt.w.clients)-1] != tt.env {
				t.Errorf("asked in %v", tt.w.clients)
			}
			if a.Client() != before {
				t.Error("what nobody has confirmed is in use")
			}
		})
	}
	w := newWorld()
	w.locked = errLocked
	_, err := w.begin(t).Authorise(t.Context(), none, domain.Browser{})
	wantKind(t, "the key cannot be read", err, domain.KindKeyring, "")
	w = newWorld()
	w.refuses = domain.E(domain.KindCredentials, "sign in", nil)
	in, err := w.begin(t).Authorise(t.Context(), account("k"), domain.Browser{})
	wantKind(t, "refused", err, domain.KindCredentials, "")
	if in.Session.APIKey != domain.NewSecret("k") { // what it needs to go on
		t.Error("what is needed to go on is lost")
	}
	w = newWorld()
	a := w.begin(t)
	w.unopened = errBroken
	if _, err := a.Authorise(t.Context(), account("k"), domain.Browser{}); !errors.Is(err, errBroken) {
		t.Error(err)
	}
}

// A company may be given another name while it is open: its first sign-in leaves it that.
func TestConfirm_leavesTheCompanyTheNameThatItHas(t *testing.T) {
	w := known(noon)
	w.companies[0].TenantID = ""
	a := w.begin(t, func(o *Options[*client]) { o.Company.TenantID = "" })
	in, err := a.Authorise(t.Context(), account("anahtar-uzun-2"), domain.Browser{})
	if err != nil {
		t.Fatal(err)
	}
	w.companies[0].Name = "Yeni Ad"
	if err := a.Confirm(t.Context(), in, true); err != nil || w.companies[0] != (domain.Company{ID: "biz", Name: "Yeni Ad", TenantID: ours}) {
		t.Errorf("%+v, %v", w.companies, err)
	}
}

func TestConfirm_keepsEverythingInItsPlace(t *testing.T) {
	for _, open := range []bool{false, true} {
		w := known(noon)
		w.held, w.conn = map[domain.CompanyID]domain.Session{}, domain.Connection{Environment: domain.EnvironmentLive}
		w.companies[0].TenantID = ""
		a := w.begin(t)
		cred := account("anahtar-uzun-2")
		cred.Environment = domain.EnvironmentTest
		in, err := a.Authorise(t.Context(), cred, domain.Browser{})
		if err != nil || w.conn.Authorised || len(w.held) > 0 || len(w.keys) > 0 {
			t.Fatalf("kept before anybody confirmed: %v", err)
		}
		if err := a.Confirm(t.Context(), in, open); err != nil {
			t.Fatal(err)
		}
		want := in.Connection
		want.Authorised, want.SignedInAt = true, noon
		if w.conn != want || w.open != open || w.held["biz"] != in.Session || w.companies[0] != (domain.Company{ID: "biz", Name: "Biz", TenantID: ours}) || !slices.Equal(w.keys, []string{"anahtar-uzun-2"}) {
			t.Errorf("%+v, %v, %v", w.conn, w.companies, w.keys)
		}
		if s, ok := a.Client().Session(); !ok || s != in.Session || a.Client().env != domain.EnvironmentTest {
			t.Errorf("in use: %+v in %s", s, a.Client().env)
		}
		if open && (w.able[domain.AbilityStockWrite] != domain.AbilityDenied || w.able[domain.AbilityFormalise] != domain.AbilityAllowed) {
			t.Errorf("%v", w.able)
		}
		in.Connection.SignedInAt = noon.Add(-time.Hour)
		if err := a.Confirm(t.Context(), in, open); err != nil || !w.conn.SignedInAt.Equal(noon.Add(-time.Hour)) {
			t.Errorf("signed in at %v, %v", w.conn.SignedInAt, err)
		}
		// The firm is the company's now.
		w.lands.TenantID = free
		_, err = a.Authorise(t.Context(), cred, domain.Browser{})
		wantKind(t, "another firm", err, domain.KindOtherFirm, "")
	}
}

// Cut off anywhere it says so; done again it is whole.
func TestConfirm_failingAnywhereIsSaidAndCanBeDoneAgain(t *testing.T) {
	for n := 1; ; n++ {
		w := known(noon)
		w.held, w.conn = map[domain.CompanyID]domain.Session{}, domain.Connection{}
		a := w.begin(t)
		in, err := a.Authorise(t.Context(), account("anahtar-uzun-2"), domain.Browser{})
		if err != nil {
			t.Fatal(err)
		}
		w.n, w.calls = n, 0
		err = a.Confirm(t.Context(), in, true)
		reached := w.calls >= n
		if w.n = 0; reached != errors.Is(err, errBroken) {
			t.Errorf("call %d: %v", n, err)
		}
		if err := a.Confirm(t.Context(), in, true); err != nil || !w.conn.Authorised || !w.open || w.held["biz"] != in.Session {
			t.Errorf("call %d, again: %v", n, err)
		}
		if !reached {
			if n < 8 {
				t.Errorf("%d calls only", n-1)
			}
			break
		}
	}
	w := newWorld()
	a := w.begin(t)
	w.unopened = errBroken
	if err := a.Confirm(t.Context(), domain.SignIn{}, true); !errors.Is(err, errBroken) || w.conn.Authorised {
		t.Error(err)
	}
}

func TestNew_asksTheKeyringOnlyWhenItIsNeeded(t *testing.T) {
	w := known(noon)
	w.locked = errLocked
	a := w.begin(t)
	if _, ok := a.Client().Session(); ok || !slices.Equal(w.clients, []domain.Environment{domain.EnvironmentLive}) {
		t.Errorf("%v", w.clients)
	}
	w.unopened = errBroken
	if _, err := New(t.Context(), w.options()); !errors.Is(err, errBroken) {
		t.Error(err)
	}
	w.n, w.calls, w.unopened = 1, 0, nil
	if got, err := New(t.Context(), w.options()); !errors.Is(err, errBroken) || got != nil {
		t.Error(err)
	}
}
