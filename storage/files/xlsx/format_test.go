package xlsx

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

// What each format makes of numbers: the text, its number or "date", and the currency.
func TestNumberFormat_shows(t *testing.T) {
	for _, c := range []struct{ code, number, want string }{
		{"0.00%", "0.185", "18.5%|18.5|"},
		{"0%", "-0.05", "-5%|-5|"},
		{`0"%"`, "20", "20%|20|"},
		{`_-* #,##0.00\ [$₺-41F]_-;\-* #,##0.00\ [$₺-41F]_-;_-* "-"??\ [$₺-41F]_-;_-@_-`, "7.5", "7.5 ₺|7.5|₺"},
		{`_-* #,##0.00\ [$₺-41F]_-;\-* #,##0.00\ [$₺-41F]_-;_-* "-"??\ [$₺-41F]_-;_-@_-`, "-7.5", "-7.5 ₺|-7.5|₺"},
		{`_-* #,##0.00\ [$₺-41F]_-;\-* #,##0.00\ [$₺-41F]_-;_-* "-"??\ [$₺-41F]_-;_-@_-`, "0", "0 ₺|0|₺"},
		{`$#,##0.00_);[Red]\($#,##0.00\)`, "-5", "-$5|-5|$"},
		{`#,##0, "TL"`, "12500", "12500|scaled|"},
		{`0.0,"K"`, "12500", "12500|scaled|"},
		{"#,##0,", "12500", "12500|scaled|"},
		{"0,,.00", "12500", "12500|scaled|"},
		{",0", "5", ",5|scaled|"},
		{`"TL."0`, "5", "TL.5|5|TL"},
		{`"1."0`, "5", "1.5|scaled|"},
		{`0"000"`, "12", "12000|scaled|"},
		{`0".000"`, "12", "12.000|scaled|"},
		{`0",00"`, "12", "12,00|12|"},
		{`"0"0`, "12", "012|12|"},
		{`"No. "0`, "12", "No. 12|12|"},
		{`0" m2"`, "12", "12 m2|12|"},
		{`#\.##0`, "12500", "12500||"},
		{`0\.00`, "12990", "129.90|scaled|"},
		{`0","00`, "12990", "129,90|scaled|"},
		{`0.00\ [$kr.-406]`, "5", "5 kr.|5|kr."},
		{`[$SKU]000`, "5", "SKU005|5|"},
		{`"TL/"0`, "5", "TL/5|5|TL"},
		{`0.00 [$CHF]`, "5", "5 CHF|5|CHF"},
		{`#,##0.00 "₽"`, "5", "5 ₽|5|₽"},
		{"# ##0", "12345", "12345||"},
		{"0000 0000", "12345", "0001 2345|12345|"},
		{"00000-0000", "12345.678", "00001-2345.678|12345.678|"},
		{"(###) ###-####", "5551234567", "(555) 123-4567|5551234567|"},
		{"0;0;0;0;0", "5", "5||"},
		{strings.Repeat("0", 64), "5", strings.Repeat("0", 63) + "5|5|"},
		{strings.Repeat("0", 65), "5", "5||"},
		{"00" + strings.Repeat(`"x"`, 350), "5", "5||"}, // longer than a format can be
		{"0.00E+00", "8690632059150", "8690632059150||"},
		{";;;", "5", "5||"},
		{"Genel", "5", "5||"},
		{`"Kod "General`, "5", "Kod 5|5|"},
		{"dd.mm.yyyy", "45294", "03.01.2024|date|"},
		{"dd.mm.yyyy", "59", "28.02.1900|date|"},
		{"dd.mm.yyyy", "61", "01.03.1900|date|"},
		{"dd.mm.yyyy", "2958465", "31.12.9999|date|"},
		{"dd.mm.yyyy", "2958466", "2958466||"},
		{"dd.mm.yyyy", "-1", "-1||"},
		{"[$-409]dddd, mmmm dd, yyyy h:mm AM/PM", "45294.75", "Wednesday, January 03, 2024 6:00 PM|date|"},
		{"dddd d mmmm yy", "45294", "Çarşamba 3 Ocak 24|date|"},
		{"ddd d mmm mmmmm", "45294", "Çar 3 Oca O|date|"},
		{"[h]:mm:ss", "1.5", "36:00:00|date|"},
		{"h:mm:ss", "0.999999", "0:00:00|date|"},
		{"mm:ss.0", "0.5", "00:00|date|"},
		{"m/d/yy h:mm AM/PM", "45294.25", "1/3/24 6:00 ÖÖ|date|"},
		{`US$ 0.00`, "5", "US$ 5|5|US$"},
		{`[$A$-C09]0.00`, "5", "A$5|5|A$"},
	} {
		got := c.number + "||"
		if f := parseFormat(c.code, false); f != nil {
			text, beside := f.show(c.number)
			number := beside.Number
			switch beside.As {
			case table.AsDate:
				number = "date"
			case table.AsScaled:
				number = "scaled"
			}
			got = fmt.Sprintf("%s|%s|%s", text, number, beside.Currency)
		}
		if got != c.want {
			t.Errorf("%s of %s: %q, want %q", c.code, c.number, got, c.want)
		}
	}
	if text, _ := parseFormat("d.m.yyyy", true).show("0"); text != "1.1.1904" {
		t.Errorf("from 1904: %s", text)
	}
}

// A number is never lost in what is shown of it.
func FuzzNumberFormat(f *testing.F) {
	for _, code := range []string{"0%", `[$₺-41F]#,##0.00;"x"`, "[h]:mm;dd/mm/yyyy", `[<1]0;[>2]"x"00-00;;@`, "000-000", "# ?/?"} {
		f.Add(code, "-12.5")
	}
	f.Fuzz(func(t *testing.T, code, raw string) {
		number, ok := withoutNoise(raw)
		format := parseFormat(code, len(code)%2 == 0)
		if !ok || format == nil {
			return
		}
		text, beside := format.show(number)
		switch {
		case beside.As == table.AsText && text != number, beside.As == table.AsDate && beside.Number != "":
			t.Errorf("%q of %s: %q, %+v", code, number, text, beside)
		case beside.As == table.AsNumber && !strings.Contains(code, "%") && beside.Number != number:
			t.Errorf("%q of %s is the number %s", code, number, beside.Number)
		}
	})
}
