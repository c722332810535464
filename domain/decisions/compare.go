package decisions

import (
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Differences are the fields in which an İşbaşı product and a catalogue product contradict each other. What one of them has
// not contradicts nothing, and a stock always moves.
type Differences struct {
	Code, Barcode, Price, Brand bool
	// Times is how many times the dearer price is the cheaper one, where that is much: at least 1.2, to one decimal.
	Times decimal.NullDecimal
}

// Compare says in what they differ. A row without a currency counts as TL.
func Compare(m domain.RemoteProduct, p domain.Product) Differences {
	var d Differences
	d.Code = m.Code.K1() != "" && p.Code.K1() != "" && m.Code.K1() != p.Code.K1()
	mine, _ := m.Barcode.Key()
	its, _ := p.Barcode.Key()
	d.Barcode = mine != "" && its != "" && mine != its
	brand, its := domain.Fold(m.Brand), domain.Fold(p.Brand)
	d.Brand = brand != "" && its != "" && brand != its
	if !m.Price.Valid || !p.Price.Valid {
		return d
	}
	currency := m.Currency
	if currency == "" {
		currency = domain.TRY
	}
	if currency != p.Currency {
		d.Price = true
		return d
	}
	d.Price = !m.Price.Decimal.Equal(p.Price.Decimal)
	low, high := decimal.Min(m.Price.Decimal, p.Price.Decimal), decimal.Max(m.Price.Decimal, p.Price.Decimal)
	if low.IsPositive() {
		if times := high.DivRound(low, 1); times.GreaterThanOrEqual(decimal.New(12, -1)) {
			d.Times = decimal.NewNullDecimal(times)
		}
	}
	return d
}
