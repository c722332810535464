package sandbox

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/shopspring/decimal"
)

func (s *Server) oneProduct(c *call) answer {
	p := s.product(c.path["id"], c.path["type"])
	if p == nil {
		return s.gone(c)
	}
	return s.ok(c, s.productDetail(c, p))
}

// productNames are the names of the detail object that §4.2 lists and that have no field in Product.
func productNames() []string {
	return []string{
		"name2", "isReceiptProduct", "tags", "categoryName", "serviceGroup", "brand", "brandModel", "modelName", "unitSet",
		"salesVatRate", "purchaseVatRate", "additionalTax", "withholding", "salesWithholding", "purchaseWithholding",
		"lowlevelstockIsActive", "minLevel", "lot", "serial", "purchasable", "salable", "currencyCode",
		"incomeWorking", "expenseWorking", "relatedCost", "purchasingManagement", "salesManagement", "strfrStatus",
		"images", "errorMessage",
	}
}

// productDetail is one product whole (isbasi-api.md §4.2). Quantities are in the list only.
func (s *Server) productDetail(c *call, p *Product) map[string]any {
	rest := p.Rest
	if rest == nil {
		rest = s.productRest(p)
	}
	data := map[string]any{}
	for _, name := range productNames() {
		data[name] = nil
	}
	for name, value := range rest {
		data[name] = value
	}
	units := s.units(c, p, rest)
	maps.Copy(data, map[string]any{
		"id": s.id(c, p.ID), "code": p.Code, "name": p.Name, "isActive": !p.Passive, "type": p.kind(),
		"vatRate": s.number(p.ID, p.VATRate), "brandName": s.text(p.ID, p.Brand), "category": nil,
		"units": units, "mainUnit": units[0], "prices": s.prices(p, rest),
	})
	if p.Category != "" {
		data["category"] = named{ID: s.id(c, 3), Code: p.Category, Name: p.Category}
	}
	return data
}

// productRest is what a product has by itself that the list does not tell. Some of it nobody documents,
// and some products have a purchase price.
func (s *Server) productRest(p *Product) fields {
	rest := fields{
		"isReceiptProduct": raw("0"), "purchasable": raw(true), "salable": raw(true),
		"salesVatRate": s.number(p.ID, p.VATRate), "purchaseVatRate": s.number(p.ID, p.VATRate),
		"lowlevelstockIsActive": raw(false), "lot": raw(false), "serial": raw(false), "strfrStatus": raw(false),
		// No account codes (isbasi-api.md §12, to §4.1).
		"incomeWorking": raw(true), "expenseWorking": raw(true), "relatedCost": raw(false), "purchasingManagement": raw(true), "salesManagement": raw(true),
	}
	if !s.o.Plain {
		rest["tags"] = raw([]string{"vitrin"})
		rest["shelfNote"] = raw(map[string]any{"aisle": p.ID%17 + 1, "bin": "B"}) // nobody documents it
		rest["minLevel"] = raw(3)
	}
	if p.ID%2 == 1 && p.Price.Valid {
		rest["prices"] = raw([]map[string]any{{
			"priceid": 2, "type": 2, "price": exact(p.Price.Decimal.Div(decimal.NewFromInt(2)).Round(2)),
			"vatIncluded": true, "currency": s.text(p.ID, p.Currency), "unit": unitCode(p.unit()), "description": "Alış",
		}})
	}
	return rest
}

// units are the main unit and the boxes, with whatever else was saved of each.
func (s *Server) units(c *call, p *Product, rest fields) []map[string]any {
	var saved []map[string]any
	if err := json.Unmarshal(rest["units"], &saved); err != nil {
		saved = nil // none was saved
	}
	find := func(name string, main bool) map[string]any {
		i := slices.IndexFunc(saved, func(u map[string]any) bool {
			isMain, _ := u["isMain"].(bool)
			return main && isMain || !main && !isMain && u["name"] == name
		})
		if i < 0 {
			return map[string]any{}
		}
		return maps.Clone(saved[i])
	}
	lay := func(u unit) map[string]any {
		laid := find(u.Name, u.IsMain)
		if _, ok := laid["code"]; !ok {
			laid["code"] = u.Code
		}
		maps.Copy(laid, map[string]any{
			"id": u.ID, "name": u.Name, "isMain": u.IsMain, "conversionFactor1": u.Factor1, "conversionFactor2": u.Factor2,
		})
		delete(laid, "barcode")
		if u.Barcode != nil {
			laid["barcode"] = u.Barcode
		}
		return laid
	}
	units := []map[string]any{lay(s.mainUnit(c, p))}
	for i, b := range p.Boxes {
		units = append(units, lay(unit{
			named:   named{ID: s.id(c, int64(50+i)), Code: unitCode(b.Name), Name: b.Name},
			Barcode: s.text(p.ID, b.Barcode), Factor1: 1, Factor2: b.Pieces,
		}))
	}
	return units
}

// prices are the sales price, as the list tells it too, and the others that were saved.
func (s *Server) prices(p *Product, rest fields) []map[string]any {
	var prices []map[string]any
	if err := json.Unmarshal(rest["prices"], &prices); err != nil {
		prices = nil // none was saved
	}
	i := slices.IndexFunc(prices, func(x map[string]any) bool { return x["type"] == 1.0 })
	if !p.Price.Valid {
		if i >= 0 {
			prices = slices.Delete(prices, i, i+1)
		}
		return prices
	}
	sales := map[string]any{
		"priceid": 1, "type": 1, "vatIncluded": true, "currency": s.text(p.ID, p.Currency),
		"unit": unitCode(p.unit()), "description": nil,
	}
	if i >= 0 {
		maps.Copy(sales, prices[i])
		prices = slices.Delete(prices, i, i+1)
	}
	net := p.Price.Decimal.Div(vatFactor(p.VATRate)).Round(8)
	sales["priceTaxIncluded"], sales["priceTaxExcluded"] = exact(p.Price.Decimal), exact(net)
	sales["price"] = sales["priceTaxIncluded"]
	if sales["vatIncluded"] == false {
		sales["price"] = sales["priceTaxExcluded"]
	}
	return append([]map[string]any{sales}, prices...)
}

// vatFactor is what a price without VAT is multiplied by; an absent rate counts as none.
func vatFactor(percent decimal.NullDecimal) decimal.Decimal {
	return percent.Decimal.Shift(-2).Add(decimal.NewFromInt(1))
}
