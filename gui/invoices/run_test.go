package invoices

import (
	"context"
	"fmt"
	"iter"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/monthend"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/report"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// shop is a company over a real store, whose invoices are really made; only İşbaşı is in memory.
type shop struct {
	t *testing.T // of the bubble
	*sqlitetest.Company
	*issuing.Invoices
	books *books
}

// newShop makes one with n orders of 179,70 ₺.
func newShop(t *testing.T, n int) *shop {
	t.Helper()
	s := &shop{t: t, Company: sqlitetest.NewCompany(t), books: &books{gate: make(chan struct{}), kept: map[string]domain.Document{}}}
	s.Invoices = issuing.New(issuing.Company{
		Company: domain.Company{ID: "deneme"}, Books: s.books, Writer: s.books, Spending: s.books, Store: s.Company, Documents: s.books, Marks: s.books,
		Text: func(key string, args ...any) string { return fmt.Sprint(append([]any{key}, args...)...) }, SignedIn: func(context.Context) error { return nil },
		Patience: 15 * time.Minute, Pause: time.Second, Now: time.Now, Log: slog.New(slog.DiscardHandler),
	})
	choices := domain.DefaultSettings()
	choices.IntegrationOn = true
	if err := s.SaveSettings(t.Context(), choices, nil); err != nil {
		t.Fatal(err)
	}
	settings := invoicing.DefaultSettings()
	settings.ServiceVAT = decimal.NewFromInt(18) // the clock of a bubble begins in 2000
	if err := s.Company.SaveInvoiceSettings(t.Context(), settings); err != nil {
		t.Fatal(err)
	}
	var list []orders.Order
	for i := range n {
		list = append(list, orders.Order{
			Marketplace: "trendyol", Number: fmt.Sprint(i + 1), Package: fmt.Sprintf("P%d", i+1), Status: orders.StatusOK, Currency: domain.TRY,
			OrderedAt: time.Now().Add(-time.Hour), ShippedAt: time.Now().Add(-time.Minute),
			Buyer: orders.Buyer{Type: orders.BuyerPerson, First: fmt.Sprintf("Deniz%d", i+1), Last: "Örnek", Address: "Deneme Sk. 1", City: "Ankara", District: "Çankaya", Plate: "06", Country: "TR"},
			Lines: []orders.Line{{ID: fmt.Sprint("L", i+1), Name: "Termos", Kind: orders.LineGoods, Quantity: decimal.NewFromInt(3), Unit: decimal.RequireFromString("59.90"), VAT: decimal.NewNullDecimal(decimal.NewFromInt(18))}},
		})
	}
	if _, err := s.TakeOrders(t.Context(), orders.SourceTyped, "", list); err != nil {
		t.Fatal(err)
	}
	for _, o := range list { // the catalogue is empty
		if x, err := s.CorrectOrder(t.Context(), o.Key(), orders.Said{Lines: map[int]orders.SaidLine{0: {Without: true}}}); err != nil || x.Verdict.Stage != orders.StageReady {
			t.Fatal(x.Verdict, err)
		}
	}
	return s
}

// draft stores the drafts of all orders at İşbaşı.
func (s *shop) draft() {
	s.t.Helper()
	w, err := s.StartInvoices(s.t.Context(), issuing.Request{Wish: orders.WishDraft})
	if err != nil {
		s.t.Fatal(err)
	}
	<-w.Done()
	if o, err := w.Outcome(); err != nil || o.Held > 0 {
		s.t.Fatal(o, err)
	}
}

func (s *shop) ExportInvoices(context.Context, string, invoicing.RecordQuery) (string, error) {
	return "", nil
}

func (s *shop) InvoiceFilePath(_ context.Context, id int64, k issuing.DocumentKind) (string, error) {
	return fmt.Sprintf("/belgeler/%d.%s", id, k), nil
}

func (s *shop) SaveInvoiceFile(ctx context.Context, id int64, k issuing.DocumentKind, _ string) error {
	_, err := s.DocumentOf(ctx, id, k)
	return err
}

func (s *shop) PlanMonth(context.Context, monthend.Month) (monthend.Plan, error) {
	return monthend.Plan{}, nil
}

func (s *shop) SaveMonth(context.Context, monthend.Month, monthend.Ask, bool, *monthend.Progress) ([]string, error) {
	return nil, nil
}

func (s *shop) MailMonth(context.Context, monthend.Month, monthend.Ask, *monthend.Progress) (report.Mailed, error) {
	return report.Mailed{}, nil
}

func (s *shop) SendMonth(context.Context, monthend.Month) error { return nil }

func (s *shop) InvoiceSettings(ctx context.Context) (invoicing.Settings, error) {
	return s.Company.InvoiceSettings(ctx)
}

// books is İşbaşı in memory, with the marks and the documents that are kept of it.
type books struct {
	mu            sync.Mutex
	all           []domain.Invoice
	reads, writes int
	serial        int64
	markedAt      time.Time
	kept          map[string]domain.Document
	cents         decimal.Decimal // that İşbaşı's totals are more than ours
	lose          bool            // a draft is stored, and the answer is lost
	hold          bool            // what is sent passes the gate
	gate          chan struct{}   // made in the bubble
	away          error
}

func (b *books) call(write bool) error {
	if write {
		b.writes++
	} else {
		b.reads++
	}
	return b.away
}

func (b *books) Invoices(_ context.Context, _ domain.ListQuery) iter.Seq2[domain.Page[domain.Invoice], error] {
	return func(yield func(domain.Page[domain.Invoice], error) bool) {
		b.mu.Lock()
		err := b.call(false)
		rows := slices.Clone(b.all)
		b.mu.Unlock()
		slices.Reverse(rows)
		for i := range rows {
			rows[i].Description = ""
		}
		if err != nil {
			rows = nil
		}
		yield(domain.Page[domain.Invoice]{Number: 1, Rows: rows, Total: len(rows), Last: true}, err)
	}
}

func (b *books) at(id domain.RemoteID) *domain.Invoice {
	i := slices.IndexFunc(b.all, func(v domain.Invoice) bool { return v.ID == id })
	if i < 0 {
		return &domain.Invoice{}
	}
	return &b.all[i]
}

func (b *books) Invoice(_ context.Context, id domain.RemoteID) (domain.Invoice, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.call(false); err != nil {
		return domain.Invoice{}, err
	}
	return *b.at(id), nil
}

func (b *books) Taxpayer(_ context.Context, number string) (domain.Taxpayer, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return domain.Taxpayer{Number: number}, b.call(false)
}

func (b *books) InvoicePDF(context.Context, string) (domain.Document, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return domain.Document{Content: []byte("%PDF-1.4")}, b.call(false)
}

func (b *books) InvoiceUBL(ctx context.Context, uuid string) (domain.Document, error) {
	return b.InvoicePDF(ctx, uuid)
}

func (b *books) CreateDraft(_ context.Context, d domain.InvoiceDraft) (domain.StoredDraft, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.call(true); err != nil {
		return domain.StoredDraft{}, err
	}
	total := b.cents
	for _, l := range d.Lines {
		total = total.Add(l.Quantity.Mul(l.Price).Round(2))
	}
	id := strconv.Itoa(1000 + len(b.all))
	b.all = append(b.all, domain.Invoice{
		ID: domain.RemoteID(id), UUID: "ettn-" + id, Number: "ABC" + id, Type: domain.InvoiceSale, Date: d.Date, Kind: d.Kind, Status: domain.EStatusDraft,
		Description: d.Description, Total: decimal.NewNullDecimal(total),
	})
	if b.lose {
		return domain.StoredDraft{}, domain.E(domain.KindUnknown, "draft", nil)
	}
	return domain.StoredDraft{ID: domain.RemoteID(id), UUID: "ettn-" + id, Number: "ABC" + id}, nil
}

func (b *books) SendInvoice(ctx context.Context, id domain.RemoteID) error {
	if b.hold {
		if err := kittest.Wait(ctx, b.gate); err != nil {
			return err
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.call(true); err != nil {
		return err
	}
	b.at(id).Status, b.at(id).StatusText = domain.EStatusDone, "Onaylandı"
	return nil
}

func (b *books) DeleteDrafts(_ context.Context, ids ...domain.RemoteID) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	err := b.call(true)
	if err == nil {
		b.all = slices.DeleteFunc(b.all, func(v domain.Invoice) bool { return slices.Contains(ids, v.ID) })
	}
	return err
}

func (b *books) Usage(context.Context) (quota.Usage, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return quota.Usage{
		Reads: b.reads, Writes: b.writes, ReadLimit: quota.ReadLimit, WriteLimit: quota.WriteLimit, ReadReserve: quota.ReadReserve, WriteReserve: quota.WriteReserve,
	}, nil
}

func (b *books) May(context.Context, quota.Cost, quota.Purpose) error { return nil }

func (b *books) Keep(_ context.Context, r invoicing.Record, k issuing.DocumentKind, d domain.Document) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.kept[fmt.Sprint(r.ID, k)] = d
	return nil
}

func (b *books) Document(_ context.Context, r invoicing.Record, k issuing.DocumentKind) (domain.Document, bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	d, ok := b.kept[fmt.Sprint(r.ID, k)]
	return d, ok, nil
}

func (b *books) LastMark(context.Context) (int64, time.Time, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.serial, b.markedAt, nil
}

func (b *books) SaveMark(_ context.Context, serial int64, at time.Time) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.serial, b.markedAt = serial, at
	return nil
}

// working is Faturalar over a shop.
type working struct {
	*kittest.Screen
	*shop
	page *Page
}

// onShop runs f with the page in view over a shop of n orders that prepare has changed.
func onShop(t *testing.T, n int, prepare func(s *shop), f func(s *working)) {
	t.Helper()
	kittest.Run(t, "tr", func(sc *kittest.Screen) {
		s := newShop(sc.T, n)
		prepare(s)
		p := New(sc.E, s, nil)
		sc.Show(p)
		f(&working{sc, s, p})
		s.Close()
	})
}

// work lets the run go on to its end, and what is told of it be drawn.
func (s *working) work() {
	s.T.Helper()
	for range 200 {
		s.Pass(kit.DrawEvery)
		if w := s.Working(); w == nil || ended(w) {
			s.Pass(kit.DrawEvery)
			return
		}
	}
	s.T.Fatalf("the run does not end:\n%s", s.Words())
}

// formalise opens the sheet, types the word and begins.
func (s *working) formalise(button string) {
	s.T.Helper()
	s.Tap(button)
	sheet, ok := s.page.Top().(*formaliseSheet)
	if !ok {
		s.T.Fatalf("no sheet is open:\n%s", s.Words())
	}
	test.Type(sheet.word, "RESMİLEŞTİR")
	s.Tap(button)
}

func TestRun_formalisesDraftsAndSaysHowFarItIsAndWhatCameOfIt(t *testing.T) {
	onShop(t, 3, func(s *shop) { s.draft(); s.books.hold = true }, func(s *working) {
		s.Reads("Taslak (3)", "taslak, kesilmeye hazır", "Deniz1 Örnek", "179,70 ₺")
		s.formalise("Resmileştir (3)")
		s.Pass(kit.DrawEvery)
		s.Reads("Faturalar kesiliyor", "0 / 3", "Durdur")
		s.books.gate <- struct{}{}
		s.Pass(kit.DrawEvery)
		s.Reads("1 / 3", "son: Deniz1 Örnek")
		if b := s.Button("Resmileştir (2)"); b != nil && !b.Disabled() {
			t.Error("a second run can be begun beside the first")
		}
		close(s.books.gate)
		s.work()
		s.Reads("3 fatura kesildi.", "Harcanan: ", "3 yazma", "Kesilen (3)", "kesildi")
		s.ReadsNot("Durdur", "Resmileştir")
		if s.Frame.Fresh == 0 {
			t.Error("what stands around the page is not fetched anew")
		}
	})
}

func TestRun_stopsBehindWhatIsInFlight(t *testing.T) {
	onShop(t, 3, func(s *shop) { s.draft(); s.books.hold = true }, func(s *working) {
		s.formalise("Resmileştir (3)")
		s.Pass(kit.DrawEvery)
		s.Tap("Durdur")
		s.Reads("Durduruluyor…")
		close(s.books.gate)
		s.work()
		s.Reads("Durduruldu. 1 fatura kesildi.", "Kesilen (1)", "Taslak (2)")
	})
}

func TestRun_marksThoseThatAreMeant(t *testing.T) {
	onShop(t, 3, func(s *shop) { s.draft() }, func(s *working) {
		s.page.list.Table.Mark("2")
		s.Settle()
		s.formalise("Resmileştir (1)")
		s.work()
		s.Reads("1 fatura kesildi.", "Kesilen (1)", "Resmileştir (2)")
	})
}

func TestRun_showsOneThatSomebodyElseHasBegunAndWhyItWaits(t *testing.T) {
	onShop(t, 2, func(*shop) {}, func(s *working) {
		s.Reads("Henüz fatura kesilmedi")
		s.books.away = domain.E(domain.KindNetwork, "draft", nil)
		if _, err := s.StartInvoices(s.t.Context(), issuing.Request{Wish: orders.WishDraft}); err != nil {
			t.Fatal(err)
		}
		s.work()
		s.Reads("2 sipariş fatura sırasında bekliyor", "İşbaşı’na ulaşılamadı.")
		s.Tap("Kuyruğu Boşalt")
		s.Answer("Kuyruğu Boşalt")
		s.Reads("Kuyruk boşaltıldı.")
		s.ReadsNot("fatura sırasında bekliyor")
	})
}

func TestRun_takesDraftsBackThatWereWrong(t *testing.T) {
	onShop(t, 2, func(s *shop) { s.books.cents = decimal.New(1, -2); s.draft() }, func(s *working) {
		s.Reads("taslak, tutarı farklı", "Taslak (2)")
		s.ReadsNot("Resmileştir")
		s.page.list.Table.Mark("1", "2")
		s.Settle()
		s.Tap("Taslakları Sil (2)")
		s.Answer("Taslakları Sil (2)")
		s.Reads("2 taslak silindi", "Silinen / Bulunamayan (2)", "taslak geri alındı")
		if n := len(s.books.all); n != 0 {
			t.Errorf("%d drafts are left at İşbaşı", n)
		}
		stages, err := s.OrderStages(s.t.Context())
		if err != nil || stages[orders.StageReady] != 2 {
			t.Errorf("the orders stand at %v, %v", stages, err)
		}
	})
}

func TestRun_looksForWhatWasLost(t *testing.T) {
	onShop(t, 1, func(s *shop) {
		s.books.lose = true
		s.books.away = nil
		w, err := s.StartInvoices(s.t.Context(), issuing.Request{Wish: orders.WishDraft})
		if err != nil {
			t.Fatal(err)
		}
		<-w.Done()
		s.books.mu.Lock()
		s.books.lose = false
		s.books.mu.Unlock()
	}, func(s *working) {
		// The run has looked by itself, and found it.
		s.ReadsNot("sonucu bilinmiyor:")
		s.Reads("Taslak (1)")
		r, err := s.Record(s.t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		r.State, r.Remote = invoicing.AttemptUnknown, ""
		if _, err := s.SaveRecord(s.t.Context(), r); err != nil {
			t.Fatal(err)
		}
		s.page.Show()
		s.Settle()
		s.Reads("1 faturanın sonucu bilinmiyor")
		b := s.lookUpButton()
		s.Tap(b)
		s.Reads("1 fatura bulundu.", "Taslak (1)")
	})
}

// lookUpButton gives the words of the button that looks, whatever it costs.
func (s *working) lookUpButton() string {
	s.T.Helper()
	for words := range strings.Lines(s.Words()) {
		if words = strings.TrimSpace(words); strings.HasPrefix(words, "İşbaşı’nda Ara (en az ") {
			return words
		}
	}
	s.T.Fatalf("nothing can be looked for:\n%s", s.Words())
	return ""
}
