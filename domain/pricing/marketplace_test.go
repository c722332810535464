package pricing

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestMarketplaces_areFoundInAnySpelling(t *testing.T) {
	t.Parallel()
	ms := Marketplaces{{ID: "trendyol", Name: "Trendyol"}, {ID: "ciceksepeti", Name: "Çiçeksepeti"}}
	ms = append(ms, Marketplace{ID: "own-x", Name: "Dükkân", Own: true})
	for text, want := range map[string]Marketplace{
		"ciceksepeti": ms[1], "ÇİÇEKSEPETİ": ms[1], "ciCEKsepeti": ms[1], "trendyol": ms[0], "own-x": ms[2], "dukkan": ms[2],
	} {
		if m, ok := ms.Find(text); !ok || m != want {
			t.Errorf("%q finds %+v", text, m)
		}
	}
	if m, ok := ms.Find("OWN-X"); ok || m != (Marketplace{}) {
		t.Errorf("an id in another spelling finds %+v", m)
	}
	if got := ms.IDs(); !slices.Equal(got, []MarketplaceID{"trendyol", "ciceksepeti", "own-x"}) {
		t.Errorf("ids %v", got)
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
		{"", "Bizim\n\x1b[1mDükkân\u202E", "Bizim [1mDükkân", ""},
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
			if name != "" || !errors.As(err, &e) || e.Kind != domain.KindInvalid || e.Field != "name" || e.Detail != tt.refusedAs {
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
		{"a`z{0/9:z", "own-a-z-0-9-z"}, // what stands beside the letters and digits
	} {
		id := NewMarketplaceID(tt.name, func(id MarketplaceID) bool { return given[id] })
		given[id] = true
		if id != tt.want {
			t.Errorf("%q: %s, want %s", tt.name, id, tt.want)
		}
	}
}
