package app

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// twoOrders are a file of Shopify's: one that is paid and whole, and one that is not paid.
const twoOrders = `Name,Financial Status,Currency,Created at,Lineitem name,Lineitem quantity,Lineitem price,Lineitem sku,Total,Billing Name,Billing Street,Billing City,Billing Zip,Billing Province,Billing Country
#1,paid,TRY,2026-05-01 23:59:40 +0300,Kazak,2,100.00,KZK-M,200.00,Ayşe Yılmaz,Sk. 1,Kadıköy,34710,TR-34,TR
#2,pending,TRY,2026-05-02 10:00:00 +0300,Kazak,1,100.00,KZK-M,100.00,Ali Veli,Sk. 2,Çankaya,06420,TR-06,TR
`

// lines are the rows of a file, whatever it is a list of.
func (h *house) lines(path string) (out []string) {
	h.t.Helper()
	rows, err := h.FirstRows(h.t.Context(), path, listing.Reading{})
	if err != nil {
		h.t.Fatal(err)
	}
	for _, row := range rows {
		out = append(out, strings.Join(row.Cells, "|"))
	}
	return out
}

func TestExports_ofOrdersAndInvoices(t *testing.T) {
	h := newHouse(t, sandbox.Options{})
	path := filepath.Join(t.TempDir(), "o.csv")
	writeFile(t, path, twoOrders)
	found, err := h.FindOrders(t.Context(), path, orders.Choice{})
	if err != nil {
		t.Fatal(err)
	}
	done, err := h.ImportOrders(t.Context(), found)
	if err != nil || done.New != 2 || done.Stages[orders.StageHeld] != 2 {
		t.Fatalf("%+v, %v", done, err)
	}
	day := time.Date(2026, time.May, 4, 0, 0, 0, 0, domain.Istanbul)
	if err := h.LinkInvoice(t.Context(), orders.Key{Marketplace: "shopify", Package: "#1"}, "ABC2026000000001", day); err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"tr", "en"} {
		text := inWords(t, lang)
		ordersPath, err := h.ExportOrders(t.Context(), lang, orders.Query{Sort: orders.SortByNumber, Limit: 1})
		if err != nil || !strings.HasPrefix(filepath.Base(ordersPath), text.T("export.orders.name")+" 20") {
			t.Fatal(ordersPath, err)
		}
		head := []string{"marketplace", "package", "number", "ordered", "shipped", "status", "buyer", "tax-number", "city", "district", "total", "currency", "stage", "why", "do", "warnings", "invoice"}
		rows := h.lines(ordersPath)
		first := line("Shopify", "#1", "#1", "46143.9997685185", text.T("none"), text.T("orders.status.ok"),
			"Ayşe Yılmaz", "", "İstanbul", "Kadıköy", 200, "TRY", text.T("stage.invoiced"), "", "", "", "ABC2026000000001")
		if len(rows) != 3 || rows[0] != keys(text, "export.order.", head...) || rows[1] != first {
			t.Fatalf("%q, want %q", rows, first)
		}
		if cells := strings.Split(rows[2], "|"); cells[1] != "#2" || cells[5] != text.T("orders.status.unpaid") || !strings.Contains(cells[13], text.T("hit.unpaid")) ||
			!strings.Contains(cells[14], text.T("hit.unpaid.do")) || cells[12] != text.T("stage.held") {
			t.Errorf("%q", cells)
		}
		invoicesPath, err := h.ExportInvoices(t.Context(), lang, invoicing.RecordQuery{Limit: 1})
		if err != nil || !strings.HasPrefix(filepath.Base(invoicesPath), text.T("export.invoices.name")+" 20") {
			t.Fatal(invoicesPath, err)
		}
		if rows = h.lines(invoicesPath); len(rows) != 2 {
			t.Fatalf("%q", rows)
		}
		if cells := strings.Split(rows[1], "|"); cells[0] != "ABC2026000000001" || cells[2] != text.T("attempt.linked") || cells[5] != "Ayşe Yılmaz" || cells[9] != "200" || cells[11] != "Shopify" {
			t.Errorf("%q", cells)
		}
		saved := filepath.Join(t.TempDir(), "o.csv")
		if err := h.SaveOrders(t.Context(), orders.Query{Limit: 1}, saved); err != nil || len(h.lines(saved)) != 3 {
			t.Errorf("%q, %v", h.lines(saved), err)
		}
		if err := h.SaveInvoices(t.Context(), invoicing.RecordQuery{Limit: 1}, saved); err != nil || len(h.lines(saved)) != 2 {
			t.Errorf("%q, %v", h.lines(saved), err)
		}
	}
}
