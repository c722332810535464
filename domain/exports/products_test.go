package exports

import (
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestIsProducts_knowsTheHeaderOfProducts(t *testing.T) {
	header := Products(said, one(domain.Product{})).Columns
	shuffled := append([]string{"Raf"}, header...)
	slices.Reverse(shuffled)
	if !IsProducts(header) || !IsProducts(shuffled) {
		t.Errorf("%q are not known", shuffled)
	}
	for i, title := range header {
		if other := slices.Delete(slices.Clone(header), i, i+1); IsProducts(other) {
			t.Errorf("known without %q", title)
		}
	}
}
