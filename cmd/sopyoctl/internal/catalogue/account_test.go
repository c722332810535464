package catalogue

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"reflect"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain/listing"
)

func TestParseMap_leavesCommasToHeaders(t *testing.T) {
	for _, c := range []struct {
		args []string
		want map[listing.Field]string
	}{
		{nil, map[listing.Field]string{}},
		{[]string{"code=A,name=2"}, map[listing.Field]string{listing.Code: "A", listing.Name: "2"}},
		{[]string{"price=Fiyat, TL,name=Ad", "code=-"}, map[listing.Field]string{listing.Price: "Fiyat, TL", listing.Name: "Ad", listing.Code: "-"}},
	} {
		if got, err := parseMap(c.args); err != nil || !maps.Equal(got, c.want) {
			t.Errorf("%q: %q, %v", c.args, got, err)
		}
	}
	for _, wrong := range []string{"", "Fiyat", "Fiyat,code=A"} {
		if _, err := parseMap([]string{wrong}); !errors.As(err, new(console.UsageError)) {
			t.Errorf("%q: %v", wrong, err)
		}
	}
}

func TestParseAnswers_leavesSignsToHeaders(t *testing.T) {
	got, err := parseAnswers([]string{"decimals:a=b=thousands", "column:price=a=b", "sheet=Kış=2", "repeated=sum", "zero:Fiyat=leave", "unused:x=ignore"})
	want := listing.Answers{
		"decimals:a=b": "thousands", "column:price": "a=b", "sheet": "Kış=2", "repeated": "sum", "zero:Fiyat": "leave", "unused:x": "ignore",
	}
	if err != nil || !maps.Equal(got, want) {
		t.Errorf("%q, %v", got, err)
	}
}

// asking is what came of a file that asks one thing, and in which another one was decided.
func asking() listing.Result {
	return listing.Result{
		Account: listing.Account{
			Rows: 9, Refused: 1, NoProduct: 2, Columns: map[listing.Field]string{listing.Price: "Satış"},
			Fallbacks: map[listing.Field][]string{listing.Price: {"Liste"}},
			Ignored:   []listing.Ignored{{Header: "Raf", Filled: 4, Sample: "R1"}},
			Sheets:    []listing.Sheet{{Name: "Yaz", Rows: 9, Read: true}, {Name: "Kış", Rows: 3}},
			Notes:     []listing.Note{{Kind: listing.NoteUnit, Column: "Stok", Count: 5, Sample: "3 Adet"}},
			Questions: []listing.Question{
				listing.Answers{}.Ask(listing.AskDecimals, "Satış", "", []string{"thousands", "decimals"}, []string{"129.900"}),
				listing.Answers{}.Ask(listing.AskColumn, "price", "Satış", []string{"Satış", "Liste"}, nil),
			},
		},
		Tally: listing.Tally{Added: 5, Repeated: 1},
		Problems: []listing.Noted{
			{Problem: listing.Problem{Reason: listing.NothingToKnowBy, Value: "TOPLAM"}, Line: 7, NoProduct: true},
			{Problem: listing.Problem{Field: listing.Code, Reason: listing.CodeExponent, Value: "1,23000E+05", Proposed: "123000"}, Line: 8, Sheet: "Yaz"},
		},
		ProblemCount: 2,
	}
}

// shown is what is printed of a result.
func shown(t *testing.T, r listing.Result, inJSON bool) (out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	c := commands{&console.Console{Streams: console.Streams{Out: &o, Err: &e}, JSON: inJSON, Lang: "tr"}}
	if err := c.Speak(); err != nil {
		t.Fatal(err)
	}
	if err := c.showImported(r, false); err != nil {
		t.Fatal(err)
	}
	return o.String(), e.String()
}

func TestCatalogueImport_asksForPrograms(t *testing.T) {
	out, errs := shown(t, asking(), true)
	var m map[string]any
	if err := json.Unmarshal([]byte(out), &m); err != nil || errs != "" {
		t.Fatal(err, errs)
	}
	text := "“Satış” sütunundaki sayılarda nokta ya da virgül binlik mi, ondalık mı? Dosya bunu göstermiyor. Örneğin: 129.900"
	want := map[string]any{
		"written": false, "rows": 9.0, "taken": 5.0, "repeated": 1.0, "refused": 1.0, "no_product": 2.0, "added": 5.0, "updated": 0.0, "unchanged": 0.0,
		"price_jump_count": 0.0, "price_jumps": []any{},
		"columns": map[string]any{"price": "Satış"}, "fallbacks": map[string]any{"price": []any{"Liste"}},
		"ignored": []any{map[string]any{"header": "Raf", "filled": 4.0, "sample": "R1", "looks": ""}},
		"sheets":  []any{map[string]any{"name": "Yaz", "rows": 9.0, "read": true}, map[string]any{"name": "Kış", "rows": 3.0, "read": false}},
		"notes": []any{map[string]any{
			"kind": "unit", "column": "Stok", "count": 5.0, "sample": "3 Adet",
			"message": "Stok: 5 hücrede sayının yanındaki birim ya da para işareti ayrıldı. Örneğin: 3 Adet",
		}},
		"questions": []any{map[string]any{"id": "decimals:Satış", "text": text, "choices": []any{"thousands", "decimals"}, "samples": []any{"129.900"}}},
		"choices": []any{map[string]any{
			"id": "column:price", "text": "Fiyat birkaç sütunda var ve bazı satırlarda farklı. Hangi sütun geçerli?", "choices": []any{"Satış", "Liste"},
			"samples": []any{}, "chosen": "Satış",
		}},
		"problems": []any{map[string]any{
			"line": 7.0, "field": "", "value": "TOPLAM", "reason": "no-name-no-code-no-barcode", "refused": false, "no_product": true, "repeated": false,
			"message": "Kod, barkod ve ad boş; satır alınmadı.",
		}, map[string]any{
			"line": 8.0, "sheet": "Yaz", "field": "code", "value": "1,23000E+05", "reason": "code-exponent", "refused": false, "no_product": false, "repeated": false,
			"proposed": "123000",
			"message":  "Öneri: 123000. Excel kodu E’li gösterime çevirmiş, ama hiçbir rakam kaybolmamış; Barkod Doktorunda düzeltebilirsiniz. Ürün alındı.",
		}},
		"problem_count": 2.0,
	}
	for k := range m {
		if !reflect.DeepEqual(m[k], want[k]) {
			t.Errorf("%s: %v, want %v", k, m[k], want[k])
		}
	}
	if len(m) != len(want) {
		t.Errorf("%d keys, want %d", len(m), len(want))
	}
}

func TestCatalogueImport_asksPeopleWithWhatToType(t *testing.T) {
	out, errs := shown(t, asking(), false)
	for _, s := range []string{
		"9 satır = 5 ürün + 1 yineleyen + 1 alınmayan + 2 ürün olmayan.", "Fiyat = Satış, Liste", "Okunan sayfa: Yaz (9 satır)", "Okunmayan sayfa: Kış (3 satır)",
		"Stok: 5 hücrede", "Hangi sütun geçerli? Satış (değiştirmek için --accept column:price=Satış|Liste)",
	} {
		if !strings.Contains(out, s) {
			t.Errorf("%q is not in\n%s", s, out)
		}
	}
	for _, s := range []string{
		`“Yaz” sayfası, satır 8, code "1,23000E+05": Öneri: 123000. `, "önce yanıtlamanız gereken", `--accept "decimals:Satış=thousands"  Binlik ayırıcı: 129.900 = 129900`, `--accept "decimals:Satış=decimals"  Ondalık ayırıcı: 129.900 = 129,9`,
	} {
		if !strings.Contains(errs, s) {
			t.Errorf("%q is not in\n%s", s, errs)
		}
	}
	if strings.Contains(out, "Henüz hiçbir şey yazılmadı.") {
		t.Error("what is open ends with a promise")
	}
}
