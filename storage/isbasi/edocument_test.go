package isbasi

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

const reportRoute = "POST einvoices/IntegrationInvoiceReport"

func TestDocuments_areAskedForByTheirDay(t *testing.T) {
	since := domain.ListQuery{Filters: []domain.Filter{{Column: "issueDate", Operator: domain.IsGreaterThanOrEqualTo, Value: "2026-05-15"}}, Desc: true}
	for path, list := range map[string]func(*Client, context.Context, domain.ListQuery) iter.Seq2[domain.Page[domain.EDocument], error]{
		"einvoices/GetOutgoingInvoiceDataList": (*Client).OutgoingDocuments, "einvoices/myInvoicesList": (*Client).IncomingDocuments,
	} {
		rows := `{"uuId":"a","issueDate":"2026-05-14T10:00:00"},{"uuId":"b","issueDate":"2026-05-15T00:00:00"},{"invoiceId":"C1"}`
		c, d := scripted(t, map[string][]reaction{"POST " + path: {says(good(`{"count":3,"data":[` + rows + `]}`))}})
		all := must[[]domain.EDocument](t)(everything(list(c, t.Context(), domain.ListQuery{})))
		some := must[[]domain.EDocument](t)(everything(list(c, t.Context(), since)))
		if len(all) != 3 || len(some) != 2 || some[0].UUID != "b" || some[1].Number != "C1" {
			t.Errorf("%s: %+v", path, some)
		}
		for i, want := range []string{`"sorting":{"issueDate":"Asc"}`, `"sorting":{"issueDate":"Desc"}`} {
			if !strings.Contains(d.body(i), want) {
				t.Errorf("%s: %s", path, d.body(i))
			}
		}
		for column, value := range map[string]any{"uuId": "b", "invoiceId": "B1", "supplierTcknVkn": "0012345672"} {
			rows := `{"uuId":"a","invoiceId":"A1","supplierTcknVkn":"1"},{"uuId":"b","invoiceId":"B1","supplierTcknVkn":"0012345672"}`
			c, _ := scripted(t, map[string][]reaction{"POST " + path: {says(good(`{"count":2,"data":[` + rows + `]}`))}})
			q := domain.ListQuery{Filters: []domain.Filter{{Column: column, Operator: domain.IsEqualTo, Value: value}}}
			if some := must[[]domain.EDocument](t)(everything(list(c, t.Context(), q))); len(some) != 1 || some[0].UUID != "b" {
				t.Errorf("%s by %s: %+v", path, column, some)
			}
		}
		c, _ = scripted(t, map[string][]reaction{"POST " + path: {says(good(`{"count":1,"data":[{"status":"x"}]}`))}})
		_, err := everything(list(c, t.Context(), domain.ListQuery{}))
		wantKind(t, err, domain.KindBadAnswer)
	}
}

// reported is a page of the report.
func reported(from, n int) string {
	rows := make([]string, n)
	for i := range rows {
		rows[i] = fmt.Sprintf(`{"Id":%d,"ettn":"e%d","invoiceNumber":"N%d","taxNumber":"%d","invoiceDate":"2026-05-%02d"}`, from+i, from+i, from+i, from+i, 1+(from+i)%28)
	}
	return good("[" + strings.Join(rows, ",") + "]")
}

// The report is rows alone: it ends with a page that is not full, or with one that was there before.
func TestReportedInvoices_end(t *testing.T) {
	for name, tc := range map[string]struct {
		answers     []reaction
		rows, calls int
		kind        domain.Kind
	}{
		"none":                  {[]reaction{says(good(`[]`))}, 0, 1, ""},
		"short":                 {[]reaction{says(reported(1, 99))}, 99, 1, ""},
		"two pages":             {[]reaction{says(reported(1, 100)), says(reported(101, 7))}, 107, 2, ""},
		"full, and none behind": {[]reaction{says(reported(1, 100)), says(good(`[]`))}, 100, 2, ""},
		"all at once":           {[]reaction{says(reported(1, 250))}, 250, 1, ""},
		"a full page for ever":  {[]reaction{says(reported(1, 100))}, 100, 2, ""},
		"a row without an id":   {[]reaction{says(good(`[{"ettn":"x"}]`))}, 0, 1, domain.KindBadAnswer},
		"no rows":               {[]reaction{says(good(`{"data":[]}`))}, 0, 1, domain.KindBadAnswer},
		"refused":               {[]reaction{saysStatus(400, refusal(400, "olmaz"))}, 0, 1, domain.KindRejected},
	} {
		c, d := scripted(t, map[string][]reaction{reportRoute: tc.answers})
		all, err := everything(c.ReportedInvoices(t.Context(), domain.ListQuery{}))
		if domain.KindOf(err) != tc.kind || len(all) != tc.rows || len(d.calls) != tc.calls {
			t.Errorf("%s: %d rows after %d calls, %v", name, len(all), len(d.calls), err)
		}
	}
}

func TestReportedInvoices_areAskedForByTheirDay(t *testing.T) {
	c, d := scripted(t, map[string][]reaction{reportRoute: {says(reported(1, 5))}})
	for column, value := range map[string]any{"id": 3, "ettn": "e3", "invoiceNumber": "N3", "taxNumber": "3", "invoiceDate": []string{"2026-05-04", "2026-05-04"}} {
		op := domain.IsEqualTo
		if column == "invoiceDate" {
			op = domain.IsBetween
		}
		q := domain.ListQuery{Filters: []domain.Filter{{Column: column, Operator: op, Value: value}}}
		if some := must[[]domain.ReportedInvoice](t)(everything(c.ReportedInvoices(t.Context(), q))); len(some) != 1 || some[0].ID != "3" {
			t.Errorf("by %s: %+v", column, some)
		}
	}
	var body record
	if err := json.Unmarshal([]byte(d.body(0)), &body); err != nil || string(body["sorting"]) != `{"invoiceDate":"Asc"}` {
		t.Errorf("%s, %v", d.body(0), err)
	}
	if c, d := scripted(t, map[string][]reaction{reportRoute: {says(reported(1, 5))}}); !slices.ContainsFunc(must[[]domain.ReportedInvoice](t)(everything(c.ReportedInvoices(t.Context(), domain.ListQuery{From: 2, Sort: "Id"}))),
		func(r domain.ReportedInvoice) bool { return r.ID == "5" }) || !strings.Contains(d.body(0), `"sorting":{"Id":"Asc"},"paging":{"currentPage":2`) {
		t.Error(d.body(0))
	}
}
