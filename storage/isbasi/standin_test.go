package isbasi

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// standIn starts the stand-in İşbaşı and a client of it without a session.
func standIn(t *testing.T, so sandbox.Options, o Options) (*Client, *sandbox.Server) {
	t.Helper()
	addr := freeAddr(t)
	so.Callback = "http://" + addr + callbackPath
	server, err := sandbox.New(so)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	o.Hosts, o.AllowLoopback, o.Pause = []string{server.URL()}, true, time.Millisecond
	c := open(t, o)
	c.callback.Addr, c.callback.Grace = addr, time.Second
	return c, server
}

func demoAccount() domain.Credentials {
	return domain.Credentials{
		APIKey: domain.NewSecret(sandbox.DemoKey), UserName: sandbox.DemoUser, Password: domain.NewSecret(sandbox.DemoPassword),
	}
}

func signedIn(t *testing.T, so sandbox.Options, o Options) (*Client, *sandbox.Server) {
	t.Helper()
	c, server := standIn(t, so, o)
	in, err := c.SignIn(t.Context(), demoAccount())
	if err != nil {
		t.Fatal(err)
	}
	c.Use(in.Session)
	return c, server
}

// person plays the one at the browser.
func person(t *testing.T, allow bool, notes *[]error) domain.Browser {
	return domain.Browser{
		Open: func(address string) error { return sandbox.Consent(t.Context(), address, allow) },
		Note: func(err error) { *notes = append(*notes, err) },
	}
}

func TestStandIn_browserRound(t *testing.T) {
	for name, so := range map[string]sandbox.Options{
		"quirks": {}, "plain": {Plain: true}, "state dropped": {DropState: true}, "key in an object": {UserKeyAsObject: true},
		"at once": {AutoConsent: true},
	} {
		t.Run(name, func(t *testing.T) {
			c, server := standIn(t, so, Options{})
			var notes []error
			in, err := c.SignInBrowser(t.Context(), domain.Credentials{APIKey: domain.NewSecret(sandbox.DemoKey)}, person(t, true, &notes))
			if err != nil || len(notes) != 0 {
				t.Fatalf("%v, notes %v", err, notes)
			}
			c.Use(in.Session)
			if err := c.Ping(t.Context()); err != nil {
				t.Error(err)
			}
			server.EndTokens()
			if err := c.Ping(t.Context()); err != nil {
				t.Errorf("renewed with the second key alone: %v", err)
			}
		})
	}
}

func TestStandIn_browserRefused(t *testing.T) {
	c, _ := standIn(t, sandbox.Options{}, Options{})
	var notes []error
	_, err := c.SignInBrowser(t.Context(), domain.Credentials{APIKey: domain.NewSecret(sandbox.DemoKey)}, person(t, false, &notes))
	wantKind(t, err, domain.KindConsentRefused)
}

func TestStandIn_browserThenPassword(t *testing.T) {
	c, server := standIn(t, sandbox.Options{LoginNeedsPassword: true}, Options{})
	var notes []error
	in, err := c.SignInBrowser(t.Context(), domain.Credentials{APIKey: domain.NewSecret(sandbox.DemoKey)}, person(t, true, &notes))
	wantKind(t, err, domain.KindCredentials)
	cr := in.Session.Credentials
	cr.UserName, cr.Password = sandbox.DemoUser, domain.NewSecret("wrong")
	_, err = c.SignIn(t.Context(), cr)
	wantKind(t, err, domain.KindWrongPassword)
	cr.Password = domain.NewSecret(sandbox.DemoPassword)
	if in, err = c.SignIn(t.Context(), cr); err != nil {
		t.Fatal(err)
	}
	c.Use(in.Session)
	server.EndTokens()
	if err := c.Ping(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestStandIn_secondKeyGoodOnceOnly(t *testing.T) {
	c, server := standIn(t, sandbox.Options{UserKeyOnce: true}, Options{})
	var notes []error
	in, err := c.SignInBrowser(t.Context(), domain.Credentials{APIKey: domain.NewSecret(sandbox.DemoKey)}, person(t, true, &notes))
	if err != nil {
		t.Fatal(err)
	}
	c.Use(in.Session)
	server.EndTokens()
	wantKind(t, c.Ping(t.Context()), domain.KindNeedsSignIn)
}

func TestStandIn_wrongKeyAndPassword(t *testing.T) {
	c, _ := standIn(t, sandbox.Options{}, Options{})
	cr := demoAccount()
	cr.Password = domain.NewSecret("wrong-password")
	_, err := c.SignIn(t.Context(), cr)
	wantKind(t, err, domain.KindWrongPassword)
	cr.APIKey = domain.NewSecret("wrong-key")
	_, err = c.SignIn(t.Context(), cr)
	wantKind(t, err, domain.KindWrongKey)
	_, err = c.SignInBrowser(t.Context(), cr, domain.Browser{})
	wantKind(t, err, domain.KindWrongKey)
}

func TestStandIn_productsArriveAsTheyAre(t *testing.T) {
	products := sandbox.Products(1234, 7)
	c, server := signedIn(t, sandbox.Options{Products: products}, Options{})
	got := map[domain.RemoteID]domain.RemoteProduct{}
	last := transfer.Page{}
	for page, err := range c.Products(t.Context(), transfer.Range{From: 1}) {
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range page.Products {
			got[p.ID] = p
		}
		last = page
	}
	want := 0
	for _, p := range products {
		if p.Type == sandbox.TypeService {
			continue
		}
		want++
		g, ok := got[domain.RemoteID(decimal.NewFromInt(p.ID).String())]
		if !ok {
			t.Fatalf("product %d is missing", p.ID)
		}
		currency := map[string]domain.Currency{"": "", "TL": domain.TRY}
		wantCurrency, known := currency[p.Currency]
		if !known {
			wantCurrency = domain.Currency(p.Currency)
		}
		if string(g.Code) != p.Code || string(g.Barcode) != p.Barcode || g.Active == p.Passive || g.Currency != wantCurrency ||
			g.Name != strings.TrimSpace(p.Name) || g.Brand != p.Brand || !g.ModifiedAt.Equal(p.ModifiedAt.Truncate(time.Second)) {
			t.Errorf("\n got %+v\nsent %+v", g, p)
		}
		for name, pair := range map[string][2]decimal.NullDecimal{
			"price": {g.Price, p.Price}, "stock": {g.Stock, p.Stock}, "VAT": {g.VATRate, p.VATRate},
		} {
			if pair[0].Valid != pair[1].Valid || !pair[0].Decimal.Equal(pair[1].Decimal) {
				t.Errorf("%s of %d: %v, sent %v", name, p.ID, pair[0], pair[1])
			}
		}
	}
	calls := server.Count(sandbox.RouteProducts)
	if reads, _ := c.Calls(); len(got) != want || last.Total != want || calls != (want+99)/100 || reads != calls {
		t.Errorf("%d products of %d, count %d, %d calls, %d reads", len(got), want, last.Total, calls, reads)
	}
}

func TestStandIn_faults(t *testing.T) {
	list := sandbox.RouteProducts
	for name, tc := range map[string]struct {
		fault sandbox.Fault
		want  domain.Kind
		pages int
	}{
		"gateway page once":  {sandbox.Fault{Route: list, Page: 2, Kind: sandbox.FaultHTML, Times: 1}, "", 3},
		"gateway page":       {sandbox.Fault{Route: list, Page: 2, Kind: sandbox.FaultHTML}, domain.KindUnavailable, 1},
		"page with 200 once": {sandbox.Fault{Route: list, Page: 2, Kind: sandbox.FaultHTML, Status: 200, Times: 1}, "", 3},
		"nothing once":       {sandbox.Fault{Route: list, Page: 2, Kind: sandbox.FaultBody, Times: 1}, "", 3},
		"half a text once":   {sandbox.Fault{Route: list, Page: 2, Kind: sandbox.FaultBody, Message: `{"code":0,"isError":fal`, Times: 4}, "", 3},
		"page with 200":      {sandbox.Fault{Route: list, Page: 2, Kind: sandbox.FaultHTML, Status: 200}, domain.KindBadAnswer, 1},
		"foreign JSON":       {sandbox.Fault{Route: list, Page: 2, Kind: sandbox.FaultBody, Message: `{"a":1}`}, domain.KindBadAnswer, 1},
		"cut once":           {sandbox.Fault{Route: list, Page: 2, Kind: sandbox.FaultCut, Times: 1}, "", 3},
		"cut":                {sandbox.Fault{Route: list, Page: 2, Kind: sandbox.FaultCut}, domain.KindNetwork, 1},
		"dropped once":       {sandbox.Fault{Route: list, Page: 3, Kind: sandbox.FaultDrop, Times: 1}, "", 3},
		"dropped":            {sandbox.Fault{Route: list, Page: 3, Kind: sandbox.FaultDrop}, domain.KindNetwork, 2},
		"token ends":         {sandbox.Fault{Route: list, Page: 2, Kind: sandbox.FaultToken, Times: 1}, "", 3},
		"token never lasts":  {sandbox.Fault{Route: list, Page: 2, Kind: sandbox.FaultToken}, domain.KindNeedsSignIn, 1},
		"busy for an hour":   {sandbox.Fault{Route: list, Page: 2, Kind: sandbox.FaultRate, RetryAfter: time.Hour}, domain.KindSlowDown, 1},
		"busy for an hour, by date": {
			sandbox.Fault{Route: list, Page: 2, Kind: sandbox.FaultRate, RetryAfter: time.Hour, RetryDate: true}, domain.KindSlowDown, 1,
		},
		"busy":           {sandbox.Fault{Route: list, Page: 2, Kind: sandbox.FaultRate}, domain.KindSlowDown, 1},
		"busy once":      {sandbox.Fault{Route: list, Page: 2, Kind: sandbox.FaultRate, Times: 1}, "", 3},
		"redirect":       {sandbox.Fault{Route: list, Page: 2, Kind: sandbox.FaultRedirect, Location: "http://127.0.0.1:1/"}, domain.KindHost, 1},
		"business error": {sandbox.Fault{Route: list, Page: 2, Kind: sandbox.FaultStatus, Status: 400, Message: "Olmaz."}, domain.KindRejected, 1},
		"forbidden":      {sandbox.Fault{Route: list, Page: 2, Kind: sandbox.FaultStatus, Status: 403}, domain.KindForbidden, 1},
		"repeats itself": {sandbox.Fault{Route: list, Page: 2, Kind: sandbox.FaultRepeat}, domain.KindCount, 1},
		"count is off":   {sandbox.Fault{Route: list, Kind: sandbox.FaultCount, By: 1}, "", 3},
	} {
		t.Run(name, func(t *testing.T) {
			products := make([]sandbox.Product, 250)
			for i := range products {
				products[i] = sandbox.Product{ID: int64(i + 1), Code: "C"}
			}
			c, _ := signedIn(t, sandbox.Options{Products: products, Faults: []sandbox.Fault{tc.fault}}, Options{})
			pages, err := collect(t.Context(), c, 1)
			wantKind(t, err, tc.want)
			if len(pages) != tc.pages {
				t.Errorf("%d pages, want %d", len(pages), tc.pages)
			}
		})
	}
}

func TestStandIn_serverGone(t *testing.T) {
	c, server := signedIn(t, sandbox.Options{}, Options{})
	if err := server.Close(); err != nil {
		t.Fatal(err)
	}
	wantKind(t, c.Ping(t.Context()), domain.KindNetwork)
}

func TestStandIn_cancelWhileItIsSlow(t *testing.T) {
	slow := sandbox.Fault{Route: sandbox.RouteProducts, Kind: sandbox.FaultDelay, Delay: time.Hour}
	c, server := signedIn(t, sandbox.Options{}, Options{})
	server.Fault(slow)
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	wantKind(t, c.Ping(ctx), domain.KindCancelled)
}
