//go:build bench && linux

package app_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/shopspring/decimal"
	"github.com/zalando/go-keyring"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// benchErrand marks a process of this test binary as one that does a single piece of work and is measured from outside.
const benchErrand = "BENCH_ERRAND"

// errandOf is what such a process is told.
type errandOf struct {
	Do       string
	Dir, URL string
	File     string
	Pages    int
	Paced    bool // the pace of calls is kept
}

// spent is what a piece of work has cost a process.
type spent struct {
	cpu, wall time.Duration
	memory    int64 // peak, bytes
	written   int64 // handed to the system, bytes
}

// bar is a line of the table: a ratio of two pieces of work, or a figure by itself, and what it may be at most.
type bar struct {
	work   string
	value  float64
	unit   string
	atMost float64 // 0: only told
	aim    float64
}

// TestBench prints what the program costs beside plain loops over the same data, measured in the same run, and fails where a
// ratio is above its bar. PRODUCTS says how large the firm is (100,000).
func TestBench(t *testing.T) {
	n := sizeOf(t)
	dir := t.TempDir()
	server, err := sandbox.New(sandbox.Options{Products: sandbox.Products(n, 14)})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Close() }()
	books := record(t, server.URL())
	var bars []bar
	add := func(work string, value float64, unit string, atMost, aim float64) {
		bars = append(bars, bar{work, value, unit, atMost, aim})
		t.Logf("%s: %.2f %s", work, value, unit)
	}
	do := func(e errandOf) spent { t.Helper(); return measured(t, e) }

	firm := filepath.Join(dir, "firm")
	list := filepath.Join(dir, "list.csv")
	writeList(t, list, n, 4*n/5)
	do(errandOf{Do: "new", Dir: firm})
	do(errandOf{Do: "catalogue", Dir: firm, File: list})
	first := do(errandOf{Do: "import", Dir: firm, URL: books.URL})
	size := sizeOnDisk(t, firm)
	again := do(errandOf{Do: "import", Dir: firm, URL: books.URL})
	floor := do(errandOf{Do: "import-floor", Dir: dir, URL: books.URL, Pages: (n + transfer.PageSize - 1) / transfer.PageSize})
	add("import, four fifths are pairs: CPU", ratio(first.cpu, floor.cpu), "× plain loop", 8, 4)
	add("the same again, nothing changed: CPU", ratio(again.cpu, floor.cpu), "× plain loop", 5, 2.5)
	add("bytes written for the first", float64(first.written)/1e9*1e5/float64(n), "GB per 100,000", 0.5, 0.25)
	add("peak memory of the first", float64(first.memory)/1e6, "MB", 0, 0)
	add("database after import and transfer", float64(size)/float64(n), "bytes a product", 1100, 800)

	whole := filepath.Join(dir, "whole.csv")
	writeList(t, whole, n, n)
	shop := filepath.Join(dir, "shop")
	do(errandOf{Do: "new", Dir: shop})
	taken := do(errandOf{Do: "catalogue", Dir: shop, File: whole})
	plain := do(errandOf{Do: "catalogue-floor", Dir: dir, File: whole})
	add("catalogue from CSV: time", ratio(taken.wall, plain.wall), "× plain loop", 1.5, 1.1)
	add("catalogue from CSV: CPU", ratio(taken.cpu, plain.cpu), "× plain loop", 0, 0)
	small := filepath.Join(dir, "small.csv")
	writeList(t, small, n/10, n/10)
	corner := filepath.Join(dir, "corner")
	do(errandOf{Do: "new", Dir: corner})
	tenth := do(errandOf{Do: "catalogue", Dir: corner, File: small})
	add("catalogue from CSV: growth", math.Log10(ratio(taken.cpu, tenth.cpu)), "exponent", 0, 1.03)

	priced := do(errandOf{Do: "prices", Dir: shop})
	multiplied := do(errandOf{Do: "prices-floor", Dir: shop})
	add("prices of all at ten marketplaces: CPU", ratio(priced.cpu, multiplied.cpu), "× plain loop", 1.3, 1.15)
	add("peak memory of it", float64(priced.memory)/1e6, "MB", 60, 0)

	benchLatency(t, add)

	out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(out, "\nwork\tmeasured\t\tat most\taim\n")
	for _, b := range bars {
		most, aim := "–", "–"
		if b.atMost > 0 {
			most = fmt.Sprintf("%.4g", b.atMost)
		}
		if b.aim > 0 {
			aim = fmt.Sprintf("%.4g", b.aim)
		}
		fmt.Fprintf(out, "%s\t%.4g\t%s\t%s\t%s\n", b.work, b.value, b.unit, most, aim)
		if b.atMost > 0 && b.value > b.atMost {
			t.Errorf("%s: %.4g %s, at most %.4g", b.work, b.value, b.unit, b.atMost)
		}
	}
	_ = out.Flush()
}

func sizeOf(t *testing.T) int {
	t.Helper()
	text := os.Getenv("PRODUCTS")
	if text == "" {
		return 100_000
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func ratio(a, b time.Duration) float64 { return float64(a) / float64(b) }

// record stands before a server and keeps the pages of products that it has answered, in the order in which they were asked for
// first; at /page?n= it gives them without further ado.
func record(t *testing.T, of string) *httptest.Server {
	t.Helper()
	target, err := url.Parse(of)
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var pages [][]byte
	proxy := httputil.NewSingleHostReverseProxy(target)
	proxy.ModifyResponse = func(r *http.Response) error {
		if !strings.HasSuffix(r.Request.URL.Path, sandbox.RouteProducts) {
			return nil
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return err
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		mu.Lock()
		defer mu.Unlock()
		pages = append(pages, body)
		return nil
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/page" {
			proxy.ServeHTTP(w, r)
			return
		}
		n, _ := strconv.Atoi(r.URL.Query().Get("n"))
		mu.Lock()
		defer mu.Unlock()
		_, _ = w.Write(pages[n])
	}))
	t.Cleanup(s.Close)
	return s
}

// writeList writes the first named of the n products of the stand-in as a file.
func writeList(t *testing.T, path string, n, named int) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := csv.NewWriter(f)
	w.Comma = ';'
	_ = w.Write([]string{"Stok Kodu", "Barkod", "Ürün Adı", "Marka", "Satış Fiyatı", "Para Birimi", "Stok", "KDV"})
	for _, p := range sandbox.Products(n, 14)[:named] {
		_ = w.Write([]string{p.Code, p.Barcode, p.Name, p.Brand, comma(p.Price), "TL", comma(p.Stock), comma(p.VATRate)})
	}
	w.Flush()
	if err := f.Close(); err != nil || w.Error() != nil {
		t.Fatal(err, w.Error())
	}
}

func comma(d decimal.NullDecimal) string {
	if !d.Valid {
		return ""
	}
	return strings.Replace(d.Decimal.StringFixed(2), ".", ",", 1)
}

func sizeOnDisk(t *testing.T, dir string) (n int64) {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(dir, "companies", "*.db"))
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	info, err := os.Stat(all[0])
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

// measured does a piece of work in a process of its own.
func measured(t *testing.T, e errandOf) spent {
	t.Helper()
	text, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestBench_errand$")
	if path := os.Getenv("PROFILES"); path != "" {
		cmd.Args = append(cmd.Args, "-test.cpuprofile", filepath.Join(path, e.Do+".prof"))
	}
	cmd.Env = append(os.Environ(), benchErrand+"="+string(text))
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	begun := time.Now()
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", e.Do, err, out.String())
	}
	s := spent{wall: time.Since(begun), cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
	for line := range strings.Lines(out.String()) {
		name, value, _ := strings.Cut(line, ":")
		n, _ := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "kB")), 10, 64)
		switch name {
		case "wchar":
			s.written = n
		case "VmHWM": // what the system says of an ended process may be its parent's
			s.memory = n * 1024
		}
	}
	return s
}

// TestBench_errand is the work of a process of its own.
func TestBench_errand(t *testing.T) {
	var e errandOf
	if text := os.Getenv(benchErrand); text == "" {
		t.Skip("no errand")
	} else if err := json.Unmarshal([]byte(text), &e); err != nil {
		t.Fatal(err)
	}
	work := map[string]func(context.Context, errandOf) error{
		"new": makeFirm, "catalogue": takeList, "catalogue-floor": takeListPlainly, "import": importAll, "import-floor": readPlainly,
		"prices": computePrices, "prices-floor": multiplyPlainly,
	}[e.Do]
	if err := work(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"/proc/self/io", "/proc/self/status"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Print(string(text))
	}
}

func opened(ctx context.Context, e errandOf, do func(*app.Company) error) error {
	keyring.MockInit()
	a, err := app.Open(ctx, app.Options{DataDir: e.Dir, IsbasiURL: e.URL, RetryPause: time.Millisecond, PaceEverywhere: e.Paced})
	if err != nil {
		return err
	}
	defer func() { _ = a.Close() }()
	info, err := a.FindCompany(ctx, "Deneme")
	if err != nil {
		return err
	}
	c, err := a.OpenCompany(ctx, info)
	if err != nil {
		return err
	}
	if err := do(c); err != nil {
		return err
	}
	return c.Close()
}

func makeFirm(ctx context.Context, e errandOf) error {
	a, err := app.Open(ctx, app.Options{DataDir: e.Dir})
	if err != nil {
		return err
	}
	if _, err := a.NewCompany(ctx, "Deneme", false); err != nil {
		return err
	}
	return a.Close()
}

func importAll(ctx context.Context, e errandOf) error {
	return opened(ctx, e, func(c *app.Company) error {
		_, err := importOf(ctx, c)
		return err
	})
}

// importOf signs in and imports all.
func importOf(ctx context.Context, c *app.Company) (transfer.Run, error) {
	in, err := c.Authorise(ctx, domain.Credentials{
		Environment: domain.EnvironmentLive, APIKey: domain.NewSecret(sandbox.DemoKey),
		UserName: sandbox.DemoUser, Password: domain.NewSecret(sandbox.DemoPassword),
	}, domain.Browser{})
	if err == nil {
		err = c.Confirm(ctx, in, true)
	}
	if err != nil {
		return transfer.Run{}, err
	}
	job, err := c.New(ctx, transfer.DefaultOptions(domain.TRY))
	if err != nil {
		return transfer.Run{}, err
	}
	err = job.Run(ctx)
	return job.Snapshot().Run, err
}

func takeList(ctx context.Context, e errandOf) error {
	return opened(ctx, e, func(c *app.Company) error {
		done, err := c.ImportFile(ctx, e.File, listing.Reading{}, nil, &listing.Count{})
		if err == nil && done.Added == 0 {
			err = fmt.Errorf("%+v", done)
		}
		return err
	})
}

// benchRules are rules of ten marketplaces, each another one.
func benchRules() (rules pricing.Rules, names []pricing.MarketplaceID) {
	rules = pricing.Rules{PerMarketplace: true, Each: map[pricing.MarketplaceID]pricing.Rule{}}
	for i, name := range []pricing.MarketplaceID{"trendyol", "hepsiburada", "n11", "amazon-tr", "ciceksepeti", "pttavm", "pazarama", "idefix", "koctas", "teknosa"} {
		rules.Each[name] = pricing.Rule{Direction: pricing.Increase, Kind: pricing.Percent, Amount: decimal.New(int64(100+i), -1), Extra: decimal.New(20, 0)}
		names = append(names, name)
	}
	return rules, names
}

func computePrices(ctx context.Context, e errandOf) error {
	return opened(ctx, e, func(c *app.Company) error {
		rules, names := benchRules()
		if err := c.SavePriceRules(ctx, rules); err != nil {
			return err
		}
		calculator, err := c.Calculator(ctx, names)
		if err != nil {
			return err
		}
		sum := decimal.Zero
		for p, err := range c.Store.AllProducts(ctx) {
			if err != nil {
				return err
			}
			for _, o := range calculator.Offers(p) {
				sum = sum.Add(o.Price.Decimal)
			}
		}
		if !sum.IsPositive() {
			return fmt.Errorf("prices add up to %v", sum)
		}
		return nil
	})
}

// multiplyPlainly reads the same products and does the arithmetic of the same rules in decimals.
func multiplyPlainly(ctx context.Context, e errandOf) error {
	files, err := filepath.Glob(filepath.Join(e.Dir, "companies", "*.db"))
	if err != nil || len(files) != 1 {
		return fmt.Errorf("%v, %w", files, err)
	}
	db, err := sql.Open("sqlite", database.ReaderDSN(files[0]))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	rules, names := benchRules()
	rows, err := db.QueryContext(ctx, `SELECT id, code, barcode, name, brand, description, price, currency, stock, vat_rate, state, revision, updated_at FROM product ORDER BY id`)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	sum, hundred := decimal.Zero, decimal.New(100, 0)
	for rows.Next() {
		var id, revision int64
		var code, barcode, name, brand, description, currency, state, at string
		var price, stock, vat decimal.NullDecimal
		if err := rows.Scan(&id, &code, &barcode, &name, &brand, &description, &price, &currency, &stock, &vat, &state, &revision, &at); err != nil {
			return err
		}
		for _, m := range names {
			r := rules.Each[m]
			sum = sum.Add(price.Decimal.Mul(hundred.Add(r.Amount)).Div(hundred).Add(r.Extra).Round(2))
		}
	}
	if err := rows.Err(); err != nil || !sum.IsPositive() {
		return fmt.Errorf("%v, %w", sum, err)
	}
	return nil
}

// readPlainly reads the recorded pages one by one, decodes them and inserts their rows into one table.
func readPlainly(ctx context.Context, e errandOf) error {
	db, err := sql.Open("sqlite", database.WriterDSN(filepath.Join(e.Dir, "plain.db")))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	if _, err := tx.Exec(`CREATE TABLE product (id integer PRIMARY KEY, code text, name text, barcode text, brand text, price text, stock text, vat text, unit text)`); err != nil {
		return err
	}
	put, err := tx.Prepare(`INSERT INTO product VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	for n := range e.Pages {
		res, err := http.Get(fmt.Sprintf("%s/page?n=%d", e.URL, n))
		if err != nil {
			return err
		}
		var page struct {
			Data struct {
				Data []struct {
					ID      json.Number `json:"id"`
					Code    string      `json:"code"`
					Name    string      `json:"name"`
					Barcode string      `json:"barcode"`
					Brand   string      `json:"brandName"`
					Price   json.Number `json:"salesPriceTaxIncluded"`
					Stock   json.Number `json:"stock"`
					VAT     json.Number `json:"vatRate"`
					Unit    string      `json:"mainUnitName"`
				} `json:"data"`
			} `json:"data"`
		}
		err = json.NewDecoder(res.Body).Decode(&page)
		_ = res.Body.Close()
		if err != nil {
			return err
		}
		if len(page.Data.Data) == 0 {
			return fmt.Errorf("page %d is empty", n)
		}
		for _, p := range page.Data.Data {
			if _, err := put.Exec(p.ID.String(), p.Code, p.Name, p.Barcode, p.Brand, p.Price.String(), p.Stock.String(), p.VAT.String(), p.Unit); err != nil {
				return err
			}
		}
	}
	return tx.Commit()
}

// takeListPlainly reads the file by encoding/csv and inserts what the catalogue stores of each row, in a table with its indexes.
func takeListPlainly(ctx context.Context, e errandOf) error {
	db, err := sql.Open("sqlite", database.WriterDSN(filepath.Join(e.Dir, "plain-list.db")))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	f, err := os.Open(e.File)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	if _, err := tx.Exec(`CREATE TABLE product (id integer PRIMARY KEY, code text, code_k0 text, code_k1 text, code_sort blob, barcode text, barcode_key text,
			name text, name_fold text, name_sort blob, search_fold text, brand text, description text, price text, currency text, stock text, vat_rate text,
			state text, updated_at text, revision integer, source text, created_at text, price_at text, price_from text, price_by text, stock_at text, stock_from text, stock_by text);
		CREATE INDEX a ON product (code_k0); CREATE INDEX b ON product (barcode_key); CREATE INDEX c ON product (name_sort); CREATE INDEX d ON product (code_k1)`); err != nil {
		return err
	}
	put, err := tx.Prepare(`INSERT INTO product VALUES (null, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, 'TRY', ?, ?, 'active', ?, 1, 'file', ?, ?, 'file', 'a', ?, 'file', 'a')`)
	if err != nil {
		return err
	}
	r := csv.NewReader(f)
	r.Comma, r.ReuseRecord = ';', true
	if _, err := r.Read(); err != nil {
		return err
	}
	now := time.Now().UTC().Format(time.RFC3339)
	for {
		row, err := r.Read()
		if err == io.EOF {
			return tx.Commit()
		} else if err != nil {
			return err
		}
		code, barcode, name := domain.Code(row[0]), domain.Barcode(row[1]), row[2]
		if _, err := put.Exec(string(code), code.K0(), code.K1(), domain.SortKey(row[0]), string(barcode), barcode.PairingKey(), name, domain.Fold(name), domain.SortKey(name),
			database.SearchText(name, code, barcode), row[3], row[4], row[6], row[7], now, now, now, now); err != nil {
			return err
		}
	}
}
