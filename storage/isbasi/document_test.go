package isbasi

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

const (
	ettn     = "3F2504E0-4f89-41d3-9A0C-0305e82c3301"
	pdfRoute = "GET einvoices/DocumentDatawithuuid?uuid=" + ettn + "&fileFormat=PDF"
	ublRoute = "GET einvoices/DocumentUblDatawithuuid?uuid=" + ettn + "&type=1"
)

// documentAnswer wraps a file as İşbaşı does.
func documentAnswer(t *testing.T, name string, content []byte) string {
	t.Helper()
	data, err := json.Marshal(map[string]string{"name": name, "type": "", "content": base64.StdEncoding.EncodeToString(content)})
	if err != nil {
		t.Fatal(err)
	}
	return good(string(data))
}

// archive packs files, name and content in turn.
func archive(t *testing.T, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestInvoicePDF_shapes(t *testing.T) {
	for name, tc := range map[string]struct {
		answer reaction
		want   domain.Kind
		file   string
	}{
		"PDF":                  {says(documentAnswer(t, `C:\faturalar\a.pdf`, []byte("%PDF-1.7 x"))), "", "a.pdf"},
		"blanks before it":     {says(documentAnswer(t, "../a.pdf", []byte("\xef\xbb\xbf\r\n%PDF-1.7 x"))), "", "a.pdf"},
		"content alone":        {says(good(`"JVBERi0xLjQ="`)), "", ""},
		"without padding":      {says(good(`{"content":"JVBE\r\nRi0xLjQ"}`)), "", ""},
		"bare file":            {says("%PDF-1.4"), "", ""},
		"page":                 {says(fixture(t, "document_html")), domain.KindState, ""},
		"page, not encoded":    {says(good(`{"content":" <HTML><body>x"}`)), domain.KindState, ""},
		"picture":              {says(documentAnswer(t, "a.pdf", []byte("\x89PNG"))), domain.KindBadAnswer, ""},
		"no base64":            {says(good(`{"content":"*"}`)), domain.KindBadAnswer, ""},
		"empty":                {says(good(`{"content":null}`)), domain.KindBadAnswer, ""},
		"too large":            {says(good(`{"content":"` + strings.Repeat("A", documentLimit/3*4+8) + `"}`)), domain.KindBadAnswer, ""},
		"not there":            {saysStatus(400, fixture(t, "not_found")), domain.KindNotFound, ""},
		"gateway's page, 200":  {says(gatewayPage), domain.KindBadAnswer, ""},
		"PDF under an error":   {saysStatus(400, "%PDF-1.4"), domain.KindBadAnswer, ""},
		"name that is no name": {says(documentAnswer(t, "..", []byte("%PDF-1.7"))), "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			c, d := atDesk(t, map[string][]reaction{pdfRoute: {tc.answer}})
			got, err := c.InvoicePDF(t.Context(), ettn)
			wantKind(t, err, tc.want)
			if got.Name != tc.file || (err == nil && (got.Type != "application/pdf" || !bytes.HasPrefix(got.Content, []byte("%PDF-")))) {
				t.Errorf("%q %q %q", got.Name, got.Type, got.Content)
			}
			d.was(pdfRoute)
		})
	}
}

func TestInvoiceUBL_shapes(t *testing.T) {
	const xml = "<Invoice>ığüşöç</Invoice>"
	many := make([]string, 0, 2*fileLimit+2)
	for range fileLimit + 1 {
		many = append(many, "a.xml", xml)
	}
	for name, tc := range map[string]struct {
		answer reaction
		want   domain.Kind
		file   string
	}{
		"archive":            {says(documentAnswer(t, "a.zip", archive(t, "b.pdf", "x", "dizin/", "", "dizin/Fatura.XML", xml))), "", "Fatura.XML"},
		"bare archive":       {says(string(archive(t, `..\..\a.xml`, xml))), "", "a.xml"},
		"no XML in it":       {says(documentAnswer(t, "a.zip", archive(t, "b.pdf", "x"))), domain.KindBadAnswer, ""},
		"far too many files": {says(documentAnswer(t, "a.zip", archive(t, many...))), domain.KindBadAnswer, ""},
		"a bomb":             {says(documentAnswer(t, "a.zip", archive(t, "a.xml", strings.Repeat("0", documentLimit+1)))), domain.KindBadAnswer, ""},
		"no archive":         {says(documentAnswer(t, "a.zip", []byte(xml))), domain.KindBadAnswer, ""},
		"half an archive":    {says(documentAnswer(t, "a.zip", archive(t, "a.xml", xml)[:40])), domain.KindBadAnswer, ""},
		"page":               {says(fixture(t, "document_html")), domain.KindState, ""},
	} {
		t.Run(name, func(t *testing.T) {
			c, _ := atDesk(t, map[string][]reaction{ublRoute: {tc.answer}})
			got, err := c.InvoiceUBL(t.Context(), ettn)
			wantKind(t, err, tc.want)
			if got.Name != tc.file || (err == nil && string(got.Content) != xml) {
				t.Errorf("%q %q", got.Name, got.Content)
			}
		})
	}
	c, d := atDesk(t, nil)
	_, err := c.InvoiceUBL(t.Context(), " ")
	wantKind(t, err, domain.KindInvalid)
	d.was()
}
