package isbasi

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// counterpart is an İşbaşı that the contract is held against: the stand-in by default, Logo's test host
// with the build tag live.
type counterpart struct {
	client *Client
	// send allows the one act that cannot be taken back.
	send bool
}

// TestContract holds every call against what the reference says of it. It changes only records that it
// has made, or back to what they were, and deletes its drafts.
func TestContract(t *testing.T) {
	for name, open := range counterparts() {
		t.Run(name, func(t *testing.T) {
			it := open(t)
			for step, check := range map[string]func(*testing.T, counterpart){
				"products": holdProducts, "taxpayers": holdTaxpayers, "drafts": holdDrafts,
				"date order": holdDateOrder, "sending": holdSending, "stock": holdStock, "what is not there": holdAbsent,
			} {
				t.Run(step, func(t *testing.T) { check(t, it) })
			}
		})
	}
}

// firstRow gives the first row of a list that there must be.
func firstRow[T any](t *testing.T, pages iter.Seq2[domain.Page[T], error]) (row T) {
	t.Helper()
	for page, err := range pages {
		if err != nil {
			t.Fatal(err)
		}
		if len(page.Rows) == 0 || page.Total < len(page.Rows) || page.Number != 1 {
			t.Fatalf("page %d of %d rows, total %d", page.Number, len(page.Rows), page.Total)
		}
		row = page.Rows[0]
		break
	}
	return row
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// sold is a product with a price, for the contract to handle.
func sold(t *testing.T, c *Client) (row domain.RemoteProduct, detail domain.ProductDetail) {
	t.Helper()
	for page, err := range c.ProductList(t.Context(), domain.ListQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range page.Rows {
			if !row.Active || row.Code == "" || !row.Price.Valid || !row.Price.Decimal.IsPositive() || (row.Currency != "" && row.Currency != domain.TRY) {
				continue
			}
			return row, must[domain.ProductDetail](t)(c.Product(t.Context(), domain.ProductRef{ID: row.ID, Type: row.Type}))
		}
	}
	t.Fatal("no product has a price")
	return row, detail
}

func holdProducts(t *testing.T, it counterpart) {
	c := it.client
	row, detail := sold(t, c)
	if detail.ID != row.ID || detail.Type != row.Type || detail.Code != row.Code || detail.Name != row.Name {
		t.Errorf("row %+v, detail %+v", row, detail)
	}
	ref := detail.ProductRef
	found := firstRow(t, c.ProductList(t.Context(), domain.ListQuery{
		Filters: []domain.Filter{{Column: "code", Operator: domain.IsEqualTo, Value: string(row.Code)}},
	}))
	if found.ID != row.ID {
		t.Errorf("by code: %+v, want %+v", found, row)
	}
	raised := row.Price.Decimal.Add(decimal.RequireFromString("1.20"))
	reads, writes := c.Calls()
	before := must[domain.ProductDetail](t)(c.SaveProduct(t.Context(), ref, domain.ProductChange{Price: decimal.NewNullDecimal(raised)}))
	if r, w := c.Calls(); r-reads != 1 || w-writes != 1 {
		t.Errorf("a price cost %d reads and %d writes", r-reads, w-writes)
	}
	if spelled(before) != spelled(detail) {
		t.Errorf("before: %s, want %s", spelled(before), spelled(detail))
	}
	after := must[domain.ProductDetail](t)(c.Product(t.Context(), ref))
	must[domain.ProductDetail](t)(c.SaveProduct(t.Context(), ref, domain.ProductChange{Price: row.Price}))
	if price := salesPriceOf(after); !price.Valid || !price.Decimal.Equal(raised) {
		t.Errorf("price %v after it was set to %v", price, raised)
	}
	after.Prices, detail.Prices = nil, nil
	if spelled(after) != spelled(detail) {
		t.Errorf("besides the price: %s, want %s", spelled(after), spelled(detail))
	}
	for _, active := range []bool{false, true} {
		turn := c.DeactivateProducts
		if active {
			turn = c.ActivateProducts
		}
		if err := turn(t.Context(), ref); err != nil {
			t.Fatal(err)
		}
		if now := must[domain.ProductDetail](t)(c.Product(t.Context(), ref)); now.Active != active {
			t.Errorf("active %v, want %v", now.Active, active)
		}
	}
}

func salesPriceOf(p domain.ProductDetail) decimal.NullDecimal {
	for _, price := range p.Prices {
		if price.Kind == domain.PriceSales {
			return price.WithVAT
		}
	}
	return decimal.NullDecimal{}
}

func holdTaxpayers(t *testing.T, it counterpart) {
	for _, number := range []string{"4540536920", "10000000146"} {
		got := must[domain.Taxpayer](t)(it.client.Taxpayer(t.Context(), number))
		if got.Number != number || got.Registered != (len(got.Inboxes)+len(got.Outboxes) > 0) {
			t.Errorf("%+v", got)
		}
	}
}

// store stores a draft for the final consumer, dated now or, where İşbaşı has later ones, with them.
func store(t *testing.T, c *Client) (domain.StoredDraft, domain.InvoiceDraft) {
	t.Helper()
	row, _ := sold(t, c)
	draft := aDraft()
	draft.Date = time.Now().UTC().Truncate(time.Second)
	draft.Lines[0].ItemCode, draft.Lines[0].Name, draft.Lines[0].Unit = row.Code, row.Name, row.Unit
	draft.Description = "Sopyo sözleşme sınaması [" + draft.Date.Format("20060102T150405.000") + "]"
	stored, err := c.CreateDraft(t.Context(), draft)
	var late *domain.DateOrderError
	if errors.As(err, &late) {
		draft.Date = late.Latest.Add(time.Minute)
		stored, err = c.CreateDraft(t.Context(), draft)
	}
	if err != nil {
		t.Fatal(err)
	}
	return stored, draft
}

func holdDrafts(t *testing.T, it counterpart) {
	c := it.client
	stored, draft := store(t, c)
	if stored.ID == "" || stored.UUID == "" || stored.Number == "" {
		t.Errorf("%+v", stored)
	}
	got := must[domain.Invoice](t)(c.Invoice(t.Context(), stored.ID))
	total := decimal.RequireFromString("699.80")
	if got.ID != stored.ID || got.UUID != stored.UUID || got.Number != stored.Number || got.Status != domain.EStatusDraft || got.Cancelled ||
		got.Description != draft.Description || got.Currency != domain.TRY || !got.Total.Valid || !got.Total.Decimal.Equal(total) {
		t.Errorf("stored %+v, read back %+v", stored, got)
	}
	if len(got.Lines) != 1 || got.Lines[0].ItemCode != draft.Lines[0].ItemCode || !got.Lines[0].Quantity.Decimal.Equal(draft.Lines[0].Quantity) {
		t.Errorf("lines %+v", got.Lines)
	}
	found := false
	for page, err := range c.Invoices(t.Context(), domain.ListQuery{Desc: true}) {
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range page.Rows {
			if row.ID == stored.ID {
				found = row.Number == stored.Number && row.Status == domain.EStatusDraft && row.Total.Decimal.Equal(total)
			}
		}
		break // the newest are on the first page
	}
	if !found {
		t.Error("the draft is not in the list")
	}
	if _, err := c.InvoicePDF(t.Context(), stored.UUID); err != nil && domain.KindOf(err) != domain.KindState {
		t.Error(err)
	}
	draft.ID, draft.Lines[0].Quantity = stored.ID, decimal.NewFromInt(3)
	if again := must[domain.StoredDraft](t)(c.CreateDraft(t.Context(), draft)); again.ID != stored.ID {
		t.Errorf("replaced: %+v, was %+v", again, stored)
	}
	if got := must[domain.Invoice](t)(c.Invoice(t.Context(), stored.ID)); !got.Total.Decimal.Equal(decimal.RequireFromString("1049.70")) {
		t.Errorf("total %v after the quantity was 3", got.Total)
	}
	if err := c.DeleteDrafts(t.Context(), stored.ID); err != nil {
		t.Fatal(err)
	}
	_, err := c.Invoice(t.Context(), stored.ID)
	wantKind(t, err, domain.KindNotFound)
	draft.ID = ""
	draft.Customer.PostalCode = ""
	_, err = c.CreateDraft(t.Context(), draft)
	wantKind(t, err, domain.KindRejected)
	if !strings.Contains(domain.Fold(detailOf(err)), domain.Fold("posta kodu")) {
		t.Errorf("detail %q", detailOf(err))
	}
}

func holdDateOrder(t *testing.T, it counterpart) {
	stored, draft := store(t, it.client)
	early := draft
	early.Date = draft.Date.AddDate(-20, 0, 0)
	_, err := it.client.CreateDraft(t.Context(), early)
	var late *domain.DateOrderError
	if !errors.As(err, &late) || domain.KindOf(err) != domain.KindRejected || late.Latest.Before(draft.Date.Truncate(time.Minute)) {
		t.Errorf("%v; the latest is at least of %s", err, draft.Date)
	}
	if err := it.client.DeleteDrafts(t.Context(), stored.ID); err != nil {
		t.Fatal(err)
	}
}

func holdSending(t *testing.T, it counterpart) {
	if !it.send {
		return // a legal act: only where it was allowed
	}
	c := it.client
	stored, _ := store(t, c)
	reads, writes := c.Calls()
	if err := c.SendInvoice(t.Context(), stored.ID); err != nil {
		t.Fatal(err)
	}
	if r, w := c.Calls(); r != reads || w-writes != 1 {
		t.Errorf("cost %d reads and %d writes", r-reads, w-writes)
	}
	sent := must[domain.Invoice](t)(c.Invoice(t.Context(), stored.ID))
	if sent.Status != domain.EStatusInProgress && sent.Status != domain.EStatusDone {
		t.Errorf("%+v", sent)
	}
	wantKind(t, c.DeleteDrafts(t.Context(), stored.ID), domain.KindState)
	pdf := must[domain.Document](t)(c.InvoicePDF(t.Context(), stored.UUID))
	if !bytes.HasPrefix(pdf.Content, []byte("%PDF-")) {
		t.Errorf("%q", pdf.Content)
	}
	ubl := must[domain.Document](t)(c.InvoiceUBL(t.Context(), stored.UUID))
	if !bytes.Contains(ubl.Content, []byte(stored.UUID)) {
		t.Errorf("%s does not name %s", ubl.Content, stored.UUID)
	}
}

func holdStock(t *testing.T, it counterpart) {
	answer := must[domain.AbilityAnswer](t)(it.client.ProbeStock(t.Context()))
	if answer != domain.AbilityAllowed && answer != domain.AbilityDenied {
		t.Errorf("%q", answer)
	}
	if answer == domain.AbilityDenied {
		wantKind(t, it.client.SaveStock(t.Context(), aMovement()), domain.KindForbidden)
	}
}

func holdAbsent(t *testing.T, it counterpart) {
	const none domain.RemoteID = "999999999"
	for name, ask := range map[string]func(context.Context) error{
		"product": func(ctx context.Context) error {
			_, err := it.client.Product(ctx, domain.ProductRef{ID: none, Type: 1})
			return err
		},
		"invoice": func(ctx context.Context) error { _, err := it.client.Invoice(ctx, none); return err },
	} {
		if err := ask(t.Context()); domain.KindOf(err) != domain.KindNotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
}
