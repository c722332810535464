package isbasi

import (
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestOutgoingDocuments_areAskedForByTheirDay(t *testing.T) {
	const route = "POST einvoices/GetOutgoingInvoiceDataList"
	since := domain.ListQuery{Filters: []domain.Filter{{Column: "issueDate", Operator: domain.IsGreaterThanOrEqualTo, Value: "2026-05-15"}}, Desc: true}
	rows := `{"uuId":"a","issueDate":"2026-05-14T10:00:00"},{"uuId":"b","issueDate":"2026-05-15T00:00:00"},{"invoiceId":"C1"}`
	c, d := scripted(t, map[string][]reaction{route: {says(good(`{"count":3,"data":[` + rows + `]}`))}})
	all := must[[]domain.EDocument](t)(everything(c.OutgoingDocuments(t.Context(), domain.ListQuery{})))
	some := must[[]domain.EDocument](t)(everything(c.OutgoingDocuments(t.Context(), since)))
	if len(all) != 3 || len(some) != 2 || some[0].UUID != "b" || some[1].Number != "C1" {
		t.Errorf("%+v", some)
	}
	for i, want := range []string{`"sorting":{"issueDate":"Asc"}`, `"sorting":{"issueDate":"Desc"}`} {
		if !strings.Contains(d.body(i), want) {
			t.Error(d.body(i))
		}
	}
	for column, value := range map[string]any{"uuId": "b", "invoiceId": "B1", "supplierTcknVkn": "0012345672"} {
		rows := `{"uuId":"a","invoiceId":"A1","supplierTcknVkn":"1"},{"uuId":"b","invoiceId":"B1","supplierTcknVkn":"0012345672"}`
		c, _ := scripted(t, map[string][]reaction{route: {says(good(`{"count":2,"data":[` + rows + `]}`))}})
		q := domain.ListQuery{Filters: []domain.Filter{{Column: column, Operator: domain.IsEqualTo, Value: value}}}
		if some := must[[]domain.EDocument](t)(everything(c.OutgoingDocuments(t.Context(), q))); len(some) != 1 || some[0].UUID != "b" {
			t.Errorf("by %s: %+v", column, some)
		}
	}
	c, _ = scripted(t, map[string][]reaction{route: {says(good(`{"count":1,"data":[{"status":"x"}]}`))}})
	_, err := everything(c.OutgoingDocuments(t.Context(), domain.ListQuery{}))
	wantKind(t, err, domain.KindBadAnswer)
}
