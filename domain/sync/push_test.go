package sync

import (
	"errors"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestWordsOf_saysTheFieldOrIsbasisOwnWords(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{domain.Wrap(domain.Invalid("vat_rate", "required"), "save"), FailedVATRate},
		{domain.Invalid("currency", "currency"), FailedCurrency},
		{&domain.Error{Kind: domain.KindRejected, Detail: "Ürün pasif"}, "Ürün pasif"},
		{domain.E(domain.KindBadAnswer, "understand", nil), ""},
		{errors.New("else"), ""},
	} {
		if got := wordsOf(c.err); got != c.want {
			t.Errorf("%v: %q, want %q", c.err, got, c.want)
		}
	}
}
