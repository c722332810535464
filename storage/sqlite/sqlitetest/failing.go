package sqlitetest

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// Failing is an operation that is tried with every of its calls failing: its answer on an error must be the
// zero value, nil where it makes no promise.
type Failing struct {
	Name string
	Do   func(ctx context.Context) (any, error)
}

// Doing is an operation that gives an error only.
func Doing(name string, do func(ctx context.Context) error) Failing {
	return Failing{Name: name, Do: func(ctx context.Context) (any, error) { return nil, do(ctx) }}
}

// FailEverywhere lets the operations fail at each of their calls in turn, and then come through, one after
// the other. Of one that has failed the error arrives, and the file is what it was.
func FailEverywhere(t *testing.T, d *database.File, operations ...Failing) {
	t.Helper()
	f, err := Fused(d)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range operations {
		before := Contents(t, d)
		for n := 1; ; n += Thinned {
			f.Set(n)
			answer, err := o.Do(t.Context())
			at := f.Clear()
			if at == "" {
				if err != nil {
					t.Fatalf("%s: %v", o.Name, err)
				}
				break
			}
			if err == nil {
				t.Errorf("%s: nobody is told that this failed: %s", o.Name, at)
			} else if !strings.HasPrefix(at, "values of") && !errors.Is(err, ErrFuse) {
				t.Errorf("%s: failed at %s, says %v", o.Name, at, err)
			}
			if answer != nil && err != nil && !reflect.ValueOf(answer).IsZero() {
				t.Errorf("%s: failed at %s, yet gives %+v", o.Name, at, answer)
			}
			if after := Contents(t, d); !slices.Equal(after, before) {
				t.Fatalf("%s: failed at %s, and is half done", o.Name, at)
			}
		}
	}
}
