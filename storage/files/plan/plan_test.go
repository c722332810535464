package plan

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/disk"
	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
)

func TestPlan_roundTrip(t *testing.T) {
	d, rows := filestest.PlanOf()
	path := filepath.Join(t.TempDir(), "plan.json")
	if err := planTo(path, d, filestest.EachRow(rows)); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil || !json.Valid(raw) {
		t.Fatalf("not JSON: %v\n%s", err, raw)
	}
	p, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	if !reflect.DeepEqual(p.Document, d) {
		t.Errorf("got  %+v\nwant %+v", p.Document, d)
	}
	var got []transfer.PlanRow
	for r, err := range p.Rows {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, r)
	}
	if !reflect.DeepEqual(got, rows) {
		t.Errorf("got  %+v\nwant %+v", got, rows)
	}
	again := filepath.Join(t.TempDir(), "again.json")
	if err := planTo(again, d, filestest.EachRow(rows)); err != nil {
		t.Fatal(err)
	}
	if other, err := os.ReadFile(again); err != nil || string(other) != string(raw) {
		t.Errorf("the same plan made another file: %v", err)
	}
}

func TestPlan_withoutRows(t *testing.T) {
	path := filepath.Join(t.TempDir(), "plan.json")
	if err := planTo(path, transfer.Document{TenantID: "T"}, filestest.EachRow(nil)); err != nil {
		t.Fatal(err)
	}
	p, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestOpenPlan_refusesWhatIsNotWhole(t *testing.T) {
	d, rows := filestest.PlanOf()
	path := filepath.Join(t.TempDir(), "plan.json")
	if err := planTo(path, d, filestest.EachRow(rows)); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	whole := string(raw)
	lines := strings.SplitAfter(whole, "\n")
	spaced := lines[0] + "\n" + strings.Join(lines[1:len(lines)-2], "")
	for name, c := range map[string]struct{ text, detail string }{
		"a price changed":        {strings.Replace(whole, `"12.5"`, `"1.25"`, 1), "plan.damaged"},
		"a count changed":        {strings.Replace(whole, `"matched":1`, `"matched":2`, 1), "plan.damaged"},
		"another firm":           {strings.Replace(whole, `"T-1"`, `"T-2"`, 1), "plan.damaged"},
		"cut in a row":           {whole[:len(whole)/2], "plan.damaged"},
		"cut before the end":     {strings.Join(lines[:len(lines)-2], ""), "plan.damaged"},
		"a row left out":         {strings.Join(append(append([]string{}, lines[:2]...), lines[3:]...), ""), "plan.damaged"},
		"something after it":     {whole + "{}\n", "plan.damaged"},
		"an empty line, counted": {spaced + fmt.Sprintf("],\"sha256\":\"%x\"}\n", sha256.Sum256([]byte(spaced))), "plan.damaged"},
		"its last line twice":    {whole + lines[len(lines)-2], "plan.damaged"},
		"a checksum cut off":     {strings.TrimSuffix(whole, "\"}\n"), "plan.damaged"},
		"no checksum":            {strings.Replace(whole, `"sha256":"`, `"x":"`, 1), "plan.damaged"},
		"a line of a megabyte":   {lines[0] + strings.Repeat("x", 1<<21) + "\n", "plan.damaged"},
		"of a newer program":     {strings.Replace(whole, `"sopyo_plan":1`, `"sopyo_plan":2`, 1), "plan.newer"},
		"another JSON file":      {`{"rows":[]}`, "plan.none"},
		"one without a version":  {`{"rows":[`, "plan.none"},
		"a plan of another kind": {`{"sopyo_plan":1,"plan":5,"rows":[`, "plan.none"},
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
		_, err := Open(bad)
		var e *domain.Error
		if !errors.As(err, &e) || e.Kind != domain.KindFile || e.Detail != c.detail {
			t.Errorf("%s: %v, want %s", name, err, c.detail)
		}
	}
	if _, err := Open(filepath.Join(t.TempDir(), "none.json")); domain.KindOf(err) != domain.KindFile {
		t.Errorf("no file: %v", err)
	}
}

// notOfAPlan are the fields of a row that say what came of it, and in which catalogue: a plan that leaves
// the program knows nothing of them.
var notOfAPlan = []string{"Row.RunID", "Row.Outcome", "Row.Notes", "Row.Decided", "Row.Applied"}

// filledPlan is a document in which every field says something of its own, with the rows that it counts.
func filledPlan(seed int) (transfer.Document, []transfer.PlanRow) {
	var rows []transfer.PlanRow
	outcomes := []transfer.Outcome{transfer.OutcomeMatched, transfer.OutcomeUnmatched, transfer.OutcomeSkipped, transfer.OutcomeFailed}
	for i, outcome := range outcomes {
		r := domaintest.Fill[transfer.PlanRow](seed + 2*i)
		r.Planned.Outcome = outcome
		rows = append(rows, r)
	}
	for path, r := range domaintest.Changed(rows[0], transfer.PlanRow{}) { // each field alone left out
		if path != "Row.Tier" && path != "Row.ProductID" && path != "Row.Revision" && path != "Partner" { // a partner is one thing
			rows = append(rows, r)
		}
	}
	alone := rows[0]
	alone.Tier, alone.ProductID, alone.Revision, alone.Partner = matching.TierNone, 0, 0, ""
	rows = append(rows, alone)
	d := domaintest.Fill[transfer.Document](seed)
	d.Forecast = transfer.Forecast{}
	for _, r := range rows {
		d.Add(r.Row)
	}
	return d, rows
}

func planFile(t *testing.T, d transfer.Document, rows []transfer.PlanRow) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "plan.json")
	if err := planTo(path, d, filestest.EachRow(rows)); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestPlan_carriesEveryField(t *testing.T) {
	for seed := range 2 {
		d, rows := filledPlan(seed)
		p, err := Open(planFile(t, d, rows))
		if err != nil {
			t.Fatal(err)
		}
		if got := domaintest.Differences(p.Document, d); len(got) > 0 {
			t.Errorf("document: %q", got)
		}
		for range 2 { // from the first row each time
			n := 0
			for got, err := range p.Rows {
				if err != nil {
					t.Fatal(err)
				}
				if diff := domaintest.Differences(got, rows[n], notOfAPlan...); len(diff) > 0 {
					t.Errorf("row %d: %q", n, diff)
				}
				if got.Outcome != transfer.OutcomePending || got.RunID != 0 || got.Notes != nil || got.Decided != "" || got.Applied != (transfer.Values{}) {
					t.Errorf("row %d has an outcome: %+v", n, got)
				}
				n++
			}
			if n != len(rows) {
				t.Errorf("%d rows, want %d", n, len(rows))
			}
		}
		for first, err := range p.Rows { // and no further than is asked
			if err != nil || first.Remote.ID != rows[0].Remote.ID {
				t.Errorf("%+v, %v", first, err)
			}
			break
		}
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	}
}

// Plans that differ in anything have other checksums; one whose numbers are not those of its rows is none.
func TestPlan_isKnownByItsChecksum(t *testing.T) {
	d, rows := filledPlan(0)
	other, otherRows := filledPlan(1)
	seen := map[string]string{}
	sum := func(name string, d transfer.Document, rows []transfer.PlanRow) {
		p, err := Open(planFile(t, d, rows))
		if err != nil {
			if !strings.HasPrefix(name, "Plan.Forecast") || filestest.Detail(err) != "plan.damaged" {
				t.Errorf("%s: %v", name, err)
			}
			return
		}
		defer func() { _ = p.Close() }()
		if strings.HasPrefix(name, "Plan.Forecast") {
			t.Errorf("%s is another one than the rows', and was taken", name)
		}
		if twin := seen[p.Checksum]; twin != "" || len(p.Checksum) != 64 {
			t.Errorf("%s has the checksum of %s: %q", name, twin, p.Checksum)
		}
		seen[p.Checksum] = name
	}
	sum("itself", d, rows)
	for path, changed := range domaintest.Changed(d, other) {
		sum(path, changed, rows)
	}
	for path, changed := range domaintest.Changed(rows[0], otherRows[0]) {
		if slices.ContainsFunc(notOfAPlan, func(p string) bool { return strings.HasPrefix(path, p) }) {
			continue
		}
		changed := append([]transfer.PlanRow{changed}, rows[1:]...)
		counted := d
		counted.Forecast = transfer.Forecast{}
		for _, r := range changed {
			counted.Add(r.Row)
		}
		sum("a row's "+path, counted, changed)
	}
	if len(seen) < 40 {
		t.Errorf("only %d plans were told apart", len(seen))
	}
}

// A line that is just not too long, and one that is: what cannot be read again is found before it is believed.
func TestOpenPlan_longLines(t *testing.T) {
	d, rows := filestest.PlanOf()
	line, err := json.Marshal(wireRow(rows[1]))
	if err != nil {
		t.Fatal(err)
	}
	for over, want := range map[int]string{-1: "", 0: "", 1: "plan.damaged"} {
		rows[1].Remote.Name = strings.Repeat("x", planLine+over-len(line)-len(",\n\"name\":\"\","))
		p, err := Open(planFile(t, d, rows))
		if filestest.Detail(err) != want {
			t.Errorf("%d over: %v, want %q", over, err, want)
		}
		if err == nil {
			_ = p.Close()
		}
	}
}

// planTo writes a plan file.
func planTo(path string, d transfer.Document, rows iter.Seq2[transfer.PlanRow, error]) error {
	return disk.Write(path, func(out io.Writer) error { return Write(out, d, rows) })
}
