package isbasi

import (
	"bytes"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// shop is an İşbaşı with one e-Fatura user among its firms and no invoices, whose clock stands still.
func shop(at time.Time) sandbox.Options {
	return sandbox.Options{
		Products: []sandbox.Product{{ID: 1, Type: sandbox.TypeProduct, Code: "MTR-750", Name: "Çelik Matara 750 ml", VATRate: decimal.NewNullDecimal(decimal.NewFromInt(20))}},
		Firms:    []sandbox.Firm{}, Invoices: []sandbox.Invoice{}, Registered: []string{"4540536920"}, Now: func() time.Time { return at },
	}
}

// draftFor is a draft for a company, of an e-Fatura where its number is registered.
func draftFor(number string) domain.InvoiceDraft {
	d := aDraft()
	d.Customer.Person, d.Customer.FirstName, d.Customer.LastName = false, "", ""
	d.Customer.Name, d.Customer.TaxNumber, d.Customer.TaxOffice = "Öz Gümüş Ltd. Şti.", number, "Konak"
	return d
}

func TestStandIn_outgoingDocumentsArriveAsTheyAre(t *testing.T) {
	for name, plain := range map[string]bool{"quirks": false, "plain": true} {
		o := shop(utc("2026-05-04T11:40:00Z"))
		o.Plain, o.GIBReads = plain, 3
		c, server := signedIn(t, o, Options{})
		var stored []domain.StoredDraft
		for _, draft := range []domain.InvoiceDraft{aDraft(), draftFor("4540536920"), draftFor("7740606115")} {
			stored = append(stored, must[domain.StoredDraft](t)(c.CreateDraft(t.Context(), draft)))
		}
		for _, sent := range stored[:2] { // the third stays a draft
			if err := c.SendInvoice(t.Context(), sent.ID); err != nil {
				t.Fatal(err)
			}
		}
		want := domain.EDocument{
			UUID: stored[1].UUID, Number: stored[1].Number, InvoiceID: stored[1].ID, IssuedAt: utc("2026-05-04T11:30:00Z"), Amount: price("699.8"), Currency: domain.TRY,
			Party: "Öz Gümüş Ltd. Şti.", PartyNumber: "4540536920", Scenario: domain.ScenarioCommercial, TypeText: "Satış",
			Status: domain.EStatusInProgress, StatusText: "HENÜZ İŞLENMEDİ", StatusCode: "1",
		}
		list := func(q domain.ListQuery) []domain.EDocument {
			return must[[]domain.EDocument](t)(everything(c.OutgoingDocuments(t.Context(), q)))
		}
		all := list(domain.ListQuery{})
		if len(all) != 2 || spelled(all[1]) != spelled(want) {
			t.Fatalf("%s:\n got %+v\nwant %s", name, all, spelled(want))
		}
		if got := all[0]; got.Number != stored[0].Number || got.Party != "Işıl Güneş" || got.PartyNumber != "11111111111" || !got.Person {
			t.Errorf("%s: %+v", name, got)
		}
		list(domain.ListQuery{})
		list(domain.ListQuery{})
		byNumber := domain.ListQuery{Filters: []domain.Filter{{Column: "invoiceId", Operator: domain.IsEqualTo, Value: stored[1].Number}}}
		if err := server.RejectInvoice(server.Invoices()[1].ID, "Sipariş edilmedi"); err != nil {
			t.Fatal(err)
		}
		want.Status, want.StatusText, want.StatusCode, want.RejectNote = domain.EStatusDone, "BASARIYLA TAMAMLANDI", "10", "Sipariş edilmedi"
		if got := list(byNumber); len(got) != 1 || spelled(got[0]) != spelled(want) {
			t.Errorf("%s:\n got %+v\nwant %s", name, got, spelled(want))
		}
		later := domain.ListQuery{Filters: []domain.Filter{{Column: "issueDate", Operator: domain.IsGreaterThan, Value: utc("2026-05-04T11:30:00Z")}}}
		if got := list(later); len(got) != 0 {
			t.Errorf("%s: after its day %+v", name, got)
		}
	}
}

// An invoice on its way, as the client reads it: by the list and by itself.
func TestStandIn_invoiceOnItsWay(t *testing.T) {
	o := shop(utc("2026-05-04T11:40:00Z"))
	o.GIBReads = 2
	c, server := signedIn(t, o, Options{})
	stored := must[domain.StoredDraft](t)(c.CreateDraft(t.Context(), aDraft()))
	row := func() domain.Invoice {
		rows := must[[]domain.Invoice](t)(everything(c.Invoices(t.Context(), domain.ListQuery{})))
		if len(rows) != 1 || rows[0].ID != stored.ID {
			t.Fatalf("%+v", rows)
		}
		return rows[0]
	}
	if got := row(); got.Status != domain.EStatusDraft || got.Number != stored.Number || got.Description != "" || got.Lines != nil {
		t.Errorf("the draft's row is %+v", got)
	}
	_, err := c.InvoicePDF(t.Context(), stored.UUID)
	wantKind(t, err, domain.KindState)
	if err := c.SendInvoice(t.Context(), stored.ID); err != nil {
		t.Fatal(err)
	}
	if got := row(); got.Status != domain.EStatusInProgress {
		t.Errorf("sent: %+v", got)
	}
	if got := must[domain.Invoice](t)(c.Invoice(t.Context(), stored.ID)); got.Status != domain.EStatusInProgress || !got.Cancellable {
		t.Errorf("sent: %+v", got)
	}
	if got := row(); got.Status != domain.EStatusDone {
		t.Errorf("done: %+v", got)
	}
	if got := must[domain.Invoice](t)(c.Invoice(t.Context(), stored.ID)); got.GIBCode != "1300" || got.RejectNote != "" {
		t.Errorf("done: %+v", got)
	}
	pdf := must[domain.Document](t)(c.InvoicePDF(t.Context(), stored.UUID))
	ubl := must[domain.Document](t)(c.InvoiceUBL(t.Context(), stored.UUID))
	if !bytes.Contains(pdf.Content, []byte(stored.Number)) || !bytes.Contains(pdf.Content, []byte("TOPLAM 699.80 TL")) ||
		!bytes.Contains(ubl.Content, []byte(">"+stored.Number+"<")) || !bytes.Contains(ubl.Content, []byte("Işıl Güneş")) {
		t.Errorf("PDF %s, UBL %s", pdf.Content, ubl.Content)
	}
	if err := server.CancelInvoice(server.Invoices()[0].ID); err != nil {
		t.Fatal(err)
	}
	if got := must[domain.Invoice](t)(c.Invoice(t.Context(), stored.ID)); !got.Cancelled || got.Cancellable || !row().Cancelled {
		t.Errorf("cancelled: %+v", got)
	}
	wantKind(t, c.DeleteDrafts(t.Context(), stored.ID), domain.KindState)
}

// What İşbaşı says of a document that GİB refused is not known: in a state of its own nobody takes it for done or
// for a draft, and as a draft again it says why.
func TestStandIn_refusedByGIB(t *testing.T) {
	for draftAgain, want := range map[bool]domain.EStatus{false: domain.EStatusUnknown, true: domain.EStatusDraft} {
		o := shop(utc("2026-05-04T11:40:00Z"))
		o.RefusedIsDraft, o.GIBReads = draftAgain, 1
		o.Faults = []sandbox.Fault{{Kind: sandbox.FaultRefuse, Route: sandbox.RouteFormalise, Status: 1181, Message: "ADRES BULUNAMADI"}}
		c, _ := signedIn(t, o, Options{})
		stored := must[domain.StoredDraft](t)(c.CreateDraft(t.Context(), draftFor("4540536920")))
		if err := c.SendInvoice(t.Context(), stored.ID); err != nil {
			t.Fatal(err)
		}
		must[domain.Invoice](t)(c.Invoice(t.Context(), stored.ID))
		if got := must[domain.Invoice](t)(c.Invoice(t.Context(), stored.ID)); got.Status != want || got.GIBCode != "1181" || got.RejectNote != "ADRES BULUNAMADI" {
			t.Errorf("a draft again %v: %+v", draftAgain, got)
		}
	}
}

func TestStandIn_draftsThatTheListLeavesOut(t *testing.T) {
	o := shop(utc("2026-05-04T11:40:00Z"))
	o.DraftsUnlisted = true
	c, _ := signedIn(t, o, Options{})
	stored := must[domain.StoredDraft](t)(c.CreateDraft(t.Context(), aDraft()))
	if rows := must[[]domain.Invoice](t)(everything(c.Invoices(t.Context(), domain.ListQuery{}))); len(rows) != 0 {
		t.Errorf("%+v", rows)
	}
	if got := must[domain.Invoice](t)(c.Invoice(t.Context(), stored.ID)); got.Status != domain.EStatusDraft || got.Description != "Sipariş [90012]" {
		t.Errorf("%+v", got)
	}
}

// An invoice that a person has made on İşbaşı's screen is found by its total and description, and is in the way of
// an earlier date.
func TestStandIn_issuedByHand(t *testing.T) {
	c, server := signedIn(t, shop(utc("2026-05-04T11:40:00Z")), Options{})
	byHand, err := server.IssueByHand(sandbox.ByHand{Date: utc("2026-05-04T12:00:00Z"), Description: "Sipariş [90012]", Total: decimal.RequireFromString("699.80")})
	if err != nil {
		t.Fatal(err)
	}
	rows := must[[]domain.Invoice](t)(everything(c.Invoices(t.Context(), domain.ListQuery{})))
	if len(rows) != 1 || rows[0].Number != byHand.Number || rows[0].Status != domain.EStatusDone || !rows[0].Total.Decimal.Equal(byHand.Total) {
		t.Fatalf("%+v", rows)
	}
	if got := must[domain.Invoice](t)(c.Invoice(t.Context(), rows[0].ID)); got.Description != "Sipariş [90012]" || got.UUID != byHand.UUID {
		t.Errorf("%+v", got)
	}
	_, err = c.CreateDraft(t.Context(), aDraft())
	wantKind(t, err, domain.KindRejected)
	if len(server.Invoices()) != 1 {
		t.Error("a draft was stored")
	}
}

func TestStandIn_taxpayerUnanswered(t *testing.T) {
	o := shop(utc("2026-05-04T11:40:00Z"))
	o.Unanswered = []string{"4540536920"}
	c, _ := signedIn(t, o, Options{})
	_, err := c.Taxpayer(t.Context(), "4540536920")
	wantKind(t, err, domain.KindUnavailable)
	if got := must[domain.Taxpayer](t)(c.Taxpayer(t.Context(), "7740606115")); got.Registered {
		t.Errorf("%+v", got)
	}
}
