package sqlite_test

import (
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
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
			sides, err = c.Sides(b.Context(), r)
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

// measure reports how long work took, in milliseconds.
func measure(b *testing.B, unit string, work func() error) {
	b.Helper()
	from := b.Elapsed()
	if err := work(); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64((b.Elapsed() - from).Milliseconds()), unit)
}
