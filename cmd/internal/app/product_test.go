package app

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/history"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// kept is what a file cannot say of a product.
var kept = []string{"ID", "State", "Revision", "UpdatedAt"}

func TestProduct_comesBackWholeFromAFileWeWrote(t *testing.T) {
	h := newHouse(t, sandbox.Options{})
	h.stock()
	was := h.products()
	for _, ending := range []string{"csv", "xlsx"} {
		path := filepath.Join(h.home, "katalog."+ending)
		if err := h.ExportFile(t.Context(), path); err != nil {
			t.Fatal(err)
		}
		info, err := h.app.NewCompany(t.Context(), "Alan "+ending, false)
		if err != nil {
			t.Fatal(err)
		}
		other := &house{t: t, Company: opened(t, h.app, info)}
		var count listing.Count
		r, err := other.ImportFile(t.Context(), path, listing.Reading{}, nil, &count)
		if err != nil || r.Added != len(was) || r.Rows != len(was) || r.Refused != 0 || r.ProblemCount != 0 {
			t.Errorf("%s: %+v, %v", ending, r, err)
		}
		if read, written, of := count.Snapshot(); read != len(was) || written != len(was) || of != len(was) {
			t.Errorf("%s: counted %d, %d of %d", ending, read, written, of)
		}
		other.same(ending, was, kept...)
		for _, p := range other.products() {
			if p.State != domain.ProductActive {
				t.Errorf("%s: %s is %s", ending, p.Name, p.State)
			}
		}
		entries, n, err := other.History(t.Context(), 1, 0)
		if err != nil || n != 1 || entries[0].What != "import" || !strings.Contains(entries[0].Detail, `"katalog.`+ending+`"`) {
			t.Errorf("history %+v, %v", entries, err)
		}
		if err := other.Close(); err != nil {
			t.Error(err)
		}
		again, err := h.ImportFile(t.Context(), path, listing.Reading{}, nil, &listing.Count{})
		if err != nil || again.Unchanged != len(was) || again.Added+again.Updated != 0 {
			t.Errorf("%s, taken in again: %+v, %v", ending, again, err)
		}
		h.same(ending+" taken in again", was)
	}
}

func TestImportFile_saysWhatItTookAndWhatItCouldNot(t *testing.T) {
	h := newHouse(t, sandbox.Options{})
	path := filepath.Join(h.home, "liste.csv")
	writeFile(t, path, "alfa;beta;gama\nK-1;Bir;12,50\n;;5,00\nK-2;İki;on\n")
	_, err := h.ImportFile(t.Context(), path, listing.Reading{}, nil, &listing.Count{})
	wantKind(t, "a header that says nothing", err, domain.KindInvalid, "map", "columns-unknown")
	if err == nil || !strings.Contains(err.Error(), "alfa, beta, gama") {
		t.Errorf("the columns are not named: %v", err)
	}
	if _, err := h.ImportFile(t.Context(), path, listing.Reading{}, map[listing.Field]string{listing.Code: "delta"}, &listing.Count{}); domain.KindOf(err) != domain.KindInvalid {
		t.Errorf("a column that is not there: %v", err)
	}
	for _, f := range []struct {
		field listing.Field
		of    func(domain.Product) string
	}{
		{listing.Code, func(p domain.Product) string { return string(p.Code) }},
		{listing.Barcode, func(p domain.Product) string { return string(p.Barcode) }},
		{listing.Name, func(p domain.Product) string { return p.Name }},
	} { // each of them is enough to know a product by
		o := filepath.Join(h.home, string(f.field)+".csv")
		writeFile(t, o, "alfa;beta\n"+domaintest.GTIN13(7)+";1,00\n")
		if r, err := h.ImportFile(t.Context(), o, listing.Reading{}, map[listing.Field]string{f.field: "alfa"}, &listing.Count{}); err != nil || r.Added != 1 {
			t.Errorf("%s: %+v, %v", f.field, r, err)
		}
		if !slices.ContainsFunc(slices.Collect(maps.Values(h.products())), func(p domain.Product) bool { return f.of(p) == domaintest.GTIN13(7) }) {
			t.Errorf("%s: not in the catalogue", f.field)
		}
	}
	var count listing.Count
	r, err := h.ImportFile(t.Context(), path, listing.Reading{}, map[listing.Field]string{listing.Code: "alfa", listing.Name: "2", listing.Price: "C"}, &count)
	want := listing.Result{Tally: listing.Tally{Added: 2}, Account: listing.Account{Rows: 3, Refused: 1, Columns: map[listing.Field]string{listing.Code: "alfa", listing.Name: "beta", listing.Price: "gama"}}, ProblemCount: 2, Problems: []listing.Noted{
		{Problem: listing.Problem{Reason: listing.NothingToKnowBy}, Line: 3, Refused: true},
		{Problem: listing.Problem{Field: listing.Price, Value: "on", Reason: listing.BadNumber}, Line: 4},
	}}
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range domaintest.Differences(r, want, "Problems[0].Problem.Field") {
		t.Error(d)
	}
	if read, written, of := count.Snapshot(); read != 3 || written != 2 || of != 2 {
		t.Errorf("counted %d, %d of %d", read, written, of)
	}
	was := h.products()
	if !was["Bir"].Price.Decimal.Equal(decimal.RequireFromString("12.5")) || was["İki"].Price.Valid {
		t.Errorf("%+v", was)
	}
	someReads(t, "taking a file in", func(ctx context.Context) (listing.Result, error) {
		return h.ImportFile(ctx, path, listing.Reading{}, map[listing.Field]string{listing.Code: "A", listing.Name: "B"}, &listing.Count{})
	})
	h.same("a file cut off", was)
	torn := filepath.Join(h.home, "yarım.xml")
	writeFile(t, torn, `<products><product><code>Y-1</code><name>Bir</name></product><product><code>Y-2</code><name>İki</name></product><product><code>Y-`)
	if r, err := h.ImportFile(t.Context(), torn, listing.Reading{}, nil, &listing.Count{}); domain.KindOf(err) != domain.KindFile {
		t.Errorf("a file that ends in the middle of a product: %+v, %v", r, err)
	}
	h.same("a file torn off", was)
	writeFile(t, path, "Stok Kodu;Ürün Adı\n")
	if _, err = h.ImportFile(t.Context(), path, listing.Reading{}, nil, &listing.Count{}); domain.KindOf(err) != domain.KindEmptyFile {
		t.Errorf("no row: %v", err)
	}
	if _, err := h.ImportFile(t.Context(), filepath.Join(h.home, "yok.csv"), listing.Reading{}, nil, &listing.Count{}); domain.KindOf(err) != domain.KindFile {
		t.Errorf("no file: %v", err)
	}
	for name, path := range map[string]string{"no folder": filepath.Join(h.home, "yok", "k.csv"), "no ending of ours": filepath.Join(h.home, "k.doc")} {
		if err := h.ExportFile(t.Context(), path); err == nil {
			t.Errorf("%s: exported", name)
		}
	}
}

// taken is what a transfer of these choices makes of a partner, by the words of the rules.
func taken(p domain.Product, remote sandbox.Product, o transfer.Options) domain.Product {
	if remote.Price.Decimal.IsPositive() {
		p.Price = remote.Price
	}
	p.Stock = remote.Stock
	if o.TakeName {
		p.Name = remote.Name
	}
	if o.TakeBrand && remote.Brand != "" {
		p.Brand = remote.Brand
	}
	if o.TakeVAT && remote.VATRate.Valid {
		p.VATRate = remote.VATRate
	}
	return p
}

func TestTransfer_eachSwitchCarriesItsFieldAndTheUndoPutsAllBack(t *testing.T) {
	h := newHouse(t, sandbox.Options{}).signIn()
	known := h.stock()
	was := h.products()
	far := shelf()
	for name, tt := range map[string]struct {
		change func(*transfer.Options)
		pairs  map[string]int // product → index of its partner
		made   []int
		state  domain.ProductState
		counts transfer.Counters
	}{
		"as it opens":   {func(*transfer.Options) {}, map[string]int{"A": 0, "B": 1, "C": 4}, nil, "", transfer.Counters{Read: 5, Transferred: 4, Matched: 3, Unmatched: 1, Skipped: 1}},
		"names":         {func(o *transfer.Options) { o.TakeName = true }, map[string]int{"A": 0, "B": 1, "C": 4}, nil, "", transfer.Counters{Read: 5, Transferred: 4, Matched: 3, Unmatched: 1, Skipped: 1}},
		"brands":        {func(o *transfer.Options) { o.TakeBrand = true }, map[string]int{"A": 0, "B": 1, "C": 4}, nil, "", transfer.Counters{Read: 5, Transferred: 4, Matched: 3, Unmatched: 1, Skipped: 1}},
		"rates":         {func(o *transfer.Options) { o.TakeVAT = true }, map[string]int{"A": 0, "B": 1, "C": 4}, nil, "", transfer.Counters{Read: 5, Transferred: 4, Matched: 3, Unmatched: 1, Skipped: 1}},
		"no barcodes":   {func(o *transfer.Options) { o.ByBarcode = false }, map[string]int{"B": 1, "C": 4}, nil, "", transfer.Counters{Read: 5, Transferred: 4, Matched: 2, Unmatched: 2, Skipped: 1}},
		"no codes":      {func(o *transfer.Options) { o.ByCode = false }, map[string]int{"A": 0}, nil, "", transfer.Counters{Read: 5, Transferred: 4, Matched: 1, Unmatched: 3, Skipped: 1}},
		"passive too":   {func(o *transfer.Options) { o.IncludePassive = true }, map[string]int{"A": 0, "B": 1, "C": 4}, nil, "", transfer.Counters{Read: 5, Transferred: 5, Matched: 3, Unmatched: 2}},
		"only in stock": {func(o *transfer.Options) { o.OnlyInStock = true }, map[string]int{"A": 0, "B": 1}, nil, "", transfer.Counters{Read: 5, Transferred: 3, Matched: 2, Unmatched: 1, Skipped: 2}},
		"drafts": {
			func(o *transfer.Options) { o.Unmatched = transfer.UnmatchedDraft },
			map[string]int{"A": 0, "B": 1, "C": 4},
			[]int{2},
			domain.ProductDraft,
			transfer.Counters{Read: 5, Transferred: 4, Matched: 3, Unmatched: 1, Skipped: 1},
		},
		"new ones": {
			func(o *transfer.Options) { o.Unmatched, o.IncludePassive = transfer.UnmatchedCreated, true },
			map[string]int{"A": 0, "B": 1, "C": 4},
			[]int{2, 3},
			domain.ProductActive,
			transfer.Counters{Read: 5, Transferred: 5, Matched: 3, Unmatched: 2},
		},
	} {
		t.Run(name, func(t *testing.T) {
			h.t = t
			run := h.transferred(tt.change)
			if run.State != transfer.StateDone || run.Counters != tt.counts || run.APIReads != 1 || run.APIWrites != 0 || run.Options.Currency != domain.TRY {
				t.Errorf("%+v", run)
			}
			want := maps.Clone(was)
			for product, i := range tt.pairs {
				p := known[product]
				delete(want, p.Name)
				p = taken(p, far[i], run.Options)
				want[p.Name] = p
			}
			for _, i := range tt.made {
				state := tt.state
				if far[i].Passive {
					state = domain.ProductPassive
				}
				want[far[i].Name] = taken(domain.Product{
					Code: domain.Code(far[i].Code), Barcode: domain.Barcode(far[i].Barcode), Name: far[i].Name, Brand: far[i].Brand,
					VATRate: far[i].VATRate, Currency: domain.TRY, State: state,
				}, far[i], run.Options)
			}
			h.same("transferred", want, "ID", "Revision", "UpdatedAt")
			listed, total, err := h.ListProducts(t.Context(), domain.ProductQuery{})
			if err != nil || total != len(want) {
				t.Errorf("%d listed, %v", total, err)
			}
			for _, l := range listed {
				row, bound, err := h.Pair(t.Context(), l.ID)
				if err != nil || bound != (l.Bound != "") || row.Remote.ID != l.Bound {
					t.Errorf("%s is bound to %q, its pair is %q, %v", l.Name, l.Bound, row.Remote.ID, err)
				}
				if i, paired := tt.pairs[l.Name[:1]]; paired && !run.Options.TakeName && string(l.Bound) != fmt.Sprint(far[i].ID) {
					t.Errorf("%s is bound to %q", l.Name, l.Bound)
				}
			}
			plan, err := h.PlanUndo(t.Context(), run.ID)
			if err != nil || plan.Removed != len(tt.made) || plan.Unbound != len(tt.pairs)+len(tt.made) || plan.Restored != len(tt.pairs) || plan.BlockedCount != 0 {
				t.Errorf("to be undone: %+v, %v", plan, err)
			}
			steps := [][2]int{}
			undone, err := h.Undo(t.Context(), run.ID, func(n, of int) { steps = append(steps, [2]int{n, of}) })
			if err != nil || undone.Run.UndoneAt.IsZero() {
				t.Errorf("%+v, %v", undone, err)
			}
			if last := steps[len(steps)-1]; last != [2]int{transfer.BatchSize, transfer.BatchSize} || len(steps) != 1 {
				t.Errorf("counted %v", steps)
			}
			h.same("undone", was, "UpdatedAt")
		})
	}
	h.t = t
	runs, total, err := h.Runs(t.Context(), 2, 1)
	if err != nil || total != 10 || len(runs) != 2 || runs[0].ID != 9 {
		t.Errorf("%d transfers, %+v, %v", total, runs, err)
	}
	h.nextSitting()
	h.same("the next sitting", was, "UpdatedAt")
}

func TestDecisions_carryTheProductAndAreTakenBack(t *testing.T) {
	h := newHouse(t, sandbox.Options{}).signIn()
	known := h.stock()
	run := h.transferred()
	was, rows := h.products(), h.rows(run.ID)
	choices, err := h.Choices(t.Context(), run.ID, "13", nil, 5)
	if err != nil || choices.Row.Remote.Name != "Uzak üç" || len(choices.Suggestions) != 0 {
		t.Fatalf("without its box it could be %+v, %v", choices, err)
	}
	if choices, err = h.OtherUnits(t.Context(), run.ID, "13", 5); err != nil || len(choices.Suggestions) != 1 {
		t.Fatalf("%+v, %v", choices, err)
	}
	s := choices.Suggestions[0]
	for _, d := range domaintest.Differences(s.Product, known["D"]) {
		t.Error("suggested:", d)
	}
	if s.BoundTo != "" || !slices.Equal(s.Why, []matching.Evidence{matching.ByOtherUnit}) || choices.Row.Remote.ID != "13" {
		t.Errorf("%+v", choices)
	}
	if n := h.server.Count(sandbox.RouteProduct); n != 1 {
		t.Errorf("%d reads for one product", n)
	}
	if none, err := h.OtherUnits(t.Context(), run.ID, "11", 5); err != nil || len(none.Suggestions) == 0 || none.Suggestions[0].Product.ID != known["A"].ID {
		t.Errorf("of a product without a box: %+v, %v", none, err)
	}

	far := shelf()
	pair := []transfer.Decision{{Kind: transfer.DecidePair, Remote: "13", Product: known["D"].ID}}
	paired := maps.Clone(was)
	paired[known["D"].Name] = taken(known["D"], far[2], run.Options)
	created := maps.Clone(was)
	created["Uzak üç"] = domain.Product{
		Code: "R-13", Barcode: domain.Barcode(far[2].Barcode), Name: "Uzak üç", Brand: "Marka üç", VATRate: far[2].VATRate, Currency: domain.TRY,
		State: domain.ProductActive, Price: far[2].Price, Stock: far[2].Stock,
	}
	apart := maps.Clone(was)
	apart[known["A"].Name] = known["A"]
	for name, tt := range map[string]struct {
		decisions []transfer.Decision
		want      map[string]domain.Product
		remote    domain.RemoteID
		outcome   transfer.Outcome
		matched   int
	}{
		"pair":     {pair, paired, "13", transfer.OutcomeMatched, 4},
		"create":   {[]transfer.Decision{{Kind: transfer.DecideCreate, Remote: "13"}}, created, "13", transfer.OutcomeUnmatched, 3},
		"ignore":   {[]transfer.Decision{{Kind: transfer.DecideIgnore, Remote: "13"}}, was, "13", transfer.OutcomeUnmatched, 3},
		"separate": {[]transfer.Decision{{Kind: transfer.DecideSeparate, Remote: "11"}}, apart, "11", transfer.OutcomeUnmatched, 2},
	} {
		t.Run(name, func(t *testing.T) {
			h.t = t
			refused := transfer.Decision{Kind: tt.decisions[0].Kind, Remote: "99", Product: tt.decisions[0].Product}
			done, err := h.Decide(t.Context(), run.ID, append(tt.decisions, refused))
			if err != nil || done.Done != 1 || done.Run.Counters.Matched != tt.matched || done.ID == 0 {
				t.Fatalf("%+v, %v", done, err)
			}
			if want := []transfer.Refusal{{Decision: refused, Why: transfer.RefusedGone}}; !slices.Equal(done.Refused, want) {
				t.Errorf("refused %+v", done.Refused)
			}
			h.same("decided", tt.want, "ID", "Revision", "UpdatedAt")
			row := h.rows(run.ID)[tt.remote]
			if row.Outcome != tt.outcome || row.Decided != tt.decisions[0].Kind {
				t.Errorf("%+v", row)
			}
			back, err := h.TakeBack(t.Context(), done.ID)
			if err != nil || back.Done != 1 || back.Run.Counters != run.Counters {
				t.Errorf("taken back: %+v, %v", back, err)
			}
			h.same("taken back", was, "UpdatedAt")
			for id, r := range h.rows(run.ID) {
				for _, d := range domaintest.Differences(r, rows[id]) {
					t.Errorf("row %s after taking back: %s", id, d)
				}
			}
		})
	}
	h.t = t
	if _, err := h.TakeBack(t.Context(), 77); err == nil {
		t.Error("took back what nobody decided")
	}
	if _, err := h.Choices(t.Context(), run.ID, "99", nil, 5); domain.KindOf(err) != domain.KindNotFound {
		t.Errorf("%v", err)
	}
	if _, err := h.OtherUnits(t.Context(), run.ID, "99", 5); domain.KindOf(err) != domain.KindNotFound {
		t.Errorf("%v", err)
	}
	h.server.Fault(sandbox.Fault{Kind: sandbox.FaultStatus, Route: sandbox.RouteProduct, Status: 403})
	if _, err := h.OtherUnits(t.Context(), run.ID, "13", 5); domain.KindOf(err) != domain.KindForbidden {
		t.Errorf("İşbaşı refuses: %v", err)
	}
	h.server.Mend()
	everyRead(t, "other units", func(ctx context.Context) (transfer.Choices, error) { return h.OtherUnits(ctx, run.ID, "13", 5) })
	everyRead(t, "choices", func(ctx context.Context) (transfer.Choices, error) { return h.Choices(ctx, run.ID, "13", nil, 5) })
	if err := h.Forget(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := h.OtherUnits(t.Context(), run.ID, "13", 5); domain.KindOf(err) != domain.KindNeedsSignIn {
		t.Errorf("nobody is signed in: %v", err)
	}
}

func TestUndo_ofAnInterruptedTransferTakesItsPlaceInTheLineAway(t *testing.T) {
	h := newHouse(t, sandbox.Options{}).signIn()
	h.stock()
	was := h.products()
	run := h.transferred(func(o *transfer.Options) { o.Limit = 2 })
	if run.State != transfer.StateStopped || run.Counters.Pending != 3 {
		t.Fatalf("%+v", run)
	}
	if err := h.app.Machine.EnterQueue(t.Context(), h.Info.ID, run.ID); err != nil {
		t.Fatal(err)
	}
	if line, err := h.app.Queue.Places(t.Context()); err != nil || len(line) != 1 || line[0].Here || line[0].Run != run.ID || line[0].Name != h.Info.Name {
		t.Errorf("the line: %+v, %v", line, err)
	}
	all := func() []string {
		plan, err := h.PlanUndo(t.Context(), run.ID)
		if err != nil || plan.Run.UndoneAt.IsZero() {
			return []string{fmt.Sprint(plan, err)}
		}
		return nil
	}
	everyEnd(t, "undoing", func(ctx context.Context) error {
		_, err := h.Undo(ctx, run.ID, func(int, int) {})
		return err
	}, all)
	h.same("undone, cut off at every place", was, "UpdatedAt")
	if line, err := h.app.Queue.Places(t.Context()); err != nil || len(line) != 0 {
		t.Errorf("the line: %+v, %v", line, err)
	}
	if _, err := h.Undo(t.Context(), 77, func(int, int) {}); err == nil {
		t.Error("undid what never was")
	}
}

func TestUndo_waitsForTheTransferThatIsAtWork(t *testing.T) {
	h := newHouse(t, sandbox.Options{}).signIn()
	h.stock()
	before := h.transferred()
	h.server.Fault(sandbox.Fault{Kind: sandbox.FaultDelay, Route: sandbox.RouteProducts, Delay: time.Hour})
	work := h.Runner.Run(h.begin())
	until(t, "it reads", func() bool {
		return work.Job.Snapshot().ID != 0 && work.Job.Snapshot().State == transfer.StatePreparing
	})
	_, err := h.Undo(t.Context(), work.Job.Snapshot().ID, func(int, int) {})
	if domain.KindOf(err) != domain.KindBusy {
		t.Errorf("undid what is at work: %v", err)
	}
	if _, err := h.Undo(t.Context(), before.ID, func(int, int) {}); err != nil {
		t.Errorf("another one: %v", err)
	}
	h.Runner.Stop()
	soonOf(t, work.Done())
}

// until waits for ok.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	limit := time.After(time.Minute)
	for !ok() {
		select {
		case <-tick.C:
		case <-limit:
			t.Fatalf("not within a minute: %s", what)
		}
	}
}

func TestTransfer_goesOnInTheNextSitting(t *testing.T) {
	h := newHouse(t, sandbox.Options{}).signIn()
	known := h.stock()
	if job, err := h.Resume(t.Context()); err != nil || job != nil {
		t.Errorf("nothing to go on with, yet %v, %v", job, err)
	}
	first := h.transferred(func(o *transfer.Options) { o.Limit, o.TakeBrand, o.TakeName = 1, true, true })
	h.nextSitting()
	h.server.EndTokens()
	job, err := h.Resume(t.Context())
	if err != nil || job == nil || job.Snapshot().ID != first.ID {
		t.Fatalf("%v, %v", job, err)
	}
	// The limit was for the first sitting's try; all is written now, and İşbaşı is not asked again.
	last := h.done(job)
	if last.State != transfer.StateDone || last.APIReads != 1 || h.server.Count(sandbox.RouteProducts) != 1 {
		t.Errorf("%+v", last)
	}
	if p := h.products()["Uzak bir"]; p.ID != known["A"].ID || p.Brand != "Marka bir" {
		t.Errorf("%+v", p)
	}
	h.transferred(func(o *transfer.Options) { o.Limit = 1 })
	everyRead(t, "resuming", func(ctx context.Context) (int64, error) {
		job, err := h.Resume(ctx)
		if err != nil || job == nil {
			return 0, err
		}
		return job.Snapshot().ID, nil
	})
	everyRead(t, "the newest transfer", func(ctx context.Context) (transfer.Run, error) {
		run, _, err := h.LatestRun(ctx)
		return run, err
	})
}

func TestNew_refusesWhatCannotBeginAndSaysWhy(t *testing.T) {
	h := newHouse(t, sandbox.Options{})
	o := transfer.DefaultOptions(domain.TRY)
	_, err := h.New(t.Context(), o)
	wantKind(t, "nobody signed in", err, domain.KindNeedsSignIn, "", "never")
	h.signIn()
	nothing := o
	nothing.ByBarcode, nothing.ByCode = false, false
	if _, err := h.New(t.Context(), nothing); domain.KindOf(err) != domain.KindInvalid {
		t.Errorf("nothing to match by: %v", err)
	}
	to := o
	to.ReportTo = "ali"
	_, err = h.New(t.Context(), to)
	wantKind(t, "no address", err, domain.KindInvalid, "report_to", "mail-address")
	settings, err := h.Settings(t.Context())
	if err != nil || !settings.IntegrationOn {
		t.Fatalf("%+v, %v", settings, err)
	}
	settings.Currency = domain.EUR
	if err := h.SaveSettings(t.Context(), settings); err != nil {
		t.Fatal(err)
	}
	to.ReportTo, to.TakeBrand, to.Limit = "ali@example.com", true, 7
	job, err := h.New(t.Context(), to)
	want := to
	want.Currency = domain.EUR
	if err != nil || job.Snapshot().Options != want || job.Snapshot().ID != 0 {
		t.Errorf("%+v, %v", job, err)
	}
	everyRead(t, "a new job", func(ctx context.Context) (transfer.Options, error) {
		job, err := h.New(ctx, to)
		if err != nil {
			return transfer.Options{}, err
		}
		return job.Snapshot().Options, nil
	})
	settings.IntegrationOn = false
	if err := h.SaveSettings(t.Context(), settings); err != nil {
		t.Fatal(err)
	}
	_, err = h.New(t.Context(), o)
	wantKind(t, "closed", err, domain.KindInvalid, "integration", "integration-closed")
}

func TestDoctor_mendsAndTakesBackAndListsWhatItFound(t *testing.T) {
	h := newHouse(t, sandbox.Options{})
	bad := []string{"36000291452", "8,69E+12", "96385070"} // a zero lost, rounded, a wrong check digit
	var all []domain.Product
	for i, b := range bad {
		p := domaintest.Fill[domain.Product](i+1, domaintest.OneOf(domain.ProductActive))
		p.ID, p.Barcode, p.Code, p.Currency, p.VATRate, p.Name = 0, domain.Barcode(b), domain.Code(fmt.Sprintf("%d", 100+i)), domain.TRY, number("20"), fmt.Sprintf("Bozuk %d", i)
		all = append(all, p)
	}
	all[0].Code = "7"
	if _, err := h.SaveProducts(t.Context(), all...); err != nil {
		t.Fatal(err)
	}
	was := h.products()
	if _, ok, err := h.LastRepair(t.Context()); ok || err != nil {
		t.Errorf("a repair before any: %v", err)
	}
	var count doctor.Count
	r, err := h.Examine(t.Context(), &count)
	if err != nil || r.Examined != 3 || len(r.Findings) != 3 {
		t.Fatalf("%+v, %v", r, err)
	}
	if done, of := count.Snapshot(); done != 3 || of != 3 {
		t.Errorf("looked at %d of %d", done, of)
	}
	for i, f := range r.Findings {
		p := was[f.Name]
		if f.Product != p.ID || f.Code != p.Code || f.Value != string(p.Barcode) {
			t.Errorf("finding %d: %+v of %+v", i, f, p)
		}
	}
	path, err := h.ExportFindings(t.Context(), "tr", r.Findings)
	if err != nil {
		t.Fatal(err)
	}
	text, err := assets.NewText("tr")
	if err != nil {
		t.Fatal(err)
	}
	var head []string
	for _, k := range []string{"kind", "code", "name", "value", "proposed", "wrong"} {
		head = append(head, text.T("doctor."+k))
	}
	want := []string{strings.Join(head, "|")}
	for _, f := range r.Findings {
		want = append(want, strings.Join([]string{text.T("doctor.kind." + string(f.Kind)), string(f.Code), f.Name, f.Value, f.Proposed, doctor.Sentence(text, f)}, "|"))
	}
	if got := sheet(t, path); !slices.Equal(got, want) {
		t.Errorf("exported\n%q, want\n%q", got, want)
	}
	if filepath.Dir(path) != h.documentsOf() || !strings.HasPrefix(filepath.Base(path), text.T("doctor.export.name")+" 20") || filepath.Ext(path) != ".xlsx" {
		t.Error("exported to", path)
	}

	repair := doctor.RepairOf(r.Findings)
	count = doctor.Count{}
	done, err := h.Repair(t.Context(), repair, &count)
	if err != nil || done.Done != len(repair.Fixes) || done.Done != 2 || done.Left != 0 {
		t.Fatalf("%+v, %v", done, err)
	}
	if n, of := count.Snapshot(); n != 2 || of != 2 {
		t.Errorf("mended %d of %d", n, of)
	}
	mended := maps.Clone(was)
	for _, f := range repair.Fixes {
		for name, p := range mended {
			if p.ID == f.Product {
				p.Barcode = domain.Barcode(f.To)
				mended[name] = p
			}
		}
	}
	h.same("mended", mended, "Revision", "UpdatedAt")
	h.nextSitting()
	last, ok, err := h.LastRepair(t.Context())
	if err != nil || !ok || len(domaintest.Differences(last, done)) != 0 {
		t.Errorf("the last repair: %+v, %v, %v; want %+v", last, ok, err, done)
	}
	entries, total, err := h.History(t.Context(), 0, 0)
	if err != nil || total != len(entries) || !slices.ContainsFunc(entries, func(e history.Entry) bool { return e.What == "repair" }) {
		t.Errorf("%+v, %v", entries, err)
	}
	count = doctor.Count{}
	undone, err := h.UndoRepair(t.Context(), last, &count)
	if err != nil || undone.Done != 2 {
		t.Errorf("%+v, %v", undone, err)
	}
	if n, of := count.Snapshot(); n != 2 || of != 2 {
		t.Errorf("put back %d of %d", n, of)
	}
	h.same("taken back", was, "Revision", "UpdatedAt")
	if _, err := h.UndoRepair(t.Context(), last, &count); err == nil {
		t.Error("taken back twice")
	}

	count = doctor.Count{}
	pad, err := h.Padding(t.Context(), doctor.Code, 4, &count)
	if got := fmt.Sprint(pad.Fixes); err != nil || len(pad.Fixes) != 3 || !strings.Contains(got, "0007") {
		t.Errorf("%s, %v", got, err)
	}
	if n, of := count.Snapshot(); n != 3 || of != 3 {
		t.Errorf("looked at %d of %d", n, of)
	}
	if pad, err := h.Padding(t.Context(), doctor.Barcode, 12, &count); err != nil || len(pad.Fixes) != 1 || pad.Fixes[0].From != bad[0] {
		t.Errorf("%+v, %v", pad, err)
	}
	everyRead(t, "examining", func(ctx context.Context) (doctor.Report, error) { return h.Examine(ctx, &doctor.Count{}) })
	everyRead(t, "padding", func(ctx context.Context) (doctor.Padded, error) {
		return h.Padding(ctx, doctor.Code, 4, &doctor.Count{})
	})
	everyEnd(t, "exporting findings", func(ctx context.Context) error { _, err := h.ExportFindings(ctx, "tr", r.Findings); return err }, func() []string { return nil })
	if _, err := h.ExportFindings(endingAt(t.Context(), 1), "tr", r.Findings); domain.KindOf(err) != domain.KindCancelled {
		t.Errorf("%v", err)
	}
}
