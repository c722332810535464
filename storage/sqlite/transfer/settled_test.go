package transfer_test

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
	storedtransfer "github.com/sopyo/sopyo-desktop/storage/sqlite/transfer"
)

// asking is a catalogue in which decide is asked about every row, and that remembers what foresees.
type asking struct {
	*sqlitetest.Company
	foresee *func(transfer.Candidate) transfer.Planned
}

func (asking) ApplySettled(_ context.Context, r transfer.Run, _ int) (transfer.Run, int, string, error) {
	return r, 0, "", nil
}

func (a asking) SavePlan(ctx context.Context, r transfer.Run, plan []matching.Decision, revisions map[domain.ProductID]int64, foresee func(transfer.Candidate) transfer.Planned) error {
	*a.foresee = foresee
	return a.Company.SavePlan(ctx, r, plan, revisions, foresee)
}

// Whether a row is settled or decide is asked about it: its plan and what is written are the same.
func TestApplySettled_writesWhatDecideSays(t *testing.T) {
	settled, decided := 0, 0
	for seed := range uint64(40 / sqlitetest.Thinned) {
		whole, asked := market(t, seed), market(t, seed)
		var foresee func(transfer.Candidate) transfer.Planned
		r := matched(t, asked, asking{asked, &foresee})
		wantForeseen(t, asked, r, foresee)
		foreseenOtherwise(t, asked)
		for rows := -1; rows != 0; {
			var err error
			r, rows, _, err = transfer.Import{Catalogue: asking{asked, &foresee}}.Step(t.Context(), r, 7)
			sqlitetest.Must(t, err)
		}
		s := matched(t, whole, whole)
		foreseenOtherwise(t, whole)
		for rows := -1; rows != 0; {
			var n int
			var err error
			s, n, _, err = whole.ApplySettled(t.Context(), s, 7)
			sqlitetest.Must(t, err)
			settled += n
			s, rows, _, err = transfer.Import{Catalogue: whole}.Step(t.Context(), s, 7)
			sqlitetest.Must(t, err)
			decided += rows
		}
		sqlitetest.WantSame(t, fmt.Sprintf("market %d: the run", seed), storedRun(t, whole, s.ID), storedRun(t, asked, r.ID))
		for _, query := range []string{
			`SELECT * FROM product ORDER BY id`, `SELECT * FROM binding ORDER BY remote_id`, `SELECT remote_id, type FROM ignored ORDER BY remote_id`, `SELECT * FROM transfer_row ORDER BY id`, `SELECT * FROM transfer_plan`,
			`SELECT product_id, remote_id, type, field, value, at, transfer_id, decision_id, sync_id FROM agreed ORDER BY product_id, field`,
			`SELECT transfer_id, remote_id, type, product_id, product ->> '$.revision', revision, bound, bound_to, ignored, "row", undone, created_at FROM before_image ORDER BY remote_id`,
		} {
			sqlitetest.WantSame(t, fmt.Sprintf("market %d: %s", seed, query), sqlitetest.RowsBy(t, whole.DB.Reader, query), sqlitetest.RowsBy(t, asked.DB.Reader, query))
		}
	}
	if settled < 100/sqlitetest.Thinned || decided < 100/sqlitetest.Thinned {
		t.Errorf("%d settled, %d not: neither proves much", settled, decided)
	}
}

// foreseenOtherwise makes some rows of a plan those of one that was made when their products had other values, as one is that is
// tried again.
func foreseenOtherwise(t *testing.T, c *sqlitetest.Company) {
	t.Helper()
	for rest, values := range []string{`'1', before_currency, before_stock`, `before_price, 'EUR', before_stock`, `before_price, before_currency, '1'`} {
		_, err := c.DB.Writer.ExecContext(t.Context(), `UPDATE transfer_outcome SET (after_price, after_currency, after_stock) = (`+values+`) WHERE id % 5 = ?`, rest)
		sqlitetest.Must(t, err)
	}
}

// wantForeseen compares the plan of each row with what foresee says of it.
func wantForeseen(t *testing.T, c *sqlitetest.Company, r transfer.Run, foresee func(transfer.Candidate) transfer.Planned) {
	t.Helper()
	tx := sqlitetest.Ok1[*sql.Tx](t)(c.DB.Reader.BeginTx(t.Context(), nil))
	defer func() { _ = tx.Rollback() }()
	present, err := storedtransfer.NewPresent(t.Context(), tx)
	sqlitetest.Must(t, err)
	rows, err := storedtransfer.SelectRows(t.Context(), tx, `WHERE r.transfer_id = ?`, r.ID)
	sqlitetest.Must(t, err)
	var forecast transfer.Forecast
	for _, row := range rows {
		planned := row.Planned
		row.Planned = transfer.Planned{}
		cand, _, err := present.Candidate(t.Context(), row)
		sqlitetest.Must(t, err)
		row.Planned = foresee(cand)
		sqlitetest.WantSame(t, "planned of "+string(row.Remote.ID), planned, row.Planned)
		forecast.Add(row)
	}
	p, err := c.TransferPlan(t.Context(), r.ID)
	sqlitetest.Must(t, err)
	sqlitetest.WantSame(t, "the forecast", p.Forecast, forecast)
}

// matched matches the market's run, and changes what it has found.
func matched(t *testing.T, c *sqlitetest.Company, by transfer.Catalogue) transfer.Run {
	t.Helper()
	r, err := transfer.Import{Catalogue: by}.Match(t.Context(), storedRun(t, c, 1))
	sqlitetest.Must(t, err)
	return r
}

// market is a company with products, and a run that has read as many, like them more or less.
func market(t *testing.T, seed uint64) *sqlitetest.Company {
	t.Helper()
	c := sqlitetest.NewCompany(t)
	sqlitetest.Clock(c)
	random, ignores := rand.New(rand.NewPCG(seed, 1)), rand.New(rand.NewPCG(seed, 2))
	one := func(of ...string) string { return of[random.IntN(len(of))] }
	number := func() (d domain.Product) {
		if s := one("", "0", "-3", "12.5", "7", "7"); s != "" {
			d.Price = sqlitetest.Dec(s)
		}
		return d
	}
	o := transfer.DefaultOptions(domain.Currency(one("TRY", "TRY", "USD")))
	o.Unmatched = transfer.Unmatched(one("listed", "listed", "draft"))
	o.IncludePassive, o.TakeName, o.TakeBrand, o.TakeVAT = one("", "x") == "", one("", "x") == "", one("", "x") == "", one("", "x") == ""
	r, err := c.CreateRun(t.Context(), transfer.Run{State: transfer.StatePreparing, Phase: transfer.PhaseRead, NextPage: 1, Options: o, ConfirmedAt: domaintest.Moment})
	sqlitetest.Must(t, err)
	const n = 30
	var remotes []domain.RemoteProduct
	var products []domain.Product
	taken := map[domain.Code]bool{"": true}
	for i := range n {
		p := domain.Product{
			Code: domain.Code(one("", fmt.Sprint("K", i), fmt.Sprint("K", random.IntN(n)), fmt.Sprint("k", random.IntN(n)))), Name: one("a", "b"), Brand: one("", "c"), Price: number().Price, Stock: number().Price,
			VATRate: sqlitetest.Dec(one("1", "20")), Currency: domain.Currency(one("TRY", "TRY", "USD")), State: domain.ProductState(one("active", "active", "passive", "archived")),
		}
		m := domain.RemoteProduct{
			ID: domain.RemoteID(fmt.Sprint(100 + i)), Type: storedtransfer.TypeProduct, Code: p.Code, Name: p.Name, Brand: p.Brand, Price: p.Price, Stock: p.Stock, VATRate: p.VATRate,
			Currency: domain.Currency(one("TRY", "TRY", "USD", "")), Active: one("", "", "x") == "",
		}
		if random.IntN(2) == 0 {
			p.Barcode = domain.Barcode(domaintest.GTIN13(random.IntN(n)))
			m.Barcode = domain.Barcode(one(string(p.Barcode), string(p.Barcode), domaintest.GTIN13(i), "E-1", ""))
		}
		for _, change := range []func(){
			func() { m.Price = number().Price }, func() { m.Stock = number().Price }, func() { m.VATRate = sqlitetest.Dec("10") }, func() { m.Name = one("", "d") }, func() { m.Brand = one("", "e") },
		} {
			if random.IntN(8) == 0 {
				change()
			}
		}
		p.Code = domain.Code(one(string(p.Code), string(p.Code), string(p.Code), "L"))
		if p.Price.Valid && p.Price.Decimal.IsNegative() {
			p.Price = decimal.NullDecimal{}
		}
		if taken[p.Code] {
			p.Code = ""
		}
		taken[p.Code] = true
		products, remotes = append(products, p), append(remotes, m)
	}
	kept, err := c.SaveProducts(t.Context(), products...)
	sqlitetest.Must(t, err)
	sqlitetest.Must(t, c.DB.Update(t.Context(), "relate", func(tx *sql.Tx) error {
		for i, p := range kept {
			bound, apart := 100+i-random.IntN(2), 100+[]int{i, random.IntN(n)}[random.IntN(2)]
			for _, pair := range []struct {
				table  string
				remote int
			}{{"binding", bound}, {"separation", apart}} {
				if random.IntN(6) > 0 {
					continue
				}
				if _, err := tx.ExecContext(t.Context(), `INSERT OR IGNORE INTO `+pair.table+` (remote_id, type, product_id, created_at) VALUES (?, 1, ?, '')`, fmt.Sprint(pair.remote), p.ID); err != nil {
					return err
				}
			}
			if ignores.IntN(6) == 0 {
				if _, err := tx.ExecContext(t.Context(), `INSERT INTO ignored (remote_id, type, created_at) VALUES (?, 1, '')`, fmt.Sprint(100+i)); err != nil {
					return err
				}
			}
		}
		return nil
	}))
	_, err = c.StagePage(t.Context(), r, remotes)
	sqlitetest.Must(t, err)
	return c
}
