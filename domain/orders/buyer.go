package orders

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/sopyo/sopyo-desktop/domain"
)

// personDigits are those of a number that only a person has, a sole trader too.
const personDigits = 11

// buyer makes the buyer of what the rows say.
func (m *merged) buyer() Buyer {
	b := Buyer{
		Type: BuyerPerson, First: m.text(FieldFirst), Last: m.text(FieldLast), TaxOffice: m.said(FieldTaxOffice),
		Address: m.text(FieldAddress), City: m.text(FieldCity), District: m.text(FieldDistrict), PostalCode: guarded(m.text(FieldPostal)),
		Country: country(m.text(FieldCountry)),
	}
	company, identity := m.said(FieldTaxNumber), m.said(FieldIdentity)
	b.TaxNumber = cmp.Or(identity, company)
	if m.company() {
		b.Type, b.TaxNumber = BuyerCompany, cmp.Or(company, identity)
		b.Name = cmp.Or(m.text(FieldCompany), m.text(FieldBuyer), strings.TrimSpace(b.First+" "+b.Last))
	}
	switch personal := len(b.TaxNumber) == personDigits; {
	case b.Type == BuyerCompany && !personal:
		b.First, b.Last = "", ""
	case b.First == "" && b.Last == "":
		b.First, b.Last = split(cmp.Or(m.text(FieldBuyer), b.Name))
	}
	b.locate(m.districts)
	return b
}

// locate keeps the place as the source says it, and gives it the official spelling as far as it is known.
func (b *Buyer) locate(districts domain.Districts) {
	if p, ok := domain.FindProvince(b.City); ok && b.Country == home && strings.ContainsAny(b.City, "0123456789") {
		b.City = p.Name // a code in the place of a name
	}
	b.SourceCity, b.SourceDistrict = b.City, b.District
	if b.Country == home {
		known, _ := districts.Locate(b.City, b.District)
		b.Plate, b.City, b.District = known.Province.Plate, cmp.Or(known.Province.Name, b.City), cmp.Or(known.District, b.District)
	}
}

// company tells whether the order is to be invoiced to one: the file says so, or names one and says nothing.
func (m *merged) company() bool {
	if word := m.text(FieldInvoicedAs); word != "" {
		return slices.ContainsFunc(m.profile.Companies, func(w string) bool { return key(w) == key(word) })
	}
	return m.text(FieldCompany) != ""
}

// said gives a text, or what the buyer has written for it among the attributes.
func (m *merged) said(f Field) string {
	if s := guarded(m.text(f)); s != "" {
		return s
	}
	for line := range strings.Lines(m.text(FieldAttributes)) {
		name, value, _ := strings.Cut(line, ":")
		if slices.ContainsFunc(m.profile.Attributes[f], func(n string) bool { return key(n) == key(name) }) && text(value) != "" {
			return text(value)
		}
	}
	return ""
}

// split cuts a name at its last word; one word is a first name alone.
func split(name string) (first, last string) {
	words := strings.Fields(name)
	if len(words) < 2 {
		return strings.Join(words, ""), ""
	}
	return strings.Join(words[:len(words)-1], " "), words[len(words)-1]
}

// home is the country of a buyer for whom none is named.
const home = "TR"

// countries are the codes of countries by their Turkish and English names.
var countries = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	turkish, english := display.Turkish.Regions(), display.English.Regions()
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			region, err := language.ParseRegion(string([]rune{a, b}))
			if err != nil || !region.IsCountry() || region.String() != string([]rune{a, b}) {
				continue
			}
			for _, names := range []display.Namer{english, turkish} {
				if name := names.Name(region); name != "" {
					out[domain.Fold(name)] = region.String()
				}
			}
		}
	}
	return out
})

// country gives the code of a country that is named by its code or name; another text stays as it is.
func country(s string) string {
	code := key(s)
	switch named, ok := countries()[domain.Fold(s)]; {
	case s == "":
		return home
	case ok:
		return named
	case len(code) == 2 && strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "":
		return code
	default:
		return s
	}
}
