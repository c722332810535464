package settings_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestQuotaLimits(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	if got, err := c.QuotaLimits(t.Context()); err != nil || got != quota.DefaultLimits() {
		t.Errorf("%+v, %v", got, err)
	}
	want := quota.Limits{Reads: 6000, Writes: 7000}
	if err := c.SaveQuotaLimits(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	sqlitetest.WantKind(t, c.SaveQuotaLimits(t.Context(), quota.Limits{Reads: 0, Writes: 1}), domain.KindInvalid)
	if err := c.SaveSettings(t.Context(), domain.DefaultSettings(), nil); err != nil { // the same table
		t.Fatal(err)
	}
	if got, err := c.QuotaLimits(t.Context()); err != nil || got != want {
		t.Errorf("%+v, %v", got, err)
	}
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM history WHERE what = 'quota-limits'`); n != 1 {
		t.Errorf("the history tells of it %d times", n)
	}
}

func TestExhausted_isKeptByKind(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	at := time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC)
	x := quota.Exhaustion{Since: at, AskedAt: at}
	for range 3 { // a refusal and two probes
		x.AskedAt = x.AskedAt.AddDate(0, 0, 1)
		if err := c.SaveExhausted(t.Context(), quota.Read, x); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := c.Exhausted(t.Context()); err != nil || !reflect.DeepEqual(got, map[quota.Kind]quota.Exhaustion{quota.Read: x}) {
		t.Errorf("%+v, %v", got, err)
	}
	for range 2 {
		if err := c.SaveExhausted(t.Context(), quota.Read, quota.Exhaustion{}); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := c.Exhausted(t.Context()); err != nil || len(got) != 0 {
		t.Errorf("%+v, %v", got, err)
	}
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM history WHERE what IN ('quota-exhausted', 'quota-reopened')`); n != 2 {
		t.Errorf("the history tells of it %d times", n)
	}
}

func TestProbe_answersAreRemembered(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	if value, ok, err := c.Answer(t.Context(), "stock:1"); value != "" || ok || err != nil {
		t.Errorf("%q, %v, %v", value, ok, err)
	}
	for _, value := range []string{"denied", "allowed"} {
		if err := c.Remember(t.Context(), "stock:1", value); err != nil {
			t.Fatal(err)
		}
	}
	if value, ok, err := c.Answer(t.Context(), "stock:1"); value != "allowed" || !ok || err != nil {
		t.Errorf("%q, %v, %v", value, ok, err)
	}
	if _, ok, _ := c.Answer(t.Context(), "stock:2"); ok {
		t.Error("another key's answer")
	}
}

// Calls that nobody has heard of are kept by month and kind, beside what is booked and not in it.
func TestUnheard_carriesMonthAndKind(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.Must(t, c.Book(t.Context(), "2026-11", quota.Read, 20))
	want := map[string]map[quota.Kind]int{
		"2026-11": {quota.Read: 3, quota.Write: 1}, "2026-12": {quota.SignIn: 2},
	}
	for month, kinds := range want {
		for k, n := range kinds {
			sqlitetest.Must(t, c.SaveUnheard(t.Context(), month, k, n+7))
			sqlitetest.Must(t, c.SaveUnheard(t.Context(), month, k, n))
		}
	}
	sqlitetest.WantSame(t, "unheard", sqlitetest.Ok1[map[string]map[quota.Kind]int](t)(c.Unheard(t.Context())), want)
	sqlitetest.Must(t, c.SaveUnheard(t.Context(), "2026-12", quota.SignIn, 0))
	delete(want, "2026-12")
	sqlitetest.WantSame(t, "unheard", sqlitetest.Ok1[map[string]map[quota.Kind]int](t)(c.Unheard(t.Context())), want)
	sqlitetest.WantSame(t, "booked", sqlitetest.Ok1[map[quota.Kind]int](t)(c.Booked(t.Context(), "2026-11")), map[quota.Kind]int{quota.Read: 20})
}
