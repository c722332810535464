package orders

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
)

// Every part of what an invoice says changes the fingerprint, and nothing else does.
func TestFingerprint_isOfWhatAnInvoiceSays(t *testing.T) {
	o := domaintest.Fill[Order](1)
	before := o.Fingerprint()
	check := func(path string, changed Order, silent ...string) {
		t.Helper()
		if same := changed.Fingerprint() == before; same != slices.Contains(silent, path) {
			t.Errorf("%s: the same fingerprint %v", path, same)
		}
	}
	for path, changed := range domaintest.Changed(o, domaintest.Fill[Order](2)) {
		// City, district and plate are found for what the source says.
		check(path, changed, "Marketplace", "Number", "Package", "Status", "Word", "OrderedAt", "ShippedAt", "DeliveredAt", "Refunded", "Micro",
			"Buyer.City", "Buyer.District", "Buyer.Plate")
	}
	for path, line := range domaintest.Changed(o.Lines[1], domaintest.Fill[Line](4)) {
		changed := o
		changed.Lines = []Line{o.Lines[0], line}
		check(path, changed, "Code", "Barcode", "Tax", "Platform")
	}
	turned, shorter := o, o
	turned.Lines = []Line{o.Lines[1], o.Lines[0]}
	check("another order of lines", turned, "another order of lines")
	shorter.Lines = o.Lines[:1]
	check("a line less", shorter)
}

func TestFingerprint_ofTheSameNumbersOtherwiseWritten(t *testing.T) {
	a := Order{Lines: []Line{{Quantity: decimal.RequireFromString("2.0"), Unit: decimal.RequireFromString("59.90"), Amount: decimal.NewNullDecimal(decimal.RequireFromString("119.800"))}}}
	b := Order{OrderedAt: time.Now(), Lines: []Line{{Quantity: decimal.RequireFromString("2"), Unit: decimal.RequireFromString("59.9"), Amount: decimal.NewNullDecimal(decimal.RequireFromString("119.8"))}}}
	if a.Fingerprint() != b.Fingerprint() {
		t.Error("they differ")
	}
}

// A list with other districts, as after an update of the program, finds other places for the same orders.
func TestFingerprint_isTheSameWhateverIsKnownOfDistricts(t *testing.T) {
	rows := []string{trendyolHeader + "|İl|İlçe"}
	for i, place := range []string{"KADIKÖY|istanbul", "Kadıköy/İstanbul|", "TR-34|kadikoy", "ankara|kadıköy", "|", "Düzce|Düzce"} {
		rows = append(rows, strconv.Itoa(i+1)+"|9|Teslim Edildi|a|1|5|5|||5|"+place)
	}
	with := read(t, rows...).Orders
	without, err := Read(table(rows...), Profiles(), domain.Districts{})
	if err != nil || len(with) != 6 || len(without.Orders) != 6 {
		t.Fatal(len(with), len(without.Orders), err)
	}
	placed := 0
	for i, o := range without.Orders {
		if o.Fingerprint() != with[i].Fingerprint() {
			t.Errorf("%+v and %+v differ", o.Buyer, with[i].Buyer)
		}
		if o.Buyer.District != with[i].Buyer.District {
			placed++
		}
	}
	if placed != 4 {
		t.Errorf("%d orders have another district, want 4", placed)
	}
}

// Texts that stand beside each other are told apart, whatever is in them.
func TestFingerprint_ofTextsThatRunIntoEachOther(t *testing.T) {
	seen := map[string]Buyer{}
	for _, b := range []Buyer{{First: "a\nb"}, {First: "a", Last: "b"}, {First: "a\\nb"}, {First: "a\\", Last: "nb"}, {First: "a\\\\nb"}} {
		o := Order{Buyer: b}
		if other, found := seen[o.Fingerprint()]; found {
			t.Errorf("%+v is as %+v", b, other)
		}
		seen[o.Fingerprint()] = b
	}
}

func TestKey_tellsMarketplacesApart(t *testing.T) {
	a, b := Order{Marketplace: "n11", Package: "1", Number: "2"}, Order{Marketplace: "ikas", Package: "1", Number: "2"}
	if a.Key() == b.Key() || a.Key() != (Key{"n11", "1"}) {
		t.Error(a.Key(), b.Key())
	}
}
