package prices

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// company is one with a catalogue to try rules on, rates and marketplaces.
type company struct {
	*kittest.Company
	mu       sync.Mutex
	stock    []pricing.Stock
	limit    decimal.NullDecimal
	rates    pricing.Rates
	missing  []pricing.Missing
	exported []pricing.TrialQuery
	approved []pricing.Trial
	undone   int
	wait     chan struct{} // nil: nothing is waited for in the middle of the catalogue
}

func newCompany() *company {
	b := &company{Company: kittest.NewCompany()}
	for i, price := range []string{"100", "10", "", "1000", "0.01"} {
		s := pricing.Stock{Product: domain.Product{ID: domain.ProductID(i + 1), Code: domain.Code(fmt.Sprintf("K-%d", i+1)), Name: fmt.Sprintf("ÜRÜN %d", i+1), Currency: domain.TRY}}
		if price != "" {
			s.Product.Price = decimal.NewNullDecimal(decimal.RequireFromString(price))
		}
		b.stock = append(b.stock, s)
	}
	return b
}

func (b *company) TryRules(ctx context.Context, r pricing.Rules, w *pricing.Watch) (*pricing.Laboratory, error) {
	markets, err := b.Marketplaces(ctx)
	if err != nil {
		return nil, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	saved := pricing.Pricer{Rules: b.Rules, MaxChange: b.limit, Currency: domain.TRY}
	draft := saved
	draft.Rules = r
	alike := pricing.NewAlike(r, b.Rules, markets.IDs())
	for _, s := range b.stock {
		alike.Split(s.Last)
	}
	lab := pricing.NewLaboratory(draft, saved, alike.Groups())
	w.Of(len(b.stock))
	for i, s := range b.stock {
		if i == 2 && b.wait != nil {
			select {
			case <-b.wait:
			case <-ctx.Done():
				return nil, domain.E(domain.KindCancelled, "try", ctx.Err())
			}
		}
		lab.Add(s)
		w.Did()
	}
	return lab, nil
}

func (b *company) Trials(_ context.Context, lab *pricing.Laboratory, q pricing.TrialQuery) ([]pricing.Tried, int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	page, total, err := lab.Find(q, func() (pricing.Ranked, error) {
		ranked := pricing.Ranked{}
		for _, s := range b.stock {
			if strings.Contains(domain.Fold(s.Product.Name), domain.Fold(q.Search)) {
				ranked[s.Product.ID] = len(ranked)
			}
		}
		return ranked, nil
	})
	return b.explained(lab, page), total, err
}

func (b *company) Explain(_ context.Context, lab *pricing.Laboratory, trials ...pricing.Trial) ([]pricing.Tried, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.explained(lab, trials), nil
}

func (b *company) explained(lab *pricing.Laboratory, trials []pricing.Trial) []pricing.Tried {
	tried := make([]pricing.Tried, len(trials))
	for i, t := range trials {
		tried[i] = lab.Explain(t, b.stock[t.Product-1])
	}
	return tried
}

func (b *company) ExportTrials(_ context.Context, _ *pricing.Laboratory, q pricing.TrialQuery) (string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.exported = append(b.exported, q)
	return "/home/someone/Documents/Sopyo/laboratuvar.xlsx", nil
}

func (b *company) ApproveTrials(_ context.Context, lab *pricing.Laboratory, trials []pricing.Trial) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := 0
	for _, t := range trials {
		b.approved = append(b.approved, t)
		s := &b.stock[t.Product-1]
		for _, m := range lab.Columns()[t.Column].Marketplaces {
			s.Last = slices.DeleteFunc(s.Last, func(l pricing.LastPrice) bool { return l.Marketplace == m })
			s.Last = append(s.Last, pricing.LastPrice{Marketplace: m, Kurus: t.New})
			n++
		}
	}
	return n, nil
}

func (b *company) ApproveFound(ctx context.Context, lab *pricing.Laboratory, q pricing.TrialQuery) (int, error) {
	page, _, err := lab.Find(q, nil)
	if err != nil {
		return 0, err
	}
	return b.ApproveTrials(ctx, lab, page)
}

func (b *company) UndoApproval(context.Context) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.undone++
	return 7, nil
}

func (b *company) MaxPriceChange(context.Context) (decimal.NullDecimal, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.limit, nil
}

func (b *company) SaveMaxPriceChange(_ context.Context, percent decimal.NullDecimal) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.limit = percent
	return nil
}

func (b *company) Rates(context.Context) (pricing.Rates, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.rates.Sorted(), nil
}

func (b *company) SaveRates(_ context.Context, rates ...pricing.Rate) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, r := range rates {
		b.rates = slices.DeleteFunc(b.rates, func(o pricing.Rate) bool { return o.Currency == r.Currency && o.Day == r.Day })
		b.rates = append(b.rates, r)
	}
	return nil
}

func (b *company) RemoveRate(_ context.Context, c domain.Currency, d pricing.Day) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.rates = slices.DeleteFunc(b.rates, func(o pricing.Rate) bool { return o.Currency == c && o.Day == d })
	return nil
}

func (b *company) MissingRates(context.Context) ([]pricing.Missing, error) { return b.missing, nil }

func (b *company) AddMarketplace(ctx context.Context, name string) (pricing.Marketplace, error) {
	all, _ := b.Marketplaces(ctx)
	name, err := all.MarketplaceName("", name)
	if err != nil {
		return pricing.Marketplace{}, err
	}
	m := pricing.Marketplace{ID: pricing.NewMarketplaceID(name, func(pricing.MarketplaceID) bool { return false }), Name: name, Own: true}
	b.Mu.Lock()
	defer b.Mu.Unlock()
	b.Own = append(b.Own, m)
	return m, nil
}

func (b *company) RenameMarketplace(ctx context.Context, id pricing.MarketplaceID, name string) error {
	all, _ := b.Marketplaces(ctx)
	name, err := all.MarketplaceName(id, name)
	b.Mu.Lock()
	defer b.Mu.Unlock()
	for i := range b.Own {
		if b.Own[i].ID == id && err == nil {
			b.Own[i].Name = name
		}
	}
	return err
}

func (b *company) RemoveMarketplace(_ context.Context, id pricing.MarketplaceID) error {
	b.Mu.Lock()
	defer b.Mu.Unlock()
	if _, ruled := b.Rules.Each[id]; ruled {
		return domain.Invalid("marketplace", "marketplace-in-use")
	}
	b.Own = slices.DeleteFunc(b.Own, func(m pricing.Marketplace) bool { return m.ID == id })
	return nil
}

// onPage runs f with section 4 in view and everything behind it.
func onPage(t *testing.T, b *company, f func(s *testScreen, price *Page)) {
	t.Helper()
	onPageIn(t, "tr", b, f)
}

func onPageIn(t *testing.T, lang string, b *company, f func(s *testScreen, price *Page)) {
	t.Helper()
	kittest.On(t, lang, func(e *kit.Env) *Page { return New(e, b) }, func(s *kittest.Screen, p *Page) {
		s.Section = true
		f(&testScreen{s}, p)
	})
}

// onPrices is onPage over a company whose catalogue is empty.
func onPrices(t *testing.T, o *kittest.Company, f func(s *testScreen, price *Page)) {
	t.Helper()
	onPage(t, &company{Company: o}, f)
}

// testScreen is section 4 in a window.
type testScreen struct{ *kittest.Screen }

// tool takes a line of the menu of tools, by the keyboard.
func (s *testScreen) tool(title string) {
	s.T.Helper()
	s.Tap("Araçlar")
	var menu *widget.PopUpMenu
	for _, o := range s.Win.Canvas().Overlays().List() {
		kittest.Walk(o, func(o fyne.CanvasObject) {
			if m, ok := o.(*widget.PopUpMenu); ok {
				menu = m
			}
		})
	}
	if menu == nil {
		s.T.Fatal("no menu is open")
	}
	for _, i := range menu.Items {
		words, ok := "", false
		kittest.Walk(i, func(o fyne.CanvasObject) {
			if t, is := o.(*canvas.Text); is {
				words, ok = t.Text, true
			}
		})
		if ok && words == title {
			menu.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			s.Settle()
			return
		}
		menu.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
	s.T.Fatalf("the menu has no %q", title)
}

// lab gives the laboratory in view.
func (s *testScreen) lab() *laboratory {
	s.T.Helper()
	l, ok := s.Frame.Covering.(*laboratory)
	if !ok {
		s.T.Fatalf("%T is in view, no laboratory", s.Frame.Covering)
	}
	return l
}

func TestLaboratory_triesTheDraftAndSavesIt(t *testing.T) {
	b := newCompany()
	onPage(t, b, func(s *testScreen, price *Page) {
		s.Write("İşlem Miktarı", "10")
		s.Write("Ek Fiyat", "20")
		s.Tap("Fiyat Laboratuvarı")
		l := s.lab()
		s.Reads("5 ürünün 26 pazaryerindeki fiyatı hesaplandı", "Bütün pazaryerleri (26)", "En büyük 4 değişiklik", "+%200.000", "Eski fiyat", "Yeni fiyat")
		l.Open("plots")
		s.Settle()
		s.Reads("+%10, ek 20,00 ₺")
		s.ReadsNot("+%200.000")
		if b.Rules.Version != 0 {
			t.Fatal("trying has saved")
		}
		l.Open("moved")
		s.Settle()
		s.Reads("4 fiyat", "31,00 ₺", "+%210", "130,00 ₺")
		first, _ := l.list.Table.Current()
		if !strings.HasPrefix(first.Detail, "ÜRÜN 5 (K-5) · Bütün pazaryerleri (26): 0,01 ₺ yerine 20,01 ₺. ") {
			t.Errorf("the biggest change is %q", first.Detail)
		}
		l.Open("blocked")
		s.Settle()
		s.Reads("1 fiyat", "ÜRÜN 3", "Ürünün fiyatı yok.", "engellendi")
		l.list.Search.SetText("urun 4")
		s.Pass(kit.SearchAfter + time.Millisecond)
		s.Reads("“urun 4” için fiyat bulunamadı")
		l.list.Search.SetText("")
		s.Pass(kit.SearchAfter + time.Millisecond)
		s.Tap("Excel’e Aktar")
		s.Reads("laboratuvar.xlsx")
		if len(b.exported) != 1 || b.exported[0].Found != pricing.FoundBlocked {
			t.Errorf("exported %+v", b.exported)
		}
		s.Tap("Kurala Dön")
		s.Uncovered()
		if e, _ := s.Row("İşlem Miktarı").Field().(*widgets.Entry); e.Text != "10" || !price.Dirty() {
			t.Error("what was edited is lost")
		}
		s.Tap("Fiyat Laboratuvarı")
		s.Tap("Kuralı Kaydet")
		s.Answer("Yine de Kaydet") // ÜRÜN 5 at 20,01
		s.Uncovered()
		if r := b.Rules.Global; r == nil || r.Amount.String() != "10" {
			t.Errorf("saved %+v", b.Rules)
		}
		s.Tap("Fiyat Laboratuvarı")
		if !s.lab().save.Disabled() {
			t.Error("there is nothing to save")
		}
		s.lab().Open("moved")
		s.Settle()
		s.Reads("Değişen fiyat yok")
	})
}

func TestLaboratory_sideBySideAndByMarketplace(t *testing.T) {
	b := newCompany()
	b.limit = decimal.NewNullDecimal(decimal.New(20, 0))
	for _, m := range []pricing.MarketplaceID{"n11", "pttavm"} {
		b.stock[0].Last = append(b.stock[0].Last, pricing.LastPrice{Marketplace: m, Kurus: 5000})
	}
	onPage(t, b, func(s *testScreen, _ *Page) {
		s.Choose("Pazaryeri Bazlı Fiyat Kuralı Belirlemek İstiyor Musunuz?", "Evet")
		s.Write("İşlem Miktarı", "30") // of Trendyol
		s.Tap("Fiyat Laboratuvarı")
		l := s.lab()
		s.Reads("Trendyol", "N11, PttAVM", "Hepsiburada, Amazon Türkiye ve 21 pazaryeri daha")
		if n := len(l.lab.Columns()); n != 3 {
			t.Fatalf("%d columns", n)
		}
		l.Open("approval")
		s.Settle()
		s.Reads("1 fiyat", "N11, PttAVM", "50,00 ₺", "100,00 ₺", "+%100", "Fiyat, en son onaylanana göre")
		l.Open("suspicious")
		s.Settle()
		l.place.SetSelectedIndex(1)
		s.Settle()
		s.Reads("ÜRÜN 1", "130,00 ₺", "Eski fiyata göre %30 değişiyor")
		if r, ok := l.list.Table.Current(); !ok || r.Cells[1] != "Trendyol" || l.list.Table.Total() != 4 {
			t.Errorf("%d prices, the first %+v", l.list.Table.Total(), r)
		}
	})
}

func TestLaboratory_showsHowFarItIsAndStops(t *testing.T) {
	b := newCompany()
	onPage(t, b, func(s *testScreen, _ *Page) {
		b.wait = make(chan struct{}) // of this bubble
		s.Write("İşlem Miktarı", "10")
		s.Tap("Fiyat Laboratuvarı")
		s.Pass(10 * time.Second)
		s.Reads("Fiyatlar hesaplanıyor", "2 / 5 ürün", "yaklaşık 15 sn kaldı")
		if !s.lab().save.Disabled() {
			t.Error("it can be saved before it is tried")
		}
		s.Tap("Durdur")
		s.Reads("Hesaplama durduruldu. Kural kaydedilmedi, hiçbir fiyat değişmedi.")
		s.ReadsNot("2 / 5 ürün")
		s.Tap("Yeniden Hesapla")
		close(b.wait)
		s.Settle()
		s.Reads("5 ürünün")
		b.wait = make(chan struct{})
		l := s.lab()
		l.compute()
		s.Settle()
		s.Tap("Kurala Dön") // nobody waits for it any more
		s.Uncovered()
		if l.run.task.Busy() {
			t.Error("it works on out of sight")
		}
		if b.Rules.Version != 0 {
			t.Error("something was saved")
		}
	})
}

func TestLaboratory_doesNotOpenOnWhatCannotBeRead(t *testing.T) {
	onPage(t, newCompany(), func(s *testScreen, _ *Page) {
		s.Write("İşlem Miktarı", "abc")
		s.Tap("Fiyat Laboratuvarı")
		s.Uncovered()
		if s.Row("İşlem Miktarı").Wrong() == "" {
			t.Error("it is not said at the field")
		}
	})
}

func TestApprovals_marksApprovesAndTakesBack(t *testing.T) {
	b := newCompany()
	b.stock[0].Last = pricing.LastPrices{{Marketplace: "n11", Kurus: 5000}}
	b.stock[3].Last = pricing.LastPrices{{Marketplace: "n11", Kurus: 50000}}
	onPage(t, b, func(s *testScreen, _ *Page) {
		s.tool("Onay Bekleyenler")
		s.Reads("Onay bekleyen fiyat yok.")
		s.Write("Onay sınırı (yüzde)", "x")
		if s.Row("Onay sınırı (yüzde)").Wrong() == "" {
			t.Error("x is no percent")
		}
		s.Write("Onay sınırı (yüzde)", "12,5")
		s.Tap("Sınırı Kaydet")
		if b.limit.Decimal.String() != "12.5" {
			t.Errorf("limit %v", b.limit)
		}
		s.Reads("Onay sınırı kaydedildi: yüzde 12,5.", "2 fiyat", "N11")
		a, _ := s.Frame.Covering.(*approvals)
		s.Win.Canvas().Focus(a.list.Table.Focusable())
		kittest.Type(s.Win.Canvas().Focused(), fyne.KeySpace)
		s.Settle()
		s.Tap("İşaretlileri Onayla (1)")
		if len(b.approved) != 1 || b.approved[0].New == 0 {
			t.Fatalf("approved %+v", b.approved)
		}
		s.Reads("1 fiyat onaylandı.", "1 fiyat")
		s.Tap("Geri Al")
		if b.undone != 1 {
			t.Error("not undone")
		}
		s.Reads("Onay geri alındı: 7 fiyat")
		s.Tap("Hepsini Onayla")
		s.Asks()
		s.Answer("Hepsini Onayla")
		s.Reads("Onay bekleyen fiyat yok.")
		if len(b.approved) != 2 {
			t.Errorf("approved %+v", b.approved)
		}
		s.Write("Onay sınırı (yüzde)", "")
		s.Tap("Sınırı Kaydet")
		s.Reads("Onay sınırı kaldırıldı.")
		s.Undo() // Ctrl+Z
		if b.limit.Decimal.String() != "12.5" {
			t.Errorf("the limit is %v", b.limit)
		}
	})
}

func TestRates_typedCorrectedRemovedAndBack(t *testing.T) {
	b := newCompany()
	b.missing = []pricing.Missing{{Currency: domain.USD, Products: 1200}, {Currency: "JPY", Products: 1}}
	onPage(t, b, func(s *testScreen, _ *Page) {
		s.tool("Döviz Kurları")
		s.Reads("Henüz kur girilmedi", "1.200 ürün Dolar ile fiyatlı", "1 ürün JPY ile fiyatlı")
		r, _ := s.Frame.Covering.(*ratesScreen)
		for _, tt := range [][2]string{{"41,2537", "41.2537"}, {"48.5", "48.5"}} {
			typed, want := tt[0], tt[1]
			s.Write("1 birimi kaç lira", typed)
			s.Write("Hangi günden", "3.1.1999")
			s.Tap("Kuru Kaydet")
			if len(b.rates) != 1 || b.rates[0].Value.String() != want || b.rates[0].Day != "1999-01-03" || b.rates[0].Currency != domain.USD {
				t.Fatalf("%q was kept as %v", typed, b.rates)
			}
		}
		s.Reads("Dolar kuru kaydedildi: 48,5", "03.01.1999", "bugün geçerli")
		s.Tap("Geri Al")
		if b.rates[0].Value.String() != "41.2537" {
			t.Errorf("undone to %v", b.rates)
		}
		for _, wrong := range []string{"x", "0", "1.2.3", "-4"} {
			s.Write("1 birimi kaç lira", wrong)
			s.Tap("Kuru Kaydet")
			if s.Row("1 birimi kaç lira").Wrong() == "" || len(b.rates) != 1 || b.rates[0].Value.String() != "41.2537" {
				t.Errorf("%q was taken: %v", wrong, b.rates)
			}
		}
		s.Write("1 birimi kaç lira", "50")
		s.Write("Hangi günden", "31.02.2026")
		s.Tap("Kuru Kaydet")
		if s.Row("Hangi günden").Wrong() == "" {
			t.Error("there is no such day")
		}
		s.Tap("Düzelt")
		if r.value.Text != "41,2537" || r.day.Text != "03.01.1999" {
			t.Errorf("%q from %q is to be corrected", r.value.Text, r.day.Text)
		}
		s.Tap("Kaldır")
		s.Reads("Dolar kuru kaldırıldı: 41,2537, 03.01.1999.")
		if len(b.rates) != 0 {
			t.Errorf("left %v", b.rates)
		}
		s.Undo()
		if len(b.rates) != 1 {
			t.Error("it did not come back")
		}
	})
}

func TestMarkets_addedOnesAreWhereRulesAre(t *testing.T) {
	b := newCompany()
	onPage(t, b, func(s *testScreen, price *Page) {
		s.Choose("Pazaryeri Bazlı Fiyat Kuralı Belirlemek İstiyor Musunuz?", "Evet")
		s.Write("İşlem Miktarı", "5")
		s.tool("Pazaryerleri")
		m, _ := s.Frame.Covering.(*marketsScreen)
		if !m.edit.Disabled() {
			t.Error("one of the program's could be renamed")
		}
		s.Write("Yeni pazaryeri", "TRENDYOL")
		s.Tap("Ekle")
		if s.Row("Yeni pazaryeri").Wrong() != "Bu adla bir pazaryeri var; başka bir ad yazın." {
			t.Errorf("says %q", s.Row("Yeni pazaryeri").Wrong())
		}
		s.Write("Yeni pazaryeri", "Bizim Dükkân")
		s.Tap("Ekle")
		s.Reads("Bizim Dükkân eklendi.", "Siz eklediniz", "27 pazaryeri")
		s.Tap("Adını Değiştir")
		name := s.AskedField()
		name.SetText("")
		test.Type(name, "Merkez")
		s.Answer("Adı Kaydet")
		s.AsksNothing()
		s.Reads("Yeni adı: Merkez.")
		s.Tap("Geri")
		s.Uncovered()
		if e, _ := s.Row("İşlem Miktarı").Field().(*widgets.Entry); e.Text != "5" || !price.Dirty() {
			t.Error("what was edited is lost")
		}
		price.choosePlace("own-bizim-dukkan")
		s.Settle()
		s.Reads("Merkez")
		s.Write("İşlem Miktarı", "7")
		s.Tap("Ayarları Kaydet")
		if b.Rules.Each["own-bizim-dukkan"].Amount.String() != "7" {
			t.Errorf("saved %+v", b.Rules)
		}
		s.tool("Pazaryerleri")
		s.Tap("Kaldır")
		s.Reads("Bu pazaryerinin fiyat kuralı var.")
		delete(b.Rules.Each, "own-bizim-dukkan")
		s.Tap("Kaldır")
		s.Reads("Merkez kaldırıldı.", "26 pazaryeri")
		s.Undo()
		s.Reads("27 pazaryeri")
	})
}

func TestCommission_saysThePriceAndFillsTheRule(t *testing.T) {
	b := newCompany()
	onPage(t, b, func(s *testScreen, price *Page) {
		s.Choose("Kural Tipi", "İndirim")
		s.Choose("İşlem Tipi", "Fiyat")
		s.Write("Ek Fiyat", "20")
		s.tool("Komisyon Hesabı")
		s.Asks()
		fields := map[string]*widgets.Row{}
		kittest.Walk(s.E.Modal.PopUp.Content, func(o fyne.CanvasObject) {
			if r, ok := o.(*widgets.Row); ok {
				fields[r.Label()] = r
			}
		})
		write := func(label, text string) {
			e, _ := fields[label].Field().(*widgets.Entry)
			e.SetText(text)
			s.Settle()
		}
		write("Elime kalsın", "100")
		write("Komisyon (yüzde)", "100")
		if fields["Komisyon (yüzde)"].Wrong() != "Komisyon yüzde 100’den küçük olmalı." {
			t.Errorf("says %q", fields["Komisyon (yüzde)"].Wrong())
		}
		s.Answer("Kurala Yaz")
		s.Asks() // it stays
		write("Komisyon (yüzde)", "21")
		s.Asks("Fiyat 126,59 ₺ olmalı: 26,58 ₺ komisyon kesilir, 100,01 ₺ kalır.", "%26,5823 artış", "bir üst kuruşa")
		s.Answer("Kurala Yaz")
		s.AsksNothing()
		if d := price.draft(); d.amount != "26,5823" || d.direction != pricing.Increase || d.kind != pricing.Percent || d.extra != "20" {
			t.Errorf("the rule is %+v", d)
		}
		if b.Rules.Version != 0 || !price.Dirty() {
			t.Error("it is not the person who saves")
		}
	})
}

func TestPrice_exampleInAnotherCurrencyIsConverted(t *testing.T) {
	b := newCompany()
	b.Samples[0].Currency = domain.USD
	onPage(t, b, func(s *testScreen, price *Page) {
		s.Write("İşlem Miktarı", "10")
		s.Reads("249,90 $", "bugün geçerli kuru yok")
		b.rates = pricing.Rates{{Currency: domain.USD, Day: "1999-01-03", Value: decimal.New(40, 0)}}
		price.Show()
		s.Settle()
		s.Write("İşlem Miktarı", "10")
		s.Write("Ek Fiyat", "20")
		s.Reads("249,90 $", "11.015,60 ₺", "+%10, ek 20,00 ₺")
	})
}

func TestCountWords_sayWhatThereIs(t *testing.T) {
	text, err := assets.NewText("tr")
	if err != nil {
		t.Fatal(err)
	}
	w := words.New(text.Lang, text.T)
	for _, c := range []struct {
		counts pricing.Counts
		want   string
	}{
		{pricing.Counts{}, "0 fiyat."},
		{pricing.Counts{Prices: 1240, Raised: 1200, Same: 40}, "1.240 fiyat: 1.200 artıyor, 40 aynı."},
		{pricing.Counts{Prices: 9, Lowered: 4, Fresh: 2, Blocked: 1, Approval: 2, Suspicious: 3}, "9 fiyat: 4 düşüyor, 2 ilk kez. 1 engellendi, 2 onay bekleyecek, 3 şüpheli."},
	} {
		if got := countWords(w, c.counts); got != c.want {
			t.Errorf("%+v became %q, want %q", c.counts, got, c.want)
		}
	}
}
