package orders_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// steering is what a hostile text holds besides its letters.
const steering = "\x1b[2J\nSAHTE\u202E\u0085"

// spoil puts steering characters into every text of v but those of named types, which are a program's own words.
func spoil(v reflect.Value, n *int) {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[decimal.Decimal]() {
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				spoil(v.Field(i), n)
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		spoil(v.Index(0), n)
	case reflect.Map:
		entry := reflect.New(v.Type().Elem()).Elem()
		spoil(entry, n)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf(0), entry)
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			*n++
			v.SetString(fmt.Sprintf("metin %d%s", *n, steering))
		}
	}
}

// steers lists the texts of v that are no lines.
func steers(v any) []string {
	var found []string
	for text := range strings.FieldsFuncSeq(fmt.Sprintf("%#v", v), func(r rune) bool { return r == '"' }) {
		if strings.Contains(text, `\x1b`) || strings.Contains(text, `\n`) || strings.Contains(text, `\u202e`) || strings.Contains(text, `\u0085`) {
			found = append(found, text)
		}
	}
	return found
}

// Every text, also of fields that are added later.
func TestLined_makesALineOfEveryText(t *testing.T) {
	n := 0
	var o orders.Order
	spoil(reflect.ValueOf(&o).Elem(), &n)
	before := o.Lines[0].Name
	if got := steers(o.Lined()); len(got) > 0 || n < 20 {
		t.Errorf("of %d texts: %q", n, got)
	}
	if o.Lines[0].Name != before {
		t.Error("the lines that were given have changed")
	}
	var s orders.Said
	spoil(reflect.ValueOf(&s).Elem(), &n)
	if got := steers(s.Lined()); len(got) > 0 || len(steers(s)) == 0 {
		t.Errorf("%q", got)
	}
	if got := o.Lined().Buyer.Address; !strings.HasPrefix(got, "metin ") || !strings.HasSuffix(got, "[2J SAHTE") {
		t.Errorf("%q", got)
	}
}

// What a file says comes in as lines: buyers, addresses, lines, keys, words, and what is said of columns and rows.
func TestRead_makesALineOfEveryCell(t *testing.T) {
	header := []string{"Sipariş Kodu", "Durum\n(son)", "Ürün Adı", "Adet", "Sipariş Tutarı", "Alıcı", "Adres", "Fazla\u202E"}
	mapping := orders.Mapping{
		Name: "Benim\x1b[1m", Marketplace: "Pazar\nyeri", Columns: map[orders.Field]string{
			orders.FieldNumber: header[0], orders.FieldStatus: header[1], orders.FieldProduct: header[2], orders.FieldQuantity: header[3],
			orders.FieldAmount: header[4], orders.FieldBuyer: header[5], orders.FieldAddress: header[6],
		},
	}
	profile, err := mapping.Profile()
	if err != nil {
		t.Fatal(err)
	}
	rows := func(yield func(orders.Row, error) bool) {
		for i, cells := range [][]string{
			header,
			{"1\n2", "Yolda\x1b[2J", "Ter\nmos\u202E", "1", "10", "Ayşe\x07 \nYılmaz", "Gül Sk.\r\n1/2", "ör\nnek"},
			{"1 2", "Yolda", "Termos", "1", "10", "Ayşe  Yılmaz", "Gül Sk.  1/2", ""},
			{"3\u0085", "Yolda", "Termos", "x\n", "10", "Ayşe", "Gül", ""},
		} {
			if !yield(orders.Row{Line: i + 1, Cells: cells}, nil) {
				return
			}
		}
	}
	got, err := orders.Read(rows, []orders.Profile{profile}, domain.Districts{})
	if err != nil {
		t.Fatal(err)
	}
	if found := steers(struct {
		Orders   []orders.Order
		Problems []orders.Problem
		Unknown  []orders.Word
		Columns  map[orders.Field][]string
		Ignored  []orders.Column
		Name     string
		Market   string
	}{got.Orders, got.Problems, got.Unknown, got.Columns, got.Ignored, got.Profile.Name, got.Profile.Marketplace}); len(found) > 0 {
		t.Errorf("%q", found)
	}
	// What is the same as a line is one order: both rows are of it.
	if len(got.Orders) != 1 || got.Orders[0].Package != "1 2" || len(got.Orders[0].Lines) != 2 || got.Orders[0].Lines[0].Name != "Ter mos" ||
		got.Orders[0].Buyer.FullName() != "Ayşe Yılmaz" || got.Orders[0].Buyer.Address != "Gül Sk.  1/2" {
		t.Errorf("%+v %+v", got.Orders, got.Problems)
	}
}
