package transfer_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
	storedtransfer "github.com/sopyo/sopyo-desktop/storage/sqlite/transfer"
)

func TestSavePlan_keepsAndCountsWhatIsForeseen(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	const rows = 2*storedtransfer.RowsAtOnce + 7 // more than one step
	sqlitetest.AddProducts(t, c, 3)
	r := sqlitetest.Staged(t, c, sqlitetest.Remotes(rows))
	r.ReadAt = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	r.Total = rows
	_, err := c.TransferPlan(t.Context(), r.ID)
	sqlitetest.WantKind(t, err, domain.KindNotFound)
	var plan []matching.Decision
	for i, p := range sqlitetest.Remotes(rows) {
		d := matching.Decision{Remote: p.ID, Reason: matching.ReasonNoCandidate}
		if i < 3 {
			d = matching.Decision{Remote: p.ID, Tier: matching.TierCode, Local: domain.ProductID(i + 1)}
		}
		plan = append(plan, d)
	}
	if err := c.SavePlan(t.Context(), r, plan, nil, sqlitetest.Foreseen); err != nil {
		t.Fatal(err)
	}
	got, err := c.TransferPlan(t.Context(), r.ID)
	if err != nil {
		t.Fatal(err)
	}
	want := transfer.Plan{
		RunID: r.ID, Options: r.Options, ReadAt: r.ReadAt, MadeAt: got.MadeAt,
		Cost: transfer.Cost{Products: rows, Reads: 11},
		Forecast: transfer.Forecast{
			Read: rows, Matched: 3, Unmatched: rows - 3, Prices: 3, Stocks: 3,
			Tiers:   map[matching.Tier]int{matching.TierCode: 3},
			Reasons: map[matching.Reason]int{matching.ReasonNoCandidate: rows - 3},
			Becomes: map[transfer.Unmatched]int{transfer.UnmatchedListed: rows - 3},
		},
	}
	if got.MadeAt.IsZero() || !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	listed, _, err := c.Rows(t.Context(), transfer.Query{RunID: r.ID, Outcome: transfer.OutcomePending, Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	planned := transfer.Planned{
		Outcome: transfer.OutcomeMatched,
		Before:  transfer.Values{Price: sqlitetest.Dec("1"), Currency: domain.TRY, Stock: sqlitetest.Dec("1")},
		After:   transfer.Values{Price: sqlitetest.Remotes(1)[0].Price, Currency: domain.TRY, Stock: sqlitetest.Remotes(1)[0].Stock},
	}
	if p := listed[0].Planned; p.Outcome != planned.Outcome || !p.Before.Same(planned.Before) || !p.After.Same(planned.After) {
		t.Errorf("got  %+v\nwant %+v", p, planned)
	}
}

func TestSavePlan_theFirstPlanStaysWhenARowIsMatchedAnew(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	r := sqlitetest.Planned(t, c, 2)
	first, err := c.TransferPlan(t.Context(), r.ID)
	if err != nil {
		t.Fatal(err)
	}
	plan := []matching.Decision{{Remote: "1", Reason: matching.ReasonNoCandidate}}
	if err := c.SavePlan(t.Context(), r, plan, nil, sqlitetest.Foreseen); err != nil {
		t.Fatal(err)
	}
	second, err := c.TransferPlan(t.Context(), r.ID)
	if err != nil || !reflect.DeepEqual(first, second) {
		t.Errorf("first %+v\nthen %+v, %v", first, second, err)
	}
	rows, _, err := c.Rows(t.Context(), transfer.Query{RunID: r.ID, Outcome: transfer.OutcomePending, Limit: 1})
	if err != nil || rows[0].Reason != matching.ReasonNoCandidate || rows[0].ProductID != 0 || rows[0].Planned.Outcome != transfer.OutcomeMatched {
		t.Errorf("%+v, %v", rows, err)
	}
	if err := c.DropRows(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	_, err = c.TransferPlan(t.Context(), r.ID)
	sqlitetest.WantKind(t, err, domain.KindNotFound)
}

func TestRows_deviating(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	r := sqlitetest.Planned(t, c, 5)
	r, _, err := c.Apply(t.Context(), r, 4, func(cand transfer.Candidate) transfer.Effect {
		switch cand.Row.Remote.ID {
		case "1":
			return transfer.Effect{Outcome: transfer.OutcomeFailed, Notes: []transfer.Note{transfer.NoteChanged}}
		case "2":
			e := sqlitetest.TakePrice(cand)
			e.Product.Price = sqlitetest.Dec("99")
			return e
		case "3":
			return transfer.Effect{Outcome: transfer.OutcomeUnmatched}
		default:
			return sqlitetest.TakePrice(cand)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	rows, total, err := c.Rows(t.Context(), transfer.Query{RunID: r.ID, Deviating: true})
	if err != nil || total != 3 {
		t.Fatalf("%d rows, %v", total, err)
	}
	got := map[domain.RemoteID]transfer.Deviation{}
	for _, row := range rows {
		got[row.Remote.ID] = row.Deviation()
	}
	want := map[domain.RemoteID]transfer.Deviation{"1": transfer.DeviationFailed, "2": transfer.DeviationValues, "3": transfer.DeviationOutcome}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	all, _, err := c.Rows(t.Context(), transfer.Query{RunID: r.ID})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range all { // the query and the domain agree
		if _, listed := got[row.Remote.ID]; listed != (row.Deviation() != transfer.DeviationNone) {
			t.Errorf("row %s: %q", row.Remote.ID, row.Deviation())
		}
	}
}

// document reads the plan of a run as it would leave the program.
func document(t *testing.T, c *sqlitetest.Company, run int64) (transfer.Document, []transfer.PlanRow) {
	t.Helper()
	p, err := c.TransferPlan(t.Context(), run)
	if err != nil {
		t.Fatal(err)
	}
	var rows []transfer.PlanRow
	for row, err := range c.PlanRows(t.Context(), run) {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	return transfer.Document{TenantID: "t-1", Plan: p}, rows
}

func TestStagePlan_makesTheSameRunAnew(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	const n = storedtransfer.RowsAtOnce + 3
	r := sqlitetest.Planned(t, c, n)
	d, rows := document(t, c, r.ID)
	if len(rows) != n || rows[0].Partner == "" {
		t.Fatalf("%d rows, the first %+v", len(rows), rows[0])
	}
	if found, ok, err := c.RunOfPlan(t.Context(), "sum", d.RunID, d.MadeAt); err != nil || !ok || found.ID != r.ID {
		t.Errorf("the run in the store: %d, %v, %v", found.ID, ok, err)
	}
	if _, ok, err := c.RunOfPlan(t.Context(), "sum", d.RunID, d.MadeAt.Add(time.Second)); ok || err != nil {
		t.Errorf("another plan of that number: %v, %v", ok, err)
	}
	doubled := append([]transfer.PlanRow{rows[0]}, rows...) // in the first step already
	if _, err := c.StagePlan(t.Context(), d.RunOf(time.Now()), d, "doubled", sqlitetest.Seq(doubled)); err == nil {
		t.Error("a row came twice")
	}
	// One partner is another product by now that looks like the same revision.
	if _, err := c.DB.Writer.ExecContext(t.Context(), `UPDATE product SET name = 'Başka' WHERE id = 2`); err != nil {
		t.Fatal(err)
	}
	again, err := c.StagePlan(t.Context(), d.RunOf(time.Now()), d, "sum", sqlitetest.Seq(rows))
	if err != nil {
		t.Fatal(err)
	}
	if want := (transfer.Counters{Read: n, Pending: n}); again.Counters != want || again.State != transfer.StatePlanned || again.ID == r.ID {
		t.Errorf("%+v", again)
	}
	if stored := storedRun(t, c, again.ID); !stored.ReadAt.Equal(d.ReadAt) || stored.Counters != again.Counters || stored.Options != d.Options {
		t.Errorf("%+v", stored)
	}
	_, staged := document(t, c, again.ID)
	for i, row := range staged {
		want := rows[i]
		want.RunID = again.ID
		if i == 1 {
			want.Revision, want.Partner = storedtransfer.NoRevision, ""
		}
		if !reflect.DeepEqual(row, want) {
			t.Fatalf("row %d: got  %+v\nwant %+v", i, row, want)
		}
	}
	if found, ok, err := c.RunOfPlan(t.Context(), "sum", d.RunID, d.MadeAt); err != nil || !ok || found.ID != again.ID {
		t.Errorf("the staged run: %d, %v, %v", found.ID, ok, err)
	}
	again.ConfirmedAt = time.Now()
	if err := c.SaveRun(t.Context(), again); err != nil {
		t.Fatal(err)
	}
	if _, err := c.StagePlan(t.Context(), d.RunOf(time.Now()), d, "sum", sqlitetest.Seq(rows)); err == nil {
		t.Error("one file was staged as two runs")
	}
}

func TestStagePlan_isAllOrNothing(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	r := sqlitetest.Planned(t, c, 3)
	d, rows := document(t, c, r.ID)
	before := sqlitetest.Count(t, c, `SELECT count(*) FROM transfer_row`)
	if _, err := c.StagePlan(t.Context(), d.RunOf(time.Now()), d, "sum", sqlitetest.Seq(append(rows, rows[0]))); err == nil {
		t.Error("a row came twice")
	}
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM transfer_row`); n != before {
		t.Errorf("%d rows, before %d", n, before)
	}
}

func TestCreateRun_keepsTheRowsOfTheNewestTransfers(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	at := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	var ids []int64
	for i := range storedtransfer.KeptTransfers + 3 {
		r := sqlitetest.Staged(t, c, sqlitetest.Remotes(2))
		r.ConfirmedAt, r.State = at, transfer.StateDone
		switch i {
		case 0:
			r.State = transfer.StateApplying // found interrupted: it goes on
		case 1:
			r.State = transfer.StateStopped
		}
		if err := c.SaveRun(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		if _, err := c.DB.Writer.ExecContext(t.Context(), `INSERT INTO before_image (transfer_id, remote_id, type, product_id, revision, bound, created_at)
			VALUES (?, '1', 1, 1, 1, 0, '')`, r.ID); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, r.ID)
	}
	if _, err := c.CreateRun(t.Context(), transfer.Run{}); err != nil {
		t.Fatal(err)
	}
	for i, id := range ids {
		want := 1
		if i == 1 || i == 2 { // older than the ten newest
			want = 0
		}
		if n := sqlitetest.Count(t, c, `SELECT count(*) FROM transfer_row WHERE transfer_id = ?`, id); n != 2*want {
			t.Errorf("transfer %d of %d: %d rows", i, len(ids), n)
		}
		if n := sqlitetest.Count(t, c, `SELECT count(*) FROM before_image WHERE transfer_id = ?`, id); n != want {
			t.Errorf("transfer %d of %d: %d before-images", i, len(ids), n)
		}
		if r := storedRun(t, c, id); r.Counters.Read != 2 {
			t.Errorf("transfer %d: counters %+v", i, r.Counters)
		}
	}
}

func TestReopen_makesFailedRowsPending(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	r := sqlitetest.Planned(t, c, 3)
	r, _, err := c.Apply(t.Context(), r, 3, func(cand transfer.Candidate) transfer.Effect {
		if cand.Row.Remote.ID == "2" {
			return transfer.Effect{Outcome: transfer.OutcomeFailed, Notes: []transfer.Note{transfer.NoteChanged}}
		}
		return sqlitetest.TakePrice(cand)
	})
	if err != nil {
		t.Fatal(err)
	}
	r, err = c.Reopen(t.Context(), r)
	want := transfer.Counters{Read: 3, Transferred: 2, Matched: 2, Pending: 1}
	if err != nil || r.Counters != want || storedRun(t, c, r.ID).Counters != want {
		t.Errorf("%+v, %v", r.Counters, err)
	}
	// A decision on a row that was applied does not matter in a second plan.
	plan := []matching.Decision{{Remote: "1", Reason: matching.ReasonConflict}, {Remote: "2", Reason: matching.ReasonConflict}}
	if err := c.SavePlan(t.Context(), r, plan, nil, sqlitetest.Foreseen); err != nil {
		t.Fatal(err)
	}
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM transfer_row WHERE reason = 'conflict' AND remote_id = '2' AND notes = ''`); n != 1 {
		t.Error("the reopened row was not matched anew")
	}
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM transfer_row WHERE reason = 'conflict'`); n != 1 {
		t.Error("an applied row was matched anew")
	}
}
