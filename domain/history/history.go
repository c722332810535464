// Package history is what was done in a company: when, by whom, what. It words an entry as a plain
// sentence, so that the window, exported lists and the command line say the same.
package history

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
)

// Entry is something that was done: when, by whom, what, and with which particulars (JSON).
type Entry struct {
	At     time.Time
	Actor  string
	What   string
	Detail string
}

// Words word keys in one language ("tr" or "en").
type Words interface {
	T(key string, args ...any) string
	Has(key string) bool
}

// Sentence words e: the sentence of what was done, then its particulars that have a name. Lists stay
// out of it; what has no words is shown as it was noted, so that nothing is hidden.
func Sentence(w Words, lang string, e Entry) string {
	said := e.What
	if key := "history." + e.What; w.Has(key) {
		said = w.T(key)
	}
	var detail map[string]any
	d := json.NewDecoder(strings.NewReader(e.Detail))
	d.UseNumber()
	if err := d.Decode(&detail); err != nil {
		return said // null, or something that is no object
	}
	var parts []string
	changes, _ := detail["changes"].(map[string]any)
	mended, _ := detail["changes"].([]any)
	for _, k := range slices.SortedFunc(maps.Keys(detail), inOrder) { // changes are no text: told below
		if part := particular(w, lang, k, detail[k]); part != "" && told(k, detail[k]) {
			parts = append(parts, part)
		}
	}
	for _, k := range slices.SortedFunc(maps.Keys(changes), inOrder) {
		parts = append(parts, change(w, lang, k, changes[k]))
	}
	parts = append(parts, mendings(w, mended)...)
	if len(parts) == 0 {
		return said
	}
	return said + ": " + strings.Join(parts, ", ")
}

// order is how particulars are read; what is not in it follows by name.
var order = [...]string{
	"marketplace", "number", "package", "buyer", "total", "why", "document", "month", "backup", "file", "what", "width", "products", "left_alone", "remote_name", "remote", "product", "code", "barcode", "name", "added", "updated", "unchanged", "changed", "frozen", "integration", "currency",
	"pull", "auto_formalise", "scenario", "push", "day", "rate", "restored", "removed", "products_left", "orders_removed", "orders_left", "unbound", "left", "transfer",
	"transferred", "matched", "unmatched", "skipped", "rows_failed", "occasion", "verdict", "fields", "pulled_stock", "pulled_price", "pushed_stock", "pushed_price", "conflicts", "held", "failed", "fields_restored", "returned", "fields_left", "state",
	"per_marketplace", "every_marketplace", "schedule", "owner_stock", "owner_price", "jump", "price_share", "price_least", "zeroed",
	"website", "carrier", "carrier_tax_number", "service_vat", "gift_card", "keep_postal_code", "exemption", "shipping_net", "trendyol", "returns",
}

// unsaid are particulars that say a person nothing: numbers and ids by which this program and İşbaşı tell things apart.
var unsaid = [...]string{"sync", "transfer", "decision", "version", "tenant", "product", "remote"}

// inDigits are particulars that are noted as numbers are in programs, with a dot, whatever the language.
var inDigits = [...]string{"price", "stock", "vat_rate", "rate", "percent", "minimum", "cost", "jump", "price_share", "price_least", "service_vat"}

// ifAny are counts of which none is not told: a sync that took three prices need not say that it sent no stock.
var ifAny = [...]string{"added", "updated", "unchanged", "changed", "frozen", "restored", "removed", "products_left", "orders_removed", "orders_left", "unbound", "left", "transferred", "matched", "unmatched", "skipped", "rows_failed", "pulled_stock", "pulled_price", "pushed_stock", "pushed_price", "conflicts", "held", "failed", "fields_restored", "returned", "fields_left"}

// told tells whether a particular is one for a person.
func told(name string, value any) bool {
	n, ok := value.(json.Number)
	none := ok && n == "0" && slices.Contains(ifAny[:], name)
	return !none && !slices.Contains(unsaid[:], name)
}

func inOrder(a, b string) int { return cmp.Or(rank(a)-rank(b), strings.Compare(a, b)) }

func rank(name string) int {
	if i := slices.Index(order[:], name); i >= 0 {
		return i
	}
	return len(order)
}

// absent stands for a value that is not there.
const absent = "–"

// change words what a field of a product, a setting or the price rule of a marketplace was and has become: "Price: 12.50 is now 13".
func change(w Words, lang, field string, value any) string {
	pair, _ := value.([]any)
	ruled := slices.ContainsFunc(pair, isRule)
	side := func(i int) string {
		switch {
		case i >= len(pair):
			return absent
		case ruled:
			return rule(w, lang, pair[i])
		}
		return cmp.Or(worded(w, lang, field, pair[i]), absent)
	}
	was, now := side(0), side(1)
	switch {
	case w.Has("history.field." + field):
		field = w.T("history.field." + field)
	case w.Has("products." + field):
		field = w.T("products." + field)
	case w.Has("history.detail." + field):
		return w.T("history.detail."+field, was+" → "+now)
	}
	return w.T("history.detail.change", field, was, now)
}

// isRule tells whether a value is a price rule: it has parts.
func isRule(value any) bool {
	_, ok := value.(map[string]any)
	return ok
}

// rule words a price rule as it was noted, null for none.
func rule(w Words, lang string, value any) string {
	var r *pricing.Rule
	noted, err := json.Marshal(value)
	if err == nil {
		err = json.Unmarshal(noted, &r)
	}
	if err != nil {
		return absent
	}
	return r.Sentence(w, lang)
}

// valueWord words one of the values that a field can have: "true" is "yes".
func valueWord(w Words, field, value string) (said string, ok bool) {
	key := "history.value." + field + "." + value
	if !w.Has(key) && (value == "true" || value == "false") {
		key = "history.value." + value
	}
	if !w.Has(key) {
		return "", false
	}
	return w.T(key), true
}

// mendingsTold is how many values of a repair are told.
const mendingsTold = 3

// mendings words the first values that a repair has replaced: "K-1: “036” instead of “36”".
func mendings(w Words, mended []any) (parts []string) {
	for _, m := range mended[:min(mendingsTold, len(mended))] {
		value, _ := m.(map[string]any)
		side := func(name string) string {
			s, _ := value[name].(string)
			return cmp.Or(s, absent)
		}
		parts = append(parts, w.T("history.detail.change", side("code"), side("from"), side("to")))
	}
	return parts
}

// written words a text that is noted the way programs write: days, months, amounts and numbers.
func written(lang, name, text string) string {
	switch {
	case name == "total":
		return money(text, lang)
	case name == "month":
		if t, err := time.Parse("2006-01", text); err == nil && lang != "en" {
			return t.Format("01.2006")
		} else if err == nil {
			return t.Format("Jan 2006")
		}
	case slices.Contains(inDigits[:], name):
		if n, err := decimal.NewFromString(text); err == nil {
			return domain.FormatNumber(n, lang)
		}
	}
	if t, err := time.Parse(time.DateOnly, text); err == nil && lang != "en" {
		return t.Format("02.01.2006")
	} else if err == nil {
		return t.Format("2 Jan 2006")
	}
	return text
}

// money words an amount with its currency: "179.70 TRY" is "179,70 ₺".
func money(text, lang string) string {
	amount, currency, _ := strings.Cut(text, " ")
	n, err := decimal.NewFromString(amount)
	if err != nil {
		return text
	}
	return domain.FormatMoney(n, domain.Currency(currency), lang)
}

// particular words one of them: "new 12", "currency Euro".
func particular(w Words, lang, name string, value any) string {
	said := worded(w, lang, name, value)
	if said == "" {
		return ""
	}
	if key := "history.detail." + name; w.Has(key) {
		return w.T(key, said)
	}
	return name + " " + said
}

// worded is a value as a person reads it, empty for none and for what is no single value.
func worded(w Words, lang, name string, value any) string {
	switch v := value.(type) {
	case string:
		if word, ok := valueWord(w, name, v); ok {
			return word
		}
		return written(lang, name, v)
	case bool:
		if v {
			return w.T("history.value.true")
		}
		return w.T("history.value.false")
	case json.Number:
		if n, err := decimal.NewFromString(v.String()); err == nil {
			return domain.FormatNumber(n, lang)
		}
		return v.String()
	}
	return ""
}
