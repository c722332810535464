package sandbox

import (
	"fmt"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// fill writes the body into the draft, with the cards of its customer and products.
func (s *Server) fill(v *Invoice, in *simpleInvoice, kind int, date time.Time) {
	firm := s.customerCard(in.Customer)
	v.Kind, v.Profile, v.Date = kind, in.Government.Profile, date
	if v.Profile == 0 && kind == KindEInvoice {
		v.Profile = 2 // Ticari, unasked (isbasi-api.md §12, to §6.1)
	}
	v.FirmID, v.FirmCode, v.FirmName, v.TaxNumber, v.TaxOffice = firm.ID, firm.Code, firm.title(), in.Customer.TaxNumber, in.Customer.TaxOffice
	v.Address, v.City, v.District, v.PostalCode = in.Customer.Address, in.Customer.City, in.Customer.District, in.Customer.PostalCode
	v.Currency, v.Rate = local(in.Currency), in.ExchangeRate.Decimal
	if v.Currency == "TL" {
		v.Rate = decimal.NewFromInt(1)
	}
	v.VATIncluded, v.Description, v.Category = in.VATIncluded, in.Description, in.CategoryName
	v.Lines = nil
	for _, l := range in.Lines {
		p := s.productCard(l)
		v.Lines = append(v.Lines, InvoiceLine{
			ProductID: p.ID, ProductType: p.kind(), Code: p.Code, Name: l.Name, Description: l.Description, Unit: p.unit(),
			Quantity: l.Quantity.Decimal, Price: l.Price.Decimal, VATRate: l.TaxRate.Decimal,
			DiscountRate: l.DiscountRate.Decimal, DiscountValue: l.DiscountValue.Decimal, Withholding: l.Product.Withholding.RateText,
		})
	}
	s.renumber(v)
	v.total(s.o.NetFirst, s.o.TotalOff)
	v.ModifiedAt = s.now()
	s.invoices.changed()
}

// customerCard finds the customer by code, then by name and number (isbasi-api.md §6.1); an unmatched
// one gets a card.
func (s *Server) customerCard(c *simpleCustomer) *Firm {
	same := func(a, b string) bool { return upper(strings.TrimSpace(a)) == upper(strings.TrimSpace(b)) }
	if c.Code != "" {
		if f := s.firms.find(func(f *Firm) bool { return f.Code == c.Code }); f != nil {
			return f
		}
	}
	if f := s.firms.find(func(f *Firm) bool {
		if f.TaxNumber != c.TaxNumber || f.Person != c.Person {
			return false
		}
		if c.Person {
			return same(f.FirstName, c.FirstName) && same(f.LastName, c.LastName)
		}
		return same(f.Name, c.Name)
	}); f != nil {
		return f
	}
	f := s.newFirm()
	f.Code, f.Name, f.FirstName, f.LastName, f.Person = c.Code, c.Name, c.FirstName, c.LastName, c.Person
	f.TaxNumber, f.TaxOffice, f.Email, f.FirmType = c.TaxNumber, c.TaxOffice, c.Email, FirmCustomer
	f.Country, f.City, f.District, f.Address, f.PostalCode = c.Country, c.City, c.District, c.Address, c.PostalCode
	f.Registered = s.o.EveryVKN || s.registered(c.TaxNumber)
	if c.Person {
		f.Name = ""
	}
	if f.Code == "" {
		f.Code = fmt.Sprintf("C-%06d", f.ID)
	}
	s.firms.changed()
	return f
}

// productCard finds the product or service by its code; an unmatched one gets a card.
func (s *Server) productCard(l simpleLine) *Product {
	kind := l.Product.Type
	if kind != TypeService {
		kind = TypeProduct
	}
	if p := s.products.find(func(p *Product) bool { return p.Code == l.Product.Code && p.kind() == kind }); p != nil {
		return p
	}
	name := l.Product.Name
	if name == "" {
		name = l.Name
	}
	s.products.add(Product{
		ID: s.products.next(func(p *Product) int64 { return p.ID }), Type: kind, Code: l.Product.Code, Name: name,
		Unit: l.Product.Unit, VATRate: l.TaxRate, ModifiedAt: s.now(),
	})
	return &s.products.rows[len(s.products.rows)-1]
}
