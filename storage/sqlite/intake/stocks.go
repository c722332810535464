package intake

import (
	"slices"

	"github.com/shopspring/decimal"
)

const (
	partsShown = 5   // stocks of a sum that a person is shown
	placesHeld = 500 // different places of one product; where there are more, they are none
)

// stocks are those of the rows of one item.
type stocks struct {
	total  decimal.Decimal // of all rows
	first  decimal.Decimal
	parts  []string // the first few of them
	rows   int
	sheets []string // the first two that have one
	lots   []lot    // by place
	loose  bool     // one has no place: nobody can tell what is part of what
}

// lot is the stock of one place, as the last row says.
type lot struct {
	place string
	stock decimal.Decimal
}

// add takes the stock of a row in, and tells whether it differs from what was said of the same place, or of all.
func (s *stocks) add(r fileRow) (differs bool) {
	if !r.product.Stock.Valid {
		return false
	}
	stock := r.product.Stock.Decimal
	s.total = s.total.Add(stock)
	if s.rows++; s.rows == 1 {
		s.first = stock
	}
	if s.rows <= partsShown {
		s.parts = append(s.parts, stock.String())
	}
	if len(s.sheets) < 2 && !slices.Contains(s.sheets, r.sheet) {
		s.sheets = append(s.sheets, r.sheet)
	}
	s.loose = s.loose || r.place == "" || len(s.lots) == placesHeld
	if s.loose {
		s.lots = nil
		return !stock.Equal(s.first)
	}
	for i := range s.lots {
		if l := &s.lots[i]; l.place == r.place {
			differs, l.stock = !l.stock.Equal(stock), stock
			return differs
		}
	}
	s.lots = append(s.lots, lot{r.place, stock})
	return false
}

// joint gives the stock of all rows, with the parts that were added up, and none where the last row counts. All are added up when
// a person has said so and rows differ, or several sheets have one; else those of several places.
func (s *stocks) joint(all, differ bool) (sum decimal.Decimal, parts []string) {
	switch {
	case all && s.rows > 1 && (differ || len(s.sheets) > 1):
		return s.total, cutOff(s.parts, s.rows)
	case len(s.lots) < 2:
		return sum, nil
	}
	for _, l := range s.lots {
		if sum = sum.Add(l.stock); len(parts) < partsShown {
			parts = append(parts, l.stock.String())
		}
	}
	return sum, cutOff(parts, len(s.lots))
}

// cutOff says of parts that are shown that there are more.
func cutOff(parts []string, of int) []string {
	if of > len(parts) {
		return append(parts, "…")
	}
	return parts
}
