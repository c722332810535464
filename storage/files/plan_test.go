package files

import (
	"encoding/json"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

func money(s string) decimal.NullDecimal { return decimal.NewNullDecimal(decimal.RequireFromString(s)) }

// planOf makes a document with a row of every kind.
func planOf() (transfer.Document, []transfer.PlanRow) {
	at := time.Date(2026, 11, 24, 9, 30, 0, 0, time.UTC)
	rows := []transfer.PlanRow{
		{Row: transfer.Row{
			Remote: domain.RemoteProduct{
				ID: "17", Type: 1, Code: "KİTAP-01 ", Barcode: "8690504012345", Name: "Kitap \"<b>\"\n", Brand: "Can", Unit: "AD", Active: true,
				Currency: "TRY", Price: money("12.5"), Stock: money("-3"), VATRate: money("10"), ModifiedAt: at,
			},
			Tier: matching.TierSpelling, Flag: matching.FlagSpelling, ProductID: 4, Revision: 2,
			Planned: transfer.Planned{
				Outcome: transfer.OutcomeMatched, Notes: []transfer.Note{transfer.NoteNegativeStock},
				Before: transfer.Values{Currency: "TRY"}, After: transfer.Values{Price: money("12.5"), Currency: "TRY", Stock: money("-3")},
			},
		}, Partner: "abcdef"},
		{Row: transfer.Row{
			Remote: domain.RemoteProduct{ID: "18", Type: 1, Active: true}, Reason: matching.ReasonAmbiguous, Candidates: 3,
			Planned: transfer.Planned{Outcome: transfer.OutcomeUnmatched, Becomes: transfer.UnmatchedListed},
		}},
		{Row: transfer.Row{
			Remote: domain.RemoteProduct{ID: "19", Type: 1}, Reason: matching.ReasonPassive, Skipped: true,
			Planned: transfer.Planned{Outcome: transfer.OutcomeSkipped},
		}},
	}
	d := transfer.Document{
		Company: "alfa", Name: "Alfa", TenantID: "T-1", Firm: "Alfa Ltd.",
		Plan: transfer.Plan{RunID: 7, Options: transfer.DefaultOptions("TRY"), ReadAt: at, MadeAt: at.Add(time.Minute), Cost: transfer.CostOf(3)},
	}
	for i := range rows {
		rows[i].Outcome = transfer.OutcomePending
		d.Add(rows[i].Row)
	}
	return d, rows
}

func eachRow(rows []transfer.PlanRow) iter.Seq2[transfer.PlanRow, error] {
	return func(yield func(transfer.PlanRow, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func TestPlan_roundTrip(t *testing.T) {
	d, rows := planOf()
	path := filepath.Join(t.TempDir(), "plan.json")
	if err := WritePlan(path, d, eachRow(rows)); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil || !json.Valid(raw) {
		t.Fatalf("not JSON: %v\n%s", err, raw)
	}
	p, err := OpenPlan(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	if !reflect.DeepEqual(p.Document, d) {
		t.Errorf("got  %+v\nwant %+v", p.Document, d)
	}
	var got []transfer.PlanRow
	for r, err := range p.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, r)
	}
	if !reflect.DeepEqual(got, rows) {
		t.Errorf("got  %+v\nwant %+v", got, rows)
	}
	again := filepath.Join(t.TempDir(), "again.json")
	if err := WritePlan(again, d, eachRow(rows)); err != nil {
		t.Fatal(err)
	}
	if other, err := os.ReadFile(again); err != nil || string(other) != string(raw) {
		t.Errorf("the same plan made another file: %v", err)
	}
}

func TestPlan_withoutRows(t *testing.T) {
	path := filepath.Join(t.TempDir(), "plan.json")
	if err := WritePlan(path, transfer.Document{TenantID: "T"}, eachRow(nil)); err != nil {
		t.Fatal(err)
	}
	p, err := OpenPlan(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestOpenPlan_refusesWhatIsNotWhole(t *testing.T) {
	d, rows := planOf()
	path := filepath.Join(t.TempDir(), "plan.json")
	if err := WritePlan(path, d, eachRow(rows)); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	whole := string(raw)
	lines := strings.SplitAfter(whole, "\n")
	for name, c := range map[string]struct{ text, detail string }{
		"a price changed":        {strings.Replace(whole, `"12.5"`, `"1.25"`, 1), "plan.damaged"},
		"a count changed":        {strings.Replace(whole, `"matched":1`, `"matched":2`, 1), "plan.damaged"},
		"another firm":           {strings.Replace(whole, `"T-1"`, `"T-2"`, 1), "plan.damaged"},
		"cut in a row":           {whole[:len(whole)/2], "plan.damaged"},
		"cut before the end":     {strings.Join(lines[:len(lines)-2], ""), "plan.damaged"},
		"a row left out":         {strings.Join(append(append([]string{}, lines[:2]...), lines[3:]...), ""), "plan.damaged"},
		"something after it":     {whole + "{}\n", "plan.damaged"},
		"no checksum":            {strings.Replace(whole, `"sha256":"`, `"x":"`, 1), "plan.damaged"},
		"a line of a megabyte":   {lines[0] + strings.Repeat("x", 1<<21) + "\n", "plan.damaged"},
		"of a newer program":     {strings.Replace(whole, `"sopyo_plan":1`, `"sopyo_plan":2`, 1), "plan.newer"},
		"another JSON file":      {`{"rows":[]}`, "plan.none"},
		"no JSON":                {"Stok Kodu;Ad\n1;bir\n", "plan.none"},
		"empty":                  {"", "plan.none"},
		"NUL bytes":              {"\x00\x00\x00", "plan.none"},
		"an empty line in it":    {strings.Replace(whole, "\n", "\n\n", 1), "plan.damaged"},
		"the rows laid out nice": {strings.ReplaceAll(whole, "},\n{", "},\n\n{"), "plan.damaged"},
	} {
		bad := filepath.Join(t.TempDir(), "bad.json")
		if err := os.WriteFile(bad, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := OpenPlan(bad)
		var e *domain.Error
		if !errors.As(err, &e) || e.Kind != domain.KindFile || e.Detail != c.detail {
			t.Errorf("%s: %v, want %s", name, err, c.detail)
		}
	}
	if _, err := OpenPlan(filepath.Join(t.TempDir(), "none.json")); domain.KindOf(err) != domain.KindFile {
		t.Errorf("no file: %v", err)
	}
}
