package transfer_test

import (
	"cmp"
	"database/sql"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
	storedtransfer "github.com/sopyo/sopyo-desktop/storage/sqlite/transfer"
)

func TestSaveRun_keepsEverything(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	at := time.Date(2026, 11, 23, 14, 5, 6, 789e6, time.UTC)
	want := transfer.Run{
		State: transfer.StatePaused, Phase: transfer.PhaseApply, NextPage: 388, Total: 38760,
		Options: transfer.Options{
			IncludePassive: true, OnlyInStock: true, ByBarcode: true, ByCode: true, Unmatched: transfer.UnmatchedDraft,
			TakeName: true, TakeBrand: true, TakeVAT: true, Limit: 20, ReportTo: "a@example.com", Currency: domain.EUR,
		},
		Counters: transfer.Counters{Read: 15, Transferred: 5, Matched: 2, Unmatched: 3, Skipped: 4, Failed: 1, Pending: 5},
		APIReads: 388, APIWrites: 2, Cause: domain.KindQuota, Detail: "kota doldu",
		CreatedAt: at, ReadAt: at.Add(time.Hour), ConfirmedAt: at.Add(2 * time.Hour), FinishedAt: at.Add(3 * time.Hour),
		Worked: 90*time.Second + 5*time.Millisecond,
	}
	made, err := c.CreateRun(t.Context(), transfer.Run{CreatedAt: at.In(domain.Istanbul)})
	if err != nil {
		t.Fatal(err)
	}
	want.ID = made.ID
	if err := c.SaveRun(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	want.Counters = transfer.Counters{} // they change with the rows alone, and there are none
	if got := storedRun(t, c, made.ID); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestTransfer_tellsItsEndInTheHistoryOnce(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	r := sqlitetest.Staged(t, c, sqlitetest.Remotes(2))
	before := sqlitetest.Entries(t, c)
	r.ConfirmedAt = c.DB.Now()
	for _, state := range []transfer.State{transfer.StateApplying, transfer.StatePaused, transfer.StateApplying, transfer.StateDone, transfer.StateDone} {
		r.State = state
		sqlitetest.Must(t, c.SaveRun(t.Context(), r))
	}
	if told := sqlitetest.Entries(t, c) - before; told != 1 {
		t.Errorf("told %d times", told)
	}
	want := fmt.Sprintf(`{"matched":0,"rows_failed":0,"skipped":0,"state":"done","transfer":%d,"transferred":0,"unmatched":0}`, r.ID)
	if h := sqlitetest.LastDone(t, c); h.What != "transfer" || h.Actor != c.DB.Actor || h.Detail != want {
		t.Errorf("told %+v, want %s", h, want)
	}
}

func TestTransfer_refusesCountersThatDoNotAddUp(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	r := sqlitetest.Staged(t, c, sqlitetest.Remotes(2))
	for _, counters := range []transfer.Counters{
		{Read: 3, Pending: 2},
		{Read: 2, Transferred: 2, Matched: 1},
	} {
		r.Counters = counters
		err := c.DB.Update(t.Context(), "save", func(tx *sql.Tx) error { return storedtransfer.SaveRun(t.Context(), tx, r) })
		if err == nil {
			t.Errorf("%+v was stored", counters)
		}
	}
}

func TestSaveRun_ofNoRunIsAnError(t *testing.T) {
	sqlitetest.WantKind(t, sqlitetest.NewCompany(t).SaveRun(t.Context(), transfer.Run{ID: 5}), domain.KindNotFound)
}

func TestUnfinishedRun(t *testing.T) {
	at := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	run := func(s transfer.State) transfer.Run { return transfer.Run{State: s, ConfirmedAt: at} }
	preview := func(s transfer.State) transfer.Run { return transfer.Run{State: s} }
	tests := []struct {
		name               string
		runs               []transfer.Run
		latest, unfinished int64 // 0 = none
	}{
		{"none", nil, 0, 0},
		{"done", []transfer.Run{run(transfer.StateDone)}, 1, 0},
		{"failed", []transfer.Run{run(transfer.StateFailed)}, 1, 0},
		{"partly done", []transfer.Run{run(transfer.StatePartlyDone)}, 1, 0},
		{"killed while reading", []transfer.Run{run(transfer.StatePreparing)}, 1, 1},
		{"killed while applying", []transfer.Run{run(transfer.StateApplying)}, 1, 1},
		{"paused", []transfer.Run{run(transfer.StatePaused)}, 1, 1},
		{"stopped", []transfer.Run{run(transfer.StateStopped)}, 1, 1},
		{"stopped, then a later one done", []transfer.Run{run(transfer.StateStopped), run(transfer.StateDone)}, 2, 0},
		{"a preview", []transfer.Run{preview(transfer.StatePlanned)}, 0, 0},
		{"a preview killed while reading", []transfer.Run{preview(transfer.StatePreparing)}, 0, 0},
		{"stopped, then a preview", []transfer.Run{run(transfer.StateStopped), preview(transfer.StatePlanned)}, 1, 1},
		{"done, then a preview", []transfer.Run{run(transfer.StateDone), preview(transfer.StatePlanned)}, 1, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := sqlitetest.NewCompany(t)
			for _, r := range tt.runs {
				if _, err := c.CreateRun(t.Context(), r); err != nil {
					t.Fatal(err)
				}
			}
			latest, ok, err := c.LatestRun(t.Context())
			if err != nil || latest.ID != tt.latest || ok != (tt.latest != 0) {
				t.Errorf("latest is %d, %v, %v", latest.ID, ok, err)
			}
			open, ok, err := c.UnfinishedRun(t.Context())
			if err != nil || open.ID != tt.unfinished || ok != (tt.unfinished != 0) {
				t.Errorf("unfinished is %d, %v, %v", open.ID, ok, err)
			}
		})
	}
}

func TestStagePage_keepsWhatWasRead(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	want := []domain.RemoteProduct{
		{
			ID: "17", Type: 1, Code: "KİTAP-01 ", Barcode: "8690504012345", Name: "Kitap", Brand: "Can", Unit: "AD", Active: true,
			Currency: domain.USD, Price: sqlitetest.Dec("19.99000000"), Stock: sqlitetest.Dec("-3.5"), VATRate: sqlitetest.Dec("10"),
			ModifiedAt: time.Date(2026, 11, 1, 9, 30, 0, 0, time.UTC),
		},
		{ID: "abc-1", Type: 1},
	}
	r := sqlitetest.Staged(t, c, want)
	got := readBack(t, c, r)
	if len(got) != 2 || !got[0].Price.Decimal.Equal(want[0].Price.Decimal) {
		t.Fatalf("read back %+v", got)
	}
	got[0].Price = want[0].Price // the same number, kept with other trailing zeros
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// readBack gives what is staged of a run, and fails the test unless matching is shown what it goes by of that, and goes by just that.
func readBack(t *testing.T, c *sqlitetest.Company, r transfer.Run) (all []domain.RemoteProduct) {
	t.Helper()
	rows, _, err := c.Rows(t.Context(), transfer.Query{RunID: r.ID, Outcome: transfer.OutcomePending})
	if err != nil {
		t.Fatal(err)
	}
	var shown []domain.RemoteProduct
	for _, row := range rows {
		p := row.Remote
		all = append(all, p)
		p.Name, p.Brand, p.Unit, p.Price, p.VATRate, p.ModifiedAt = "", "", "", decimal.NullDecimal{}, decimal.NullDecimal{}, time.Time{}
		shown = append(shown, p)
	}
	var matched []matching.Remote
	sides, err := c.Sides(t.Context(), r, func(p domain.RemoteProduct) matching.Remote {
		if len(matched) >= len(shown) || !reflect.DeepEqual(p, shown[len(matched)]) {
			t.Errorf("matching is shown %+v, of %+v", p, shown)
		}
		m := sqlitetest.Matched(p)
		m.Skip = matching.ReasonPassive
		matched = append(matched, m)
		return m
	})
	if err != nil || len(matched) != len(shown) || !reflect.DeepEqual(sides.Remotes, matched) {
		t.Fatalf("%+v, %v, want %+v", sides.Remotes, err, matched)
	}
	return all
}

func TestStagePage_countsWhatIsNew(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	r := sqlitetest.Staged(t, c, sqlitetest.Remotes(3))
	steps := []struct {
		name string
		page []domain.RemoteProduct
		want int
	}{
		{"the same page", sqlitetest.Remotes(3), 3},
		{"a page that overlaps", sqlitetest.Remotes(5)[2:], 5},
		{"a page that repeats itself", append(sqlitetest.Remotes(6)[5:], sqlitetest.Remotes(6)[5:]...), 6},
		{"an empty page", nil, 6},
	}
	for i, step := range steps {
		r.NextPage = i + 2
		got, err := c.StagePage(t.Context(), r, step.page)
		if err != nil {
			t.Fatal(err)
		}
		want := transfer.Counters{Read: step.want, Pending: step.want}
		if stored := storedRun(t, c, r.ID); got.Counters != want || stored.Counters != want || stored.NextPage != i+2 {
			t.Errorf("%s: %+v, stored %+v", step.name, got.Counters, stored)
		}
		if n := sqlitetest.Count(t, c, `SELECT count(*) FROM transfer_row`); n != step.want {
			t.Errorf("%s: %d rows", step.name, n)
		}
	}
}

func TestStagePage_countsRightForACallerThatFellBehind(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	behind := sqlitetest.Staged(t, c, sqlitetest.Remotes(2))
	if _, err := c.StagePage(t.Context(), behind, sqlitetest.Remotes(4)); err != nil {
		t.Fatal(err)
	}
	got, err := c.StagePage(t.Context(), behind, sqlitetest.Remotes(5))
	if err != nil || got.Counters.Read != 5 {
		t.Errorf("counters %+v, %v", got.Counters, err)
	}
}

func TestStagePage_replacesAndKeepsTheOrder(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	r := sqlitetest.Staged(t, c, sqlitetest.Remotes(3))
	page := sqlitetest.Remotes(1)
	page[0].Name = "YENİ AD"
	if _, err := c.StagePage(t.Context(), r, page); err != nil {
		t.Fatal(err)
	}
	if rows := readBack(t, c, r); rows[0].Name != "YENİ AD" || rows[2].ID != "3" {
		t.Errorf("rows %+v", rows)
	}
	found, n, err := c.Rows(t.Context(), transfer.Query{RunID: r.ID, Outcome: transfer.OutcomePending, Search: "yeni"})
	if err != nil || n != 1 || found[0].Remote.ID != "1" {
		t.Errorf("search finds %d, %v", n, err)
	}
}

func TestStagePage_leavesWhatWasApplied(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	r := sqlitetest.Planned(t, c, 2)
	r, _, err := c.Apply(t.Context(), r, 1, sqlitetest.TakePrice)
	if err != nil {
		t.Fatal(err)
	}
	page := sqlitetest.Remotes(2)
	page[0].Name, page[1].Name = "BAŞKA", "BAŞKA"
	got, err := c.StagePage(t.Context(), r, page)
	if err != nil || got.Counters != r.Counters {
		t.Errorf("counters %+v, want %+v, %v", got.Counters, r.Counters, err)
	}
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM transfer_row WHERE name = 'BAŞKA' AND outcome = 'pending'`); n != 1 {
		t.Errorf("%d rows replaced, want the pending one", n)
	}
}

func TestDropRows_leavesARunThatReadsAnew(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	other := sqlitetest.Staged(t, c, sqlitetest.Remotes(2))
	confirm(t, c, other)
	r := sqlitetest.Staged(t, c, sqlitetest.Remotes(3))
	r.NextPage, r.Total, r.Phase = 0, 5, transfer.PhaseMatch
	if err := c.DropRows(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	got := storedRun(t, c, r.ID)
	if got.Counters != (transfer.Counters{}) || got.NextPage != 1 || got.Phase != transfer.PhaseRead || got.Total != 0 {
		t.Errorf("stored %+v", got)
	}
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM transfer_row WHERE transfer_id = ?`, other.ID); n != 2 {
		t.Errorf("the other run has %d rows", n)
	}
}

func TestCreateRun_sweepsRunsThatNobodyConfirmed(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	looked := sqlitetest.Staged(t, c, sqlitetest.Remotes(2))
	kept := sqlitetest.Staged(t, c, sqlitetest.Remotes(3))
	confirm(t, c, kept)
	sqlitetest.Staged(t, c, sqlitetest.Remotes(1))
	for id, want := range map[int64]int{looked.ID: 0, kept.ID: 3} {
		if n := sqlitetest.Count(t, c, `SELECT count(*) FROM transfer_row WHERE transfer_id = ?`, id); n != want {
			t.Errorf("run %d has %d rows, want %d", id, n, want)
		}
	}
	if _, err := c.Run(t.Context(), looked.ID); domain.KindOf(err) != domain.KindNotFound {
		t.Errorf("the run that was only looked at is still there: %v", err)
	}
}

// confirm makes a run one that a person has confirmed.
func confirm(t *testing.T, c *sqlitetest.Company, r transfer.Run) {
	t.Helper()
	r.ConfirmedAt = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	if err := c.SaveRun(t.Context(), r); err != nil {
		t.Fatal(err)
	}
}

func TestSides_leavesArchivedOut(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.Fill(t, c, []domain.Product{
		{Code: "A", Barcode: "8690504012345"}, {Code: "B", State: domain.ProductArchived}, {Code: "C", State: domain.ProductDraft},
	})
	sides, err := c.Sides(t.Context(), transfer.Run{}, sqlitetest.Matched)
	if err != nil {
		t.Fatal(err)
	}
	want := []matching.Local{{ID: 1, Code: "A", Barcode: "8690504012345"}, {ID: 3, Code: "C"}}
	if !slices.Equal(sides.Locals, want) || len(sides.Revisions) != 2 || sides.Revisions[1] != 1 {
		t.Errorf("%+v, revisions %v", sides.Locals, sides.Revisions)
	}
}

// The texts of a side share memory: each stays what it was, across the pieces of it.
func TestSides_keepsTextsApart(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	const n = 9000
	remotes := sqlitetest.Remotes(n)
	products := make([]domain.Product, n)
	for i := range products {
		remotes[i].Code = domain.Code(fmt.Sprint("KOD-", i))
		products[i] = domain.Product{Code: domain.Code(fmt.Sprint("STOK-", i)), Barcode: domain.Barcode(fmt.Sprint(i)[:min(i%3, 1)])}
	}
	products[n/2].Code = domain.Code(strings.Repeat("U", 100_000))
	sqlitetest.Fill(t, c, products)
	r := sqlitetest.Staged(t, c, remotes)
	sides, err := c.Sides(t.Context(), r, sqlitetest.Matched)
	if err != nil || len(sides.Remotes) != n || len(sides.Locals) != n {
		t.Fatalf("%d and %d, %v", len(sides.Remotes), len(sides.Locals), err)
	}
	for i, p := range products {
		if l := sides.Locals[i]; l.Code != p.Code || l.Barcode != p.Barcode {
			t.Fatalf("product %d: %q, %q", i, l.Code, l.Barcode)
		}
		if r := sides.Remotes[i]; r.ID != remotes[i].ID || r.Code != remotes[i].Code || r.Barcode != remotes[i].Barcode {
			t.Fatalf("row %d: %+v", i, r)
		}
	}
}

func TestSides_givesSeparations(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.AddProducts(t, c, 1)
	if _, err := c.DB.Writer.ExecContext(t.Context(), `INSERT INTO separation VALUES ('9', 1, 1, ''), ('8', 2, 1, '')`); err != nil {
		t.Fatal(err)
	}
	sides, err := c.Sides(t.Context(), transfer.Run{}, sqlitetest.Matched)
	if err != nil || !slices.Equal(sides.Separated, []matching.Pair{{Remote: "9", Local: 1}}) {
		t.Errorf("%+v, %v", sides.Separated, err)
	}
}

func TestSavePlan_writesDecisionsAndRevisions(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.AddProducts(t, c, 1)
	r := sqlitetest.Staged(t, c, sqlitetest.Remotes(3))
	plan := []matching.Decision{
		{Remote: "1", Tier: matching.TierBarcode, Local: 1, Flag: matching.FlagRestored},
		{Remote: "2", Skipped: true, Reason: matching.ReasonPassive},
		{Remote: "3", Reason: matching.ReasonAmbiguous, Candidates: 4, Flag: matching.FlagVetoed},
	}
	r.State, r.Phase = transfer.StatePlanned, transfer.PhaseApply
	if err := c.SavePlan(t.Context(), r, plan, map[domain.ProductID]int64{1: 6}, sqlitetest.Foreseen); err != nil {
		t.Fatal(err)
	}
	rows, _, err := c.Rows(t.Context(), transfer.Query{RunID: r.ID, Outcome: transfer.OutcomePending})
	if err != nil || len(rows) != 3 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i, row := range rows {
		got := matching.Decision{
			Remote: row.Remote.ID, Skipped: row.Skipped, Tier: row.Tier, Local: row.ProductID, Reason: row.Reason,
			Candidates: row.Candidates, Flag: row.Flag,
		}
		if got != plan[i] {
			t.Errorf("got %+v, want %+v", got, plan[i])
		}
	}
	if rows[0].Revision != 6 || rows[0].ProductName != "Ürün 1" {
		t.Errorf("revision %d, name %q", rows[0].Revision, rows[0].ProductName)
	}
	if got := storedRun(t, c, r.ID); got.State != transfer.StatePlanned {
		t.Errorf("state %s", got.State)
	}
}

func TestSavePlan_refusesAPlanOfOtherRows(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	r := sqlitetest.Staged(t, c, sqlitetest.Remotes(1))
	plan := []matching.Decision{{Remote: "1", Reason: matching.ReasonNoCandidate}, {Remote: "99"}}
	if err := c.SavePlan(t.Context(), r, plan, nil, sqlitetest.Foreseen); err == nil || !strings.Contains(err.Error(), "row 99 ") {
		t.Fatalf("%v", err)
	}
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM transfer_row WHERE reason <> ''`); n != 0 {
		t.Error("half of a refused plan was kept")
	}
}

// What İşbaşı has between two ids takes the place of what was read there: in the order of numbers, not of texts.
func TestStageRange_leavesJustWhatThereIs(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	row := func(ids ...string) (products []domain.RemoteProduct) {
		for _, id := range ids {
			products = append(products, domain.RemoteProduct{ID: domain.RemoteID(id), Type: 1, Name: "Ürün " + id})
		}
		return products
	}
	other := sqlitetest.Ok1[transfer.Run](t)(c.CreateRun(t.Context(), transfer.Run{State: transfer.StatePreparing, ConfirmedAt: sqlitetest.StillNow()}))
	sqlitetest.Ok1[transfer.Run](t)(c.StagePage(t.Context(), other, row("5", "50")))
	r := sqlitetest.Ok1[transfer.Run](t)(c.CreateRun(t.Context(), transfer.Run{State: transfer.StatePreparing, ConfirmedAt: sqlitetest.StillNow()}))
	if last, err := c.LastStaged(t.Context(), r); err != nil || last != "" {
		t.Errorf("%q, %v", last, err)
	}
	r = sqlitetest.Ok1[transfer.Run](t)(c.StagePage(t.Context(), r, row("9", "10", "11", "100", "101", "1000")))
	for id, want := range map[domain.RemoteID]int{"9": 0, "10": 1, "100": 3, "102": 5, "9999": 6} {
		if n, err := c.StagedBelow(t.Context(), r, id); err != nil || n != want {
			t.Errorf("below %s: %d, %v", id, n, err)
		}
	}
	if last, err := c.LastStaged(t.Context(), r); err != nil || last != "1000" {
		t.Errorf("%q, %v", last, err)
	}
	for _, step := range []struct {
		from, to domain.RemoteID
		there    []string
		want     []string
	}{
		{"10", "101", []string{"10", "12", "100"}, []string{"9", "10", "12", "100", "101", "1000"}},
		{"", "10", []string{"7", "8"}, []string{"7", "8", "10", "12", "100", "101", "1000"}},
		{"101", "", []string{"101"}, []string{"7", "8", "10", "12", "100", "101"}},
		{"", "", []string{"3"}, []string{"3"}},
	} {
		r = sqlitetest.Ok1[transfer.Run](t)(c.StageRange(t.Context(), r, step.from, step.to, row(step.there...)))
		sides := sqlitetest.Ok1[transfer.Sides](t)(c.Sides(t.Context(), r, sqlitetest.Matched))
		var have []string
		for _, p := range sides.Remotes {
			have = append(have, string(p.ID))
		}
		slices.SortFunc(have, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
		if !slices.Equal(have, step.want) || r.Counters.Read != len(have) || r.Counters.Pending != len(have) {
			t.Errorf("from %q to %q: %v, %+v", step.from, step.to, have, r.Counters)
		}
	}
	if stored := sqlitetest.Ok1[transfer.Run](t)(c.Run(t.Context(), other.ID)); stored.Counters.Read != 2 {
		t.Errorf("another run: %+v", stored.Counters)
	}
}
