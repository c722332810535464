package transfer

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// Sides gives the whole of both sides of run r, from one snapshot of the file; matched is what matching goes by, of the keys,
// type, activity, currency and stock of a product.
func (s Store) Sides(ctx context.Context, r transfer.Run, matched func(domain.RemoteProduct) matching.Remote) (transfer.Sides, error) {
	return database.View(ctx, s.db, "read both sides", func(tx *sql.Tx) (transfer.Sides, error) {
		var s transfer.Sides
		if err := readLocals(ctx, tx, &s); err != nil {
			return s, err
		}
		var ids, keys strings.Builder // the ids stay longer
		s.Remotes = make([]matching.Remote, 0, r.Counters.Read)
		for p, err := range database.SelectSeq(ctx, tx, func(p *domain.RemoteProduct) []any {
			return []any{&p.ID, &p.Type, &p.Code, &p.Barcode, &p.Active, &p.Currency, &p.Stock}
		}, `SELECT remote_id, type, code, barcode, active, currency, stock FROM transfer_product WHERE transfer_id = ? ORDER BY id`, r.ID) {
			if err != nil {
				return s, err
			}
			r := matched(p)
			r.ID, r.Code, r.Barcode = kept(&ids, r.ID), kept(&keys, r.Code), kept(&keys, r.Barcode)
			s.Remotes = append(s.Remotes, r)
		}
		var err error
		if s.Bound, err = selectPairs(ctx, tx, `binding`); err != nil {
			return s, err
		}
		s.Separated, err = selectPairs(ctx, tx, `separation`)
		return s, err
	})
}

func readLocals(ctx context.Context, tx *sql.Tx, s *transfer.Sides) error {
	type local struct {
		matching.Local
		revision int64
	}
	n, err := database.SelectValue[int](ctx, tx, `SELECT count(*) FROM product`)
	if err != nil {
		return err
	}
	var keys strings.Builder
	s.Locals, s.Revisions = make([]matching.Local, 0, n), make(map[domain.ProductID]int64, n)
	for l, err := range database.SelectSeq(ctx, tx, func(l *local) []any { return []any{&l.ID, &l.Code, &l.Barcode, &l.revision} },
		`SELECT id, code, barcode, revision FROM product WHERE state <> 'archived' ORDER BY id`) {
		if err != nil {
			return err
		}
		l.Code, l.Barcode = kept(&keys, l.Code), kept(&keys, l.Barcode)
		s.Locals = append(s.Locals, l.Local)
		s.Revisions[l.ID] = l.revision
	}
	return nil
}

// textsTogether is how many bytes of them share a piece of memory.
const textsTogether = 64 << 10

// kept is a text together with others: millions of short ones, each by itself, are rounded up and looked at by each
// collection of garbage.
func kept[T ~string](together *strings.Builder, text T) T {
	if together.Len()+len(text) > together.Cap() {
		*together = strings.Builder{}
		together.Grow(max(textsTogether, len(text)))
	}
	from := together.Len()
	together.WriteString(string(text))
	return T(together.String()[from:])
}

func selectPairs(ctx context.Context, tx *sql.Tx, table string) ([]matching.Pair, error) {
	return database.SelectAll(ctx, tx, func(p *matching.Pair) []any { return []any{&p.Remote, &p.Local} },
		`SELECT remote_id, product_id FROM `+table+` WHERE type = ?`, TypeProduct)
}

// SavePlan writes the decisions on the run's pending rows, together with r; what an earlier matching said
// of them is gone. What foresee says of each row, but for settled ones, is kept beside it and counted; a run that
// has a plan already keeps that one: it is what a person confirmed, and what a report compares with. A decision on
// a row that is not pending is left out then; in a first plan it is a defect of the caller's and refuses it.
func (s Store) SavePlan(ctx context.Context, r transfer.Run, plan []matching.Decision, revisions map[domain.ProductID]int64,
	foresee func(transfer.Candidate) transfer.Planned,
) error {
	return s.db.Update(ctx, "save plan", func(tx *sql.Tx) error {
		p, err := newPlanner(ctx, tx, r.ID)
		if err != nil {
			return err
		}
		p.foresee, p.revisions = foresee, revisions
		p.plan, p.find, p.found = plan, finding(plan), make([]bool, len(plan))
		if p.kept {
			err = p.everyRow(ctx)
		} else {
			err = p.settle(ctx, r.Options)
		}
		if err != nil {
			return err
		}
		if !p.kept {
			if err := insertPlan(ctx, tx, r.ID, s.db.Now(), "", p.forecast); err != nil {
				return err
			}
		}
		return keepRun(ctx, tx, r)
	})
}

// planner writes one plan.
type planner struct {
	tx        *sql.Tx
	run       int64
	kept      bool // the run has a plan already
	present   *present
	update    database.Statement
	plan      []matching.Decision
	find      func(domain.RemoteID) (i int, ok bool) // where in the plan
	found     []bool                                 // what decide has found there: it is said once
	revisions map[domain.ProductID]int64
	foresee   func(transfer.Candidate) transfer.Planned
	forecast  transfer.Forecast
}

// finding tells where in a plan a product's decision stands, of several the last. Where the ids ascend, as they were read,
// that takes no room.
func finding(plan []matching.Decision) func(domain.RemoteID) (i int, ok bool) {
	order := func(a, b domain.RemoteID) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) }
	for i := 1; i < len(plan); i++ {
		if order(plan[i-1].Remote, plan[i].Remote) < 0 {
			continue
		}
		at := make(map[domain.RemoteID]int, len(plan))
		for i, d := range plan {
			at[d.Remote] = i
		}
		return func(id domain.RemoteID) (int, bool) { i, ok := at[id]; return i, ok }
	}
	return func(id domain.RemoteID) (int, bool) {
		return slices.BinarySearchFunc(plan, id, func(d matching.Decision, id domain.RemoteID) int { return order(d.Remote, id) })
	}
}

func newPlanner(ctx context.Context, tx *sql.Tx, run int64) (*planner, error) {
	p := &planner{tx: tx, run: run}
	var err error
	if p.kept, err = database.SelectValue[bool](ctx, tx, `SELECT EXISTS (SELECT 1 FROM transfer_plan WHERE transfer_id = ?)`, run); err != nil {
		return nil, err
	}
	if p.present, err = newPresent(ctx, tx); err != nil {
		return nil, err
	}
	query := updatePlanned
	if p.kept {
		query = updateDecided
	}
	return p, database.PrepareAll(ctx, tx, database.Prepare(&p.update, query))
}

// The two ways to write what was decided of a row, with its plan and without; their values are those of
// decidedValues, then of plannedValues.
const (
	decided  = `UPDATE transfer_outcome SET tier = ?, reason = ?, candidates = ?, flag = ?, skipped = ?, product_id = ?, revision = ?`
	foretold = `, planned = ?, becomes = ?, planned_notes = ?, before_price = ?, before_currency = ?, before_stock = ?,
		after_price = ?, after_currency = ?, after_stock = ?`
	thatRow = ` WHERE id = (SELECT id FROM transfer_product WHERE transfer_id = ? AND remote_id = ? AND type = ?)`

	updateDecided = decided + thatRow
	updatePlanned = decided + foretold + thatRow
)

func decidedValues(r transfer.Row) []any {
	return []any{r.Tier, r.Reason, r.Candidates, r.Flag, r.Skipped, r.ProductID, r.Revision}
}

func (p *planner) everyRow(ctx context.Context) error {
	for rows, err := range stepRows(ctx, p.tx, p.run, pendingColumns, pendingTargets, `r.outcome = 'pending'`) {
		if err != nil {
			return err
		}
		if err := p.rows(ctx, rows); err != nil {
			return err
		}
	}
	return nil
}

// rows writes what was decided of rows.
func (p *planner) rows(ctx context.Context, rows []transfer.Row) error {
	decided := rows[:0]
	for _, row := range rows {
		if p.decide(&row) {
			decided = append(decided, row)
		}
	}
	if !p.kept {
		if err := p.present.readAhead(ctx, decided); err != nil {
			return err
		}
	}
	for _, row := range decided {
		if err := p.row(ctx, row); err != nil {
			return domain.Wrap(err, "row %s", row.Remote.ID)
		}
	}
	return nil
}

// decide says on the row what was decided of it; ok is false where nothing was.
func (p *planner) decide(row *transfer.Row) (ok bool) {
	i, ok := p.find(row.Remote.ID)
	if !ok || p.found[i] {
		return false
	}
	p.found[i] = true
	p.say(p.plan[i], row)
	return true
}

// say says a decision on its row.
func (p *planner) say(d matching.Decision, row *transfer.Row) {
	row.Tier, row.Reason, row.Candidates, row.Flag, row.Skipped = d.Tier, d.Reason, d.Candidates, d.Flag, d.Skipped
	row.ProductID, row.Revision = d.Local, p.revisions[d.Local]
}

func (p *planner) row(ctx context.Context, row transfer.Row) error {
	values := decidedValues(row)
	if !p.kept {
		cand, _, err := p.present.candidate(ctx, row)
		if err != nil {
			return err
		}
		row.Planned = p.foresee(cand)
		p.forecast.Add(row)
		values = append(values, plannedValues(row.Planned)...)
	}
	_, err := p.update.ExecContext(ctx, append(values, p.run, row.Remote.ID, row.Remote.Type)...)
	return err
}

// plannedValues are those of the columns from planned to after_stock.
func plannedValues(p transfer.Planned) []any {
	return append([]any{
		p.Outcome, p.Becomes, notes(p.Notes).text(), p.Before.Price, p.Before.Currency, p.Before.Stock,
	}, valuesBeside(p.After, p.Before)...)
}

// valuesBeside are those of price, currency and stock; null where they are those of others, which stand beside them.
func valuesBeside(v, others transfer.Values) []any {
	if v.Same(others) {
		return []any{nil, nil, nil}
	}
	return []any{v.Price, v.Currency, v.Stock}
}

func insertPlan(ctx context.Context, tx *sql.Tx, run int64, at time.Time, source string, f transfer.Forecast) error {
	forecast, err := database.JSONText(f)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO transfer_plan (transfer_id, made_at, source, forecast) VALUES (?, ?, ?, ?)`,
		run, database.TimeText(at), source, forecast)
	return err
}

// TransferPlan gives what a run would do, or was to do. KindNotFound: it was never planned, or by a program that
// kept no plans.
func (s Store) TransferPlan(ctx context.Context, run int64) (transfer.Plan, error) {
	return database.View(ctx, s.db, "read the plan", func(tx *sql.Tx) (transfer.Plan, error) {
		p, ok, err := database.SelectOne(ctx, tx, func(p *transfer.Plan) []any {
			return []any{&p.RunID, database.JSONInto(&p.Options), database.TimeInto(&p.ReadAt), &p.Cost.Products, database.TimeInto(&p.MadeAt), database.JSONInto(&p.Forecast)}
		}, `SELECT t.id, t.options, t.read_at, t.total, p.made_at, p.forecast
			FROM transfer_plan p JOIN transfer t ON t.id = p.transfer_id WHERE t.id = ?`, run)
		if err == nil && !ok {
			err = domain.E(domain.KindNotFound, fmt.Sprintf("find the plan of transfer %d", run), nil)
		}
		p.Cost = transfer.CostOf(p.Cost.Products)
		return p, err
	})
}
