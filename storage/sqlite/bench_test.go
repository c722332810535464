package sqlite_test

import (
	"database/sql"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// BenchmarkTransfer carries a firm of 38,760 products through the store: staged page by page, both sides
// read, planned, applied batch by batch, listed.
func BenchmarkTransfer(b *testing.B) {
	const products = 38760
	for b.Loop() {
		c, err := sqlitetest.OpenCompany(b.Context(), b.TempDir()+"/company.db")
		if err != nil {
			b.Fatal(err)
		}
		r, err := c.CreateRun(b.Context(), transfer.Run{NextPage: 1})
		if err != nil {
			b.Fatal(err)
		}
		all := sqlitetest.Remotes(products)
		measure(b, "stage-ms", func() error {
			for from := 0; from < products && err == nil; from += transfer.PageSize {
				r, err = c.StagePage(b.Context(), r, all[from:min(from+transfer.PageSize, products)])
			}
			return err
		})
		var locals []domain.Product
		for _, p := range all[:5000] {
			locals = append(locals, domain.Product{Code: p.Code, Name: p.Name})
		}
		measure(b, "import-ms", func() error {
			sqlitetest.Fill(b, c, locals)
			return nil
		})
		var sides transfer.Sides
		measure(b, "sides-ms", func() error {
			sides, err = c.Sides(b.Context(), r, sqlitetest.Matched)
			return err
		})
		plan := make([]matching.Decision, products)
		for i, p := range sides.Remotes {
			if plan[i].Remote = p.ID; i < len(sides.Locals) {
				plan[i].Tier, plan[i].Local = matching.TierCode, sides.Locals[i].ID
			}
		}
		measure(b, "plan-ms", func() error { return c.SavePlan(b.Context(), r, plan, sides.Revisions, sqlitetest.Foreseen) })
		measure(b, "apply-ms", func() error {
			for {
				var rows []transfer.Row
				r, rows, err = c.Apply(b.Context(), r, transfer.BatchSize, func(cand transfer.Candidate) transfer.Effect {
					if cand.Product == nil {
						return transfer.Effect{Outcome: transfer.OutcomeUnmatched}
					}
					return sqlitetest.TakePrice(cand)
				})
				if err != nil || len(rows) == 0 {
					return err
				}
			}
		})
		measure(b, "list-ms", func() error {
			_, _, err := c.Rows(b.Context(), transfer.Query{RunID: r.ID, Sort: transfer.SortName, Search: "ürün 3", Limit: 50, Offset: 1000})
			return err
		})
		if err := c.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSync carries the same firm, every product of which is bound and was a file's, through the store of
// the syncs: read page by page, both sides loaded, a thousand changes planned and pulled, then a plan that is about everything, and what
// waits to go out. "loops" is how many times
// longer something takes than a plain loop over the same products.
func BenchmarkSync(b *testing.B) {
	const products, changed = 38760, 1000
	for b.Loop() {
		c, err := sqlitetest.OpenCompany(b.Context(), b.TempDir()+"/company.db")
		if err != nil {
			b.Fatal(err)
		}
		sqlitetest.Must(b, c.SaveSettings(b.Context(), domain.Settings{IntegrationOn: true, Currency: domain.TRY, Pull: true, Push: domain.PushBoth, Scenario: domain.ScenarioBasic}, nil))
		remotes := sqlitetest.Remotes(products)
		locals := make([]domain.Product, products)
		for i, p := range remotes {
			locals[i] = domain.Product{Code: p.Code, Name: p.Name, Price: p.Price, Stock: p.Stock}
		}
		sqlitetest.Fill(b, c, locals)
		if locals, _, err = c.Products(b.Context(), domain.ProductQuery{}); err != nil {
			b.Fatal(err)
		}
		sqlitetest.Bind(b, c, locals...)
		loop := measure(b, "loop-ms", func() error { return plainLoop(b, c) })
		relative := func(what string, work func() error) {
			b.ReportMetric(float64(measure(b, what+"-ms", work))/float64(loop), what+"-loops")
		}
		for i := range changed {
			remotes[i].Price, remotes[i].Stock = sqlitetest.Dec("13.50"), sqlitetest.Dec("4")
		}
		var r sync.Run
		relative("see", func() error { r = sqlitetest.Swept(b, c, remotes); return nil })
		relative("see-again", func() error { r = sqlitetest.Swept(b, c, remotes); return nil })
		var pairs []sync.Pair
		relative("pairs", func() error { pairs, err = c.Pairs(b.Context(), r); return err })
		var plan sync.Plan
		for _, p := range pairs {
			for f, v := range map[domain.Shared]sync.Value{domain.SharedStock: p.Stock, domain.SharedPrice: p.Price} {
				if !v.Theirs.Decimal.Equal(v.Ours.Decimal) {
					plan.Items = append(plan.Items, sync.Item{
						Product: p.Product, Ref: p.Ref, Field: f, Way: sync.WayPull, Base: v.Base, Ours: v.Ours, Theirs: v.Theirs, Value: v.Theirs,
						Currency: domain.TRY, State: sync.ItemPlanned,
					})
				}
			}
		}
		if len(plan.Items) != 2*changed {
			b.Fatal(len(plan.Items))
		}
		relative("plan", func() error { r, err = c.SaveSyncPlan(b.Context(), r, plan); return err })
		relative("pull", func() error {
			for {
				var rows int
				if r, rows, _, err = c.Pull(b.Context(), r, transfer.BatchSize); err != nil || rows == 0 {
					return err
				}
			}
		})
		var whole sync.Plan // nobody has agreed on anything before, and every stock waits
		for _, p := range pairs {
			for f, v := range map[domain.Shared]sync.Value{domain.SharedStock: p.Stock, domain.SharedPrice: p.Price} {
				whole.Agree = append(whole.Agree, sync.Agreement{Product: p.Product, Ref: p.Ref, Field: f, Value: v.Theirs.Decimal})
			}
			whole.Open = append(whole.Open, sync.Open{
				Product: p.Product, Ref: p.Ref, Field: domain.SharedStock, Action: sync.ActionHeld, Why: sync.WhyPushOff, Ours: p.Stock.Ours, Theirs: p.Stock.Theirs,
			})
		}
		sqlitetest.Must(b, c.DB.Execute(b.Context(), "forget", `DELETE FROM agreed`))
		relative("plan-whole", func() error { r, err = c.SaveSyncPlan(b.Context(), r, whole); return err })
		sqlitetest.Must(b, c.DB.Execute(b.Context(), "forget", `DELETE FROM sync_open`))
		relative("edited", func() error {
			n, _, err := c.Edited(b.Context())
			if n != 0 {
				b.Errorf("%d wait to go out", n)
			}
			return err
		})
		if err := c.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// plainLoop reads of every product what a sync needs of it.
func plainLoop(b *testing.B, c *sqlitetest.Company) error {
	b.Helper()
	return c.DB.View(b.Context(), "loop", func(tx *sql.Tx) error {
		type row struct {
			id           int64
			price, stock decimal.NullDecimal
		}
		for _, err := range database.SelectSeq(b.Context(), tx, func(r *row) []any { return []any{&r.id, &r.price, &r.stock} }, `SELECT id, price, stock FROM product`) {
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// measure reports how long work took, in milliseconds.
func measure(b *testing.B, unit string, work func() error) time.Duration {
	b.Helper()
	from := b.Elapsed()
	if err := work(); err != nil {
		b.Fatal(err)
	}
	took := b.Elapsed() - from
	b.ReportMetric(float64(took.Milliseconds()), unit)
	return took
}
