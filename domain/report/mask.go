package report

import (
	"regexp"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// digits are whole runs of digits; a barcode of 13 is never cut into a tax number.
var digits = regexp.MustCompile(`[0-9]+`)

// MaskNumbers hides the tax numbers (VKN, TCKN) in a text behind dots, but for two digits at each end:
// those of 10 or 11 digits whose check digits are right (rules.md §6).
func MaskNumbers(s string) string {
	return digits.ReplaceAllStringFunc(s, func(n string) string {
		if len(n) == 10 && isVKN(n) || len(n) == 11 && isTCKN(n) {
			return n[:2] + strings.Repeat("•", len(n)-4) + n[len(n)-2:]
		}
		return n
	})
}

// Masked is the report as it leaves by mail: tax numbers are hidden wherever a text may hold one. A firm
// of one person often has its owner's in its name.
func (r Report) Masked() Report {
	r.Company = MaskNumbers(r.Company)
	r.Run.Detail = MaskNumbers(r.Run.Detail)
	r.Problems, r.Deviations = maskedRows(r.Problems), maskedRows(r.Deviations)
	return r
}

func maskedRows(rows []transfer.Listed) []transfer.Listed {
	masked := make([]transfer.Listed, len(rows))
	for i, r := range rows {
		masked[i] = MaskedRow(r)
	}
	return masked
}

// MaskedRow hides tax numbers in a row's names. Codes and barcodes stay: without them nobody could tell
// what is meant, and they are no person's.
func MaskedRow(p transfer.Listed) transfer.Listed {
	p.Remote.Name, p.ProductName = MaskNumbers(p.Remote.Name), MaskNumbers(p.ProductName)
	return p
}

func isVKN(n string) bool {
	sum := 0
	for i := range 9 {
		k := 9 - i
		t := (int(n[i]-'0') + k) % 10
		if t == 0 {
			continue
		}
		if t = t << k % 9; t == 0 {
			t = 9
		}
		sum += t
	}
	return (10-sum%10)%10 == int(n[9]-'0')
}

func isTCKN(n string) bool {
	d := make([]int, len(n))
	for i := range n {
		d[i] = int(n[i] - '0')
	}
	odd, even := d[0]+d[2]+d[4]+d[6]+d[8], d[1]+d[3]+d[5]+d[7]
	tenth := ((7*odd-even)%10 + 10) % 10
	return d[0] != 0 && d[9] == tenth && d[10] == (odd+even+tenth)%10
}
