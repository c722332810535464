package sync

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	gosync "sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// syncs is a company's syncs, under a name that is not that of a method of its store.
type syncs = sync.Syncs

// shop is a company over a real store; only İşbaşı is in memory.
type shop struct {
	t *testing.T // of the bubble
	*sqlitetest.Company
	*syncs
	books    *books
	link     domain.Connection
	exported []string
	gate     chan struct{} // what is held passes for each value; made in the bubble
}

// newShop makes an authorised shop of n bound products, of the prices 100, 101 … and the stocks 10, 11 …, in which
// everything flows both ways and stock may be written.
func newShop(t *testing.T, n int) *shop {
	t.Helper()
	s := &shop{t: t, gate: make(chan struct{}), Company: sqlitetest.NewCompany(t), link: domain.Connection{Authorised: true}, books: &books{
		able: domain.Abilities{domain.AbilityStockWrite: domain.AbilityAllowed}, usage: quota.Usage{ReadLimit: quota.ReadLimit, WriteLimit: quota.WriteLimit},
	}}
	for i := range n {
		s.books.all = append(s.books.all, domain.RemoteProduct{
			ID: domain.RemoteID(fmt.Sprint(1000 + i)), Type: 1, Code: domain.Code(fmt.Sprintf("URN-%03d", i+1)), Name: fmt.Sprintf("ÇAY %03d", i+1), Active: true,
			Price: number(fmt.Sprint(100 + i)), Stock: number(fmt.Sprint(10 + i)),
		})
	}
	s.syncs = sync.NewSyncs(sync.Company{
		Books: s.books, Writer: s.books, Abilities: s.books, Spending: s.books, Store: s.Company,
		SignedIn: func(context.Context) error { return s.books.signedIn() }, Importing: func() bool { return s.books.importing }, Now: time.Now,
	})
	if n > 0 {
		o := transfer.DefaultOptions(domain.TRY)
		o.Unmatched = transfer.UnmatchedCreated
		sqlitetest.Transferred(t, s.Company, o, s.books.all...)
		s.agree()
	}
	s.choose(func(c *domain.Settings) { c.IntegrationOn, c.Pull, c.Push = true, true, domain.PushBoth })
	return s
}

// agree has both sides agree on what the catalogue has now.
func (s *shop) agree() {
	s.t.Helper()
	for _, f := range domain.AllShared() {
		if err := s.DB.Execute(s.t.Context(), "agree", `INSERT INTO agreed (product_id, remote_id, type, field, value, at)
			SELECT p.id, b.remote_id, b.type, ?1, iif(?1 = 'stock', p.stock, p.price), '2000-01-01T00:00:00.000Z' FROM binding b JOIN product p ON p.id = b.product_id`, f); err != nil {
			s.t.Fatal(err)
		}
	}
}

// held waits at the gate.
func (s *shop) held(ctx context.Context) error { return kittest.Wait(ctx, s.gate) }

func number(text string) decimal.NullDecimal {
	return decimal.NewNullDecimal(decimal.RequireFromString(text))
}

func (s *shop) choose(change func(c *domain.Settings)) {
	s.t.Helper()
	c, err := s.Settings(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	change(&c)
	if err := s.SaveSettings(s.t.Context(), c, nil); err != nil {
		s.t.Fatal(err)
	}
}

// product gives the i-th product of the catalogue.
func (s *shop) product(i int) domain.Product {
	s.t.Helper()
	return sqlitetest.ProductByCode(s.t, s.Company, domain.Code(fmt.Sprintf("URN-%03d", i+1)))
}

// set changes a product of the catalogue as a person does.
func (s *shop) set(i int, change func(p *domain.Product)) {
	s.t.Helper()
	p := s.product(i)
	change(&p)
	sqlitetest.Save(s.t, s.Company, p)
}

// synced carries out a whole sync, as if it had begun by itself.
func (s *shop) synced() {
	s.t.Helper()
	j, err := s.NewSync(s.t.Context(), sync.Request{Occasion: sync.OccasionSchedule})
	if err != nil {
		s.t.Fatal(err)
	}
	if err := j.Run(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
}

func (s *shop) Connection(context.Context) (domain.Connection, error) { return s.link, nil }

func (s *shop) Circumstances(ctx context.Context) (domain.Circumstances, error) {
	around, err := s.Company.Circumstances(ctx)
	around.Abilities = s.books.abilities()
	return around, err
}

func (s *shop) ExportWaiting(_ context.Context, lang string, q sync.OpenQuery) (string, error) {
	s.exported = append(s.exported, fmt.Sprint("waiting ", lang, " ", q.Why, " ", q.Search))
	return "/belgeler/Sopyo/bekleyenler.xlsx", nil
}

func (s *shop) ExportChanges(_ context.Context, lang string, run int64) (string, error) {
	s.exported = append(s.exported, fmt.Sprint("changes ", lang, " ", run))
	return "/belgeler/Sopyo/degisiklikler.xlsx", nil
}

// books is İşbaşı in memory.
type books struct {
	mu            gosync.Mutex
	all           []domain.RemoteProduct
	reads, writes int
	able          domain.Abilities
	usage         quota.Usage
	away          error // of every call
	out           error // of signing in
	importing     bool
	// page is called before a page is answered, save before a price is written. May be nil.
	page func(ctx context.Context) error
	save func(ctx context.Context) error
}

func (b *books) signedIn() error { b.mu.Lock(); defer b.mu.Unlock(); return b.out }

func (b *books) abilities() domain.Abilities {
	b.mu.Lock()
	defer b.mu.Unlock()
	return maps.Clone(b.able)
}

// change changes İşbaşı's i-th product.
func (b *books) change(i int, f func(p *domain.RemoteProduct)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	f(&b.all[i])
}

func (b *books) Calls() (reads, writes int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.reads, b.writes
}

func (b *books) Products(ctx context.Context, _ transfer.Range) iter.Seq2[transfer.Page, error] {
	return func(yield func(transfer.Page, error) bool) {
		if b.page != nil {
			if err := b.page(ctx); err != nil {
				yield(transfer.Page{}, err)
				return
			}
		}
		b.mu.Lock()
		b.reads++
		err, p := b.away, transfer.Page{Number: 1, Total: len(b.all), Products: slices.Clone(b.all), Last: true}
		b.mu.Unlock()
		if err != nil {
			p = transfer.Page{}
		}
		yield(p, err)
	}
}

func (*books) Abreast() int { return 1 }

func (b *books) Changed(ctx context.Context, _ time.Time, in transfer.Range) iter.Seq2[transfer.Page, error] {
	return b.Products(ctx, in)
}

func (b *books) at(ref domain.ProductRef) *domain.RemoteProduct {
	i := slices.IndexFunc(b.all, func(p domain.RemoteProduct) bool { return p.ID == ref.ID })
	if i < 0 {
		return nil
	}
	return &b.all[i]
}

func (b *books) Product(_ context.Context, ref domain.ProductRef) (domain.ProductDetail, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.reads++
	if b.at(ref) == nil {
		return domain.ProductDetail{}, domain.E(domain.KindNotFound, "read a product", nil)
	}
	return domain.ProductDetail{ProductRef: ref}, nil
}

func (b *books) SaveProduct(ctx context.Context, ref domain.ProductRef, c domain.ProductChange) (domain.ProductDetail, error) {
	if b.save != nil {
		if err := b.save(ctx); err != nil {
			return domain.ProductDetail{}, err
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.reads, b.writes = b.reads+1, b.writes+1
	b.at(ref).Price = c.Price
	return domain.ProductDetail{}, b.away
}

func (b *books) SaveStock(_ context.Context, m domain.StockMovement) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.writes++
	for _, l := range m.Lines {
		p := b.at(domain.ProductRef{ID: l.Product})
		amount := l.Amount
		if m.Type == 2 {
			amount = amount.Neg()
		}
		p.Stock.Decimal = p.Stock.Decimal.Add(amount)
	}
	return b.away
}

func (b *books) StockSaved(context.Context, domain.ProductRef, string) (bool, error) {
	return false, nil
}

func (b *books) ProbeStock(context.Context) (domain.AbilityAnswer, error) {
	return b.abilities()[domain.AbilityStockWrite], nil
}

func (b *books) Ability(_ context.Context, a domain.Ability) (domain.AbilityAnswer, error) {
	return b.abilities()[a], nil
}

func (b *books) Remember(_ context.Context, a domain.Ability, answer domain.AbilityAnswer) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.able[a] = answer
	return nil
}

func (b *books) Usage(context.Context) (quota.Usage, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.usage, nil
}

func (b *books) May(_ context.Context, c quota.Cost, p quota.Purpose) error {
	if b.usage.Left(quota.Read, p) < c.Reads {
		return domain.E(domain.KindQuota, "begin", nil)
	}
	return nil
}

// screen is Eşitleme over a shop.
type screen struct {
	*kittest.Screen
	*shop
	page      *Page
	scheduler *kittest.Scheduler
}

// onPage runs f with the page in view, in Turkish, over a shop of n products that prepare has changed.
func onPage(t *testing.T, n int, prepare func(s *shop), f func(s *screen)) {
	t.Helper()
	onPageIn(t, "tr", n, prepare, f)
}

func onPageIn(t *testing.T, lang string, n int, prepare func(s *shop), f func(s *screen)) {
	t.Helper()
	kittest.Run(t, lang, func(sc *kittest.Screen) {
		s := newShop(sc.T, n)
		if prepare != nil {
			prepare(s)
		}
		scheduler := &kittest.Scheduler{}
		p := New(sc.E, s, scheduler, s.Syncing)
		sc.Show(p)
		f(&screen{sc, s, p, scheduler})
		s.Syncing.Close()
	})
}

// work lets a sync go on to its end, and what is told of it be drawn.
func (s *screen) work() {
	s.T.Helper()
	for range 200 {
		s.Pass(kit.DrawEvery)
		if s.Syncing.Work() == nil {
			s.Pass(kit.DrawEvery)
			return
		}
	}
	s.T.Fatalf("the sync does not end:\n%s", s.Words())
}

// key presses a key in the table of the leaf in front.
func (s *screen) keys(in fyne.Focusable, names ...fyne.KeyName) {
	s.T.Helper()
	s.Win.Canvas().Focus(in)
	for _, n := range names {
		kittest.Type(in, n)
		s.Settle()
	}
}

// tapGroup presses a button of the group of that reason.
func (s *screen) tapGroup(why sync.Why, words string) {
	s.T.Helper()
	b := kittest.ButtonIn(s.page.waiting.groups[why], words)
	if b == nil {
		s.T.Fatalf("%s does not offer %q; there is:\n%s", why, words, s.Words())
	}
	test.Tap(b)
	s.Settle()
}
func key(name fyne.KeyName) *fyne.KeyEvent { return &fyne.KeyEvent{Name: name} }
