package issuing

import (
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// A draft that differs is corrected on İşbaşı's screen, or deleted there: a person asks once more, for a read.
func TestReadInvoice_judgesADraftOnceMore(t *testing.T) {
	for name, c := range map[string]struct {
		there func(inv *remoteInvoice)
		want  invoicing.AttemptState
	}{
		"as it was": {func(*remoteInvoice) {}, invoicing.AttemptMismatch},
		"corrected": {func(inv *remoteInvoice) { inv.Total = num("179.70") }, invoicing.AttemptChecked},
		"deleted":   {func(inv *remoteInvoice) { inv.deleted = true }, invoicing.AttemptDeleted},
		"sent":      {func(inv *remoteInvoice) { inv.Status = domain.EStatusDone }, invoicing.AttemptIssued},
	} {
		w := newWorld()
		w.cents = decimal.New(1, -2)
		p := start(w, newFile(), &marks{})
		k := p.order()
		if _, err := p.issue(t, orders.WishDraft); err != nil || p.records[0].State != invoicing.AttemptMismatch {
			t.Fatalf("%v, %v", err, p.states())
		}
		c.there(w.of(tenant, k)[0])
		before := w.reads
		r, err := p.engine.ReadInvoice(t.Context(), p.records[0].ID)
		if err != nil || r.State != c.want || p.records[0].State != c.want || w.reads != before+1 {
			t.Errorf("%s: %s, kept %s, %v, %d reads", name, r.State, p.records[0].State, err, w.reads-before)
		}
	}
}

func TestReadInvoice_refusesWhatNobodyCanFind(t *testing.T) {
	w := newWorld()
	w.fault = func(string) fault { return lostBefore }
	p := start(w, newFile(), &marks{})
	p.order()
	if _, err := p.issue(t, orders.WishDraft); err != nil || p.records[0].State != invoicing.AttemptUnknown {
		t.Fatalf("%v, %v", err, p.states())
	}
	if _, err := p.engine.ReadInvoice(t.Context(), 1); domain.KindOf(err) != domain.KindState {
		t.Error(err)
	}
}
