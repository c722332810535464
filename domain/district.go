package domain

import (
	"slices"
	"strings"
)

// Place is a district of a province. Only both together are a key: names of districts come up in several provinces.
type Place struct {
	Province Province
	District string
}

// Districts are those of the provinces; package assets has the list. The zero value knows the provinces alone.
type Districts struct {
	of    map[string][]string // by plate
	named map[string][]Place  // by folded name
	words int                 // of the longest name
}

// NewDistricts takes the official list, in whose order it answers.
func NewDistricts(list []Place) Districts {
	d := Districts{of: map[string][]string{}, named: map[string][]Place{}}
	for _, p := range list {
		name := Fold(p.District)
		d.of[p.Province.Plate] = append(d.of[p.Province.Plate], p.District)
		d.named[name] = append(d.named[name], p)
		d.words = max(d.words, len(strings.Fields(name)))
	}
	return d
}

// Of gives the names of a province's districts.
func (d Districts) Of(plate string) []string { return slices.Clone(d.of[plate]) }

// center is the folded name of the district around a province's capital, in 51 of them. It tells nothing of the
// province, and is called by the province's name too: "Düzce", "Düzce Merkez".
const center = "merkez"

// Locate finds the place that a city and a district name (orders-invoices.md §3, "address"), however they are
// spelled: the city by its plate or code too, both swapped, or joined in one of the two ("Kadıköy/İstanbul").
// Nothing is guessed. A place is known when every word belongs to the name of one province or of one district of
// it. The province alone is known when the city is nothing but its name and the district does not speak against
// it; one that is no district anywhere may be a neighbourhood. Where the district is not known, candidates are
// those that are named, for a person to choose from: Locate("", "Ereğli") gives all of that name.
func (d Districts) Locate(city, district string) (known Place, candidates []Place) {
	var a address
	if p, ok := FindProvince(city); ok {
		a.addProvince(p)
	} else {
		d.read(city, &a)
	}
	if len(a.provinces) == 1 && len(a.districts) == 0 && !a.strange {
		known.Province = a.provinces[0]
	}
	d.read(district, &a)
	if a.again && len(a.districts) == 0 {
		a.districts = []string{center}
	}
	candidates = d.fitting(a)
	switch against := len(candidates) == 0 && a.tells(); {
	case a.strange: // what is named beside it may be a part of a street's name
	case len(a.provinces) == 1 && len(a.districts) == 1 && len(candidates) == 1:
		return candidates[0], nil
	case len(a.provinces) > 1 || against:
		known = Place{}
	}
	if len(candidates) == 0 {
		a.provinces = nil
		candidates = d.fitting(a)
	}
	return known, candidates
}

// fitting are the places with one of the address's districts, in its provinces if it names any.
func (d Districts) fitting(a address) (places []Place) {
	for _, name := range a.districts {
		for _, p := range d.named[name] {
			if slices.Contains(a.provinces, p.Province) || len(a.provinces) == 0 && name != center {
				places = append(places, p)
			}
		}
	}
	return places
}

// read adds the names in a text to the address.
func (d Districts) read(text string, a *address) {
	parts := strings.FieldsFunc(Fold(text), func(r rune) bool { return strings.ContainsRune(`/\|,;-–—()`, r) })
	for _, part := range parts {
		for words := strings.Fields(part); len(words) > 0; {
			words = words[d.readName(words, a):]
		}
	}
}

// readName adds the longest name that the words begin with, and tells how many they are.
func (d Districts) readName(words []string, a *address) int {
	for n := min(len(words), max(d.words, 1)); n > 0; n-- {
		name := strings.Join(words[:n], " ")
		if p, ok := provinceNames()[name]; ok {
			a.addProvince(p)
			return n
		}
		if len(d.named[name]) > 0 {
			a.addDistrict(name)
			return n
		}
	}
	a.strange = true
	return 1
}

// address is what is named in a city and a district, each once.
type address struct {
	provinces []Province
	again     bool     // a province more than once
	districts []string // folded
	strange   bool     // a word that belongs to no name
}

func (a *address) addProvince(p Province) {
	if slices.Contains(a.provinces, p) {
		a.again = true
		return
	}
	a.provinces = append(a.provinces, p)
}

func (a *address) addDistrict(name string) {
	if !slices.Contains(a.districts, name) {
		a.districts = append(a.districts, name)
	}
}

// tells reports whether a district is named that says something of the province.
func (a *address) tells() bool {
	return slices.ContainsFunc(a.districts, func(name string) bool { return name != center })
}
