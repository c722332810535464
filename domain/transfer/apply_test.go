package transfer

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/matching"
)

func TestSkip_saysWhichOptionExcludes(t *testing.T) {
	active := domain.RemoteProduct{Active: true, Stock: money("5")}
	with := func(change func(*domain.RemoteProduct)) domain.RemoteProduct { p := active; change(&p); return p }
	for name, c := range map[string]struct {
		o    Options
		p    domain.RemoteProduct
		want matching.Reason
	}{
		"nothing":                       {Options{Currency: "TRY"}, active, ""},
		"passive":                       {Options{Currency: "TRY"}, with(func(p *domain.RemoteProduct) { p.Active = false }), matching.ReasonPassive},
		"passive but included":          {Options{Currency: "TRY", IncludePassive: true}, with(func(p *domain.RemoteProduct) { p.Active = false }), ""},
		"product, told":                 {Options{Currency: "TRY"}, with(func(p *domain.RemoteProduct) { p.Type = domain.TypeProduct }), ""},
		"service":                       {Options{Currency: "TRY"}, with(func(p *domain.RemoteProduct) { p.Type = domain.TypeService }), matching.ReasonService},
		"service, passive":              {Options{Currency: "TRY"}, domain.RemoteProduct{Type: domain.TypeService}, matching.ReasonService},
		"no stock":                      {Options{Currency: "TRY", OnlyInStock: true}, with(func(p *domain.RemoteProduct) { p.Stock = money("0") }), matching.ReasonNoStock},
		"negative stock":                {Options{Currency: "TRY", OnlyInStock: true}, with(func(p *domain.RemoteProduct) { p.Stock = money("-1") }), matching.ReasonNoStock},
		"the least stock":               {Options{Currency: "TRY", OnlyInStock: true}, with(func(p *domain.RemoteProduct) { p.Stock = money("0.001") }), ""},
		"no stock, not asked about":     {Options{Currency: "TRY"}, with(func(p *domain.RemoteProduct) { p.Stock = money("0") }), ""},
		"lira, company in dollar":       {Options{Currency: "USD"}, with(func(p *domain.RemoteProduct) { p.Currency = "TRY" }), matching.ReasonOtherCurrency},
		"passive, no stock, foreign":    {Options{Currency: "TRY", OnlyInStock: true}, domain.RemoteProduct{Currency: "USD"}, matching.ReasonPassive},
		"no stock, foreign":             {Options{Currency: "TRY", OnlyInStock: true}, domain.RemoteProduct{Active: true, Currency: "USD"}, matching.ReasonNoStock},
		"absent stock":                  {Options{Currency: "TRY", OnlyInStock: true}, with(func(p *domain.RemoteProduct) { p.Stock = decimal.NullDecimal{} }), matching.ReasonNoStock},
		"absent stock with a rest":      {Options{Currency: "TRY", OnlyInStock: true}, with(func(p *domain.RemoteProduct) { p.Stock.Valid = false }), matching.ReasonNoStock},
		"other currency":                {Options{Currency: "TRY"}, with(func(p *domain.RemoteProduct) { p.Currency = "USD" }), matching.ReasonOtherCurrency},
		"own currency":                  {Options{Currency: "USD"}, with(func(p *domain.RemoteProduct) { p.Currency = "USD" }), ""},
		"none named, company in dollar": {Options{Currency: "USD"}, active, ""},
	} {
		if got := skip(c.o, c.p); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// both gives an İşbaşı product and a catalogue product of which no field is alike; the İşbaşı one is in
// the company's currency, lira.
func both() (domain.RemoteProduct, domain.Product) {
	remote := domaintest.Fill[domain.RemoteProduct](0, domaintest.OneOf(domain.TRY))
	product := domaintest.Fill[domain.Product](3)
	product.State = domain.ProductDraft
	return remote, product
}

// chosen gives every combination of what the wizard lets take, and of what İşbaşı has.
func chosen() []Options {
	var all []Options
	for n := range 8 {
		all = append(all, Options{Currency: domain.TRY, TakeName: n&1 != 0, TakeBrand: n&2 != 0, TakeVAT: n&4 != 0})
	}
	return all
}

func present(remote domain.RemoteProduct) []domain.RemoteProduct {
	var all []domain.RemoteProduct
	for n := range 32 {
		r := remote
		r.Price.Valid, r.Stock.Valid, r.VATRate.Valid = n&1 != 0, n&2 != 0, n&4 != 0
		if n&8 == 0 {
			r.Name = ""
		}
		if n&16 == 0 {
			r.Brand = ""
		}
		all = append(all, r)
	}
	return all
}

// On a match exactly what was chosen is taken, of what is there; every other field stays.
func TestDecide_aMatchWritesWhatWasChosenAndNothingElse(t *testing.T) {
	remote, product := both()
	for _, o := range chosen() {
		for _, r := range present(remote) {
			want := product
			if r.Price.Valid {
				want.Price, want.Currency = remote.Price, domain.TRY
			}
			if r.Stock.Valid {
				want.Stock = remote.Stock
			}
			if o.TakeName && r.Name != "" {
				want.Name = remote.Name
			}
			if o.TakeBrand && r.Brand != "" {
				want.Brand = remote.Brand
			}
			if o.TakeVAT && r.VATRate.Valid {
				want.VATRate = remote.VATRate
			}
			there := product
			row := Row{Remote: r, Tier: matching.TierCode, ProductID: product.ID, Revision: product.Revision, Outcome: OutcomeUnmatched}
			e := decide(o, Candidate{Row: row, Product: &there})
			paired, why := Judge(o, Decision{Kind: DecidePair}, Case{Candidate: Candidate{Row: row, Product: &there}})
			if why != "" || e.Outcome != OutcomeMatched || !e.Bind || len(e.Notes) != 0 {
				t.Fatalf("%q, %+v", why, e)
			}
			for how, got := range map[string]*domain.Product{"matched": e.Product, "paired by hand": paired.Product} {
				if got == nil {
					got = &there // nothing is to be written
				} else if len(domaintest.Differences(*got, product)) == 0 {
					t.Errorf("%+v: written, and nothing differs", o)
				}
				if d := domaintest.Differences(*got, want); len(d) != 0 {
					t.Errorf("%s with %+v of %+v: %q", how, o, r, d)
				}
			}
			if d := domaintest.Differences(there, product); len(d) != 0 {
				t.Fatalf("the catalogue's own product changed: %q", d)
			}
		}
	}
}

// A created product has everything that İşbaşı knows, whatever is to be taken on a match.
func TestDecide_aCreatedProductHasAllThatIsKnown(t *testing.T) {
	remote, _ := both()
	for _, o := range chosen() {
		for unmatched, state := range map[Unmatched]domain.ProductState{UnmatchedCreated: domain.ProductActive, UnmatchedDraft: domain.ProductDraft} {
			o.Unmatched = unmatched
			for n, r := range present(remote) {
				want := domain.Product{
					Code: remote.Code, Barcode: remote.Barcode, Name: r.Name, Brand: r.Brand, Currency: domain.TRY,
					Price: r.Price, Stock: r.Stock, VATRate: r.VATRate, State: state,
				}
				if r.Active = n%2 == 0; !r.Active { // passive there is passive here, draft or not
					want.State = domain.ProductPassive
				}
				row := Row{Remote: r, Reason: matching.ReasonNoCandidate, Outcome: OutcomeUnmatched}
				e := decide(o, Candidate{Row: row})
				made, why := Judge(o, Decision{Kind: DecideCreate}, Case{Candidate: Candidate{Row: row}})
				if why != "" || e.Outcome != OutcomeUnmatched || !e.Bind || !made.Bind {
					t.Fatalf("%q, %+v", why, e)
				}
				for how, got := range map[string]domain.Product{"created": *e.Product, "created by hand": *made.Product} {
					if d := domaintest.Differences(got, want); len(d) != 0 {
						t.Errorf("%s with %+v: %q", how, o, d)
					}
				}
			}
		}
	}
}

// A product that has all the values already is not written again; one different value writes it.
func TestDecide_writesOnlyWhatDiffers(t *testing.T) {
	_, product := both()
	product.Currency = domain.TRY
	alike := domain.RemoteProduct{
		ID: "7", Name: product.Name, Brand: product.Brand, Stock: product.Stock, VATRate: product.VATRate, Currency: domain.TRY,
		Price: decimal.NewNullDecimal(decimal.RequireFromString(product.Price.Decimal.String() + "00")), // the same in other digits
	}
	other, _ := both()
	taken := map[string]bool{"Name": true, "Brand": true, "Price": true, "Stock": true, "VATRate": true}
	all := Options{Currency: domain.TRY, TakeName: true, TakeBrand: true, TakeVAT: true}
	row := Row{Remote: alike, Tier: matching.TierCode, ProductID: product.ID, Revision: product.Revision}
	if e := decide(all, Candidate{Row: row, Product: &product}); e.Product != nil || e.Outcome != OutcomeMatched {
		t.Errorf("nothing differs: %+v", e)
	}
	for path, remote := range domaintest.Changed(alike, other) {
		row.Remote = remote
		if e := decide(all, Candidate{Row: row, Product: &product}); (e.Product != nil) != taken[path] {
			t.Errorf("another %s: written %v", path, e.Product != nil)
		}
		delete(taken, path)
	}
	if len(taken) != 0 {
		t.Errorf("not tried: %v", taken)
	}
	foreign := product
	foreign.Currency = domain.USD
	row.Remote = alike
	if e := decide(all, Candidate{Row: row, Product: &foreign}); e.Product == nil || e.Product.Currency != domain.TRY {
		t.Errorf("the same price in another currency: %+v", e)
	}
	for _, absent := range []decimal.NullDecimal{{}, money("0")} {
		bare := product
		bare.Stock, row.Remote.Stock = absent, money("0")
		if e := decide(all, Candidate{Row: row, Product: &bare}); (e.Product != nil) == absent.Valid {
			t.Errorf("no stock known before, none now: %+v", e)
		}
	}
}

func TestTake_valuesByTheRules(t *testing.T) {
	p := domain.Product{Name: "eski", Price: money("9.90"), Stock: money("4"), Currency: "TRY"}
	for name, c := range map[string]struct {
		o            Options
		remote       domain.RemoteProduct
		price, stock string
		label        string
		notes        []Note
	}{
		"price and stock, name kept": {Options{Currency: "TRY"}, domain.RemoteProduct{Name: "yeni", Price: money("12.5"), Stock: money("7")}, "12.5", "7", "eski", nil},
		"name when asked":            {Options{Currency: "TRY", TakeName: true}, domain.RemoteProduct{Name: "yeni"}, "9.9", "4", "yeni", nil},
		"zero price is not taken":    {Options{Currency: "TRY"}, domain.RemoteProduct{Price: money("0")}, "9.9", "4", "eski", []Note{NoteZeroPrice}},
		"negative stock is kept":     {Options{Currency: "TRY"}, domain.RemoteProduct{Stock: money("-2")}, "9.9", "-2", "eski", []Note{NoteNegativeStock}},
		"the least price":            {Options{Currency: "TRY"}, domain.RemoteProduct{Price: money("0.01")}, "0.01", "4", "eski", nil},
		"negative price":             {Options{Currency: "TRY"}, domain.RemoteProduct{Price: money("-0.01")}, "9.9", "4", "eski", []Note{NoteZeroPrice}},
		"stock of zero":              {Options{Currency: "TRY"}, domain.RemoteProduct{Stock: money("0")}, "9.9", "0", "eski", nil},
		"the least negative stock":   {Options{Currency: "TRY"}, domain.RemoteProduct{Stock: money("-0.001")}, "9.9", "-0.001", "eski", []Note{NoteNegativeStock}},
		"both":                       {Options{Currency: "TRY"}, domain.RemoteProduct{Price: money("0"), Stock: money("-1")}, "9.9", "-1", "eski", []Note{NoteZeroPrice, NoteNegativeStock}},
		"dollar, dollar firm":        {Options{Currency: "USD"}, domain.RemoteProduct{Price: money("12.5"), Currency: "USD"}, "12.5", "4", "eski", nil},
		"lira, named":                {Options{Currency: "TRY"}, domain.RemoteProduct{Price: money("12.5"), Currency: "TRY"}, "12.5", "4", "eski", nil},
		"zero, no currency, dollar":  {Options{Currency: "USD"}, domain.RemoteProduct{Price: money("0")}, "9.9", "4", "eski", []Note{NoteZeroPrice}},
		"no currency, dollar firm":   {Options{Currency: "USD"}, domain.RemoteProduct{Price: money("12.5")}, "9.9", "4", "eski", []Note{NoteCurrency}},
	} {
		got, notes := take(c.o, p, c.remote)
		if got.Price.Decimal.String() != c.price || got.Stock.Decimal.String() != c.stock || got.Name != c.label || !reflect.DeepEqual(notes, c.notes) {
			t.Errorf("%s: %s %s %q %v", name, got.Price.Decimal, got.Stock.Decimal, got.Name, notes)
		}
	}
}

func TestDecide(t *testing.T) {
	product := domain.Product{ID: 3, Revision: 2, Price: money("10"), Stock: money("1"), Currency: "TRY"}
	archived := product
	archived.State = domain.ProductArchived
	remote := domain.RemoteProduct{ID: "77", Name: "Ad", Price: money("10.00"), Stock: money("1")}
	matched := Row{Remote: remote, Tier: matching.TierBarcode, ProductID: 3, Revision: 2}
	known := matched
	known.Tier = matching.TierKnown
	later := matched
	later.Revision = 1
	lone := Row{Remote: remote, Reason: matching.ReasonNoCandidate}
	ambiguous := Row{Remote: remote, Reason: matching.ReasonAmbiguous}
	vetoed := Row{Remote: remote, Reason: matching.ReasonNoCandidate, Flag: matching.FlagVetoed}
	twice, apart := lone, lone
	twice.Flag, apart.Flag = matching.FlagRepeated, matching.FlagSeparated
	create := Options{Currency: "TRY", Unmatched: UnmatchedCreated}
	listed := DefaultOptions("TRY")
	for name, c := range map[string]struct {
		o       Options
		c       Candidate
		outcome Outcome
		bind    bool
		writes  bool
	}{
		"skipped":                          {listed, Candidate{Row: Row{Skipped: true}}, OutcomeSkipped, false, false},
		"matched, same values":             {listed, Candidate{Row: matched, Product: &product}, OutcomeMatched, true, false},
		"known, bound":                     {listed, Candidate{Row: known, Product: &product, BoundTo: 3, BoundFrom: "77"}, OutcomeMatched, false, false},
		"known, separated since":           {listed, Candidate{Row: known, Product: &product}, OutcomeFailed, false, false},
		"product gone":                     {listed, Candidate{Row: matched}, OutcomeFailed, false, false},
		"product changed since":            {listed, Candidate{Row: later, Product: &product}, OutcomeFailed, false, false},
		"product archived since":           {listed, Candidate{Row: matched, Product: &archived}, OutcomeFailed, false, false},
		"bound to another since":           {listed, Candidate{Row: matched, Product: &product, BoundTo: 9}, OutcomeFailed, false, false},
		"partner taken since":              {listed, Candidate{Row: matched, Product: &product, BoundFrom: "78"}, OutcomeFailed, false, false},
		"unmatched, listed":                {listed, Candidate{Row: lone}, OutcomeUnmatched, false, false},
		"unmatched, created":               {create, Candidate{Row: lone}, OutcomeUnmatched, true, true},
		"ambiguous is never created":       {create, Candidate{Row: ambiguous}, OutcomeUnmatched, false, false},
		"vetoed is never created":          {create, Candidate{Row: vetoed}, OutcomeUnmatched, false, false},
		"twice at İşbaşı is never created": {create, Candidate{Row: twice}, OutcomeUnmatched, false, false},
		"taken apart is never created":     {create, Candidate{Row: apart}, OutcomeUnmatched, false, false},
		"unmatched, bound by hand since":   {create, Candidate{Row: lone, BoundTo: 3}, OutcomeFailed, false, false},
		"matched, other price is written":  {listed, Candidate{Row: matched, Product: &domain.Product{ID: 3, Revision: 2}}, OutcomeMatched, true, true},
	} {
		e := decide(c.o, c.c)
		if e.Outcome != c.outcome || e.Bind != c.bind || (e.Product != nil) != c.writes {
			t.Errorf("%s: %+v", name, e)
		}
	}
}

// Of all that can stand in the catalogue when a matched row's turn comes, only what the plan saw is written.
func TestDecide_aMatchedRowHoldsOnlyIfNothingHasChanged(t *testing.T) {
	known := map[string]bool{}
	for _, held := range []string{"known 7 7", "known 7 ", "barcode 0 ", "barcode 0 7", "barcode 7 ", "barcode 7 7"} {
		known[held] = true
	}
	for _, tier := range []matching.Tier{matching.TierKnown, matching.TierBarcode} {
		for _, to := range []domain.ProductID{0, 7, 8} {
			for _, from := range []domain.RemoteID{"", "7", "8"} {
				for _, revision := range []int64{4, 5, 6} {
					for _, state := range []domain.ProductState{domain.ProductActive, domain.ProductDraft, domain.ProductArchived, "gone"} {
						c := Candidate{
							Row:     Row{Remote: domain.RemoteProduct{ID: "7"}, Tier: tier, ProductID: 7, Revision: 5},
							Product: &domain.Product{ID: 7, Revision: revision, State: state}, BoundTo: to, BoundFrom: from,
						}
						if state == "gone" {
							c.Product = nil
						}
						there := revision == 5 && (state == domain.ProductActive || state == domain.ProductDraft)
						want := Effect{Outcome: OutcomeFailed, Notes: []Note{NoteChanged}}
						if there && known[fmt.Sprintf("%s %d %s", tier, to, from)] {
							want = Effect{Outcome: OutcomeMatched, Bind: to == 0}
						}
						if got := decide(DefaultOptions(domain.TRY), c); !reflect.DeepEqual(got, want) {
							t.Errorf("%s, bound to %d from %q, revision %d, %s: %+v", tier, to, from, revision, state, got)
						}
					}
				}
			}
		}
	}
}

// Only what surely is not in the catalogue is created, by whichever word the wizard was told so.
func TestDecide_createsOnlyWhatIsSurelyNew(t *testing.T) {
	flags := map[matching.Flag]bool{
		matching.FlagNone: true, matching.FlagNotGTIN: true, matching.FlagRestored: true, matching.FlagSpelling: true,
		matching.FlagSeparated: false, matching.FlagVetoed: false, matching.FlagRestricted: false, matching.FlagRepeated: false,
	}
	reasons := map[matching.Reason]bool{
		matching.ReasonNoCandidate: true, matching.ReasonInvalidBarcode: true, matching.ReasonNothingToGoBy: true,
		matching.ReasonBoundElsewhere: false, matching.ReasonRepeatedRemote: false, matching.ReasonRepeatedLocal: false,
		matching.ReasonConflict: false, matching.ReasonAmbiguous: false, "": false,
	}
	for _, unmatched := range []Unmatched{UnmatchedListed, UnmatchedDraft, UnmatchedCreated} {
		for flag, flagOK := range flags {
			for reason, reasonOK := range reasons {
				for _, to := range []domain.ProductID{0, 3} {
					for _, skipped := range []bool{false, true} {
						o := DefaultOptions(domain.TRY)
						o.Unmatched = unmatched
						e := decide(o, Candidate{Row: Row{Flag: flag, Reason: reason, Skipped: skipped}, BoundTo: to})
						outcome, create := OutcomeUnmatched, unmatched != UnmatchedListed && flagOK && reasonOK
						switch {
						case skipped:
							outcome, create = OutcomeSkipped, false
						case to != 0:
							outcome, create = OutcomeFailed, false
						}
						if e.Outcome != outcome || (e.Product != nil) != create || e.Bind != create || (len(e.Notes) == 1) != (outcome == OutcomeFailed) {
							t.Errorf("%s, %q, %q, bound to %d, skipped %v: %+v", unmatched, flag, reason, to, skipped, e)
						}
					}
				}
			}
		}
	}
}
