package matching

import (
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestAmounts_ofNames(t *testing.T) {
	for name, want := range map[string][]string{
		"":                              nil,
		"Kablo":                         nil,
		"HDMI Kablo 2 m":                {"2000mm"},
		"HDMI KABLO 200CM":              {"2000mm"},
		"Filtre Kahve 1000 g":           {"1000g"},
		"Filtre Kahve 1 KG.":            {"1000g"},
		"Süt 1,5 lt":                    {"1500ml"},
		"Süt 0.750 Lt":                  {"750ml"},
		"Un 2.500 gr":                   {"2500g"},
		"Un 2.5 kg":                     {"2500g"},
		"Su 6x200 ml":                   {"6", "200ml"},
		"Yüzey Temizleyici 60'lı":       {"60"},
		"iPhone 13 128 GB":              {"13", "128"},
		"80gr 80 gr 80 gram":            {"80g"},
		"25 mg 10 Tablet":               {"0.025g", "10"},
		"1. Sınıf 3.":                   {"1", "3"},
		"1.234,50":                      {"1234.5"},
		"1,2,3":                         {"1.23"},
		"A4 80 g/m2":                    {"4", "80g", "2"},
		"99999999999999999999999999 kg": {"99999999999999999999999999000g"},
		"٣٣ gr":                         nil, // codes and sizes of Türkiye are written in 0–9
	} {
		if got := amounts(domain.Fold(name)); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestAmounts_ofEveryMeasure(t *testing.T) {
	for name, want := range map[string]string{
		"2 mg": "0.002g", "2 g": "2g", "2 gr": "2g", "2 gram": "2g", "2 kg": "2000g", "2 kilo": "2000g", "2 kilogram": "2000g",
		"2 ml": "2ml", "2 cc": "2ml", "2 cl": "20ml", "2 l": "2000ml", "2 lt": "2000ml", "2 litre": "2000ml",
		"2 mm": "2mm", "2 cm": "20mm", "2 m": "2000mm", "2 mt": "2000mm", "2 metre": "2000mm",
		"2 mt m": "2000mm", "2 gr g": "2g", "2 mm m": "2mm", // the word behind the number is its measure, no later one
		"2 - kg": "2", "2, kg": "2", "2. kg": "2", ".2 kg": "2000g", "2 kgs": "2",
	} {
		if got := amounts(domain.Fold(name)); !slices.Equal(got, []string{want}) {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

// A suggestion that differs in a number is none to be taken unseen, and stands behind one that does not.
func TestSuggest_ranksByWhatTellsProductsApart(t *testing.T) {
	w := Wanted{Name: "Goldmaster HDMI Kablo 2 m"}
	got := Suggest(w, []Offer{offer(1, "", "", "Goldmaster HDMI Kablo 1 m"), offer(2, "", "", "Goldmaster Kablo HDMI 200 cm"), offer(3, "", "", "Goldmaster HDMI Kablo")}, 5)
	var order []domain.ProductID
	for _, s := range got {
		order = append(order, s.Local)
		if against := slices.Equal(s.Against, []Evidence{AgainstNumbers}); against != (s.Local == 1) {
			t.Errorf("%+v", s)
		}
	}
	if !slices.Equal(order, []domain.ProductID{2, 3, 1}) && !slices.Equal(order, []domain.ProductID{3, 2, 1}) {
		t.Errorf("%+v", got)
	}
}
