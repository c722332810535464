package domain_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
)

// place writes a place as "Kadıköy/İstanbul 34"; one without district begins with the bar.
func place(p domain.Place) string {
	if p == (domain.Place{}) {
		return ""
	}
	return p.District + "/" + p.Province.Name + " " + p.Province.Plate
}

func places(list []domain.Place) string {
	var names []string
	for _, p := range list {
		names = append(names, place(p))
	}
	return strings.Join(names, ", ")
}

func TestDistricts_locate(t *testing.T) {
	const kadikoy = "Kadıköy/İstanbul 34"
	for _, c := range []struct{ city, district, known, candidates string }{
		// As they should be, in other spellings, and by codes.
		{"İstanbul", "Kadıköy", kadikoy, ""},
		{"ISTANBUL", " kadikoy ", kadikoy, ""},
		{"i̇stanbul", "KADİKÖY", kadikoy, ""},
		{"34", "Kadıköy", kadikoy, ""},
		{"TR-34", "Kadıköy", kadikoy, ""},
		{"Samsun", "19 MAYIS", "19 Mayıs/Samsun 55", ""},
		{"Konya", "Ereğli", "Ereğli/Konya 42", ""},
		{"Zonguldak", "Ereğli", "Ereğli/Zonguldak 67", ""},
		// Swapped and joined.
		{"KADIKÖY", "İSTANBUL", kadikoy, ""},
		{"Ereğli", "Konya", "Ereğli/Konya 42", ""},
		{"Kadıköy/İstanbul", "", kadikoy, ""},
		{"İstanbul / Kadıköy", "", kadikoy, ""},
		{"", "İstanbul - Kadıköy", kadikoy, ""},
		{"", "Kadıköy,İstanbul", kadikoy, ""},
		{"-", "Kadıköy (İstanbul)", kadikoy, ""},
		{"Kadıköy İstanbul", "", kadikoy, ""},
		{"Samsun 19 Mayıs", "", "19 Mayıs/Samsun 55", ""},
		{"19 Mayıs Samsun", "", "19 Mayıs/Samsun 55", ""},
		{"İstanbul", "Kadıköy/İstanbul", kadikoy, ""},
		{"34", "İstanbul/Kadıköy", kadikoy, ""},
		{"İstanbul/Kadıköy", "İstanbul/Kadıköy", kadikoy, ""},
		{"Düzce", "Düzce/Akçakoca", "Akçakoca/Düzce 81", ""},
		// The district around the capital.
		{"Düzce", "Merkez", "Merkez/Düzce 81", ""},
		{"MERKEZ", "DÜZCE", "Merkez/Düzce 81", ""},
		{"Düzce", "Düzce", "Merkez/Düzce 81", ""},
		{"81", "düzce", "Merkez/Düzce 81", ""},
		{"Düzce", "Düzce Merkez", "Merkez/Düzce 81", ""},
		{"Düzce", "Merkez/Düzce", "Merkez/Düzce 81", ""},
		{"Düzce Merkez", "", "Merkez/Düzce 81", ""},
		// No district, or one that is none: the province alone.
		{"istanbul", "", "/İstanbul 34", ""},
		{"06", "", "/Ankara 06", ""},
		{"İstanbul", "-", "/İstanbul 34", ""},
		{"İzmir", "Kordon", "/İzmir 35", ""},
		{"İstanbul", "Merkez", "/İstanbul 34", ""},
		{"İstanbul", "İstanbul", "/İstanbul 34", ""},
		{"Düzce", "", "/Düzce 81", ""},
		{"Düzce", "81", "/Düzce 81", ""},
		{"İstanbul", "Kadiköyy", "/İstanbul 34", ""},
		{"Samsun", "19", "/Samsun 55", ""},
		// A word that belongs to no name: the province stands, the rest is for a person.
		{"İstanbul", "Kadıköy Moda", "/İstanbul 34", kadikoy},
		{"İstanbul", "Aksaray Mah.", "/İstanbul 34", ""},
		{"Ankara", "Pazar Sk. 5", "/Ankara 06", "Pazar/Rize 53, Pazar/Tokat 60"},
		{"Caferağa", "Kadıköy/İstanbul", "", kadikoy},
		{"Kadıköy", "İstanbul Türkiye", "", kadikoy},
		{"İstanbul Türkiye", "Moda", "", ""},
		{"Aksaray Mah.", "İstanbul", "", ""},
		{"Kad\ufffdköy", "İstanbul", "", ""},
		{"Düzce", "Düzce Yeni Mah.", "/Düzce 81", "Merkez/Düzce 81"},
		// Two districts.
		{"Ankara", "Çankaya/Keçiören", "/Ankara 06", "Çankaya/Ankara 06, Keçiören/Ankara 06"},
		{"Ankara", "Çankaya/Kadıköy", "/Ankara 06", "Çankaya/Ankara 06"},
		{"Düzce Merkez", "Akçakoca", "", "Merkez/Düzce 81, Akçakoca/Düzce 81"},
		{"Kadıköy", "Merkez", "", kadikoy},
		// Without a province, also where only one can be meant.
		{"", "Kadıköy", "", kadikoy},
		{"Kadıköy", "", "", kadikoy},
		{"kadıköy", "Kadıköy", "", kadikoy},
		{"", "ereğli", "", "Ereğli/Konya 42, Ereğli/Zonguldak 67"},
		{"Çankaya", "Kızılay", "", "Çankaya/Ankara 06"},
		{"", "Merkez", "", ""},
		{"", "İstanbul", "", ""},
		{"", "", "", ""},
		{"Atlantis", "Yok", "", ""},
		{"Atlantis", "34", "", ""},
		// The one speaks against the other.
		{"Ankara", "Kadıköy", "", kadikoy},
		{"06", "Kadıköy", "", kadikoy},
		{"Ankara", "Ereğli", "", "Ereğli/Konya 42, Ereğli/Zonguldak 67"},
		{"Ankara", "İstanbul", "", ""},
		{"Bolu", "Düzce", "", ""},
		{"Bolu", "Düzce/Düzce", "", "Merkez/Bolu 14, Merkez/Düzce 81"},
		{"Bolu", "Merkez/Düzce", "", "Merkez/Bolu 14, Merkez/Düzce 81"},
		{"Ankara", "Kadıköy/İstanbul", "", kadikoy},
	} {
		known, candidates := assets.Districts().Locate(c.city, c.district)
		if place(known) != c.known || places(candidates) != c.candidates {
			t.Errorf("%q, %q: %q or %q, want %q or %q", c.city, c.district, place(known), places(candidates), c.known, c.candidates)
		}
	}
}

// Without a list the provinces are known, and nothing speaks against them.
func TestDistricts_withoutAny(t *testing.T) {
	var none domain.Districts
	for _, c := range [][3]string{{"ankara", "Çankaya", "/Ankara 06"}, {"Çankaya", "Ankara", ""}, {"34", "", "/İstanbul 34"}} {
		if known, candidates := none.Locate(c[0], c[1]); place(known) != c[2] || len(candidates) > 0 {
			t.Errorf("%q: %q, %v", c[:2], place(known), candidates)
		}
	}
	if got := none.Of("06"); len(got) > 0 {
		t.Error(got)
	}
}

func TestDistricts_ofAProvince(t *testing.T) {
	d := assets.Districts()
	if got := strings.Join(d.Of("77"), " "); got != "Altınova Armutlu Çınarcık Çiftlikköy Merkez Termal" {
		t.Error(got)
	}
	d.Of("77")[0] = "Yok"
	if got := d.Of("77")[0]; got != "Altınova" {
		t.Errorf("the list has become %s", got)
	}
	for _, plate := range []string{"", "7", "82"} {
		if got := d.Of(plate); len(got) > 0 {
			t.Errorf("%s has %v", plate, got)
		}
	}
}

// spellings are how files write a name.
func spellings(name string) []string {
	ascii := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case r == 'ı':
			return 'i'
		default:
			return r
		}
	}, norm.NFKD.String(name))
	return []string{
		name, strings.ToUpperSpecial(unicode.TurkishCase, name), strings.ToLowerSpecial(unicode.TurkishCase, name), strings.ToUpper(name),
		strings.ToLower(name), ascii, strings.ToUpper(ascii), strings.ToLower(ascii), norm.NFD.String(name), "\u00a0" + name + " ",
	}
}

// Every place of the list is found by its own two names, however they are written, and no other one.
func TestDistricts_findThemselves(t *testing.T) {
	d := assets.Districts()
	for _, name := range domain.Provinces() {
		province, _ := domain.FindProvince(name)
		for _, district := range d.Of(province.Plate) {
			want := domain.Place{Province: province, District: district}
			cities, districts := spellings(name), spellings(district)
			if district == "Merkez" {
				districts = append(districts, append(cities, name+" Merkez")...)
			}
			for _, city := range append(cities, province.Plate, "TR"+province.Plate) {
				for _, written := range districts {
					texts := [][2]string{{city, written}}
					if !strings.ContainsAny(city, "0123456789") { // a code stands in the place of the city
						texts = append(texts, [2]string{written, city}, [2]string{written + "/" + city, ""}, [2]string{"", city + " " + written})
					}
					for _, text := range texts {
						if known, candidates := d.Locate(text[0], text[1]); known != want || len(candidates) > 0 {
							t.Errorf("%q: %+v or %v, want %+v", text, known, candidates, want)
						}
					}
				}
			}
			if _, candidates := d.Locate("", district); district != "Merkez" && !slices.Contains(candidates, want) {
				t.Errorf("%q: %v", district, candidates)
			}
		}
	}
}

// What is found is in the list and is named by the texts; the official spelling of it is found again.
func FuzzDistricts_locate(f *testing.F) {
	for _, seed := range [][2]string{
		{"İstanbul", "Kadıköy"}, {"Kadıköy/İstanbul", ""}, {"34", "kadikoy"}, {"Düzce", "Düzce Merkez"}, {"Ankara", "Ereğli, Konya"}, {"19 Mayıs", "TR-55"}, {"-", "Of"},
	} {
		f.Add(seed[0], seed[1])
	}
	d := assets.Districts()
	f.Fuzz(func(t *testing.T, city, district string) {
		known, candidates := d.Locate(city, district)
		folded := domain.Fold(city + " " + district)
		says := func(name string) bool { return strings.Contains(folded, domain.Fold(name)) }
		own, byCode := says(known.Province.Name), false
		if p, ok := domain.FindProvince(city); ok {
			byCode = p == known.Province
		}
		if known.Province.Plate != "" && !own && !byCode {
			t.Errorf("the province %v is not named", known.Province)
		}
		if known.District != "" {
			if len(candidates) > 0 || !says(known.District) && (known.District != "Merkez" || !own) {
				t.Errorf("%+v is not named; candidates %v", known, candidates)
			}
			candidates = []domain.Place{known}
		}
		for i, c := range candidates {
			if slices.Index(candidates, c) != i || !slices.Contains(d.Of(c.Province.Plate), c.District) {
				t.Errorf("%+v is twice or is none", c)
			}
			if again, _ := d.Locate(c.Province.Name, c.District); again != c {
				t.Errorf("%+v is found as %+v", c, again)
			}
		}
	})
}
