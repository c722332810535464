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
