package sandbox_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// download gives a document's content; these answers are JSON under another Content-Type.
func (c *caller) download(method, path string, body any) (name string, content []byte) {
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
	return data.Name, content
}

func TestDocument_isAPDFOnceItIsSent(t *testing.T) {
	for _, path := range []string{"DocumentDatawithuuid?uuid=AAAA-bbbb&fileFormat=PDF", "DocumentData?invoiceId=1&fileFormat=PDF&type=1"} {
		c := signed(t, kept())
		name, content := c.download(http.MethodGet, "einvoices/"+path, nil)
		if name != "ISB2026000000001.pdf" || !bytes.HasPrefix(content, []byte("%PDF-")) || !bytes.Contains(content, []byte("TOPLAM 120.00")) {
			t.Errorf("%s: %s", name, content)
		}
		start := bytes.LastIndex(content, []byte("startxref\n"))
		offset, err := strconv.Atoi(strings.Fields(string(content[start:]))[1])
		if err != nil || !bytes.HasPrefix(content[offset:], []byte("xref\n")) {
			t.Errorf("the PDF's table is not at %d", offset)
		}
	}
	c := signed(t, kept())
	if _, content := c.download(http.MethodPost, "einvoices/print-eaportal-invoice-pdf?invoiceId=1", rawNull()); !bytes.HasPrefix(content, []byte("%PDF-")) {
		t.Errorf("portal's is %s", content)
	}
}

func TestDocument_isAPageBeforeItIsSent(t *testing.T) {
	c := signed(t, kept())
	name, content := c.download(http.MethodGet, "einvoices/DocumentDatawithuuid?uuid=CCCC-dddd&fileFormat=PDF", nil)
	if !strings.HasSuffix(name, ".pdf") || !bytes.HasPrefix(content, []byte("<!DOCTYPE html>")) {
		t.Errorf("%s: %s", name, content)
	}
}

func TestDocument_ublIsAZip(t *testing.T) {
	for _, path := range []string{"DocumentUblDatawithuuid?uuid=AAAA-bbbb&type=1", "DocumentUblData?invoiceId=1&type=1"} {
		c := signed(t, kept())
		_, content := c.download(http.MethodGet, "einvoices/"+path, nil)
		z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
		if err != nil || len(z.File) != 1 || z.File[0].Name != "AAAA-bbbb.xml" {
			t.Fatalf("%v, %v", z, err)
		}
		f, err := z.File[0].Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(f)
		if err != nil || !bytes.Contains(text, []byte("<UUID>AAAA-bbbb</UUID>")) {
			t.Errorf("%s, %v", text, err)
		}
	}
}

func TestDocument_refuses(t *testing.T) {
	c := signed(t, kept())
	for name, path := range map[string]string{
		"ETTN in other case": "DocumentDatawithuuid?uuid=aaaa-bbbb&fileFormat=PDF",
		"unknown ETTN":       "DocumentDatawithuuid?uuid=x&fileFormat=PDF",
		"unknown id":         "DocumentData?invoiceId=99",
		"no id":              "DocumentData",
		"UBL of a draft":     "DocumentUblData?invoiceId=2&type=1",
		"UBL, other case":    "DocumentUblDatawithuuid?uuid=AAAA-BBBB",
	} {
		t.Run(name, func(t *testing.T) {
			c.call(http.MethodGet, base+"einvoices/"+path, nil).refused(t, 599, "Bulunamadı")
		})
	}
	if r := c.call(http.MethodPost, base+"einvoices/DocumentDatawithuuid?uuid=AAAA-bbbb", object{}); r.Status != http.StatusNotFound { // §12, to §3.1: not 405
		t.Errorf("by POST, as the swagger has it: HTTP %d", r.Status)
	}
}

func TestOutgoing_listsWhatIsAtGIB(t *testing.T) {
	for name, tt := range map[string]struct {
		method, path string
		body         any
		want         []string // GİB's numbers, as invoiceId
	}{
		"outgoing": {http.MethodPost, "GetOutgoingInvoiceDataList", productsBody(1, 10), []string{"ISB2026000000001", "ISB2026000000004"}},
		"filtered": {http.MethodPost, "GetOutgoingInvoiceDataList", productsBody(1, 10, object{"columnName": "isCancelled", "operator": 3, "value": true}), []string{"ISB2026000000004"}},
		"incoming": {http.MethodPost, "myInvoicesList", productsBody(1, 10), []string{"GID2026000000003"}},
		"report":   {http.MethodGet, "IntegrationInvoiceReport", nil, []string{"ISB2026000000001", "ISB2026000000004"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := signed(t, kept())
			var l listing
			c.call(tt.method, base+"einvoices/"+tt.path, tt.body).asJSON(t).ok(t, &l)
			var got []string
			for _, row := range l.Data {
				got = append(got, row["invoiceId"].(string))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("lists %v", got)
			}
		})
	}
	c := signed(t, kept())
	if r := c.call(http.MethodPost, base+"einvoices/myInvoicesList%27", productsBody(1, 10)); r.Status != http.StatusNotFound {
		t.Errorf("the published path with its quote: HTTP %d", r.Status)
	}
	o := kept()
	o.Plain = true
	c = signed(t, o)
	if r := c.call(http.MethodPost, base+"einvoices/myInvoicesList", productsBody(1, 10)); !r.isJSON {
		t.Errorf("plain under %q", r.Header.Get("Content-Type"))
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
