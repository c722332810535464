package domain

import "testing"

func TestBarcode_ISBN13(t *testing.T) {
	t.Parallel()
	for barcode, want := range map[Barcode]string{
		"0-306-40615-2":          "9780306406157",
		"ISBN 0306406152":        "9780306406157",
		"ISBN-10: 0-306-40615-2": "9780306406157",
		"0 8044 2957 x":          "9780804429573",
		"080442957X":             "9780804429573",
		"975-08-0294-2":          "9789750802942",
		"9750802942":             "9789750802942",
		"[975–08–0294–2]":        "9789750802942",
		"0306406152":             "", // any number may be so
		"0-306-40615-3":          "",
		"9750802945":             "",
		"X306406152":             "",
		"0-306-40615-2-1":        "",
		"978-0-306-40615-7":      "",
		"0-000-00000-0":          "",
		"975":                    "",
		"":                       "",
	} {
		if got, ok := barcode.ISBN13(); got != want || ok != (want != "") {
			t.Errorf("ISBN13 of %q = %q, %v, want %q", barcode, got, ok, want)
		}
		if _, class := barcode.Key(); want != "" && class != BarcodeOther {
			t.Errorf("%q is %q: it pairs by its text", barcode, class)
		}
	}
}
