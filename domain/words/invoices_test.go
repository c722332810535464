package words_test

import (
	"testing"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// hits are all reasons for which an order may be held.
var hits = []invoicing.Hit{
	issuing.ReasonHeld, issuing.ReasonNoProduct, issuing.ReasonTwoAmounts, issuing.ReasonRefused,
	invoicing.HitStatus, invoicing.HitUnpaid, invoicing.HitAlready, invoicing.HitUnknownAttempt, invoicing.HitChangedSince, invoicing.HitLine,
	invoicing.HitDiscountOver, invoicing.HitTotalZero, invoicing.HitTotalMismatch, invoicing.HitVATMissing, invoicing.HitVATNotInForce,
	invoicing.HitVATZeroCode, invoicing.HitCurrency, invoicing.HitMasked, invoicing.HitCompanyNoNumber, invoicing.HitNumberBad,
	invoicing.HitNumberPlaceholder, invoicing.HitName, invoicing.HitAddress, invoicing.HitForeign, invoicing.HitPublicBody, invoicing.HitSpecial,
	invoicing.HitPlatformBuyer, invoicing.HitRegistryUnknown, invoicing.HitDateOrder, invoicing.HitFuture,
}

// Every value of an order or an invoice that is shown has a sentence in both languages, and no two hits say the same.
func TestInvoices_everyValueHasWords(t *testing.T) {
	var keys []string
	for _, h := range hits {
		keys = append(keys, "hit."+string(h), "hit."+string(h)+".do")
	}
	for _, s := range orders.Statuses() {
		keys = append(keys, "orders.status."+string(s))
		if s != orders.StatusOK && s != orders.StatusUnpaid { // which have no such hit
			keys = append(keys, "hit.status."+string(s), "hit.status."+string(s)+".do")
		}
	}
	for _, w := range []invoicing.Warning{invoicing.WarnLate, invoicing.WarnPostalDerived, invoicing.WarnRefundedPart, invoicing.WarnNameCut, issuing.WarnLooksCompany} {
		keys = append(keys, "warning."+string(w), "warning."+string(w)+".do")
	}
	for _, s := range orders.Stages() {
		keys = append(keys, "stage."+string(s))
	}
	for _, w := range []orders.Wish{orders.WishDraft, orders.WishFormalise} {
		keys = append(keys, "stage.queued."+string(w), "wish."+string(w))
	}
	for _, s := range invoicing.AttemptStates() {
		keys = append(keys, "attempt."+string(s))
	}
	for _, k := range []domain.InvoiceKind{domain.InvoiceEInvoice, domain.InvoiceEArchive, domain.InvoiceEArchiveForInternet} {
		keys = append(keys, "kind."+string(k))
	}
	for _, k := range []invoicing.TaskKind{invoicing.TaskCancelled, invoicing.TaskReturned} {
		keys = append(keys, "task."+string(k))
	}
	for _, c := range []invoicing.Cure{invoicing.CureDelete, invoicing.CureCancel, invoicing.CureSlip, invoicing.CureBuyer, invoicing.CureRejectable} {
		keys = append(keys, "cure."+string(c), "cure."+string(c)+".do")
	}
	for _, b := range []orders.FoundBy{orders.FoundByPerson, orders.FoundByPair, orders.FoundByBarcode, orders.FoundByCode} {
		keys = append(keys, "binding."+string(b))
	}
	for _, k := range []orders.LineKind{orders.LineGoods, orders.LineShipping, orders.LineWrap, orders.LineFee} {
		keys = append(keys, "line."+string(k))
	}
	for _, b := range []orders.BuyerType{orders.BuyerPerson, orders.BuyerCompany} {
		keys = append(keys, "buyer."+string(b))
	}
	for _, p := range []issuing.Phase{
		issuing.PhaseChecking, issuing.PhaseAsking, issuing.PhaseDrafting, issuing.PhaseReading, issuing.PhaseFormalising, issuing.PhaseConfirming, issuing.PhaseDone,
	} {
		keys = append(keys, "phase."+string(p))
	}
	for _, lang := range assets.Languages() {
		w, text := spoken(t, lang)
		for _, k := range keys {
			if !text.Has(k) {
				t.Errorf("%s has no words in %s", k, lang)
			}
		}
		seen := map[string]invoicing.Hit{}
		for _, h := range hits {
			if other, twice := seen[w.Hit(string(h))]; twice {
				t.Errorf("%s: %s and %s say the same", lang, h, other)
			}
			seen[w.Hit(string(h))] = h
		}
	}
}

func TestOrderHit_saysWhichStatusItIs(t *testing.T) {
	w, _ := spoken(t, "tr")
	for _, c := range []struct {
		hit     invoicing.Hit
		status  orders.Status
		why, do string
	}{
		{invoicing.HitStatus, orders.StatusCancelled, "Sipariş iptal edilmiş", "Faturalanmaz; yapmanız gereken bir şey yok."},
		{invoicing.HitStatus, orders.StatusOpen, "Sipariş henüz kargoya verilmemiş", "Kargoya verilince listeyi yeniden alın."},
		{invoicing.HitStatus, "of-tomorrow", "Siparişin durumu faturaya uygun değil", "Kargoya verilince listeyi yeniden alın; iptal ve iade edilen siparişler faturalanmaz."},
		{invoicing.HitUnpaid, orders.StatusCancelled, "Ödemesi alınmamış", "Ödenince listeyi yeniden alın."},
		{invoicing.HitVATNotInForce, orders.StatusOK, "KDV oranı o gün geçerli değil", "Oranı düzeltin; 10 Temmuz 2023’ten beri %0, %1, %10 ve %20 geçerlidir."},
	} {
		if why, do := w.OrderHit(string(c.hit), c.status); why != c.why || do != c.do {
			t.Errorf("%s, %s: %q, %q", c.hit, c.status, why, do)
		}
	}
}

func TestStage_saysWhatTheQueueIsFor(t *testing.T) {
	for want, v := range map[string]orders.Verdict{
		"stage.unjudged":         {},
		"stage.held":             {Stage: orders.StageHeld},
		"stage.invoiced":         {Stage: orders.StageInvoiced},
		"stage.draft":            {Stage: orders.StageInvoiced, Draft: true},
		"stage.task":             {Stage: orders.StageTask, Draft: true},
		"stage.queued.draft":     {Stage: orders.StageReady, Queued: orders.WishDraft},
		"stage.queued.formalise": {Stage: orders.StageReady, Queued: orders.WishFormalise},
	} {
		if got := said.Stage(v); got != want {
			t.Errorf("%+v: %s, want %s", v, got, want)
		}
	}
}

func TestAttempt_saysWhatBecameOfAnInvoiceAndWhatToDo(t *testing.T) {
	w, _ := spoken(t, "tr")
	in := func(s invoicing.AttemptState, change func(r *invoicing.Record)) invoicing.Record {
		r := invoicing.Record{Attempt: invoicing.Attempt{State: s}}
		if change != nil {
			change(&r)
		}
		return r
	}
	for _, c := range []struct {
		r              invoicing.Record
		state, do, why string
	}{
		{in(invoicing.AttemptIssued, nil), "kesildi", "", ""},
		{in(invoicing.AttemptIssued, func(r *invoicing.Record) { r.Cancelled = true }), "İşbaşı’nda iptal edildi", "", ""},
		{in(invoicing.AttemptIssued, func(r *invoicing.Record) { r.Linked = true }), "İşbaşı’nın ekranında kesildi", "", ""},
		{
			in(invoicing.AttemptUnknown, func(r *invoicing.Record) { r.Cause = domain.KindUnknown }), "sonucu bilinmiyor",
			"İşbaşı’nda arayın; on beş dakika arayla iki kez bulunamazsa yeniden kesilebilir.",
			"İşbaşı’nın yanıtı gelmedi; işlemin yapılıp yapılmadığı bilinmiyor. Yeniden denemeden önce kaydı İşbaşı’nda arayın.",
		},
		{
			in(invoicing.AttemptRejected, func(r *invoicing.Record) { r.Cause, r.Detail = domain.KindRejected, "Firma pasif" }), "geri çevrildi",
			"Nedenini giderin; sipariş yeniden kesilebilir.", "İşbaşı isteği kabul etmedi. (Firma pasif) İletiye göre düzeltip yeniden deneyin.",
		},
	} {
		if state, do, why := w.Attempt(c.r), w.AttemptCure(c.r), w.AttemptCause(c.r); state != c.state || do != c.do || why != c.why {
			t.Errorf("%+v: %q, %q, %q", c.r, state, do, why)
		}
	}
}

func TestInvoiceKind_namesTheScenarioOfAnEInvoiceAlone(t *testing.T) {
	w, _ := spoken(t, "tr")
	for _, c := range []struct {
		kind     domain.InvoiceKind
		scenario domain.Scenario
		want     string
	}{
		{domain.InvoiceEInvoice, domain.ScenarioCommercial, "e-Fatura, Ticari"},
		{domain.InvoiceEInvoice, "", "e-Fatura"},
		{domain.InvoiceEArchive, domain.ScenarioBasic, "e-Arşiv"},
		{domain.InvoiceKindNone, "", "türü belli değil"},
	} {
		if got := w.InvoiceKind(c.kind, c.scenario); got != c.want {
			t.Errorf("%s, %s: %q, want %q", c.kind, c.scenario, got, c.want)
		}
	}
}

func TestBinding_saysByWhatAProductWasFound(t *testing.T) {
	for want, c := range map[string]struct {
		p    orders.LineProduct
		said orders.SaidLine
	}{
		"binding.none":    {},
		"binding.barcode": {p: orders.LineProduct{By: orders.FoundByBarcode}},
		"binding.without": {p: orders.LineProduct{By: orders.FoundByBarcode}, said: orders.SaidLine{Without: true}},
	} {
		if got := said.Binding(c.p, c.said); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestIssued_leavesZerosOut(t *testing.T) {
	w, _ := spoken(t, "tr")
	for want, o := range map[string]issuing.Outcome{
		"Kesilecek bir şey yoktu":                     {},
		"1.200 fatura kesildi · 3 sipariş sırada":     {Issued: 1200, Waiting: 3},
		"2 taslak oluşturuldu · 1 sipariş bekletildi": {Drafted: 2, Held: 1},
		"1 fatura İşbaşı’nda işleniyor · 2 fatura İşbaşı’nda zaten vardı · 3 taslağın tutarı farklı · 4 fatura geri çevrildi · 5 faturanın sonucu bilinmiyor": {
			Formalising: 1, Adopted: 2, Mismatch: 3, Rejected: 4, Unknown: 5,
		},
	} {
		if got := w.Issued(o); got != want {
			t.Errorf("%+v: %q, want %q", o, got, want)
		}
	}
	for want, l := range map[string]issuing.Looked{
		"Aranacak fatura yok": {},
		"1 fatura bulundu · 4 faturanın sonucu hâlâ bilinmiyor":                                                                       {Found: 1, StillUnknown: 4},
		"2 fatura bulunamadı; on beş dakika sonra bir kez daha aranmalı · 3 fatura ikinci aramada da bulunamadı; yeniden kesilebilir": {Absent: 2, Lost: 3},
	} {
		if got := w.LookedUp(l); got != want {
			t.Errorf("%+v: %q, want %q", l, got, want)
		}
	}
}

func TestInvoices_restAreKeysOfTheirValues(t *testing.T) {
	what, do := said.Warning("late_7")
	cure, how := said.Cure(invoicing.CureSlip)
	for got, want := range map[string]string{
		said.Task(invoicing.TaskReturned): "task.returned", said.Phase(issuing.PhaseDone): "phase.done", what: "warning.late_7", do: "warning.late_7.do",
		cure: "cure.return-slip", how: "cure.return-slip.do", said.LineKind(orders.LineFee): "line.fee", said.OrderStatus(orders.StatusTest): "orders.status.test",
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
