package words_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
)

// choices are those of each kind of question that are words of ours.
var choices = map[listing.QuestionKind][]string{
	listing.AskDecimals: {listing.ChooseThousands, listing.ChooseDecimals}, listing.AskUnused: {listing.ChooseIgnore, string(listing.Price)},
	listing.AskColumn: {}, listing.AskSheet: {listing.ChooseAll}, listing.AskEncoding: {},
	listing.AskRepeated: {listing.ChooseSum, listing.ChooseLast, listing.ChooseSeparate}, listing.AskZero: {listing.ChooseLeave, listing.ChooseTake},
}

func TestFiles_everyNoteQuestionAndChoiceHasWords(t *testing.T) {
	for _, lang := range []string{"tr", "en"} {
		w, _ := spoken(t, lang)
		said := map[string]string{}
		tell := func(what, sentence string) {
			if other, twice := said[sentence]; twice || sentence == "" {
				t.Errorf("%s: %s says %q, as %s does", lang, what, sentence, other)
			}
			said[sentence] = what
		}
		for _, k := range listing.NoteKinds() {
			if !w.Has("file.note." + string(k)) {
				t.Errorf("%s: the note %s has no words", lang, k)
			}
			tell(string(k), w.FileNote(listing.Note{Kind: k, Count: 3}))
		}
		for _, k := range listing.QuestionKinds() {
			list, known := choices[k]
			if !w.Has("file.question."+string(k)) || !known {
				t.Errorf("%s: the question %s has no words, or its choices are not known here", lang, k)
			}
			tell(string(k), w.Question(listing.Question{Kind: k, About: "price"}))
			for _, c := range list {
				q := listing.Question{Kind: k, About: "price"}
				if said := w.Choice(q, c); said == "file.question."+string(k)+"."+c {
					t.Errorf("%s: the choice %s of %s has no words", lang, c, k)
				}
				tell(string(k)+" "+c, w.Choice(q, c))
			}
		}
	}
}

func TestFileNote_namesColumnAndSample(t *testing.T) {
	w, _ := spoken(t, "tr")
	for _, c := range []struct {
		note listing.Note
		want string
	}{
		{listing.Note{Kind: listing.NoteSummed, Count: 4}, "4 üründe birkaç stok sayısı toplandı."},
		{listing.Note{Kind: listing.NoteNet, Column: "Fiyat", Count: 2}, "Fiyat: 2 fiyat KDV hariç yazılmış; KDV eklendi."},
		{
			listing.Note{Kind: listing.NoteEntity, Column: "Ad", Count: 1, Sample: "A &amp; B"},
			"Ad: 1 hücredeki &amp; gibi kodlar harfe çevrildi. Örneğin: A &amp; B",
		},
	} {
		if got := w.FileNote(c.note); got != c.want {
			t.Errorf("%+v: %q, want %q", c.note, got, c.want)
		}
	}
}

func TestChoice_showsWhatBecomesOfANumber(t *testing.T) {
	for _, c := range []struct{ lang, cell, choice, want string }{
		{"tr", "129.900", listing.ChooseThousands, "Binlik ayırıcı: 129.900 = 129900"},
		{"tr", "129.900", listing.ChooseDecimals, "Ondalık ayırıcı: 129.900 = 129,9"},
		{"tr", "10.000", listing.ChooseDecimals, "Ondalık ayırıcı: 10.000 = 10"},
		{"en", "₺ 1,250 ", listing.ChooseDecimals, "Decimals: ₺ 1,250  = 1.25"},
		{"en", "1.234.567", listing.ChooseThousands, "Thousands: 1.234.567 = 1234567"},
		{"en", "12", listing.ChooseDecimals, "Decimals: 12 = 12"},
	} {
		w, _ := spoken(t, c.lang)
		q := listing.Question{Kind: listing.AskDecimals, About: "Fiyat", Samples: []string{c.cell, "7.777"}}
		if got := w.Choice(q, c.choice); got != c.want {
			t.Errorf("%s %q %s: %q, want %q", c.lang, c.cell, c.choice, got, c.want)
		}
	}
}

func TestChoice_ofTheFileIsItself(t *testing.T) {
	w, _ := spoken(t, "tr")
	for _, c := range []struct {
		kind         listing.QuestionKind
		choice, want string
	}{
		{listing.AskColumn, "Liste Fiyatı", "Liste Fiyatı"},
		{listing.AskEncoding, "windows-1254", "windows-1254"},
		{listing.AskSheet, "Kış 2025", "Kış 2025"},
		{listing.AskSheet, listing.ChooseAll, "Hepsi"},
		{listing.AskUnused, "stock", "Stok olarak alınsın"},
	} {
		if got := w.Choice(listing.Question{Kind: c.kind}, c.choice); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.kind, c.choice, got, c.want)
		}
	}
}

func TestQuestion_namesFieldsInTheReadersWords(t *testing.T) {
	w, _ := spoken(t, "tr")
	q := listing.Question{Kind: listing.AskColumn, About: "price", Samples: []string{"12,50", "14"}}
	if got, want := w.Question(q), "Fiyat birkaç sütunda var ve bazı satırlarda farklı. Hangi sütun geçerli? Örneğin: 12,50 · 14"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestQuestion_tellsTheRowsThatDiffer(t *testing.T) {
	some := func(s string) decimal.NullDecimal { return decimal.NewNullDecimal(decimal.RequireFromString(s)) }
	q := listing.Question{Kind: listing.AskRepeated, Rows: []listing.ProductRow{
		{Line: 5, Product: domain.Product{Code: "A1", Name: "Kupa", Price: some("1123.9"), Stock: some("2.5"), VATRate: some("20"), Currency: domain.TRY}},
		{Line: 3, Sheet: "Kış", Product: domain.Product{Barcode: "8690632059150", Stock: some("9")}},
	}}
	for lang, want := range map[string][]string{
		"tr": {"5. satır: A1, Kupa, 1.123,90 ₺, stok 2,5, KDV %20", "Kış, 3. satır: 8690632059150, stok 9"},
		"en": {"Row 5: A1, Kupa, ₺1,123.90, stock 2.5, VAT 20%", "Kış, row 3: 8690632059150, stock 9"},
	} {
		w, _ := spoken(t, lang)
		if got := w.Samples(q); !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
		if got := w.Samples(listing.Question{Kind: q.Kind, Rows: q.Rows[:1]}); len(got) != 1 || strings.Contains(got[0], "20") {
			t.Errorf("a rate that is the same everywhere is told: %q", got)
		}
		if got := w.Question(q); !strings.HasPrefix(got, w.QuestionAlone(q)) || !strings.HasSuffix(got, strings.Join(want, " · ")) {
			t.Errorf("%q", got)
		}
	}
}

func TestRepeated_saysWhatCountsAndNothingWhileThatIsAsked(t *testing.T) {
	w, _ := spoken(t, "tr")
	for chosen, want := range map[string]string{
		"": "", listing.ChooseLast: "yineleyen satır: 3. Son satırın değerleri geçerli.",
		listing.ChooseSum: "yineleyen satır: 3. Stokları toplanır; gerisinde son satırın değerleri geçerli.",
	} {
		r := listing.Result{Tally: listing.Tally{Repeated: 3}}
		r.Questions = []listing.Question{{Kind: listing.AskZero}, {Kind: listing.AskRepeated, Chosen: chosen}}
		if got := w.Repeated(r); !strings.HasSuffix(got, want) || (got == "") != (want == "") {
			t.Errorf("%q: %q, want %q", chosen, got, want)
		}
	}
	if got := w.Repeated(listing.Result{Tally: listing.Tally{Repeated: 2}}); !strings.HasSuffix(got, "satır: 2. Son satırın değerleri geçerli.") {
		t.Errorf("nothing is asked: %q", got)
	}
	if got := w.Repeated(listing.Result{}); got != "" {
		t.Errorf("none is repeated: %q", got)
	}
}

func TestFileReason_saysWhatADamagedCodeMostProbablyWas(t *testing.T) {
	for lang, lead := range map[string]string{"tr": "Öneri: 123000. ", "en": "Suggested: 123000. "} {
		w, _ := spoken(t, lang)
		for _, why := range []listing.Reason{listing.CodeExponent, listing.CodeDecimals, listing.BarcodeExponent, listing.BarcodeDecimals} {
			if got := w.FileReason(listing.Problem{Reason: why, Proposed: "123000"}); !strings.HasPrefix(got, lead) {
				t.Errorf("%s: %q", why, got)
			}
			if got := w.FileReason(listing.Problem{Reason: why}); got == "" || strings.HasPrefix(got, lead[:5]) {
				t.Errorf("%s without one: %q", why, got)
			}
		}
	}
}

func TestFileValue_writesNumbersAsAllOthers(t *testing.T) {
	w, _ := spoken(t, "tr")
	for p, want := range map[listing.Problem]string{
		{Field: listing.Price, Value: "1122.5 USD", Reason: listing.RowDiffers}: "1.122,50 $",
		{Field: listing.Price, Value: "22.5", Reason: listing.RowDiffers}:       "22,50 ₺",
		{Field: listing.Stock, Value: "2.5", Reason: listing.RowDiffers}:        "2,5",
		{Field: listing.VAT, Value: "20", Reason: listing.RowDiffers}:           "%20",
		{Field: listing.Stock, Value: "", Reason: listing.RowDiffers}:           "",
		{Field: listing.Stock, Value: "2.5", Reason: listing.BadNumber}:         "2.5",
		{Value: "12.0", Reason: listing.RowRepeated}:                            "12.0",
	} {
		if got := w.FileValue(p); got != want {
			t.Errorf("%+v: %q, want %q", p, got, want)
		}
	}
}

func TestProblem_ofTheWholeRowNamesNoField(t *testing.T) {
	w, _ := spoken(t, "tr")
	for field, want := range map[listing.Field]string{"": "Sayı okunamadı; alan boş bırakıldı.", listing.Stock: "Stok: Sayı okunamadı; alan boş bırakıldı."} {
		if got := w.Problem(listing.Problem{Field: field, Reason: listing.BadNumber}); got != want {
			t.Errorf("%q: %q, want %q", field, got, want)
		}
	}
}
