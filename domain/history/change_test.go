package history_test

import (
	"testing"

	"github.com/sopyo/sopyo-desktop/domain/history"
)

// fewWords know two keys.
type fewWords struct{}

func (fewWords) Has(key string) bool { return key == "products.price" }

func (fewWords) T(key string, args ...any) string {
	if key == "products.price" {
		return "Fiyat"
	}
	said := ""
	for _, a := range args {
		s, _ := a.(string)
		said += "[" + s + "]"
	}
	return said
}

func TestSentence_wordsWhatChanged(t *testing.T) {
	got := history.Sentence(fewWords{}, "tr", history.Entry{
		What: "product-changed", Detail: `{"code":"K-1","changes":{"price":[null,"1234.5"],"brand":["Ülker",""],"odd":7}}`,
	})
	want := "product-changed: code K-1, [brand][Ülker][–], [odd][–][–], [Fiyat][–][1.234,5]"
	if got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
