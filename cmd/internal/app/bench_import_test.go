//go:build bench && linux

package app_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// imports measures reading İşbaşı's list, matching it and writing what it brings.
func (b *bench) imports() {
	server, err := sandbox.New(sandbox.Options{Products: sandbox.Products(b.n, 14)})
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = server.Close() }()
	books := record(b.t, server.URL())
	firm, list := b.at("firm"), b.at("list.csv")
	writeCSV(b.t, list, sandbox.Products(b.n, 14)[:4*b.n/5])
	b.do(errandOf{Do: "new", Dir: firm})
	b.do(errandOf{Do: "catalogue", Dir: firm, File: list})
	first := b.do(errandOf{Do: "import", Dir: firm, URL: books.URL})
	size, index := sizeOnDisk(b.t, firm)
	undone := b.at("undone")
	if err := os.CopyFS(undone, os.DirFS(firm)); err != nil {
		b.t.Fatal(err)
	}
	again := b.do(errandOf{Do: "import", Dir: firm, URL: books.URL})
	floor := b.do(errandOf{Do: "import-floor", Dir: b.dir, URL: books.URL, Pages: transfer.CostOf(b.n).Reads})
	undo := b.do(errandOf{Do: "undo", Dir: undone})
	stranger := b.at("stranger")
	b.do(errandOf{Do: "new", Dir: stranger})
	unmatched := b.do(errandOf{Do: "import", Dir: stranger, URL: books.URL})
	b.beside("import, four fifths are pairs: CPU", first.cpu, floor.cpu, 8, 4)
	b.beside("the same again, nothing changed: CPU", again.cpu, floor.cpu, 5, 2.5)
	b.beside("into an empty catalogue, none is a pair: CPU", unmatched.cpu, floor.cpu, 7, 4)
	b.beside("taking the first back: CPU", undo.cpu, floor.cpu, 4, 2)
	b.add("bytes written for the first", float64(first.written)/1e9*1e5/float64(b.n), "GB per 100,000", 0.5, 0.25)
	b.add("peak memory of the first", float64(first.memory)/1e6, "MB", 250, 150)
	b.add("database after import and transfer", float64(size)/float64(b.n), "bytes a product", 1700, 0)
	b.add("of which without the search index", float64(size-index)/float64(b.n), "bytes a product", 1100, 800)
	tenth, _ := b.firstImport(b.n / 10)
	b.grows("import: growth", first.cpu, tenth.cpu, 1.1, 1.03)
}

// growth measures the first import into a firm ten times as large.
func (b *bench) growth() {
	all, list := b.firstImport(10 * b.n)
	tenth, tenthOfList := b.firstImport(b.n)
	of := fmt.Sprintf(" from %d products to %d", b.n, 10*b.n)
	b.grows("import: growth"+of, all.cpu, tenth.cpu, 1.15, 1.03)
	b.grows("catalogue from CSV: growth"+of, list.cpu, tenthOfList.cpu, 1.25, 1.03) // its indexes outgrow the cache of pages
	b.add(fmt.Sprintf("peak memory of an import of %d", 10*b.n), float64(all.memory)/1e6, "MB", 400, 0)
	b.add(fmt.Sprintf("peak memory of its list, %d rows of CSV", 8*b.n), float64(list.memory)/1e6, "MB", 120, 0)
}

// firstImport tells what a list of n products costs a firm that has four fifths of them, and what taking these has cost.
func (b *bench) firstImport(n int) (imported, list spent) {
	products := sandbox.Products(n, 14)
	server, err := sandbox.New(sandbox.Options{Products: products})
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = server.Close() }()
	firm, file := b.at(fmt.Sprint("firm of ", n)), b.at(fmt.Sprint(n, ".csv"))
	writeCSV(b.t, file, products[:4*n/5])
	b.do(errandOf{Do: "new", Dir: firm})
	list = b.do(errandOf{Do: "catalogue", Dir: firm, File: file})
	imported = b.do(errandOf{Do: "import", Dir: firm, URL: server.URL()})
	if err := errors.Join(os.RemoveAll(firm), os.Remove(file)); err != nil {
		b.t.Fatal(err)
	}
	return imported, list
}

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
	if err := c.Store.SaveQuotaLimits(ctx, quota.Limits{Reads: 1_000_000, Writes: 7_000}); err != nil { // a large firm is read three times
		return transfer.Run{}, err
	}
	job, err := c.New(ctx, transfer.DefaultOptions(domain.TRY))
	if err != nil {
		return transfer.Run{}, err
	}
	err = job.Run(ctx)
	return job.Snapshot().Run, err
}

// undoImport takes the last transfer back.
func undoImport(ctx context.Context, e errandOf) error {
	return opened(ctx, e, func(c *app.Company) error {
		run, ok, err := c.LatestRun(ctx)
		if err != nil || !ok {
			return fmt.Errorf("no transfer: %w", err)
		}
		done, err := c.Undo(ctx, run.ID, func(int, int) {})
		if err == nil && done.BlockedCount > 0 {
			err = fmt.Errorf("%+v", done)
		}
		return err
	})
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

// sizeOnDisk gives the bytes of the only company's file, and those of them that its search index takes.
func sizeOnDisk(t *testing.T, dir string) (size, index int64) {
	t.Helper()
	path, err := companyFile(dir)
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", database.ReaderDSN(path))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if err := db.QueryRowContext(t.Context(), `SELECT sum(pgsize), sum(iif(name LIKE 'product_search%', pgsize, 0)) FROM dbstat`).Scan(&size, &index); err != nil {
		t.Fatal(err)
	}
	return size, index
}
