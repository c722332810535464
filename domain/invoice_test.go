package domain_test

import (
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestInvoice_canBeCancelledWhereThePanelWould(t *testing.T) {
	t.Parallel()
	good := domain.Invoice{Cancellable: true, Status: domain.EStatusDone, Kind: domain.InvoiceEArchive}
	if !good.CanBeCancelled() {
		t.Error("a sent e-Arşiv")
	}
	for name, change := range map[string]func(*domain.Invoice){
		"İşbaşı says no":     func(i *domain.Invoice) { i.Cancellable = false },
		"it is already":      func(i *domain.Invoice) { i.Cancelled = true },
		"a sent e-Fatura":    func(i *domain.Invoice) { i.Kind = domain.InvoiceEInvoice },
		"a draft":            func(i *domain.Invoice) { i.Status = domain.EStatusDraft },
		"not processed yet":  func(i *domain.Invoice) { i.Status = domain.EStatusInProgress },
		"nobody knows where": func(i *domain.Invoice) { i.Status = domain.EStatusUnknown },
	} {
		i := good
		if change(&i); i.CanBeCancelled() {
			t.Error(name)
		}
	}
	for _, kind := range []domain.InvoiceKind{domain.InvoiceKindNone, domain.InvoiceEArchiveForInternet} {
		i := good
		if i.Kind = kind; !i.CanBeCancelled() {
			t.Errorf("of kind %q", kind)
		}
	}
}
