package monthend_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/monthend"
	"github.com/sopyo/sopyo-desktop/domain/monthend/monthendtest"
)

func issued(id domain.RemoteID, number, total string, s monthend.State) monthend.Invoice {
	return monthend.Invoice{RemoteID: id, Number: number, Date: monthendtest.On(3), State: s, Buyer: "Ali", Sums: invoicing.Sums{Total: dec(total)}}
}

func listed(id domain.RemoteID, number, total string, cancelled bool) monthend.Listed {
	return monthend.Listed{ID: id, Number: number, Date: monthendtest.On(3), Total: dec(total), Cancelled: cancelled}
}

func orNone(d decimal.NullDecimal) string {
	if !d.Valid {
		return "–"
	}
	return d.Decimal.String()
}

// Σ rows = Σ invoices at İşbaşı; what differs is named, one by one.
func TestControl_namesEachDifference(t *testing.T) {
	valid, void, back := monthend.StateValid, monthend.StateCancelled, monthend.StateReturned
	for name, c := range map[string]struct {
		here  []monthend.Invoice
		there []monthend.Listed
		want  string
		sums  string
	}{
		"nothing":        {nil, nil, "", "0/0 0, 0/0 0"},
		"the same":       {[]monthend.Invoice{issued("1", "A1", "10.50", valid)}, []monthend.Listed{listed("1", "A1", "10.5", false)}, "", "1/0 10.5, 1/0 10.5"},
		"returned":       {[]monthend.Invoice{issued("1", "A1", "10", back)}, []monthend.Listed{listed("1", "A1", "10", false)}, "", "1/0 10, 1/0 10"},
		"both cancelled": {[]monthend.Invoice{issued("1", "A1", "10", void)}, []monthend.Listed{listed("1", "A1", "10", true)}, "", "1/1 0, 1/1 0"},
		"not there":      {[]monthend.Invoice{issued("1", "A1", "10", valid)}, nil, "A1 not-there 10 –", "1/0 10, 0/0 0"},
		"not here":       {nil, []monthend.Listed{listed("1", "A1", "10", false)}, "A1 not-here – 10", "0/0 0, 1/0 10"},
		"a kuruş": {
			[]monthend.Invoice{issued("1", "A1", "10", valid)},
			[]monthend.Listed{listed("1", "A1", "10.01", false)},
			"A1 total 10 10.01", "1/0 10, 1/0 10.01",
		},
		"cancelled there": {
			[]monthend.Invoice{issued("1", "A1", "10", valid)},
			[]monthend.Listed{listed("1", "A1", "10", true)},
			"A1 cancelled-there 10 10", "1/0 10, 1/1 0",
		},
		"cancelled here": {
			[]monthend.Invoice{issued("1", "A1", "10", void)},
			[]monthend.Listed{listed("1", "A1", "10", false)},
			"A1 cancelled-here 10 10", "1/1 0, 1/0 10",
		},
		"by number, where the id is another or not known": {
			[]monthend.Invoice{issued("", "A1", "10", valid), issued("7", "A2", "20", valid)},
			[]monthend.Listed{listed("1", "A1", "10", false), listed("2", "A2", "20", false)},
			"", "2/0 30, 2/0 30",
		},
		"by id, where the number came later": {
			[]monthend.Invoice{issued("1", "", "10", valid)}, []monthend.Listed{listed("1", "A1", "10", false)}, "", "1/0 10, 1/0 10",
		},
		"a row of nobody's id and number fits nothing": {
			[]monthend.Invoice{issued("", "", "10", valid)}, []monthend.Listed{listed("", "", "10", false)}, " not-here – 10\n not-there 10 –", "1/0 10, 1/0 10",
		},
		"a row that came twice counts once": {
			[]monthend.Invoice{issued("1", "A1", "10", valid), issued("2", "A2", "20", valid)},
			[]monthend.Listed{listed("1", "A1", "10", false), listed("2", "A2", "20", false), listed("1", "A1", "10", false)},
			"", "2/0 30, 2/0 30",
		},
		"two here of one there": {
			[]monthend.Invoice{issued("1", "A1", "10", valid), issued("", "A1", "10", valid)},
			[]monthend.Listed{listed("1", "A1", "10", false)},
			"A1 not-there 10 –", "2/0 20, 1/0 10",
		},
		"sums that agree by chance": {
			[]monthend.Invoice{issued("1", "A1", "10", valid), issued("2", "A2", "20", valid)},
			[]monthend.Listed{listed("3", "A3", "30", false)},
			"A1 not-there 10 –\nA2 not-there 20 –\nA3 not-here – 30", "2/0 30, 1/0 30",
		},
	} {
		s := only(monthend.Source{Invoices: c.here, Listing: monthend.Listing{Asked: true, Reads: 3, Invoices: c.there}})
		got := monthend.Make(wordsOf(t, "tr"), s).Control
		var differences []string
		for _, d := range got.Differences {
			differences = append(differences, fmt.Sprintf("%s %s %s %s", d.Number, d.Why, orNone(d.Here), orNone(d.There)))
		}
		if strings.Join(differences, "\n") != c.want || got.Agrees() != (c.want == "") || !got.Asked || got.Reads != 3 {
			t.Errorf("%s: %q, want %q, %+v", name, differences, c.want, got)
		}
		here, there := got.Here, got.There
		if sums := fmt.Sprintf("%d/%d %s, %d/%d %s", here.Invoices, here.Cancelled, here.Total, there.Invoices, there.Cancelled, there.Total); sums != c.sums {
			t.Errorf("%s: %s, want %s", name, sums, c.sums)
		}
	}
}

// The file says the result, both sides, the cost and each difference; of a list that nobody read it says nothing.
func TestControl_asAFile(t *testing.T) {
	w := wordsOf(t, "tr")
	s := only(monthend.Source{
		Invoices: []monthend.Invoice{issued("1", "A1", "1234.50", monthend.StateValid)},
		Listing:  monthend.Listing{Asked: true, Reads: 4, Invoices: []monthend.Listed{listed("1", "A1", "1234.51", false)}},
	})
	want := "Ay sonu kontrolü · Firma · 2026-05\n\nUyuşmuyor. Fark: 1.\n" +
		"Pakette: 1 fatura, 0 iptal, geçerlilerin toplamı 1.234,50 ₺\nİşbaşı’da: 1 fatura, 0 iptal, geçerlilerin toplamı 1.234,51 ₺\n" +
		"Kontrolün maliyeti: 4 okuma\n\nA1: toplam farklı (pakette 1.234,50 ₺, İşbaşı’da 1.234,51 ₺)\n"
	if got := contentOf(t, monthend.Make(w, s), "kontrol.txt"); got != monthend.Text(want) {
		t.Errorf("%s", got)
	}
	s.Listing = monthend.Listing{}
	p := monthend.Make(w, s)
	want = "Ay sonu kontrolü · Firma · 2026-05\n\nKarşılaştırılmadı: İşbaşı’nın fatura listesi bu ay için okunmadı.\n"
	if got := contentOf(t, p, "kontrol.txt"); got != monthend.Text(want) || p.Control.Agrees() {
		t.Errorf("%s, %+v", got, p.Control)
	}
}

// What changed after closing is named, and nothing else.
func TestSince_namesWhatIsNoLongerAsItWas(t *testing.T) {
	valid, void, back := monthend.StateValid, monthend.StateCancelled, monthend.StateReturned
	for name, c := range map[string]struct {
		then, now []monthend.Invoice
		want      string
	}{
		"the same":  {[]monthend.Invoice{issued("1", "A1", "10", valid)}, []monthend.Invoice{issued("1", "A1", "10.00", valid)}, ""},
		"added":     {nil, []monthend.Invoice{issued("1", "A1", "10", valid)}, "A1 added – 10"},
		"gone":      {[]monthend.Invoice{issued("1", "A1", "10", valid)}, nil, "A1 gone 10 –"},
		"total":     {[]monthend.Invoice{issued("1", "A1", "10", valid)}, []monthend.Invoice{issued("1", "A1", "10.01", valid)}, "A1 total 10 10.01"},
		"cancelled": {[]monthend.Invoice{issued("1", "A1", "10", valid)}, []monthend.Invoice{issued("1", "A1", "10", void)}, "A1 cancelled 10 10"},
		"returned":  {[]monthend.Invoice{issued("1", "A1", "10", valid)}, []monthend.Invoice{issued("1", "A1", "10", back)}, "A1 returned 10 10"},
		"valid":     {[]monthend.Invoice{issued("1", "A1", "10", void)}, []monthend.Invoice{issued("1", "A1", "10", valid)}, "A1 valid 10 10"},
		"by number": {
			[]monthend.Invoice{issued("2", "A2", "20", valid)},
			[]monthend.Invoice{issued("3", "A3", "30", valid), issued("1", "A1", "10", valid)},
			"A1 added – 10\nA2 gone 20 –\nA3 added – 30",
		},
	} {
		var got []string
		for _, change := range monthend.Since(monthendtest.May, monthendtest.On(31), c.then, c.now) {
			got = append(got, fmt.Sprintf("%s %s %s %s", change.Number, change.What, orNone(change.Before), orNone(change.After)))
			if change.Month != monthendtest.May || !change.ClosedAt.Equal(monthendtest.On(31)) || change.Buyer != "Ali" || !change.Date.Equal(monthendtest.On(3)) {
				t.Errorf("%s: %+v", name, change)
			}
		}
		if strings.Join(got, "\n") != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	june := issued("1", "A1", "10", valid)
	june.Date = monthendtest.May.End().AddDate(0, 0, 1)
	if got := monthend.Since(monthendtest.May, monthendtest.On(31), nil, []monthend.Invoice{june}); got != nil {
		t.Errorf("another month's: %+v", got)
	}
}

// The next package says what changed after closing, on its page and in its control.
func TestMake_saysWhatChangedAfterClosing(t *testing.T) {
	w := wordsOf(t, "tr")
	changes := monthend.Since(monthendtest.May, monthendtest.On(31), nil, []monthend.Invoice{issued("1", "A1", "10", monthend.StateValid)})
	p := monthend.Make(w, monthend.Source{Company: "Firma", Month: monthend.Month{Year: 2026, Month: 6}, Changes: changes})
	text := told(t, w, p)
	for _, want := range []string{
		"Kapatılmış aylarda sonradan değişen fatura: 1.", "Kapanıştan sonra değişenler",
		"2026-05 (31.05.2026) · A1 · 03.05.2026 · Ali · sonradan kesildi · – · 10,00 ₺",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in %s", want, text)
		}
	}
}
