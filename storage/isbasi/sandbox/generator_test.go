package sandbox_test

import (
	"reflect"
	"strings"
	"testing"
	"unicode"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

func TestProducts_areTheSameForASeed(t *testing.T) {
	a, b := sandbox.Products(500, 7), sandbox.Products(500, 7)
	if !reflect.DeepEqual(a, b) {
		t.Error("two lists of one seed differ")
	}
	if reflect.DeepEqual(a, sandbox.Products(500, 8)) {
		t.Error("two seeds give one list")
	}
	if !reflect.DeepEqual(sandbox.Services(20, 7), sandbox.Services(20, 7)) {
		t.Error("two lists of services of one seed differ")
	}
}

// checked tells whether a barcode's check digit is right, counted from the left as GS1 writes it down
// for thirteen and eight digits.
func checked(digits string) bool {
	sum := 0
	for i, r := range digits {
		weight := 1
		if i%2 == len(digits)%2 {
			weight = 3
		}
		sum += weight * int(r-'0')
	}
	return sum%10 == 0
}

func TestProducts_areBelievable(t *testing.T) {
	const n = 2000
	products := sandbox.Products(n, 1)
	ids, names, codes, barcodes := map[int64]bool{}, map[string]bool{}, map[string]bool{}, map[string]int{}
	count := map[string]int{}
	note := func(what string, holds bool) {
		if holds {
			count[what]++
		}
	}
	letters := ""
	for _, p := range products {
		ids[p.ID], names[p.Name], codes[p.Code] = true, true, true
		letters += p.Name
		if p.Barcode != "" {
			barcodes[p.Barcode]++
		}
		if digits := !strings.ContainsFunc(p.Barcode, unicode.IsLetter); p.Barcode != "" && digits && !checked(p.Barcode) {
			t.Errorf("%s has a wrong check digit", p.Barcode)
		}
		for _, b := range p.Boxes {
			if !checked(b.Barcode) || b.Pieces < 2 {
				t.Errorf("box %+v", b)
			}
		}
		if p.Type != sandbox.TypeProduct || p.Price.Decimal.IsNegative() || p.Code == "" || p.Name != strings.TrimSpace(p.Name) {
			t.Errorf("product %+v", p)
		}
		note("Türkiye's barcode", len(p.Barcode) == 13 && (strings.HasPrefix(p.Barcode, "868") || strings.HasPrefix(p.Barcode, "869")))
		note("no barcode", p.Barcode == "")
		note("passive", p.Passive)
		note("dollars", p.Currency == "USD")
		note("no currency", p.Currency == "")
		note("price 0", p.Price.Valid && p.Price.Decimal.IsZero())
		note("no price", !p.Price.Valid)
		note("oversold", p.Stock.Decimal.IsNegative())
		note("not tracked", !p.Stock.Valid)
		note("boxes", len(p.Boxes) > 0)
		note("blank in code", p.Code != strings.TrimSpace(p.Code))
	}
	for _, b := range barcodes {
		note("repeated barcode", b > 1)
	}
	if len(ids) != n || len(names) != n || len(codes) != n {
		t.Errorf("%d ids, %d names, %d codes of %d products", len(ids), len(names), len(codes), n)
	}
	for _, r := range "çğıöşüÇĞİÖŞÜ" {
		note("Turkish letters", strings.ContainsRune(letters, r))
	}
	for what, between := range map[string][2]int{
		"Türkiye's barcode": {n * 75 / 100, n * 95 / 100}, "no barcode": {40, 200}, "passive": {30, 100},
		"dollars": {15, 80}, "no currency": {40, 200}, "price 0": {5, 50}, "no price": {5, 50}, "oversold": {10, 60},
		"not tracked": {10, 80}, "boxes": {80, 250}, "blank in code": {5, 50}, "repeated barcode": {3, 12},
		"Turkish letters": {10, 12},
	} {
		if c := count[what]; c < between[0] || c > between[1] {
			t.Errorf("%s: %d of %d", what, c, n)
		}
	}
}

func TestServices_areNoProducts(t *testing.T) {
	for _, p := range sandbox.Services(30, 1) {
		if p.Type != sandbox.TypeService || p.Barcode != "" || p.Stock.Valid {
			t.Errorf("service %+v", p)
		}
	}
}
