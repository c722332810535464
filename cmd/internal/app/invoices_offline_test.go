package app_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// Without a connection orders wait, and nobody has to say anything when there is one again.
func TestInvoices_waitForAConnectionAndGoOnByThemselves(t *testing.T) {
	ctx := t.Context()
	var o sandbox.Options
	s := openSeller(t, func(given *sandbox.Options) { o = *given })
	sales, _ := traveller()
	sales = sales[:2]
	s.imports(s.c, sales)
	address, err := url.Parse(s.server.URL())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.server.Close(); err != nil {
		t.Fatal(err)
	}
	done, err := issued(ctx, s.c, issuing.Request{Wish: orders.WishDraft})
	if domain.KindOf(err) != domain.KindNetwork || done.Waiting != len(sales) || done.Drafted+done.Unknown > 0 || domain.KindOf(s.c.Hindrance()) != domain.KindNetwork {
		t.Fatalf("%+v, %v", done, err)
	}
	for _, one := range sales {
		if k := s.order(one.pack); k.Verdict.Queued != orders.WishDraft || k.Verdict.Stage != orders.StageReady {
			t.Errorf("%+v", k.Verdict)
		}
		if records, err := s.c.RecordsOf(ctx, one.key()); err != nil || len(records) > 0 {
			t.Errorf("%d attempts, %v", len(records), err)
		}
	}
	s.c.KeepInvoicing()
	again := s.c.GoesOnAt()
	s.pass(again.Sub(s.now()) + time.Second)
	s.until("it has tried again", func() bool { return s.c.GoesOnAt().After(again) })

	o.Addr = address.Host
	if s.server, err = sandbox.New(o); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.server.Close() })
	s.pass(s.c.GoesOnAt().Sub(s.now()) + time.Second)
	s.until("it has gone on", func() bool {
		standing, err := s.c.InvoiceStanding(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return standing.Queued == 0 && standing.Drafts == len(sales)
	})
	standing := s.standing()
	if len(standing) != len(sales) {
		t.Errorf("%d invoices", len(standing))
	}
	for _, of := range standing {
		s.compareInvoice(&of[0], sandbox.KindEArchive)
	}
	s.until("nothing holds it up", func() bool { return domain.KindOf(s.c.Hindrance()) == "" }) // once the run has ended
}

// until waits for a state.
func (s *seller) until(what string, is func() bool) {
	s.t.Helper()
	const longest = 20 * time.Second
	look, end := time.NewTicker(time.Millisecond), time.After(longest)
	defer look.Stop()
	for !is() {
		select {
		case <-look.C:
		case <-end:
			s.t.Fatalf("not in %s: %s", longest, what)
		}
	}
}
