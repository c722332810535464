//go:build bench && linux

package app_test

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// prices measures what all products cost at ten marketplaces.
func (b *bench) prices() {
	priced := b.do(errandOf{Do: "prices", Dir: b.shop()})
	multiplied := b.do(errandOf{Do: "prices-floor", Dir: b.shop()})
	b.beside("prices of all at ten marketplaces: CPU", priced.cpu, multiplied.cpu, 1.3, 1.15)
	b.grows("prices: growth", priced.cpu, b.do(errandOf{Do: "prices", Dir: b.at("catalogue tenth.csv")}).cpu, 1.1, 1.03)
	b.add("peak memory of it", float64(priced.memory)/1e6, "MB", 60, 0)
}

// benchRules are rules of ten marketplaces, each another one.
func benchRules() (rules pricing.Rules, names []pricing.MarketplaceID) {
	rules = pricing.Rules{PerMarketplace: true, Each: map[pricing.MarketplaceID]pricing.Rule{}}
	for i, name := range []pricing.MarketplaceID{"trendyol", "hepsiburada", "n11", "amazon-tr", "ciceksepeti", "pttavm", "pazarama", "idefix", "koctas", "teknosa"} {
		rules.Each[name] = pricing.Rule{Direction: pricing.Increase, Kind: pricing.Percent, Amount: decimal.New(int64(100+i), -1), Extra: decimal.New(20, 0)}
		names = append(names, name)
	}
	return rules, names
}

func computePrices(ctx context.Context, e errandOf) error {
	return opened(ctx, e, func(c *app.Company) error {
		rules, names := benchRules()
		if err := c.SavePriceRules(ctx, rules); err != nil {
			return err
		}
		calculator, err := c.Calculator(ctx, names)
		if err != nil {
			return err
		}
		sum := decimal.Zero
		for p, err := range c.Store.AllProducts(ctx) {
			if err != nil {
				return err
			}
			for _, o := range calculator.Offers(p) {
				sum = sum.Add(o.Price.Decimal)
			}
		}
		if !sum.IsPositive() {
			return fmt.Errorf("prices add up to %v", sum)
		}
		return nil
	})
}

// multiplyPlainly reads the same products and does the arithmetic of the same rules in decimals.
func multiplyPlainly(ctx context.Context, e errandOf) error {
	path, err := companyFile(e.Dir)
	if err != nil {
		return err
	}
	db, err := sql.Open("sqlite", database.ReaderDSN(path))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	rules, names := benchRules()
	rows, err := db.QueryContext(ctx, `SELECT id, code, barcode, name, brand, description, price, currency, stock, vat_rate, state, revision, updated_at FROM product ORDER BY id`)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	sum, hundred := decimal.Zero, decimal.New(100, 0)
	for rows.Next() {
		var id, revision int64
		var code, barcode, name, brand, description, currency, state, at string
		var price, stock, vat decimal.NullDecimal
		if err := rows.Scan(&id, &code, &barcode, &name, &brand, &description, &price, &currency, &stock, &vat, &state, &revision, &at); err != nil {
			return err
		}
		for _, m := range names {
			r := rules.Each[m]
			sum = sum.Add(price.Decimal.Mul(hundred.Add(r.Amount)).Div(hundred).Add(r.Extra).Round(2))
		}
	}
	if err := rows.Err(); err != nil || !sum.IsPositive() {
		return fmt.Errorf("%v, %w", sum, err)
	}
	return nil
}
