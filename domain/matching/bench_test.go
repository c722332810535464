package matching

import (
	"fmt"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// large makes two sides of n products: a third pairs by barcode, a third by code, a third not at all.
func large(n int) Input {
	in := Input{ByBarcode: true, ByCode: true, Remotes: make([]Remote, n), Locals: make([]Local, n)}
	for i := range n {
		code, other := domain.Code(fmt.Sprintf("Ürün-%06d", i)), domain.Code(fmt.Sprintf("SKU %06d", i))
		barcode := gtin13(i)
		in.Remotes[i] = Remote{ID: domain.RemoteID(fmt.Sprint(i)), Code: code, Barcode: barcode}
		switch in.Locals[i].ID = domain.ProductID(i + 1); i % 3 {
		case 0:
			in.Locals[i].Barcode, in.Locals[i].Code = barcode, other
		case 1:
			in.Locals[i].Code = code
		default:
			in.Locals[i].Code = other
		}
	}
	return in
}

func gtin13(i int) domain.Barcode {
	stem := fmt.Sprintf("869%09d", i)
	sum := 0
	for at, digit := range stem {
		sum += int(digit-'0') * (1 + at%2*2)
	}
	return domain.Barcode(fmt.Sprint(stem, (10-sum%10)%10))
}

// plainLoop is the least that any matching has to do: the keys, a map, a look-up each.
func plainLoop(in Input) (pairs int) {
	byBarcode, byCode := map[string]int{}, map[string]int{}
	for i, l := range in.Locals {
		if key, class := l.Barcode.Key(); class.Pairs() {
			byBarcode[key] = i
		}
		byCode[l.Code.K1()] = i
	}
	for _, r := range in.Remotes {
		key, _ := r.Barcode.Key()
		_, a := byBarcode[key]
		_, b := byCode[r.Code.K1()]
		if a || b {
			pairs++
		}
	}
	return pairs
}

func BenchmarkMatch(b *testing.B) {
	const n = 100_000
	same := Input{ByBarcode: true, ByCode: true}
	for i := range n {
		same.Remotes = append(same.Remotes, Remote{ID: domain.RemoteID(fmt.Sprint(i)), Code: "X", Barcode: gtinA})
		same.Locals = append(same.Locals, Local{ID: domain.ProductID(i + 1), Code: "X", Barcode: gtinA})
	}
	for _, bb := range []struct {
		name string
		in   Input
	}{{"apart", large(n)}, {"all with one key", same}} {
		b.Run(bb.name, func(b *testing.B) {
			start := time.Now()
			plainLoop(bb.in)
			plain := time.Since(start)
			for b.Loop() {
				Match(bb.in)
			}
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(plain), "×plain-loop")
		})
	}
}

func TestMatch_pairsLargeCatalogues(t *testing.T) {
	t.Parallel()
	const n = 20_000
	tiers := map[Tier]int{}
	for _, d := range Match(large(n)) {
		tiers[d.Tier]++
	}
	if tiers[TierBarcode] != (n+2)/3 || tiers[TierCode] != (n+1)/3 || tiers[TierNone] != n/3 {
		t.Errorf("%v", tiers)
	}
}
