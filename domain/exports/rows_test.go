package exports

import (
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// said words a key by itself and its arguments.
var said = words.New("tr", func(key string, args ...any) string {
	if len(args) == 0 {
		return key
	}
	return fmt.Sprintf("%s%v", key, args)
})

func one[T any](v T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) { yield(v, nil) }
}

func cellsOf(t *testing.T, table Table) (all [][]Cell) {
	t.Helper()
	for cells, err := range table.Rows {
		if err != nil {
			t.Fatal(err)
		}
		if len(cells) != len(table.Columns) {
			t.Errorf("%d cells in %d columns", len(cells), len(table.Columns))
		}
		all = append(all, cells)
	}
	return all
}

func TestRows_endWithTheErrorOfWhoGivesThem(t *testing.T) {
	cause := errors.New("the rows ended early")
	rows := func(yield func(transfer.Listed, error) bool) {
		if yield(transfer.Listed{}, nil) && yield(transfer.Listed{}, cause) {
			t.Error("rows were asked for behind the error")
		}
	}
	n := 0
	for cells, err := range Rows(said, 3, rows).Rows {
		if n++; (err != nil) != (n == 2) || err != nil && (!errors.Is(err, cause) || cells != nil) {
			t.Errorf("%d: %v, %v", n, cells, err)
		}
	}
	if n != 2 {
		t.Errorf("%d rows", n)
	}
	for _, err := range Rows(said, 3, rows).Rows { // who has enough gets no more
		if err != nil {
			t.Error(err)
		}
		break
	}
}

func TestCell_inWords(t *testing.T) {
	for want, c := range map[string]Cell{
		"":        Number(decimal.NullDecimal{}),
		"007":     Text(domain.Code("007")),
		"1.234,5": Number(decimal.NewNullDecimal(decimal.RequireFromString("1234.50"))),
		"1.234":   Count(1234),
	} {
		if got := c.Words(said); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// mixed is a row whose every column says something of its own.
func mixed() transfer.Listed {
	r := domaintest.Fill[transfer.Listed](0)
	r.Tier, r.Notes = matching.TierNone, []transfer.Note{transfer.NoteNegativeStock}
	return r
}

func TestMendable_changesNothingThatTheTransferHasNot(t *testing.T) {
	whole := mixed()
	m := whole.Remote
	own := map[string]string{
		"code": string(m.Code), "barcode": string(m.Barcode), "name": m.Name, "brand": m.Brand, "currency": string(m.Currency),
		"price": m.Price.Decimal.String(), "stock": m.Stock.Decimal.String(), "vat": m.VATRate.Decimal.String(),
		"error":       fmt.Sprintf("decided.%s · reason.%s[%d] · flag.%s · note.negative-stock", whole.Decided, whole.Reason, whole.Candidates, whole.Flag),
		"outcome":     "outcome." + string(whole.Outcome),
		"remote-code": string(m.Code), "remote-barcode": string(m.Barcode), "remote-name": m.Name, "remote-id": string(m.ID),
	}
	byCode := map[string]string{"code": whole.ProductCode, "barcode": "", "name": whole.ProductName, "brand": "", "vat": ""}
	untaken := map[string]string{"price": "", "currency": ""}
	price := func(s string) func(r *transfer.Listed) {
		return func(r *transfer.Listed) { r.Remote.Price = decimal.NewNullDecimal(decimal.RequireFromString(s)) }
	}
	noted := func(n transfer.Note) func(r *transfer.Listed) {
		return func(r *transfer.Listed) { r.Notes = []transfer.Note{transfer.NoteNegativeStock, n} }
	}
	for name, c := range map[string]struct {
		change func(r *transfer.Listed)
		want   []map[string]string
	}{
		"with a partner":                       {func(*transfer.Listed) {}, []map[string]string{byCode}},
		"with a partner without a code":        {func(r *transfer.Listed) { r.ProductCode = "" }, []map[string]string{byCode, {"code": "", "barcode": string(m.Barcode)}}},
		"with a partner without a name":        {func(r *transfer.Listed) { r.ProductName = "" }, []map[string]string{byCode, {"name": ""}}},
		"with a partner that is gone":          {func(r *transfer.Listed) { r.ProductCode, r.ProductName = "", "" }, nil},
		"without a partner":                    {func(r *transfer.Listed) { r.ProductID = 0 }, nil},
		"without a partner, nothing named":     {func(r *transfer.Listed) { r.ProductID, r.ProductCode, r.ProductName = 0, "", "" }, nil},
		"the price of zero not taken":          {noted(transfer.NoteZeroPrice), []map[string]string{byCode, untaken, {"error": own["error"] + " · note.zero-price"}}},
		"the price of no currency not taken":   {noted(transfer.NoteCurrency), []map[string]string{byCode, untaken, {"error": own["error"] + " · note.price-currency"}}},
		"changed since, which is of no price":  {noted(transfer.NoteChanged), []map[string]string{byCode, {"error": own["error"] + " · note.changed-since-plan"}}},
		"no price":                             {func(r *transfer.Listed) { r.Remote.Price.Valid = false }, []map[string]string{byCode, untaken}},
		"a price of zero before it is applied": {price("0"), []map[string]string{byCode, untaken}},
		"a price below zero":                   {price("-0.01"), []map[string]string{byCode, untaken}},
		"the smallest price":                   {price("0.01"), []map[string]string{byCode, {"price": "0.01"}}},
		"no stock":                             {func(r *transfer.Listed) { r.Remote.Stock.Valid = false }, []map[string]string{byCode, {"stock": ""}}},
		"no VAT, without a partner":            {func(r *transfer.Listed) { r.ProductID, r.Remote.VATRate.Valid = 0, false }, []map[string]string{{"vat": ""}}},
	} {
		row := whole
		c.change(&row)
		want := map[string]string{}
		for _, m := range append([]map[string]string{own}, c.want...) {
			for k, v := range m {
				want[k] = v
			}
		}
		table, got := Mendable(said, one(row)), map[string]string{}
		cells := cellsOf(t, table)[0]
		for i, k := range table.Columns {
			k = strings.TrimPrefix(k, "report.mend.")
			got[k] = cells[i].Text
			if cells[i].Number.Valid {
				got[k] += cells[i].Number.Decimal.String()
			}
		}
		if len(cells) != len(got) {
			t.Errorf("%s: %d cells", name, len(cells))
		}
		for k := range want {
			if got[k] != want[k] {
				t.Errorf("%s: %s is %q, want %q", name, k, got[k], want[k])
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s: columns %v", name, got)
		}
	}
}
