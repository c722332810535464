package isbasi

import (
	"bytes"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// Each test below is one line of the quirk list of isbasi-api.md §8.

// 1: HTTP 400 and isError on a successful sending; 0 and 200 both are success; 599 is a business error.
func TestQuirk01_successUnderFourHundredAndTwoGoodCodes(t *testing.T) {
	c, server := signedIn(t, sandbox.Options{}, Options{})
	stored, _ := store(t, c)
	if err := c.SendInvoice(t.Context(), stored.ID); err != nil {
		t.Fatal(err)
	}
	log := server.Log()
	if sent := log[len(log)-1]; sent.Route != sandbox.RouteFormalise || sent.Status != http.StatusBadRequest {
		t.Errorf("the stand-in answered %+v: not the quirk", sent)
	}
	got := must[domain.Invoice](t)(c.Invoice(t.Context(), stored.ID))
	if got.Status != domain.EStatusInProgress && got.Status != domain.EStatusDone {
		t.Errorf("%+v", got)
	}
	for range 4 { // the stand-in's codes take turns
		if err := c.Ping(t.Context()); err != nil {
			t.Error(err)
		}
	}
	_, err := c.Invoice(t.Context(), "999999999")
	wantKind(t, err, domain.KindNotFound)
	refused, _ := scripted(t, map[string][]reaction{readInvoice: {says(fixture(t, "business_599"))}})
	_, err = refused.Invoice(t.Context(), "90210")
	wantKind(t, err, domain.KindRejected)
}

// 2: gateway pages; nothing is taken for JSON unseen; bodies are limited.
func TestQuirk02_gatewayPagesAndEndlessBodies(t *testing.T) {
	c, server := signedIn(t, sandbox.Options{}, Options{})
	server.Fault(sandbox.Fault{Kind: sandbox.FaultHTML, Status: http.StatusOK, Times: maxAttempts})
	wantKind(t, c.Ping(t.Context()), domain.KindBadAnswer)
	server.Fault(sandbox.Fault{Kind: sandbox.FaultHTML, Status: http.StatusOK, Times: maxAttempts - 1})
	wantKind(t, c.Ping(t.Context()), "")
	server.Fault(sandbox.Fault{Kind: sandbox.FaultHTML, Times: maxAttempts})
	wantKind(t, c.Ping(t.Context()), domain.KindUnavailable)
	server.Fault(sandbox.Fault{Kind: sandbox.FaultHTML, Times: 2})
	wantKind(t, c.Ping(t.Context()), "")

	var written atomic.Int64
	endless, _ := against(t, Options{}, func(w http.ResponseWriter, _ *http.Request) {
		block := bytes.Repeat([]byte("9"), 1<<20)
		for range 1 << 10 { // a gigabyte
			n, err := w.Write(block)
			written.Add(int64(n))
			if err != nil {
				return
			}
		}
	})
	wantKind(t, endless.Ping(t.Context()), domain.KindBadAnswer)
	if n := written.Load(); n > bodyLimit+(64<<20) {
		t.Errorf("%d MiB were taken", n>>20)
	}
}

// 3: ids as text or number; null for empty arrays and objects; unknown fields.
func TestQuirk03_idsOfBothShapesAndNullsAndUnknownFields(t *testing.T) {
	for _, data := range []string{
		`{"id":"7001","firm":null,"invoiceLines":null,"vatInfo":null,"yeni":{"x":[1]}}`,
		`{"id":7001,"firm":[],"invoiceLines":{},"address":null}`,
	} {
		c, _ := scripted(t, map[string][]reaction{"GET invoices/7001": {says(good(data))}})
		i, err := c.Invoice(t.Context(), "7001")
		if err != nil || i.ID != "7001" || i.Lines != nil || i.Firm != (domain.FirmRef{}) {
			t.Errorf("%s: %+v, %v", data, i, err)
		}
	}
	c, _ := signedIn(t, sandbox.Options{}, Options{})
	seen := map[domain.RemoteID]bool{}
	for _, p := range must[[]domain.RemoteProduct](t)(everything(c.ProductList(t.Context(), domain.ListQuery{}))) {
		if strings.Trim(string(p.ID), "0123456789") != "" || seen[p.ID] {
			t.Errorf("id %q", p.ID)
		}
		seen[p.ID] = true
	}
}

// 4: TL and TRY are one currency, sent as TL.
func TestQuirk04_liraByTwoNames(t *testing.T) {
	for wire, want := range map[string]domain.Currency{"TL": domain.TRY, "TRY": domain.TRY, "tl": domain.TRY, "₺": domain.TRY, "": "", "USD": domain.USD, "lira": "XXX"} {
		if got := currency(wire); got != want {
			t.Errorf("%s is %s", wire, got)
		}
	}
	c, d := scripted(t, map[string][]reaction{draftRoute: {says(fixture(t, "draft_stored"))}})
	for _, mine := range []domain.Currency{"", domain.TRY} {
		draft := aDraft()
		draft.Currency = mine
		if _, err := c.CreateDraft(t.Context(), draft); err != nil {
			t.Fatal(err)
		}
	}
	for n := range 2 {
		if !strings.Contains(d.body(n), `"currency":"TL","exchangeRate":1,`) {
			t.Errorf("%s", d.body(n))
		}
	}
}

// 5: one thing under several names.
func TestQuirk05_fieldNameVariants(t *testing.T) {
	for _, name := range []string{"tcknVkn", "vknTckn", "taxOrPersonalId", "VKNTCKN"} {
		c, _ := scripted(t, map[string][]reaction{readInvoice: {says(good(`{"id":90210,"firm":{"` + name + `":"0012345672"}}`))}})
		if i, err := c.Invoice(t.Context(), "90210"); err != nil || i.Firm.TaxNumber != "0012345672" {
			t.Errorf("%s: %+v, %v", name, i, err)
		}
	}
	for _, name := range []string{"eGovernmentInvoice", "eGovermentInvoice", "EGovermentInvoice"} {
		c, _ := scripted(t, map[string][]reaction{readInvoice: {says(good(`{"id":90210,"` + name + `":{"eStatus":10}}`))}})
		if i, err := c.Invoice(t.Context(), "90210"); err != nil || i.Status != domain.EStatusDone {
			t.Errorf("%s: %+v, %v", name, i, err)
		}
	}
	for _, name := range []string{"EGovermentTypeDesc", "eGovermentTypeDesc"} {
		c, _ := scripted(t, map[string][]reaction{readInvoice: {says(good(`{"id":90210,"` + name + `":"E-ARŞİV"}`))}})
		if i, err := c.Invoice(t.Context(), "90210"); err != nil || i.Kind != domain.InvoiceEArchive {
			t.Errorf("%s: %+v, %v", name, i, err)
		}
	}
	for _, name := range []string{"tenantId", "TenantId"} {
		c, _ := scripted(t, map[string][]reaction{"POST user/integrationLogin": {says(good(`{"accessToken":"t","` + name + `":"g-1"}`))}})
		if in, err := c.SignIn(t.Context(), account()); err != nil || in.Session.TenantID != "g-1" {
			t.Errorf("%s: %+v, %v", name, in.Session, err)
		}
	}
}

// 6: an ETTN is kept as it was received.
func TestQuirk06_caseOfAnETTNCounts(t *testing.T) {
	c, _ := signedIn(t, sandbox.Options{}, Options{})
	stored, _ := store(t, c)
	if err := c.SendInvoice(t.Context(), stored.ID); err != nil {
		t.Fatal(err)
	}
	if got := must[domain.Invoice](t)(c.Invoice(t.Context(), stored.ID)); got.UUID != stored.UUID {
		t.Errorf("%s, was %s", got.UUID, stored.UUID)
	}
	must[domain.Document](t)(c.InvoicePDF(t.Context(), stored.UUID))
	for _, other := range []string{strings.ToUpper(stored.UUID), strings.ToLower(stored.UUID)} {
		_, err := c.InvoicePDF(t.Context(), other)
		wantKind(t, err, domain.KindNotFound)
	}
}

// 7: İ and ı in what is compared.
func TestQuirk07_turkishLettersAreFolded(t *testing.T) {
	for _, message := range []string{"Kayıt Numarası Bulunamadı!", "KAYIT NUMARASI BULUNAMADI!", "kayit numarasi bulunamadi"} {
		c, _ := scripted(t, map[string][]reaction{readInvoice: {saysStatus(400, refusal(400, message))}})
		_, err := c.Invoice(t.Context(), "90210")
		wantKind(t, err, domain.KindNotFound)
	}
	for _, message := range []string{"İŞLENDİ", "işlendi", "Fatura imzalandı.", "IMZALANDI", "HENÜZ İŞLENMEDİ", "İşlem Bekliyor.", "BASARIYLA TAMAMLANDI"} {
		if !saysProcessed(message) {
			t.Errorf("%q is not understood", message)
		}
	}
	for _, message := range []string{"İMZAYA GÖNDERİLMEDİ", "GİB'E GÖNDERİLECEK", "Adres zorunludur.", ""} {
		if saysProcessed(message) {
			t.Errorf("%q is taken for a success", message)
		}
	}
	for name, want := range map[string]domain.InvoiceKind{
		"E-ARŞİV": domain.InvoiceEArchive, "e-Arşiv İnternet": domain.InvoiceEArchiveForInternet, "E-ARŞİV INTERNET": domain.InvoiceEArchiveForInternet,
		"e-fatura": domain.InvoiceEInvoice, "İrsaliye": domain.InvoiceKindNone,
	} {
		if got := invoiceKind("", name); got != want {
			t.Errorf("%s is %q", name, got)
		}
	}
}

// 8: the postal code is wanted though undocumented; dates go up per type.
func TestQuirk08_postalCodeAndDateOrder(t *testing.T) {
	c, server := signedIn(t, sandbox.Options{}, Options{})
	stored, draft := store(t, c)
	n := len(server.Invoices())
	bare := draft
	bare.Customer.PostalCode, bare.Customer.Address = "", ""
	_, err := c.CreateDraft(t.Context(), bare)
	wantKind(t, err, domain.KindRejected)
	if lines := strings.Split(detailOf(err), "\n"); len(lines) != 2 {
		t.Errorf("%q", lines)
	}
	early := draft
	early.Date = draft.Date.Add(-48 * time.Hour)
	_, err = c.CreateDraft(t.Context(), early)
	var late *domain.DateOrderError
	if !errors.As(err, &late) || !late.Latest.Equal(draft.Date.Truncate(time.Minute)) || fieldOf(err) != "date" {
		t.Errorf("%v", err)
	}
	if got := len(server.Invoices()); got != n || stored.ID == "" {
		t.Errorf("%d invoices, want %d", got, n)
	}
}

// 9: a PDF may be a page, and UBL is an archive.
func TestQuirk09_documentsAreLookedAt(t *testing.T) {
	c, _ := signedIn(t, sandbox.Options{}, Options{})
	stored, _ := store(t, c)
	_, err := c.InvoicePDF(t.Context(), stored.UUID)
	wantKind(t, err, domain.KindState)
	if err := c.SendInvoice(t.Context(), stored.ID); err != nil {
		t.Fatal(err)
	}
	if d := must[domain.Document](t)(c.InvoicePDF(t.Context(), stored.UUID)); !bytes.HasPrefix(d.Content, []byte("%PDF-")) {
		t.Errorf("%q", d.Content)
	}
	if d := must[domain.Document](t)(c.InvoiceUBL(t.Context(), stored.UUID)); !bytes.Contains(d.Content, []byte("<Invoice")) {
		t.Errorf("%q", d.Content)
	}
}

// 10: the paths that work, not those that are published.
func TestQuirk10_wrongPublishedPathsAreNotUsed(t *testing.T) {
	c, server := signedIn(t, sandbox.Options{AllowStock: true}, Options{Probes: &memory{}})
	server.ForgetLog()
	for _, call := range everyCall() {
		_ = call(t.Context(), c) // the ids are made up; only where it was asked counts
	}
	for _, entry := range server.Log() {
		if entry.Route == "" || entry.Route == sandbox.RouteForbidden || entry.Status == http.StatusMethodNotAllowed {
			t.Errorf("%s is no route of the reference: %+v", entry.Route, entry)
		}
	}
	if n := server.Count(sandbox.RouteDeleteInvoices); n != 1 {
		t.Errorf("drafts were deleted %d times by the path that works", n)
	}
}

// 11: the test firm is shared: others' odd records and invoices of the future.
func TestQuirk11_othersRecordsInTheSharedTestFirm(t *testing.T) {
	c, server := signedIn(t, sandbox.Options{EveryVKN: true}, Options{})
	future := time.Now().AddDate(1, 0, 0).UTC().Truncate(time.Minute)
	server.EditInvoices(func(all []sandbox.Invoice) []sandbox.Invoice {
		return append(all, sandbox.Invoice{
			ID: 880001, Number: "XXX1", Kind: sandbox.KindEArchive, Status: sandbox.StatusDone, Date: future, Currency: "TL", Rate: decimal.NewFromInt(1),
		})
	})
	if got := must[domain.Taxpayer](t)(c.Taxpayer(t.Context(), "7740606115")); !got.Registered {
		t.Errorf("%+v", got)
	}
	must[[]domain.Invoice](t)(everything(c.Invoices(t.Context(), domain.ListQuery{})))
	if got := must[domain.Invoice](t)(c.Invoice(t.Context(), "880001")); !got.Date.Equal(future) || got.Lines != nil {
		t.Errorf("%+v", got)
	}
	_, draft := store(t, c) // dates itself behind the one of the future
	if draft.Date.Before(future) {
		t.Errorf("dated %s, before %s", draft.Date, future)
	}
}

// 12: lists answer to POST only.
func TestQuirk12_listsAreAskedByPost(t *testing.T) {
	c, server := signedIn(t, sandbox.Options{}, Options{})
	server.ForgetLog()
	must[[]domain.EDocument](t)(everything(c.OutgoingDocuments(t.Context(), domain.ListQuery{})))
	must[[]domain.Invoice](t)(everything(c.Invoices(t.Context(), domain.ListQuery{})))
	must[[]domain.RemoteProduct](t)(everything(c.ProductList(t.Context(), domain.ListQuery{})))
	for _, entry := range server.Log() {
		if entry.Method != http.MethodPost || entry.Status != http.StatusOK || entry.Size != 100 {
			t.Errorf("%+v", entry)
		}
	}
}

// 13: 403 is for good: it is not tried again, and what was probed is remembered.
func TestQuirk13_forbiddenIsPermanent(t *testing.T) {
	c, server := signedIn(t, sandbox.Options{}, Options{Probes: &memory{}})
	server.ForgetLog()
	if got := must[domain.AbilityAnswer](t)(c.ProbeStock(t.Context())); got != domain.AbilityDenied {
		t.Errorf("%q", got)
	}
	for range 3 {
		wantKind(t, c.SaveStock(t.Context(), aMovement()), domain.KindForbidden)
	}
	if n := server.Count(sandbox.RouteStockReceipt); n != 1 {
		t.Errorf("asked %d times", n)
	}
	once, d := scripted(t, map[string][]reaction{readInvoice: {saysStatus(403, fixture(t, "forbidden_403"))}})
	_, err := once.Invoice(t.Context(), "90210")
	wantKind(t, err, domain.KindForbidden)
	if d.was(readInvoice); detailOf(err) != "API yetkilendirilmedi" {
		t.Errorf("detail %q", detailOf(err))
	}
}

// 14: the token lives a day; a 401 is one sign-in and one replay, for a write too.
func TestQuirk14_oneSignInPerEndedToken(t *testing.T) {
	c, server := signedIn(t, sandbox.Options{}, Options{})
	server.ForgetLog()
	server.EndTokens()
	stored, _ := store(t, c)
	server.EndTokens()
	if err := c.DeleteDrafts(t.Context(), stored.ID); err != nil {
		t.Fatal(err)
	}
	if n := server.Count(sandbox.RouteLogin); n != 2 {
		t.Errorf("%d sign-ins", n)
	}
	if n := server.Count(sandbox.RouteDeleteInvoices); n != 2 { // refused, replayed
		t.Errorf("deleted by %d calls", n)
	}
	now := time.Now()
	daily, d := scripted(t, map[string][]reaction{
		"POST user/integrationLogin": {says(loginAnswer("fresh-token-1"))}, "POST products/products": {says(good(`{"count":0,"data":[]}`))},
	}, func(o *Options) { o.Now = func() time.Time { return now } })
	s := testSession()
	s.TokenEndsAt = now.Add(24 * time.Hour)
	daily.Use(s)
	wantKind(t, daily.Ping(t.Context()), "")
	now = now.Add(24 * time.Hour)
	wantKind(t, daily.Ping(t.Context()), "")
	wantKind(t, daily.Ping(t.Context()), "")
	d.was("POST products/products", "POST user/integrationLogin", "POST products/products", "POST products/products")
}

// 15: reads and writes are counted apart; a 429 on the one says nothing of the other.
func TestQuirk15_readsAndWritesAreApart(t *testing.T) {
	c, server := signedIn(t, sandbox.Options{ReadLimit: 2}, Options{})
	draft := aDraft()
	draft.Date = time.Now().AddDate(1, 0, 0)
	wantKind(t, c.Ping(t.Context()), "")
	must[domain.Taxpayer](t)(c.Taxpayer(t.Context(), "10000000146"))
	wantKind(t, c.Ping(t.Context()), domain.KindSlowDown)
	must[domain.StoredDraft](t)(c.CreateDraft(t.Context(), draft))
	reads, writes := c.Calls()
	if got := server.Spent(sandbox.CostRead); got != reads || writes != 1 || server.Spent(sandbox.CostWrite) != 1 {
		t.Errorf("%d reads, %d writes; the stand-in counts %d, %d", reads, writes, got, server.Spent(sandbox.CostWrite))
	}
}

// A redirect hands neither key nor password to another host, not even with a write.
func TestWrite_redirectIsRefused(t *testing.T) {
	var visits atomic.Int64
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { visits.Add(1) }))
	t.Cleanup(other.Close)
	c, server := signedIn(t, sandbox.Options{}, Options{})
	server.Fault(sandbox.Fault{Kind: sandbox.FaultRedirect, Location: other.URL})
	_, err := c.CreateDraft(t.Context(), aDraft())
	wantKind(t, err, domain.KindHost)
	if n := visits.Load(); n != 0 {
		t.Errorf("the other host saw %d calls", n)
	}
}

// A draft whose answer was lost is there: it must be looked up, and is found by its description.
func TestCreateDraft_lostAnswerIsFoundAgain(t *testing.T) {
	c, server := signedIn(t, sandbox.Options{}, Options{})
	server.Fault(sandbox.Fault{Kind: sandbox.FaultLost, Route: sandbox.RouteDraft})
	draft := aDraft()
	draft.Date, draft.Description = time.Now().AddDate(1, 0, 0), "Sipariş [tek-90012]"
	n := len(server.Invoices())
	_, err := c.CreateDraft(t.Context(), draft)
	wantKind(t, err, domain.KindUnknown)
	if got := len(server.Invoices()); got != n+1 || server.Count(sandbox.RouteDraft) != 1 {
		t.Fatalf("%d invoices, were %d; sent %d times", got, n, server.Count(sandbox.RouteDraft))
	}
	row := firstRow(t, c.Invoices(t.Context(), domain.ListQuery{Desc: true}))
	if got := must[domain.Invoice](t)(c.Invoice(t.Context(), row.ID)); got.Description != draft.Description {
		t.Errorf("%+v", got)
	}
}
