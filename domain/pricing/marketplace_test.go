package pricing

import (
	"errors"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestMarketplaces_areFoundInAnySpelling(t *testing.T) {
	t.Parallel()
	ms := Marketplaces{{ID: "trendyol", Name: "Trendyol"}, {ID: "ciceksepeti", Name: "Çiçeksepeti"}}
	for _, text := range []string{"ciceksepeti", "ÇİÇEKSEPETİ", "ciCEKsepeti"} {
		if m, ok := ms.Find(text); !ok || m.ID != "ciceksepeti" {
			t.Errorf("%q finds %+v", text, m)
		}
	}
	if _, ok := ms.Find("çiçek"); ok {
		t.Error("half a name is enough")
	}
	if ms.Name("gone") != "gone" || ms.Name("trendyol") != "Trendyol" {
		t.Error("names")
	}
}

func TestMarketplaceName_refusesWhatIsThere(t *testing.T) {
	t.Parallel()
	ms := Marketplaces{{ID: "trendyol", Name: "Trendyol"}, {ID: "own-dukkan", Name: "Dükkân", Own: true}}
	for _, tt := range []struct {
		id          MarketplaceID
		typed, want string
		refusedAs   string
	}{
		{"", "  Bizim   Dükkân ", "Bizim Dükkân", ""},
		{"", "", "", "required"},
		{"", " \t", "", "required"},
		{"", strings.Repeat("ş", 41), "", "too-long"},
		{"", strings.Repeat("ş", 40), strings.Repeat("ş", 40), ""},
		{"", "TRENDYOL", "", "marketplace-taken"},
		{"", "dukkan", "", "marketplace-taken"},
		{"own-dukkan", "DÜKKÂN", "DÜKKÂN", ""}, // another spelling of its own name
		{"own-dukkan", "trendyol", "", "marketplace-taken"},
	} {
		name, err := ms.MarketplaceName(tt.id, tt.typed)
		var e *domain.Error
		if tt.refusedAs != "" {
			if !errors.As(err, &e) || e.Field != "name" || e.Detail != tt.refusedAs {
				t.Errorf("%q: %v, want %s", tt.typed, err, tt.refusedAs)
			}
			continue
		}
		if err != nil || name != tt.want {
			t.Errorf("%q: %q, %v", tt.typed, name, err)
		}
	}
}

func TestNewMarketplaceID_isNeverGivenTwice(t *testing.T) {
	t.Parallel()
	given := map[MarketplaceID]bool{}
	for _, tt := range []struct {
		name string
		want MarketplaceID
	}{
		{"Bizim Dükkân", "own-bizim-dukkan"},
		{"BİZİM DÜKKAN!", "own-bizim-dukkan-2"},
		{"bizim-dükkân", "own-bizim-dukkan-3"},
		{"Trendyol", "own-trendyol"}, // never the shipped id
		{"Магазин", "own-1"},
		{"店", "own-1-2"},
		{"IĞDIR 76", "own-igdir-76"},
	} {
		id := NewMarketplaceID(tt.name, func(id MarketplaceID) bool { return given[id] })
		given[id] = true
		if id != tt.want {
			t.Errorf("%q: %s, want %s", tt.name, id, tt.want)
		}
	}
}
