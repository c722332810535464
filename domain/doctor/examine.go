package doctor

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Examine looks at a whole catalogue.
func Examine(products iter.Seq[domain.Product]) Report {
	items := itemsOf(products)
	h := holdersOf(items)
	r := Report{Examined: len(items)}
	own := ownNumbers(items)
	first := map[int]int{} // of a doubled finding: the first product that has its barcode
	for i, it := range items {
		for _, f := range examine(it) {
			if f.Kind == CheckDigit && own {
				f.Proposed, f.Reason = "", ReasonOwnNumbers
			}
			r.Findings = append(r.Findings, h.free(f))
		}
		if proposed, why := spoiltCode(it.code); why != "" {
			f := it.finding(SpoiltCode, why, proposed)
			f.Column, f.Value = Code, string(it.code)
			r.Findings = append(r.Findings, h.free(f))
		}
		if key, _ := it.barcode.Key(); len(h.by[key]) > 1 {
			f := it.finding(Doubled, ReasonDoubled, "")
			f.Others, f.OtherCount = h.others(h.by[key], it.id)
			first[i] = h.by[key][0]
			r.Findings = append(r.Findings, f)
		}
	}
	proposeOnce(r.Findings)
	r.order(items, first)
	r.Paddings = paddings(items)
	return r
}

// order puts the findings by kind and then as the catalogue has them; what is doubled stands together.
func (r *Report) order(items []item, first map[int]int) {
	place := make(map[domain.ProductID]int, len(r.Findings))
	for i, it := range items {
		place[it.id] = i
	}
	at := func(f Finding) int {
		i := place[f.Product]
		if f.Kind == Doubled {
			return first[i]
		}
		return i
	}
	kinds := Kinds()
	slices.SortStableFunc(r.Findings, func(a, b Finding) int {
		return cmp.Or(slices.Index(kinds, a.Kind)-slices.Index(kinds, b.Kind), at(a)-at(b))
	})
}

// holders knows which products have a barcode, by their places among the items.
type holders struct {
	items []item
	by    map[string][]int // by barcode key
	codes map[string][]int // by code; nil until it is asked for
}

func holdersOf(items []item) *holders {
	h := &holders{items: items, by: map[string][]int{}}
	for i, it := range items {
		if key, class := it.barcode.Key(); class.Pairs() {
			h.by[key] = append(h.by[key], i)
		}
	}
	return h
}

// others names the first of places that are not id's, and counts them all.
func (h *holders) others(places []int, id domain.ProductID) (others []Other, count int) {
	for _, i := range places {
		it := h.items[i]
		if it.id == id {
			continue
		}
		others = append(others, Other{it.id, it.code, it.name})
		if len(others) == othersNamed {
			break
		}
	}
	return others, len(places) - 1
}

// free takes back a proposal that another product has already: mending one must not double another.
func (h *holders) free(f Finding) Finding {
	if f.Proposed == "" || f.sameKey() {
		return f
	}
	have := h.have(f)
	if len(have) == 0 {
		return f
	}
	f.Others, f.OtherCount = h.others(have, f.Product)
	f.OtherCount = len(have) // its own barcode has another key
	f.Proposed, f.Reason = "", ReasonTakenProposal
	switch f.Kind {
	case Box:
		f.Reason = ReasonBoxOfAnother
	case SpoiltCode:
		f.Reason = ReasonTakenCode
	}
	return f
}

// have are the places of those that have what is proposed.
func (h *holders) have(f Finding) []int {
	if f.Column == Barcode {
		key, _ := domain.Barcode(f.Proposed).Key()
		return h.by[key]
	}
	if h.codes == nil {
		h.codes = map[string][]int{}
		for i, it := range h.items {
			h.codes[it.code.K0()] = append(h.codes[it.code.K0()], i)
		}
	}
	return h.codes[f.Proposed]
}

// sameKey tells that the proposal is compared as the value is: mending it doubles nothing.
func (f Finding) sameKey() bool { return f.Kind == LostZero || f.Kind == Decorated }

// proposeOnce takes back proposals that would give several products the same number.
func proposeOnce(findings []Finding) {
	type value struct {
		column Column
		key    string
	}
	by := map[value][]int{}
	for i, f := range findings {
		if f.Proposed != "" && !f.sameKey() {
			v := value{f.Column, f.Proposed}
			if f.Column == Barcode {
				v.key, _ = domain.Barcode(f.Proposed).Key()
			}
			by[v] = append(by[v], i)
		}
	}
	for _, same := range by {
		if len(same) < 2 {
			continue
		}
		for _, i := range same {
			f := &findings[i]
			f.Proposed, f.Reason, f.OtherCount = "", ReasonSameProposal, len(same)-1
			if f.Kind == SpoiltCode {
				f.Reason = ReasonSameCode
			}
			for _, j := range same {
				if o := findings[j]; j != i && len(f.Others) < othersNamed {
					f.Others = append(f.Others, Other{o.Product, o.Code, o.Name})
				}
			}
		}
	}
}

// ownNumbers tells whether the shop counts its products in numbers as long as GTINs: then nine in ten
// have a wrong check digit, and "mending" them would spoil the shop's own order.
func ownNumbers(items []item) bool {
	const few = 10
	right, wrong := 0, 0
	for _, it := range items {
		text := domain.Code(it.barcode).K0()
		switch _, class := it.barcode.Key(); {
		case !digits(text) || !gtinLong(len(text)):
		case class == domain.BarcodeOther:
			wrong++
		case class != domain.BarcodeNone:
			right++
		}
	}
	return wrong > few && wrong > right
}

// examine looks at one barcode by itself.
func examine(it item) []Finding {
	text := domain.Code(it.barcode).K0() // what is invisible counts for nothing
	key, class := it.barcode.Key()
	printed, decorated := it.barcode.Printed()
	switch class {
	case domain.BarcodeRestored:
		if decorated {
			text = printed
		}
		return []Finding{it.finding(LostZero, ReasonLostZero, "0"+text)}
	case domain.BarcodeSeveral:
		return []Finding{it.finding(Several, ReasonSeveral, "")}
	case domain.BarcodeInvalid:
		return []Finding{spoilt(it, text)}
	case domain.BarcodeRestricted:
		return []Finding{it.finding(InStore, ReasonInStore, "")}
	case domain.BarcodeGTIN:
		if key[0] >= '1' && key[0] <= '8' { // shorter ones are padded with zeros
			return []Finding{it.finding(Box, ReasonBox, ifSound(right(key[1:])))}
		}
		if decorated {
			return []Finding{it.finding(Decorated, ReasonDecorated, printed)}
		}
	case domain.BarcodeOther:
		if digits(text) && gtinLong(len(text)) {
			return []Finding{it.finding(CheckDigit, ReasonCheckDigit, ifSound(right(text)))}
		}
		if isbn, ok := it.barcode.ISBN13(); ok {
			return []Finding{it.finding(ISBN, ReasonISBN, isbn)}
		}
	}
	return nil
}

// spoilt tells a number of a spreadsheet from one with marks in it, and restores what is whole.
func spoilt(it item, text string) Finding {
	text = strings.TrimPrefix(text, "+")
	plain := strings.ReplaceAll(strings.ReplaceAll(text, ",", "."), "e", "E")
	mantissa, exponent, scientific := strings.Cut(plain, "E")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	if !scientific {
		if dated(text) {
			return it.finding(Spoilt, ReasonDate, "")
		}
		if proposed := whole; digits(whole) && strings.Trim(fraction, "0") == "" && sound(proposed) {
			return it.finding(Spoilt, ReasonDecimals, proposed)
		}
		return it.finding(Spoilt, ReasonMarks, "")
	}
	if proposed := expanded(whole, fraction, strings.TrimPrefix(exponent, "+")); sound(proposed) {
		return it.finding(Exponent, ReasonDigitsWhole, proposed)
	}
	return it.finding(Exponent, ReasonDigitsLost, "")
}

// expanded writes out a number whose digits are all there but for one zero at the end, which is never
// written: 8.69063205915E12. With fewer digits nobody knows what was rounded away.
func expanded(whole, fraction, exponent string) string {
	if len(whole) != 1 || !digits(whole) || !digits(fraction) || !digits(exponent) || len(exponent) > 2 {
		return ""
	}
	n := 0
	for _, d := range exponent {
		n = n*10 + int(d-'0')
	}
	if missing := n - len(fraction); missing < 0 || missing > 1 {
		return ""
	}
	return whole + fraction + strings.Repeat("0", n-len(fraction))
}

// ifSound keeps what would be an in-store number from being proposed.
func ifSound(text string) string {
	if !sound(text) {
		return ""
	}
	return text
}

func gtinLong(n int) bool { return n == 8 || n >= 12 && n <= 14 }

// right gives the digits with the last one made the check digit of the others (GS1: weights 3 and 1 from
// the right).
func right(text string) string {
	sum, weight := 0, 3
	body := text[:len(text)-1]
	for i := len(body) - 1; i >= 0; i-- {
		sum += int(body[i]-'0') * weight
		weight = 4 - weight
	}
	return body + string(rune('0'+(10-sum%10)%10))
}

// Report is what was found in a catalogue.
type Report struct {
	Examined int       // products; archived ones are not looked at
	Findings []Finding // by kind, then in the order of the catalogue
	Paddings []Padding
}

// Fixes gives the proposals of a kind.
func (r Report) Fixes(k Kind) []Fix {
	var of []Finding
	for _, f := range r.Findings {
		if f.Kind == k {
			of = append(of, f)
		}
	}
	return FixesOf(of)
}

// FixesOf gives the proposals among findings.
func FixesOf(findings []Finding) (fixes []Fix) {
	for _, f := range findings {
		if f.Proposed != "" {
			fixes = append(fixes, Fix{Product: f.Product, Column: f.Column, From: f.Value, To: f.Proposed})
		}
	}
	return fixes
}
