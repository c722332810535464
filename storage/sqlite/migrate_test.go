package sqlite_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestOpenCompany_opensEveryOlderFile(t *testing.T) {
	dumps, err := filepath.Glob("testdata/company_*.sql")
	if err != nil || len(dumps) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, dump := range dumps {
		t.Run(filepath.Base(dump), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "company.db")
			text, err := os.ReadFile(dump)
			if err != nil {
				t.Fatal(err)
			}
			sqlitetest.Restore(t, path, string(text))
			c := sqlitetest.Reopen(t, path)
			if used, err := c.Booked(t.Context(), "2026-11"); err != nil || used[quota.Read] != 20 {
				t.Errorf("booked %v, %v", used, err)
			}
			if limits, err := c.QuotaLimits(t.Context()); err != nil || limits != quota.DefaultLimits() {
				t.Errorf("limits %+v, %v", limits, err)
			}
			if p := sqlitetest.ProductByCode(t, c, "ÇAY-1"); p.Name != "ÇİKOLATALI ÇAY" || !catalogue.SameDecimal(p.Price, sqlitetest.Dec("12.50")) || p.Revision != 2 {
				t.Errorf("product %+v", p)
			}
			if found, n, err := c.Products(t.Context(), domain.ProductQuery{Search: "ç çikolatalı", Group: domain.ProductsCurrent}); n != 1 || len(found) != 1 || found[0].Code != "ÇAY-1" || err != nil {
				t.Errorf("found %+v, %v", found, err)
			}
			r, ok, err := c.LatestRun(t.Context())
			if err != nil || !ok || r.State != transfer.StateStopped || r.Counters.Read != 3 || r.Counters.Matched != 1 {
				t.Errorf("run %+v, %v, %v", r, ok, err)
			}
			sides, err := c.Sides(t.Context(), r, sqlitetest.Matched)
			if err != nil || len(sides.Remotes) != 3 || len(sides.Bound) != 1 || sides.Bound[0] != (matching.Pair{Remote: "1", Local: 1}) {
				t.Errorf("sides %+v, %v", sides, err)
			}
		})
	}
}

// The states of an older file are what they were, and a product may be passive from now on.
func TestOpenCompany_keepsTheStatesOfAnOlderFile(t *testing.T) {
	text, err := os.ReadFile("testdata/company_0010.sql")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "company.db")
	sqlitetest.Restore(t, path, string(text)+`
		INSERT INTO product (code, code_k0, code_k1, code_sort, barcode, barcode_key, name, name_fold, name_sort, search_fold, brand, description, currency, state, revision, source, created_at, updated_at)
		SELECT 'S-' || column1, 'S-' || column1, 'S-' || column1, X'', '', '', 'Ad', 'ad', X'', 'ad', '', '', 'TRY', column1, 1, 'file', '2026-11-24T09:00:00.000Z', '2026-11-24T09:00:00.000Z' FROM (VALUES ('active'), ('draft'), ('archived'));`)
	c := sqlitetest.Reopen(t, path)
	for _, state := range []domain.ProductState{domain.ProductActive, domain.ProductDraft, domain.ProductArchived} {
		p := sqlitetest.ProductByCode(t, c, domain.Code("S-"+string(state)))
		if p.State != state {
			t.Errorf("%s became %s", state, p.State)
		}
		p.State = domain.ProductPassive
		if p = sqlitetest.Save(t, c, p)[0]; p.State != domain.ProductPassive {
			t.Errorf("%s cannot become passive", state)
		}
	}
}

// What was ignored in an older file is ignored from now on, unless it was taken back or has a partner since.
func TestOpenCompany_remembersWhatAnOlderFileIgnored(t *testing.T) {
	text, err := os.ReadFile("testdata/company_0010.sql")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "company.db")
	sqlitetest.Restore(t, path, string(text)+`
		INSERT INTO before_image (transfer_id, kind, remote_id, type, product_id, revision, bound, created_at, undone)
		SELECT (SELECT max(id) FROM transfer), 'ignore', column1, 1, 0, 0, 0, '2026-11-24T09:00:00.000Z', column2
		FROM (VALUES ('801', ''), ('801', ''), ('802', 'taken-back'), ((SELECT remote_id FROM binding), ''));`)
	c := sqlitetest.Reopen(t, path)
	if rows := sqlitetest.RowsBy(t, c.DB.Reader, `SELECT remote_id FROM ignored`); len(rows) != 1 || fmt.Sprint(rows[0]["remote_id"]) != "801" {
		t.Errorf("%v", rows)
	}
}

// What a pair last agreed on is known of transfers that kept what became of their rows. Of each field it is
// what the newest one that stands left the same on both sides; where a value comes from nobody has kept.
func TestOpenCompany_findsWhatAnOlderFileAgreedOn(t *testing.T) {
	const (
		transfers = `INSERT INTO transfer (id, state, phase, options, next_page, total, read, transferred, matched, unmatched, skipped, failed, pending,
			api_reads, api_writes, cause, detail, created_at, confirmed_at, finished_at, worked_ms, undone_at)
			SELECT id, 'done', 'end', '{}', 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '', '', created, confirmed, finished, 0, undone FROM (`
		rows = `INSERT INTO transfer_row (transfer_id, remote_id, type, code, code_sort, barcode, name, name_sort, search_fold, brand, unit, active,
			currency, price, stock, outcome, product_id, applied_price, applied_currency, applied_stock)
			SELECT column1, column2, 1, '', X'', '', '', X'', '', '', '', 1, column3, column4, column5, column6, column7, column8, column9, column10 FROM (VALUES `
		images = `INSERT INTO before_image (transfer_id, decision_id, kind, remote_id, type, product_id, revision, bound, created_at, undone)
			SELECT column1, column2, column3, column4, 1, column5, 1, 1, '', column6 FROM (VALUES `
	)
	base := func(product int64, remote, field, value, at string, run int64, decision any) map[string]any {
		return map[string]any{
			"product_id": product, "remote_id": remote, "type": int64(1), "field": field, "value": value, "at": at, "transfer_id": run,
			"decision_id": decision, "sync_id": nil,
		}
	}
	const second, third, decided = "2026-11-24T09:00:00.000Z", "2026-11-25T09:00:00.000Z", "2026-11-24T12:00:00.000Z"
	first := base(1, "1", "price", "12.5", "2026-11-23T09:00:08.000Z", 1, nil)
	run2 := transfers + `SELECT 2 AS id, '2026-11-24T07:00:00.000Z' AS created, '2026-11-24T08:00:00.000Z' AS confirmed, '` + second + `' AS finished, NULL AS undone)`
	run3 := transfers + `SELECT 3 AS id, '` + third + `' AS created, NULL AS confirmed, NULL AS finished, NULL AS undone)`
	decision := `INSERT INTO decision VALUES (5, 2, '` + decided + `', ''), (6, 2, '2026-11-24T13:00:00.000Z', '')`
	for name, tt := range map[string]struct {
		dump   string
		writes []string
		want   []map[string]any
	}{
		"a transfer of a program that kept no more": {"company_0003.sql", nil, nil},
		"what a transfer took, not what it left":    {"company_0008.sql", nil, []map[string]any{first}},
		"the newest transfer's, each field by itself": {"company_0008.sql", []string{
			run2, run3, rows + `(2, '1', '', '13.50', '7', 'matched', 1, '13.5', 'TRY', '7'), (3, '1', '', '0', '8.0', 'matched', 1, '13.5', 'TRY', '8'))`,
		}, []map[string]any{base(1, "1", "price", "13.5", second, 2, nil), base(1, "1", "stock", "8", third, 3, nil)}},
		"not one that is undone": {"company_0008.sql", []string{
			run2, rows + `(2, '1', 'TRY', '13', '7', 'matched', 1, '13', 'TRY', '7'))`, `UPDATE transfer SET undone_at = '` + third + `' WHERE id = 2`,
		}, []map[string]any{first}},
		"not what never became of it": {"company_0008.sql", []string{
			run2, rows + `(2, '1', 'TRY', '13', '7', 'failed', 1, '13', 'TRY', '7'))`,
		}, []map[string]any{first}},
		"not of another product": {"company_0008.sql", []string{
			run2, rows + `(2, '1', 'TRY', '13', '7', 'matched', 2, '13', 'TRY', '7'))`,
		}, []map[string]any{first}},
		"not of a product that is bound no more": {"company_0008.sql", []string{`DELETE FROM binding`}, nil},
		"not in another currency": {"company_0008.sql", []string{
			run2, rows + `(2, '1', 'USD', '13', '7', 'matched', 1, '13', 'TRY', '7'))`,
		}, []map[string]any{first, base(1, "1", "stock", "7", second, 2, nil)}},
		"in the currency of both": {"company_0008.sql", []string{
			run2, rows + `(2, '1', 'USD', '13', NULL, 'matched', 1, '13', 'USD', NULL))`,
		}, []map[string]any{base(1, "1", "price", "13", second, 2, nil)}},
		"by a person's decision": {"company_0008.sql", []string{
			run2, decision, `INSERT INTO binding VALUES ('2', 1, 2, ''), ('3', 1, 3, '')`,
			rows + `(2, '2', '', '13', '7', 'matched', 2, '13', 'TRY', '7'), (2, '3', '', '15', '', 'unmatched', 3, '15', 'TRY', NULL))`,
			images + `(2, NULL, '', '2', 2, ''), (2, 5, 'pair', '2', 2, ''), (2, 6, 'pair', '2', 2, 'taken-back'), (2, 5, 'create', '3', 3, ''), (2, 6, 'ignore', '3', 3, ''))`,
		}, []map[string]any{
			first, base(2, "2", "price", "13", decided, 2, int64(5)), base(2, "2", "stock", "7", decided, 2, int64(5)),
			base(3, "3", "price", "15", decided, 2, int64(5)),
		}},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "company.db")
			text, err := os.ReadFile(filepath.Join("testdata", tt.dump))
			sqlitetest.Must(t, err)
			sqlitetest.Restore(t, path, string(text)+strings.Join(tt.writes, ";"))
			c := sqlitetest.Reopen(t, path)
			got := sqlitetest.RowsBy(t, c.DB.Reader, `SELECT * FROM agreed ORDER BY id`)
			if len(got) != len(tt.want) {
				t.Fatalf("%v, want %v", got, tt.want)
			}
			for i, row := range got {
				tt.want[i]["id"] = int64(i + 1)
				sqlitetest.WantRow(t, fmt.Sprint("base ", i), row, tt.want[i])
			}
			if n := sqlitetest.Count(t, c, `SELECT count(*) FROM product WHERE (price_at, price_from, price_by, stock_at, stock_from, stock_by) IS (NULL, '', '', NULL, '', '')`); n != 3 {
				t.Errorf("%d products are of nobody knows where", n)
			}
			if n := sqlitetest.Count(t, c, `SELECT count(*) FROM binding WHERE gone_at IS NOT NULL`); n != 0 {
				t.Errorf("%d products are gone", n)
			}
		})
	}
}

// The keys of barcodes that an older program stored by another rule are written anew, those of all others stay.
func TestOpenCompany_comparesAnOlderFilesBarcodesByTodaysRule(t *testing.T) {
	path := filepath.Join(t.TempDir(), "company.db")
	text, err := os.ReadFile("testdata/company_0010.sql")
	sqlitetest.Must(t, err)
	for _, stale := range []struct{ barcode, key string }{{"978-605-123-456-4", "978-605-123-456-4"}, {"8690632059150/4006381333931", "8690632059150/4006381333931"}} {
		sqlitetest.Restore(t, path, string(text)+fmt.Sprintf("UPDATE product SET barcode = '%s', barcode_key = '%s' WHERE id = 1;", stale.barcode, stale.key))
		c := sqlitetest.Reopen(t, path)
		for _, row := range sqlitetest.RowsBy(t, c.DB.Reader, `SELECT id, barcode, barcode_key FROM product`) {
			barcode := row["barcode"].(string)
			if want := sqlitetest.KeyOf(domain.Barcode(barcode)); row["barcode_key"] != want || row["id"] == int64(1) && (barcode != stale.barcode || want == stale.key) {
				t.Errorf("%v, want the key %q", row, want)
			}
		}
		sqlitetest.Must(t, c.Close(), os.Remove(path))
	}
}

// Texts that an older program has given longer keys stand where they would stand among those of today.
func TestOpenCompany_sortsWhatAnOlderFileHasByTodaysKeys(t *testing.T) {
	path := filepath.Join(t.TempDir(), "company.db")
	text, err := os.ReadFile("testdata/company_0010.sql")
	sqlitetest.Must(t, err)
	sqlitetest.Restore(t, path, string(text))
	c := sqlitetest.Reopen(t, path)
	rows := sqlitetest.RowsBy(t, c.DB.Reader, `SELECT code, code_sort, name, name_sort FROM product`)
	if len(rows) == 0 {
		t.Error("no products")
	}
	for _, row := range rows {
		for _, of := range []string{"code", "name"} {
			if want := domain.SortKey(row[of].(string)); !bytes.Equal(row[of+"_sort"].([]byte), want) {
				t.Errorf("%v: %x, want %x", row[of], row[of+"_sort"], want)
			}
		}
	}
}

// So they are where the file has had all that came before that rule.
func TestOpenCompany_comparesPrintedNumbersOfAnOlderFileByTodaysRule(t *testing.T) {
	path := filepath.Join(t.TempDir(), "company.db")
	text, err := os.ReadFile("testdata/company_0010.sql")
	sqlitetest.Must(t, err)
	sqlitetest.Restore(t, path, string(text))
	sqlitetest.Must(t, err)
	older := database.CompanySchema()
	older.Settle, older.Files = nil, upTo(t, older.Files, 15)
	file, err := database.Open(t.Context(), path, older, database.Driver)
	sqlitetest.Must(t, err)
	const printed = "(01)08690632059150"
	_, err = file.Writer.Exec(`UPDATE product SET barcode = ?1, barcode_key = ?1 WHERE id = 1`, printed)
	sqlitetest.Must(t, err, file.Close())
	for _, row := range sqlitetest.RowsBy(t, sqlitetest.Reopen(t, path).DB.Reader, `SELECT id, barcode, barcode_key FROM product`) {
		barcode := row["barcode"].(string)
		if want := sqlitetest.KeyOf(domain.Barcode(barcode)); row["barcode_key"] != want || row["id"] == int64(1) && (barcode != printed || want == printed) {
			t.Errorf("%v, want the key %q", row, want)
		}
	}
}

// upTo are the migrations of a program that knew so many.
func upTo(t *testing.T, files fs.FS, n int) fs.FS {
	t.Helper()
	names, err := fs.Glob(files, "*.sql")
	sqlitetest.Must(t, err)
	older := fstest.MapFS{}
	for _, name := range names[:n] {
		text, err := fs.ReadFile(files, name)
		sqlitetest.Must(t, err)
		older[name] = &fstest.MapFile{Data: text}
	}
	return older
}

// What a pair of an older file has, a sync finds; of syncs there is nothing yet, and its transfer kept no end of its read.
func TestOpenCompany_letsAnOlderFileBeSynced(t *testing.T) {
	ctx, path := t.Context(), filepath.Join(t.TempDir(), "company.db")
	text, err := os.ReadFile("testdata/company_0009.sql")
	sqlitetest.Must(t, err)
	sqlitetest.Restore(t, path, string(text))
	c := sqlitetest.Reopen(t, path)
	pairs, err := c.Pairs(ctx, sync.Run{})
	sqlitetest.Must(t, err)
	at := func(minute int) time.Time { return time.Date(2026, 11, 26, 6, minute, 0, 0, time.UTC) }
	sqlitetest.WantSame(t, "pairs", pairs, []sync.Pair{{
		Product: 1, Ref: domain.ProductRef{ID: "1", Type: 1}, Code: "ÇAY-1", Name: "ÇİKOLATALI ÇAY", OurCurrency: domain.TRY, Gone: true,
		Price: sync.Value{Base: sqlitetest.Dec("12.75"), BaseAt: at(32), Ours: sqlitetest.Dec("12.50"), OursAt: at(35)},
		Stock: sync.Value{Base: sqlitetest.Dec("7"), BaseAt: at(33), Ours: sqlitetest.Dec("3"), OursAt: at(36)},
	}})
	if runs, n, err := c.Syncs(ctx, 0, 0); n != 0 || len(runs) != 0 || err != nil {
		t.Errorf("%+v, %v", runs, err)
	}
	if open, n, err := c.OpenFields(ctx, sync.OpenQuery{}); n != 0 || len(open) != 0 || err != nil {
		t.Errorf("%+v, %v", open, err)
	}
	if n, err := c.SeenProducts(ctx); n != 0 || err != nil {
		t.Errorf("%d seen, %v", n, err)
	}
	of, err := c.SyncSettings(ctx)
	sqlitetest.Must(t, err)
	sqlitetest.WantSame(t, "settings", of, sync.DefaultSettings())
	r := sqlitetest.Swept(t, c, sqlitetest.Remotes(1))
	if r, err = c.SaveSyncPlan(ctx, r, sync.Plan{}); err != nil || r.ID != 1 || r.Counters.Read != 1 {
		t.Errorf("%+v, %v", r, err)
	}
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM binding WHERE gone_at IS NOT NULL`); n != 0 {
		t.Error("it is still gone")
	}
}

// Orders of an older file's products are taken and invoiced; İşbaşı's own code of a product is that of its transfer until
// a sync has read it.
func TestOpenCompany_letsAnOlderFileHaveOrders(t *testing.T) {
	ctx, path := t.Context(), filepath.Join(t.TempDir(), "company.db")
	text, err := os.ReadFile("testdata/company_0010.sql")
	sqlitetest.Must(t, err)
	sqlitetest.Restore(t, path, string(text)+`; UPDATE binding SET gone_at = NULL`)
	c := sqlitetest.Reopen(t, path)
	o := sqlitetest.Sold("1", orders.Line{Name: "Çay", Code: "çay-1"})
	sqlitetest.WantSame(t, "taken", sqlitetest.Take(t, c, o), orders.Taken{New: 1, IDs: []int64{1}})
	k, err := c.Order(ctx, o.Key())
	sqlitetest.Must(t, err)
	want := orders.LineProduct{ID: 1, Code: "çay-1", Name: "ÇİKOLATALI ÇAY", VATRate: sqlitetest.Dec("20"), Bound: true, By: orders.FoundByCode}
	sqlitetest.WantSame(t, "product", k.Products, []orders.LineProduct{want})
	remote := sqlitetest.Remotes(1)[0]
	remote.Code, remote.Unit = "ÇAY YENİ", "Kutu"
	sqlitetest.Swept(t, c, []domain.RemoteProduct{remote})
	want.Code, want.Unit = remote.Code, remote.Unit
	k, err = c.Order(ctx, o.Key())
	sqlitetest.Must(t, err)
	sqlitetest.WantSame(t, "product", k.Products, []orders.LineProduct{want})
	if r := sqlitetest.Attempted(t, c, o.Key(), invoicing.AttemptDrafted); r.ID != 1 || r.Serial != 1 {
		t.Errorf("%+v", r)
	}
	if settings, err := c.InvoiceSettings(ctx); err != nil || settings.GiftCard != invoicing.GiftCardPayment {
		t.Errorf("%+v, %v", settings, err)
	}
}

func TestOpenMachine_opensEveryOlderFile(t *testing.T) {
	dumps, err := filepath.Glob("testdata/machine_*.sql")
	if err != nil || len(dumps) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, dump := range dumps {
		t.Run(filepath.Base(dump), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "sopyo.db")
			text, err := os.ReadFile(dump)
			if err != nil {
				t.Fatal(err)
			}
			sqlitetest.Restore(t, path, string(text))
			m := openMachine(t, path)
			want := []domain.Company{{ID: "alfa", Name: "Alfa Kırtasiye", TenantID: "t-1"}, {ID: "beta", Name: "Deneme Ticaret Ltd.", Demo: true}}
			if got, err := m.Companies(t.Context()); err != nil || !slices.Equal(got, want) {
				t.Errorf("%+v, %v", got, err)
			}
			if lang, err := m.Preference(t.Context(), "language"); err != nil || lang != "en" {
				t.Errorf("%q, %v", lang, err)
			}
			if p, err := m.CompanyKey(t.Context(), "alfa"); err != nil || p != "" {
				t.Errorf("%q, %v", p, err)
			}
			if serial, _, err := m.InvoiceMark(t.Context(), "alfa"); err != nil || serial != 0 {
				t.Errorf("%d, %v", serial, err)
			}
			if keyPrint(t, m, "anahtar") == "" {
				t.Error("no print")
			}
		})
	}
}
