package matching

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

func offer(id domain.ProductID, code domain.Code, barcode domain.Barcode, name string) Offer {
	return offerOf(Local{ID: id, Code: code, Barcode: barcode}, name)
}

func offerOf(l Local, name string) Offer {
	o := Offer{Local: l, K1: l.Code.K1(), NameFold: domain.Fold(name)}
	if key, class := l.Barcode.Key(); class.Pairs() {
		o.Key = key
	}
	return o
}

func TestSuggest_saysWhatSpeaksForIt(t *testing.T) {
	const gtin, otherGTIN, inStore, box = "8690524165235", "8690504012344", "2000000000015", "8690526095257"
	for name, c := range map[string]struct {
		w       Wanted
		o       Offer
		why     []Evidence
		against []Evidence
		score   int
	}{
		"equal barcode":                          {Wanted{Barcode: gtin}, offer(1, "", "0"+gtin, ""), []Evidence{ByBarcode}, nil, 90},
		"own text as barcode":                    {Wanted{Barcode: "EVK-1"}, offer(1, "", "EVK-1", ""), []Evidence{ByBarcode}, nil, 90},
		"equal code":                             {Wanted{Code: "007"}, offer(1, "007 ", "", ""), []Evidence{ByCode}, nil, 80},
		"code but for a zero is another":         {Wanted{Code: "007"}, offer(1, "7", "", ""), nil, nil, 0},
		"code spelled differently":               {Wanted{Code: "KİTAP-01"}, offer(1, "kitap–01", "", ""), []Evidence{BySpelling}, nil, 75},
		"code without its marks":                 {Wanted{Code: "ŞAPKA 12"}, offer(1, "sapka-12", "", ""), []Evidence{ByLooseCode}, nil, 55},
		"a variant of a model":                   {Wanted{Code: "KZK-2041"}, offer(1, "kzk-2041-L", "", ""), []Evidence{ByModelCode}, nil, 40},
		"a model of variants":                    {Wanted{Code: "KZK-2041-L"}, offer(1, "KZK-2041", "", ""), []Evidence{ByModelCode}, nil, 40},
		"a longer number is no variant":          {Wanted{Code: "KZK-2041"}, offer(1, "KZK-20411", "", ""), nil, nil, 0},
		"a short beginning is no model":          {Wanted{Code: "KZK"}, offer(1, "KZK-2041", "", ""), nil, nil, 0},
		"a variant of one Turkish letter":        {Wanted{Code: "KZK-2041"}, offer(1, "KZK-2041-ç", "", ""), []Evidence{ByModelCode}, nil, 40},
		"in-store number":                        {Wanted{Barcode: inStore}, offer(1, "", inStore, ""), []Evidence{ByRestricted}, nil, 50},
		"spoilt barcodes are none":               {Wanted{Barcode: "8,69E+12"}, offer(1, "", "8,69E+12", ""), nil, nil, 0},
		"another unit's barcode alone":           {Wanted{Others: []domain.Barcode{box}}, offer(1, "", box, ""), []Evidence{ByOtherUnit}, nil, 65},
		"another unit's barcode":                 {Wanted{Barcode: gtin, Others: []domain.Barcode{box}}, offer(1, "", box, ""), []Evidence{ByOtherUnit}, []Evidence{AgainstBarcode}, 39},
		"equal name":                             {Wanted{Name: "ÇİKOLATA  80 gr"}, offer(1, "", "", "Çikolata 80 Gr"), []Evidence{ByName}, nil, 60},
		"the same words in another order":        {Wanted{Name: "Eti Çikolata 80gr"}, offer(1, "", "", "ÇİKOLATA ETİ 80 GR"), []Evidence{ByNameWords}, nil, 45},
		"most words":                             {Wanted{Name: "Eti Sütlü Çikolata 80 gr"}, offer(1, "", "", "Eti Sütlü Çikolata 60 gr"), []Evidence{ByNameWords}, []Evidence{AgainstNumbers}, 22},
		"half of the words is not most":          {Wanted{Name: "Sütlü Çikolata"}, offer(1, "", "", "Bitter Çikolata"), nil, nil, 0},
		"one name wholly in the other":           {Wanted{Name: "CIF KREM 500 ML LIMON KOKULU"}, offer(1, "", "", "Cif Krem"), []Evidence{ByNameWords}, nil, 20},
		"one word of many is nothing":            {Wanted{Name: "CIF KREM 500 ML LIMON KOKULU"}, offer(1, "", "", "Krem"), nil, nil, 0},
		"nothing at all":                         {Wanted{}, offer(1, "", "", ""), nil, nil, 0},
		"several things, the strongest first":    {Wanted{Code: "A-1", Barcode: gtin, Name: "Ad"}, offer(1, "A-1", gtin, "ad"), []Evidence{ByBarcode, ByCode, ByName}, nil, 99},
		"vetoed":                                 {Wanted{Code: "A-1", Barcode: gtin}, offer(1, "A-1", otherGTIN, ""), []Evidence{ByCode}, []Evidence{AgainstBarcode}, 48},
		"separated":                              {Wanted{Barcode: gtin}, Offer{Local: Local{ID: 1, Barcode: gtin}, Key: "0" + gtin, Separated: true}, []Evidence{ByBarcode}, []Evidence{AgainstPerson}, 45},
		"bound, by its barcode":                  {Wanted{Barcode: gtin}, Offer{Local: Local{ID: 1, Barcode: gtin}, Key: "0" + gtin, Bound: true}, []Evidence{ByBarcode}, nil, 90},
		"bound, and like it in nothing but name": {Wanted{Name: "Ad"}, Offer{Local: Local{ID: 1}, NameFold: "ad", Bound: true}, nil, nil, 0},
	} {
		got := Suggest(c.w, []Offer{c.o}, 5)
		if c.why == nil {
			if len(got) != 0 {
				t.Errorf("%s: %+v", name, got)
			}
			continue
		}
		if len(got) != 1 || !reflect.DeepEqual(got[0].Why, c.why) || !reflect.DeepEqual(got[0].Against, c.against) || got[0].Score != c.score {
			t.Errorf("%s: %+v, want %v against %v, %d", name, got, c.why, c.against, c.score)
		}
	}
}

func TestSuggest_theBestFirstAndNoMoreThanAskedFor(t *testing.T) {
	bound := offer(9, "A-1", "", "")
	bound.Bound = true
	got := Suggest(Wanted{Code: "A-1", Name: "Kalem"}, []Offer{bound, offer(5, "", "", "Kalem"), offer(3, "A-1", "", ""), offer(4, "", "", "kalem")}, 3)
	var ids []domain.ProductID
	for _, s := range got {
		ids = append(ids, s.Local)
	}
	if !slices.Equal(ids, []domain.ProductID{3, 4, 5}) {
		t.Errorf("%v", ids)
	}
	if got := Suggest(Wanted{Code: "A-1"}, []Offer{bound}, 0); len(got) != 0 {
		t.Errorf("%v", got)
	}
}

// randomOffers are offers from the small alphabets, where everything collides.
func randomOffers(r *rand.Rand) (Wanted, []Offer) {
	names := []string{"", "Eti Çikolata 80 gr", "eti cikolata 60 gr", "ÇİKOLATA ETİ", "Kalem", "kalem mavi"}
	w := Wanted{Code: pick(r, codes), Barcode: pick(r, barcodes), Name: pick(r, names)}
	if r.IntN(2) == 0 {
		w.Others = []domain.Barcode{pick(r, barcodes)}
	}
	var all []Offer
	for i := range r.IntN(12) {
		o := offer(domain.ProductID(i+1), pick(r, codes), pick(r, barcodes), pick(r, names))
		o.Bound, o.Separated = r.IntN(4) == 0, r.IntN(6) == 0
		all = append(all, o)
	}
	return w, all
}

func TestSuggest_ignoresTheOrderAndGoesByTheScore(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	some := 0
	for range catalogues / 4 {
		w, offers := randomOffers(r)
		want := Suggest(w, offers, 100)
		shuffle(r, offers)
		got := Suggest(w, append(offers, offers...), 100)
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%+v of %+v:\n%+v\n%+v", w, offers, got, want)
		}
		for i, s := range got {
			if s.Score < 1 || s.Score > 99 || len(s.Why) == 0 {
				t.Fatalf("%+v", s)
			}
			if i > 0 && s.Bound == got[i-1].Bound && s.Score > got[i-1].Score {
				t.Fatalf("%+v after %+v", s, got[i-1])
			}
		}
		if few := Suggest(w, offers, 2); !reflect.DeepEqual(few, want[:min(2, len(want))]) {
			t.Fatalf("%+v is not the beginning of %+v", few, want)
		}
		some += len(got)
	}
	if some < catalogues/4 {
		t.Errorf("%d suggestions: the catalogues do not try it", some)
	}
}

// Whatever Match pairs or calls contested is suggested, and first.
func TestSuggest_knowsWhatMatchKnows(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, _ *rand.Rand, in Input) {
		t.Helper()
		in.ByBarcode, in.ByCode, in.Bound, in.Separated = true, true, nil, nil
		var offers []Offer
		for _, l := range in.Locals {
			offers = append(offers, offerOf(l, ""))
		}
		for i, d := range Match(in) {
			r := in.Remotes[i]
			got := Suggest(Wanted{Code: r.Code, Barcode: r.Barcode}, offers, len(offers))
			if d.Tier != TierNone && !slices.ContainsFunc(got, func(s Suggestion) bool { return s.Local == d.Local }) {
				t.Errorf("%+v is not suggested: %+v", d, got)
			}
			if (d.Reason == ReasonConflict || d.Reason == ReasonAmbiguous) && len(got) == 0 {
				t.Errorf("nothing is suggested for %+v", d)
			}
		}
	})
}

func TestRivals(t *testing.T) {
	locals := []Local{{ID: 1, Code: "A-1", Barcode: "8690524165235"}, {ID: 2, Barcode: "2000000000015"}, {ID: 3}}
	got := Rivals(locals, []Remote{
		{ID: "barcode", Barcode: "08690524165235"},
		{ID: "code", Code: "a–1"},
		{ID: "restricted", Barcode: "2000000000015"},
		{ID: "nobody", Code: "B", Barcode: "8690504012344"},
		{ID: "empty"},
		{ID: "spoilt", Barcode: "8,69E+12"},
	})
	if !slices.Equal(got, []domain.RemoteID{"barcode", "code", "restricted"}) {
		t.Errorf("%v", got)
	}
}

func BenchmarkSuggest(b *testing.B) {
	const n = 40_000
	in := large(n)
	offers := make([]Offer, n)
	for i, l := range in.Locals {
		offers[i] = offerOf(l, fmt.Sprintf("Ülker Sütlü Çikolata %d gr", i))
	}
	w := Wanted{Code: "Ürün-000077-L", Barcode: gtin13(78), Name: "Ülker Sütlü Çikolata 77 gr"}
	for b.Loop() {
		if len(Suggest(w, offers, 10)) != 10 {
			b.Fatal("no suggestions")
		}
	}
}
