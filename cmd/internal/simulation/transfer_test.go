package simulation

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// imports goes on with the import that was left, or begins one.
func (m *machine) imports(ctx context.Context, c *app.Company, r *rand.Rand) error {
	o := transfer.DefaultOptions(domain.TRY)
	o.Unmatched = []transfer.Unmatched{transfer.UnmatchedListed, transfer.UnmatchedCreated, transfer.UnmatchedDraft}[r.IntN(3)]
	if r.IntN(4) == 0 {
		o.Limit = 20
	}
	return m.carries(ctx, c, o)
}

// carries goes on with the import that was left, or begins one with these options.
func (m *machine) carries(ctx context.Context, c *app.Company, o transfer.Options) error {
	job, err := c.Resume(ctx)
	if err == nil && job == nil {
		m.began = m.world.ticks
		job, err = c.New(ctx, o)
	}
	if err != nil {
		return integrationOff(m, err)
	}
	defer func() { m.rested(m.began) }()
	before := job.Snapshot().Run
	if before.Options.Disagreed > 1 {
		job.TakeRead()
	}
	err = job.Run(ctx)
	if domain.KindOf(err) == domain.KindStalePlan { // a person's choice; what was begun to be written is not read anew
		if n := before.Counters; n.Read == n.Pending {
			m.began = m.world.ticks
			job.ReadAnew()
		} else {
			job.AcceptOldPlan()
		}
		err = job.Run(ctx)
	}
	if domain.KindOf(err) == domain.KindCount && m.world.listed <= m.began {
		m.world.violates("the pages of the list do not add up, and nothing came or went: %v", err)
	}
	if run := job.Snapshot().Run; err == nil && run.State.Finished() && run.State != transfer.StateFailed {
		err = m.judgeImport(ctx, c, run)
	}
	return err
}

// rested notes that what was read since a tick may be written only now: the program, or the line, was at rest in between.
func (m *machine) rested(since int) { m.rests = append(m.rests, [2]int{since, m.world.ticks}) }

// readBefore is since when what is written behind a tick may have been read.
func (m *machine) readBefore(tick int) int {
	first := tick
	for _, r := range m.rests {
		if r[0] < first && tick <= r[1] {
			first = r[0]
		}
	}
	return first
}

// integrationOff says of an error that it is none where a person has not switched the integration on yet.
func integrationOff(m *machine, err error) error {
	if domain.KindOf(err) == domain.KindInvalid && !m.settings.IntegrationOn {
		return nil
	}
	return err
}

// judgeImport holds what an import that is done has read against what was there all the time.
func (m *machine) judgeImport(ctx context.Context, c *app.Company, run transfer.Run) error {
	rows, _, err := c.Rows(ctx, transfer.Query{RunID: run.ID})
	if err != nil {
		return err
	}
	w, read := m.world, map[string]int{}
	for _, r := range rows {
		read[string(r.Remote.Code)]++
	}
	if run.Counters.Pending != 0 {
		w.violates("import %d is %s with %d rows pending", run.ID, run.State, run.Counters.Pending)
	}
	if run.Options.TakeRead || run.Options.Unsure {
		return nil // it says itself what it does not know
	}
	for code, g := range w.goods {
		switch {
		case read[code] > 1:
			w.violates("import %d has %s %d times", run.ID, code, read[code])
		case read[code] == 0 && g.made <= m.began && g.gone == 0:
			w.violates("import %d has lost %s", run.ID, code)
		case read[code] == 1 && g.gone != 0 && g.gone <= m.began:
			w.violates("import %d has %s, which was gone before it began", run.ID, code)
		}
	}
	return nil
}

// syncs goes on with the sync that was left, or begins one.
func (m *machine) syncs(ctx context.Context, c *app.Company, r *rand.Rand) error {
	defer func() { m.rested(m.swept) }()
	j, err := c.ResumeSync(ctx)
	if err == nil && j != nil && r.IntN(8) > 0 {
		if err = j.Run(ctx); domain.KindOf(err) != domain.KindStalePlan {
			return integrationOff(m, err)
		}
		err = nil
	}
	if err == nil && j != nil { // it is given up for a new one
		err = c.GiveUpSync(ctx)
	}
	if err != nil {
		return integrationOff(m, err)
	}
	q := sync.Request{Occasion: sync.OccasionPerson}
	if r.IntN(4) == 0 {
		q = sync.Request{Occasion: sync.OccasionEdits, Scope: sync.ScopeEdits}
	}
	m.swept = m.world.ticks
	if j, err = c.NewSync(ctx, q); err == nil {
		err = j.Run(ctx)
	}
	return integrationOff(m, err)
}

// decides decides some of what waits for a person.
func (m *machine) decides(ctx context.Context, c *app.Company, r *rand.Rand) error {
	if s, ok, err := c.UnfinishedSync(ctx); err != nil {
		return err
	} else if ok && s.Braked() && r.IntN(2) == 0 {
		defer func() { m.rested(m.swept) }()
		j, err := c.AcceptBrakes(ctx, sync.AllBrakes)
		if err == nil {
			err = j.Run(ctx)
		}
		return err
	}
	open, _, err := c.OpenFields(ctx, sync.OpenQuery{Sort: sync.OpenByCode})
	if err != nil {
		return err
	}
	d := sync.Decision{Verdict: []sync.Verdict{sync.VerdictTheirs, sync.VerdictOurs, sync.VerdictLater}[r.IntN(3)]}
	for _, o := range open {
		if r.IntN(3) > 0 {
			continue
		}
		d.Keys = append(d.Keys, sync.OpenKey{Product: o.Product, Field: o.Field})
		if g := m.world.known(&domain.Product{Code: o.Code}); g != nil && o.Theirs.Valid { // the value that is shown may be taken
			f := slices.Index(fields[:], o.Field)
			g.ours[f] = append(g.ours[f], said{m.world.tick(), o.Theirs.Decimal.String(), false})
		}
	}
	if len(d.Keys) > 0 {
		if _, err := c.DecideOpen(ctx, d); err != nil {
			return err
		}
	}
	return m.pairs(ctx, c, r)
}

// pairs decides what becomes of some products that the last import has found no partner for.
func (m *machine) pairs(ctx context.Context, c *app.Company, r *rand.Rand) error {
	run, ok, err := c.LatestRun(ctx)
	if err != nil || !ok {
		return err
	}
	rows, _, err := c.Rows(ctx, transfer.Query{RunID: run.ID, Outcome: transfer.OutcomeUnmatched, Part: transfer.PartUndecided})
	if err != nil {
		return err
	}
	var decisions []transfer.Decision
	for _, row := range rows {
		switch r.IntN(4) {
		case 0:
			decisions = append(decisions, transfer.Decision{Kind: transfer.DecideCreate, Remote: row.Remote.ID})
		case 1:
			decisions = append(decisions, transfer.Decision{Kind: transfer.DecideIgnore, Remote: row.Remote.ID})
		default:
		}
	}
	if len(decisions) > 0 {
		_, err = c.Decide(ctx, run.ID, decisions)
	}
	return err
}

// tries imports everything and takes it back, however often the program is killed meanwhile: the catalogue is as it was.
func (m *machine) tries(r *rand.Rand) {
	w := m.world
	waiting := w.pending
	w.pending = nil // nobody does anything meanwhile
	defer func() { w.pending = waiting }()
	const patience = 8
	var before, after []string
	var last, run int64
	steps := []func(context.Context, *app.Company) error{
		func(ctx context.Context, c *app.Company) (err error) {
			left, ok, err := c.UnfinishedRun(ctx)
			for try := 0; try < patience && err == nil && ok; try++ { // it is in the way, and rests once more where it was limited
				if err = m.carries(ctx, c, left.Options); err == nil {
					left, ok, err = c.UnfinishedRun(ctx)
				}
			}
			if err == nil {
				last, err = newest(ctx, c)
			}
			if err == nil {
				before, err = catalogue(ctx, c)
			}
			return err
		},
		func(ctx context.Context, c *app.Company) error {
			o := transfer.DefaultOptions(domain.TRY)
			o.Unmatched, o.TakeName = transfer.UnmatchedCreated, r.IntN(2) == 0
			left, _, err := c.UnfinishedRun(ctx)
			if err == nil {
				run, err = newest(ctx, c)
			}
			if err != nil || run > last && left.ID != run { // it was done when the program was killed
				return err
			}
			if err = m.carries(ctx, c, o); err != nil {
				return err
			}
			run, err = newest(ctx, c)
			return err
		},
		func(ctx context.Context, c *app.Company) error {
			_, err := c.Undo(ctx, run, func(int, int) {})
			return err
		},
		func(ctx context.Context, c *app.Company) (err error) {
			after, err = catalogue(ctx, c)
			return err
		},
	}
	for n, step := range steps {
		done := false
		for try := 0; try < patience && !done; try++ {
			done = m.does(fmt.Sprintf("try an import, step %d", n+1), step)
		}
		if !done || n == 1 && run == last {
			return // the line is too bad; what was imported stays, or goes on another day
		}
	}
	same := map[string]int{}
	for _, line := range before {
		same[line]++
	}
	for _, line := range after {
		same[line]--
	}
	for _, line := range append(before, after...) {
		if n := same[line]; n != 0 {
			w.violates("an import that was taken back has left %+d of %s", -n, line)
			same[line] = 0
		}
	}
}

// newest is the number of the last import that somebody has begun, 0 for none.
func newest(ctx context.Context, c *app.Company) (int64, error) {
	runs, _, err := c.Runs(ctx, 1, 0)
	if err != nil || len(runs) == 0 {
		return 0, err
	}
	return runs[0].ID, nil
}

// catalogue is all that stands in it, a line a product.
func catalogue(ctx context.Context, c *app.Company) (lines []string, err error) {
	all, _, err := c.ListProducts(ctx, domain.ProductQuery{Group: domain.ProductsAll})
	for _, p := range all {
		lines = append(lines, fmt.Sprintf("%d %s %s %s %s %s %s %s %s bound to %q", p.ID, p.Code, p.Barcode, p.Name, p.Price.Decimal, p.Currency, p.Stock.Decimal, p.VATRate.Decimal, p.State, p.Bound))
	}
	return lines, err
}
