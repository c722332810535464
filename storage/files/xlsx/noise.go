package xlsx

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain/exports"
)

// withoutNoise writes the number of an XLSX cell as plain decimal: 159.11999999999998 is 159.12 and
// 8.69063205915E12 is 8690632059150. Such a cell is binary: what stands behind exports.SheetDigits is its noise.
// Whole numbers are kept to the last digit. ok = false: no number,
// text as it was.
func withoutNoise(raw string) (text string, ok bool) {
	if len(raw) > 64 {
		return raw, false
	}
	d, err := decimal.NewFromString(strings.TrimSpace(raw))
	if err != nil || d.Exponent() > 40 || d.Exponent() < -400 {
		return raw, false
	}
	if !d.IsInteger() {
		d = d.Round(exports.SheetDigits - int32(d.NumDigits()) - d.Exponent()) // #nosec G115 -- at most 64 digits
	}
	return d.String(), true
}
