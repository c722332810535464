package orders

import (
	"cmp"
	"context"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	gosync "sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
	"github.com/sopyo/sopyo-desktop/storage/files"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// today is the day of the tests: it lies in their past, so that it holds still.
var today = time.Date(2026, 5, 6, 9, 0, 0, 0, time.UTC)

// shop is a company over a real store; only İşbaşı is in memory.
type shop struct {
	*sqlitetest.Company
	*issuing.Invoices
	*orders.Importer
	files.Folders
	books    *books
	dir      string
	exported []orders.Query
	broken   atomic.Bool // OrderStages fails
}

// newShop makes a company with two products and no orders.
func newShop(t *testing.T) *shop {
	t.Helper()
	s := &shop{Company: sqlitetest.NewCompany(t), dir: t.TempDir(), books: &books{registered: map[string]bool{}}}
	s.Folders = files.Folders{Own: func() (string, error) { return s.dir, nil }, Districts: assets.Districts()}
	text, err := assets.NewText("tr")
	if err != nil {
		t.Fatal(err)
	}
	s.Invoices = issuing.New(issuing.Company{
		Company: domain.Company{ID: "deneme"}, Books: s.books, Writer: s.books, Spending: s.books, Store: s.Company, Documents: noDocuments{}, Marks: noMarks{},
		Text: text.T, SignedIn: func(context.Context) error { return s.books.signedOut }, Patience: time.Minute, Pause: time.Millisecond,
		Now: func() time.Time { return today }, Log: slog.New(slog.DiscardHandler),
	})
	s.Importer = orders.NewImporter(s.Folders, s.Company, s.JudgeOrders, nil)
	choices := domain.DefaultSettings()
	choices.IntegrationOn = true
	if err := s.SaveSettings(t.Context(), choices, nil); err != nil {
		t.Fatal(err)
	}
	_, err = s.SaveProducts(t.Context(),
		domain.Product{Code: "TRM-500", Barcode: "8690000000012", Name: "Termos 500 ml", Currency: domain.TRY, Price: number("59.90"), VATRate: number("20")},
		domain.Product{Code: "KUP-01", Name: "Kupa", Currency: domain.TRY, Price: number("100"), VATRate: number("20")})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// OrderStages fails while the shop is broken.
func (s *shop) OrderStages(ctx context.Context) (map[orders.Stage]int, error) {
	if s.broken.Load() {
		return nil, domain.E(domain.KindDisk, "count the orders", nil)
	}
	return s.Company.OrderStages(ctx)
}

// ExportOrders remembers what was asked of it.
func (s *shop) ExportOrders(_ context.Context, _ string, q orders.Query) (string, error) {
	s.exported = append(s.exported, q)
	return "/belgeler/siparisler.xlsx", nil
}

// sold is an order of three thermos bottles to a person in Kadıköy, which is ready.
func sold(no string) orders.Order {
	return orders.Order{
		Marketplace: "trendyol", Number: "109" + no, Package: no, Status: orders.StatusOK, Word: "Teslim Edildi", Currency: domain.TRY,
		OrderedAt: today.AddDate(0, 0, -4), ShippedAt: today.AddDate(0, 0, -2),
		Buyer: orders.Buyer{
			Type: orders.BuyerPerson, First: "Deniz", Last: "Örnekoğlu", Address: "Deneme Mah. Örnek Sk. No:1", City: "İstanbul", District: "Kadıköy", Plate: "34",
			Country: "TR", SourceCity: "İstanbul", SourceDistrict: "Kadıköy",
		},
		Lines: []orders.Line{{
			Code: "TRM-500", Barcode: "8690000000012", Name: "Termos 500 ml, Tek Ebat", Quantity: decimal.NewFromInt(3), Unit: dec("59.90"), Kind: orders.LineGoods,
		}},
		StatedTotal: number("179.70"),
	}
}

// keep takes orders in and judges them.
func (s *shop) keep(t *testing.T, list ...orders.Order) {
	t.Helper()
	if _, err := s.TakeOrders(t.Context(), orders.SourceFile, "siparisler.xlsx", list); err != nil {
		t.Fatal(err)
	}
	if err := s.JudgeOrders(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// order gives an order as it is kept.
func (s *shop) order(t *testing.T, number string) orders.Kept {
	t.Helper()
	k, err := s.Order(t.Context(), orders.Key{Marketplace: "trendyol", Package: number})
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// write puts a file into the shop's folder and gives its path.
func (s *shop) write(t *testing.T, name string, lines ...string) string {
	t.Helper()
	path := filepath.Join(s.dir, name)
	if err := os.WriteFile(path, []byte("\ufeff"+strings.Join(lines, "\r\n")+"\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func number(s string) decimal.NullDecimal { return decimal.NewNullDecimal(dec(s)) }

// onPage runs f with the page in view, in Turkish.
func onPage(t *testing.T, fill func(s *shop), f func(s *kittest.Screen, p *Page, shop *shop)) {
	t.Helper()
	shop := newShop(t) // outside the bubble: the store's connections outlive it
	fill(shop)
	kittest.Run(t, "tr", func(s *kittest.Screen) {
		s.E.Now = func() time.Time { return today }
		p := New(s.E, shop)
		s.Show(p)
		f(s, p, shop)
		shop.Close()
	})
}

// Close ends the invoices; the store is closed by the test.
func (s *shop) Close() { s.Invoices.Close() }

// books are İşbaşı.
type books struct {
	mu         gosync.Mutex
	invoices   []domain.Invoice
	registered map[string]bool
	signedOut  error
	refuse     error         // of CreateDraft
	gate       chan struct{} // each draft waits for a value; nil: none waits
	reads      int
	writes     int
}

func (b *books) CreateDraft(ctx context.Context, d domain.InvoiceDraft) (domain.StoredDraft, error) {
	if b.gate != nil {
		select {
		case <-b.gate:
		case <-ctx.Done():
			return domain.StoredDraft{}, domain.E(domain.KindNetwork, "draft", ctx.Err())
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.writes++
	if b.refuse != nil {
		return domain.StoredDraft{}, b.refuse
	}
	id := domain.RemoteID(strconv.Itoa(1001 + len(b.invoices)))
	total := decimal.Zero
	for _, l := range d.Lines {
		total = total.Add(l.Quantity.Mul(l.Price).Round(2))
	}
	b.invoices = append(b.invoices, domain.Invoice{
		ID: id, UUID: "u" + string(id), Number: "ABC" + string(id), Type: domain.InvoiceSale, Date: d.Date, Kind: d.Kind, Status: domain.EStatusDraft,
		Description: d.Description, Total: decimal.NewNullDecimal(total), Firm: domain.FirmRef{Name: d.Customer.Name, TaxNumber: d.Customer.TaxNumber},
	})
	return domain.StoredDraft{ID: id, UUID: "u" + string(id), Number: "ABC" + string(id)}, nil
}

func (b *books) SendInvoice(_ context.Context, id domain.RemoteID) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.writes++
	for i := range b.invoices {
		if b.invoices[i].ID == id {
			b.invoices[i].Status = domain.EStatusDone
		}
	}
	return nil
}

func (b *books) DeleteDrafts(context.Context, ...domain.RemoteID) error { return nil }

func (b *books) Invoices(context.Context, domain.ListQuery) iter.Seq2[domain.Page[domain.Invoice], error] {
	return func(yield func(domain.Page[domain.Invoice], error) bool) {
		b.mu.Lock()
		b.reads++
		rows := slices.Clone(b.invoices)
		b.mu.Unlock()
		slices.SortFunc(rows, func(x, y domain.Invoice) int { return cmp.Compare(y.ID, x.ID) })
		yield(domain.Page[domain.Invoice]{Number: 1, Rows: rows, Total: len(rows), Last: true}, nil)
	}
}

func (b *books) Invoice(_ context.Context, id domain.RemoteID) (domain.Invoice, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.reads++
	for _, i := range b.invoices {
		if i.ID == id {
			return i, nil
		}
	}
	return domain.Invoice{}, domain.E(domain.KindNotFound, "invoice", nil)
}

func (b *books) Taxpayer(_ context.Context, number string) (domain.Taxpayer, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.reads++
	return domain.Taxpayer{Number: number, Registered: b.registered[number]}, nil
}

func (*books) InvoicePDF(context.Context, string) (domain.Document, error) {
	return domain.Document{}, domain.E(domain.KindState, "document", nil)
}

func (*books) InvoiceUBL(context.Context, string) (domain.Document, error) {
	return domain.Document{}, domain.E(domain.KindState, "document", nil)
}

func (b *books) Usage(context.Context) (quota.Usage, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return quota.Usage{Reads: b.reads, Writes: b.writes, ReadLimit: quota.ReadLimit, WriteLimit: quota.WriteLimit}, nil
}

func (*books) May(context.Context, quota.Cost, quota.Purpose) error { return nil }

// noDocuments keeps none.
type noDocuments struct{}

func (noDocuments) Keep(context.Context, invoicing.Record, issuing.DocumentKind, domain.Document) error {
	return nil
}

func (noDocuments) Document(context.Context, invoicing.Record, issuing.DocumentKind) (domain.Document, bool, error) {
	return domain.Document{}, false, nil
}

// noMarks knows of no other file.
type noMarks struct{}

func (noMarks) LastMark(context.Context) (int64, time.Time, error) { return 0, time.Time{}, nil }
func (noMarks) SaveMark(context.Context, int64, time.Time) error   { return nil }

var _ Company = (*shop)(nil)
