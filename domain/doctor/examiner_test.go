package doctor

import (
	"context"
	"errors"
	"iter"
	"reflect"
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

// shelves are a catalogue in memory; counting, or reading after the last product, ends with an error where
// there is one.
type shelves struct {
	products        []domain.Product
	uncounted, torn error
}

func (s shelves) Products(context.Context, domain.ProductQuery) ([]domain.Product, int, error) {
	return nil, len(s.products), s.uncounted
}

func (s shelves) AllProducts(context.Context) iter.Seq2[domain.Product, error] {
	return func(yield func(domain.Product, error) bool) {
		for _, p := range s.products {
			if !yield(p, nil) {
				return
			}
		}
		if s.torn != nil {
			yield(domain.Product{}, s.torn)
		}
	}
}

func TestExaminer_looksAtTheWholeCatalogue(t *testing.T) {
	t.Parallel()
	products := []domain.Product{
		{ID: 1, Code: "7", Barcode: "36000291452", State: domain.ProductActive}, {ID: 2, Code: "0123", Barcode: "8,69E+12", State: domain.ProductActive},
	}
	errBroken := errors.New("broken")
	for what, look := range map[string]func(e *Examiner, count *Count) (any, error){
		"examine": func(e *Examiner, count *Count) (any, error) { return e.Examine(t.Context(), count) },
		"pad":     func(e *Examiner, count *Count) (any, error) { return e.Padding(t.Context(), Code, 4, count) },
	} {
		want := map[string]any{"examine": Examine(slices.Values(products)), "pad": Pad(slices.Values(products), Code, 4)}[what]
		var count Count
		if got, err := look(NewExaminer(shelves{products: products}), &count); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, %v, want %+v", what, got, err, want)
		}
		if done, of := count.Snapshot(); done != 2 || of != 2 {
			t.Errorf("%s: looked at %d of %d", what, done, of)
		}
		for _, s := range []shelves{{products, errBroken, nil}, {products, nil, errBroken}, {nil, nil, errBroken}} {
			if _, err := look(NewExaminer(s), &Count{}); !errors.Is(err, errBroken) {
				t.Errorf("%s: %v", what, err)
			}
		}
	}
	if r := Examine(slices.Values(products)); len(r.Findings) != 2 || len(Pad(slices.Values(products), Code, 4).Fixes) != 1 {
		t.Errorf("nothing to find: %+v", r)
	}
}

// Who looks may stop.
func TestExaminer_stopsWhenTold(t *testing.T) {
	t.Parallel()
	var count Count
	err := NewExaminer(shelves{products: make([]domain.Product, 3)}).through(t.Context(), &count, func(products iter.Seq[domain.Product]) {
		for range products {
			break
		}
	})
	if done, of := count.Snapshot(); err != nil || done != 1 || of != 3 {
		t.Errorf("%d of %d, %v", done, of, err)
	}
}
