package orders

import (
	"maps"
	"slices"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Mapping is what a person says of a file whose columns nobody knows, or of columns that a known profile does
// not name: the buyer of N11, for example.
type Mapping struct {
	Name        string // of the profile that it makes
	Marketplace string // "" = that of Base
	Base        string // name of the built-in profile that it adds to; "" = none
	Columns     map[Field]string
	Language    string // of amounts, "tr" or "en"; "" = that of Base, else "tr"
	Words       map[string]Status
}

// Profile makes a profile of the mapping. The error is domain.KindInvalid, its Field what is wrong: "name",
// "marketplace", "base", "language", a Field, or the word whose status is none.
func (m Mapping) Profile() (Profile, error) {
	p, err := m.base()
	if err != nil {
		return Profile{}, err
	}
	for f, column := range m.Columns {
		if !slices.Contains(Fields(), f) {
			return Profile{}, domain.Invalid(string(f), "orders.unknown-field")
		}
		if text(column) == "" {
			return Profile{}, domain.Invalid(string(f), "required")
		}
		p.Columns[f] = []string{column}
	}
	for _, f := range []Field{FieldNumber, FieldProduct, FieldQuantity} {
		if len(p.Columns[f]) == 0 {
			return Profile{}, domain.Invalid(string(f), "required")
		}
	}
	price := slices.DeleteFunc([]Field{FieldAmount, FieldUnit, FieldInvoiced}, func(f Field) bool { return len(p.Columns[f]) == 0 })
	if len(price) == 0 {
		return Profile{}, domain.Invalid(string(FieldAmount), "required")
	}
	if m.Base == "" {
		p.Mandatory = []Field{FieldNumber, FieldProduct, FieldQuantity, price[0]}
		p.Key = []Field{FieldNumber}
		if len(p.Columns[FieldPackage]) > 0 {
			p.Key = []Field{FieldPackage}
		}
	}
	for f := range m.Columns { // whoever names a column means it to be there
		if !slices.Contains(p.Mandatory, f) {
			p.Mandatory = append(p.Mandatory, f)
		}
	}
	slices.Sort(p.Mandatory)
	for word, s := range m.Words {
		if !slices.Contains(Statuses(), s) {
			return Profile{}, domain.Invalid(word, "orders.unknown-status")
		}
	}
	return p.explained(m.Words), nil
}

// base is the profile that the mapping adds to.
func (m Mapping) base() (Profile, error) {
	p := Profile{Language: "tr", States: []State{{Field: FieldStatus}}}
	if m.Base != "" {
		known, ok := FindProfile(m.Base)
		if !ok {
			return Profile{}, domain.Invalid("base", "orders.unknown-profile")
		}
		p = known
	}
	p.Columns, p.Mandatory = maps.Clone(p.Columns), slices.Clone(p.Mandatory)
	if p.Columns == nil {
		p.Columns = map[Field][]string{}
	}
	if p.Name = text(m.Name); p.Name == "" {
		return Profile{}, domain.Invalid("name", "required")
	}
	if name := text(m.Marketplace); name != "" {
		p.Marketplace, p.Title = name, name
	}
	if p.Marketplace == "" {
		return Profile{}, domain.Invalid("marketplace", "required")
	}
	switch m.Language {
	case "":
	case "tr", "en":
		p.Language = m.Language
	default:
		return Profile{}, domain.Invalid("language", "orders.unknown-language")
	}
	return p, nil
}
