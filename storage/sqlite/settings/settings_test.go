package settings_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestSettings_ofANewCompanyAreTheDefaults(t *testing.T) {
	got, err := sqlitetest.NewCompany(t).Settings(t.Context())
	if err != nil || got != domain.DefaultSettings() {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestSaveSettings_keepsEverything(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	for _, want := range []domain.Settings{
		{
			IntegrationOn: true, Currency: domain.GBP, Pull: true, AutoFormalise: true,
			Scenario: domain.ScenarioCommercial, Push: domain.PushBoth,
		},
		{Currency: domain.TRY, Scenario: domain.ScenarioBasic, Confirmed: true},
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
	c := sqlitetest.NewCompany(t)
	sqlitetest.WantKind(t, c.SaveSettings(t.Context(), domain.Settings{Currency: "XAU", Scenario: domain.ScenarioBasic}, nil), domain.KindInvalid)
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM setting`); n != 0 {
		t.Errorf("%d settings stored", n)
	}
}

func TestSaveSettings_notesWhatWasChangedAndNothingElse(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	s := domain.DefaultSettings()
	if err := c.SaveSettings(t.Context(), s, nil); err != nil {
		t.Fatal(err)
	}
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM history`); n != 0 {
		t.Errorf("%d entries for defaults that were saved", n)
	}
	s.Currency, s.Push, s.Confirmed = domain.EUR, domain.PushPrice, true
	if err := c.SaveSettings(t.Context(), s, nil); err != nil {
		t.Fatal(err)
	}
	if h := sqlitetest.LastDone(t, c); h.What != "settings" || h.Detail != `{"changes":{"currency":["TRY","EUR"],"push":["unset","price"]}}` {
		t.Errorf("%+v", h)
	}
}

func TestSaveSettings_refusesWhatCannotBe(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.AddProducts(t, c, 2)
	if _, err := c.DB.Writer.ExecContext(t.Context(), `INSERT INTO binding (remote_id, type, product_id, created_at) VALUES ('1', 1, 1, '')`); err != nil {
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
	c := sqlitetest.NewCompany(t)
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
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM history WHERE what = 'connection'`); n != 1 {
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

func TestBook(t *testing.T) {
	c := sqlitetest.NewCompany(t)
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
