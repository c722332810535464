package files

import (
	"slices"

	"github.com/sopyo/sopyo-desktop/domain/listing"
)

// pricing is what the columns of a header say of its prices together.
type pricing struct {
	sold, listed bool // prices that have VAT in them: of sales, of lists
	rates        bool // of VAT
}

func (p *pricing) add(m meaning) {
	switch {
	case m.field == listing.VAT:
		p.rates = true
	case m.field != listing.Price || m.net || m.rank >= unranked:
	case m.rank < listRank():
		p.sold = true
	default:
		p.listed = true
	}
}

// counts tells whether a column of prices is taken. One without VAT is where none has VAT in it, or list prices alone have and
// its rate is there; one by the unit, which may be a kilogram, where there is no other.
func (p pricing) counts(m meaning, header string) bool {
	switch {
	case m.net:
		return !p.sold && (!p.listed || p.rates && m.rank < listRank() && namesTax(header))
	case m.rank >= unranked:
		return !p.sold && !p.listed
	}
	return true
}

// listRank is where the names of list prices begin.
func listRank() int { return byName * headerNames()["piyasasatisfiyatikdvdahil"].index }

// namesTax tells whether a header names VAT: "Net Fiyat" may just as well be one with a discount.
func namesTax(header string) bool {
	outside, inside := headerWords(header)
	return slices.ContainsFunc(slices.Concat(outside, inside), isTax)
}
