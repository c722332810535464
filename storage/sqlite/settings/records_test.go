package settings_test

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/settings"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestSaveSettings_carriesEachChoiceAndNotesIt(t *testing.T) {
	keys := map[string]string{
		"IntegrationOn": "integration", "Currency": "currency", "Pull": "pull", "AutoFormalise": "auto_formalise", "Scenario": "scenario", "Push": "push",
	}
	word := func(s domain.Settings, path string) string {
		if text := fmt.Sprint(reflect.ValueOf(s).FieldByName(path)); text != "" {
			return text
		}
		return "unset"
	}
	c := sqlitetest.NewCompany(t)
	sqlitetest.Clocked(c, 1)
	for path, want := range domaintest.Changed(domain.DefaultSettings(), domaintest.Fill[domain.Settings](0)) {
		for i, s := range []domain.Settings{want, domain.DefaultSettings()} { // there and back
			if err := c.SaveSettings(t.Context(), s, nil); err != nil {
				t.Fatal(err)
			}
			sqlitetest.WantSame(t, path, sqlitetest.Ok1[domain.Settings](t)(c.Settings(t.Context())), s)
			if path == "Confirmed" { // is no choice: the history has nothing of it
				continue
			}
			old := []domain.Settings{domain.DefaultSettings(), want}[i]
			sqlitetest.WantNoted(t, c, "settings", map[string]any{"changes": map[string]any{keys[path]: []string{word(old, path), word(s, path)}}})
		}
	}
}

func TestSaveConnection_carriesEachFieldAndNotesAnotherAccount(t *testing.T) {
	noted := map[string]bool{"Authorised": true, "UserName": true, "TenantID": true}
	base := domaintest.Fill[domain.Connection](0)
	base.KeyTail, base.SessionOnly, base.ByBrowser = "", false, false // never stored
	for path, want := range domaintest.Changed(base, domaintest.Fill[domain.Connection](1)) {
		if path == "KeyTail" || path == "SessionOnly" || path == "ByBrowser" {
			continue
		}
		c := sqlitetest.NewCompany(t)
		sqlitetest.Clocked(c, 1)
		for _, v := range []domain.Connection{base, want} {
			if err := c.SaveConnection(t.Context(), v); err != nil {
				t.Fatal(err)
			}
			sqlitetest.WantSame(t, path, sqlitetest.Ok1[domain.Connection](t)(c.Connection(t.Context())), v)
		}
		if n := sqlitetest.Entries(t, c); (n == 2) != noted[path] {
			t.Errorf("%s: %d entries in the history", path, n)
		}
		if noted[path] {
			what := "connection"
			if path == "UserName" { // of the same firm
				what = "connection-user"
			}
			sqlitetest.WantNoted(t, c, what, map[string]any{"user": want.UserName, "tenant": want.TenantID})
		}
		if err := c.ForgetConnection(t.Context()); err != nil {
			t.Fatal(err)
		}
		sqlitetest.WantNoted(t, c, "connection-forgotten", nil)
	}
}

func TestSaveOpenConnection_opensTheIntegrationAlone(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.Clocked(c, 1)
	s := domaintest.Fill[domain.Settings](0)
	s.IntegrationOn = false
	v := domaintest.Fill[domain.Connection](1)
	v.KeyTail, v.SessionOnly, v.ByBrowser = "", false, false // never stored
	sqlitetest.Must(t, c.SaveSettings(t.Context(), s, nil), c.SaveOpenConnection(t.Context(), v, nil))
	s.IntegrationOn = true
	sqlitetest.WantSame(t, "settings", sqlitetest.Ok1[domain.Settings](t)(c.Settings(t.Context())), s)
	sqlitetest.WantSame(t, "connection", sqlitetest.Ok1[domain.Connection](t)(c.Connection(t.Context())), v)
	sqlitetest.WantNoted(t, c, "settings", map[string]any{"changes": map[string]any{"integration": []string{"false", "true"}}})
}

func TestForgetConnection_closesTheIntegrationAlone(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	s := domaintest.Fill[domain.Settings](0)
	if err := c.SaveSettings(t.Context(), s, nil); err != nil {
		t.Fatal(err)
	}
	if err := c.ForgetConnection(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.IntegrationOn = false
	sqlitetest.WantSame(t, "settings", sqlitetest.Ok1[domain.Settings](t)(c.Settings(t.Context())), s)
}

func TestQuotaLimits_readWhatCanBeALimit(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.Clocked(c, 1)
	if err := c.SaveQuotaLimits(t.Context(), quota.Limits{Reads: 61, Writes: 72}); err != nil {
		t.Fatal(err)
	}
	sqlitetest.WantNoted(t, c, "quota-limits", sqlitetest.Changes(map[string]any{"reads": quota.DefaultLimits().Reads, "writes": quota.DefaultLimits().Writes}, map[string]any{"reads": 61, "writes": 72}))
	if err := c.SaveQuotaLimits(t.Context(), quota.Limits{Reads: 6, Writes: 7}); err != nil {
		t.Fatal(err)
	}
	sqlitetest.WantSame(t, "limits", sqlitetest.Ok1[quota.Limits](t)(c.QuotaLimits(t.Context())), quota.Limits{Reads: 6, Writes: 7})
	for value, want := range map[string]int{"0": 0, "-1": 0, "1": 1, "2": 2, "": 0, "x": 0, "1.5": 0, "99999999999999999999": 0} {
		for key, limits := range map[string]quota.Limits{settings.SettingReads: {Reads: want, Writes: 7}, settings.SettingWrites: {Reads: 6, Writes: want}} {
			if limits.Reads == 0 {
				limits.Reads = quota.ReadLimit
			}
			if limits.Writes == 0 {
				limits.Writes = quota.WriteLimit
			}
			if err := c.SaveQuotaLimits(t.Context(), quota.Limits{Reads: 6, Writes: 7}); err != nil {
				t.Fatal(err)
			}
			if _, err := c.DB.Writer.ExecContext(t.Context(), `UPDATE setting SET value = ? WHERE key = ?`, value, key); err != nil {
				t.Fatal(err)
			}
			sqlitetest.WantSame(t, key+" "+value, sqlitetest.Ok1[quota.Limits](t)(c.QuotaLimits(t.Context())), limits)
		}
	}
}

func TestBook_countsByMonthAndKindAndNeverBelowZero(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	want := map[string]map[quota.Kind]int{"2026-11": {}, "2026-12": {}}
	for i, n := range []int{20, 1, -1, -20, -1, 5, -4, -2, 7} {
		for month, kinds := range want {
			for j, k := range []quota.Kind{quota.Read, quota.Write, quota.SignIn} {
				calls := n + j*i
				if month == "2026-12" {
					calls = -calls
				}
				if err := c.Book(t.Context(), month, k, calls); err != nil {
					t.Fatal(err)
				}
				kinds[k] = max(0, kinds[k]+calls)
			}
		}
		for month, kinds := range want {
			sqlitetest.WantSame(t, fmt.Sprint(month, i), sqlitetest.Ok1[map[quota.Kind]int](t)(c.Booked(t.Context(), month)), kinds)
		}
	}
}

func TestSaveExhausted_carriesEachTimeAndNotesBeginAndEnd(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.Clocked(c, 1)
	base := domaintest.Fill[quota.Exhaustion](0)
	want := map[quota.Kind]quota.Exhaustion{}
	save := func(k quota.Kind, x quota.Exhaustion, what string) {
		t.Helper()
		noted := sqlitetest.Entries(t, c)
		if err := c.SaveExhausted(t.Context(), k, x); err != nil {
			t.Fatal(err)
		}
		if want[k] = x; !x.Is() {
			delete(want, k)
		}
		sqlitetest.WantSame(t, what, sqlitetest.Ok1[map[quota.Kind]quota.Exhaustion](t)(c.Exhausted(t.Context())), want)
		if what == "" {
			if sqlitetest.Entries(t, c) != noted {
				t.Errorf("%s: noted", k)
			}
			return
		}
		sqlitetest.WantNoted(t, c, what, map[string]any{"kind": k})
	}
	save(quota.Write, quota.Exhaustion{}, "")
	save(quota.Read, base, "quota-exhausted")
	save(quota.Write, domaintest.Fill[quota.Exhaustion](2), "quota-exhausted")
	for _, x := range domaintest.Changed(base, domaintest.Fill[quota.Exhaustion](1)) {
		save(quota.Read, x, "")
	}
	save(quota.Read, quota.Exhaustion{}, "quota-reopened")
	save(quota.Read, quota.Exhaustion{}, "")
	save(quota.Write, quota.Exhaustion{}, "quota-reopened")
}

func TestRemember_keepsTheTimeOfTheLastAnswer(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	for i, answer := range []string{"denied", "allowed"} {
		at := sqlitetest.Clocked(c, i)
		if err := c.Remember(t.Context(), "stock:1", answer); err != nil {
			t.Fatal(err)
		}
		sqlitetest.WantRow(t, answer, sqlitetest.RowsBy(t, c.DB.Reader, `SELECT * FROM probe`)[0], map[string]any{"name": "stock:1", "answer": answer, "at": sqlitetest.Timed(at)})
	}
}
