package isbasi

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
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

// A working client asks for JSON, although the document's text says text/plain (isbasi-api.md §12 "To §2.4").
func TestDocuments_areAskedForAsJSON(t *testing.T) {
	var accepted []string
	c, _ := over(t, Options{Hosts: []string{"http://127.0.0.1:9"}, AllowLoopback: true}, func(req *http.Request) (*http.Response, error) {
		accepted = append(accepted, req.Header.Get("Accept"))
		return reply(req, 200, documentAnswer(t, "a.zip", archive(t, "a.xml", "<x/>"))), nil
	})
	_, _ = c.InvoicePDF(t.Context(), ettn) // an archive is no PDF
	if _, err := c.InvoiceUBL(t.Context(), ettn); err != nil || !slices.Equal(accepted, []string{"application/json", "application/json"}) {
		t.Errorf("%v, accepts %v", err, accepted)
	}
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
		"page in capitals":     {says(documentAnswer(t, "a.html", []byte("\xef\xbb\xbf\n <HTML>x"))), domain.KindState, ""},
		"page with a type":     {says(documentAnswer(t, "a.html", []byte("<!DOCTYPE HTML><p>"))), domain.KindState, ""},
		"page that is short":   {says(documentAnswer(t, "a.html", []byte("<htm"))), domain.KindBadAnswer, ""},
		"page not encoded":     {says(good(`{"content":" <html>x"}`)), domain.KindState, ""},
		"page behind blanks":   {says(documentAnswer(t, "a.html", []byte(strings.Repeat(" ", 512)+"<html>"))), domain.KindBadAnswer, ""},
		"no PDF":               {says(documentAnswer(t, "a.pdf", []byte("%PD"))), domain.KindBadAnswer, ""},
		"bare file, 201":       {saysStatus(201, "%PDF-1.4"), domain.KindBadAnswer, ""},
		"bare archive":         {says("PK\x03\x04"), domain.KindBadAnswer, ""},
		"a folder's name":      {says(documentAnswer(t, "/", []byte("%PDF-1.7"))), "", ""},
		"no name":              {says(documentAnswer(t, "", []byte("%PDF-1.7"))), "", ""},
		"a name with a slash":  {says(documentAnswer(t, "a/b/", []byte("%PDF-1.7"))), "", "b"},
		"not there":            {saysStatus(400, fixture(t, "not_found")), domain.KindNotFound, ""},
		"gateway's page, 200":  {says(gatewayPage), domain.KindBadAnswer, ""},
		"a piece of a page":    {says(good(`{"type":" html ","content":"PHA+VGFzbGFr"}`)), domain.KindState, ""},
		"PDF, said a page":     {says(good(`{"type":"HTML","content":"JVBERi0xLjQ="}`)), "", ""},
		"a piece, said a PDF":  {says(good(`{"type":"PDF","content":"PHA+VGFzbGFr"}`)), domain.KindBadAnswer, ""},
		"PDF under an error":   {saysStatus(400, "%PDF-1.4"), domain.KindBadAnswer, ""},
		"name that is no name": {says(documentAnswer(t, "..", []byte("%PDF-1.7"))), "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			c, d := scripted(t, map[string][]reaction{pdfRoute: {tc.answer}})
			got, err := c.InvoicePDF(t.Context(), ettn)
			wantKind(t, err, tc.want)
			if got.Name != tc.file || (err == nil && (got.Type != "application/pdf" || !bytes.HasPrefix(got.Content, []byte("%PDF-")))) {
				t.Errorf("%q %q %q", got.Name, got.Type, got.Content)
			}
			if name == "gateway's page, 200" || name == "bare file, 201" { // no answer of İşbaşı's
				d.was(slices.Repeat([]string{pdfRoute}, maxAttempts)...)
				return
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
		"as many as it may":  {says(documentAnswer(t, "a.zip", archive(t, many[:2*fileLimit]...))), "", "a.xml"},
		"folder like a file": {says(documentAnswer(t, "a.zip", archive(t, "a.xml/", "", "b.xml", xml))), "", "b.xml"},
		"no archive":         {says(documentAnswer(t, "a.zip", []byte(xml))), domain.KindBadAnswer, ""},
		"half an archive":    {says(documentAnswer(t, "a.zip", archive(t, "a.xml", xml)[:40])), domain.KindBadAnswer, ""},
		"page":               {says(fixture(t, "document_html")), domain.KindState, ""},
		"a piece of a page":  {says(good(`{"type":"HTML","content":"PHA+VGFzbGFr"}`)), domain.KindState, ""},
		"as İşbaşı names it": {
			says(strings.Replace(documentAnswer(t, "20260921101032.zip", archive(t, "a.xml", xml)), `"type":""`, `"type":"zip"`, 1)), "", "a.xml",
		},
		"not there":               {saysStatus(400, refusal(400, "UBL bulunamadı! : UBL not found!")), domain.KindNotFound, ""},
		"not by that case":        {saysStatus(400, refusal(400, "UBL dosyası bulunamadı")), domain.KindNotFound, ""},
		"not by that case, 599":   {says(refusal(599, "UBL DOSYASI BULUNAMADI")), domain.KindNotFound, ""},
		"another thing not there": {saysStatus(400, refusal(400, "Kullanıcı bulunamadı")), domain.KindRejected, ""},
	} {
		t.Run(name, func(t *testing.T) {
			c, _ := scripted(t, map[string][]reaction{ublRoute: {tc.answer}})
			got, err := c.InvoiceUBL(t.Context(), ettn)
			wantKind(t, err, tc.want)
			if got.Name != tc.file || (err == nil && string(got.Content) != xml) {
				t.Errorf("%q %q", got.Name, got.Content)
			}
		})
	}
	c, d := scripted(t, nil)
	_, err := c.InvoiceUBL(t.Context(), " ")
	wantKind(t, err, domain.KindInvalid)
	d.was()
}

func TestDocument_isDecodedUpToItsLimit(t *testing.T) {
	for size, ok := range map[int]bool{4: true, documentLimit - 1: true, documentLimit + 2: false} {
		content, err := documentWire{Content: text(strings.Repeat("AAAA", (size+2)/3))}.content()
		if (err == nil) != ok || (ok && len(content) != (size+2)/3*3) {
			t.Errorf("%d: %d bytes, %v", size, len(content), err)
		}
	}
}

func TestDocument_contentOfEveryShape(t *testing.T) {
	for in, want := range map[text]string{"YWI=": "ab", " Y\r\nWI ": "ab", "YWI": "ab", "YWJj": "abc", " <html>": " <html>", "": "", " \n": "", "*": "", "YQ=a": ""} {
		got, err := documentWire{Content: in}.content()
		if string(got) != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
}

func TestInvoiceUBL_unpacksUpToItsLimit(t *testing.T) {
	for size, ok := range map[int]bool{documentLimit: true, documentLimit + 1: false} {
		d, err := unzipXML(archive(t, "a.xml", strings.Repeat("0", size)))
		if (err == nil) != ok || (ok && len(d.Content) != size) || (!ok && len(d.Content) != 0) {
			t.Errorf("%d bytes: %d, %v", size, len(d.Content), err)
		}
		if ok && d.Type != "application/xml" {
			t.Errorf("type %q", d.Type)
		}
	}
	if documentLimit != 16<<20 || fileLimit != 50 {
		t.Errorf("limits %d and %d", documentLimit, fileLimit)
	}
	for name, method := range map[string]uint16{"that was spoilt": zip.Store, "packed in a way nobody knows": 99} {
		var w bytes.Buffer
		z := zip.NewWriter(&w)
		f, err := z.CreateRaw(&zip.FileHeader{Name: "a.xml", Method: method, CRC32: 1, CompressedSize64: 2, UncompressedSize64: 2})
		if err == nil {
			_, err = f.Write([]byte("ab"))
		}
		if err := errors.Join(err, z.Close()); err != nil {
			t.Fatal(err)
		}
		if d, err := unzipXML(w.Bytes()); err == nil || len(d.Content) != 0 {
			t.Errorf("a file %s: %q, %v", name, d.Content, err)
		}
	}
}
