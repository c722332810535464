package transfer

import (
	"reflect"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
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
		"no stock":                      {Options{Currency: "TRY", OnlyInStock: true}, with(func(p *domain.RemoteProduct) { p.Stock = money("0") }), matching.ReasonNoStock},
		"absent stock":                  {Options{Currency: "TRY", OnlyInStock: true}, with(func(p *domain.RemoteProduct) { p.Stock = decimal.NullDecimal{} }), matching.ReasonNoStock},
		"other currency":                {Options{Currency: "TRY"}, with(func(p *domain.RemoteProduct) { p.Currency = "USD" }), matching.ReasonOtherCurrency},
		"own currency":                  {Options{Currency: "USD"}, with(func(p *domain.RemoteProduct) { p.Currency = "USD" }), ""},
		"none named, company in dollar": {Options{Currency: "USD"}, active, ""},
	} {
		if got := skip(c.o, c.p); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestTake_absentNeverOverwrites(t *testing.T) {
	p := domain.Product{Name: "eski", Brand: "M", Price: money("9.90"), Stock: money("4"), VATRate: money("10"), Currency: "TRY"}
	got, notes := take(Options{Currency: "TRY", TakeName: true, TakeBrand: true, TakeVAT: true}, p, domain.RemoteProduct{})
	if !reflect.DeepEqual(got, p) || notes != nil {
		t.Errorf("%+v %v", got, notes)
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
	if e := decide(Options{Currency: "TRY", Unmatched: UnmatchedDraft}, Candidate{Row: lone}); e.Product.State != domain.ProductDraft || e.Product.ID != 0 {
		t.Errorf("draft: %+v", e.Product)
	}
}
