package feed

import (
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/heading"
)

// spoken is a text of a product that a feed has in several languages: <name><language id="1"/>…, <title lang="tr"/>…,
// <name><tr/><en/></name>, <translation><locale/><name/></translation>…. It has a column for each of them, Turkish first; row by
// row the first that is filled counts, and which one that is can be chosen.
type spoken struct {
	field  listing.Field
	name   string
	of     *typed     // the languages are told beside the texts …
	leaf   *element   // … which these are
	leaves []*element // or each has an element of its own
	laid   bool
}

// isLanguageGroup knows elements that are there once for each language.
func isLanguageGroup(key string) bool {
	switch strings.TrimSuffix(key, "s") {
	case "language", "lang", "dil", "translation", "ceviri", "locale", "localization":
		return true
	}
	return false
}

// isLanguageLabel knows what says which language something is in.
func isLanguageLabel(e *element) bool {
	switch e.key {
	case "lang", "language", "locale", "dil", "isocode", "languagecode", "langcode", "languageid", "langid", "idlang", "dilkodu", "hreflang":
		return true
	case "id", "code", "kod":
		return e.parent != nil && isLanguageGroup(e.parent.key)
	}
	return false
}

// languageOf knows the languages that elements and labels are called by; "" for none.
func languageOf(text string) string {
	first, _, _ := strings.Cut(strings.NewReplacer("_", "-", " ", "-").Replace(domain.Fold(text)), "-")
	switch first {
	case "tr", "tur", "turkce", "turkish":
		return "tr"
	case "en", "eng", "english", "ingilizce", "de", "deu", "ger", "german", "almanca", "fr", "fra", "french", "fransizca", "ar", "ara", "arabic", "arapca",
		"ru", "rus", "russian", "rusca", "es", "spa", "spanish", "ispanyolca", "it", "ita", "italian", "italyanca", "nl", "dutch", "pl", "ro", "bg", "el", "fa", "az", "uk", "default":
		return first
	}
	return ""
}

// turkishFirst are the places of languages in the order in which they count.
func turkishFirst(languages []string) []int {
	order := make([]int, len(languages))
	for i := range order {
		order[i] = i
	}
	rank := func(i int) int {
		if languageOf(languages[i]) == "tr" {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(order, func(a, b int) int { return rank(a) - rank(b) })
	return order
}

// spokenField is the field that a text deeper below base is in one of several languages, "" for none.
func spokenField(leaf, base *element) listing.Field {
	if strings.HasPrefix(leaf.name, "@") || leaf == base {
		return ""
	}
	around := leaf.parent
	if isLanguageGroup(leaf.key) && around != base && heading.InLanguages(around.field) {
		return around.field
	}
	if around != nil && around != base && isLanguageGroup(around.key) && heading.InLanguages(leaf.field) {
		return leaf.field
	}
	return ""
}

// findLanguages finds the texts that are there in several languages; those of a field that stands there by itself are let be.
func (n *nested) findLanguages(base *element, leaves []*element, known listing.Columns) {
	for _, leaf := range leaves {
		e := leaf
		for e != base && e.most < 2 {
			e = e.parent
		}
		field := spokenField(leaf, base)
		if field == "" && e == leaf && heading.InLanguages(leaf.field) && !ofOthersBelow(leaf.parent, base) {
			field = leaf.field // <title lang="tr"/>
		}
		if _, has := known[field]; field == "" || e == base || has && e != leaf {
			continue
		}
		t := n.typed[e]
		if t == nil {
			t = languagesOf(e)
		}
		if t == nil || !isLanguageLabel(t.by) {
			continue
		}
		n.typed[e], t.role[leaf] = t, field
		n.spoken = append(n.spoken, &spoken{field: field, name: shortName(leaf, base, field), of: t, leaf: leaf})
	}
	n.findCalled(base, leaves, known)
}

// languagesOf makes the group of what repeats itself in languages that it names; nil where it names none.
func languagesOf(e *element) *typed {
	t := &typed{element: e, leaves: below(e, nil), columns: map[*element][]int{}, chosen: map[*element]int{}, role: map[*element]listing.Field{}}
	for _, c := range t.leaves {
		if t.by == nil && isLanguageLabel(c) && len(c.texts) > 0 && len(c.texts) <= maxRepeats {
			t.by = c
		}
	}
	if t.by == nil {
		return nil
	}
	if e.leaf() {
		t.leaves = append([]*element{e}, t.leaves...)
	}
	if t.names = t.by.texts; t.by.filled < e.count {
		t.names = append(slices.Clone(t.names), "")
	}
	return t
}

// spoken tells whether it is of texts in several languages.
func (t *typed) spoken() bool {
	for _, f := range t.role {
		if heading.InLanguages(f) {
			return true
		}
	}
	return false
}

// textsOf is the field whose texts an element holds, by its name in the singular or the plural.
func textsOf(e *element) listing.Field {
	switch {
	case heading.InLanguages(e.field):
		return e.field
	case e.key == "names" || e.key == "titles" || e.key == "isimler" || e.key == "adlar" || e.key == "basliklar":
		return listing.Name
	case e.key == "descriptions" || e.key == "aciklamalar":
		return listing.Description
	}
	return ""
}

// ofOthersBelow tells whether e, or what is around it below base, is of something that is not the product itself.
func ofOthersBelow(e, base *element) bool {
	for ; e != base && e != nil; e = e.parent {
		if isForeignGroup(e.key) {
			return true
		}
	}
	return false
}

// findCalled finds texts whose elements are called by their languages.
func (n *nested) findCalled(base *element, leaves []*element, known listing.Columns) {
	by := map[*element]*spoken{}
	for _, leaf := range leaves {
		around := leaf.parent
		field := textsOf(around)
		if around == base || field == "" || languageOf(leaf.name) == "" || ofOthersBelow(around.parent, base) {
			continue
		}
		if _, has := known[field]; has {
			continue
		}
		s := by[around]
		if s == nil {
			s = &spoken{field: field, name: shortName(around, base, field)}
			by[around], n.spoken = s, append(n.spoken, s)
		}
		s.leaves = append(s.leaves, leaf)
	}
}

// speaks is the text in several languages that a leaf is of, nil for none.
func (n *nested) speaks(leaf *element) *spoken {
	for _, s := range n.spoken {
		if s.leaf == leaf || slices.Contains(s.leaves, leaf) {
			return s
		}
	}
	return nil
}

// laySpoken lays the columns of all languages of a text.
func (p *feedPlan) laySpoken(s *spoken) {
	if s.laid {
		return
	}
	s.laid = true
	languages := make([]string, len(s.leaves))
	for i, leaf := range s.leaves {
		languages[i] = leaf.name
	}
	if s.of != nil {
		languages = s.of.names
		s.of.columns[s.leaf] = make([]int, len(languages))
		p.typed[s.of.element] = s.of
	}
	for _, i := range turkishFirst(languages) {
		if s.of != nil {
			s.of.columns[s.leaf][i] = len(p.header)
		} else {
			p.add(s.leaves[i], len(p.header))
		}
		name := s.name
		if languages[i] != "" {
			name += " (" + languages[i] + ")"
		}
		p.header = append(p.header, name)
	}
}
