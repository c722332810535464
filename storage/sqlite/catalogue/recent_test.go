package catalogue_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestRecent_knowsWhatAsksForMoreOfTheSameIndex(t *testing.T) {
	var r catalogue.Recent
	if _, ok := r.Among(nil, domain.ProductsAll, []string{"yok"}); ok {
		t.Error("it knows something before anything was searched")
	}
	for _, tt := range []struct {
		kept    domain.ProductGroup
		index   string
		group   domain.ProductGroup
		phrases []string
		want    bool
	}{
		{domain.ProductsCurrent, "as it is", domain.ProductsCurrent, []string{"yok", "var"}, true},
		{domain.ProductsCurrent, "as it is", domain.ProductsCurrent, []string{"varlık", "boyoktur", "başka"}, true},
		{domain.ProductsCurrent, "as it is", domain.ProductsCurrent, []string{"yokvar"}, true},
		{domain.ProductsCurrent, "as it is", domain.ProductsCurrent, []string{"yok"}, false},
		{domain.ProductsCurrent, "as it is", domain.ProductsCurrent, []string{"yo", "var"}, false},
		{domain.ProductsCurrent, "another", domain.ProductsCurrent, []string{"yok", "var"}, false},
		{domain.ProductsCurrent, "as it is", domain.ProductsAll, []string{"yok", "var"}, false},
		{domain.ProductsCurrent, "as it is", domain.ProductsArchived, []string{"yok", "var"}, false},
		{domain.ProductsAll, "as it is", domain.ProductsArchived, []string{"yok", "var"}, true},
	} {
		var r catalogue.Recent
		r.Keep([]byte("an older one"), domain.ProductsAll, []string{"va"}, nil)
		r.Keep([]byte("as it is"), tt.kept, []string{"yok", "var"}, []domain.ProductID{3, 14})
		got, ok := r.Among([]byte(tt.index), tt.group, tt.phrases)
		if ok != tt.want || ok && !slices.Equal(got, []domain.ProductID{3, 14}) {
			t.Errorf("%+v: %v %v", tt, got, ok)
		}
	}
}

func TestRecent_knowsTheLastSearches(t *testing.T) {
	var r catalogue.Recent
	for i := range domain.ProductID(20) {
		r.Keep([]byte("it"), domain.ProductsAll, []string{"su", fmt.Sprintf("word-%02d", i)}, []domain.ProductID{i})
	}
	for word, want := range map[string]domain.ProductID{"word-11": -1, "word-12": 12, "sword-19": 19, "word-12 word-15": 15} {
		got, ok := r.Among([]byte("it"), domain.ProductsAll, append(strings.Fields(word), "su"))
		if ok != (want >= 0) || ok && got[0] != want {
			t.Errorf("%s: %v %v", word, got, ok)
		}
	}
}

// Letter by letter, and back, with other sorts and groups in between: the same as by a scan.
func TestListProducts_findsWhatIsTypedOn(t *testing.T) {
	w := words{rand.New(rand.NewPCG(7, 14))}
	c := sqlitetest.NewCompany(t)
	products := make([]domain.Product, 60)
	for i := range products {
		products[i] = domain.Product{
			Name: w.text(5), Code: domain.Code(w.text(1)), State: domain.ProductState(w.pick("active", "active", "passive", "draft", "archived")),
		}
	}
	products = sqlitetest.Put(t, c, products...)
	all := make([]domain.ListedProduct, len(products))
	for i, p := range products {
		all[i].Product = p
	}
	for range 40 / sqlitetest.Thinned {
		line := []rune(w.search(products[w.IntN(len(products))]) + " " + w.search(products[w.IntN(len(products))]))
		q := domain.ProductQuery{Group: domain.ProductGroup(w.pick("", "current", "current", "archived", "drafts"))}
		for i := range line {
			q.Search, q.Sort, q.Desc, q.Most = string(line[:i+1]), domain.ProductSort(w.pick("", "name", "price")), w.IntN(2) == 0, w.IntN(2)*1000
			if strings.TrimSpace(q.Search) == "" {
				continue
			}
			want := found(all, q)
			got, n, err := c.ListProducts(t.Context(), q)
			if err != nil || n != len(want) || fmt.Sprint(ids(got)) != fmt.Sprint(ids(want)) {
				t.Fatalf("%+q finds %d and lists %v, want %v, %v", fmt.Sprintf("%+v", q), n, ids(got), ids(want), err)
			}
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
