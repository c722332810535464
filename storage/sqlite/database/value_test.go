package database_test

import (
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestJSON_isReadAsItWasWritten(t *testing.T) {
	want := domaintest.Fill[domain.Company](0)
	text, err := database.JSONText(want)
	sqlitetest.Must(t, err)
	var got domain.Company
	sqlitetest.Must(t, database.JSONInto(&got).Scan(text))
	sqlitetest.WantSame(t, "read", got, want)
	for _, bad := range []any{nil, int64(7), []byte(text), "{", "7", ""} {
		if err := database.JSONInto(&got).Scan(bad); err == nil {
			t.Errorf("%v was read", bad)
		}
	}
	if text, err := database.JSONText(make(chan int)); err == nil || text != "" {
		t.Errorf("%q, %v", text, err)
	}
}

func TestMilliseconds_areReadAsADuration(t *testing.T) {
	for _, want := range []time.Duration{0, time.Millisecond, 61 * time.Second} {
		got := time.Hour
		if err := database.MillisecondsInto(&got).Scan(want.Milliseconds()); err != nil || got != want {
			t.Errorf("%v, %v; want %v", got, err, want)
		}
	}
	for _, bad := range []any{nil, "7", 7.5, 7} {
		got := time.Hour
		if err := database.MillisecondsInto(&got).Scan(bad); err == nil || got != time.Hour {
			t.Errorf("%v was read as %v", bad, got)
		}
	}
}

func TestNumberText_tellsAbsentFromZero(t *testing.T) {
	for want, d := range map[any]decimal.NullDecimal{nil: {Decimal: decimal.New(5, 0)}, "0": sqlitetest.Dec("0"), "1.5": sqlitetest.Dec("1.5")} {
		if got := database.NumberText(d); got != want {
			t.Errorf("%v is written as %v", d, got)
		}
	}
}

func TestPages_areAskedForInSQL(t *testing.T) {
	for n, want := range map[int]int{-1: -1, 0: -1, 1: 1, 2: 2} {
		if got := database.Limit(n); got != want {
			t.Errorf("%d: %d", n, got)
		}
	}
	for desc, want := range map[bool]string{false: "a, b", true: "a DESC, b DESC"} {
		if got := database.Ordered(desc, "a", "b"); got != want {
			t.Errorf("%v: %s", desc, got)
		}
	}
	// Each word is looked for by itself, and none across two parts of a text.
	text := database.SearchText("Işık ÇAY", "Kod-1", "8690504012344")
	for search, want := range map[string]int{"": 0, "  ": 0, "cay": 1, " ISIK  kod ": 2} {
		clause, needles := database.WordFilter("t.f", search)
		if len(needles) != want || clause != strings.Repeat(" AND instr(t.f, ?) > 0", want) {
			t.Errorf("%q: %q %v", search, clause, needles)
		}
	}
	if want := domain.Fold("Işık ÇAY") + "\n" + domain.Fold("Kod-1") + "\n8690504012344"; text != want {
		t.Errorf("%q", text)
	}
}
