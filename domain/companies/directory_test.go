package companies

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

var errBroken = domain.E(domain.KindDisk, "the n-th call", nil)

// machine keeps companies in memory; its n-th call can be made to fail.
type machine struct {
	all      []domain.Company
	prefers  map[string]string
	faster   *domain.Company
	signsIn  string // the firm of whom is renamed
	n, calls int
}

func (m *machine) next() error {
	if m.calls++; m.calls == m.n {
		return errBroken
	}
	return nil
}

func (m *machine) Companies(context.Context) ([]domain.Company, error) {
	if err := m.next(); err != nil {
		return nil, err
	}
	return slices.Clone(m.all), nil
}

func (m *machine) AddCompany(_ context.Context, c domain.Company) error {
	if err := m.next(); err != nil {
		return err
	}
	if m.faster != nil { // another program has just added one of that name
		m.all, m.faster = append(m.all, *m.faster), nil
		return domain.Invalid("name", "name-taken")
	}
	m.all = append(m.all, c)
	return nil
}

func (m *machine) SaveName(_ context.Context, id domain.CompanyID, name string) (domain.Company, error) {
	if err := m.next(); err != nil {
		return domain.Company{}, err
	}
	i := slices.IndexFunc(m.all, func(c domain.Company) bool { return c.ID == id })
	m.all[i].Name = name
	m.all[i].TenantID = m.signsIn
	return m.all[i], nil
}

func (m *machine) Preference(_ context.Context, key string) (string, error) {
	if err := m.next(); err != nil {
		return "", err
	}
	return m.prefers[key], nil
}

func (m *machine) SavePreference(_ context.Context, key, value string) error {
	if err := m.next(); err != nil {
		return err
	}
	m.prefers[key] = value
	return nil
}

func newMachine(all ...domain.Company) (*machine, *Directory) {
	m := &machine{all: all, prefers: map[string]string{}}
	return m, New(m)
}

func wantKind(t *testing.T, what string, err error, kind domain.Kind, field, detail string) {
	t.Helper()
	var e *domain.Error
	if domain.KindOf(err) != kind || errors.As(err, &e) && (e.Field != field || e.Detail != detail) {
		t.Errorf("%s: %v, want %s (%s): %s", what, err, kind, field, detail)
	}
}

var (
	alfa = domain.Company{ID: "alfaalfaalfa", Name: "Kırtasiye"}
	beta = domain.Company{ID: "betabetabeta", Name: "İkinci", TenantID: "t"}
)

func TestFindCompany_knowsThemByNameAndIDAndTheDefault(t *testing.T) {
	both := []domain.Company{alfa, beta}
	for name, tt := range map[string]struct {
		all            []domain.Company
		prefers, asked string
		want           domain.Company
		kind           domain.Kind
		field, detail  string
	}{
		"none at all":               {nil, "", "", domain.Company{}, domain.KindNotFound, "", "no-company"},
		"none of that name":         {nil, "", "yok", domain.Company{}, domain.KindNotFound, "", "yok"},
		"the only one":              {both[:1], "", "", alfa, "", "", ""},
		"the only one, another was": {both[:1], string(beta.ID), "", alfa, "", "", ""},
		"which one":                 {both, "", "", domain.Company{}, domain.KindInvalid, "company", "which-company"},
		"the chosen one is gone":    {both, "gone", "", domain.Company{}, domain.KindInvalid, "company", "which-company"},
		"the default":               {both, string(beta.ID), "", beta, "", "", ""},
		"in spite of the default":   {both, string(beta.ID), "Kırtasiye", alfa, "", "", ""},
		"by its name":               {both, "", "İkinci", beta, "", "", ""},
		"as it may be typed":        {both, "", "kirtasıye", alfa, "", "", ""},
		"in capitals":               {both, "", "KIRTASİYE", alfa, "", "", ""},
		"by its id":                 {both, "", string(beta.ID), beta, "", "", ""},
		"by nothing of it":          {both, "", "yok", domain.Company{}, domain.KindNotFound, "", "yok"},
	} {
		m, d := newMachine(tt.all...)
		m.prefers["default-company"] = tt.prefers
		got, err := d.FindCompany(t.Context(), tt.asked)
		if wantKind(t, name, err, tt.kind, tt.field, tt.detail); got != tt.want {
			t.Errorf("%s: %+v", name, got)
		}
		if tt.kind == domain.KindInvalid && !strings.Contains(err.Error(), "Kırtasiye, İkinci") {
			t.Errorf("%s: the companies are not named: %v", name, err)
		}
	}
}

func TestDefaultCompany_isTheChosenOneWhileItIsThere(t *testing.T) {
	m, d := newMachine(alfa, beta)
	if id, err := d.DefaultCompany(t.Context()); id != "" || err != nil {
		t.Errorf("before any was chosen: %q, %v", id, err)
	}
	if err := d.SetDefaultCompany(t.Context(), beta.ID); err != nil || m.prefers["default-company"] != string(beta.ID) {
		t.Fatal(err)
	}
	if id, err := d.DefaultCompany(t.Context()); id != string(beta.ID) || err != nil {
		t.Errorf("%q, %v", id, err)
	}
	m.all = m.all[:1]
	if id, err := d.DefaultCompany(t.Context()); id != "" || err != nil {
		t.Errorf("it is gone, yet %q, %v", id, err)
	}
}

func TestNewCompany_needsANameOfItsOwn(t *testing.T) {
	m, d := newMachine(alfa, beta)
	for name, reason := range map[string]string{" ": "required", "": "required", "IKINCI": "name-taken", "\x1b\u202e": "required", strings.Repeat("ş", 101): "too-long", string(alfa.ID): "name-taken"} {
		got, err := d.NewCompany(t.Context(), name, false)
		if wantKind(t, name, err, domain.KindInvalid, "name", reason); got != (domain.Company{}) {
			t.Errorf("%q: %+v", name, got)
		}
	}
	one, err := d.NewCompany(t.Context(), "  Ğış\n& \u202eOğlu\x1b ", false)
	if err != nil || one.Name != "Ğış & Oğlu" || one.Demo || one.TenantID != "" || len(one.ID) != 12 || string(one.ID) != domain.Fold(string(one.ID)) || m.all[2] != one {
		t.Errorf("%+v, %v", one, err)
	}
	other, err := d.NewCompany(t.Context(), "Başka", false)
	if err != nil || other.ID == one.ID {
		t.Errorf("one id for two: %v", err)
	}
	_, err = d.NewCompany(t.Context(), string(one.ID), true)
	wantKind(t, "a demo company by another's id", err, domain.KindInvalid, "name", "name-taken")
}

func TestRenameCompany_keepsAllButTheName(t *testing.T) {
	m, d := newMachine(alfa, beta)
	for name, reason := range map[string]string{" ": "required", "IKINCI": "name-taken", strings.Repeat("ş", 101): "too-long", string(beta.ID): "name-taken"} {
		_, err := d.RenameCompany(t.Context(), alfa.ID, name)
		wantKind(t, name, err, domain.KindInvalid, "name", reason)
	}
	_, err := d.RenameCompany(t.Context(), "yok", "Ad")
	wantKind(t, "none", err, domain.KindNotFound, "", "yok")
	want := alfa
	m.signsIn, want.TenantID = "t-1", "t-1" // since the list was read
	for name, becomes := range map[string]string{"  Ğış\n& \u202eOğlu\x1b ": "Ğış & Oğlu", strings.ToUpper(alfa.Name): strings.ToUpper(alfa.Name)} {
		want.Name = becomes
		got, err := d.RenameCompany(t.Context(), alfa.ID, name)
		if err != nil || got != want || m.all[0] != want || m.all[1] != beta || len(m.all) != 2 {
			t.Errorf("%q: %+v, %v, of %+v", name, got, err, m.all)
		}
	}
}

func TestDemoCompany_isOneBesideThePersonsOwn(t *testing.T) {
	m, d := newMachine(alfa, beta)
	demo, err := d.DemoCompany(t.Context(), "İkinci")
	if err != nil || !demo.Demo || demo.Name != "İkinci" || demo.ID == beta.ID || len(m.all) != 3 {
		t.Errorf("%+v, %v", demo, err)
	}
	if again, err := d.DemoCompany(t.Context(), "Başka"); err != nil || again != demo || len(m.all) != 3 {
		t.Errorf("%+v, %v", again, err)
	}
}

// Two programs begin on a new machine at the same moment: both work with the company that one of them made.
func TestEnsureCompany_isOneForTwoFirstStarts(t *testing.T) {
	m, d := newMachine()
	m.faster = &alfa
	if got, err := d.EnsureCompany(t.Context(), "", "Kırtasiye"); err != nil || got != alfa || len(m.all) != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := d.EnsureCompany(t.Context(), "", "Firmam"); err != nil || got != alfa || len(m.all) != 1 {
		t.Errorf("the only one: %+v, %v", got, err)
	}
	named, err := d.EnsureCompany(t.Context(), "Yeni", "Firmam")
	if err != nil || named.Name != "Yeni" || len(m.all) != 2 {
		t.Errorf("%+v, %v", named, err)
	}
	m, d = newMachine()
	if got, err := d.EnsureCompany(t.Context(), "", "Firmam"); err != nil || got.Name != "Firmam" {
		t.Errorf("the first: %+v, %v", got, err)
	}
	m.faster = &domain.Company{ID: "demo", Name: "Örnek", Demo: true}
	if got, err := d.DemoCompany(t.Context(), "Örnek"); err != nil || got.ID != "demo" {
		t.Errorf("the demo company: %+v, %v", got, err)
	}
}

func TestDirectory_saysWhatTheStoreSays(t *testing.T) {
	for name, do := range map[string]func(d *Directory) error{
		"finding":     func(d *Directory) error { _, err := d.FindCompany(t.Context(), ""); return err },
		"the default": func(d *Directory) error { _, err := d.DefaultCompany(t.Context()); return err },
		"choosing":    func(d *Directory) error { return d.SetDefaultCompany(t.Context(), beta.ID) },
		"adding":      func(d *Directory) error { _, err := d.NewCompany(t.Context(), "Yeni", false); return err },
		"renaming":    func(d *Directory) error { _, err := d.RenameCompany(t.Context(), beta.ID, "Yeni"); return err },
		"the demo":    func(d *Directory) error { _, err := d.DemoCompany(t.Context(), "Örnek"); return err },
	} {
		for n := 1; ; n++ {
			m, d := newMachine(alfa, beta)
			m.prefers["default-company"] = string(beta.ID)
			m.n = n
			err := do(d)
			if reached := m.calls >= n; reached != errors.Is(err, errBroken) || !reached && err != nil {
				t.Errorf("%s, call %d: %v", name, n, err)
			}
			if m.calls < n {
				break
			}
		}
	}
}
