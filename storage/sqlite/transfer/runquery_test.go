package transfer_test

import (
	"database/sql"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/report"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
	storedtransfer "github.com/sopyo/sopyo-desktop/storage/sqlite/transfer"
)

// allStates are the states that a run can be in.
func allStates() []transfer.State {
	return []transfer.State{
		transfer.StateDraft, transfer.StatePreparing, transfer.StatePlanned, transfer.StateQueued, transfer.StateApplying, transfer.StatePaused,
		transfer.StateStopping, transfer.StateStopped, transfer.StateDone, transfer.StatePartlyDone, transfer.StateFailed,
	}
}

// Runs of every state, confirmed or not, undone, being undone or standing, with a report of their end, with
// one of another end or with none. Each in turn is the newest: who is the latest, the unfinished, the
// planned one, and what has no report, is as the words of each question say.
func TestRuns_areFoundFromEverySide(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.Clock(c)
	reported := map[int64]bool{}
	for i := range 3 * 2 * len(allStates()) {
		r := transfer.Run{
			State: allStates()[i%11], ConfirmedAt: domaintest.Moment, ReadAt: domaintest.Moment.Add(time.Duration(i) * time.Hour),
			Counters: transfer.Counters{Read: 5, Pending: 2, Failed: 3},
		}
		r, err := c.CreateRun(t.Context(), r)
		sqlitetest.Must(t, err)
		end := report.Saved{RunID: r.ID, State: r.State, Open: 5, SavedAt: domaintest.Moment}
		switch (i * 5) % 4 {
		case 0:
			reported[r.ID] = true
		case 1:
			end.State = "another"
		case 2:
			end.Open = 2
		case 3:
			continue
		}
		sqlitetest.Must(t, c.SaveReport(t.Context(), end, nil))
	}
	undone := []string{``, `, undo_at = created_at`, `, undo_at = created_at, undone_at = created_at`}
	for i := range 66 {
		confirmed := ``
		if i/11%2 == 1 {
			confirmed = `, confirmed_at = NULL`
		}
		if _, err := c.DB.Writer.ExecContext(t.Context(), `UPDATE transfer SET state = state`+confirmed+undone[i/22]+` WHERE id = ?`, i+1); err != nil {
			t.Fatal(err)
		}
	}
	var all []transfer.Run
	sqlitetest.Must(t, c.DB.View(t.Context(), "all", func(tx *sql.Tx) error {
		for id := range int64(66) {
			r, err := storedtransfer.ReadRun(t.Context(), tx, id+1)
			if err != nil {
				return err
			}
			all = append(all, r)
		}
		return nil
	}))
	for len(all) > 0 {
		wantFound(t, c, all, reported)
		last := all[len(all)-1]
		if _, err := c.DB.Writer.ExecContext(t.Context(), `DELETE FROM transfer WHERE id = ?`, last.ID); err != nil {
			t.Fatal(err)
		}
		all = all[:len(all)-1]
	}
	wantFound(t, c, nil, nil)
}

// wantFound compares the answers of a company with all of these runs, the oldest first.
func wantFound(t *testing.T, c *sqlitetest.Company, all []transfer.Run, reported map[int64]bool) {
	t.Helper()
	confirmed := func(r transfer.Run) bool { return !r.ConfirmedAt.IsZero() }
	newest := func(is func(transfer.Run) bool) transfer.Run {
		for _, r := range slices.Backward(all) {
			if is(r) {
				return r
			}
		}
		return transfer.Run{}
	}
	same := func(what string, got transfer.Run, ok bool, err error, want transfer.Run) {
		t.Helper()
		sqlitetest.Must(t, err)
		what = fmt.Sprintf("%d runs, %s", len(all), what)
		sqlitetest.WantSame(t, what, got, want)
		if ok != (want.ID != 0) {
			t.Errorf("%s: %v", what, ok)
		}
	}
	latest, ok, err := c.LatestRun(t.Context())
	same("the latest", latest, ok, err, newest(func(r transfer.Run) bool { return confirmed(r) && r.UndoneAt.IsZero() }))
	open := newest(confirmed)
	if slices.Contains([]transfer.State{transfer.StateDone, transfer.StatePartlyDone, transfer.StateFailed}, open.State) || !open.UndoBegunAt.IsZero() {
		open = transfer.Run{}
	}
	unfinished, ok, err := c.UnfinishedRun(t.Context())
	same("the unfinished", unfinished, ok, err, open)
	for _, hour := range []int{-1, 12, 13, 14, 35, 66} { // run 14 was read in hour 13 and is planned, but 36 was not confirmed
		then := domaintest.Moment.Add(time.Duration(hour) * time.Hour)
		planned, ok, err := c.PlannedRun(t.Context(), then)
		same(fmt.Sprint("the planned since ", hour), planned, ok, err, newest(func(r transfer.Run) bool {
			return !confirmed(r) && r.State == transfer.StatePlanned && r.ReadAt.After(then)
		}))
	}
	var shown, unreported []transfer.Run
	for _, r := range all {
		if !confirmed(r) {
			continue
		}
		shown = append(shown, r)
		if slices.Contains([]transfer.State{transfer.StateDone, transfer.StatePartlyDone, transfer.StateStopped, transfer.StateFailed}, r.State) && !reported[r.ID] {
			unreported = append(unreported, r)
		}
	}
	slices.Reverse(shown)
	for _, page := range [][2]int{{0, 0}, {3, 0}, {3, 2}, {100, 1}} {
		got, total, err := c.Runs(t.Context(), page[0], page[1])
		sqlitetest.Must(t, err)
		want := shown[min(page[1], len(shown)):]
		if page[0] > 0 {
			want = want[:min(page[0], len(want))]
		}
		sqlitetest.WantSame(t, fmt.Sprint("page ", page), got, want)
		if total != len(shown) {
			t.Errorf("%d runs in all, want %d", total, len(shown))
		}
	}
	got, err := c.UnreportedRuns(t.Context())
	sqlitetest.Must(t, err)
	sqlitetest.WantSame(t, "without a report", got, unreported)
}

func TestRunOfPlan_isTheOneThatWasStagedElseTheOneOfThatMoment(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	tick := sqlitetest.Clock(c)
	var at []time.Time
	for range 2 {
		r := sqlitetest.Staged(t, c, sqlitetest.Remotes(1))
		at = append(at, tick())
		sqlitetest.Must(t, c.SavePlan(t.Context(), r, nil, nil, sqlitetest.Foreseen))
		confirm(t, c, r)
	}
	third, err := c.StagePlan(t.Context(), transfer.Run{}, transfer.Document{Plan: transfer.Plan{MadeAt: at[0]}}, "sum", sqlitetest.Seq[transfer.PlanRow](nil))
	sqlitetest.Must(t, err)
	for _, tt := range []struct {
		checksum string
		run      int64
		madeAt   time.Time
		want     int64
	}{
		{"other", 1, at[0], 1},
		{"other", 2, at[1], 2},
		{"other", 2, at[0], 0},
		{"other", 1, at[0].Add(time.Millisecond), 0},
		{"other", 9, at[0], 0},
		{"sum", 1, at[0], third.ID},
		{"sum", 2, at[1], third.ID},
		{"sum", 9, at[1], third.ID},
		{"sum", 2, at[0], third.ID},
	} {
		got, ok, err := c.RunOfPlan(t.Context(), tt.checksum, tt.run, tt.madeAt)
		if err != nil || ok != (tt.want != 0) || got.ID != tt.want {
			t.Errorf("%+v: run %d, %v, %v", tt, got.ID, ok, err)
		}
	}
}

// Whose rows are touched: those of the run alone, and of these only such as the step is about.
func TestSteps_leaveOtherRunsAndOtherRowsAlone(t *testing.T) {
	rowsOf := func(r transfer.Run) []transfer.Row {
		var rows []transfer.Row
		for i, o := range []transfer.Outcome{transfer.OutcomePending, transfer.OutcomeMatched, transfer.OutcomeUnmatched, transfer.OutcomeSkipped, transfer.OutcomeFailed, transfer.OutcomeFailed} {
			row := anyRow(i, o)
			row.RunID = r.ID
			rows = append(rows, row)
		}
		return rows
	}
	prepare := func(t *testing.T) (c *sqlitetest.Company, r transfer.Run, rows []transfer.Row, others func()) {
		c = sqlitetest.NewCompany(t)
		for range 2 {
			r = sqlitetest.Staged(t, c, nil)
			confirm(t, c, r)
			rows = rowsOf(r)
			for _, row := range rows {
				putRow(t, c, row)
			}
		}
		other := storedRun(t, c, r.ID-1)
		return c, storedRun(t, c, r.ID), rows, func() {
			for _, row := range rowsOf(other) {
				sqlitetest.WantSame(t, "a row of the other run", rowOfRemote(t, c, row.RunID, row.Remote.ID), row)
			}
			sqlitetest.WantSame(t, "the other run", storedRun(t, c, other.ID), other)
		}
	}
	want := func(t *testing.T, c *sqlitetest.Company, rows []transfer.Row) {
		t.Helper()
		for _, row := range rows {
			sqlitetest.WantSame(t, string(row.Outcome), rowOfRemote(t, c, row.RunID, row.Remote.ID), row)
		}
	}
	t.Run("opened again", func(t *testing.T) {
		c, r, rows, others := prepare(t)
		defer others()
		behind := r
		behind.Counters = transfer.Counters{}
		got, err := c.Reopen(t.Context(), behind)
		sqlitetest.Must(t, err)
		for i := range rows[4:] {
			rows[4+i].Outcome, rows[4+i].Notes = transfer.OutcomePending, nil
		}
		want(t, c, rows)
		r.Counters.Failed, r.Counters.Pending = 0, 3
		sqlitetest.WantSame(t, "the run", got, r)
		sqlitetest.WantSame(t, "the stored run", storedRun(t, c, r.ID), r)
	})
	t.Run("planned", func(t *testing.T) {
		c, r, rows, others := prepare(t)
		defer others()
		d := domaintest.Fill[matching.Decision](9)
		d.Remote = rows[0].Remote.ID
		planned := domaintest.Fill[transfer.Planned](9, domaintest.OneOf(transfer.OutcomeMatched))
		r.Counters = transfer.Counters{} // those that stand are kept
		sqlitetest.Must(t, c.SavePlan(t.Context(), r, []matching.Decision{d}, map[domain.ProductID]int64{d.Local: 6}, func(transfer.Candidate) transfer.Planned { return planned }))
		row := &rows[0]
		row.Tier, row.Reason, row.Candidates, row.Flag, row.Skipped, row.ProductID, row.Revision = d.Tier, d.Reason, d.Candidates, d.Flag, d.Skipped, d.Local, 6
		row.Planned = planned
		want(t, c, rows)
		// A second plan is about the pending row alone, and what was foreseen stays.
		again := domaintest.Fill[matching.Decision](10)
		again.Remote = d.Remote
		sqlitetest.Must(t, c.SavePlan(t.Context(), r, []matching.Decision{again, {Remote: rows[1].Remote.ID}}, nil, func(transfer.Candidate) transfer.Planned {
			t.Error("a row was foreseen anew")
			return transfer.Planned{}
		}))
		row.Tier, row.Reason, row.Candidates, row.Flag, row.Skipped, row.ProductID, row.Revision = again.Tier, again.Reason, again.Candidates, again.Flag, again.Skipped, again.Local, 0
		want(t, c, rows)
	})
	t.Run("dropped", func(t *testing.T) {
		c, r, _, others := prepare(t)
		defer others()
		for _, id := range []int64{r.ID - 1, r.ID} {
			sqlitetest.Must(t, c.SavePlan(t.Context(), storedRun(t, c, id), nil, nil, sqlitetest.Foreseen))
		}
		r.Counters = counters(1)
		sqlitetest.Must(t, c.DropRows(t.Context(), r))
		r.Phase, r.NextPage, r.Total, r.Counters = transfer.PhaseRead, 1, 0, transfer.Counters{}
		sqlitetest.WantSame(t, "the run", storedRun(t, c, r.ID), r)
		if n := sqlitetest.Count(t, c, `SELECT count(*) FROM transfer_row WHERE transfer_id = ?`, r.ID); n != 0 {
			t.Errorf("%d rows", n)
		}
		if got := sqlitetest.RowsBy(t, c.DB.Reader, `SELECT transfer_id FROM transfer_plan`); len(got) != 1 || got[0]["transfer_id"] != r.ID-1 {
			t.Errorf("plans %v", got)
		}
	})
	t.Run("applied", func(t *testing.T) {
		c, r, rows, others := prepare(t)
		defer others()
		late := sqlitetest.Remotes(3) // pending rows behind the first
		r, err := c.StagePage(t.Context(), r, late)
		sqlitetest.Must(t, err)
		var seen []domain.RemoteID
		_, _, err = c.Apply(t.Context(), r, 3, func(cand transfer.Candidate) transfer.Effect {
			seen = append(seen, cand.Row.Remote.ID)
			return transfer.Effect{Outcome: transfer.OutcomeSkipped}
		})
		sqlitetest.Must(t, err)
		if fmt.Sprint(seen) != fmt.Sprint([]domain.RemoteID{rows[0].Remote.ID, late[0].ID, late[1].ID}) {
			t.Errorf("applied %v", seen)
		}
		want(t, c, rows[1:])
	})
}

// What stands in the catalogue about a row: each part of it alone.
func TestCandidate_isWhatStandsNow(t *testing.T) {
	for name, tt := range map[string]struct {
		local     domain.ProductID
		bindings  string
		boundTo   domain.ProductID
		boundFrom domain.RemoteID
		product   bool
	}{
		"nothing bound":                        {1, ``, 0, "", true},
		"bound to its partner":                 {1, `('m', 1, 1, '')`, 1, "m", true},
		"bound to another one":                 {1, `('m', 1, 2, '')`, 2, "", true},
		"its partner bound to another":         {1, `('x', 1, 1, '')`, 0, "x", true},
		"both bound to others":                 {1, `('m', 1, 2, ''), ('x', 1, 1, '')`, 2, "x", true},
		"one of another type bound":            {1, `('m', 2, 2, '')`, 0, "", true},
		"no partner, bound":                    {0, `('m', 1, 2, '')`, 2, "", false},
		"no partner, not bound":                {0, ``, 0, "", false},
		"a partner that is gone, bound":        {77, `('m', 1, 2, '')`, 2, "", false},
		"a partner that is gone, others bound": {77, `('x', 1, 2, '')`, 0, "", false},
	} {
		c := sqlitetest.NewCompany(t)
		products := sqlitetest.Put(t, c, domaintest.Fill[domain.Product](0), domaintest.Fill[domain.Product](1))
		if tt.bindings != "" {
			if _, err := c.DB.Writer.ExecContext(t.Context(), `INSERT INTO binding (remote_id, type, product_id, created_at) VALUES `+tt.bindings); err != nil {
				t.Fatal(err)
			}
		}
		row := transfer.Row{Remote: domain.RemoteProduct{ID: "m", Type: storedtransfer.TypeProduct}, ProductID: tt.local}
		sqlitetest.Must(t, c.DB.View(t.Context(), "look", func(tx *sql.Tx) error {
			p, err := storedtransfer.NewPresent(t.Context(), tx)
			if err != nil {
				return err
			}
			got, of, err := p.Candidate(t.Context(), row)
			want, came := transfer.Candidate{Row: row, BoundTo: tt.boundTo, BoundFrom: tt.boundFrom}, domain.Origins{}
			if tt.product {
				want.Product, came = &products[0], origins(products[0].UpdatedAt, domain.SourceFile, c.DB.Actor)
			}
			sqlitetest.WantSame(t, name, got, want)
			sqlitetest.WantSame(t, name+": origins", of, came)
			return err
		}))
	}
}

// A decision that separates takes values back only where this run wrote them on this product, nothing has
// changed since and nothing of it was undone; each part alone.
func TestDecide_separateRestoresOnlyWhatItsRunWrote(t *testing.T) {
	const values = `INSERT INTO before_image (transfer_id, remote_id, type, product_id, product, revision, bound, undone, created_at) VALUES `
	for name, tt := range map[string]struct {
		image string
		price string // of the product afterwards
	}{
		"it wrote":                        {`(2, 'm', 1, 1, '{"id":1,"revision":1,"price":"7","state":"active"}', 2, 1, '', '')`, "7"},
		"it wrote, and had not to bind":   {`(2, 'm', 1, 1, '{"id":1,"revision":1,"price":"7","state":"active"}', 2, 0, '', '')`, "7"},
		"it wrote twice, the second time": {`(2, 'm', 1, 1, '{"id":1,"revision":1,"price":"5","state":"active"}', 2, 1, '', ''), (2, 'm', 1, 1, '{"id":1,"revision":1,"price":"7","state":"active"}', 2, 0, '', '')`, "7"},
		"it unbound":                      {`(2, 'm', 1, 1, '{"id":1,"revision":1,"price":"7","state":"active"}', 2, -1, '', '')`, "20"},
		"another run":                     {`(1, 'm', 1, 1, '{"id":1,"revision":1,"price":"7","state":"active"}', 2, 1, '', '')`, "20"},
		"another row":                     {`(2, 'x', 1, 1, '{"id":1,"revision":1,"price":"7","state":"active"}', 2, 1, '', '')`, "20"},
		"a row of another type":           {`(2, 'm', 2, 1, '{"id":1,"revision":1,"price":"7","state":"active"}', 2, 1, '', '')`, "20"},
		"another product":                 {`(2, 'm', 1, 2, '{"id":1,"revision":1,"price":"7","state":"active"}', 2, 1, '', '')`, "20"},
		"it was undone":                   {`(2, 'm', 1, 1, '{"id":1,"revision":1,"price":"7","state":"active"}', 2, 1, 'undone', '')`, "20"},
		"the product has changed since":   {`(2, 'm', 1, 1, '{"id":1,"revision":1,"price":"7","state":"active"}', 3, 1, '', '')`, "20"},
		"it made the product":             {`(2, 'm', 1, 1, NULL, 2, 1, '', '')`, "20"},
		"it only bound":                   {`(2, 'm', 1, 1, '{"id":1,"revision":2,"price":"7","state":"active"}', 2, 1, '', '')`, "20"},
	} {
		t.Run(name, func(t *testing.T) {
			c := sqlitetest.NewCompany(t)
			sqlitetest.Put(t, c, domain.Product{Name: "A", Price: sqlitetest.Dec("20")}, domain.Product{Name: "B"})
			confirm(t, c, sqlitetest.Staged(t, c, nil))
			r := sqlitetest.Staged(t, c, []domain.RemoteProduct{{ID: "m", Type: storedtransfer.TypeProduct}})
			confirm(t, c, r)
			putRow(t, c, transfer.Row{RunID: r.ID, Remote: domain.RemoteProduct{ID: "m", Type: storedtransfer.TypeProduct}, ProductID: 1, Outcome: transfer.OutcomeMatched})
			bind(t, c, "m", 1)
			for _, change := range []string{`UPDATE product SET revision = 2`, values + tt.image} {
				if _, err := c.DB.Writer.ExecContext(t.Context(), change); err != nil {
					t.Fatal(err)
				}
			}
			if out := sqlitetest.Decide(t, c, r.ID, transfer.Decision{Kind: transfer.DecideSeparate, Remote: "m"}); out.Done != 1 {
				t.Fatalf("%+v", out)
			}
			if p := productByID(t, c, 1); !catalogue.SameDecimal(p.Price, sqlitetest.Dec(tt.price)) {
				t.Errorf("price %s, want %s", p.Price.Decimal, tt.price)
			}
		})
	}
}

func TestDecide_looksAtTheCodeOnlyOfWhatItMakes(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.Put(t, c, domain.Product{Code: "A", Name: "Ay"}, domain.Product{Name: "Kodsuz"})
	r := sqlitetest.Staged(t, c, []domain.RemoteProduct{{ID: "1", Type: storedtransfer.TypeProduct, Code: "A"}, {ID: "2", Type: storedtransfer.TypeProduct}, {ID: "3", Type: storedtransfer.TypeProduct, Code: "B"}})
	confirm(t, c, r)
	for _, row := range []domain.RemoteProduct{{ID: "1", Type: storedtransfer.TypeProduct, Code: "A"}, {ID: "2", Type: storedtransfer.TypeProduct}, {ID: "3", Type: storedtransfer.TypeProduct, Code: "B"}} {
		putRow(t, c, transfer.Row{RunID: r.ID, Remote: row, Outcome: transfer.OutcomeUnmatched, Reason: matching.ReasonNoCandidate})
	}
	out := sqlitetest.Decide(t, c, r.ID, transfer.Decision{Kind: transfer.DecideCreate, Remote: "1"}, transfer.Decision{Kind: transfer.DecideCreate, Remote: "2"},
		transfer.Decision{Kind: transfer.DecideCreate, Remote: "3"}, transfer.Decision{Kind: transfer.DecidePair, Remote: "1", Product: 1})
	if out.Done != 3 || len(out.Refused) != 1 || out.Refused[0].Why != transfer.RefusedCodeTaken || out.Refused[0].Remote != "1" {
		t.Errorf("%+v", out)
	}
}

// What cannot be taken back is told with the decision it was, and the last is tried first.
func TestTakeBack_tellsWhatStays(t *testing.T) {
	c, run := shop(t)
	x := sqlitetest.ProductByCode(t, c, "X").ID
	ds := []transfer.Decision{
		{Kind: transfer.DecidePair, Remote: "2", Product: x}, {Kind: transfer.DecideSeparate, Remote: "2"}, {Kind: transfer.DecideIgnore, Remote: "3"}, {Kind: transfer.DecideCreate, Remote: "4"},
	}
	before := sqlitetest.Lasting(t, c)
	out := sqlitetest.Decide(t, c, run.ID, ds...)
	made := sqlitetest.ProductByCode(t, c, "D")
	// Each stands on the one before it: only the last first can all of them go.
	if back := takeBack(t, c, out.ID); back.Done != len(ds) || len(back.Refused) != 0 {
		t.Fatalf("%+v", back)
	}
	if after := sqlitetest.Lasting(t, c); after != before {
		t.Error(sqlitetest.Apart(before, after))
	}
	out = sqlitetest.Decide(t, c, run.ID, ds...)
	made = sqlitetest.ProductByCode(t, c, "D")
	for _, change := range []string{`DELETE FROM transfer_product WHERE remote_id = '3'`, `UPDATE transfer SET read = read - 1, transferred = transferred - 1, unmatched = unmatched - 1`, `UPDATE product SET revision = 9 WHERE id = ` + fmt.Sprint(made.ID)} {
		if _, err := c.DB.Writer.ExecContext(t.Context(), change); err != nil {
			t.Fatal(err)
		}
	}
	back := takeBack(t, c, out.ID)
	want := []transfer.Refusal{
		{Decision: transfer.Decision{Kind: transfer.DecideCreate, Remote: "4", Product: made.ID}, Why: transfer.RefusedChanged},
		{Decision: transfer.Decision{Kind: transfer.DecideIgnore, Remote: "3"}, Why: transfer.RefusedGone},
	}
	sqlitetest.WantSame(t, "refused", back.Refused, want)
	if back.Done != 2 {
		t.Errorf("%d done", back.Done)
	}
	// Of a run that is being undone nothing is taken back any more.
	if _, err := c.UndoBatch(t.Context(), run.ID, 1); err != nil {
		t.Fatal(err)
	}
	back, err := c.TakeBack(t.Context(), out.ID)
	if sqlitetest.Must(t, err); back.Done != 0 || len(back.Refused) == 0 || back.Refused[0].Why != transfer.RefusedUndone {
		t.Errorf("%+v", back)
	}
}

func TestSaveReport_carriesEveryField(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	for range 2 {
		_, err := c.CreateRun(t.Context(), transfer.Run{State: transfer.StateDone, ConfirmedAt: domaintest.Moment})
		sqlitetest.Must(t, err)
	}
	end := domaintest.Fill[report.Saved](0)
	end.RunID = 1
	neighbours := []report.Saved{end, end, end}
	neighbours[0].RunID, neighbours[1].State, neighbours[2].Open = 2, "another", end.Open+1
	for i, n := range neighbours {
		n.HTML = fmt.Sprint(i)
		neighbours[i] = n
		sqlitetest.Must(t, c.SaveReport(t.Context(), n, nil))
	}
	read := func(what string, want report.Saved) {
		t.Helper()
		got, ok, err := c.ReportOf(t.Context(), want.RunID, want.State, want.Open)
		if sqlitetest.Must(t, err); !ok {
			t.Errorf("%s: none", what)
		}
		sqlitetest.WantSame(t, what, got, want)
	}
	if got, ok, err := c.ReportOf(t.Context(), end.RunID, end.State, end.Open); ok || err != nil {
		t.Errorf("before: %+v, %v", got, err)
	}
	sqlitetest.Must(t, c.SaveReport(t.Context(), end, nil))
	read("saved", end)
	other := domaintest.Fill[report.Saved](1)
	other.RunID, other.State, other.Open = end.RunID, end.State, end.Open
	l := sqlitetest.TestLetter("bir@example.com")
	for path, changed := range domaintest.Changed(end, other) {
		sqlitetest.Must(t, c.SaveReport(t.Context(), changed, &l)) // no letter comes of it: this end is known
		read("another "+path, changed)
	}
	for _, n := range neighbours {
		read("a neighbour", n)
	}
	if all, n, err := c.Letters(t.Context(), mail.Query{}); n != 0 || err != nil {
		t.Errorf("letters %+v, %v", all, err)
	}
}
