package files

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// vatIncludedKey knows the name of a column that says, row by row, whether the price has VAT in it. Shop
// systems (Ticimax) write prices of both sorts into one file.
func vatIncludedKey(name string) bool {
	switch domain.NameKey(name) {
	case "kdvdahil", "kdvdahilmi", "vatincluded", "taxincluded", "isvatincluded", "kdvdurumu":
		return true
	}
	return false
}

// vatIncludedColumn gives the number of that column, -1 when there is none.
func vatIncludedColumn(header []string) int { return slices.IndexFunc(header, vatIncludedKey) }

// saysNo tells whether a cell is a clear no.
func saysNo(cell string) bool {
	switch domain.Fold(cell) {
	case "0", "false", "hayir", "no", "n", "h", "haric", "kdv haric":
		return true
	}
	return false
}

// withVAT adds the rate to a price, exactly; number cells were rid of their noise before (withoutNoise).
func withVAT(price, rate decimal.Decimal) decimal.Decimal {
	return price.Add(price.Mul(rate).Shift(-2))
}
