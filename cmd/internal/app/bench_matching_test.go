//go:build bench && linux

package app_test

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// matching measures the pairing of two lists that are in memory.
func (b *bench) matching() {
	ours := b.do(errandOf{Do: "matching", Products: b.n})
	b.beside("matching: time", time.Duration(ours.answer), ours.floor, 2.5, 1.5)
	tenth := b.do(errandOf{Do: "matching", Products: b.n / 10})
	b.grows("matching: growth", time.Duration(ours.answer), time.Duration(tenth.answer), 1.1, 1.03)
}

// match pairs every product with itself, and looks each up in a map of its keys.
func match(_ context.Context, e errandOf) error {
	in := matching.Input{ByBarcode: true, ByCode: true}
	for i, p := range sandbox.Products(e.Products, 14) {
		code, barcode := domain.Code(p.Code), domain.Barcode(p.Barcode)
		in.Locals = append(in.Locals, matching.Local{ID: domain.ProductID(i + 1), Code: code, Barcode: barcode})
		in.Remotes = append(in.Remotes, matching.Remote{ID: domain.RemoteID(strconv.Itoa(i)), Code: code, Barcode: barcode})
	}
	begun := time.Now()
	if decisions := matching.Match(in); decisions[0].Tier == matching.TierNone {
		return fmt.Errorf("%+v", decisions[0])
	}
	fmt.Printf("answer: %d\n", time.Since(begun))
	begun = time.Now()
	byBarcode, byCode := map[string]int{}, map[string]int{}
	for i, l := range in.Locals {
		if key, class := l.Barcode.Key(); class.Pairs() {
			byBarcode[key] = i
		}
		byCode[l.Code.K1()] = i
	}
	pairs := 0
	for _, r := range in.Remotes {
		key, _ := r.Barcode.Key()
		_, same := byBarcode[key]
		if _, sameCode := byCode[r.Code.K1()]; same || sameCode {
			pairs++
		}
	}
	if pairs < e.Products/2 {
		return fmt.Errorf("%d pairs", pairs)
	}
	fmt.Printf("floor: %d\n", time.Since(begun))
	return nil
}
