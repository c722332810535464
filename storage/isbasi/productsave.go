package isbasi

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// priceDecimals is how exact a price is sent: İşbaşı keeps as many (isbasi-api.md §3.4).
const priceDecimals = 8

// kurusDecimals is how exact prices are compared: İşbaşı gives back 294.89000004 for 294.89.
const kurusDecimals = 2

// SaveProduct changes what change names of a product and nothing else: the whole record is read, changed
// and written back, fields we do not know included (isbasi-api.md §4.3). It gives the product as it was
// before. It costs one read, and one write unless nothing differs. KindState: its price is not the one the change
// expects, and nothing was written.
func (c *Client) SaveProduct(ctx context.Context, ref domain.ProductRef, change domain.ProductChange) (before domain.ProductDetail, err error) {
	const op = "save a product"
	if change.Price.Valid && !change.Price.Decimal.IsPositive() {
		return before, domain.Wrap(domain.Invalid("price", "number"), op)
	}
	w, err := c.wholeProduct(ctx, ref)
	if err != nil {
		return before, domain.Wrap(err, op)
	}
	before = w.value.detail(ref)
	p := productChange{record: w.raw, before: before}
	if err := p.apply(change); err != nil {
		return before, domain.Wrap(err, op)
	}
	if !p.changed {
		return before, nil
	}
	return before, c.write(ctx, request{op: op, method: http.MethodPut, path: "products", body: w.raw}, nil)
}

// productChange is a product's record while it is being changed.
type productChange struct {
	record  record
	before  domain.ProductDetail
	changed bool
}

func (p *productChange) apply(ch domain.ProductChange) error {
	p.name(ch)
	if err := p.barcode(ch); err != nil {
		return err
	}
	return p.price(ch)
}

func (p *productChange) name(ch domain.ProductChange) {
	name := text(ch.Name).trim()
	if name == "" || name == p.before.Name {
		return
	}
	p.changed = true
	p.record.setText("name", name)
}

// barcode changes the main unit's, wherever the record repeats it.
func (p *productChange) barcode(ch domain.ProductChange) error {
	barcode := text(ch.Barcode).trim()
	main, ok := p.before.MainUnit()
	if barcode == "" || (ok && string(main.Barcode) == barcode) {
		return nil
	}
	if !ok {
		return domain.Invalid("unit", "required")
	}
	p.changed = true
	raws, units, err := p.record.objects("units")
	if err != nil {
		return badRecord(err)
	}
	for i, u := range units {
		if u == nil || !p.isMain(raws[i]) {
			continue
		}
		u.setText("barcode", barcode)
	}
	if raws != nil {
		if err := p.record.setObjects("units", raws, units); err != nil {
			return err
		}
	}
	if p.record.has("mainUnit") {
		var unit record
		if err := unmarshal(p.record[p.record.key("mainUnit")], &unit); err != nil {
			return badRecord(err)
		}
		unit.setText("barcode", barcode)
		raw, err := json.Marshal(unit)
		if err != nil {
			return err
		}
		p.record.setRaw("mainUnit", raw)
	}
	if p.record.has("barcode") {
		p.record.setText("barcode", barcode)
	}
	return nil
}

func (p *productChange) isMain(raw json.RawMessage) bool {
	var u unitWire
	main, ok := p.before.MainUnit()
	if !ok || unmarshal(raw, &u) != nil {
		return false
	}
	return u.IsMain.on || u.same(unitWire{Code: text(main.Code), Name: text(main.Name)})
}

// price sets the sales price of the main unit. Which of its three amounts İşbaşı goes by is not known,
// so all three say the same: the one without VAT is divided from the one that is sent. A half goes away
// from zero.
func (p *productChange) price(ch domain.ProductChange) error {
	if !ch.Price.Valid {
		return nil
	}
	vat := p.before.SalesVAT()
	if !vat.Valid || vat.Decimal.IsNegative() {
		return domain.Invalid("vat_rate", "required")
	}
	with := ch.Price.Decimal.Round(priceDecimals)
	without := with.DivRound(vatFactor(vat.Decimal), priceDecimals)
	raws, prices, err := p.record.objects("prices")
	if err != nil {
		return badRecord(err)
	}
	i, err := p.salesPrice(prices, raws, wanted(ch.PriceIn))
	if err != nil {
		return err
	}
	if i < 0 {
		raws, prices, i = append(raws, nil), append(prices, p.newPrice(with, wanted(ch.PriceIn))), len(prices)
	} else {
		var old priceWire
		if err := unmarshal(raws[i], &old); err != nil {
			return badRecord(err)
		}
		if old.says(with, without) {
			return nil
		}
		if ch.PriceWas.Valid && !old.included(vat.Decimal).Round(kurusDecimals).Equal(ch.PriceWas.Decimal.Round(kurusDecimals)) {
			return domain.E(domain.KindState, "change a price", nil) // somebody else has changed it
		}
		if !old.VATIncluded.set {
			prices[i].setTrue("vatIncluded") // else nobody could tell what price is
		}
		if old.VATIncluded.set && !old.VATIncluded.on {
			prices[i].setNumber("price", without)
		} else {
			prices[i].setNumber("price", with)
		}
	}
	p.changed = true
	prices[i].setNumber("priceTaxIncluded", with)
	prices[i].setNumber("priceTaxExcluded", without)
	if p.record.has("salesPriceTaxIncluded") {
		p.record.setNumber("salesPriceTaxIncluded", with)
	}
	return p.record.setObjects("prices", raws, prices)
}

// salesPrice finds the price to change: the first sales price of the main unit in the currency; -1 when
// the product has no sales price of that unit at all.
func (p *productChange) salesPrice(prices []record, raws []json.RawMessage, in domain.Currency) (int, error) {
	other := false
	for i, record := range prices {
		var price priceWire
		if record == nil || unmarshal(raws[i], &price) != nil || price.price().Kind != domain.PriceSales || !p.ofMain(price) {
			continue
		}
		if wanted(price.price().Currency) == in {
			return i, nil
		}
		other = true
	}
	if other {
		return 0, domain.Invalid("currency", "currency")
	}
	return -1, nil
}

// ofMain tells whether a price is the main unit's; one that names no unit is.
func (p *productChange) ofMain(price priceWire) bool {
	unit := domain.Fold(string(price.Unit))
	main, ok := p.before.MainUnit()
	return unit == "" || !ok || unit == domain.Fold(main.Name) || unit == domain.Fold(main.Code)
}

func (p *productChange) newPrice(with decimal.Decimal, in domain.Currency) record {
	fresh := record{"priceid": json.RawMessage("0"), "type": json.RawMessage("1")}
	main, _ := p.before.MainUnit()
	fresh.setTrue("vatIncluded")
	fresh.setNumber("price", with)
	fresh.setText("currency", localCurrency(in))
	fresh.setText("unit", firstOf(text(main.Code), text(main.Name)))
	return fresh
}

// says tells whether the price already is with and without VAT what it should be.
func (p priceWire) says(with, without decimal.Decimal) bool {
	price := with
	if p.VATIncluded.set && !p.VATIncluded.on {
		price = without
	}
	return p.VATIncluded.set && is(p.Price, price) && is(p.TaxIncluded, with) && is(p.TaxExcluded, without)
}

// included is the price with VAT as it stands.
func (p priceWire) included(vat decimal.Decimal) decimal.Decimal {
	switch {
	case p.TaxIncluded.Valid:
		return p.TaxIncluded.Decimal
	case p.VATIncluded.set && !p.VATIncluded.on:
		return p.Price.Decimal.Mul(vatFactor(vat))
	default:
		return p.Price.Decimal
	}
}

// vatFactor is what a price without VAT is multiplied by, of a percentage.
func vatFactor(percent decimal.Decimal) decimal.Decimal {
	return decimal.NewFromInt(1).Add(percent.Shift(-2))
}

func is(n number, d decimal.Decimal) bool { return n.Valid && n.Decimal.Equal(d) }

// wanted is the currency meant by one that is not named.
func wanted(c domain.Currency) domain.Currency {
	if c == "" {
		return domain.TRY
	}
	return c
}

// localCurrency is how İşbaşı writes a currency: the lira is TL.
func localCurrency(c domain.Currency) string {
	if wanted(c) == domain.TRY {
		return "TL"
	}
	return string(c)
}

func badRecord(err error) error {
	return domain.E(domain.KindBadAnswer, "understand the record", err)
}
