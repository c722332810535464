package app

import (
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/domain/history"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

func inWords(t *testing.T, lang string) *assets.Text {
	t.Helper()
	text, err := assets.NewText(lang)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// line is a row of a table as sheet gives it.
func line(cells ...any) string {
	s := make([]string, len(cells))
	for i, c := range cells {
		switch v := c.(type) {
		case decimal.NullDecimal:
			if v.Valid {
				s[i] = v.Decimal.String()
			}
		default:
			s[i] = fmt.Sprint(v)
		}
	}
	return strings.Join(s, "|")
}

func keys(text *assets.Text, before string, after ...string) string {
	all := make([]any, len(after))
	for i, k := range after {
		if all[i] = text.T(before + k); !text.Has(before + k) {
			all[i] = "a word for " + before + k // the list has the key itself there
		}
	}
	return line(all...)
}

func wantSheet(t *testing.T, what, path string, want []string) {
	t.Helper()
	got := sheet(t, path)
	for i := range max(len(got), len(want)) {
		g, w := "", ""
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			t.Errorf("%s, line %d: %q, want %q", what, i, g, w)
		}
	}
}

func TestExports_holdWhatTheirListsHold(t *testing.T) {
	h := newHouse(t, sandbox.Options{}).signIn()
	known := h.stock()
	first := h.transferred(func(o *transfer.Options) { o.TakeBrand = true })
	if _, err := h.Decide(t.Context(), first.ID, []transfer.Decision{{Kind: transfer.DecidePair, Remote: "13", Product: known["D"].ID}}); err != nil {
		t.Fatal(err)
	}
	changed := h.products()[known["A"].Name]
	changed.Description = "elle"
	if _, err := h.SaveProducts(t.Context(), changed); err != nil {
		t.Fatal(err)
	}
	plan, err := h.PlanUndo(t.Context(), first.ID)
	if err != nil || len(plan.Blocked) != 1 || plan.Blocked[0].Remote.ID != "11" || plan.Blocked[0].Why != transfer.RefusedChanged {
		t.Fatalf("%+v, %v", plan, err)
	}
	if _, err := h.Undo(t.Context(), first.ID, func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	second := h.transferred(func(o *transfer.Options) { o.Limit = 2 })
	for _, lang := range []string{"tr", "en"} {
		text := inWords(t, lang)
		h.app.options.Lang = lang
		in := func(path string, err error, stem string) string {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
			if filepath.Dir(path) != h.documentsOf() || !strings.HasPrefix(filepath.Base(path), stem+" 20") || filepath.Ext(path) != ".xlsx" {
				t.Errorf("%s: saved as %s", stem, path)
			}
			return path
		}

		runs, _, err := h.Runs(t.Context(), 0, 0)
		if err != nil || len(runs) != 2 || runs[0].ID != second.ID {
			t.Fatalf("%+v, %v", runs, err)
		}
		want := []string{line(text.T("runs.when"), text.T("runs.state"), text.T("runs.read"), keys(text, "counters.", "transferred", "matched", "unmatched", "skipped", "failed", "pending"))}
		for i, r := range runs {
			k := r.Counters
			state := []string{text.T("state.stopped"), text.T("runs.undone")}[i]
			want = append(want, line(domain.FormatTime(r.CreatedAt, lang), state, k.Read, k.Transferred, k.Matched, k.Unmatched, k.Skipped, k.Failed, k.Pending))
		}
		path, err := h.ExportRuns(t.Context(), lang)
		wantSheet(t, "runs", in(path, err, text.T("runs.export.name")), want)

		path, err = h.app.ExportCompanies(t.Context(), lang, []exports.Company{{Name: "Alfa A.Ş.", State: "1", Decisions: 2, Held: 1, Orders: 3}})
		if dir, _ := h.app.folders.Ours(); filepath.Dir(path) != dir || !strings.HasPrefix(filepath.Base(path), text.T("companies.title")+" 20") {
			t.Errorf("the companies are saved as %s, %v", path, err)
		}
		wantSheet(t, "companies", path, []string{line(keys(text, "companies.", "name", "state", "decisions", "held", "orders", "run", "reads")), line("Alfa A.Ş.", 1, 2, 1, 3, "", "")})

		want = []string{line(keys(text, "export.", "id", "code", "barcode", "name", "product"), text.T("undo.why"))}
		for _, b := range plan.Blocked {
			want = append(want, line(b.Remote.ID, b.Remote.Code, b.Remote.Barcode, b.Remote.Name, known["A"].Name, text.T("decide.refused.changed-since")))
		}
		path, err = h.ExportBlocked(t.Context(), lang, plan.Blocked)
		wantSheet(t, "blocked", in(path, err, text.T("undo.export.name")), want)

		entries, total, err := h.History(t.Context(), 0, 0)
		if err != nil || total != len(entries) || total < 8 {
			t.Fatalf("%d entries, %v", total, err)
		}
		want = []string{keys(text, "history.", "when", "who", "what")}
		for _, e := range entries {
			want = append(want, line(domain.FormatTime(e.At, lang), e.Actor, history.Sentence(text, lang, e)))
		}
		path, err = h.ExportHistory(t.Context(), lang, entries)
		wantSheet(t, "history", in(path, err, text.T("history.export.name")), want)

		rows, _, err := h.Rows(t.Context(), transfer.Query{RunID: first.ID})
		if err != nil || len(rows) != 5 {
			t.Fatalf("%d rows, %v", len(rows), err)
		}
		want = []string{keys(text, "export.", "id", "code", "barcode", "name", "price", "stock", "outcome", "product", "reason")}
		whys := map[domain.RemoteID]string{
			"11": text.T("tier.barcode"), "12": text.T("tier.code"), "13": text.T("decided.pair"), "14": text.T("reason.passive"), "15": text.T("tier.code") + " · " + text.T("note.zero-price") + " · " + text.T("note.negative-stock"),
		}
		for _, r := range rows {
			m := r.Remote
			want = append(want, line(m.ID, m.Code, m.Barcode, m.Name, m.Price, m.Stock, text.T("outcome."+string(r.Outcome)), r.ProductName, whys[m.ID]))
		}
		path, err = h.Export(t.Context(), transfer.Query{RunID: first.ID, Limit: 1, Offset: 3}) // all pages, whatever is shown
		wantSheet(t, "rows", in(path, err, text.T("rows.export.name", first.ID)), want)
	}

	products, _, err := h.ListProducts(t.Context(), domain.ProductQuery{Sort: domain.ProductsByName, Desc: true, Search: "yerli"})
	if err != nil || len(products) != 5 {
		t.Fatalf("%d products, %v", len(products), err)
	}
	path, err := h.ExportProducts(t.Context(), domain.ProductQuery{Sort: domain.ProductsByName, Desc: true, Search: "yerli", Limit: 1, Offset: 2})
	if err != nil || !strings.HasPrefix(filepath.Base(path), "products 20") {
		t.Fatal(path, err)
	}
	want := sheet(t, path)[:1]
	for _, p := range products {
		want = append(want, line(p.Code, p.Barcode, p.Name, p.Brand, p.Description, p.Price, p.Currency, p.Stock, p.VATRate,
			map[domain.ProductState]string{domain.ProductActive: "Aktif", domain.ProductPassive: "Pasif", domain.ProductDraft: "Taslak", domain.ProductArchived: "Arşiv"}[p.State]))
	}
	wantSheet(t, "products", path, want)

	h.app.options.Lang = "" // the machine is asked what it speaks
	for what, export := range h.exports(first.ID, plan.Blocked) {
		path := ""
		someEnds(t, what, func(ctx context.Context) (err error) { path, err = export(ctx); return err }, func() []string {
			if info, err := os.Stat(path); err != nil || info.Size() == 0 {
				return []string{fmt.Sprint(path, err)}
			}
			return nil
		})
	}
	// Where the documents cannot be written the data folder takes it, and where that cannot be nothing is.
	own := filepath.Join(h.dir, "reports")
	for _, folder := range []string{filepath.Join(h.home, "Sopyo"), own} {
		if err := os.RemoveAll(folder); err != nil {
			t.Fatal(err)
		}
	}
	writeFile(t, filepath.Join(h.home, "Sopyo"), "x")
	for what, export := range h.exports(first.ID, plan.Blocked) {
		path, err := export(t.Context())
		if info, known := os.Stat(path); err != nil || known != nil || info.Size() == 0 || filepath.Dir(filepath.Dir(path)) != own {
			t.Errorf("%s where no documents are: %q, %v", what, path, err)
		}
	}
	if err := os.RemoveAll(own); err != nil {
		t.Fatal(err)
	}
	writeFile(t, own, "x")
	for what, export := range h.exports(first.ID, plan.Blocked) {
		if path, err := export(t.Context()); domain.KindOf(err) != domain.KindDisk || path != "" {
			t.Errorf("%s into nowhere: %q, %v", what, path, err)
		}
	}
}

// exports are all the ways by which a list leaves as a file.
func (h *house) exports(run int64, blocked []transfer.Blocked) map[string]func(context.Context) (string, error) {
	h.t.Helper()
	entries, _, err := h.History(h.t.Context(), 0, 0)
	if err != nil {
		h.t.Fatal(err)
	}
	lab, err := h.TryRules(h.t.Context(), pricing.Rules{}, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	return map[string]func(context.Context) (string, error){
		"runs":     func(ctx context.Context) (string, error) { return h.ExportRuns(ctx, "tr") },
		"blocked":  func(ctx context.Context) (string, error) { return h.ExportBlocked(ctx, "tr", blocked) },
		"history":  func(ctx context.Context) (string, error) { return h.ExportHistory(ctx, "tr", entries) },
		"rows":     func(ctx context.Context) (string, error) { return h.Export(ctx, transfer.Query{RunID: run}) },
		"products": func(ctx context.Context) (string, error) { return h.ExportProducts(ctx, domain.ProductQuery{}) },
		"trials":   func(ctx context.Context) (string, error) { return h.ExportTrials(ctx, lab, pricing.TrialQuery{}) },
		"findings": func(ctx context.Context) (string, error) { return h.ExportFindings(ctx, "tr", nil) },
		"plan":     func(ctx context.Context) (string, error) { return h.WritePlan(ctx, run, "") },
		"waiting":  func(ctx context.Context) (string, error) { return h.ExportWaiting(ctx, "tr", sync.OpenQuery{}) },
		"changes":  func(ctx context.Context) (string, error) { return h.ExportChanges(ctx, "tr", 1) },
		"page":     func(ctx context.Context) (string, error) { return h.SavePlanPage(ctx, run, "") },
	}
}

// once wants so many rows, each of them once.
func once[T any](t *testing.T, rows iter.Seq2[T, error], name func(T) string, want int) {
	t.Helper()
	seen := map[string]bool{}
	n := 0
	for r, err := range rows {
		if err != nil {
			t.Fatal(err)
		}
		seen[name(r)] = true
		n++
	}
	if n != want || len(seen) != want {
		t.Errorf("%d rows, %d of them once; want %d", n, len(seen), want)
	}
}

// A list leaves as it was when it began, whatever is decided while it is written.
func TestExport_isOneSnapshot(t *testing.T) {
	h := newHouse(t, sandbox.Options{Products: sandbox.Products(1600, 5)}).signIn()
	run := h.transferred(func(o *transfer.Options) { o.IncludePassive = true })
	want := run.Counters.Unmatched
	undecided := transfer.Query{RunID: run.ID, Part: transfer.PartUndecided, Limit: 1, Offset: 700}
	rows, n, err := h.Rows(t.Context(), undecided)
	if err != nil || n != want || want < 1500 {
		t.Fatalf("%d of %+v, %v", n, run.Counters, err)
	}
	text := inWords(t, "tr")
	decided := false
	says := func(key string, args ...any) string {
		if key == "outcome.unmatched" && !decided { // the first row is being written
			decided = true
			if _, err := h.Decide(t.Context(), run.ID, []transfer.Decision{{Kind: transfer.DecideIgnore, Remote: rows[0].Remote.ID}}); err != nil {
				t.Error(err)
			}
		}
		return text.T(key, args...)
	}
	table := exports.Rows(words.New("tr", says), run.ID, h.Store.EachRow(t.Context(), undecided))
	once(t, table.Rows, func(c []exports.Cell) string { return c[0].Text }, want)
	if _, n, err := h.Rows(t.Context(), undecided); err != nil || n != want-1 || !decided {
		t.Errorf("%d undecided afterwards, %v", n, err)
	}
	path, err := h.Export(t.Context(), undecided)
	if err != nil {
		t.Fatal(err)
	}
	if got := sheet(t, path); len(got) != 1+want-1 {
		t.Errorf("%d lines", len(got))
	}
	once(t, h.EachRow(t.Context(), transfer.Query{RunID: run.ID, Attention: true}), func(l transfer.Listed) string { return string(l.Remote.ID) }, want)
}

// numbered is a company with n products K-00000, K-00001 …
func numbered(t *testing.T, n int) *Company {
	t.Helper()
	c, home := catalogueOnly(t)
	var list strings.Builder
	list.WriteString("Stok Kodu;Ürün Adı;Fiyat\n")
	for i := range n {
		fmt.Fprintf(&list, "K-%05d;Ürün %d;%d,25\n", i, i, 1+i%90)
	}
	writeFile(t, filepath.Join(home, "uzun.csv"), list.String())
	if _, err := c.ImportFile(t.Context(), filepath.Join(home, "uzun.csv"), listing.Reading{}, nil, &listing.Count{}); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTrials_ofManyPagesHoldEveryPriceOnce(t *testing.T) {
	const trialPage = 5_000 // of domain/pricing
	c := numbered(t, trialPage+1)
	lab, err := c.TryRules(t.Context(), pricing.Rules{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	once(t, c.EveryTrial(t.Context(), lab, pricing.TrialQuery{}), func(x pricing.Tried) string { return string(x.Product.Code) }, trialPage+1)
	markets, err := c.Marketplaces(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	trials, _, err := c.Trials(t.Context(), lab, pricing.TrialQuery{Search: "K-0500", Sort: pricing.TrialsByCode})
	if err != nil || len(trials) != 1 {
		t.Fatalf("%d trials, %v", len(trials), err)
	}
	looked := make([]pricing.Trial, trialPage+1) // the last one is alone on its page
	for i := range looked {
		looked[i].Product = -1 // gone meanwhile
	}
	looked[0], looked[trialPage] = trials[0].Trial, trials[0].Trial
	if n, err := c.ApproveTrials(t.Context(), lab, looked[:trialPage]); err != nil || n != len(markets) {
		t.Errorf("%d approved at %d, %v", n, len(markets), err)
	}
	if n, err := c.UndoApproval(t.Context()); err != nil || n != len(markets) {
		t.Errorf("%d taken back, %v", n, err)
	}
	if n, err := c.ApproveTrials(t.Context(), lab, looked[1:]); err != nil || n != len(markets) {
		t.Errorf("%d approved at %d, %v", n, len(markets), err)
	}
}

func TestListing_theFileIsTheOneThatWasLookedAt(t *testing.T) {
	c, home := catalogueOnly(t)
	path := filepath.Join(home, "liste.csv")
	header := "Stok Kodu;Barkod;Ürün Adı;Marka;Açıklama;Fiyat;Para Birimi;Stok;KDV;Raf"
	rows := []string{"K-1;" + domaintest.GTIN13(1) + ";Bir;Marka;Uzun;12,5;USD;3;20;A1", "K-2;8,69E+12;İki;;;on;;;;A2"}
	for i := range listing.SampleRows {
		rows = append(rows, fmt.Sprintf("S-%d;;Sıra %d;;;1,00;;;;", i, i))
	}
	writeFile(t, path, "\n"+header+"\n"+strings.Join(rows, "\n")+"\n")
	found, err := c.Inspect(t.Context(), path, listing.Reading{})
	if err != nil {
		t.Fatal(err)
	}
	order := orderOf(found)
	someReads(t, "planning", func(ctx context.Context) (listing.Result, error) { return c.Plan(ctx, order, &listing.Count{}) })
	o := order
	o.Stamp.ModifiedAt = o.Stamp.ModifiedAt.Add(time.Second)
	for what, try := range carried(c, o) {
		wantKind(t, "written since, "+what, try(), domain.KindInvalid, "path", "file-changed")
	}
	_, n, err := c.ListProducts(t.Context(), domain.ProductQuery{})
	if err != nil || n != 0 {
		t.Errorf("%d products, %v", n, err)
	}
	var count listing.Count
	done, err := c.Take(t.Context(), order, &count)
	if err != nil || done.Added != len(rows) || done.Rows != len(rows) || done.ProblemCount != 2 {
		t.Errorf("%+v, %v", done, err)
	}
	if read, written, of := count.Snapshot(); read != len(rows) || written != len(rows) || of != len(rows) {
		t.Errorf("%d, %d of %d", read, written, of)
	}
	p := (&house{t: t, Company: c}).products()["Bir"]
	for _, d := range domaintest.Differences(p, domain.Product{
		Code: "K-1", Barcode: domain.Barcode(domaintest.GTIN13(1)), Name: "Bir", Brand: "Marka", Description: "Uzun", Price: number("12.5"), Currency: domain.USD,
		Stock: number("3"), VATRate: number("20"), State: domain.ProductActive,
	}, "ID", "Revision", "UpdatedAt") {
		t.Error(d)
	}
	out, err := c.Refused(t.Context(), order)
	if err != nil {
		t.Fatal(err)
	}
	text := inWords(t, "tr")
	if !strings.HasPrefix(filepath.Base(out), "liste-"+text.T("import.errors.name")+" 20") {
		t.Error("saved as", out)
	}
	says := func(f listing.Field, r listing.Reason) string {
		return text.T("import.problem", text.T("import.field."+string(f)), text.T("file.reason."+string(r)))
	}
	wantSheet(t, "refused", out, []string{
		line(text.T("import.errors.line"), text.T("import.errors.reason"), text.T("import.errors.proposed"), strings.ReplaceAll(header, ";", "|")),
		line(4, says(listing.Barcode, listing.BarcodeExponent)+" "+says(listing.Price, listing.BadNumber), "", strings.ReplaceAll(rows[1], ";", "|")),
	})
	someEnds(t, "writing the refused", func(ctx context.Context) error { _, err := c.Refused(ctx, order); return err }, func() []string { return nil })
	someReads(t, "taking", func(ctx context.Context) (listing.Result, error) { return c.Take(ctx, order, &listing.Count{}) })
	writeFile(t, filepath.Join(home, "boş"), "x")
	if err := os.RemoveAll(filepath.Dir(out)); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Dir(out), "x")
	c.documents.Folders.Data = filepath.Join(home, "boş") // where else it would go
	_, err = c.Refused(t.Context(), order)
	wantKind(t, "nowhere to write", err, domain.KindDisk, domain.AtFile, filepath.Dir(out))
}

// carried are the ways by which an order is carried out.
func carried(c *Company, o listing.Order) iter.Seq2[string, func() error] {
	return func(yield func(string, func() error) bool) {
		ctx := context.Background()
		_ = yield("planned", func() error { _, err := c.Plan(ctx, o, &listing.Count{}); return err }) &&
			yield("taken", func() error { _, err := c.Take(ctx, o, &listing.Count{}); return err }) &&
			yield("refused rows", func() error { _, err := c.Refused(ctx, o); return err })
	}
}
