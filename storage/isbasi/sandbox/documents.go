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

// document finds the invoice of an address, by ETTN or by id; nil when it is not there.
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

// otherCase tells whether the ETTN of the address is known but for its letters' case, which counts.
func (s *Server) otherCase(c *call) bool {
	uuid := upper(c.query("uuid"))
	return uuid != "" && s.invoices.find(func(v *Invoice) bool { return upper(v.UUID) == uuid }) != nil
}

// noDocument refuses what is not there, in the words of isbasi-api.md §12, to §3.1, which leaves the status
// of the other case's open.
func (s *Server) noDocument(c *call, missing answer) answer {
	if s.document(c) == nil && s.otherCase(c) {
		return s.business(c, "UBL dosyası bulunamadı")
	}
	return missing
}

// printed answers the invoice as a PDF; ours before it is sent as a page of HTML, whatever was asked for.
func (s *Server) printed(c *call) answer {
	v := s.document(c)
	if v == nil {
		return s.noDocument(c, s.gone(c))
	}
	if v.Status == StatusDraft && !v.received() && !s.o.Plain {
		return s.file(c, "HTML", fmt.Appendf(nil, "<!DOCTYPE html><html lang=\"tr\"><body><h1>TASLAK %s</h1><p>%s</p></body></html>",
			html.EscapeString(v.Number), html.EscapeString(v.FirmName)))
	}
	return s.file(c, "PDF", pdf(v.print()))
}

// ubl answers the document's XML in a zip; a draft has none, unless DraftUBL says so.
func (s *Server) ubl(c *call) answer {
	v := s.document(c)
	if v == nil || v.Status == StatusDraft && !v.received() && !s.o.DraftUBL {
		return s.noDocument(c, s.invalid(c, []string{"UBL bulunamadı! : UBL not found!"}))
	}
	text, err := xml.MarshalIndent(s.ublInvoice(v), "", " ")
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
	return s.file(c, "zip", b.Bytes())
}

// file answers a document. Its type is a word of İşbaşı's own, no MIME type, and its name the time
// (isbasi-api.md §12, to §6.6).
func (s *Server) file(c *call, kind string, content []byte) answer {
	ending := map[string]string{"HTML": "html", "PDF": "pdf", "zip": "zip"}[kind]
	return s.asText(s.ok(c, map[string]any{
		"name": s.now().In(turkey()).Format("20060102150405") + "." + ending, "type": kind,
		"content": base64.StdEncoding.EncodeToString(content),
	}))
}
