package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// opened is a page over a server with one product, one firm and invoices of several states.
func opened(t *testing.T) (*page, *sandbox.Server) {
	t.Helper()
	done := time.Date(2026, 5, 4, 11, 30, 0, 0, time.UTC)
	server, err := sandbox.New(sandbox.Options{
		Products: []sandbox.Product{{ID: 1, Code: "TRM-500", Name: "Termos <500>", Stock: decimal.NewNullDecimal(decimal.NewFromInt(14))}},
		Firms:    []sandbox.Firm{{ID: 1, Code: "C-1", FirstName: "Işıl", LastName: "Göğebakan", TaxNumber: "10000000146", City: "Ankara"}},
		Orders:   []sandbox.Order{},
		Faults:   []sandbox.Fault{{Kind: sandbox.FaultHTML, Route: sandbox.RouteDraft, Nth: 2}},
		Invoices: []sandbox.Invoice{
			{ID: 1, Number: "ISB1", Status: sandbox.StatusDone, FirmName: "Işıl <b>", Total: decimal.RequireFromString("699.8"), Currency: "TL", Description: "Sipariş 90012", Date: done},
			{ID: 2, Number: "ISF2", Kind: sandbox.KindEInvoice, Profile: 2, Status: sandbox.StatusDone, Date: done},
			{ID: 3, Number: "ISB3", Date: done},
			{ID: 4, Number: "ISF4", Kind: sandbox.KindEInvoice, Status: sandbox.StatusRefused, GIBCode: 1150, RejectNote: "hatalı", Date: done},
			{ID: 5, Number: "ISB5", Status: sandbox.StatusSigned, Date: done},
			{ID: 6, Number: "GID6", Type: sandbox.InvoicePurchase, Status: sandbox.StatusDone, Date: done},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	p := newPage(server)
	server.Home(p)
	return p, server
}

// ask sends one request to a server as a browser does; change may alter it.
func ask(t *testing.T, server *sandbox.Server, method, path string, form url.Values, change func(*http.Request)) (status int, text string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, server.URL()+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", server.URL())
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	if change != nil {
		change(r)
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(res.Body)
	if err := res.Body.Close(); err != nil {
		t.Error(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	if policy := res.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "frame-ancestors 'none'") {
		t.Errorf("%s %s under the policy %q", method, path, policy)
	}
	return res.StatusCode, string(body)
}

// rowOf is the table row in which a word stands.
func rowOf(text, word string) string {
	for row := range strings.SplitSeq(text, "<tr") {
		if strings.Contains(row, word) {
			return row
		}
	}
	return ""
}

func TestPage_showsWhatTheServerHolds(t *testing.T) {
	_, server := opened(t)
	login := `{"username":"` + sandbox.DemoUser + `","password":"x"}`
	if _, err := http.Post(server.URL()+"/api/v1.0/user/integrationLogin", "application/json", strings.NewReader(login)); err != nil {
		t.Fatal(err)
	}
	if _, err := http.Get(server.URL() + "/api/v1.0/nowhere"); err != nil {
		t.Fatal(err)
	}
	status, text := ask(t, server, http.MethodGet, "/", nil, nil)
	if status != http.StatusOK || !strings.Contains(text, "6 invoices (1 drafts), 1 firms, 1 products and services, 0 orders") {
		t.Fatalf("HTTP %d %s", status, text)
	}
	for word, parts := range map[string][]string{
		"ISB1":    {"e-Arşiv<", ">done<", ">04.05.2026 14:30<", "Işıl &lt;b&gt;", ">699.80 TL<", "Sipariş 90012", "/panel/cancel", `value="1"`},
		"ISF2":    {"e-Fatura Ticari", ">done<", "/panel/reject", `value="2"`},
		"ISB3":    {">draft<"},
		"ISF4":    {"refused by GİB: 1150 hatalı"},
		"ISB5":    {"in progress (4)"},
		"GID6":    {"done, a purchase"},
		"C-1":     {"Işıl Göğebakan", "10000000146", "Ankara"},
		"TRM-500": {"Termos &lt;500&gt;", ">14<"},
		"html route=invoices/integrationInvoices nth=2": {`class="n">0<`},
		"user/integrationLogin":                         {`<td class="n">1</td><td class="n">1</td>`}, // no key: refused
		"no route":                                      {`<td class="n">1</td><td class="n">1</td>`},
	} {
		row := rowOf(text, word)
		for _, part := range parts {
			if !strings.Contains(row, part) {
				t.Errorf("%s: no %s in %s", word, part, row)
			}
		}
	}
	for _, number := range []string{"ISB3", "ISF4", "ISB5", "GID6"} {
		if strings.Contains(rowOf(text, number), "<form") {
			t.Errorf("%s has a button", number)
		}
	}
	for _, foreign := range []string{"<script", "http:", "https:", "src="} {
		if strings.Contains(strings.ReplaceAll(text, server.URL(), ""), foreign) {
			t.Errorf("the page has %s", foreign)
		}
	}
}

func TestPage_cutsLongLists(t *testing.T) {
	_, server := opened(t)
	server.Edit(func([]sandbox.Product) []sandbox.Product { return sandbox.Products(130, 1) })
	server.EditFirms(func([]sandbox.Firm) []sandbox.Firm { return sandbox.Firms(120, 1) })
	server.EditInvoices(func([]sandbox.Invoice) []sandbox.Invoice {
		return sandbox.Invoices(110, 1, sandbox.Products(50, 1), sandbox.Firms(9, 1))
	})
	_, text := ask(t, server, http.MethodGet, "/", nil, nil)
	for _, more := range []string{"and 30 more", "and 20 more", "and 16 older ones"} { // the six of before are deleted now
		if !strings.Contains(text, more) {
			t.Errorf("no %q", more)
		}
	}
	if _, text := ask(t, server, http.MethodGet, "/?all=1", nil, nil); strings.Contains(text, "all=1") {
		t.Error("all are asked for and not shown")
	}
}

func TestPage_buttons(t *testing.T) {
	_, server := opened(t)
	issue := url.Values{"kind": {"2"}, "date": {"2026-06-01T10:30"}, "buyer": {"Ayşe Yılmaz"}, "number": {"10000000146"}, "description": {"Elle 7"}, "total": {"699,80"}, "rate": {"10"}}
	with := func(name, value string) url.Values {
		form := url.Values{}
		for k, v := range issue {
			form[k] = v
		}
		form.Set(name, value)
		return form
	}
	for _, tt := range []struct {
		path   string
		form   url.Values
		status int
		says   string
	}{
		{"cancel", url.Values{"id": {"1"}}, 303, ""},
		{"cancel", url.Values{"id": {"1"}}, 409, "not cancelled yet"},
		{"cancel", url.Values{"id": {"x"}}, 409, "no such invoice"},
		{"reject", url.Values{"id": {"2"}}, 303, ""},
		{"reject", url.Values{"id": {"3"}}, 409, "Ticari"},
		{"reject", nil, 409, "no such invoice"},
		{"issue", issue, 303, ""},
		{"issue", with("date", "2026-05-01T10:30"), 409, "En son fatura Tarihi :01-06-2026 10:30"},
		{"issue", with("date", "dün"), 409, "cannot be read"},
		{"issue", with("total", "1e9"), 409, "no amount"},
		{"issue", with("number", "123"), 409, "10 digits"},
		{"issue", with("rate", "-1"), 409, "cannot be read"},
		{"issue", with("kind", "3"), 409, "cannot be read"},
		{"issue", with("draft", "1"), 303, ""},
		{"explode", nil, 404, ""},
	} {
		if status, text := ask(t, server, http.MethodPost, "/panel/"+tt.path, tt.form, nil); status != tt.status || !strings.Contains(text, tt.says) {
			t.Errorf("%s %v: HTTP %d %s", tt.path, tt.form, status, text)
		}
	}
	all := server.Invoices()
	if !all[0].Cancelled || all[1].DeniedAt.IsZero() || len(all) != 8 {
		t.Fatalf("%+v", all)
	}
	v := all[6]
	if v.FirmName != "Ayşe Yılmaz" || v.TaxNumber != "10000000146" || v.Description != "Elle 7" || v.Total.String() != "699.8" || v.VAT.String() != "63.62" ||
		!v.Date.Equal(time.Date(2026, 6, 1, 7, 30, 0, 0, time.UTC)) || v.Status != sandbox.StatusDone || all[7].Status != sandbox.StatusDraft {
		t.Errorf("%+v", v)
	}
	_, text := ask(t, server, http.MethodGet, "/", nil, nil)
	if !strings.Contains(rowOf(text, "ISB1"), "cancelled") || !strings.Contains(rowOf(text, "ISF2"), "rejected by its buyer: Alıcı reddetti") || !strings.Contains(rowOf(text, v.Number), "done, by hand") {
		t.Errorf("shows %s", text)
	}
}

// No other site's page presses a button, frames the page, or reads it by a name of its own that points here.
func TestPage_isForItsOwnBrowserOnly(t *testing.T) {
	p, server := opened(t)
	cancel := url.Values{"id": {"1"}}
	for name, change := range map[string]func(*http.Request){
		"another site":         func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") },
		"another port":         func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1:1") },
		"a file":               func(r *http.Request) { r.Header.Set("Origin", "null") },
		"no origin":            func(r *http.Request) { r.Header.Del("Origin") },
		"another site's fetch": func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") },
		"a name that points here": func(r *http.Request) {
			r.Host = "evil.example:" + r.URL.Port()
			r.Header.Set("Origin", "http://"+r.Host)
		},
	} {
		if status, _ := ask(t, server, http.MethodPost, "/panel/cancel", cancel, change); status != http.StatusForbidden {
			t.Errorf("%s: HTTP %d", name, status)
		}
	}
	if server.Invoices()[0].Cancelled {
		t.Error("cancelled")
	}
	for host, want := range map[string]int{"evil.example:" + port(server): 403, "127.0.0.1": 403, "localhost:" + port(server): 200, "[::1]:" + port(server): 200} {
		if status, _ := ask(t, server, http.MethodGet, "/", nil, func(r *http.Request) { r.Host = host }); status != want {
			t.Errorf("as %s: HTTP %d", host, status)
		}
	}
	for _, from := range []string{"192.168.1.7:5000", "8.8.8.8:5000", "nowhere"} {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodGet, server.URL()+"/", nil)
		r.RemoteAddr = from
		if p.ServeHTTP(w, r); w.Code != http.StatusForbidden || strings.Contains(w.Body.String(), "ISB1") {
			t.Errorf("from %s: HTTP %d", from, w.Code)
		}
	}
	for path, method := range map[string]string{"/": http.MethodPost, "/panel/cancel": http.MethodGet} {
		if status, _ := ask(t, server, method, path, nil, nil); status != http.StatusMethodNotAllowed {
			t.Errorf("%s %s: HTTP %d", method, path, status)
		}
	}
}

func port(server *sandbox.Server) string {
	return server.URL()[strings.LastIndex(server.URL(), ":")+1:]
}
