package gui

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// benchtop is an office with a catalogue to try rules on, rates and marketplaces.
type benchtop struct {
	*office
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

func newBenchtop() *benchtop {
	b := &benchtop{office: newOffice()}
	for i, price := range []string{"100", "10", "", "1000", "0.01"} {
		s := pricing.Stock{Product: domain.Product{ID: domain.ProductID(i + 1), Code: domain.Code(fmt.Sprintf("K-%d", i+1)), Name: fmt.Sprintf("ÜRÜN %d", i+1), Currency: domain.TRY}}
		if price != "" {
			s.Product.Price = decimal.NewNullDecimal(decimal.RequireFromString(price))
		}
		b.stock = append(b.stock, s)
	}
	return b
}

func (b *benchtop) TryRules(ctx context.Context, r pricing.Rules, w *pricing.Watch) (*pricing.Laboratory, error) {
	markets, err := b.Marketplaces(ctx)
	if err != nil {
		return nil, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	saved := pricing.Pricer{Rules: b.rules, MaxChange: b.limit, Currency: domain.TRY}
	draft := saved
	draft.Rules = r
	alike := pricing.NewAlike(r, b.rules, markets.IDs())
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

func (b *benchtop) Trials(_ context.Context, lab *pricing.Laboratory, q pricing.TrialQuery) ([]pricing.Tried, int, error) {
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
	tried := make([]pricing.Tried, len(page))
	for i, t := range page {
		tried[i] = lab.Explain(t, b.stock[t.Product-1])
	}
	return tried, total, err
}

func (b *benchtop) ExportTrials(_ context.Context, _ *pricing.Laboratory, q pricing.TrialQuery) (string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.exported = append(b.exported, q)
	return "/home/someone/Documents/Sopyo/laboratuvar.xlsx", nil
}

func (b *benchtop) ApproveTrials(_ context.Context, lab *pricing.Laboratory, trials []pricing.Trial) (int, error) {
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

func (b *benchtop) ApproveFound(ctx context.Context, lab *pricing.Laboratory, q pricing.TrialQuery) (int, error) {
	page, _, err := lab.Find(q, nil)
	if err != nil {
		return 0, err
	}
	return b.ApproveTrials(ctx, lab, page)
}

func (b *benchtop) UndoApproval(context.Context) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.undone++
	return 7, nil
}

func (b *benchtop) MaxPriceChange(context.Context) (decimal.NullDecimal, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.limit, nil
}

func (b *benchtop) SaveMaxPriceChange(_ context.Context, percent decimal.NullDecimal) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.limit = percent
	return nil
}

// bench is the benchtop's rates and marketplaces; its names are those of the ports.
type bench struct{ *benchtop }

func (b bench) Rates(context.Context) (pricing.Rates, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.rates.Sorted(), nil
}

func (b bench) SaveRates(_ context.Context, rates ...pricing.Rate) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, r := range rates {
		b.rates = slices.DeleteFunc(b.rates, func(o pricing.Rate) bool { return o.Currency == r.Currency && o.Day == r.Day })
		b.rates = append(b.rates, r)
	}
	return nil
}

func (b bench) RemoveRate(_ context.Context, c domain.Currency, d pricing.Day) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.rates = slices.DeleteFunc(b.rates, func(o pricing.Rate) bool { return o.Currency == c && o.Day == d })
	return nil
}

func (b bench) MissingRates(context.Context) ([]pricing.Missing, error) { return b.missing, nil }

func (b bench) AddMarketplace(ctx context.Context, name string) (pricing.Marketplace, error) {
	all, _ := b.Marketplaces(ctx)
	name, err := all.MarketplaceName("", name)
	if err != nil {
		return pricing.Marketplace{}, err
	}
	m := pricing.Marketplace{ID: pricing.NewMarketplaceID(name, func(pricing.MarketplaceID) bool { return false }), Name: name, Own: true}
	b.office.mu.Lock()
	defer b.office.mu.Unlock()
	b.own = append(b.own, m)
	return m, nil
}

func (b bench) RenameMarketplace(ctx context.Context, id pricing.MarketplaceID, name string) error {
	all, _ := b.Marketplaces(ctx)
	name, err := all.MarketplaceName(id, name)
	b.office.mu.Lock()
	defer b.office.mu.Unlock()
	for i := range b.own {
		if b.own[i].ID == id && err == nil {
			b.own[i].Name = name
		}
	}
	return err
}

func (b bench) RemoveMarketplace(_ context.Context, id pricing.MarketplaceID) error {
	b.office.mu.Lock()
	defer b.office.mu.Unlock()
	if _, ruled := b.rules.Each[id]; ruled {
		return domain.Invalid("marketplace", "marketplace-in-use")
	}
	b.own = slices.DeleteFunc(b.own, func(m pricing.Marketplace) bool { return m.ID == id })
	return nil
}

// onBench is the window at section 4 with everything behind it.
func onBench(t *testing.T, b *benchtop, f func(s *stage, price *priceSection)) {
	t.Helper()
	onStageWith(t, b.office, func(s *stage, cfg *Config) {
		s.drawer.m[PreferenceSection] = fmt.Sprint(sectionPrice)
		cfg.First.Laboratory, cfg.First.Approvals, cfg.First.Rates, cfg.First.Markets = b, b, bench{b}, bench{b}
	}, func(s *stage) {
		price, _ := s.w.page.sections[sectionPrice].(*priceSection)
		f(s, price)
	})
}

// lab gives the laboratory in view.
func (s *stage) lab() *laboratory {
	s.t.Helper()
	l, ok := s.w.screen.(*laboratory)
	if !ok || s.w.view != viewScreen {
		s.t.Fatalf("view %d, no laboratory", s.w.view)
	}
	return l
}

func TestLaboratory_triesTheDraftAndSavesIt(t *testing.T) {
	b := newBenchtop()
	onBench(t, b, func(s *stage, price *priceSection) {
		s.write("İşlem Miktarı", "10")
		s.write("Ek Fiyat", "20")
		s.tap("Fiyat Laboratuvarı")
		l := s.lab()
		s.reads("5 ürünün 26 pazaryerindeki fiyatı hesaplandı", "Bütün pazaryerleri (26)", "+%10, ek 20,00 ₺", "Eski fiyat", "Yeni fiyat")
		if b.rules.Version != 0 {
			t.Fatal("trying has saved")
		}
		l.open("moved")
		s.settle()
		s.reads("4 fiyat", "31,00 ₺", "+%210", "130,00 ₺")
		first, _ := l.list.table.Current()
		if !strings.HasPrefix(first.Detail, "ÜRÜN 5 (K-5) · Bütün pazaryerleri (26): 0,01 ₺ yerine 20,01 ₺. ") {
			t.Errorf("the biggest change is %q", first.Detail)
		}
		l.open("blocked")
		s.settle()
		s.reads("1 fiyat", "ÜRÜN 3", "Ürünün fiyatı yok.", "engellendi")
		l.list.search.SetText("urun 4")
		s.pass(searchAfter + time.Millisecond)
		s.reads("“urun 4” için fiyat bulunamadı")
		l.list.search.SetText("")
		s.pass(searchAfter + time.Millisecond)
		s.tap("Excel’e Aktar")
		s.reads("laboratuvar.xlsx")
		if len(b.exported) != 1 || b.exported[0].Found != pricing.FoundBlocked {
			t.Errorf("exported %+v", b.exported)
		}
		s.tap("Kurala Dön")
		s.in(sectionPrice)
		if e, _ := s.row("İşlem Miktarı").Field().(*widgets.Entry); e.Text != "10" || !price.dirty() {
			t.Error("what was edited is lost")
		}
		s.tap("Fiyat Laboratuvarı")
		s.tap("Kuralı Kaydet")
		s.in(sectionPrice)
		if r := b.rules.Global; r == nil || r.Amount.String() != "10" {
			t.Errorf("saved %+v", b.rules)
		}
		s.tap("Fiyat Laboratuvarı")
		if !s.lab().save.Disabled() {
			t.Error("there is nothing to save")
		}
		s.lab().open("moved")
		s.settle()
		s.reads("Değişen fiyat yok")
	})
}

func TestLaboratory_sideBySideAndByMarketplace(t *testing.T) {
	b := newBenchtop()
	b.limit = decimal.NewNullDecimal(decimal.New(20, 0))
	for _, m := range []pricing.MarketplaceID{"n11", "pttavm"} {
		b.stock[0].Last = append(b.stock[0].Last, pricing.LastPrice{Marketplace: m, Kurus: 5000})
	}
	onBench(t, b, func(s *stage, _ *priceSection) {
		s.write("İşlem Miktarı", "5")
		s.choose("Pazaryeri Bazlı Fiyat Kuralı Belirlemek İstiyor Musunuz?", "Evet")
		s.write("İşlem Miktarı", "30") // of Trendyol
		s.tap("Fiyat Laboratuvarı")
		l := s.lab()
		s.reads("Trendyol", "N11, PttAVM", "Hepsiburada, Amazon Türkiye ve 21 pazaryeri daha")
		if n := len(l.lab.Columns()); n != 3 {
			t.Fatalf("%d columns", n)
		}
		l.open("approval")
		s.settle()
		s.reads("1 fiyat", "N11, PttAVM", "50,00 ₺", "100,00 ₺", "+%100", "Fiyat, en son onaylanana göre")
		l.open("suspicious")
		s.settle()
		l.place.SetSelectedIndex(1)
		s.settle()
		s.reads("ÜRÜN 1", "130,00 ₺", "Eski fiyata göre %30 değişiyor")
		if r, ok := l.list.table.Current(); !ok || r.Cells[1] != "Trendyol" || l.list.table.Total() != 4 {
			t.Errorf("%d prices, the first %+v", l.list.table.Total(), r)
		}
	})
}

func TestLaboratory_showsHowFarItIsAndStops(t *testing.T) {
	b := newBenchtop()
	onBench(t, b, func(s *stage, _ *priceSection) {
		b.wait = make(chan struct{}) // of this bubble
		s.write("İşlem Miktarı", "10")
		s.tap("Fiyat Laboratuvarı")
		s.pass(10 * time.Second)
		s.reads("Fiyatlar hesaplanıyor", "2 / 5 ürün", "yaklaşık 15 sn kaldı")
		if !s.lab().save.Disabled() {
			t.Error("it can be saved before it is tried")
		}
		s.tap("Durdur")
		s.reads("Hesaplama durduruldu. Kural kaydedilmedi, hiçbir fiyat değişmedi.")
		s.readsNot("2 / 5 ürün")
		s.tap("Yeniden Hesapla")
		close(b.wait)
		s.settle()
		s.reads("5 ürünün")
		b.wait = make(chan struct{})
		s.lab().compute()
		s.settle()
		s.tap("Kurala Dön") // nobody waits for it any more
		s.in(sectionPrice)
		if l, ok := s.w.screen.(*laboratory); !ok || l.run.work.cancel != nil {
			t.Error("it works on out of sight")
		}
		if b.rules.Version != 0 {
			t.Error("something was saved")
		}
	})
}

func TestLaboratory_doesNotOpenOnWhatCannotBeRead(t *testing.T) {
	onBench(t, newBenchtop(), func(s *stage, _ *priceSection) {
		s.write("İşlem Miktarı", "abc")
		s.tap("Fiyat Laboratuvarı")
		s.in(sectionPrice)
		if s.row("İşlem Miktarı").Wrong() == "" {
			t.Error("it is not said at the field")
		}
	})
}

func TestLaboratory_leavingByTheMenuAsksForTheRule(t *testing.T) {
	onBench(t, newBenchtop(), func(s *stage, _ *priceSection) {
		s.write("İşlem Miktarı", "10")
		s.tap("Fiyat Laboratuvarı")
		s.w.open(viewAbout)
		s.settle()
		s.asks()
		s.answer("Kaydetmeden geç")
		if s.w.view != viewAbout {
			t.Errorf("view %d", s.w.view)
		}
	})
}

func TestApprovals_marksApprovesAndTakesBack(t *testing.T) {
	b := newBenchtop()
	b.stock[0].Last = pricing.LastPrices{{Marketplace: "n11", Kurus: 5000}}
	b.stock[3].Last = pricing.LastPrices{{Marketplace: "n11", Kurus: 50000}}
	onBench(t, b, func(s *stage, _ *priceSection) {
		s.tap("Onay Bekleyenler")
		s.reads("Onay bekleyen fiyat yok.")
		s.write("Onay sınırı (yüzde)", "x")
		if s.row("Onay sınırı (yüzde)").Wrong() == "" {
			t.Error("x is no percent")
		}
		s.write("Onay sınırı (yüzde)", "12,5")
		s.tap("Sınırı Kaydet")
		if b.limit.Decimal.String() != "12.5" {
			t.Errorf("limit %v", b.limit)
		}
		s.reads("Onay sınırı kaydedildi: yüzde 12,5.", "2 fiyat", "N11")
		a, _ := s.w.screen.(*approvals)
		s.win.Canvas().Focus(a.list.table.Focusable())
		s.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
		s.settle()
		s.tap("İşaretlileri Onayla (1)")
		if len(b.approved) != 1 || b.approved[0].New == 0 {
			t.Fatalf("approved %+v", b.approved)
		}
		s.reads("1 fiyat onaylandı.", "1 fiyat")
		s.tap("Geri Al")
		if b.undone != 1 {
			t.Error("not undone")
		}
		s.reads("Onay geri alındı: 7 fiyat")
		s.tap("Hepsini Onayla")
		s.asks()
		s.answer("Hepsini Onayla")
		s.reads("Onay bekleyen fiyat yok.")
		if len(b.approved) != 2 {
			t.Errorf("approved %+v", b.approved)
		}
		s.write("Onay sınırı (yüzde)", "")
		s.tap("Sınırı Kaydet")
		s.reads("Onay sınırı kaldırıldı.")
		s.w.undo() // Ctrl+Z
		s.settle()
		if b.limit.Decimal.String() != "12.5" {
			t.Errorf("the limit is %v", b.limit)
		}
	})
}

func TestRates_typedCorrectedRemovedAndBack(t *testing.T) {
	b := newBenchtop()
	b.missing = []pricing.Missing{{Currency: domain.USD, Products: 1200}, {Currency: "JPY", Products: 1}}
	onBench(t, b, func(s *stage, _ *priceSection) {
		s.tap("Döviz Kurları")
		s.reads("Henüz kur girilmedi", "1.200 ürün Dolar ile fiyatlı", "1 ürün JPY ile fiyatlı")
		r, _ := s.w.screen.(*ratesScreen)
		for _, tt := range [][2]string{{"41,2537", "41.2537"}, {"48.5", "48.5"}} {
			typed, want := tt[0], tt[1]
			s.write("1 birimi kaç lira", typed)
			s.write("Hangi günden", "3.1.1999")
			s.tap("Kuru Kaydet")
			if len(b.rates) != 1 || b.rates[0].Value.String() != want || b.rates[0].Day != "1999-01-03" || b.rates[0].Currency != domain.USD {
				t.Fatalf("%q was kept as %v", typed, b.rates)
			}
		}
		s.reads("Dolar kuru kaydedildi: 48,5", "03.01.1999", "bugün geçerli")
		s.tap("Geri Al")
		if b.rates[0].Value.String() != "41.2537" {
			t.Errorf("undone to %v", b.rates)
		}
		for _, wrong := range []string{"x", "0", "1.2.3", "-4"} {
			s.write("1 birimi kaç lira", wrong)
			s.tap("Kuru Kaydet")
			if s.row("1 birimi kaç lira").Wrong() == "" || len(b.rates) != 1 || b.rates[0].Value.String() != "41.2537" {
				t.Errorf("%q was taken: %v", wrong, b.rates)
			}
		}
		s.write("1 birimi kaç lira", "50")
		s.write("Hangi günden", "31.02.2026")
		s.tap("Kuru Kaydet")
		if s.row("Hangi günden").Wrong() == "" {
			t.Error("there is no such day")
		}
		s.tap("Düzelt")
		if r.value.Text != "41,2537" || r.day.Text != "03.01.1999" {
			t.Errorf("%q from %q is to be corrected", r.value.Text, r.day.Text)
		}
		s.tap("Kaldır")
		s.reads("Dolar kuru kaldırıldı: 41,2537, 03.01.1999.")
		if len(b.rates) != 0 {
			t.Errorf("left %v", b.rates)
		}
		s.w.undo()
		s.settle()
		if len(b.rates) != 1 {
			t.Error("it did not come back")
		}
	})
}

func TestMarkets_addedOnesAreWhereRulesAre(t *testing.T) {
	b := newBenchtop()
	onBench(t, b, func(s *stage, price *priceSection) {
		s.choose("Pazaryeri Bazlı Fiyat Kuralı Belirlemek İstiyor Musunuz?", "Evet")
		s.write("İşlem Miktarı", "5")
		s.tap("Pazaryerleri")
		m, _ := s.w.screen.(*marketsScreen)
		if !m.rename.Disabled() {
			t.Error("one of the program's could be renamed")
		}
		s.write("Yeni pazaryeri", "TRENDYOL")
		s.tap("Ekle")
		if s.row("Yeni pazaryeri").Wrong() != "Bu adla bir pazaryeri var; başka bir ad yazın." {
			t.Errorf("says %q", s.row("Yeni pazaryeri").Wrong())
		}
		s.write("Yeni pazaryeri", "Bizim Dükkân")
		s.tap("Ekle")
		s.reads("Bizim Dükkân eklendi.", "Siz eklediniz", "27 pazaryeri")
		s.tap("Adını Değiştir")
		s.asks()
		var name *widgets.Entry
		walk(s.w.e.modal.popUp.Content, func(o fyne.CanvasObject) {
			if e, ok := o.(*widgets.Entry); ok {
				name = e
			}
		})
		name.SetText("")
		test.Type(name, "Merkez")
		s.answer("Adı Kaydet")
		s.asksNothing()
		s.reads("Yeni adı: Merkez.")
		s.tap("Geri")
		s.in(sectionPrice)
		if e, _ := s.row("İşlem Miktarı").Field().(*widgets.Entry); e.Text != "5" || !price.dirty() {
			t.Error("what was edited is lost")
		}
		price.choosePlace("own-bizim-dukkan")
		s.settle()
		s.reads("Merkez")
		s.write("İşlem Miktarı", "7")
		s.tap("Ayarları Kaydet")
		if b.rules.Each["own-bizim-dukkan"].Amount.String() != "7" {
			t.Errorf("saved %+v", b.rules)
		}
		s.tap("Pazaryerleri")
		s.tap("Kaldır")
		s.reads("Bu pazaryerinin fiyat kuralı var.")
		delete(b.rules.Each, "own-bizim-dukkan")
		s.tap("Kaldır")
		s.reads("Merkez kaldırıldı.", "26 pazaryeri")
		s.w.undo()
		s.settle()
		s.reads("27 pazaryeri")
	})
}

func TestCommission_saysThePriceAndFillsTheRule(t *testing.T) {
	b := newBenchtop()
	onBench(t, b, func(s *stage, price *priceSection) {
		s.choose("Kural Tipi", "İndirim")
		s.choose("İşlem Tipi", "Fiyat")
		s.write("Ek Fiyat", "20")
		s.tap("Komisyon Hesabı")
		s.asks()
		fields := map[string]*widgets.Row{}
		walk(s.w.e.modal.popUp.Content, func(o fyne.CanvasObject) {
			if r, ok := o.(*widgets.Row); ok {
				fields[r.Label()] = r
			}
		})
		write := func(label, text string) {
			e, _ := fields[label].Field().(*widgets.Entry)
			e.SetText(text)
			s.settle()
		}
		write("Elime kalsın", "100")
		write("Komisyon (yüzde)", "100")
		if fields["Komisyon (yüzde)"].Wrong() != "Komisyon yüzde 100’den küçük olmalı." {
			t.Errorf("says %q", fields["Komisyon (yüzde)"].Wrong())
		}
		s.answer("Kurala Yaz")
		s.asks() // it stays
		write("Komisyon (yüzde)", "21")
		words := ""
		walk(s.w.e.modal.popUp.Content, func(o fyne.CanvasObject) {
			if x, ok := o.(*widgets.Text); ok {
				words += x.Words() + "\n"
			}
		})
		for _, want := range []string{"Fiyat 126,59 ₺ olmalı: 26,58 ₺ komisyon kesilir, 100,01 ₺ kalır.", "%26,5823 artış", "bir üst kuruşa"} {
			if !strings.Contains(words, want) {
				t.Errorf("%q is not said in %s", want, words)
			}
		}
		s.answer("Kurala Yaz")
		s.asksNothing()
		if d := price.draft(); d.amount != "26,5823" || d.direction != pricing.Increase || d.kind != pricing.Percent || d.extra != "20" {
			t.Errorf("the rule is %+v", d)
		}
		if b.rules.Version != 0 || !price.dirty() {
			t.Error("it is not the person who saves")
		}
	})
}

func TestProducts_guardsAreSavedAndTakenBack(t *testing.T) {
	inLarder(t, newLarder(2), func(s *shelfStage) {
		s.w.goods.edit(s.larder.product(1))
		s.settle()
		s.reads("249,90 ₺")
		s.write("En düşük fiyat", "300")
		s.pass(searchAfter + time.Millisecond)
		s.reads("engellendi", "Fiyat, ürünün en düşük fiyatının altında")
		s.write("Maliyet", "-5")
		if s.row("Maliyet").Wrong() != "Eksi bir sayı olamaz." {
			t.Errorf("says %q", s.row("Maliyet").Wrong())
		}
		s.write("Maliyet", "1.234,5")
		s.tap("Kaydet")
		if g := s.larder.guards[1]; g.Minimum.Decimal.String() != "300" || g.Cost.Decimal.String() != "1234.5" {
			t.Errorf("kept %+v", g)
		}
		if s.larder.product(1).Revision != 2 {
			t.Log(s.larder.product(1).Revision)
		}
		s.w.undo()
		s.settle()
		if g := s.larder.guards[1]; g.Minimum.Valid || g.Cost.Valid {
			t.Errorf("undone to %+v", g)
		}
	})
}

func TestPrice_exampleInAnotherCurrencyIsConverted(t *testing.T) {
	b := newBenchtop()
	b.samples[0].Currency = domain.USD
	onBench(t, b, func(s *stage, price *priceSection) {
		s.write("İşlem Miktarı", "10")
		s.reads("249,90 $", "bugün geçerli kuru yok")
		b.rates = pricing.Rates{{Currency: domain.USD, Day: "1999-01-03", Value: decimal.New(40, 0)}}
		price.show()
		s.settle()
		s.write("İşlem Miktarı", "10")
		s.write("Ek Fiyat", "20")
		s.reads("249,90 $", "11.015,60 ₺", "+%10, ek 20,00 ₺")
	})
}
