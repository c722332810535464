package report

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/monthend"
	"github.com/sopyo/sopyo-desktop/domain/monthend/monthendtest"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// read gives the text of a PDF as another program reads it, page by page.
func read(t *testing.T, pdf []byte) []string {
	t.Helper()
	return strings.Split(strings.TrimSuffix(extracted(t, pdf, "-layout"), "\f"), "\f")
}

// extracted gives what pdftotext says of a PDF.
func extracted(t *testing.T, pdf []byte, how string) string {
	t.Helper()
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not installed (Debian: poppler-utils)")
	}
	path := filepath.Join(t.TempDir(), "ozet.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), tool, how, "-enc", "UTF-8", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func pageOf(t *testing.T, p monthend.Package) []byte {
	t.Helper()
	page, ok := p.Files[0].Content.(monthend.Page)
	if !ok {
		t.Fatalf("%T", p.Files[0].Content)
	}
	raw, err := packages().page(page, p.At)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// amountsOf are all amounts of a summary, as they are said.
func amountsOf(w words.Words, s monthend.Summary) (amounts []string) {
	add := func(d decimal.Decimal) { amounts = append(amounts, w.Money(d, domain.TRY)) }
	sums := func(s invoicing.Sums) {
		for _, r := range s.Rates {
			add(r.Base)
			add(r.VAT)
			add(r.Gross)
		}
		add(s.Base)
		add(s.VAT)
		add(s.Total)
	}
	sums(s.Sales)
	for _, k := range s.Kinds {
		sums(k.Sums)
	}
	add(s.Void.Total)
	for _, t := range s.Tasks {
		add(t.Base)
		add(t.VAT)
		add(t.Total)
	}
	for _, p := range s.Platform {
		add(p.Base)
		add(p.VAT)
		add(p.Total)
	}
	return amounts
}

// What stands on the page can be read off it by another program: every amount of the summary, every letter.
func TestPage_isReadByAnotherProgram(t *testing.T) {
	for _, lang := range assets.Languages() {
		w := spoken(t, lang)
		s := monthendtest.Demo()
		s.Listing.Invoices = s.Listing.Invoices[1:]
		p := monthend.Make(w, s)
		text := strings.Join(read(t, pageOf(t, p)), "\n")
		amounts := amountsOf(w, p.Summary)
		if len(amounts) < 40 {
			t.Fatalf("%d amounts", len(amounts))
		}
		for _, want := range append(amounts, "Çığır Işık Ticaret Ltd. Şti.", "ARS2026000000002") {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is missing", lang, want)
			}
		}
		if lang == "tr" {
			for _, want := range []string{"Ay Sonu Paketi · Mayıs 2026 (01.05.2026 – 31.05.2026)", "Faturası kesilmemiş sipariş", "İşbaşı’da", "sayfa 2 / 2", "Alıcının bilgileri gizlenmiş"} {
				if !strings.Contains(text, want) {
					t.Errorf("%q is missing in\n%s", want, text)
				}
			}
			if row := regexp.MustCompile(`Geçerli fatura +44 `); !row.MatchString(text) {
				t.Error("44 valid invoices are not counted")
			}
		}
	}
}

// The fonts go along, cut to the letters that are used, so that the page looks the same everywhere.
func TestPage_bringsItsFonts(t *testing.T) {
	w := spoken(t, "tr")
	raw := pageOf(t, monthend.Make(w, monthendtest.Demo()))
	if n := bytes.Count(raw, []byte("/FontFile2 ")); n != 2 {
		t.Errorf("%d fonts", n)
	}
	if len(raw) > 100_000 || !bytes.HasPrefix(raw, []byte("%PDF-")) {
		t.Errorf("%d bytes, %q", len(raw), raw[:8])
	}
}

// A table that does not fit goes on under its head, and the pages are counted.
func TestPage_repeatsTheHeadOfALongTable(t *testing.T) {
	w := spoken(t, "tr")
	s := monthendtest.Demo()
	for n := range 150 {
		task := s.Tasks[1]
		task.Number, task.Package = strings.Repeat("A", 1+n%30), strings.Repeat("7", n+1)
		s.Tasks = append(s.Tasks, task)
	}
	pages := read(t, pageOf(t, monthend.Make(w, s)))
	if len(pages) < 5 {
		t.Fatalf("%d pages", len(pages))
	}
	for n, page := range pages[1 : len(pages)-1] {
		head := regexp.MustCompile(`^\s*İptal/iade\n? *(tarihi)?`).FindString(page)
		if lines := strings.SplitN(strings.TrimSpace(page), "\n", 3); head == "" && !strings.Contains(strings.Join(lines[:2], " "), "Fatura no") {
			t.Errorf("page %d begins with %q", n+2, lines[:2])
		}
	}
	for n, page := range pages {
		if want := w.T("monthend.footer", s.Company, "2026-05", n+1, len(pages)); !strings.Contains(page, want) {
			t.Errorf("page %d has no %q", n+1, want)
		}
	}
	if text := strings.Join(pages, ""); strings.Count(text, "26.05.2026") != 151 {
		t.Errorf("%d tasks", strings.Count(text, "26.05.2026"))
	}
}

// What no font has and no line holds breaks no page: ornaments beyond the fonts' reach, line ends, a word
// without end, an amount without measure.
func TestPage_takesWhateverIsWritten(t *testing.T) {
	w := spoken(t, "tr")
	s := monthendtest.Demo()
	s.Company = "Firma 😀 \U00010000\U00010001 " + strings.Repeat("UzunAd", 60) + "\nikinci\x00satır\tsekme"
	s.Tasks[1].Buyer = "👩‍👩‍👧 " + strings.Repeat("ş", 300)
	s.Tasks[1].Total = decimal.RequireFromString("123456789012345.67")
	text := strings.Join(read(t, pageOf(t, monthend.Make(w, s))), "\n")
	for _, want := range []string{"Firma \uFFFD", "ikinci satır sekme", "123.456.789.012.345,67 ₺"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
	if n := strings.Count(text, "ş"); n < 300 {
		t.Errorf("%d letters of the name are left", n)
	}
}

// word is one word of a page with the box that its letters fill, in points.
type word struct {
	XMin float64 `xml:"xMin,attr"`
	XMax float64 `xml:"xMax,attr"`
	YMin float64 `xml:"yMin,attr"`
	YMax float64 `xml:"yMax,attr"`
	Text string  `xml:",chardata"`
}

// No word leaves the paper's margins, and none stands upon another.
func TestPage_staysOnItsPaper(t *testing.T) {
	const point = 72 / 25.4 // of a millimetre
	w := spoken(t, "tr")
	s := monthendtest.Demo()
	s.Listing.Invoices = nil
	for n := range 120 {
		task := s.Tasks[1]
		task.InvoiceID, task.Number = "", fmt.Sprintf("ARS2026%09d", n)
		task.Buyer = strings.Repeat("Iğdır Kırtasiye ", 1+n%9)
		task.Sums = invoicing.Compute([]invoicing.Line{{Line: orders.Line{
			Quantity: decimal.New(1, int32(n%12)), Unit: decimal.New(12345, -2), VAT: decimal.NewNullDecimal(decimal.New(20, 0)),
		}}}, decimal.Zero).Sums
		s.Tasks = append(s.Tasks, task)
	}
	for range 7 {
		s.Changes = append(s.Changes, monthend.Since(monthendtest.May, monthendtest.On(31), nil, s.Invoices[:3])...)
	}
	var doc struct {
		Pages []struct {
			Words []word `xml:"word"`
		} `xml:"body>doc>page"`
	}
	decoder := xml.NewDecoder(strings.NewReader(extracted(t, pageOf(t, monthend.Make(w, s)), "-bbox")))
	decoder.Strict, decoder.Entity = false, xml.HTMLEntity
	if err := decoder.Decode(&doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Pages) < 6 {
		t.Fatalf("%d pages", len(doc.Pages))
	}
	for n, page := range doc.Pages {
		if len(page.Words) < 20 {
			t.Errorf("page %d has %d words", n+1, len(page.Words))
		}
		last := 0.0
		for i, a := range page.Words {
			foot := a.YMin > bottom*point
			if a.XMin < margin*point-1 || a.XMax > (paperWidth-margin)*point+1 || a.YMin < margin*point-4 || a.YMax > (paperHeight-5)*point {
				t.Errorf("page %d: %+v leaves the margins", n+1, a)
			}
			if !foot {
				last = max(last, a.YMax)
			}
			for _, b := range page.Words[i+1:] {
				if min(a.XMax, b.XMax)-max(a.XMin, b.XMin) > 0.5 && min(a.YMax, b.YMax)-max(a.YMin, b.YMin) > 4 {
					t.Errorf("page %d: %+v stands on %+v", n+1, a, b)
				}
			}
		}
		if room := bottom*point - last; room > 120 && n < len(doc.Pages)-1 {
			t.Errorf("page %d ends %.0f points above its foot", n+1, room)
		}
	}
}
