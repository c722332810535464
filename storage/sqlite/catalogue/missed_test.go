package catalogue_test

import (
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestMissed_coversWhatAsksForMoreOfTheSameIndex(t *testing.T) {
	var m catalogue.Missed
	if m.Covers(nil, []string{"yok"}) {
		t.Error("it covers something before anything was missed")
	}
	m.Keep([]byte("as it is"), []string{"yok", "var"})
	for _, tt := range []struct {
		index   string
		phrases []string
		want    bool
	}{
		{"as it is", []string{"yok", "var"}, true},
		{"as it is", []string{"varlık", "boyoktur", "başka"}, true},
		{"as it is", []string{"yokvar"}, true},
		{"as it is", []string{"yok"}, false},
		{"as it is", []string{"yo", "var"}, false},
		{"another", []string{"yok", "var"}, false},
	} {
		if got := m.Covers([]byte(tt.index), tt.phrases); got != tt.want {
			t.Errorf("%q of %s: %v", tt.phrases, tt.index, got)
		}
	}
}

func TestListProducts_findsWhatCameAfterNothingWasFound(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	finds := func(search string, group domain.ProductGroup, want int) {
		t.Helper()
		if _, n, err := c.ListProducts(t.Context(), domain.ProductQuery{Search: search, Group: group}); n != want || err != nil {
			t.Errorf("%q finds %d, want %d, %v", search, n, want, err)
		}
	}
	finds("çay", domain.ProductsAll, 0)
	finds("çayı", domain.ProductsCurrent, 0)
	p := sqlitetest.Put(t, c, domain.Product{Name: "Rize çayı", State: domain.ProductArchived})[0]
	finds("çayı", domain.ProductsAll, 1)
	finds("çayı", domain.ProductsCurrent, 0)
	p.State = domain.ProductActive
	sqlitetest.Save(t, c, p)
	finds("çayı", domain.ProductsCurrent, 1)
	finds("rize ça", domain.ProductsArchived, 0)
	finds("rize ça", domain.ProductsCurrent, 1)
}
