package isbasi

import (
	"context"
	"maps"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// accounts keeps a ledger in memory.
type accounts struct {
	mu     sync.Mutex
	booked map[quota.Kind]int
}

func (b *accounts) Book(_ context.Context, _ string, k quota.Kind, n int) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.booked == nil {
		b.booked = map[quota.Kind]int{}
	}
	b.booked[k] += n
	return nil
}

func (b *accounts) Booked(context.Context, string) (map[quota.Kind]int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return maps.Clone(b.booked), nil
}

func (*accounts) Unheard(context.Context) (map[string]map[quota.Kind]int, error) { return nil, nil }

func (*accounts) SaveUnheard(context.Context, string, quota.Kind, int) error { return nil }

func (*accounts) QuotaLimits(context.Context) (quota.Limits, error) {
	return quota.DefaultLimits(), nil
}

func (*accounts) Exhausted(context.Context) (map[quota.Kind]quota.Exhaustion, error) { return nil, nil }

func (*accounts) SaveExhausted(context.Context, quota.Kind, quota.Exhaustion) error { return nil }

// counts gives reads and writes by the stand-in's log and by the ledger, after what was not used is
// given back.
func counts(t *testing.T, server *sandbox.Server, ledger *quota.Ledger, b *accounts) (log, booked [2]int) {
	t.Helper()
	if err := ledger.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	return [2]int{server.Spent(sandbox.CostRead), server.Spent(sandbox.CostWrite)}, [2]int{b.booked[quota.Read], b.booked[quota.Write]}
}

func TestCounting_sweepAndPriceChange(t *testing.T) {
	const firm = 38_760
	b := &accounts{}
	ledger := quota.NewLedger(b, time.Now)
	c, server := signedIn(t, sandbox.Options{Products: sandbox.Products(firm, 5)}, Options{Ledger: ledger})
	read := 0
	for page, err := range c.Products(t.Context(), transfer.Range{From: 1}) {
		if err != nil {
			t.Fatal(err)
		}
		read += len(page.Products)
	}
	if log, booked := counts(t, server, ledger, b); read != firm || log != [2]int{388, 0} || booked != log {
		t.Errorf("%d products; log %v, ledger %v", read, log, booked)
	}
	change := domain.ProductChange{Price: price("123.45")}
	ref := domain.ProductRef{Type: domain.TypeProduct}
	for _, p := range server.Products() {
		if p.Price.Valid && p.VATRate.Valid && (p.Currency == "" || p.Currency == "TL") {
			ref.ID = domain.RemoteID(strconv.FormatInt(p.ID, 10))
			break
		}
	}
	if _, err := c.SaveProduct(t.Context(), ref, change); err != nil {
		t.Fatal(err)
	}
	if log, booked := counts(t, server, ledger, b); log != [2]int{389, 1} || booked != log {
		t.Errorf("log %v, ledger %v", log, booked)
	}
}
