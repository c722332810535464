package isbasi

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// seeds gives a fuzz target the data of fixtures, and what stands in its place at times.
func seeds(f *testing.F, names ...string) {
	f.Helper()
	for _, name := range names {
		var e struct {
			Data json.RawMessage `json:"data"`
		}
		if err := unmarshal([]byte(fixture(f, name)), &e); err != nil {
			f.Fatal(err)
		}
		f.Add(string(e.Data))
	}
	for _, odd := range []string{`{}`, `null`, `[]`, `"x"`, `{"id":[],"prices":{},"units":[null,1,"x",{}]}`, `{"total":1e999999}`} {
		f.Add(odd)
	}
}

// bounded tells whether a decimal is of a size that a person could have typed.
func bounded(numbers ...decimal.NullDecimal) bool {
	for _, n := range numbers {
		if n.Valid && len(n.Decimal.String()) > 100 {
			return false
		}
	}
	return true
}

func FuzzProductDetail(f *testing.F) {
	seeds(f, "product_detail")
	f.Fuzz(func(t *testing.T, data string) {
		var w whole[productWire]
		if unmarshal([]byte(data), &w) != nil {
			return
		}
		before := w.value.detail(matara)
		var was record
		if err := unmarshal([]byte(data), &was); err != nil {
			t.Fatal(err)
		}
		change := productChange{record: w.raw, before: before}
		err := change.apply(domain.ProductChange{Price: price("12.34"), Name: "x", Barcode: "1"})
		if kind := domain.KindOf(err); kind != "" && kind != domain.KindInvalid && kind != domain.KindBadAnswer {
			t.Fatalf("%v", err)
		}
		if err != nil {
			return
		}
		sent, err := json.Marshal(w.raw)
		if err != nil {
			t.Fatal(err)
		}
		var now record
		if err := unmarshal(sent, &now); err != nil {
			t.Fatal(err)
		}
		for _, field := range differing(t, was, now) {
			switch strings.ToLower(field) {
			case "name", "prices", "units", "mainunit", "barcode", "salespricetaxincluded":
			default:
				t.Errorf("%s was changed: %s, was %s", field, now[field], was[field])
			}
		}
		for _, p := range before.Prices {
			if !bounded(p.Price, p.WithVAT, p.WithoutVAT) {
				t.Errorf("%+v", p)
			}
		}
	})
}

func FuzzInvoiceDetail(f *testing.F) {
	seeds(f, "invoice_detail", "gib_user", "draft_stored")
	f.Fuzz(func(t *testing.T, data string) {
		var invoice invoiceWire
		if unmarshal([]byte(data), &invoice) == nil {
			i := invoice.invoice()
			if !bounded(i.Net, i.VAT, i.Total, i.TotalTRY, i.Remaining) {
				t.Errorf("%+v", i)
			}
			if i.Status == domain.EStatusDraft && firstOf(invoice.EGovernment.value.EStatus, invoice.EGoverment.value.EStatus, invoice.EStatus) != "0" {
				t.Errorf("taken for a draft: %s", data)
			}
		}
		var taxpayer taxpayerWire
		if unmarshal([]byte(data), &taxpayer) == nil {
			var got domain.Taxpayer
			if taxpayer.into(&got); got.Registered != (len(got.Inboxes)+len(got.Outboxes) > 0) {
				t.Errorf("%+v", got)
			}
		}
	})
}

func FuzzDocument(f *testing.F) {
	seeds(f, "document_pdf", "document_html")
	f.Add(`{"content":"UEsDBBQAAAAIAA=="}`)
	f.Fuzz(func(t *testing.T, data string) {
		var w documentWire
		if unmarshal([]byte(data), &w) != nil {
			return
		}
		content, err := w.content()
		if err != nil {
			return
		}
		if len(content) > documentLimit {
			t.Errorf("%d bytes", len(content))
		}
		if d, err := unzipXML(content); err == nil && (len(d.Content) > documentLimit || strings.ContainsAny(d.Name, `/\`)) {
			t.Errorf("%q, %d bytes", d.Name, len(d.Content))
		}
	})
}

func FuzzDateOrder(f *testing.F) {
	f.Add("Girilen tarihten sonra aynı tipte fatura kesilmiş. En son fatura Tarihi :04-05-2026 14:30")
	f.Add("en son fatura tarihi 31.02.2026 25:61")
	f.Fuzz(func(t *testing.T, message string) {
		err := dateOrder(answer{status: http.StatusBadRequest, body: []byte(refusal(400, message))}.decode("x", nil))
		if err == nil || (domain.KindOf(err) != domain.KindRejected && domain.KindOf(err) != domain.KindNotFound) {
			t.Errorf("%v", err)
		}
	})
}
