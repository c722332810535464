package sandbox_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// download gives a document's content; these answers are JSON under another Content-Type.
func (c *caller) download(method, path string, body any) (name, kind string, content []byte) {
	c.t.Helper()
	r := c.call(method, base+path, body)
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "text/plain") {
		c.t.Errorf("Content-Type %q", r.Header.Get("Content-Type"))
	}
	var data struct{ Name, Type, Content string }
	r.asJSON(c.t).ok(c.t, &data)
	content, err := base64.StdEncoding.DecodeString(data.Content)
	if err != nil {
		c.t.Fatal(err)
	}
	return data.Name, data.Type, content
}

// atNine is the clock of kept with a time stamp to look for.
func atNine() sandbox.Options {
	o := kept()
	o.Now = func() time.Time { return time.Date(2026, 9, 21, 7, 10, 32, 0, time.UTC) }
	return o
}

func TestDocument_isAPDFOnceItIsSent(t *testing.T) {
	for _, path := range []string{"DocumentDatawithuuid?uuid=AAAA-bbbb&fileFormat=PDF", "DocumentData?invoiceId=1&fileFormat=PDF&type=1"} {
		c := signed(t, atNine())
		name, kind, content := c.download(http.MethodGet, "einvoices/"+path, nil)
		if name != "20260921101032.pdf" || kind != "PDF" || !bytes.HasPrefix(content, []byte("%PDF-")) || !bytes.Contains(content, []byte("TOPLAM 120.00")) {
			t.Errorf("%s: %s", name, content)
		}
		start := bytes.LastIndex(content, []byte("startxref\n"))
		offset, err := strconv.Atoi(strings.Fields(string(content[start:]))[1])
		if err != nil || !bytes.HasPrefix(content[offset:], []byte("xref\n")) {
			t.Errorf("the PDF's table is not at %d", offset)
		}
	}
	c := signed(t, kept())
	if _, _, content := c.download(http.MethodPost, "einvoices/print-eaportal-invoice-pdf?invoiceId=1", rawNull()); !bytes.HasPrefix(content, []byte("%PDF-")) {
		t.Errorf("portal's is %s", content)
	}
}

func TestDocument_isAPageBeforeItIsSent(t *testing.T) {
	c := signed(t, atNine())
	name, kind, content := c.download(http.MethodGet, "einvoices/DocumentDatawithuuid?uuid=CCCC-dddd&fileFormat=PDF", nil)
	if name != "20260921101032.html" || kind != "HTML" || !bytes.HasPrefix(content, []byte("<!DOCTYPE html>")) {
		t.Errorf("%s, %s: %s", name, kind, content)
	}
	// §12, to §6.6: received ones are a real PDF, in whatever state.
	c.s.EditInvoices(func(v []sandbox.Invoice) []sandbox.Invoice { v[2].Status = sandbox.StatusDraft; return v })
	if _, kind, content := c.download(http.MethodGet, "einvoices/DocumentDatawithuuid?uuid=EEEE-ffff", nil); kind != "PDF" || !bytes.HasPrefix(content, []byte("%PDF-")) {
		t.Errorf("received: %s %s", kind, content)
	}
}

func TestDocument_ublIsAZip(t *testing.T) {
	for _, path := range []string{"DocumentUblDatawithuuid?uuid=AAAA-bbbb&type=1", "DocumentUblData?invoiceId=1&type=1"} {
		c := signed(t, atNine())
		name, kind, content := c.download(http.MethodGet, "einvoices/"+path, nil)
		if name != "20260921101032.zip" || kind != "zip" { // §12, to §6.6: no MIME type
			t.Errorf("%s is %s", name, kind)
		}
		z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
		if err != nil || len(z.File) != 1 || z.File[0].Name != "AAAA-bbbb.xml" {
			t.Fatalf("%v, %v", z, err)
		}
		if text := unzipped(t, content); !bytes.Contains(text, []byte("<cbc:UUID>AAAA-bbbb</cbc:UUID>")) {
			t.Errorf("%s", text)
		}
	}
}

func TestDocument_refuses(t *testing.T) {
	c := signed(t, kept())
	for name, tt := range map[string]struct { // the words of §12, to §3.1
		path    string
		code    int
		message string
	}{
		"ETTN in other case": {"DocumentDatawithuuid?uuid=aaaa-bbbb&fileFormat=PDF", 599, "UBL dosyası bulunamadı"},
		"UBL, other case":    {"DocumentUblDatawithuuid?uuid=AAAA-BBBB", 599, "UBL dosyası bulunamadı"},
		"unknown ETTN":       {"DocumentDatawithuuid?uuid=x&fileFormat=PDF", 599, "Kayıt Numarası Bulunamadı!"},
		"unknown id":         {"DocumentData?invoiceId=99", 599, "Kayıt Numarası Bulunamadı!"},
		"no id":              {"DocumentData", 599, "Kayıt Numarası Bulunamadı!"},
		"UBL of a draft":     {"DocumentUblData?invoiceId=2&type=1", 400, "UBL bulunamadı! : UBL not found!"},
		"UBL of nothing":     {"DocumentUblDatawithuuid?uuid=x", 400, "UBL bulunamadı! : UBL not found!"},
	} {
		t.Run(name, func(t *testing.T) {
			r := c.call(http.MethodGet, base+"einvoices/"+tt.path, nil)
			if r.refused(t, tt.code, tt.message); tt.code == 400 && r.Status != 400 {
				t.Errorf("HTTP %d", r.Status)
			}
		})
	}
	c.s.Change(func(o *sandbox.Options) { o.DraftUBL = true })
	if _, kind, _ := c.download(http.MethodGet, "einvoices/DocumentUblData?invoiceId=2&type=1", nil); kind != "zip" {
		t.Errorf("the draft's is %s", kind)
	}
	if r := c.call(http.MethodPost, base+"einvoices/DocumentDatawithuuid?uuid=AAAA-bbbb", object{}); r.Status != http.StatusNotFound { // §12, to §3.1: not 405
		t.Errorf("by POST, as the swagger has it: HTTP %d", r.Status)
	}
}

func TestOrders(t *testing.T) {
	c := signed(t, sandbox.Options{})
	var l listing
	body := productsBody(1, 100, object{"columnName": "date", "operator": "IsGreaterThanOrEqualTo", "value": "2026-03-01T00:00:00"})
	body["sorting"] = object{"date": "Desc"}
	c.call(http.MethodPost, base+"orders/orders", body).ok(t, &l)
	all := c.s.Orders()
	if len(l.Data) == 0 || len(l.Data) >= len(all) {
		t.Fatalf("%d rows of %d", len(l.Data), len(all))
	}
	row := l.Data[0]
	detail := c.get("orders/" + strconv.FormatInt(l.ids()[0], 10))
	if row["orderNumber"] != detail["orderNumber"] || row["total"] != detail["total"] || detail["firm"].(object)["name"] != row["firmName"] {
		t.Errorf("row %v, detail %v", row, detail)
	}
	lines := detail["invoiceLines"].([]any)
	if len(lines) == 0 || lines[0].(object)["product"].(object)["code"] == "" || len(detail["vatInfo"].([]any)) == 0 {
		t.Errorf("detail %v", detail)
	}
	c.call(http.MethodGet, base+"orders/99999", nil).refused(t, 599, "Bulunamadı")
	sorted := productsBody(1, 1)
	sorted["sorting"] = object{"x": "Asc"}
	c.call(http.MethodPost, base+"orders/orders", sorted).refused(t, 400, "")
	if r := c.call(http.MethodGet, base+"orders/orders", nil); r.Status != http.StatusNotFound {
		t.Errorf("the list by GET: HTTP %d", r.Status)
	}
	c.call(http.MethodPut, base+"orders", object{}).refused(t, 403, "API yetkilendirilmedi")
	c.s.EditOrders(func(o []sandbox.Order) []sandbox.Order { return o[:1] })
	if len(c.s.Orders()) != 1 {
		t.Error("the edit did nothing")
	}
	c.s.EditFirms(func([]sandbox.Firm) []sandbox.Firm { return nil })
	if len(c.s.Firms()) != 0 {
		t.Error("the edit of the firms did nothing")
	}
}
