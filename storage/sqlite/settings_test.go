package sqlite

import (
	"errors"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

func TestSettings_ofANewCompanyAreTheDefaults(t *testing.T) {
	got, err := newCompany(t).Settings(t.Context())
	if err != nil || got != domain.DefaultSettings() {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestSaveSettings_keepsEverything(t *testing.T) {
	c := newCompany(t)
	for _, want := range []domain.Settings{
		{
			IntegrationOn: true, Currency: domain.GBP, Pull: true, AutoFormalise: true,
			Scenario: domain.ScenarioCommercial, Push: domain.PushBoth,
		},
		domain.DefaultSettings(),
	} {
		if err := c.SaveSettings(t.Context(), want, nil); err != nil {
			t.Fatal(err)
		}
		if got, err := c.Settings(t.Context()); err != nil || got != want {
			t.Errorf("got %+v, want %+v, %v", got, want, err)
		}
	}
}

func TestSaveSettings_refusesWhatIsNotOffered(t *testing.T) {
	c := newCompany(t)
	wantKind(t, c.SaveSettings(t.Context(), domain.Settings{Currency: "XAU", Scenario: domain.ScenarioBasic}, nil), domain.KindInvalid)
	if n := count(t, c, `SELECT count(*) FROM setting`); n != 0 {
		t.Errorf("%d settings stored", n)
	}
}

func TestSaveSettings_notesWhatWasChangedAndNothingElse(t *testing.T) {
	c := newCompany(t)
	s := domain.DefaultSettings()
	if err := c.SaveSettings(t.Context(), s, nil); err != nil {
		t.Fatal(err)
	}
	if n := count(t, c, `SELECT count(*) FROM history`); n != 0 {
		t.Errorf("%d entries for defaults that were saved", n)
	}
	s.Currency, s.Push = domain.EUR, domain.PushPrice
	if err := c.SaveSettings(t.Context(), s, nil); err != nil {
		t.Fatal(err)
	}
	if h := lastDone(t, c); h.What != "settings" || h.Detail != `{"changes":{"currency":["TRY","EUR"],"push":["unset","price"]}}` {
		t.Errorf("%+v", h)
	}
}

func TestSaveSettings_refusesWhatCannotBe(t *testing.T) {
	c := newCompany(t)
	addProducts(t, c, 2)
	if _, err := c.db.write.ExecContext(t.Context(), `INSERT INTO binding VALUES ('1', 1, 1, '')`); err != nil {
		t.Fatal(err)
	}
	around, err := c.Circumstances(t.Context())
	if err != nil || around.Transferring || !reflect.DeepEqual(around.BoundPrices, map[domain.Currency]int{domain.TRY: 1}) {
		t.Errorf("%+v, %v", around, err)
	}
	s := domain.DefaultSettings()
	s.Push = domain.PushStock
	wantInvalid := func(s domain.Settings, able domain.Abilities, field, reason string) {
		t.Helper()
		err := c.SaveSettings(t.Context(), s, able)
		var e *domain.Error
		if !errors.As(err, &e) || e.Kind != domain.KindInvalid || e.Field != field || e.Detail != reason {
			t.Errorf("%v, want %s %s", err, field, reason)
		}
	}
	wantInvalid(s, domain.Abilities{domain.AbilityStockWrite: domain.AbilityDenied}, "push", "push-stock-denied")
	s.Push = domain.PushPrice
	if err := c.SaveSettings(t.Context(), s, nil); err != nil {
		t.Fatal(err)
	}
	s.Currency = domain.USD
	wantInvalid(s, nil, "currency", "currency-push")
	if kept, err := c.Settings(t.Context()); err != nil || kept.Currency != domain.TRY {
		t.Errorf("%+v, %v", kept, err)
	}
	s.Push = domain.PushUnset
	for state, busy := range map[transfer.State]bool{
		transfer.StatePreparing: true, transfer.StateQueued: true, transfer.StateApplying: true, transfer.StateStopping: true, transfer.StatePaused: true,
		transfer.StateStopped: false, transfer.StateDone: false, transfer.StatePartlyDone: false, transfer.StateFailed: false,
	} {
		_, err := c.CreateRun(t.Context(), transfer.Run{State: state, Phase: transfer.PhaseRead, Options: transfer.DefaultOptions(domain.TRY), ConfirmedAt: time.Now()})
		if err != nil {
			t.Fatal(err)
		}
		around, err := c.Circumstances(t.Context())
		if err != nil || around.Transferring != busy {
			t.Errorf("%s: %v, %v", state, around.Transferring, err)
		}
		if busy {
			wantInvalid(s, nil, "currency", "currency-transferring")
		}
	}
}

func TestConnection(t *testing.T) {
	c := newCompany(t)
	if got, err := c.Connection(t.Context()); err != nil || got != (domain.Connection{}) {
		t.Errorf("before: %+v, %v", got, err)
	}
	at := time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC)
	want := domain.Connection{
		Authorised: true, Environment: domain.EnvironmentTest, UserName: "owner@example.com", TenantID: "t-1",
		FirmName: "Deneme Ticaret Ltd.", Licence: domain.Licence{Code: "STD", Name: "Standart", EndsAt: at.AddDate(1, 0, 0), Expired: true},
		BaseURL: "https://a.isbasi.com", TokenEndsAt: at.Add(time.Hour), SignedInAt: at,
	}
	given := want
	given.KeyTail, given.SessionOnly = "••••••••3f9a", true // never stored
	settings := domain.DefaultSettings()
	settings.IntegrationOn, settings.Pull = true, true
	if err := c.SaveSettings(t.Context(), settings, nil); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := c.SaveConnection(t.Context(), given); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := c.Connection(t.Context()); err != nil || got != want {
		t.Errorf("got  %+v\nwant %+v, %v", got, want, err)
	}
	if n := count(t, c, `SELECT count(*) FROM history WHERE what = 'connection'`); n != 1 {
		t.Errorf("the history tells of it %d times", n)
	}
	if err := c.ForgetConnection(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, err := c.Connection(t.Context()); err != nil || got != (domain.Connection{}) {
		t.Errorf("forgotten: %+v, %v", got, err)
	}
	if got, err := c.Settings(t.Context()); err != nil || got.IntegrationOn || !got.Pull {
		t.Errorf("settings after forgetting: %+v, %v", got, err)
	}
}

func TestPriceRules_areVersioned(t *testing.T) {
	c := newCompany(t)
	rule := pricing.Rule{
		Direction: pricing.Discount, Kind: pricing.Percent, Amount: dec("12.5").Decimal, Extra: dec("20").Decimal,
		Ending: ".99", EndingMode: pricing.EndingNearest,
	}
	other := pricing.Rule{Direction: pricing.Increase, Kind: pricing.Amount, Amount: dec("100").Decimal}
	each := map[pricing.MarketplaceID]pricing.Rule{"trendyol": other, "n11": rule}
	steps := []pricing.Rules{
		{},
		{Global: &rule, Each: each},
		{PerMarketplace: true, Global: &rule, Each: each},
		{PerMarketplace: true, Each: map[pricing.MarketplaceID]pricing.Rule{"n11": other}},
	}
	for i, want := range steps {
		if i > 0 { // the first is what a new company has
			if err := c.SavePriceRules(t.Context(), want); err != nil {
				t.Fatal(err)
			}
		}
		got, err := c.PriceRules(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got.Version != int64(i) || got.PerMarketplace != want.PerMarketplace || len(got.Each) != len(want.Each) ||
			(got.Global == nil) != (want.Global == nil) {
			t.Errorf("got %+v, want %+v", got, want)
		}
		for m, r := range want.Each {
			if !sameRule(got.Each[m], r) {
				t.Errorf("%s: %+v", m, got.Each[m])
			}
		}
		if want.Global != nil && !sameRule(*got.Global, *want.Global) {
			t.Errorf("global: %+v", got.Global)
		}
	}
	if n := count(t, c, `SELECT count(*) FROM price_rule`); n != 7 {
		t.Errorf("%d rules of all versions kept, want 7", n)
	}
}

func sameRule(a, b pricing.Rule) bool {
	same := a.Amount.Equal(b.Amount) && a.Extra.Equal(b.Extra)
	a.Amount, a.Extra = b.Amount, b.Extra
	return same && reflect.DeepEqual(a, b)
}

func TestBook(t *testing.T) {
	c := newCompany(t)
	for _, b := range []struct {
		month string
		kind  quota.Kind
		n     int
	}{
		{"2026-11", quota.Read, 20},
		{"2026-11", quota.Read, 20},
		{"2026-11", quota.Read, -7},
		{"2026-11", quota.Write, 5},
		{"2026-11", quota.Write, -9}, // never below zero
		{"2026-11", quota.SignIn, -1},
		{"2026-12", quota.Read, 1},
	} {
		if err := c.Book(t.Context(), b.month, b.kind, b.n); err != nil {
			t.Fatal(err)
		}
	}
	got, err := c.Booked(t.Context(), "2026-11")
	want := map[quota.Kind]int{quota.Read: 33, quota.Write: 0, quota.SignIn: 0}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v, %v", got, err)
	}
}

func TestHistory_saysWhatWasDone(t *testing.T) {
	c := newCompany(t)
	c.db.actor = "ayşe"
	s := domain.DefaultSettings()
	s.Pull = true
	if err := c.SaveSettings(t.Context(), s, nil); err != nil {
		t.Fatal(err)
	}
	addProducts(t, c, 1)
	if n := count(t, c, `SELECT count(*) FROM history WHERE actor = 'ayşe' AND (what = 'settings' OR what = 'import')`); n != 2 {
		t.Errorf("%d entries", n)
	}
}

func TestMachine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sopyo.db")
	m := openMachine(t, path)
	companies := []domain.Company{{ID: "zeta", Name: "Zeta"}, {ID: "alfa", Name: "Alfa", Demo: true, TenantID: "t"}}
	at := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	m.db.now = func() time.Time { at = at.Add(time.Second); return at }
	for _, c := range companies {
		if err := m.SaveCompany(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	companies[0].TenantID = "t-0"
	if err := m.SaveCompany(t.Context(), companies[0]); err != nil {
		t.Fatal(err)
	}
	for _, value := range []string{"en", "tr"} {
		if err := m.SavePreference(t.Context(), "language", value); err != nil {
			t.Fatal(err)
		}
	}
	m = openMachine(t, path)
	if got, err := m.Companies(t.Context()); err != nil || !reflect.DeepEqual(got, companies) {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := m.Preference(t.Context(), "language"); err != nil || got != "tr" {
		t.Errorf("language %q, %v", got, err)
	}
	if got, err := m.Preference(t.Context(), "window"); err != nil || got != "" {
		t.Errorf("window %q, %v", got, err)
	}
	if err := m.RemoveCompany(t.Context(), "zeta"); err != nil {
		t.Fatal(err)
	}
	if got, err := m.Companies(t.Context()); err != nil || !reflect.DeepEqual(got, companies[1:]) {
		t.Errorf("%+v, %v", got, err)
	}
}

func openMachine(t *testing.T, path string) *Machine {
	t.Helper()
	m, err := OpenMachine(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return m
}

func TestOpenMachine_refusesACompanysFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "company.db")
	if err := reopen(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	_, err := OpenMachine(t.Context(), path)
	wantKind(t, err, domain.KindFile)
}
