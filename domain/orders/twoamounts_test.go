package orders

import (
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestRead_aPackageWithTwoAmounts(t *testing.T) {
	for name, c := range map[string]struct {
		rows                 []string
		two                  bool
		repeated             int
		read, paid, deducted string
	}{
		"every line reimbursed": {
			[]string{"1|9|Teslim Edildi|Kupa|1|1.154|1.154|54|100|1.100", "1|9|Teslim Edildi|Tabak|1|50|50|0|10|50"},
			false, 0,
			"1 ok 1150.00 of 1150; Kupa 1×1154-54=1100.00; Tabak 1×50-0=50.00", "", "",
		},
		"every line deducted": {
			[]string{"1|9|Teslim Edildi|Kupa|1|1.154|1.154|54|100|1.000", "1|9|Teslim Edildi|Tabak|1|50|50|0|10|40"},
			false, 0,
			"1 ok 1040.00 of 1040; Kupa 1×1154-154=1000.00; Tabak 1×50-10=40.00", "", "",
		},
		"one line each": {
			[]string{"1|9|Teslim Edildi|Kupa|1|1.154|1.154|54|100|1.000", "1|9|Teslim Edildi|Tabak|1|50|50|0|10|50"},
			true, 0,
			"1 ok 1150.00 of 1150; Kupa 1×1154-54=1100.00; Tabak 1×50-0=50.00",
			"1 ok 1150.00 of 1150; Kupa 1×1154-54=1100.00; Tabak 1×50-0=50.00", "1 ok 1040.00 of 1040; Kupa 1×1154-154=1000.00; Tabak 1×50-10=40.00",
		},
		"one line each, beside one that Trendyol gives nothing for": {
			[]string{"1|9|Teslim Edildi|Kupa|1|1.154|1.154|54|100|1.000", "1|9|Teslim Edildi|Tabak|1|50|50|0|10|50", "1|9|Teslim Edildi|Çatal|2|5|10|1|0|9"},
			true, 0,
			"1 ok 1159.00 of 1159; Kupa 1×1154-54=1100.00; Tabak 1×50-0=50.00; Çatal 2×5-1=9.00",
			"1 ok 1159.00 of 1159; Kupa 1×1154-54=1100.00; Tabak 1×50-0=50.00; Çatal 2×5-1=9.00",
			"1 ok 1049.00 of 1049; Kupa 1×1154-154=1000.00; Tabak 1×50-10=40.00; Çatal 2×5-1=9.00",
		},
		"one row twice, with both": {
			[]string{"1|9|Teslim Edildi|Kupa|1|1.154|1.154|54|100|1.000", "1|9|Teslim Edildi|Kupa|1|1.154|1.154|54|100|1.100"},
			true, 1,
			"1 ok 1100.00 of 1100; Kupa 1×1154-54=1100.00", "1 ok 1100.00 of 1100; Kupa 1×1154-54=1100.00", "1 ok 1000.00 of 1000; Kupa 1×1154-154=1000.00",
		},
		"one row thrice, with both": {
			[]string{
				"1|9|Teslim Edildi|Kupa|1|1.154|1.154|54|100|1.100", "1|9|Teslim Edildi|Kupa|1|1.154|1.154|54|100|1.000",
				"1|9|Teslim Edildi|Kupa|1|1.154|1.154|54|100|1.100",
			},
			true, 2,
			"1 ok 1100.00 of 1100; Kupa 1×1154-54=1100.00", "1 ok 1100.00 of 1100; Kupa 1×1154-54=1100.00", "1 ok 1000.00 of 1000; Kupa 1×1154-154=1000.00",
		},
		"a third form is none of them": {
			[]string{"1|9|Teslim Edildi|Kupa|1|1.154|1.154|54|100|1.050", "1|9|Teslim Edildi|Tabak|1|50|50|0|10|50"},
			false, 0,
			"1 ok 1150.00 of 1100; Kupa 1×1154-54=1100.00; Tabak 1×50-0=50.00", "", "",
		},
		"a cancelled line has no say": {
			[]string{"1|9|İptal Edildi|Kupa|1|1.154|1.154|54|100|1.000", "1|9|Teslim Edildi|Tabak|1|50|50|0|10|50"},
			false, 0,
			"1 ok 50.00 of 50; Tabak 1×50-0=50.00", "", "",
		},
	} {
		r := read(t, append([]string{trendyolHeader}, c.rows...)...)
		o := r.Orders[0]
		if got := describe(o); got != c.read || o.TwoAmounts() != c.two || r.Repeated != c.repeated {
			t.Errorf("%s: %s, two amounts: %v, %d repeated; want %s", name, got, o.TwoAmounts(), r.Repeated, c.read)
		}
		if !c.two {
			c.paid, c.deducted = c.read, c.read // nothing is to be settled
		}
		for deducted, want := range map[bool]string{false: c.paid, true: c.deducted} {
			if got := o.Settle(deducted); describe(got) != want || got.TwoAmounts() {
				t.Errorf("%s, deducted: %v: %s, want %s", name, deducted, describe(got), want)
			}
		}
		if o.TwoAmounts() != c.two {
			t.Errorf("%s: settling a copy has settled the order", name)
		}
	}
}

// What a file says alone is taken as it stands; two files that contradict each other are two amounts, whichever came first
// and however often they come again.
func TestContested_ofFilesThatContradictEachOther(t *testing.T) {
	one := func(rows ...string) Order { return read(t, append([]string{trendyolHeader}, rows...)...).Orders[0] }
	const tail = "1|9|Teslim Edildi|Çatal|2|5|10|1|0|9"
	paid := one("1|9|Teslim Edildi|Kupa|1|1.154|1.154|54|100|1.100", tail)
	deducted := one(tail, "1|9|Teslim Edildi|Kupa|1|1.154|1.154|54|100|1.000")
	both := one("1|9|Teslim Edildi|Kupa|1|1.154|1.154|54|100|1.100", "1|9|Teslim Edildi|Kupa|1|1.154|1.154|54|100|1.000", tail)
	if !both.TwoAmounts() || paid.Fingerprint() == both.Fingerprint() {
		t.Fatal("one file with both is not told apart")
	}
	for name, c := range map[string]struct {
		now, before Order
		two         bool
	}{
		"reimbursed again":                 {paid, paid, false},
		"deducted again":                   {deducted, deducted, false},
		"deducted after reimbursed":        {deducted, paid, true},
		"reimbursed after deducted":        {paid, deducted, true},
		"reimbursed, both are known":       {paid, both, true},
		"deducted, both are known":         {deducted, both, true},
		"both in one file":                 {both, paid, true},
		"another price":                    {one("1|9|Teslim Edildi|Kupa|1|1.155|1.155|54|100|1.001", tail), paid, false},
		"another discount of the seller's": {one("1|9|Teslim Edildi|Kupa|1|1.154|1.154|53|100|1.101", tail), paid, false},
		"another line beside":              {one("1|9|Teslim Edildi|Kupa|1|1.154|1.154|54|100|1.000", "1|9|Teslim Edildi|Çatal|2|5|10|2|0|8"), paid, false},
		"a line less":                      {one("1|9|Teslim Edildi|Kupa|1|1.154|1.154|54|100|1.000"), paid, false},
		"another package":                  {one("2|9|Teslim Edildi|Kupa|1|1.154|1.154|54|100|1.000", tail), paid, false},
	} {
		got := c.now.Contested(c.before)
		want := c.now.Fingerprint()
		if c.two {
			want = both.Fingerprint()
		}
		if got.TwoAmounts() != c.two || got.Fingerprint() != want {
			t.Errorf("%s: %s, two amounts: %v", name, describe(got), got.TwoAmounts())
		}
	}
}

func TestRead_formsOfAmountsAreTrendyolsRowsAlone(t *testing.T) {
	p, err := Mapping{
		Name: "elle", Marketplace: "x", Columns: map[Field]string{
			FieldNumber: "No", FieldProduct: "Ürün", FieldQuantity: "Adet", FieldAmount: "Satış", FieldPlatform: "Site", FieldInvoiced: "Fatura", FieldStatus: "Durum",
		}, Words: map[string]Status{"ok": StatusOK},
	}.Profile()
	if err != nil {
		t.Fatal(err)
	}
	r, err := Read(table("No|Ürün|Adet|Satış|Site|Fatura|Durum", "1|a|1|10|2|10|ok", "1|a|1|10|2|8|ok"), []Profile{p}, domain.Districts{})
	if err != nil || len(r.Orders) != 1 || len(r.Orders[0].Lines) != 2 || !r.Orders[0].TwoAmounts() || r.Repeated != 0 {
		t.Errorf("%+v, %v: rows of a file in which none stands twice were put together", r, err)
	}
	if places := sortedPlaces([]Line{{Name: "b"}, {Name: "a"}, {Name: "a", ID: "1"}}); !slices.Equal(places, []int{1, 0, 2}) {
		t.Error(places)
	}
}
