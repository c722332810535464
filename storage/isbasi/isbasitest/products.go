package isbasitest

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"github.com/shopspring/decimal"
)

// The routes of products (isbasi-api.md §4).
const (
	RouteProducts = "products/products"
	RouteProduct  = "products/{id}/{type}"
)

func (s *Server) productRoutes() []route {
	return []route{
		{name: RouteProducts, path: "/api/v1.0/products/products", methods: []string{http.MethodPost}, guard: signed, list: true, handle: s.listProducts},
		{name: RouteProduct, path: "/api/v1.0/products/{id}/{type}", methods: []string{http.MethodGet}, guard: signed, handle: s.oneProduct},
	}
}

func (s *Server) listProducts(c *call) answer {
	found, total, err := s.products.page(c.list, c.page)
	if err != nil {
		return s.refuse(c, http.StatusBadRequest, http.StatusBadRequest, err.Error())
	}
	rows := make([]any, len(found))
	for i, p := range found {
		rows[i] = s.productRow(c, p)
	}
	return s.listed(c, rows, total)
}

func (s *Server) oneProduct(c *call) answer {
	for i := range s.products.rows {
		p := &s.products.rows[i]
		if strconv.FormatInt(p.ID, 10) == c.path["id"] && strconv.Itoa(p.kind()) == c.path["type"] {
			return s.ok(c, s.productDetail(c, p))
		}
	}
	return s.business(c, "Kayıt Numarası Bulunamadı!")
}

// named is one of the small objects in rows.
type named struct {
	ID   any    `json:"id"`
	Code string `json:"code"`
	Name string `json:"name"`
}

// unit is a unit of a product (isbasi-api.md §4.1, §4.2).
type unit struct {
	named
	Barcode json.RawMessage `json:"barcode,omitempty"`
	IsMain  bool            `json:"isMain"`
	Factor1 int             `json:"conversionFactor1"`
	Factor2 int             `json:"conversionFactor2"`
}

// productRow is a row of the list (isbasi-api.md §4.1).
type productRow struct {
	ID         any             `json:"id"`
	IsActive   bool            `json:"isActive"`
	Modified   string          `json:"modificationDate,omitempty"`
	Name       string          `json:"name"`
	Name2      json.RawMessage `json:"name2,omitempty"`
	Code       string          `json:"code"`
	Type       int             `json:"type"`
	VATRate    json.RawMessage `json:"vatRate,omitempty"`
	Barcode    json.RawMessage `json:"barcode,omitempty"`
	Stock      json.RawMessage `json:"stock,omitempty"`
	Actual     json.RawMessage `json:"actualStock,omitempty"`
	UnitName   string          `json:"mainUnitName"`
	MainUnit   unit            `json:"mainUnit"`
	Category   any             `json:"category"`
	Tags       []string        `json:"tags"`
	Brand      json.RawMessage `json:"brandName,omitempty"`
	Currency   json.RawMessage `json:"currency,omitempty"`
	Price      json.RawMessage `json:"salesPriceTaxIncluded,omitempty"`
	Storefront *int            `json:"strfrStatus,omitempty"` // nobody documents it in the row
}

func (s *Server) productRow(c *call, p *Product) productRow {
	row := productRow{
		ID: s.id(c, p.ID), IsActive: !p.Passive, Modified: s.date(p.ID, p.ModifiedAt),
		Name: p.Name, Name2: s.absent(p.ID), Code: p.Code, Type: p.kind(),
		VATRate: s.number(p.ID, p.VATRate), Barcode: s.text(p.ID, p.Barcode),
		Stock: s.number(p.ID, p.Stock), UnitName: p.unit(), MainUnit: s.mainUnit(c, p),
		Brand: s.text(p.ID, p.Brand), Currency: s.text(p.ID, p.Currency), Price: s.number(p.ID, p.Price),
	}
	if p.Stock.Valid {
		row.Actual = json.RawMessage(p.Stock.Decimal.Add(p.Reserved).String())
	}
	if p.Category != "" {
		row.Category = named{ID: s.id(c, 3), Code: p.Category, Name: p.Category}
	}
	if s.o.Plain {
		row.Tags = []string{}
	} else {
		row.Storefront = new(int)
	}
	return row
}

// productDetail is one product whole (isbasi-api.md §4.2). Quantities are in the list only.
func (s *Server) productDetail(c *call, p *Product) map[string]any {
	units := []unit{s.mainUnit(c, p)}
	for i, b := range p.Boxes {
		units = append(units, unit{
			named:   named{ID: s.id(c, int64(50+i)), Code: "BX", Name: b.Name},
			Barcode: s.text(p.ID, b.Barcode), Factor1: 1, Factor2: b.Pieces,
		})
	}
	data := map[string]any{
		"id": s.id(c, p.ID), "code": p.Code, "name": p.Name, "isActive": !p.Passive, "type": p.kind(),
		"isReceiptProduct": "0", "tags": nil, "images": nil, "units": units, "mainUnit": units[0],
		"brandName": s.text(p.ID, p.Brand), "vatRate": s.number(p.ID, p.VATRate),
		"salesVatRate": s.number(p.ID, p.VATRate), "purchaseVatRate": s.number(p.ID, p.VATRate),
		"prices": nil,
	}
	if p.Price.Valid {
		data["prices"] = []map[string]any{{
			"priceid": 1, "type": 1, "price": s.number(p.ID, p.Price), "priceTaxIncluded": s.number(p.ID, p.Price),
			"vatIncluded": true, "currency": s.text(p.ID, p.Currency), "unit": p.unit(), "description": nil,
		}}
	}
	return data
}

func (s *Server) mainUnit(c *call, p *Product) unit {
	code := map[string]string{"Adet": "C62", "Kg": "KGM", "Paket": "PA", "Metre": "MTR"}[p.unit()]
	return unit{
		named:   named{ID: s.id(c, 5), Code: code, Name: p.unit()},
		Barcode: s.text(p.ID, p.Barcode), IsMain: true, Factor1: 1, Factor2: 1,
	}
}

// absent is how a missing value is written: left out, or null.
func (s *Server) absent(id int64) json.RawMessage {
	if s.o.Plain || id%2 == 0 {
		return nil
	}
	return json.RawMessage("null")
}

func (s *Server) number(id int64, d decimal.NullDecimal) json.RawMessage {
	if !d.Valid {
		return s.absent(id)
	}
	return json.RawMessage(d.Decimal.String())
}

func (s *Server) text(id int64, text string) json.RawMessage {
	if text == "" {
		return s.absent(id)
	}
	raw, err := json.Marshal(text)
	if err != nil {
		panic(err) // a text always can be written
	}
	return raw
}

// date writes a time as Türkiye's local one without an offset, at times with a fraction, at times
// with its offset (isbasi-api.md §3.4).
func (s *Server) date(id int64, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(time.FixedZone("TRT", 3*60*60))
	switch {
	case s.o.Plain || id%3 == 0:
		return t.Format("2006-01-02T15:04:05")
	case id%3 == 1:
		return t.Format("2006-01-02T15:04:05.000")
	default:
		return t.Format("2006-01-02T15:04:05-07:00")
	}
}
