package sandbox

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"html"
	"net/http"
	"strconv"
)

// The routes of documents (isbasi-api.md §6.6).
const (
	RouteDocument     = "einvoices/DocumentDatawithuuid"
	RouteDocumentByID = "einvoices/DocumentData"
	RouteUBL          = "einvoices/DocumentUblDatawithuuid"
	RouteUBLByID      = "einvoices/DocumentUblData"
	RoutePortalPDF    = "einvoices/print-eaportal-invoice-pdf"
)

// document finds the invoice of an address: by ETTN, whose letters' case counts, or by id.
func (s *Server) document(c *call) *Invoice {
	if uuid := c.query("uuid"); uuid != "" {
		return s.invoices.find(func(v *Invoice) bool { return v.UUID == uuid })
	}
	id, err := strconv.ParseInt(c.query("invoiceId"), 10, 64)
	if err != nil {
		return nil
	}
	return s.invoice(id)
}

// printed answers the invoice as a PDF; before it is sent, as a page that is called a PDF too.
func (s *Server) printed(c *call) answer {
	v := s.document(c)
	if v == nil {
		return s.gone(c)
	}
	content := pdf(v.Number, v.UUID, "TOPLAM "+v.Total.StringFixed(2))
	if v.Status == StatusDraft && !s.o.Plain {
		content = fmt.Appendf(nil, "<!DOCTYPE html><html lang=\"tr\"><body><h1>TASLAK %s</h1><p>%s</p></body></html>",
			html.EscapeString(v.Number), html.EscapeString(v.FirmName))
	}
	return s.file(c, v.Number+".pdf", "application/pdf", content)
}

// ubl answers the document's XML in a zip; a draft has none.
func (s *Server) ubl(c *call) answer {
	v := s.document(c)
	if v == nil || v.Status == StatusDraft {
		return s.gone(c)
	}
	text, err := xml.Marshal(struct {
		XMLName xml.Name `xml:"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2 Invoice"`
		ID      string
		UUID    string
		Date    string `xml:"IssueDate"`
		Payable string `xml:"LegalMonetaryTotal>PayableAmount"`
	}{ID: v.Number, UUID: v.UUID, Date: v.Date.In(turkey()).Format("2006-01-02"), Payable: v.Total.StringFixed(2)})
	if err != nil {
		return s.refuse(c, http.StatusInternalServerError, http.StatusInternalServerError, "Beklenmeyen bir hata oluştu.")
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	f, err := z.Create(v.UUID + ".xml")
	if err == nil {
		_, err = f.Write(append([]byte(xml.Header), text...))
	}
	if err != nil || z.Close() != nil {
		return s.refuse(c, http.StatusInternalServerError, http.StatusInternalServerError, "Beklenmeyen bir hata oluştu.")
	}
	return s.file(c, v.UUID+".zip", "application/zip", b.Bytes())
}

func (s *Server) file(c *call, name, kind string, content []byte) answer {
	return s.asText(s.ok(c, map[string]any{"name": name, "type": kind, "content": base64.StdEncoding.EncodeToString(content)}))
}

// pdf makes a page with a few lines of ASCII.
func pdf(lines ...string) []byte {
	text := "BT /F1 12 Tf 14 TL 40 800 Td"
	for _, l := range lines {
		text += " (" + l + ") Tj T*"
	}
	text += " ET"
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, object := range []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
		fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(text), text),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
	} {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj%s\nendobj\n", i+1, object)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, offset := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}
