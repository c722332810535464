package orders

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// Fingerprint is of what an invoice says: buyer, lines and total. It does not change with the order of the
// lines, with the status, or with the format of the file; a code or barcode is not in it, because a table
// program may have destroyed it in one file and not in the other. City and district are the source's own: an order
// does not change because the list of districts has.
func (o *Order) Fingerprint() string {
	b := &o.Buyer
	parts := []string{
		string(o.Currency), string(b.Type), b.First, b.Last, b.Name, b.TaxNumber, b.TaxOffice, b.Address, b.SourceCity, b.SourceDistrict,
		b.PostalCode, b.Country, o.Discount.String(), stated(o.StatedTotal), o.Total().String(),
	}
	lines := make([]string, len(o.Lines))
	for i := range o.Lines {
		l := &o.Lines[i]
		lines[i] = joined(
			l.ID, l.Name, string(l.Kind), l.Quantity.String(), l.Unit.String(), stated(l.Amount), l.Discount.String(), stated(l.VAT), l.Net().String(),
		)
		if l.TwoAmounts {
			lines[i] += joined("two amounts")
		}
	}
	slices.Sort(lines)
	sum := sha256.Sum256([]byte(joined(append(parts, lines...)...)))
	return hex.EncodeToString(sum[:])
}

var escaped = strings.NewReplacer("\\", "\\\\", "\n", "\\n")

// joined writes texts so that no two lists of them become the same.
func joined(parts ...string) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(escaped.Replace(p))
		b.WriteByte('\n')
	}
	return b.String()
}

func stated(d decimal.NullDecimal) string {
	if !d.Valid {
		return ""
	}
	return d.Decimal.String()
}
