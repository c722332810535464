package mapping

import (
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/heading"
)

// pricing is what the columns of a header say of its prices together.
type pricing struct {
	sold, listed bool // prices that have VAT in them: of sales, of lists
	rates        bool // of VAT
}

func (p *pricing) add(m heading.Meaning) {
	switch {
	case m.Field == listing.VAT:
		p.rates = true
	case m.Field != listing.Price || m.Net || m.Rank >= heading.Unranked:
	case m.Rank < listRank():
		p.sold = true
	default:
		p.listed = true
	}
}

// counts tells whether a column of prices is taken. One without VAT is where none has VAT in it, or list prices alone have and
// its rate is there; one by the unit, which may be a kilogram, where there is no other.
func (p pricing) counts(m heading.Meaning, header string) bool {
	switch {
	case m.Net:
		return !p.sold && (!p.listed || p.rates && m.Rank < listRank() && heading.NamesTax(header))
	case m.Rank >= heading.Unranked:
		return !p.sold && !p.listed
	}
	return true
}

// listRank is where the names of list prices begin.
func listRank() int { return heading.RankOf("piyasasatisfiyatikdvdahil") }
