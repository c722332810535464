package transfer_test

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/matching/matchingtest"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
	storedtransfer "github.com/sopyo/sopyo-desktop/storage/sqlite/transfer"
)

// ledger is a company as the rules of a transfer see it (rules.md §2 and §4), written down plainly: one row after the other,
// over maps. It shares with the program the types, the keys and Creatable.
type ledger struct {
	options   transfer.Options
	products  map[domain.ProductID]*domain.Product
	bound     map[domain.RemoteID]domain.ProductID
	separated []matching.Pair
	ignored   map[domain.RemoteID]bool
	agreed    map[string]string
	out       strings.Builder
}

func (l *ledger) skip(r domain.RemoteProduct) matching.Reason {
	switch {
	case !r.Active && !l.options.IncludePassive:
		return matching.ReasonPassive
	case l.options.OnlyInStock && (!r.Stock.Valid || !r.Stock.Decimal.IsPositive()):
		return matching.ReasonNoStock
	case r.Currency != "" && r.Currency != l.options.Currency:
		return matching.ReasonOtherCurrency
	}
	return ""
}

// run is a whole transfer of the list; what comes of each row is written down.
func (l *ledger) run(list []domain.RemoteProduct) {
	in := matching.Input{ByBarcode: l.options.ByBarcode, ByCode: l.options.ByCode, Separated: l.separated}
	ids := []domain.ProductID{}
	for id, p := range l.products {
		if ids = append(ids, id); p.State != domain.ProductArchived {
			in.Locals = append(in.Locals, matching.Local{ID: id, Code: p.Code, Barcode: p.Barcode})
		}
	}
	for remote, id := range l.bound {
		in.Bound = append(in.Bound, matching.Pair{Remote: remote, Local: id})
	}
	for _, r := range list {
		in.Remotes = append(in.Remotes, matching.Remote{ID: r.ID, Code: r.Code, Barcode: r.Barcode, Skip: l.skip(r)})
	}
	was := map[domain.ProductID]domain.Product{}
	for _, id := range ids {
		was[id] = *l.products[id]
	}
	for i, d := range matchingtest.Reference(in) {
		l.row(list[i], d, was[d.Local])
	}
}

func (l *ledger) row(r domain.RemoteProduct, d matching.Decision, partner domain.Product) {
	binder := domain.RemoteID("")
	for remote, id := range l.bound {
		if id == d.Local {
			binder = remote
		}
	}
	outcome, becomes, notes := transfer.OutcomeUnmatched, transfer.Unmatched(""), []transfer.Note(nil)
	product, revision := d.Local, partner.Revision
	var before, after, applied string
	var kept *domain.Product // what the row has to do with
	bind := l.bound[r.ID] == 0
	none := valuesText(domain.Product{})
	before, after, applied = none, none, none
	creatable := transfer.Row{Reason: d.Reason, Flag: d.Flag}.Creatable() && !l.ignored[r.ID]
	switch {
	case d.Skipped:
		outcome, bind = transfer.OutcomeSkipped, false
	case d.Tier == matching.TierNone && !bind,
		d.Tier != matching.TierNone && (!bind && l.bound[r.ID] != d.Local || binder != "" && binder != r.ID || d.Tier == matching.TierKnown && bind):
		outcome, bind = transfer.OutcomeFailed, false
		notes = []transfer.Note{transfer.NoteChanged}
	case d.Tier == matching.TierNone && (l.options.Unmatched == transfer.UnmatchedListed || !creatable):
		becomes, bind = transfer.UnmatchedListed, false
	case d.Tier == matching.TierNone:
		becomes = l.options.Unmatched
		kept = &domain.Product{
			Code: r.Code, Barcode: r.Barcode, Name: r.Name, Brand: r.Brand, VATRate: r.VATRate, Currency: l.options.Currency, State: domain.ProductActive, Revision: 1,
		}
		if !r.Active {
			kept.State = domain.ProductPassive
		} else if becomes == transfer.UnmatchedDraft {
			kept.State = domain.ProductDraft
		}
		for id := range l.products {
			kept.ID = max(kept.ID, id)
		}
		kept.ID++
		notes = l.take(kept, r)
		l.products[kept.ID], product = kept, kept.ID
		after = valuesText(*kept)
		applied = after
	default:
		outcome, kept = transfer.OutcomeMatched, l.products[d.Local]
		before = valuesText(*kept)
		changed := *kept
		if notes = l.take(&changed, r); contentText(changed) != contentText(*kept) {
			changed.Revision++
			*kept = changed
		}
		after = valuesText(*kept)
		applied = after
	}
	fmt.Fprintf(&l.out, "%s %q %q %d %q %t %d %d | %s %q %v %s %s | %s %v %s\n", r.ID, d.Tier, d.Reason, d.Candidates, d.Flag, d.Skipped, product, revision,
		outcome, becomes, notes, before, after, outcome, notes, applied)
	if kept == nil {
		return
	}
	if bind {
		l.bound[r.ID] = kept.ID
		delete(l.ignored, r.ID)
	}
	currency := r.Currency
	if currency == "" {
		currency = domain.TRY
	}
	if r.Price.Valid && numberText(r.Price) == numberText(kept.Price) && currency == kept.Currency {
		l.agreed[fmt.Sprint(kept.ID, " ", r.ID, " price")] = numberText(r.Price)
	}
	if r.Stock.Valid && numberText(r.Stock) == numberText(kept.Stock) {
		l.agreed[fmt.Sprint(kept.ID, " ", r.ID, " stock")] = numberText(r.Stock)
	}
}

// take gives p the values of r that are taken.
func (l *ledger) take(p *domain.Product, r domain.RemoteProduct) (notes []transfer.Note) {
	if r.Price.Valid && r.Price.Decimal.Sign() <= 0 {
		notes = append(notes, transfer.NoteZeroPrice)
	} else if r.Price.Valid && r.Currency == "" && l.options.Currency != domain.TRY {
		notes = append(notes, transfer.NoteCurrency)
	} else if r.Price.Valid {
		p.Price, p.Currency = r.Price, l.options.Currency
	}
	if r.Stock.Valid {
		p.Stock = r.Stock
	}
	if r.Stock.Valid && r.Stock.Decimal.Sign() < 0 {
		notes = append(notes, transfer.NoteNegativeStock)
	}
	if l.options.TakeName && r.Name != "" {
		p.Name = r.Name
	}
	if l.options.TakeBrand && r.Brand != "" {
		p.Brand = r.Brand
	}
	if l.options.TakeVAT && r.VATRate.Valid {
		p.VATRate = r.VATRate
	}
	return notes
}

func numberText(d decimal.NullDecimal) string {
	if !d.Valid {
		return "-"
	}
	return d.Decimal.String()
}

func valuesText(p domain.Product) string {
	return fmt.Sprintf("(%s %s %s)", numberText(p.Price), p.Currency, numberText(p.Stock))
}

func contentText(p domain.Product) string {
	return fmt.Sprintf("%q %q %q %q %s %s %s", p.Code, p.Barcode, p.Name, p.Brand, numberText(p.VATRate), p.State, valuesText(p))
}

// standing is what is there in the end, in lines.
func (l *ledger) standing() []string {
	lines := strings.Split(l.out.String(), "\n")
	var rest []string
	for id, p := range l.products {
		rest = append(rest, fmt.Sprintf("product %d: %s revision %d", id, contentText(*p), p.Revision))
	}
	for remote, id := range l.bound {
		rest = append(rest, fmt.Sprintf("%s is bound to %d", remote, id))
	}
	for pair, value := range l.agreed {
		rest = append(rest, fmt.Sprintf("agreed %s: %s", pair, value))
	}
	slices.Sort(rest)
	return append(lines, rest...)
}

// kept is what the store has in the end, in the same lines; the rows are those of these runs.
func kept(t *testing.T, c *sqlitetest.Company, runs ...int64) []string {
	t.Helper()
	l := ledgerOf(t, c)
	for _, run := range runs {
		for row, err := range c.EachRow(t.Context(), transfer.Query{RunID: run}) {
			sqlitetest.Must(t, err)
			p := row.Planned
			text := func(v transfer.Values) string {
				return valuesText(domain.Product{Price: v.Price, Currency: v.Currency, Stock: v.Stock})
			}
			fmt.Fprintf(&l.out, "%s %q %q %d %q %t %d %d | %s %q %v %s %s | %s %v %s\n", row.Remote.ID, row.Tier, row.Reason, row.Candidates, row.Flag, row.Skipped, row.ProductID, row.Revision,
				p.Outcome, p.Becomes, p.Notes, text(p.Before), text(p.After), row.Outcome, row.Notes, text(row.Applied))
		}
	}
	return l.standing()
}

// ledgerOf is what a company has.
func ledgerOf(t *testing.T, c *sqlitetest.Company) *ledger {
	t.Helper()
	l := &ledger{products: map[domain.ProductID]*domain.Product{}, bound: map[domain.RemoteID]domain.ProductID{}, agreed: map[string]string{}, ignored: map[domain.RemoteID]bool{}}
	for _, g := range sqlitetest.RowsBy(t, c.DB.Reader, `SELECT remote_id FROM ignored`) {
		l.ignored[domain.RemoteID(fmt.Sprint(g["remote_id"]))] = true
	}
	for p, err := range c.AllProducts(t.Context()) {
		sqlitetest.Must(t, err)
		l.products[p.ID] = &p
	}
	for _, b := range sqlitetest.RowsBy(t, c.DB.Reader, `SELECT remote_id, product_id FROM binding`) {
		l.bound[domain.RemoteID(fmt.Sprint(b["remote_id"]))] = domain.ProductID(b["product_id"].(int64))
	}
	for _, s := range sqlitetest.RowsBy(t, c.DB.Reader, `SELECT remote_id, product_id FROM separation`) {
		l.separated = append(l.separated, matching.Pair{Remote: domain.RemoteID(fmt.Sprint(s["remote_id"])), Local: domain.ProductID(s["product_id"].(int64))})
	}
	for _, a := range sqlitetest.RowsBy(t, c.DB.Reader, `SELECT product_id, remote_id, field, value FROM agreed ORDER BY id`) {
		l.agreed[fmt.Sprint(a["product_id"], " ", a["remote_id"], " ", a["field"])] = fmt.Sprint(a["value"])
	}
	return l
}

// carriedOut matches and applies a run in steps of a few rows.
func carriedOut(t *testing.T, c *sqlitetest.Company, r transfer.Run, step int) {
	t.Helper()
	r, err := transfer.Import{Catalogue: c}.Match(t.Context(), r)
	sqlitetest.Must(t, err)
	for rows := -1; rows != 0; {
		r, rows, _, err = transfer.Import{Catalogue: c}.Step(t.Context(), r, step)
		sqlitetest.Must(t, err)
	}
}

// wantEqual carries out run 1 of a company, then what it has read once more, with some rows changed, and fails the test unless all of it
// is, to the letter, what the ledger says, whose lines it gives.
func wantEqual(t *testing.T, name string, c *sqlitetest.Company, change func(i int, p *domain.RemoteProduct), step int) []string {
	t.Helper()
	first := storedRun(t, c, 1)
	rows, _, err := c.Rows(t.Context(), transfer.Query{RunID: 1, Outcome: transfer.OutcomePending})
	sqlitetest.Must(t, err)
	list := make([]domain.RemoteProduct, len(rows))
	for i, row := range rows {
		list[i] = row.Remote
	}
	want := ledgerOf(t, c)
	want.options = first.Options
	want.run(list)
	carriedOut(t, c, first, step)
	same(t, name+", first", want.standing(), kept(t, c, 1))

	for i := range list {
		change(i, &list[i])
	}
	again, err := c.CreateRun(t.Context(), transfer.Run{State: transfer.StatePreparing, Phase: transfer.PhaseRead, NextPage: 1, Options: first.Options, ConfirmedAt: domaintest.Moment})
	sqlitetest.Must(t, err)
	again, err = c.StagePage(t.Context(), again, list)
	sqlitetest.Must(t, err)
	want.run(list)
	carriedOut(t, c, again, step)
	same(t, name+", again", want.standing(), kept(t, c, 1, again.ID))
	return want.standing()
}

func same(t *testing.T, name string, want, got []string) {
	t.Helper()
	if slices.Equal(want, got) {
		return
	}
	for i := range max(len(want), len(got)) {
		w, g := "", ""
		if i < len(want) {
			w = want[i]
		}
		if i < len(got) {
			g = got[i]
		}
		if w != g {
			t.Fatalf("%s, line %d:\n%s\nwant\n%s", name, i, g, w)
		}
	}
}

// Whatever two sides there are: matching, plan, products, bindings and what both sides agree on are what the ledger says. MARKETS says
// on how many random ones that is tried.
func TestTransfer_equalsTheLedger(t *testing.T) {
	markets := 24 / sqlitetest.Thinned
	if text := os.Getenv("MARKETS"); text != "" {
		var err error
		markets, err = strconv.Atoi(text)
		sqlitetest.Must(t, err)
	}
	became := map[string]int{}
	for seed := range uint64(markets) {
		random := rand.New(rand.NewPCG(seed, 2))
		lines := wantEqual(t, fmt.Sprint("market ", seed), market(t, seed), func(_ int, p *domain.RemoteProduct) {
			switch random.IntN(12) {
			case 0:
				p.Price = sqlitetest.Dec("12.50")
			case 1:
				p.Stock = sqlitetest.Dec("3")
			case 2:
				p.Active = !p.Active
			case 3:
				p.Name = "f"
			}
		}, 1+random.IntN(20))
		for _, line := range lines {
			for _, word := range strings.Fields(line) {
				became[word]++
			}
		}
	}
	for _, word := range []string{
		`"known"`, `"barcode"`, `"code"`, `"passive"`, `"other-currency"`, `"bound-elsewhere"`, `"ambiguous"`, `"conflict"`, `"no-candidate"`, `"separated"`, `"listed"`, `"draft"`,
		"matched", "unmatched", "skipped", "failed", "[zero-price]", "[negative-stock]", "[price-currency]", "[changed-since-plan]",
	} {
		if became[word] < markets/12 {
			t.Errorf("%s came up %d times in %d markets: they do not try it", word, became[word], markets)
		}
	}
}

// Some of the price lists of two chains that share their codes, one of which has lost leading zeros.
func TestTransfer_equalsTheLedgerOnRealLists(t *testing.T) {
	local, remote := realList(t, "market-fiyatlari/migros_2026-02-25.csv"), realList(t, "market-fiyatlari/macrocenter_prices_2026-02-25.csv")
	some := func(code string) bool {
		return strings.HasSuffix(code, "5") && strings.HasSuffix(code[:len(code)-1], "3")
	}
	c := sqlitetest.NewCompany(t)
	sqlitetest.Clock(c)
	var products []domain.Product
	for _, row := range local {
		if code := row["sku"]; some(code) {
			products = append(products, domain.Product{Name: row["name"], Brand: row["brand"], Code: domain.Code(code), Price: sqlitetest.Dec(row["regular_price"]), Currency: domain.TRY})
		}
	}
	_, err := c.SaveProducts(t.Context(), products...)
	sqlitetest.Must(t, err)
	r, err := c.CreateRun(t.Context(), transfer.Run{
		State: transfer.StatePreparing, Phase: transfer.PhaseRead, NextPage: 1, Options: transfer.DefaultOptions(domain.TRY), ConfirmedAt: domaintest.Moment,
	})
	sqlitetest.Must(t, err)
	var list []domain.RemoteProduct
	for i, row := range remote {
		if code := row["SKU"]; some(code) {
			list = append(list, domain.RemoteProduct{
				ID: domain.RemoteID(fmt.Sprint(i + 1)), Type: storedtransfer.TypeProduct, Name: row["Name"], Brand: row["Brand"], Code: domain.Code(code), Active: row["Status"] == "IN_SALE",
				Price: sqlitetest.Dec(row["Price"]),
			})
		}
	}
	_, err = c.StagePage(t.Context(), r, list)
	sqlitetest.Must(t, err)
	wantEqual(t, fmt.Sprintf("%d and %d products", len(products), len(list)), c, func(i int, p *domain.RemoteProduct) {
		if i%7 == 0 {
			p.Price = sqlitetest.Dec("1.25")
		}
	}, transfer.BatchSize)
	if pairs := sqlitetest.Count(t, c, `SELECT count(*) FROM binding`); pairs < 10 {
		t.Errorf("%d pairs among %d and %d products prove little", pairs, len(products), len(list))
	}
}

// realList reads a file of the real product lists, which are no part of the project: in SOPYO_TESTDATA, or in shared/data beside it.
func realList(t *testing.T, name string) (rows []map[string]string) {
	t.Helper()
	dirs := []string{os.Getenv("SOPYO_TESTDATA")}
	for up := ".."; len(up) < 20; up = filepath.Join(up, "..") {
		dirs = append(dirs, filepath.Join(up, "shared", "data"))
	}
	for _, dir := range dirs {
		path := filepath.Join(dir, filepath.FromSlash(name))
		f, err := os.Open(path)
		if dir == "" || err != nil {
			continue
		}
		defer func() { _ = f.Close() }()
		all, err := csv.NewReader(f).ReadAll()
		sqlitetest.Must(t, err)
		all[0][0] = strings.TrimPrefix(all[0][0], "\ufeff")
		for _, cells := range all[1:] {
			row := map[string]string{}
			for i, head := range all[0] {
				row[head] = cells[i]
			}
			rows = append(rows, row)
		}
		return rows
	}
	t.Skipf("%s is not here; SOPYO_TESTDATA names the folder of the real lists", name)
	return nil
}
