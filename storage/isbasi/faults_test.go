package isbasi

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/transport/transporttest"
)

// healthy is an İşbaşı that answers every call well, in memory.
// trouble, when set, is asked before each request, forth from 1, and answers in its place.
type healthy struct {
	t       *testing.T
	trouble func(n int, req *http.Request) (*http.Response, error)

	mu      sync.Mutex
	sent    []string // METHOD path
	changes int
	xml     string
}

// changes tells whether the request is one that changes something at İşbaşı (isbasi-api.md §4.3 to §7).
func changes(req *http.Request) bool {
	path := strings.TrimPrefix(req.URL.Path, apiPath)
	return req.Method == http.MethodPut || req.Method == http.MethodDelete || strings.HasSuffix(path, "activate") ||
		path == "invoices/integrationInvoices" || path == "einvoices/eInvoiceWithJson"
}

func (b *healthy) RoundTrip(req *http.Request) (*http.Response, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	path := strings.TrimPrefix(req.URL.Path, apiPath)
	b.sent = append(b.sent, req.Method+" "+path)
	if changes(req) {
		b.changes++
	}
	if b.trouble != nil {
		if resp, err := b.trouble(len(b.sent), req); resp != nil || err != nil {
			return resp, err
		}
	}
	return reply(req, http.StatusOK, good(b.data(req.Method+" "+path))), nil
}

func (b *healthy) data(route string) string {
	if data, ok := map[string]string{
		"POST products/products": `{"count":1,"data":[{"id":1}]}`, "POST invoices/invoices": `{"count":1,"data":[{"id":1}]}`,
		"GET products/101/1": `{"id":101,"name":"a","vatRate":20}`,
		"GET invoices/1":     `{"id":1}`, "PUT products": `101`, "POST products/activate": `1`, "POST products/deactivate": `1`,
		"POST einvoices/GetOutgoingInvoiceDataList": `{"count":1,"data":[{"uuId":"a"}]}`,
		"PUT stock": `5`, "DELETE invoices": `1`, "GET user/gibUser": `{"pkList":[{"alias":"x"}]}`,
		"POST invoices/integrationInvoices": `{"invoiceId":5}`, "POST einvoices/eInvoiceWithJson": `true`,
		"GET einvoices/DocumentDatawithuuid":    `{"content":"JVBERi0xLjQ="}`,
		"GET einvoices/DocumentUblDatawithuuid": `{"content":"` + b.xml + `"}`,
		"POST user/integrationLogin":            `{"accessToken":"fresh-token-1","tenantId":"` + testTenant + `"}`,
	}[route]; ok {
		return data
	}
	b.t.Errorf("nobody expects %s", route)
	return `null`
}

// onHealthy makes a client on a healthy İşbaşı, with a session and every right.
func onHealthy(t *testing.T, options ...func(*Options)) (*Client, *healthy) {
	t.Helper()
	b := &healthy{t: t, xml: base64.StdEncoding.EncodeToString(archive(t, "a.xml", "<x/>"))}
	m := &memory{}
	o := Options{Hosts: []string{"http://127.0.0.1:9"}, AllowLoopback: true, Transport: b, Pause: time.Nanosecond, Probes: m}
	for _, set := range options {
		set(&o)
	}
	c := open(t, o)
	c.Use(testSession())
	for _, a := range []domain.Ability{domain.AbilityStockWrite, domain.AbilityInternetArchive} {
		if err := c.Remember(t.Context(), a, domain.AbilityAllowed); err != nil {
			t.Fatal(err)
		}
	}
	return c, b
}

// allCalls are everyCall's and those that need no session.
func allCalls() map[string]func(context.Context, *Client) error {
	calls := everyCall()
	calls["SignIn"] = func(ctx context.Context, c *Client) error {
		_, err := c.SignIn(ctx, testSession().Credentials)
		return err
	}
	calls["Ping"] = func(ctx context.Context, c *Client) error { return c.Ping(ctx) }
	calls["Sample"] = func(ctx context.Context, c *Client) error { _, err := c.Sample(ctx, 3); return err }
	calls["Products"] = func(ctx context.Context, c *Client) error { _, err := collect(ctx, c, 1); return err }
	return calls
}

func TestCalls_whenTheNetworkFailsAtTheirNthRequest(t *testing.T) {
	for name, tc := range map[string]struct {
		fail func(req *http.Request) (*http.Response, error)
		kind domain.Kind // of a read that fails for ever
	}{
		"no answer":   {func(*http.Request) (*http.Response, error) { return nil, errCut }, domain.KindNetwork},
		"page":        {func(req *http.Request) (*http.Response, error) { return reply(req, 502, gatewayPage), nil }, domain.KindUnavailable},
		"busy":        {func(req *http.Request) (*http.Response, error) { return reply(req, 503, ""), nil }, domain.KindUnavailable},
		"slow":        {func(req *http.Request) (*http.Response, error) { return reply(req, 504, ""), nil }, domain.KindUnavailable},
		"its own 500": {func(req *http.Request) (*http.Response, error) { return reply(req, 500, refusal(500, "hata")), nil }, domain.KindUnavailable},
		"cut body": {func(req *http.Request) (*http.Response, error) {
			resp := reply(req, 200, "")
			resp.Body = cutBody{}
			return resp, nil
		}, domain.KindNetwork},
	} {
		for call, do := range allCalls() {
			c, b := onHealthy(t)
			if err := do(t.Context(), c); err != nil || len(b.sent) == 0 {
				t.Fatalf("%s: %d requests, %v", call, len(b.sent), err)
			}
			whole := b.sent
			for n := 1; n <= len(whole); n++ {
				for _, forEver := range []bool{false, true} {
					c, b := onHealthy(t)
					change := false
					b.trouble = func(i int, req *http.Request) (*http.Response, error) {
						if i != n && (!forEver || i < n) {
							return nil, nil
						}
						if i == n {
							change = changes(req)
						}
						return tc.fail(req)
					}
					err := do(t.Context(), c)
					if e := (*domain.Error)(nil); err != nil && (!errors.As(err, &e) || e.Op == "") {
						t.Errorf("%s, %s at request %d: nothing says what was being done: %v", call, name, n, err)
					}
					if err != nil && (strings.Contains(err.Error(), "://") || strings.Contains(err.Error(), apiPath)) {
						t.Errorf("%s: the address is shown: %v", call, err)
					}
					what := fmt.Sprintf("%s, %s at request %d, for ever %v: %v after %v", call, name, n, forEver, err, b.sent)
					if b.changes > 1 {
						t.Errorf("written twice: %s", what)
					}
					switch {
					case change:
						if domain.KindOf(err) != domain.KindUnknown || len(b.sent) != n {
							t.Errorf("a write: %s", what)
						}
					case forEver:
						if domain.KindOf(err) != tc.kind || len(b.sent) != n-1+maxAttempts {
							t.Errorf("a read: %s", what)
						}
					default:
						if err != nil || len(b.sent) != len(whole)+1 {
							t.Errorf("a read is repeated: %s", what)
						}
					}
				}
			}
		}
	}
}

func TestCalls_thatAreCancelledDuringTheirNthRequest(t *testing.T) {
	for call, do := range allCalls() {
		for n := 1; ; n++ {
			c, b := onHealthy(t)
			ctx, cancel := context.WithCancel(t.Context())
			change := false
			b.trouble = func(i int, req *http.Request) (*http.Response, error) {
				if i < n {
					return nil, nil
				}
				if i == n {
					change = changes(req)
				}
				cancel()
				return nil, ctx.Err()
			}
			err := do(ctx, c)
			cancel()
			if len(b.sent) < n {
				if err != nil {
					t.Errorf("%s: %v", call, err)
				}
				break
			}
			want := domain.KindCancelled
			if change {
				want = domain.KindUnknown
			}
			if domain.KindOf(err) != want || !errors.Is(err, context.Canceled) || b.changes > 1 || len(b.sent) > n {
				t.Errorf("%s, cancelled at request %d: %v after %v", call, n, err, b.sent)
			}
		}
	}
}

func TestCalls_thatAreNotBookedAtTheirNthRequest(t *testing.T) {
	for call, do := range allCalls() {
		for n := 1; ; n++ {
			l := &transporttest.Ledger{Full: n}
			c, b := onHealthy(t, func(o *Options) { o.Ledger = l })
			err := do(t.Context(), c)
			for i, sent := range b.sent {
				want := quota.Read
				method, path, _ := strings.Cut(sent, " ")
				switch {
				case strings.HasPrefix(path, "user/integrationLogin"):
					want = quota.SignIn
				case changes(&http.Request{Method: method, URL: mustParse(t, "http://x"+apiPath+path)}):
					want = quota.Write
				}
				if l.Taken[i] != want {
					t.Errorf("%s: %s was booked as %v", call, sent, l.Taken[i])
				}
			}
			if len(l.Taken) < n {
				if err != nil {
					t.Errorf("%s: %v", call, err)
				}
				reads, writes := c.Calls()
				if all := slices.Sorted(slices.Values(l.Taken)); reads+writes != len(all)-strings.Count(strings.Join(b.sent, " "), "integrationLogin") || writes != b.changes {
					t.Errorf("%s: %d reads and %d writes of %v", call, reads, writes, b.sent)
				}
				break
			}
			if domain.KindOf(err) != domain.KindQuota || !errors.Is(err, transporttest.ErrFull) || len(b.sent) != n-1 {
				t.Errorf("%s, not booked at request %d: %v after %v", call, n, err, b.sent)
			}
		}
	}
}

func TestCalls_onlyThoseForInvoicesMayUseTheReserve(t *testing.T) {
	invoicing := []string{"CreateDraft", "DeleteDrafts", "Invoice", "InvoicePDF", "InvoiceUBL", "SendInvoice", "SignIn", "Taxpayer"} // a sign-in is not counted
	var went []string
	for call, do := range allCalls() {
		store := &accounts{booked: map[quota.Kind]int{quota.Read: 2900, quota.Write: 6900}} // ordinary work ends at 2,800 and 6,500
		c, b := onHealthy(t, func(o *Options) { o.Ledger = quota.NewLedger(store, time.Now) })
		switch err := do(t.Context(), c); {
		case err == nil:
			went = append(went, call)
		case !errors.Is(err, quota.ErrReserve) || len(b.sent) != 0:
			t.Errorf("%s: %v after %v", call, err, b.sent)
		}
	}
	if slices.Sort(went); !slices.Equal(went, invoicing) {
		t.Errorf("with the reserve only go %v", went)
	}
}

func TestCalls_sayWhatWasBeingDone(t *testing.T) {
	// Two calls that read the same thing are the same to a person.
	alike := map[string]string{"Products": "ProductList", "Ping": "ProductList", "Sample": "ProductList", "SaveProduct": "Product"}
	whose := map[string]string{}
	for call, do := range allCalls() {
		log := &capture{}
		c, b := onHealthy(t, func(o *Options) { o.Log = log.log() })
		b.trouble = func(_ int, req *http.Request) (*http.Response, error) {
			return reply(req, 400, refusal(599, "şifre olmaz")), nil
		}
		err := do(t.Context(), c)
		var e *domain.Error
		if call == "ProbeStock" {
			err, e = nil, &domain.Error{Op: call} // a refusal is an answer to it
		}
		if err != nil && !errors.As(err, &e) {
			t.Errorf("%s: %v", call, err)
			continue
		}
		if e == nil || e.Op == "" || (err != nil && detailOf(err) != "şifre olmaz") {
			t.Errorf("%s does not say what was being done: %v", call, err)
			continue
		}
		if a := alike[call]; a != "" {
			call = a
		}
		if other := whose[e.Op]; other != "" && other != call {
			t.Errorf("%s and %s say the same: %s", call, other, e.Op)
		}
		whose[e.Op] = call
		if text := log.text(); !strings.Contains(text, "olmaz") || !strings.Contains(text, "status=400") || (err != nil && !strings.Contains(text, e.Op)) {
			t.Errorf("%s: the refusal is not in the log: %s", call, text)
		}
	}
	if len(whose) < len(allCalls())-len(alike) {
		t.Errorf("%d different ones: %v", len(whose), slices.Sorted(maps.Keys(whose)))
	}
}

func TestProducts_yieldOneErrorAfterThePagesBefore(t *testing.T) {
	for n := 1; n <= 3; n++ {
		c, net := over(t, Options{Hosts: []string{"http://127.0.0.1:9"}, AllowLoopback: true}, nil)
		lists := productLists(t, 250, nil)
		net.answer = func(req *http.Request) (*http.Response, error) {
			if pageOf(t, req) == n {
				return reply(req, 403, ""), nil
			}
			return lists(req)
		}
		good, bad := 0, 0
		for page, err := range c.Products(t.Context(), transfer.Range{From: 1}) {
			if bad > 0 {
				t.Fatal("goes on after an error")
			}
			if err != nil {
				bad++
				if page.Number != 0 || page.Products != nil || domain.KindOf(err) != domain.KindForbidden {
					t.Errorf("%+v with %v", page, err)
				}
				continue
			}
			good++
		}
		if good != n-1 || bad != 1 || len(net.sent) < n || n == 1 && len(net.sent) > 1 {
			t.Errorf("failing at page %d: %d pages, %d errors, %d calls", n, good, bad, len(net.sent))
		}
	}
}

// forgetful is a store of probes whose n-th call fails.
type forgetful struct {
	memory
	failAt, calls int
}

func (f *forgetful) call() error {
	if f.calls++; f.calls == f.failAt {
		return domain.E(domain.KindDisk, "store", errCut)
	}
	return nil
}

func (f *forgetful) Answer(ctx context.Context, name string) (string, bool, error) {
	if err := f.call(); err != nil {
		return string(domain.AbilityAllowed), true, err
	}
	return f.memory.Answer(ctx, name)
}

func (f *forgetful) Remember(ctx context.Context, name, value string) error {
	if err := f.call(); err != nil {
		return err
	}
	return f.memory.Remember(ctx, name, value)
}

func (f *forgetful) KeyPrint(ctx context.Context, s domain.Secret) (string, error) {
	if err := f.call(); err != nil {
		return "", err
	}
	return f.memory.KeyPrint(ctx, s)
}

func TestAbilities_whenTheStoreFailsAtTheNthCall(t *testing.T) {
	internet := aDraft()
	internet.Kind = domain.InvoiceEArchiveForInternet
	for name, tc := range map[string]struct {
		call      func(context.Context, *Client) error
		forbidden bool // İşbaşı answers 403
		beside    bool // what is kept is not worth an error
	}{
		"ask": {call: func(ctx context.Context, c *Client) error {
			answer, err := c.Ability(ctx, domain.AbilityStockWrite)
			if err != nil && answer != domain.AbilityUnasked {
				return nil
			}
			return err
		}},
		"remember": {call: func(ctx context.Context, c *Client) error {
			return c.Remember(ctx, domain.AbilityStockWrite, domain.AbilityAllowed)
		}},
		"probe":                  {call: func(ctx context.Context, c *Client) error { _, err := c.ProbeStock(ctx); return err }},
		"stock":                  {call: func(ctx context.Context, c *Client) error { return c.SaveStock(ctx, aMovement()) }},
		"stock, forbidden":       {call: func(ctx context.Context, c *Client) error { return c.SaveStock(ctx, aMovement()) }, forbidden: true},
		"internet":               {call: func(ctx context.Context, c *Client) error { _, err := c.CreateDraft(ctx, internet); return err }},
		"send invoice":           {call: func(ctx context.Context, c *Client) error { return c.SendInvoice(ctx, "1") }, beside: true},
		"send invoice, no right": {call: func(ctx context.Context, c *Client) error { return c.SendInvoice(ctx, "1") }, forbidden: true},
	} {
		t.Run(name, func(t *testing.T) {
			for n := 1; ; n++ {
				store := &forgetful{}
				c, b := onHealthy(t, func(o *Options) { o.Probes = store })
				b.trouble = func(_ int, req *http.Request) (*http.Response, error) {
					if tc.forbidden && changes(req) {
						return reply(req, 403, ""), nil
					}
					return nil, nil
				}
				store.failAt, store.calls = n, 0
				err := tc.call(t.Context(), c)
				if store.calls < n {
					if (err != nil) != tc.forbidden || n == 1 || (tc.forbidden && domain.KindOf(err) != domain.KindForbidden) {
						t.Errorf("%d calls: %v", store.calls, err)
					}
					return
				}
				if errors.Is(err, errCut) == tc.beside || b.changes > 1 {
					t.Errorf("call %d failed: %v", n, err)
				}
			}
		})
	}
}

// unsure is a store that gives what it does not vouch for.
type unsure struct{ memory }

func (*unsure) Answer(context.Context, string) (string, bool, error) {
	return string(domain.AbilityAllowed), false, nil
}

func TestAbility_whatNobodyVouchesForIsUnasked(t *testing.T) {
	c, _ := onHealthy(t, func(o *Options) { o.Probes = &unsure{} })
	if got, err := c.Ability(t.Context(), domain.AbilityStockWrite); got != domain.AbilityUnasked || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	store := &forgetful{}
	c, _ = onHealthy(t, func(o *Options) { o.Probes = store })
	store.failAt, store.calls = 1, 0
	c.Use(domain.Session{})
	if got, err := c.Ability(t.Context(), domain.AbilityStockWrite); got != domain.AbilityUnasked || err != nil || store.calls != 0 {
		t.Errorf("without a session: %q, %v after %d calls", got, err, store.calls)
	}
}
