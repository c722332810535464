package exports

import (
	"errors"
	"iter"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

func those[T any](kept ...T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, k := range kept {
			if !yield(k, nil) {
				return
			}
		}
	}
}

func TestOrders_holdWhatPeopleSayInThePlaceOfTheSources(t *testing.T) {
	k := domaintest.Fill[orders.Kept](1)
	k.Status, k.Verdict.Queued = orders.StatusCancelled, orders.WishNothing
	k.Buyer.Type, k.Said.Buyer = orders.BuyerCompany, orders.Buyer{City: "İzmir"}
	k.Verdict.Stage, k.Verdict.Reasons, k.Verdict.Warnings = orders.StageHeld, []string{"unpaid", "held"}, []string{"late_7", "name_cut"}
	wantColumns(t, inWords(t, Orders(said, those(k))), map[string]string{
		"export.order.marketplace": k.Marketplace, "export.order.package": k.Package, "export.order.number": k.Number,
		"export.order.ordered": said.Moment(k.OrderedAt), "export.order.shipped": said.Moment(k.ShippedAt), "export.order.status": "orders.status.cancelled",
		"export.order.buyer": k.Buyer.Name, "export.order.tax-number": k.Buyer.TaxNumber, "export.order.city": "İzmir", "export.order.district": k.Buyer.District,
		"export.order.total": k.Verdict.Total.String(), "export.order.currency": string(k.Currency), "export.order.stage": "stage." + string(k.Verdict.Stage),
		"export.order.why": "hit.unpaid · hit.held", "export.order.do": "hit.unpaid.do · hit.held.do", "export.order.warnings": "warning.late_7 · warning.name_cut",
		"export.order.invoice": k.Verdict.Invoice,
	})
	errTorn := errors.New("the orders ended early")
	torn := Orders(said, func(yield func(orders.Kept, error) bool) { yield(orders.Kept{}, errTorn) })
	for _, err := range torn.Rows {
		if !errors.Is(err, errTorn) {
			t.Error(err)
		}
	}
}

func TestInvoices_holdAmountsAsNumbers(t *testing.T) {
	for _, currency := range []domain.Currency{"", domain.USD} {
		r := domaintest.Fill[invoicing.Record](2)
		r.Cancelled, r.Linked, r.Cause, r.Draft.Currency = false, false, domain.KindRejected, currency
		r.Kind = domain.InvoiceEArchive
		want := string(currency)
		if want == "" {
			want = "TRY"
		}
		wantColumns(t, inWords(t, Invoices(said, those(r))), map[string]string{
			"export.invoice.number": r.Number, "export.invoice.date": said.Date(r.Day()), "export.invoice.state": "attempt." + string(r.State),
			"export.invoice.kind": "kind.e-archive", "export.invoice.uuid": r.UUID, "export.invoice.buyer": r.Buyer, "export.invoice.tax-number": r.TaxNumber,
			"export.invoice.base": r.Amounts.Base.String(), "export.invoice.vat": r.Amounts.VAT.String(), "export.invoice.total": r.Amounts.Total.String(),
			"export.invoice.currency": want, "export.invoice.marketplace": r.Key.Marketplace, "export.invoice.package": r.Key.Package,
			"export.invoice.why": said.AttemptCause(r),
		})
	}
}
