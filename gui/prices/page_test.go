package prices

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

func TestPrice_understandsBothSpellings(t *testing.T) {
	for typed, want := range map[string]string{"1.234,50": "1234.5", "1234.5": "1234.5", "12,5": "12.5", "100 ₺": "100"} {
		o := kittest.NewCompany()
		onPrices(t, o, func(s *testScreen, _ *Page) {
			s.Choose("İşlem Tipi", "Fiyat")
			s.Write("İşlem Miktarı", typed)
			s.Write("Ek Fiyat", "20")
			s.Tap("Ayarları Kaydet")
			r := o.Rules.Global
			if r == nil || r.Amount.String() != want || r.Extra.String() != "20" || r.Kind != pricing.Amount || o.Rules.PerMarketplace {
				t.Errorf("%q was saved as %+v", typed, r)
			}
		})
	}
}

func TestPrice_liveExampleFollowsTheFields(t *testing.T) {
	onPrices(t, kittest.NewCompany(), func(s *testScreen, _ *Page) {
		s.Reads("249,90 ₺", "Kural yok: ürünün kendi fiyatı geçerli.")
		s.Write("İşlem Miktarı", "10")
		s.Write("Ek Fiyat", "20")
		s.Reads("294,89 ₺", "+%10, ek 20,00 ₺")
		s.Choose("Fiyat Sonu", ",90")
		s.Reads("294,90 ₺")
		s.Choose("Kural Tipi", "İndirim")
		s.Write("İşlem Miktarı", "100")
		s.Write("Ek Fiyat", "")
		s.Reads("Bu kuralla fiyat sıfıra iner")
	})
}

func TestPrice_refusesAtTheField(t *testing.T) {
	for _, c := range []struct{ kind, direction, amount, says string }{
		{"Yüzdelik", "İndirim", "101", "İndirim %100’den büyük olamaz."},
		{"Yüzdelik", "Fiyat artışı", "abc", "Bir sayı yazın, örneğin 1.234,50."},
		{"Fiyat", "Fiyat artışı", "-5", "Eksi bir sayı olamaz."},
		{"Fiyat", "Fiyat artışı", "1,234", "Virgülden sonra çok basamak var."},
	} {
		o := kittest.NewCompany()
		onPrices(t, o, func(s *testScreen, price *Page) {
			s.Choose("Kural Tipi", c.direction)
			s.Choose("İşlem Tipi", c.kind)
			s.Write("İşlem Miktarı", c.amount)
			row := s.Row("İşlem Miktarı")
			if row.Wrong() != c.says {
				t.Errorf("%q: %q at the field, want %q", c.amount, row.Wrong(), c.says)
			}
			price.Save()
			s.Settle()
			if o.Rules.Version != 0 {
				t.Errorf("%q was saved", c.amount)
			}
			if f, _ := row.Field().(fyne.Focusable); s.Win.Canvas().Focused() != f {
				t.Error("the field did not take the focus")
			}
		})
	}
}

func TestPrice_eachMarketplaceHasItsOwn(t *testing.T) {
	o := kittest.NewCompany()
	onPrices(t, o, func(s *testScreen, price *Page) {
		s.Write("İşlem Miktarı", "5")
		s.Choose("Pazaryeri Bazlı Fiyat Kuralı Belirlemek İstiyor Musunuz?", "Evet")
		s.Reads("Trendyol")
		s.Write("İşlem Miktarı", "10")
		price.choosePlace("n11")
		s.Settle()
		if e, _ := s.Row("İşlem Miktarı").Field().(*widgets.Entry); e.Text != "5" {
			t.Errorf("n11 shows %q, not the rule that held", e.Text)
		}
		s.Write("Ek Fiyat", "3,25")
		s.Tap("Ayarları Kaydet")
		if !o.Rules.PerMarketplace || len(o.Rules.Each) != 26 {
			t.Errorf("saved %+v", o.Rules)
		}
		for id, r := range o.Rules.Each {
			amount, extra := "5", "0"
			switch id {
			case "trendyol":
				amount = "10"
			case "n11":
				extra = "3.25"
			}
			if r.Amount.String() != amount || r.Extra.String() != extra {
				t.Errorf("%s: %+v", id, r)
			}
		}
		if o.Rules.Global == nil || o.Rules.Global.Amount.String() != "5" {
			t.Error("the rule that was switched off is lost")
		}
		price.places.search.SetText("ÇİÇEK")
		s.Settle()
		if len(price.places.rows) != 1 || price.places.rows[0].name != "Çiçeksepeti" {
			t.Errorf("found %+v", price.places.rows)
		}
	})
}

// Switched to and fro, nothing is left of it: rules that only the switching made go with it, those of a person stay.
func TestPrice_switchingAloneMakesNoRules(t *testing.T) {
	const per = "Pazaryeri Bazlı Fiyat Kuralı Belirlemek İstiyor Musunuz?"
	o := kittest.NewCompany()
	onPrices(t, o, func(s *testScreen, price *Page) {
		s.Choose(per, "Evet") // there is no rule to begin with
		if len(price.Now.each) != 0 {
			t.Errorf("made of nothing: %v", price.Now.each)
		}
		s.Choose(per, "Hayır")
		s.Write("İşlem Miktarı", "5")
		s.Choose(per, "Evet")
		s.Reads("Her pazaryeri şimdiki kuralla başlıyor")
		s.Choose(per, "Hayır")
		if len(price.Now.each) != 0 {
			t.Errorf("left: %v", price.Now.each)
		}
		s.Write("İşlem Miktarı", "6")
		s.Choose(per, "Evet")
		s.Write("İşlem Miktarı", "30") // of Trendyol
		s.Choose(per, "Hayır")
		s.Choose(per, "Evet")
		s.ReadsNot("Her pazaryeri şimdiki kuralla başlıyor")
		if price.Now.each["trendyol"].amount != "30" || price.Now.each["n11"].amount != "6" {
			t.Errorf("a person's rule is lost: %v", price.Now.each)
		}
	})
}

func TestPrice_refusalBringsItsMarketplaceIntoView(t *testing.T) {
	o := kittest.NewCompany()
	o.Rules = pricing.Rules{PerMarketplace: true}
	onPrices(t, o, func(s *testScreen, price *Page) {
		s.Write("İşlem Miktarı", "abc")
		price.choosePlace("hepsiburada")
		s.Settle()
		s.Write("İşlem Miktarı", "7")
		s.Tap("Ayarları Kaydet")
		if price.chosen != "trendyol" || s.Row("İşlem Miktarı").Wrong() == "" || o.Rules.Version != 0 {
			t.Errorf("%s is in view, says %q, version %d", price.chosen, s.Row("İşlem Miktarı").Wrong(), o.Rules.Version)
		}
	})
}

func TestPrice_showsWhatIsKept(t *testing.T) {
	o := kittest.NewCompany()
	rule, err := ruleDraft{direction: pricing.Discount, kind: pricing.Percent, amount: "12,5", ending: ".99", mode: pricing.EndingNearest}.rule("tr")
	if err != nil {
		t.Fatal(err)
	}
	o.Rules = pricing.Rules{Global: rule, Version: 3}
	onPrices(t, o, func(s *testScreen, price *Page) {
		e, _ := s.Row("İşlem Miktarı").Field().(*widgets.Entry)
		if e.Text != "12,5" || price.Dirty() {
			t.Errorf("shows %q, dirty %v", e.Text, price.Dirty())
		}
		s.Reads("En yakın")
	})
	onPageIn(t, "en", &company{Company: o}, func(s *testScreen, _ *Page) {
		if e, _ := s.Row("Operation Amount").Field().(*widgets.Entry); e.Text != "12.5" {
			t.Errorf("English shows %q", e.Text)
		}
	})
}

func TestForm_helpOpensByKeyAndClick(t *testing.T) {
	onPrices(t, kittest.NewCompany(), func(s *testScreen, _ *Page) {
		row := s.Row("Ek Fiyat")
		e, _ := row.Field().(*widgets.Entry)
		e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF1})
		if !row.HelpShown() {
			t.Fatal("F1 shows no help")
		}
		s.Reads("Sonuca eklenecek tutar")
		e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF1})
		if row.HelpShown() {
			t.Error("F1 does not close it")
		}
	})
}

func TestPrice_canBeSavedWithoutARule(t *testing.T) {
	o := kittest.NewCompany()
	onPrices(t, o, func(s *testScreen, price *Page) {
		if price.Dirty() {
			t.Error("leaving would ask, though nothing was typed")
		}
		s.Tap("Ayarları Kaydet")
		if o.Rules.Version != 1 || o.Rules.Global != nil {
			t.Errorf("saved %+v", o.Rules)
		}
		if !s.Button("Ayarları Kaydet").Disabled() {
			t.Error("it can be saved twice")
		}
	})
}

func TestWords_endingsHaveWords(t *testing.T) {
	keys := []string{"rule.ending.none"}
	for _, x := range endings()[1:] {
		keys = append(keys, "rule.ending"+x)
	}
	kittest.HaveWords(t, append(keys, "rule.value.hint.amount", "rule.value.hint.percent")...)
}

// Whoever looks for the price on a marketplace looks among the marketplaces first: a button leads from there to the rules.
func TestMarkets_leadToTheRulesFromTheirOwnPage(t *testing.T) {
	kittest.On(t, "tr", func(e *kit.Env) kit.Page { return NewMarkets(e, newCompany()) }, func(s *kittest.Screen, _ kit.Page) {
		s.Reads("Pazaryerleri", "Trendyol")
		s.Tap("Fiyat Kuralları")
		s.Asked(kit.PlacePrices)
	})
	onPage(t, newCompany(), func(s *testScreen, _ *Page) {
		s.tool("Pazaryerleri")
		m, _ := s.Frame.Covering.(*marketsScreen)
		if m.rules.Visible() {
			t.Error("section 4 leads to itself")
		}
	})
}
