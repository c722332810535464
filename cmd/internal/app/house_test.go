package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/shopspring/decimal"
	system "github.com/zalando/go-keyring"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/files"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
	"github.com/sopyo/sopyo-desktop/storage/keyring"
)

var errVault = errors.New("the keyring says no")

// vault is a keyring in memory that can be locked, at once or at its n-th call.
type vault struct {
	mu     sync.Mutex
	held   map[string]string
	calls  int
	failAt int // the call from which on it is locked; 0 = never
}

func (v *vault) call(do func() error) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.calls++; v.failAt > 0 && v.calls >= v.failAt {
		return errVault
	}
	return do()
}

// lock makes the n-th call from now on the first that fails; 0 unlocks.
func (v *vault) lock(n int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.calls, v.failAt = 0, n
}

// secrets gives what is held for one owner, by its kind.
func (v *vault) secrets(owner string) map[string]string {
	v.mu.Lock()
	defer v.mu.Unlock()
	found := map[string]string{}
	for user, text := range v.held {
		if _, rest, ok := strings.Cut(user, "/"+owner+"/"); ok { // behind the data folder's name
			found[rest] = text
		}
	}
	return found
}

func (v *vault) keyring() *keyring.Keyring {
	return keyring.NewWith(keyring.Provider{
		Get: func(_, user string) (text string, err error) {
			return text, v.call(func() error {
				held, ok := v.held[user]
				if !ok {
					return system.ErrNotFound
				}
				text = held
				return nil
			})
		},
		Set:    func(_, user, text string) error { return v.call(func() error { v.held[user] = text; return nil }) },
		Delete: func(_, user string) error { return v.call(func() error { delete(v.held, user); return nil }) },
	}, "sopyo", time.Minute)
}

// house is one person's machine: a home, a data folder, a keyring, an İşbaşı and one company, which works
// in this process.
type house struct {
	t      *testing.T
	home   string
	dir    string
	vault  *vault
	server *sandbox.Server
	app    *App
	*Company
}

// newHouse makes one whose company is called "Ğış & Oğlu" and is not signed in.
func newHouse(t *testing.T, o sandbox.Options) *house {
	t.Helper()
	h := &house{t: t, home: t.TempDir(), vault: &vault{held: map[string]string{}}}
	person(t, h.home)
	if o.Products == nil {
		o.Products = shelf()
	}
	o.Firms, o.Invoices, o.Orders, o.Plain = []sandbox.Firm{}, []sandbox.Invoice{}, []sandbox.Order{}, true
	var err error
	if h.server, err = sandbox.New(o); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.server.Close() })
	h.dir = filepath.Join(h.home, "veri ğ#1")
	if prepared == nil {
		prepared = prepare(t, h)
	}
	if err := os.CopyFS(h.dir, prepared); err != nil {
		t.Fatal(err)
	}
	h.app = h.start()
	info, err := h.app.FindCompany(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	h.Company = opened(t, h.app, info)
	t.Cleanup(func() {
		if err := errors.Join(h.Close(), h.app.Close()); err != nil {
			t.Error(err)
		}
	})
	return h
}

// prepared is a data folder with the company, made once and copied: every migration of its file costs more
// than most of what is tested. nil: not made yet.
var prepared fstest.MapFS

func prepare(t *testing.T, h *house) fstest.MapFS {
	t.Helper()
	dir := h.dir
	h.dir = t.TempDir()
	defer func() { h.dir = dir }()
	a := h.start()
	info, err := a.NewCompany(t.Context(), "Ğış & Oğlu", false)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(opened(t, a, info).Close(), a.Close()); err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, name := range []string{"sopyo.db", "companies/" + string(info.ID) + ".db"} {
		content, err := os.ReadFile(filepath.Join(h.dir, name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: content, Mode: 0o600}
	}
	return files
}

func (h *house) start() *App {
	h.t.Helper()
	a, err := Open(h.t.Context(), Options{DataDir: h.dir, IsbasiURL: h.server.URL(), Lang: "tr", RetryPause: time.Millisecond})
	if err != nil {
		h.t.Fatal(err)
	}
	a.useKeyring(h.vault.keyring())
	return a
}

// nextSitting ends the program and begins it again.
func (h *house) nextSitting() {
	h.t.Helper()
	if err := errors.Join(h.Close(), h.app.Close()); err != nil {
		h.t.Fatal(err)
	}
	h.app = h.start()
	info, err := h.app.FindCompany(h.t.Context(), "")
	if err != nil {
		h.t.Fatal(err)
	}
	// Not opened: that closes with a subtest, which may be what begins the sitting.
	if h.Company, err = h.app.OpenCompany(h.t.Context(), info); err != nil {
		h.t.Fatal(err)
	}
}

func account() domain.Credentials {
	return domain.Credentials{
		Environment: domain.EnvironmentLive, APIKey: domain.NewSecret(sandbox.DemoKey),
		UserName: sandbox.DemoUser, Password: domain.NewSecret(sandbox.DemoPassword),
	}
}

func (h *house) signIn() *house {
	h.t.Helper()
	in, err := h.Authorise(h.t.Context(), account(), domain.Browser{})
	if err == nil {
		err = h.Confirm(h.t.Context(), in, true)
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return h
}

// shelf are İşbaşı's products: 11 has the barcode of catalogue product A, 12 the code of B, 13 has no
// partner and a box, 14 is passive, 15 is priced 0 and oversold and has the code of C.
func shelf() []sandbox.Product {
	at := domaintest.Moment
	return []sandbox.Product{
		{ID: 11, Code: "R-11", Barcode: domaintest.GTIN13(901), Name: "Uzak bir", Unit: "Adet", Brand: "Marka bir", Price: number("11.11"), Stock: number("111"), VATRate: number("1"), Currency: "TL", ModifiedAt: at},
		{ID: 12, Code: "B-0012", Name: "Uzak iki", Unit: "Kg", Brand: "Marka iki", Price: number("22.22"), Stock: number("222"), VATRate: number("10"), Currency: "TL", ModifiedAt: at.Add(time.Hour)},
		{
			ID: 13, Code: "R-13", Barcode: domaintest.GTIN13(903), Name: "Uzak üç", Unit: "Adet", Brand: "Marka üç", Price: number("33.33"), Stock: number("333"), VATRate: number("20"), Currency: "TL", ModifiedAt: at.Add(2 * time.Hour),
			Boxes: []sandbox.Box{{Name: "Koli", Barcode: domaintest.GTIN13(904), Pieces: 6}},
		},
		{ID: 14, Code: "R-14", Name: "Uzak dört", Unit: "Adet", Passive: true, Price: number("44.44"), Stock: number("4"), Currency: "TL", ModifiedAt: at},
		{ID: 15, Code: "C-0015", Name: "Uzak beş", Unit: "Adet", Price: number("0"), Stock: number("-5"), Currency: "TL", ModifiedAt: at},
	}
}

func number(s string) decimal.NullDecimal {
	return decimal.NewNullDecimal(decimal.RequireFromString(s))
}

// stock puts products into the catalogue in which every field differs: A, B and C are the partners of
// shelf, D has the barcode of 13's box, E is alone.
func (h *house) stock() map[string]domain.Product {
	h.t.Helper()
	var all []domain.Product
	for i, name := range []string{"A", "B", "C", "D", "E"} {
		p := domaintest.Fill[domain.Product](i+1, domaintest.OneOf(domain.ProductActive))
		p.ID, p.Revision, p.UpdatedAt, p.Currency = 0, 0, time.Time{}, domain.TRY
		p.Price, p.Stock, p.VATRate = number([]string{"10.01", "20.02", "30.03", "40.04", "50.05"}[i]), number([]string{"1", "2", "3", "4", "5"}[i]), number([]string{"1", "10", "20", "1", "10"}[i])
		p.Name = name + " yerli ürün"
		all = append(all, p)
	}
	all[0].Barcode, all[1].Code, all[2].Code, all[3].Barcode = domain.Barcode(domaintest.GTIN13(901)), "B-0012", "C-0015", domain.Barcode(domaintest.GTIN13(904))
	saved, err := h.SaveProducts(h.t.Context(), all...)
	if err != nil {
		h.t.Fatal(err)
	}
	known := map[string]domain.Product{}
	for _, p := range saved {
		known[p.Name[:1]] = p
	}
	return known
}

// products gives the whole catalogue by name.
func (h *house) products() map[string]domain.Product {
	h.t.Helper()
	known := map[string]domain.Product{}
	for p, err := range h.Store.AllProducts(h.t.Context()) {
		if err != nil {
			h.t.Fatal(err)
		}
		known[p.Name] = p
	}
	return known
}

// same compares whole catalogues.
func (h *house) same(what string, want map[string]domain.Product, besides ...string) {
	h.t.Helper()
	got := h.products()
	if len(got) != len(want) {
		h.t.Errorf("%s: %d products, want %d", what, len(got), len(want))
	}
	for name, p := range want {
		for _, d := range domaintest.Differences(got[name], p, besides...) {
			h.t.Errorf("%s: %s: %s", what, name, d)
		}
	}
}

// begin makes a transfer with these options.
func (h *house) begin(change ...func(*transfer.Options)) *transfer.Job {
	h.t.Helper()
	o := transfer.DefaultOptions(domain.TRY)
	for _, c := range change {
		c(&o)
	}
	job, err := h.New(h.t.Context(), o)
	if err != nil {
		h.t.Fatal(err)
	}
	return job
}

// transferred carries a whole transfer out and gives its run.
func (h *house) transferred(change ...func(*transfer.Options)) transfer.Run {
	h.t.Helper()
	return h.done(h.begin(change...))
}

func (h *house) done(job *transfer.Job) transfer.Run {
	h.t.Helper()
	if err := job.Run(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
	run, ok, err := h.LatestRun(h.t.Context())
	if err != nil || !ok || run.ID != job.Snapshot().ID {
		h.t.Fatalf("the newest transfer: %+v, %v, %v", run, ok, err)
	}
	return run
}

// rows gives the rows of a run by their İşbaşı id.
func (h *house) rows(run int64) map[domain.RemoteID]transfer.Listed {
	h.t.Helper()
	known := map[domain.RemoteID]transfer.Listed{}
	list, total, err := h.Rows(h.t.Context(), transfer.Query{RunID: run})
	if err != nil || total != len(list) {
		h.t.Fatalf("%d rows of %d, %v", len(list), total, err)
	}
	for _, r := range list {
		known[r.Remote.ID] = r
	}
	return known
}

// sheet reads a table back, header first, the cells of a row parted by |.
func sheet(t *testing.T, path string) []string {
	t.Helper()
	f, err := files.Open(t.Context(), path, listing.Reading{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := []string{strings.Join(f.Header(), "|")}
	for row, err := range f.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, strings.Join(row.Cells, "|"))
	}
	return lines
}

// wantKind compares what an error says to a person: its kind, the field and the reason.
func wantKind(t *testing.T, what string, err error, kind domain.Kind, field, detail string) {
	t.Helper()
	var e *domain.Error
	if domain.KindOf(err) != kind || errors.As(err, &e) && (e.Field != field || e.Detail != detail) {
		t.Errorf("%s: %v, want %s (%s): %s", what, err, kind, field, detail)
	}
}

// ending is a context that ends when it is looked at for the n-th time: whatever is handed it fails there.
type ending struct {
	context.Context
	mu    sync.Mutex
	left  int
	ended chan struct{}
}

func endingAt(ctx context.Context, n int) *ending {
	return &ending{Context: ctx, left: n, ended: make(chan struct{})}
}

func (e *ending) look() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.left--; e.left == 0 {
		close(e.ended)
	}
	return e.left <= 0
}

func (e *ending) Done() <-chan struct{} { e.look(); return e.ended }

func (e *ending) Err() error {
	if e.look() {
		return context.Canceled
	}
	return nil
}

func (e *ending) looks() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.left > 0
}

// everyEnd calls do with contexts that end at the first look, the second, and so on, until one call does
// not live to see the end. Each has to say so, or to have done everything all the same: whole says what
// is missing.
func everyEnd(t *testing.T, what string, do func(context.Context) error, whole func() []string) {
	t.Helper()
	ends(t, what, 200, do, whole)
}

// someEnds is everyEnd for what takes its time: only the first looks are tried one by one.
func someEnds(t *testing.T, what string, do func(context.Context) error, whole func() []string) {
	t.Helper()
	ends(t, what, 24, do, whole)
}

func ends(t *testing.T, what string, dense int, do func(context.Context) error, whole func() []string) {
	t.Helper()
	for n, step := 1, 1; n < 20_000; n += step {
		ctx := endingAt(t.Context(), n)
		err := do(ctx)
		switch {
		case err == nil:
			if missing := whole(); len(missing) > 0 {
				t.Errorf("%s, ended at look %d: no error, and yet %q", what, n, missing)
				return
			}
		case !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded) && domain.KindOf(err) != domain.KindCancelled:
			t.Errorf("%s, ended at look %d: %v", what, n, err)
		}
		if ctx.looks() {
			return
		}
		if n > dense { // the loops: not every turn of them
			step = 1 + n/5
		}
	}
	t.Errorf("%s: still looking", what)
}

// everyRead is everyEnd for what only gives a value: cut off anywhere it says so, or gives what it gives
// otherwise.
func everyRead[T any](t *testing.T, what string, read func(context.Context) (T, error), besides ...string) {
	t.Helper()
	reads(t, what, everyEnd, read, besides...)
}

// someReads is everyRead for what takes its time.
func someReads[T any](t *testing.T, what string, read func(context.Context) (T, error), besides ...string) {
	t.Helper()
	reads(t, what, someEnds, read, besides...)
}

func reads[T any](t *testing.T, what string, ends func(*testing.T, string, func(context.Context) error, func() []string), read func(context.Context) (T, error), besides ...string) {
	t.Helper()
	want, err := read(t.Context())
	if err != nil {
		t.Errorf("%s: %v", what, err)
		return
	}
	var none T
	if reflect.DeepEqual(want, none) {
		t.Errorf("%s: gives nothing", what)
	}
	var got T
	ends(t, what, func(ctx context.Context) (err error) { got, err = read(ctx); return err },
		func() []string { return domaintest.Differences(got, want, besides...) })
}

// documentsOf is where the company's lists go.
func (h *house) documentsOf() string { return filepath.Join(h.home, "Sopyo", h.Info.Name) }

// soonOf gives what comes through a channel, and ends the test when nothing does.
func soonOf[T any](t *testing.T, c <-chan T) (got T) {
	t.Helper()
	select {
	case got = <-c:
	case <-time.After(time.Minute):
		t.Fatal("not within a minute")
	}
	return got
}
