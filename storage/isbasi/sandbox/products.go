package sandbox

import (
	"encoding/json"
	"strconv"
)

// The routes of products (isbasi-api.md §4).
const (
	RouteProducts       = "products/products"
	RouteProduct        = "products/{id}/{type}"
	RouteSaveProduct    = "PUT:products" // POST is taken too (isbasi-api.md §4.3)
	RouteDeleteProducts = "DELETE:products"
	RouteActivate       = "products/activate"
	RouteDeactivate     = "products/deactivate"
)

func (s *Server) listProducts(c *call) answer {
	if !s.o.ChangeFilter {
		c.list.Filters = without(c.list.Filters, "modificationDate")
	}
	if s.o.KeyIgnored {
		c.list.Filters = without(c.list.Filters, "id")
	}
	return paged(s, c, &s.products, s.productRow)
}

// product finds a product by its id and type, as they are written.
func (s *Server) product(id, kind string) *Product {
	return s.products.find(func(p *Product) bool {
		return strconv.FormatInt(p.ID, 10) == id && strconv.Itoa(p.kind()) == kind
	})
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

func (s *Server) mainUnit(c *call, p *Product) unit {
	return unit{
		named:   named{ID: s.id(c, 5), Code: unitCode(p.unit()), Name: p.unit()},
		Barcode: s.text(p.ID, p.Barcode), IsMain: true, Factor1: 1, Factor2: 1,
	}
}
