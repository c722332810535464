package sandbox_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"net/http"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// turkish is an invoice with every letter of Turkish and more, sent and done.
func turkish() (sandbox.Options, sandbox.Invoice) {
	o := sales()
	v := sandbox.Invoice{
		ID: 1, UUID: "AAAA-bbbb", Number: "ISF2026000000001", Kind: sandbox.KindEInvoice, Profile: 2, Status: sandbox.StatusDone,
		Date: newClock().now, FirmName: `Çağlayan Iğdır İşi (Öz) Gümüş & Şirketi \ "ĞÜÖŞÇİ" Łódź`, TaxNumber: "4540536920", TaxOffice: "Üsküdar",
		Address: "Işıklar Cd. Nâzım Sk. 5", City: "Iğdır", District: "Karakoyunlu", PostalCode: "76000", Currency: "TL",
		Rate: decimal.NewFromInt(1), VATIncluded: true, Description: "Sipariş ₺ 90012 [SM:abcdefgh]\nikinci satır",
		Net: decimal.RequireFromString("1083.32"), VAT: decimal.RequireFromString("216.67"), Total: decimal.RequireFromString("1299.99"),
		Lines: []sandbox.InvoiceLine{
			{Code: "ŞÖĞ-1", Name: "Şöğüt dalı", Unit: "Adet", Quantity: decimal.NewFromInt(3), Price: decimal.NewFromInt(400), VATRate: decimal.NewFromInt(20)},
			{Code: "TRM-500", Name: "Termos", Unit: "Adet", Quantity: decimal.NewFromInt(1), Price: decimal.RequireFromString("99.99"), VATRate: decimal.NewFromInt(20)},
		},
	}
	o.Invoices = []sandbox.Invoice{v}
	return o, v
}

// shown are the texts that a person has to find in the print of turkish.
func shown() []string {
	return []string{
		"e-Fatura", "ISF2026000000001", "AAAA-bbbb", "04.05.2026 14:30", `Çağlayan Iğdır İşi (Öz) Gümüş & Şirketi \ "ĞÜÖŞÇİ" Łódź`, "4540536920",
		"Işıklar Cd. Nâzım Sk. 5 76000 Karakoyunlu/Iğdır", "1. ŞÖĞ-1 Şöğüt dalı, 3 Adet x 400, KDV %20: 1200.00",
		"KDV %20: Matrah 1083.32, KDV 216.67", "TOPLAM 1299.99 TL", "Sipariş ₺ 90012 [SM:abcdefgh]", "ikinci satır",
	}
}

// readPDF reads the shown texts of one of our PDFs by its own map of letters, a row each.
func readPDF(t *testing.T, content []byte) (rows []string) {
	t.Helper()
	letters := map[string]string{}
	for _, m := range regexp.MustCompile(`<([0-9A-F]{2})> <([0-9A-F]{4})>\n`).FindAllSubmatch(content, -1) {
		code, _ := strconv.ParseUint(string(m[1]), 16, 8)
		letter, _ := strconv.ParseUint(string(m[2]), 16, 16)
		letters[fmt.Sprintf(`\%03o`, code)] = string(rune(letter))
	}
	for _, m := range regexp.MustCompile(`(?m)^\((.*)\) Tj T\*$`).FindAllSubmatch(content, -1) {
		rows = append(rows, regexp.MustCompile(`\\(\d{3}|.)`).ReplaceAllStringFunc(string(m[1]), func(code string) string {
			if letter, ok := letters[code]; ok {
				return letter
			}
			return strings.TrimPrefix(code, `\`)
		}))
	}
	return rows
}

func printOf(t *testing.T, o sandbox.Options) []byte {
	t.Helper()
	_, kind, content := signed(t, o).download(http.MethodGet, "einvoices/DocumentData?invoiceId=1&fileFormat=PDF&type=1", nil)
	if kind != "PDF" {
		t.Fatalf("is %s", kind)
	}
	return content
}

func TestDocument_printHoldsTheInvoice(t *testing.T) {
	o, _ := turkish()
	text := strings.Join(readPDF(t, printOf(t, o)), "\n")
	for _, want := range shown() {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	o.Invoices[0].Cancelled, o.Invoices[0].Withholding = true, decimal.NewFromInt(4)
	text = strings.Join(readPDF(t, printOf(t, o)), "\n")
	if !strings.Contains(text, "İPTAL EDİLDİ") || !strings.Contains(text, "Tevkifat 4.00") {
		t.Errorf("cancelled: %s", text)
	}
}

// A document can have more letters than a PDF's font has codes for, and what is no letter at all.
func TestDocument_printOfManyAlphabets(t *testing.T) {
	o, _ := turkish()
	var many strings.Builder
	for r := 'А'; r < 'А'+200; r++ {
		many.WriteRune(r)
	}
	o.Invoices[0].Description = many.String() + "ş\t😀\x7f."
	rows := strings.Join(readPDF(t, printOf(t, o)), "")
	letters := strings.Count(rows, "?")
	if !strings.Contains(rows, "АБВГ") || !strings.HasSuffix(rows, "ş ? .") || letters < 80 || letters > 120 {
		t.Errorf("%d without a code: %s", letters, rows)
	}
}

// What other programs read in it: every letter, also on a second page and in a row that is broken.
func TestDocument_printIsReadByPdftotext(t *testing.T) {
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext (poppler-utils) is not installed")
	}
	o, v := turkish()
	for i := range 60 {
		v.Lines = append(v.Lines, sandbox.InvoiceLine{
			Code: fmt.Sprintf("Ç-%d", i), Name: strings.Repeat("uzun ", 30) + "son", Quantity: decimal.NewFromInt(1), VATRate: decimal.NewFromInt(20),
		})
	}
	for name, lines := range map[string][]sandbox.InvoiceLine{"one page": o.Invoices[0].Lines, "several": v.Lines} {
		o.Invoices[0].Lines = lines
		command := exec.CommandContext(t.Context(), tool, "-layout", "-enc", "UTF-8", "-", "-")
		command.Stdin = bytes.NewReader(printOf(t, o))
		var said bytes.Buffer
		command.Stderr = &said
		text, err := command.Output()
		if err != nil || said.Len() > 0 {
			t.Fatalf("%v, %s", err, said.String())
		}
		for _, want := range shown() {
			if !strings.Contains(string(text), want) {
				t.Errorf("%s: %q is not in\n%s", name, want, text)
			}
		}
		if pages, want := bytes.Count(text, []byte("\f")), map[string]int{"one page": 1, "several": 4}[name]; pages != want {
			t.Errorf("%s: %d pages", name, pages)
		}
	}
}

func TestDocument_ublHoldsTheInvoice(t *testing.T) {
	o, _ := turkish()
	o.TenantName = "Deneme A.Ş."
	for name, received := range map[string]bool{"sent": false, "received": true} {
		o.Invoices[0].Type = sandbox.InvoiceSale
		if received {
			o.Invoices[0].Type = sandbox.InvoicePurchase
		}
		_, _, content := signed(t, o).download(http.MethodGet, "einvoices/DocumentUblData?invoiceId=1&type=1", nil)
		type party struct {
			Number struct {
				Scheme string `xml:"schemeID,attr"`
				Value  string `xml:",chardata"`
			} `xml:"PartyIdentification>ID"`
			Name   string `xml:"PartyName>Name"`
			Street string `xml:"PostalAddress>StreetName"`
			Place  string `xml:"PostalAddress>CitySubdivisionName"`
			City   string `xml:"PostalAddress>CityName"`
			Postal string `xml:"PostalAddress>PostalZone"`
			Office string `xml:"PartyTaxScheme>TaxScheme>Name"`
		}
		var u struct {
			ProfileID, ID, UUID, IssueDate, IssueTime, Note, DocumentCurrencyCode string

			Supplier party    `xml:"AccountingSupplierParty>Party"`
			Customer party    `xml:"AccountingCustomerParty>Party"`
			Tax      string   `xml:"TaxTotal>TaxAmount"`
			Rates    []string `xml:"TaxTotal>TaxSubtotal>Percent"`
			Base     string   `xml:"LegalMonetaryTotal>TaxExclusiveAmount"`
			Payable  struct {
				Currency string `xml:"currencyID,attr"`
				Value    string `xml:",chardata"`
			} `xml:"LegalMonetaryTotal>PayableAmount"`
			Lines []struct {
				Name     string `xml:"Item>Name"`
				Code     string `xml:"Item>SellersItemIdentification>ID"`
				Quantity string `xml:"InvoicedQuantity"`
				Net      string `xml:"LineExtensionAmount"`
				Price    string `xml:"Price>PriceAmount"`
			} `xml:"InvoiceLine"`
		}
		if err := xml.Unmarshal(unzipped(t, content), &u); err != nil {
			t.Fatal(err)
		}
		ours, theirs := u.Supplier, u.Customer
		if received {
			ours, theirs = theirs, ours
		}
		if u.ProfileID != "TICARIFATURA" || u.ID != "ISF2026000000001" || u.UUID != "AAAA-bbbb" || u.IssueDate != "2026-05-04" || u.IssueTime != "14:30:00" ||
			u.Note != o.Invoices[0].Description || u.DocumentCurrencyCode != "TRY" || ours.Name != "Deneme A.Ş." {
			t.Errorf("%s: %+v", name, u)
		}
		want := party{Name: o.Invoices[0].FirmName, Street: "Işıklar Cd. Nâzım Sk. 5", Place: "Karakoyunlu", City: "Iğdır", Postal: "76000", Office: "Üsküdar"}
		want.Number.Scheme, want.Number.Value = "VKN", "4540536920"
		if theirs != want {
			t.Errorf("%s: party %+v", name, theirs)
		}
		if u.Tax != "216.67" || !slices.Equal(u.Rates, []string{"20"}) || u.Base != "1083.32" || u.Payable.Currency != "TRY" || u.Payable.Value != "1299.99" {
			t.Errorf("%s: amounts %+v", name, u)
		}
		if len(u.Lines) != 2 || u.Lines[0].Name != "Şöğüt dalı" || u.Lines[0].Code != "ŞÖĞ-1" || u.Lines[0].Quantity != "3" ||
			u.Lines[0].Net != "1000.00" || u.Lines[0].Price != "333.33333333" {
			t.Errorf("%s: lines %+v", name, u.Lines)
		}
	}
}

// unzipped is the one file of a zip.
func unzipped(t *testing.T, content []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil || len(z.File) != 1 {
		t.Fatal(err)
	}
	f, err := z.File[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if _, err := text.ReadFrom(f); err != nil {
		t.Fatal(err)
	}
	return text.Bytes()
}

// The profile, and whose number it is: of a company or of a person.
func TestDocument_ublNames(t *testing.T) {
	for _, tt := range []struct {
		kind, profile int
		number        string
		want          []string
	}{
		{sandbox.KindEInvoice, 1, "4540536920", []string{">TEMELFATURA<", `schemeID="VKN">4540536920<`}},
		{sandbox.KindEArchive, 2, "10000000146", []string{">EARSIVFATURA<", `schemeID="TCKN">10000000146<`}},
		{sandbox.KindInternet, 0, "11111111111", []string{">EARSIVFATURA<", `schemeID="TCKN">11111111111<`}},
	} {
		o, _ := turkish()
		v := &o.Invoices[0]
		v.Kind, v.Profile, v.TaxNumber, v.VATIncluded, v.Currency = tt.kind, tt.profile, tt.number, false, "USD"
		_, _, content := signed(t, o).download(http.MethodGet, "einvoices/DocumentUblData?invoiceId=1&type=1", nil)
		text := string(unzipped(t, content))
		for _, want := range append(tt.want, `<cbc:PriceAmount currencyID="USD">400<`, ">USD</cbc:DocumentCurrencyCode>") {
			if !strings.Contains(text, want) {
				t.Errorf("%+v: no %s in %s", tt, want, text)
			}
		}
	}
}
