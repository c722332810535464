package domain_test

import (
	"errors"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
)

// Every subset of the parts is said, in their order, and nothing else.
func TestError_saysEveryPartThatItHas(t *testing.T) {
	t.Parallel()
	for parts := range 1 << 4 {
		has := func(part int) bool { return parts&(1<<part) != 0 }
		e := &domain.Error{Kind: domain.KindRejected}
		want := []string{"rejected"}
		if has(0) {
			e.Op = "read products, page 12"
			want = []string{"read products, page 12", "rejected"}
		}
		if has(1) {
			e.Field = "price"
			want[len(want)-1] += " (price)"
		}
		if has(2) {
			e.Detail = "Kayıt yok"
			want = append(want, "Kayıt yok")
		}
		if has(3) {
			e.Err = io.ErrUnexpectedEOF
			want = append(want, "unexpected EOF")
		}
		if got := e.Error(); got != strings.Join(want, ": ") {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestKindOf_findsTheOutermostKindThroughEveryWrapping(t *testing.T) {
	t.Parallel()
	inner := domain.E(domain.KindNetwork, "connect", io.ErrUnexpectedEOF)
	outer := domain.E(domain.KindUnknown, "send", inner)
	for name, tt := range map[string]struct {
		err  error
		kind domain.Kind
	}{
		"nothing":           {nil, ""},
		"of no kind":        {io.EOF, domain.KindInternal},
		"of no kind, told":  {domain.Wrap(io.EOF, "read"), domain.KindInternal},
		"a kind":            {inner, domain.KindNetwork},
		"a kind, told":      {domain.Wrap(domain.Wrap(inner, "read"), "import"), domain.KindNetwork},
		"a kind in another": {domain.Wrap(outer, "import"), domain.KindUnknown},
		"an input":          {domain.Invalid("price", "negative"), domain.KindInvalid},
		"beside another":    {errors.Join(io.EOF, inner), domain.KindNetwork},
	} {
		if got := domain.KindOf(tt.err); got != tt.kind {
			t.Errorf("%s: %q, want %q", name, got, tt.kind)
		}
	}
}

// What an error carries is there behind every wrapping: screens word it, callers look for the cause.
func TestWrap_losesNothing(t *testing.T) {
	t.Parallel()
	if err := domain.Wrap(nil, "page %d", 3); err != nil {
		t.Errorf("nothing went wrong, yet %v", err)
	}
	want := domain.Error{
		Kind: domain.KindRejected, Op: "store a draft", Field: "date", Detail: "Kayıt yok",
		Err: &domain.DateOrderError{Latest: domaintest.Moment},
	}
	carried := want
	err := domain.Wrap(&carried, "invoice %d of %s", 3, "Mart")
	var got *domain.Error
	if !errors.As(err, &got) {
		t.Fatalf("%v carries no error of ours", err)
	}
	if diff := domaintest.Differences(*got, want); len(diff) > 0 {
		t.Errorf("%q", diff)
	}
	if said := err.Error(); said != "invoice 3 of Mart: "+want.Error() || !strings.Contains(said, domaintest.Moment.Format(time.RFC3339)) {
		t.Errorf("it says %q", said)
	}
	var order *domain.DateOrderError
	if !errors.As(err, &order) || !order.Latest.Equal(domaintest.Moment) {
		t.Errorf("the cause is lost: %v", order)
	}
	if diff := domaintest.Differences(*domain.E(want.Kind, want.Op, want.Err), want, "Field", "Detail"); len(diff) > 0 {
		t.Errorf("E: %q", diff)
	}
	if diff := domaintest.Differences(*domain.Invalid(want.Field, want.Detail), domain.Error{
		Kind: domain.KindInvalid, Field: want.Field, Detail: want.Detail,
	}); len(diff) > 0 {
		t.Errorf("Invalid: %q", diff)
	}
}

// A kind that is added belongs into the list of all.
func TestKinds_areAllThatAreDeclared(t *testing.T) {
	source, err := os.ReadFile("error.go")
	if err != nil {
		t.Fatal(err)
	}
	declared := regexp.MustCompile(`(?m)^\tKind\w+ +Kind = "([a-z-]+)"`).FindAllStringSubmatch(string(source), -1)
	var names []domain.Kind
	for _, d := range declared {
		names = append(names, domain.Kind(d[1]))
	}
	if !slices.Equal(names, domain.Kinds()) || len(names) < 40 {
		t.Errorf("declared are %v, listed %v", names, domain.Kinds())
	}
}
