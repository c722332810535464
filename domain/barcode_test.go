package domain

import (
	"strings"
	"testing"
)

func TestBarcode_Key(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		barcode Barcode
		key     string
		class   BarcodeClass
	}{
		{"GTIN-13", "8690524165235", "08690524165235", BarcodeGTIN},
		{"GTIN-8", "86919937", "00000086919937", BarcodeGTIN},
		{"GTIN-12", "036000291452", "00036000291452", BarcodeGTIN},
		{"GTIN-12 as GTIN-13", "0036000291452", "00036000291452", BarcodeGTIN},
		{"GTIN-14", "18690524165232", "18690524165232", BarcodeGTIN},
		{"GTIN-13 as GTIN-14", "08690524165235", "08690524165235", BarcodeGTIN},
		{"surrounding blanks", "\u00a0 8690524165235\t", "08690524165235", BarcodeGTIN},
		{"invisible characters", "\ufeff8690524\u200b165235", "08690524165235", BarcodeGTIN},
		{"lost leading zero", "36000291452", "00036000291452", BarcodeRestored},
		{"11 digits, wrong even when padded", "36000291453", "36000291453", BarcodeOther},
		{"wrong check digit", "8690524165234", "8690524165234", BarcodeOther},
		{"too short", "12345", "12345", BarcodeOther},
		{"too long", "869052416523512", "869052416523512", BarcodeOther},
		{"leading zeros of other numbers count", "0012345", "0012345", BarcodeOther},
		{"a shop's own text", "EVKTY226760000005400", "EVKTY226760000005400", BarcodeOther},
		{"a shop's own text keeps its case", "abc-1", "abc-1", BarcodeOther},
		{"a shop's own text that begins with E", "E12", "E12", BarcodeOther},
		{"blanks inside", "869 0524165235", "08690524165235", BarcodeGTIN},
		{"digits of another script", "٨٦٩٠٥٢٤١٦٥٢٣٥", "٨٦٩٠٥٢٤١٦٥٢٣٥", BarcodeOther},
		{"full-width digits", "８６９０５２４１６５２３５", "08690524165235", BarcodeGTIN},
		{"empty", "", "", BarcodeNone},
		{"blank", " \u00a0\u200b", "", BarcodeNone},
		{"zero", "0", "", BarcodeNone},
		{"all digits equal", "0000000000000", "", BarcodeNone},
		{"all digits equal, no GTIN's length", "11111", "", BarcodeNone},
		{"a dash for none", "-", "", BarcodeNone},
		{"scientific with comma", "8,69E+12", "", BarcodeInvalid},
		{"scientific with point", "8.69E+12", "", BarcodeInvalid},
		{"scientific without either", "869E10", "", BarcodeInvalid},
		{"scientific in lower case", "869e+10", "", BarcodeInvalid},
		{"a point", "8690524165235.0", "", BarcodeInvalid},
		{"a comma", "8690524165235,00", "", BarcodeInvalid},
		{"a comma between two", "8690524165235,86919937", "", BarcodeSeveral},
		{"restricted 20–29", "2000000000015", "02000000000015", BarcodeRestricted},
		{"restricted 29", "2900000000018", "02900000000018", BarcodeRestricted},
		{"restricted 02", "0200000000011", "00200000000011", BarcodeRestricted},
		{"restricted 02 as GTIN-12", "200000000011", "00200000000011", BarcodeRestricted},
		{"restricted 04", "0400000000015", "00400000000015", BarcodeRestricted},
		{"restricted 04 as GTIN-12", "400000000015", "00400000000015", BarcodeRestricted},
		{"restricted as GTIN-14", "02000000000015", "02000000000015", BarcodeRestricted},
		{"restricted GTIN-8 with 2", "20000011", "00000020000011", BarcodeRestricted},
		{"restricted GTIN-8 with 0", "00000017", "00000000000017", BarcodeRestricted},
		{"in-store number with wrong check digit", "2000000000016", "2000000000016", BarcodeOther},
		{"prefix 03 is not restricted", "0300000000018", "00300000000018", BarcodeGTIN},
		{"GTIN-8 with 1 is not restricted", "10000014", "00000010000014", BarcodeGTIN},
		{"GTIN-8 with 3 is not restricted", "30000018", "00000030000018", BarcodeGTIN},
		{"prefix 19 is not restricted", "1900000000019", "01900000000019", BarcodeGTIN},
		{"prefix 01 is not restricted", "0100000000014", "00100000000014", BarcodeGTIN},
		{"prefix 05 is not restricted", "0500000000012", "00500000000012", BarcodeGTIN},
		{"in-store number with its zero lost", "40000000001", "40000000001", BarcodeOther},
		{"7 digits", "8691993", "8691993", BarcodeOther},
		{"9 digits", "086919937", "086919937", BarcodeOther},
		{"10 digits", "0086919937", "0086919937", BarcodeOther},
		{"15 digits", "008690524165235", "08690524165235", BarcodeGTIN},
		{"15 digits, wrong check digit", "008690524165234", "008690524165234", BarcodeOther},
		{"a letter alone", "x", "x", BarcodeOther},
		{"an E among words", "8E6-A", "8E6-A", BarcodeOther},
		{"an E and no exponent", "869E", "869E", BarcodeOther},
		{"two E's", "8E6E1", "8E6E1", BarcodeOther},
		{"a dash before an E", "8-6E1", "8-6E1", BarcodeOther},
		{"a colon before an E", "8:6E1", "8:6E1", BarcodeOther},
		{"an E and a colon", "86E1:", "86E1:", BarcodeOther},
		{"negative exponent", "869E-10", "", BarcodeInvalid},
		{"negative number", "-869E10", "", BarcodeInvalid},
		{"positive number", "+869E10", "", BarcodeInvalid},
		{"a point alone", ".", "", BarcodeNone},
		{"prefix 30 is not restricted", "3000000000014", "03000000000014", BarcodeGTIN},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			key, class := tt.barcode.Key()
			if key != tt.key || class != tt.class {
				t.Errorf("Key of %q = %q, %q; want %q, %q", tt.barcode, key, class, tt.key, tt.class)
			}
			gtin, ok := tt.barcode.GTIN()
			if ok != (class == BarcodeGTIN) || (ok && gtin != key) {
				t.Errorf("GTIN of %q = %q, %v; its class is %q", tt.barcode, gtin, ok, class)
			}
		})
	}
}

func TestBarcode_everyGTINHasOneRightCheckDigit(t *testing.T) {
	t.Parallel()
	for _, stem := range []string{"8690524", "869052416523", "86905241652", "1869052416523", "9780201379"} {
		right := 0
		for d := '0'; d <= '9'; d++ {
			if _, class := Barcode(stem + string(d)).Key(); class == BarcodeGTIN || class == BarcodeRestored {
				right++
			}
		}
		if right != 1 {
			t.Errorf("%s has %d right check digits", stem, right)
		}
	}
}

// A barcode of a class that pairs is an edge; of the others none, however equal their texts are.
func TestBarcodeClass_pairs(t *testing.T) {
	t.Parallel()
	for class, want := range map[BarcodeClass]bool{
		BarcodeGTIN: true, BarcodeRestored: true, BarcodeOther: true, BarcodeNone: false, BarcodeRestricted: false, BarcodeInvalid: false,
		BarcodeSeveral: false,
	} {
		if class.Pairs() != want {
			t.Errorf("%q pairs: %v", class, !want)
		}
	}
}

func FuzzBarcode(f *testing.F) {
	for _, s := range []string{"8690524165235", "36000291452", "8,69E+12", "2000000000015", "ABC-1", " 0", "E", "1E", "E1", "e+", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		key, class := Barcode(s).Key()
		switch class {
		case BarcodeNone, BarcodeInvalid, BarcodeSeveral:
			if key != "" {
				t.Errorf("%q is %q and has the key %q", s, class, key)
			}
			return
		case BarcodeGTIN, BarcodeRestored, BarcodeRestricted:
			if len(key) != 14 || !digits(key) {
				t.Errorf("%q is %q and has the key %q", s, class, key)
			}
			if class == BarcodeRestored {
				class = BarcodeGTIN
			}
		case BarcodeOther:
			if key == "" {
				t.Errorf("%q pairs by nothing", s)
			}
		default:
			t.Errorf("%q is of class %q", s, class)
		}
		if again, same := Barcode(key).Key(); again != key || same != class {
			t.Errorf("key %q of %q is %q (%q) when read again, was %q", key, s, again, same, class)
		}
	})
}

// What a printed number wears is taken off; what is left counts, or the text as it stands.
func TestBarcode_Key_ofWhatAPrintedNumberWears(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		barcode Barcode
		key     string
		class   BarcodeClass
	}{
		{"978-605-123-456-4", "09786051234564", BarcodeGTIN},
		{"978–605—123‐456−4", "09786051234564", BarcodeGTIN},
		{"8 690632 059150", "08690632059150", BarcodeGTIN},
		{"8\u00a0690632\u202f059150", "08690632059150", BarcodeGTIN},
		{"EAN: 8690632059150", "08690632059150", BarcodeGTIN},
		{"ean:8690632059150", "08690632059150", BarcodeGTIN},
		{"EAN-13: 8690632059150", "08690632059150", BarcodeGTIN},
		{"ISBN 978-605-123-456-4", "09786051234564", BarcodeGTIN},
		{"ISBN-13: 978 605 123 456 4", "09786051234564", BarcodeGTIN},
		{"UPC: 0 36000 29145 2", "00036000291452", BarcodeGTIN},
		{"GTİN：8690632059150", "08690632059150", BarcodeGTIN},
		{"*8690632059150*", "08690632059150", BarcodeGTIN},
		{"８６９０６３２０５９１５０", "08690632059150", BarcodeGTIN},
		{"00008690632059150", "08690632059150", BarcodeGTIN},
		{"0000000000096385074", "00000096385074", BarcodeGTIN},
		{"*EAN: 00-8690632-059150*", "08690632059150", BarcodeGTIN},
		{"2-000000-000015", "02000000000015", BarcodeRestricted},
		{"*36000291452*", "00036000291452", BarcodeRestored},
		{"978-605-123-456-5", "978-605-123-456-5", BarcodeOther},
		{"12-34", "12-34", BarcodeOther},
		{"EAN-A1", "EAN-A1", BarcodeOther},
		{"K-8690632059150", "K-8690632059150", BarcodeOther},
		{"8690632059150-", "8690632059150-", BarcodeOther},
		{"-8690632059150", "-8690632059150", BarcodeOther},
		{"*8690632059150", "*8690632059150", BarcodeOther},
		{"EAN: EAN: 8690632059150", "EAN: EAN: 8690632059150", BarcodeOther},
		{"٨٦٩٠٦٣٢٠٥٩١٥٠", "٨٦٩٠٦٣٢٠٥٩١٥٠", BarcodeOther},
		{"978.605.123.456.4", "", BarcodeInvalid},
		{"EAN: 8,69E+12", "", BarcodeInvalid},
		{"11-11-11-11", "", BarcodeNone},
		{"00000000000000000", "", BarcodeNone},
		{"8690632059150, 4006381333931", "", BarcodeSeveral},
		{"8690632059150/4006381333931", "", BarcodeSeveral},
		{"8690632059150 / 4006381333932", "", BarcodeSeveral}, // a number is one, whatever its check digit
		{"8690632059150\n4006381333931", "", BarcodeSeveral},
		{"8690632059150 4006381333931", "", BarcodeSeveral},
		{"8690632059150-4006381333931", "", BarcodeSeveral},
		{"EAN: 8690632059150 UPC: 036000291452", "", BarcodeSeveral},
		{"8690632059150 ve 4006381333931", "", BarcodeSeveral},
		{"8690632059150 (4006381333931)", "", BarcodeSeveral},
		{"8690632059150;4006381333931;8690632059150", "", BarcodeSeveral},
		{"12/34", "12/34", BarcodeOther},
		{"8690632059150/M", "8690632059150/M", BarcodeOther},
		{"8690632059150,00", "", BarcodeInvalid},
	} {
		key, class := tt.barcode.Key()
		if key != tt.key || class != tt.class {
			t.Errorf("Key of %q = %q, %q; want %q, %q", tt.barcode, key, class, tt.key, tt.class)
		}
	}
}

// So it is in further dresses, and what only looks like one is the text that it is.
func TestBarcode_Key_inFurtherDresses(t *testing.T) {
	t.Parallel()
	for _, barcode := range []Barcode{
		"(01)08690632059150", "(01) 08690632059150", "(01)08690632059150(17)261231(10)L-1", "(01)08690632059150(21)12345678", "Barkod No: 8690632059150",
		"Barkod No. 8690632059150", "Barkodu: 8690632059150", "BARKOD 8690632059150", "Barkod Numarası : 8690632059150", "Ürün Barkodu: 8690632059150",
		"barcode=8690632059150", "Bar kod: 8690632059150", "8690632059150;", "|8690632059150|", "Barcode #8690632059150", "EAN-8690632059150", "EAN 8 690632 059150", "EAN/UPC: 8690632059150", "EAN13 8690632059150", "EAN 13: 8690632059150",
		"EAN8690632059150", "EAN-13: [8690632059150]", "[EAN] 8690632059150", "(EAN) 8690632059150", "JAN: 8690632059150", "8690632059150 (EAN)", "8690632059150 (EAN-13)", "8690632059150 EAN",
		"8690632059150[GTIN]", "8690632059150/EAN", "Barkod: 8690632059150 (EAN-13)", "#8690632059150", "# 8690632059150", "[8690632059150]", "(8690632059150)", "{8690632059150}", "<8690632059150>",
		"8690632059150/", "/8690632059150", "'8690632059150", "’8690632059150", "'8690632059150'", "\"8690632059150\"", "“8690632059150”", "«8690632059150»", "['869-0632-059150']",
		"（８６９０６３２０５９１５０）",
	} {
		if key, class := barcode.Key(); key != "08690632059150" || class != BarcodeGTIN {
			t.Errorf("Key of %q = %q, %q", barcode, key, class)
		}
		if number, ok := barcode.Printed(); !ok || strings.TrimPrefix(number, "0") != "8690632059150" {
			t.Errorf("Printed of %q = %q, %v", barcode, number, ok)
		}
	}
	for barcode, want := range map[Barcode]BarcodeClass{
		"(01)8690632059150":                    BarcodeOther, // an element has 14 digits
		"(02)08690632059150":                   BarcodeOther, // what a box holds
		"(01)08690632059151":                   BarcodeOther,
		"(01)08690632059150-1":                 BarcodeOther,
		"(01)08690632059150(01)04006381333931": BarcodeSeveral,
		"(01)00000000000000":                   BarcodeNone,
		"Barkod: Barkod: 8690632059150":        BarcodeOther,
		"EAN EAN: 8690632059150":               BarcodeOther,
		"No: 8690632059150":                    BarcodeOther,
		"13: 8690632059150":                    BarcodeOther,
		"EAN 15: 8690632059150":                BarcodeOther,
		"8690632059150 (M)":                    BarcodeOther,
		"8690632059150 (2 adet)":               BarcodeOther,
		"[8690632059150":                       BarcodeOther,
		"\"8690632059150":                      BarcodeOther,
		"#8690632059151":                       BarcodeOther,
		"#12":                                  BarcodeOther,
		"Barkod No. 12":                        BarcodeInvalid, // a point, and no GTIN
		"8690632059150.":                       BarcodeInvalid,
		"[8690632059150][4006381333931]":       BarcodeSeveral,
		"8690632059150/4006381333931/":         BarcodeSeveral,
		"'00000000'":                           BarcodeNone,
		"975-323-123-X":                        BarcodeOther,
		"EAN: 36000291452":                     BarcodeRestored,
		"[2000000000015]":                      BarcodeRestricted,
	} {
		if key, class := barcode.Key(); class != want {
			t.Errorf("Key of %q = %q, %q, want %q", barcode, key, class, want)
		}
	}
}
