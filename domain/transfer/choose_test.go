package transfer

import (
	"fmt"
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/matching"
)

// Whatever of the row speaks for a product suggests it; rivals are those who lead to a product that this
// row's own barcode or code leads to, however it is spelled, and not those of a mere likeness.
func TestField_chooseSuggestsAndNamesTheRivals(t *testing.T) {
	barcode := func(n int) domain.Barcode { return domain.Barcode(domaintest.GTIN13(n)) }
	const inStore = domain.Barcode("2000000000015")
	offer := func(id domain.ProductID, code domain.Code, b domain.Barcode, name string) matching.Offer {
		o := matching.Offer{Local: matching.Local{ID: id, Code: code, Barcode: b}, K1: code.K1(), NameFold: domain.Fold(name)}
		if key, class := b.Key(); class.Pairs() {
			o.Key = key
		}
		return o
	}
	me := domain.RemoteProduct{ID: "me", Code: "AB-1", Barcode: barcode(1), Name: "Kırmızı Kalem"}
	local := me
	local.Barcode = inStore
	for _, c := range []struct {
		remote domain.RemoteProduct
		offer  matching.Offer
		by     matching.Evidence
		leads  bool
	}{
		{me, offer(1, "X-1", barcode(1), ""), matching.ByBarcode, true},
		{me, offer(2, "AB-1", "", ""), matching.ByCode, true},
		{me, offer(3, "ab–1 ", "", ""), matching.BySpelling, true},
		{local, offer(4, "X-4", inStore, ""), matching.ByRestricted, true},
		{me, offer(5, "X-5", "", "Kırmızı Kalem"), matching.ByName, false},
		{me, offer(6, "AB1", "", ""), matching.ByLooseCode, false},
		{me, offer(7, "X-7", barcode(7), ""), matching.ByOtherUnit, false},
	} {
		remotes := []matching.Remote{{ID: "first", Code: c.offer.Code, Barcode: c.offer.Barcode}, {ID: "me", Code: c.remote.Code, Barcode: c.remote.Barcode}, {ID: "nobody", Code: "Z"}}
		remotes = append(remotes, matching.Remote{ID: "last", Code: c.offer.Code, Barcode: c.offer.Barcode})
		f := Field{Row: Row{Remote: c.remote}, Offers: []matching.Offer{offer(90, "Q", "", ""), c.offer}, Remotes: remotes}
		best, rivals := f.Choose([]domain.Barcode{barcode(7)}, 5)
		if len(best) != 1 || best[0].Local != c.offer.ID || !slices.Contains(best[0].Why, c.by) {
			t.Errorf("by %s: %+v", c.by, best)
		}
		want := []domain.RemoteID{"first", "last"}
		if !c.leads {
			want = nil
		}
		if !slices.Equal(rivals, want) {
			t.Errorf("by %s: rivals %q, want %q", c.by, rivals, want)
		}
	}
	// Of two, the better one alone, and its rivals alone.
	f := Field{Row: Row{Remote: me}, Offers: []matching.Offer{offer(2, "AB-1", barcode(2), ""), offer(1, "X-1", barcode(1), "")}}
	for i := range 3 {
		f.Remotes = append(f.Remotes, matching.Remote{ID: domain.RemoteID(fmt.Sprint(i)), Barcode: barcode(i)})
	}
	for n, want := range [][]domain.RemoteID{nil, {"1"}, {"1", "2"}, {"1", "2"}} {
		best, rivals := f.Choose(nil, n)
		if len(best) != min(n, 2) || !slices.Equal(rivals, want) {
			t.Errorf("the best %d: %+v, rivals %q, want %q", n, best, rivals, want)
		}
	}
}
