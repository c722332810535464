package isbasi

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

const draftRoute = "POST invoices/integrationInvoices"

func TestWrite_isSentOnceAndSaysWhenNobodyKnows(t *testing.T) {
	gone := &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("no route to host")}
	for name, tc := range map[string]struct {
		answer reaction
		want   domain.Kind
		calls  int
	}{
		"gateway's page":          {saysStatus(502, gatewayPage), domain.KindUnknown, 1},
		"out of order":            {saysStatus(503, ""), domain.KindUnknown, 1},
		"missing customer":        {saysStatus(500, refusal(500, "Object reference")), domain.KindUnknown, 1},
		"connection ended":        {breaks(errCut), domain.KindUnknown, 1},
		"a page with 200":         {says(gatewayPage), domain.KindUnknown, 1},
		"half an answer":          {says(`{"code":0,"isErr`), domain.KindUnknown, 1},
		"success without an id":   {says(good(`{"uuid":"x"}`)), domain.KindUnknown, 1},
		"success without data":    {says(good(`null`)), domain.KindUnknown, 1},
		"time-out":                {breaks(context.DeadlineExceeded), domain.KindUnknown, 1},
		"refused":                 {saysStatus(400, refusal(400, "olmaz")), domain.KindRejected, 1},
		"business error":          {says(refusal(599, "olmaz")), domain.KindRejected, 1},
		"no right":                {saysStatus(403, refusal(403, "API yetkilendirilmedi")), domain.KindForbidden, 1},
		"no such route":           {saysStatus(404, ""), domain.KindNotFound, 1},
		"limit":                   {saysStatus(429, ""), domain.KindSlowDown, 1},
		"redirect":                {saysStatus(307, ""), domain.KindHost, 1},
		"never connected":         {breaks(gone), domain.KindNetwork, 1},
		"never reached the proxy": {breaks(&net.OpError{Op: "proxyconnect", Err: errCut}), domain.KindNetwork, 1},
		"cut while it was read":   {breaks(&net.OpError{Op: "read", Err: errCut}), domain.KindUnknown, 1},
		"cut while it was sent":   {breaks(&net.OpError{Op: "write", Err: errCut}), domain.KindUnknown, 1},
		"never trusted the other": {breaks(&tls.CertificateVerificationError{Err: errors.New("unknown authority")}), domain.KindNetwork, 1},
	} {
		t.Run(name, func(t *testing.T) {
			c, d := scripted(t, map[string][]reaction{draftRoute: {tc.answer}})
			stored, err := c.CreateDraft(t.Context(), aDraft())
			wantKind(t, err, tc.want)
			if (stored.UUID == "x") != (name == "success without an id") {
				t.Errorf("to look it up by: %+v", stored)
			}
			if len(d.calls) != tc.calls {
				t.Errorf("%d calls", len(d.calls))
			}
			if strings.Contains(err.Error(), testKey) || strings.Contains(err.Error(), testToken) {
				t.Errorf("a secret is in %v", err)
			}
		})
	}
}

func TestWrite_cancelledOnTheWayIsUnknown(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c, n := over(t, Options{Hosts: []string{"http://127.0.0.1:9"}, AllowLoopback: true}, func(*http.Request) (*http.Response, error) {
		cancel()
		return nil, ctx.Err()
	})
	_, err := c.CreateDraft(ctx, aDraft())
	wantKind(t, err, domain.KindUnknown)
	if !errors.Is(err, context.Canceled) || len(n.sent) != 1 {
		t.Errorf("%v after %d calls", err, len(n.sent))
	}
}

type refusing struct{}

func (refusing) Take(context.Context, quota.Kind) error {
	return domain.E(domain.KindQuota, "book", nil)
}

func (refusing) Refused(context.Context, quota.Kind, time.Duration) error { return nil }

func (refusing) Heard(context.Context, time.Time) error { return nil }

func (refusing) Accepted(context.Context, quota.Kind) error { return nil }

func TestWrite_notBookedIsNotSent(t *testing.T) {
	c, d := scripted(t, nil, func(o *Options) { o.Ledger = refusing{} })
	_, err := c.CreateDraft(t.Context(), aDraft())
	wantKind(t, err, domain.KindQuota)
	d.was()
}

func TestWrite_isReplayedOnceAfterARenewal(t *testing.T) {
	c, d := scripted(t, map[string][]reaction{
		draftRoute:                   {saysStatus(401, ""), says(fixture(t, "draft_stored"))},
		"POST user/integrationLogin": {says(loginAnswer("fresh-token-1"))},
	})
	if _, err := c.CreateDraft(t.Context(), aDraft()); err != nil {
		t.Fatal(err)
	}
	d.was(draftRoute, "POST user/integrationLogin", draftRoute)
}

func TestWrite_renewalOutOfReachIsNoUnknownOutcome(t *testing.T) {
	c, d := scripted(t, map[string][]reaction{
		draftRoute:                   {saysStatus(401, "")},
		"POST user/integrationLogin": {breaks(errCut)},
	})
	_, err := c.CreateDraft(t.Context(), aDraft())
	wantKind(t, err, domain.KindNetwork)
	d.was(draftRoute, "POST user/integrationLogin")
}

func TestCalls_needASession(t *testing.T) {
	c, d := scripted(t, nil)
	c.Use(domain.Session{})
	for name, call := range everyCall() {
		if err := call(t.Context(), c); domain.KindOf(err) != domain.KindNeedsSignIn && domain.KindOf(err) != domain.KindForbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
	d.was()
}

// everyCall makes each call once, with what it needs to leave.
func everyCall() map[string]func(context.Context, *Client) error {
	return map[string]func(context.Context, *Client) error{
		"Product": func(ctx context.Context, c *Client) error { _, err := c.Product(ctx, matara); return err },
		"SaveProduct": func(ctx context.Context, c *Client) error {
			_, err := c.SaveProduct(ctx, matara, domain.ProductChange{Name: "x"})
			return err
		},
		"Activate":   func(ctx context.Context, c *Client) error { return c.ActivateProducts(ctx, matara) },
		"Deactivate": func(ctx context.Context, c *Client) error { return c.DeactivateProducts(ctx, matara) },
		"SaveStock": func(ctx context.Context, c *Client) error {
			return c.SaveStock(ctx, domain.StockMovement{Type: 1, Lines: []domain.StockLine{{Product: "1"}}})
		},
		"ProbeStock": func(ctx context.Context, c *Client) error { _, err := c.ProbeStock(ctx); return err },
		"ProductList": func(ctx context.Context, c *Client) error {
			_, err := first(c.ProductList(ctx, domain.ListQuery{}))
			return err
		},
		"Taxpayer": func(ctx context.Context, c *Client) error { _, err := c.Taxpayer(ctx, "4540536920"); return err },
		"Invoices": func(ctx context.Context, c *Client) error {
			_, err := first(c.Invoices(ctx, domain.ListQuery{}))
			return err
		},
		"OutgoingDocuments": func(ctx context.Context, c *Client) error {
			_, err := first(c.OutgoingDocuments(ctx, domain.ListQuery{}))
			return err
		},
		"Invoice":     func(ctx context.Context, c *Client) error { _, err := c.Invoice(ctx, "1"); return err },
		"CreateDraft": func(ctx context.Context, c *Client) error { _, err := c.CreateDraft(ctx, aDraft()); return err },
		"DeleteDrafts": func(ctx context.Context, c *Client) error {
			return c.DeleteDrafts(ctx, "1")
		},
		"SendInvoice": func(ctx context.Context, c *Client) error { return c.SendInvoice(ctx, "1") },
		"InvoicePDF":  func(ctx context.Context, c *Client) error { _, err := c.InvoicePDF(ctx, "u"); return err },
		"InvoiceUBL":  func(ctx context.Context, c *Client) error { _, err := c.InvoiceUBL(ctx, "u"); return err },
	}
}

func TestCalls_keepTheKindOfARefusal(t *testing.T) {
	for status, want := range map[int]domain.Kind{403: domain.KindForbidden, 429: domain.KindSlowDown} {
		for name, call := range everyCall() {
			c, _ := over(t, Options{Hosts: []string{"http://127.0.0.1:9"}, AllowLoopback: true, Pause: 1}, func(req *http.Request) (*http.Response, error) {
				return reply(req, status, refusal(status, "hayır"), "Retry-After", "3600"), nil
			})
			err := call(t.Context(), c)
			if name == "SaveStock" || (name == "ProbeStock" && status == 403) {
				continue // off without a probe; and the probe takes 403 for its answer
			}
			if domain.KindOf(err) != want {
				t.Errorf("%d: %s: %v", status, name, err)
			}
		}
	}
}

func TestRefusals_areLoggedWithoutNames(t *testing.T) {
	log := &capture{}
	c, _ := scripted(t, map[string][]reaction{draftRoute: {saysStatus(400, refusal(400,
		"4540536920 vergi numaralı info@yildiz.example için "+testToken+" Bearer "+testKey+" geçersiz, satır 12"))}},
		func(o *Options) { o.Log = log.log() })
	_, err := c.CreateDraft(t.Context(), aDraft())
	wantKind(t, err, domain.KindRejected)
	text := log.text()
	for _, s := range []string{"4540536920", "info@yildiz.example", testToken, testKey, "Bearer"} {
		if strings.Contains(text, s) {
			t.Errorf("the log holds %s: %s", s, text)
		}
	}
	for _, s := range []string{"vergi numaralı", "satır 12", "status=400", "store a draft invoice"} {
		if !strings.Contains(text, s) {
			t.Errorf("the log lacks %s: %s", s, text)
		}
	}
}
