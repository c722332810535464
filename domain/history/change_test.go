package history_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain/history"
)

// known are words of which only these keys are there; each says its key and what it was given, so that a
// sentence shows what was asked for, whatever the translations say.
type known []string

func (k known) Has(key string) bool {
	for _, have := range k {
		if have == key {
			return true
		}
	}
	return false
}

func (known) T(key string, args ...any) string {
	said := []string{key}
	for _, a := range args {
		said = append(said, fmt.Sprint(a))
	}
	return "<" + strings.Join(said, "|") + ">"
}

func TestSentence_wordsWhateverAnEntryHolds(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		words  known
		detail string
		tr, en string // en = "" for the same
	}{
		{"nothing", nil, ``, "done", ""},
		{"null", nil, `null`, "done", ""},
		{"an empty object", nil, `{}`, "done", ""},
		{"a list", nil, `[{"code":"A"}]`, "done", ""},
		{"a text", nil, `"x"`, "done", ""},
		{"a broken object", nil, `{"code":"A"`, "done", ""},
		{"a title", known{"history.done"}, `{}`, "<history.done>", ""},
		{"a title and more", known{"history.done"}, `{"code":"A"}`, "<history.done>: code A", ""},

		{"what is known goes first, the rest by name", nil, `{"zeta":"1","code":"2","alpha":"3","decision":"4","file":"5","width":"6","beta":"7"}`, "done: file 5, width 6, code 2, alpha 3, beta 7, zeta 1", ""},
		{
			"changes too, and behind the particulars", nil, `{"changes":{"zeta":["1","2"],"name":["3","4"],"alpha":["5","6"],"code":["7","8"]},"zeta":"0"}`,
			"done: zeta 0, <history.detail.change|code|7|8>, <history.detail.change|name|3|4>, <history.detail.change|alpha|5|6>, <history.detail.change|zeta|1|2>", "",
		},

		{"a text without a word", nil, `{"push":"both"}`, "done: push both", ""},
		{"a text with a name", known{"history.detail.push"}, `{"push":"both"}`, "done: <history.detail.push|both>", ""},
		{"a text with a word", known{"history.value.push.both", "history.value.both", "history.value.push"}, `{"push":"both"}`, "done: push <history.value.push.both>", ""},
		{"a text with both", known{"history.value.push.both", "history.detail.push"}, `{"push":"both"}`, "done: <history.detail.push|<history.value.push.both>>", ""},
		{"only yes and no are worded for every field", known{"history.value.both"}, `{"push":"both"}`, "done: push both", ""},
		{"true as text", known{"history.value.true"}, `{"pull":"true"}`, "done: pull <history.value.true>", ""},
		{"false as text", known{"history.value.false"}, `{"pull":"false"}`, "done: pull <history.value.false>", ""},
		{"true as text, of a field with words of its own", known{"history.value.pull.true", "history.value.true"}, `{"pull":"true"}`, "done: pull <history.value.pull.true>", ""},
		{"true as text, without a word", nil, `{"pull":"true"}`, "done: pull true", ""},
		{"true and false", nil, `{"pull":true,"push":false}`, "done: pull <history.value.true>, push <history.value.false>", ""},
		{
			"numbers", nil, `{"rate":1234.5,"zeroed":0,"width":-3,"products":12345678901234567890}`,
			"done: width -3, products 12.345.678.901.234.567.890, rate 1.234,5, zeroed 0", "done: width -3, products 12,345,678,901,234,567,890, rate 1,234.5, zeroed 0",
		},
		{"a number with a name", known{"history.detail.products"}, `{"products":1200}`, "done: <history.detail.products|1.200>", "done: <history.detail.products|1,200>"},
		{"a number as text", nil, `{"rate":"1234.50"}`, "done: rate 1.234,5", "done: rate 1,234.5"},
		{"a text that looks like a number stays as it was noted", nil, `{"code":"1234.50"}`, "done: code 1234.50", ""},
		{"a day", nil, `{"day":"2026-11-23"}`, "done: day 23.11.2026", "done: day 23 Nov 2026"},
		{"a month", nil, `{"month":"2026-05"}`, "done: month 05.2026", "done: month May 2026"},
		{"no day", nil, `{"day":"2026-13-23"}`, "done: day 2026-13-23", ""},
		{"numbers by which programs tell things apart", nil, `{"sync":3,"transfer":7,"version":2,"tenant":"6f1c","product":"42","remote":"77","remote_name":"Süt"}`, "done: remote_name Süt", ""},
		{
			"a transfer: what there was none of is not told", nil, `{"transfer":1,"state":"done","transferred":1146,"matched":299,"unmatched":847,"skipped":0,"rows_failed":0}`,
			"done: transferred 1.146, matched 299, unmatched 847, state done", "done: transferred 1,146, matched 299, unmatched 847, state done",
		},
		{"what says nothing is left out", known{"history.detail.code"}, `{"code":"","name":null,"list":[1],"more":{"a":1},"file":"f"}`, "done: file f", ""},

		{"a change of a field by its own name", known{"history.field.price", "products.price"}, `{"changes":{"price":["1","2"]}}`, "done: <history.detail.change|<history.field.price>|1|2>", ""},
		{"a change of a field by the list's name", known{"products.price"}, `{"changes":{"price":["1","2"]}}`, "done: <history.detail.change|<products.price>|1|2>", ""},
		{
			"money and stock are numbers", nil, `{"changes":{"price":["1234.5","0"],"stock":["-1000","2000"],"vat_rate":["0.125","20.00"]}}`,
			"done: <history.detail.change|price|1.234,5|0>, <history.detail.change|stock|-1.000|2.000>, <history.detail.change|vat_rate|0,125|20>",
			"done: <history.detail.change|price|1,234.5|0>, <history.detail.change|stock|-1,000|2,000>, <history.detail.change|vat_rate|0.125|20>",
		},
		{"codes are none", nil, `{"changes":{"code":["1234.5","007"],"price":["çok","8"]}}`, "done: <history.detail.change|code|1234.5|007>, <history.detail.change|price|çok|8>", ""},
		{
			"a change of a choice",
			known{"history.value.push.unset", "history.value.push.both", "history.value.true"},
			`{"changes":{"push":["unset","both"],"pull":["false","true"]}}`,
			"done: <history.detail.change|pull|false|<history.value.true>>, <history.detail.change|push|<history.value.push.unset>|<history.value.push.both>>", "",
		},
		{
			"what is not there", nil, `{"changes":{"a":[],"b":["1"],"c":[null,"2"],"d":["","3"],"e":["4",""],"f":7,"g":null,"h":["5","6","7"]}}`,
			"done: <history.detail.change|a|–|–>, <history.detail.change|b|1|–>, <history.detail.change|c|–|2>, <history.detail.change|d|–|3>, <history.detail.change|e|4|–>, " +
				"<history.detail.change|f|–|–>, <history.detail.change|g|–|–>, <history.detail.change|h|5|6>", "",
		},

		{
			"price rules", nil, `{"changes":{"Trendyol":[{"direction":"increase","kind":"percent","amount":"20","extra":"15"},{"direction":"discount","kind":"percent","amount":"95","extra":"0"}],` +
				`"every_marketplace":[null,{"direction":"increase","kind":"amount","amount":"1234.5","extra":"0","ending":".90","ending_mode":"up"}],"per_marketplace":["false","true"]}}`,
			"done: <history.detail.change|per_marketplace|false|true>, " +
				"<history.detail.change|every_marketplace|<pricing.rule.none>|<pricing.rule.increase|1.234,50 ₺>, <pricing.rule.ending.up|<rule.ending.90>>>, " +
				"<history.detail.change|Trendyol|<pricing.rule.increase|%20>, <pricing.rule.extra|15,00 ₺>|<pricing.rule.discount|%95>>",
			"done: <history.detail.change|per_marketplace|false|true>, " +
				"<history.detail.change|every_marketplace|<pricing.rule.none>|<pricing.rule.increase|₺1,234.50>, <pricing.rule.ending.up|<rule.ending.90>>>, " +
				"<history.detail.change|Trendyol|<pricing.rule.increase|20%>, <pricing.rule.extra|₺15.00>|<pricing.rule.discount|95%>>",
		},
		{"a rule that was taken away, and one that is none", nil, `{"changes":{"N11":[{"direction":"discount","kind":"percent","amount":"5","extra":"0"},null],"X":[{"amount":"-"},null]}}`, "done: <history.detail.change|N11|<pricing.rule.discount|%5>|<pricing.rule.none>>, <history.detail.change|X|–|<pricing.rule.none>>", "done: <history.detail.change|N11|<pricing.rule.discount|5%>|<pricing.rule.none>>, <history.detail.change|X|–|<pricing.rule.none>>"},

		{
			"a setting by the words of its particular",
			known{"history.detail.jump", "history.value.pull.true"},
			`{"changes":{"jump":["50","7.5"],"pull":["false","true"]}}`,
			"done: <history.detail.change|pull|false|<history.value.pull.true>>, <history.detail.jump|50 → 7,5>",
			"done: <history.detail.change|pull|false|<history.value.pull.true>>, <history.detail.jump|50 → 7.5>",
		},
		{"a setting that is none now", known{"history.detail.zeroed"}, `{"changes":{"zeroed":[10,null]}}`, "done: <history.detail.zeroed|10 → –>", ""},
		{"a switch as programs write it", known{"history.detail.pull"}, `{"changes":{"pull":[false,true]}}`, "done: <history.detail.pull|<history.value.false> → <history.value.true>>", ""},
		{"repaired values", known{"products.barcode"}, `{"what":"zero","changes":[{"code":"K-1","from":"36","to":"036","column":"barcode"}]}`, "done: what zero, <history.detail.change|K-1|36|036>", ""},
		{
			"repaired values that lack something", nil, `{"changes":[{"from":"36","to":"036"},{"code":"K-1","to":"1"},{"code":"K-2","from":"2"}]}`,
			"done: <history.detail.change|–|36|036>, <history.detail.change|K-1|–|1>, <history.detail.change|K-2|2|–>", "",
		},
		{
			"only the first repaired values", nil, `{"changes":[{"code":"1"},7,{"code":"3"},{"code":"4"},{"code":"5"}]}`,
			"done: <history.detail.change|1|–|–>, <history.detail.change|–|–|–>, <history.detail.change|3|–|–>", "",
		},
		{"no repaired value", nil, `{"changes":[]}`, "done", ""},
	} {
		for lang, want := range map[string]string{"tr": tt.tr, "en": tt.en} {
			if want == "" {
				want = tt.tr
			}
			if got := history.Sentence(tt.words, lang, history.Entry{What: "done", Detail: tt.detail}); got != want {
				t.Errorf("%s (%s):\n%s, want\n%s", tt.name, lang, got, want)
			}
		}
	}
}
