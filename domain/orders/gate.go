package orders

import (
	"maps"
	"slices"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Lined gives the order with each of its texts as a domain.Line: what a person pastes may hold as much as a file.
func (o Order) Lined() Order {
	for _, s := range []*string{&o.Marketplace, &o.Number, &o.Package, &o.Word} {
		*s = domain.Line(*s)
	}
	o.Buyer, o.Lines = o.Buyer.lined(), lined(o.Lines)
	return o
}

func (b Buyer) lined() Buyer {
	for _, s := range []*string{
		&b.First, &b.Last, &b.Name, &b.TaxNumber, &b.TaxOffice, &b.Address, &b.City, &b.District, &b.PostalCode, &b.Plate, &b.Country,
		&b.SourceCity, &b.SourceDistrict,
	} {
		*s = domain.Line(*s)
	}
	return b
}

func lined(lines []Line) []Line {
	lines = slices.Clone(lines)
	for i := range lines {
		for _, s := range []*string{&lines[i].ID, &lines[i].Code, &lines[i].Barcode, &lines[i].Name} {
			*s = domain.Line(*s)
		}
	}
	return lines
}

// Lined gives what is said with each of its texts as a domain.Line.
func (s Said) Lined() Said {
	s.Buyer, s.Added, s.Lines = s.Buyer.lined(), lined(s.Added), maps.Clone(s.Lines)
	for i, l := range s.Lines {
		l.Name, l.Exemption = domain.Line(l.Name), domain.Line(l.Exemption)
		s.Lines[i] = l
	}
	return s
}
