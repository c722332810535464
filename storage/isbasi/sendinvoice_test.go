package isbasi

import (
	"context"
	"net"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

const (
	readInvoice = "GET invoices/90210"
	sendInvoice = "POST einvoices/eInvoiceWithJson?invoiceId=90210"
)

func TestSendInvoice_saysWhatTheAnswerIsWorth(t *testing.T) {
	const missing = "Ödeme tarihi e-Arşiv (Online Satış) seçili olan faturalar için zorunludur."
	gone := &net.OpError{Op: "dial", Net: "tcp", Err: errCut}
	for name, tc := range map[string]struct {
		answer  reaction
		want    domain.Kind
		field   string
		detail  string
		ability domain.AbilityAnswer
	}{
		"400 on success":          {answer: saysStatus(400, fixture(t, "formalised_400")), ability: domain.AbilityAllowed},
		"400, signed":             {answer: saysStatus(400, refusal(400, "Belge İMZALANDI.")), ability: domain.AbilityAllowed},
		"400, waiting":            {answer: saysStatus(400, refusal(400, "İşlem Bekliyor.")), ability: domain.AbilityAllowed},
		"400, done":               {answer: saysStatus(400, refusal(400, "BASARIYLA TAMAMLANDI")), ability: domain.AbilityAllowed},
		"400 in the envelope":     {answer: says(refusal(400, "İşlendi")), ability: domain.AbilityAllowed},
		"200":                     {answer: says(good(`true`)), ability: domain.AbilityAllowed},
		"200 without data":        {answer: says(good(`null`)), ability: domain.AbilityAllowed},
		"refused":                 {answer: saysStatus(400, refusal(400, "Olmadı")), want: domain.KindRejected, detail: "Olmadı"},
		"refused for a field":     {answer: says(refusal(599, missing)), want: domain.KindRejected, field: "payment_date", detail: missing},
		"still to be signed":      {answer: saysStatus(400, refusal(400, "İMZAYA GÖNDERİLMEDİ")), want: domain.KindRejected, detail: "İMZAYA GÖNDERİLMEDİ"},
		"no draft any more":       {answer: saysStatus(409, refusal(409, "Daha önce işlendi")), want: domain.KindState, detail: "Daha önce işlendi"},
		"not there":               {answer: saysStatus(400, fixture(t, "not_found")), want: domain.KindNotFound, field: domain.AtIsbasi, detail: "Kayıt Numarası Bulunamadı!"},
		"no such route":           {answer: saysStatus(404, ""), want: domain.KindNotFound, field: domain.AtIsbasi},
		"no right":                {answer: saysStatus(403, fixture(t, "forbidden_403")), want: domain.KindForbidden, detail: "API yetkilendirilmedi", ability: domain.AbilityDenied},
		"limit":                   {answer: saysStatus(429, ""), want: domain.KindSlowDown},
		"gateway":                 {answer: saysStatus(502, gatewayPage), want: domain.KindUnknown},
		"out of order":            {answer: saysStatus(500, refusal(500, "hata")), want: domain.KindUnknown, detail: "hata"},
		"out of order, processed": {answer: saysStatus(500, refusal(500, "İşlendi")), want: domain.KindUnknown, detail: "İşlendi"},
		"a page with 200":         {answer: says(gatewayPage), want: domain.KindUnknown},
		"half an answer":          {answer: says(`{"code":0,"isErr`), want: domain.KindUnknown},
		"lost":                    {answer: breaks(errCut), want: domain.KindUnknown},
		"time-out":                {answer: breaks(context.DeadlineExceeded), want: domain.KindUnknown},
		"never connected":         {answer: breaks(gone), want: domain.KindNetwork},
	} {
		t.Run(name, func(t *testing.T) {
			c, d := scripted(t, map[string][]reaction{sendInvoice: {tc.answer}})
			err := c.SendInvoice(t.Context(), " 90210 ")
			wantKind(t, err, tc.want)
			if fieldOf(err) != tc.field || detailOf(err) != tc.detail {
				t.Errorf("field %q, detail %q", fieldOf(err), detailOf(err))
			}
			if d.was(sendInvoice); d.body(0) != "" {
				t.Errorf("body %s", d.body(0))
			}
			if got, err := c.Ability(t.Context(), domain.AbilityFormalise); got != tc.ability || err != nil {
				t.Errorf("the key may send: %q, %v", got, err)
			}
		})
	}
}

func TestSendInvoice_isReplayedOnceAfterARenewal(t *testing.T) {
	const signIn = "POST user/integrationLogin"
	for name, tc := range map[string]struct {
		second reaction
		want   domain.Kind
	}{
		"sent":        {saysStatus(400, fixture(t, "formalised_400")), ""},
		"401 again":   {saysStatus(401, ""), domain.KindNeedsSignIn},
		"lost at it":  {breaks(errCut), domain.KindUnknown},
		"refused now": {saysStatus(400, refusal(400, "Olmadı")), domain.KindRejected},
	} {
		c, d := scripted(t, map[string][]reaction{sendInvoice: {saysStatus(401, ""), tc.second}, signIn: {says(loginAnswer("fresh-token-1"))}})
		if err := c.SendInvoice(t.Context(), "90210"); domain.KindOf(err) != tc.want {
			t.Errorf("%s: %v", name, err)
		}
		d.was(sendInvoice, signIn, sendInvoice)
	}
}

func TestSendInvoice_thatNeverLeft(t *testing.T) {
	c, d := scripted(t, nil)
	for _, id := range []domain.RemoteID{"", " "} {
		err := c.SendInvoice(t.Context(), id)
		wantKind(t, err, domain.KindInvalid)
		if fieldOf(err) != "invoice" {
			t.Errorf("field %q", fieldOf(err))
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	wantKind(t, c.SendInvoice(ctx, "90210"), domain.KindCancelled)
	c.Use(domain.Session{})
	wantKind(t, c.SendInvoice(t.Context(), "90210"), domain.KindNeedsSignIn)
	d.was()
}

func TestSendInvoice_asksForTheInvoiceWhateverItsID(t *testing.T) {
	c, d := scripted(t, map[string][]reaction{"POST einvoices/eInvoiceWithJson?invoiceId=1%262": {says(good(`true`))}})
	if err := c.SendInvoice(t.Context(), "1&2"); err != nil {
		t.Error(err)
	}
	d.was("POST einvoices/eInvoiceWithJson?invoiceId=1%262")
}

func TestSendInvoice_logsNoRefusalForASuccess(t *testing.T) {
	for message, refused := range map[string]bool{"Fatura İşlendi": false, "Olmadı": true} {
		log := &capture{}
		c, _ := scripted(t, map[string][]reaction{sendInvoice: {saysStatus(400, refusal(400, message))}}, func(o *Options) { o.Log = log.log() })
		_ = c.SendInvoice(t.Context(), "90210")
		if got := strings.Contains(log.text(), "isbasi refused a call"); got != refused {
			t.Errorf("%s: %s", message, log.text())
		}
	}
}

// The answer of a sending was lost: the list says what became of the invoice, and a second sending changes nothing.
func TestSendInvoice_lostAnswerIsSeenInTheList(t *testing.T) {
	c, server := signedIn(t, sandbox.Options{}, Options{})
	stored, _ := store(t, c)
	server.Fault(sandbox.Fault{Kind: sandbox.FaultLost, Route: sandbox.RouteFormalise, Times: 1})
	err := c.SendInvoice(t.Context(), stored.ID)
	wantKind(t, err, domain.KindUnknown)
	if n := server.Count(sandbox.RouteFormalise); n != 1 {
		t.Errorf("sent %d times", n)
	}
	row := firstRow(t, c.Invoices(t.Context(), domain.ListQuery{Desc: true}))
	if row.ID != stored.ID || (row.Status != domain.EStatusInProgress && row.Status != domain.EStatusDone) {
		t.Errorf("%+v", row)
	}
	wantKind(t, c.SendInvoice(t.Context(), stored.ID), domain.KindRejected)
}
