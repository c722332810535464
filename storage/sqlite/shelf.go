package sqlite

import (
	"slices"

	"github.com/sopyo/sopyo-desktop/domain"
)

// shelf finds the catalogue product that a row of a file means. Rows that share a code, barcode or name
// are not thrown together: each takes a product of its own, so that reading the same file again finds
// every one of them and adds none.
type shelf struct{ byCode, byBarcode, byName map[string][]*place }

// place is where one product stands; it is taken once a row of this file has claimed it.
type place struct {
	product domain.Product
	taken   bool
}

func newShelf(products []domain.Product) *shelf {
	s := &shelf{
		byCode:    map[string][]*place{},
		byBarcode: map[string][]*place{},
		byName:    map[string][]*place{},
	}
	for _, p := range products {
		s.put(p)
	}
	return s
}

// put sets p on the shelf. The name leads only to products that have nothing better.
func (s *shelf) put(p domain.Product) *place {
	at := &place{product: p}
	s.index(at)
	return at
}

// replace puts a changed product where the old one stood.
func (s *shelf) replace(at *place, p domain.Product) {
	for _, m := range []map[string][]*place{s.byCode, s.byBarcode, s.byName} {
		for _, key := range []string{at.product.Code.K0(), pairingKey(at.product.Barcode), domain.Fold(at.product.Name)} {
			m[key] = slices.DeleteFunc(m[key], func(other *place) bool { return other == at })
		}
	}
	at.product = p
	s.index(at)
}

func (s *shelf) index(at *place) {
	code, barcode, name := at.product.Code.K0(), pairingKey(at.product.Barcode), domain.Fold(at.product.Name)
	if code != "" {
		s.byCode[code] = append(s.byCode[code], at)
	}
	if barcode != "" {
		s.byBarcode[barcode] = append(s.byBarcode[barcode], at)
	}
	if code == "" && barcode == "" && name != "" {
		s.byName[name] = append(s.byName[name], at)
	}
}

// find gives the product that the row p means, nil when it is a new one.
func (s *shelf) find(p domain.Product) *place {
	code, barcode := p.Code.K0(), pairingKey(p.Barcode)
	switch {
	case code != "":
		if at := choose(s.byCode[code], p); at != nil {
			return at
		}
		// A product that came without a code the first time is no other now that it has one.
		return choose(slices.DeleteFunc(slices.Clone(s.byBarcode[barcode]), coded), p)
	case barcode != "":
		return choose(s.byBarcode[barcode], p)
	default:
		return choose(s.byName[domain.Fold(p.Name)], p)
	}
}

func coded(at *place) bool { return at.product.Code.K0() != "" }

// choose picks, of products with the same key, the one that is p in barcode and name too (again, if
// the file repeats itself); else the first free one, rather one with the same barcode.
func choose(places []*place, p domain.Product) *place {
	var best *place
	for _, at := range places {
		barcode := sameBarcode(at.product.Barcode, p.Barcode)
		switch {
		case barcode && domain.Fold(at.product.Name) == domain.Fold(p.Name):
			return at
		case at.taken:
		case best == nil, barcode && !sameBarcode(best.product.Barcode, p.Barcode):
			best = at
		}
	}
	return best
}

func sameBarcode(a, b domain.Barcode) bool {
	ka, kb := pairingKey(a), pairingKey(b)
	if ka == "" && kb == "" {
		return domain.Code(a).K0() == domain.Code(b).K0()
	}
	return ka == kb
}
