package pricing

import (
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
)

// found is the list of q by its definition: every trial is asked by itself, and every pair is compared.
func found(trials []Trial, q TrialQuery, ranks Ranked) []Trial {
	type placed struct {
		trial Trial
		key   int64
		none  bool // there is no key
		place int
	}
	var list []placed
	for i, t := range trials {
		rank, has := ranks[t.Product]
		if q.NeedsRanks() && !has || q.Found != 0 && t.Found&q.Found == 0 || q.Column != 0 && int(t.Column) != q.Column-1 {
			continue
		}
		p := placed{trial: t, place: i}
		switch q.Sort {
		case TrialsByProduct:
			// in the order in which they came
		case TrialsByName, TrialsByCode:
			p.key = int64(rank)
		case TrialsByColumn:
			p.key = int64(t.Column)
		case TrialsByOld:
			p.key, p.none = t.Old, t.Old == NoKurus
		case TrialsByNew:
			p.key, p.none = t.New, t.New == NoKurus
		case TrialsByChange:
			if p.none = t.Old <= 0 || t.New == NoKurus; !p.none {
				p.key = max(t.New-t.Old, t.Old-t.New) * 10_000 / t.Old
			}
		}
		list = append(list, p)
	}
	before := func(a, b placed) bool {
		switch {
		case q.Sort == TrialsByProduct:
			return (a.place < b.place) != q.Desc
		case a.none != b.none:
			return b.none
		case a.none || a.key == b.key:
			return a.place < b.place
		default:
			return (a.key < b.key) != q.Desc
		}
	}
	sorted := make([]Trial, len(list))
	for _, p := range list {
		at := 0
		for _, other := range list {
			if before(other, p) && other.place != p.place {
				at++
			}
		}
		sorted[at] = p.trial
	}
	return sorted
}

// Few values, so that they meet: every query, every order, every page, against the definition.
func TestLaboratory_Find_givesWhatIsAskedFor(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(31, 32))
	sorts := []TrialSort{TrialsByProduct, TrialsByName, TrialsByCode, TrialsByColumn, TrialsByOld, TrialsByNew, TrialsByChange}
	for range 1_500 {
		l := &Laboratory{}
		for range r.IntN(14) {
			l.trials = append(l.trials, Trial{
				Product: domain.ProductID(r.IntN(5)), Column: uint16(r.IntN(3)), Found: Finding(r.IntN(8)),
				Old: []int64{NoKurus, 0, 1, 2, 300, 1001}[r.IntN(6)], New: []int64{NoKurus, 1, 2, 301, 1000}[r.IntN(5)],
			})
		}
		ranks := Ranked{}
		for i, id := range r.Perm(5) {
			if r.IntN(4) > 0 {
				ranks[domain.ProductID(id)] = i
			}
		}
		q := TrialQuery{Found: Finding(r.IntN(4)), Column: r.IntN(4), Sort: sorts[r.IntN(len(sorts))], Desc: r.IntN(2) == 0}
		if r.IntN(3) == 0 {
			q.Search = "x"
		}
		want := found(l.trials, q, ranks)
		for range 3 { // pages of one list, in any order
			q.Limit, q.Offset = r.IntN(5), r.IntN(6)
			page, total, err := l.Find(q, func() (Ranked, error) {
				if !q.NeedsRanks() {
					t.Fatalf("%+v asks for names", q)
				}
				return ranks, nil
			})
			wanted := want[min(q.Offset, len(want)):]
			if q.Limit > 0 {
				wanted = wanted[:min(q.Limit, len(wanted))]
			}
			if err != nil || total != len(want) || !slices.Equal(page, wanted) {
				t.Fatalf("%+v with %v finds %d, %+v, want %d, %+v of %+v, %v", q, ranks, total, page, len(want), wanted, l.trials, err)
			}
		}
	}
}

func TestLaboratory_Find_keepsOnlyTheListOfTheSameQuestion(t *testing.T) {
	t.Parallel()
	l := &trialList{trials: []Trial{{Product: 1}, {Product: 2}}}
	full := errors.New("full")
	q := TrialQuery{Search: "a"}
	if page, total, err := l.Find(q, func() (Ranked, error) { return Ranked{1: 1}, full }); !errors.Is(err, full) || page != nil || total != 0 {
		t.Errorf("%v, %d, %v", page, total, err)
	}
	asked := 0
	ranks := func() (Ranked, error) { asked++; return Ranked{1: 1, 2: 2}, nil }
	makers := []domaintest.Maker{
		domaintest.As(func(n int) TrialSort { return []TrialSort{TrialsByName, TrialsByCode}[n/1000] }), domaintest.As(func(int) int { return 0 }),
		domaintest.As(func(n int) string { return []string{"a", "b"}[n/1000] }), domaintest.OneOf(Finding(0)),
	}
	base, other := domaintest.Fill[TrialQuery](0, makers...), domaintest.Fill[TrialQuery](1, makers...)
	other.Column, other.Found = 1, FoundBlocked
	want := 0
	for path, changed := range domaintest.Changed(base, other) {
		for _, q := range []TrialQuery{base, base, changed, changed} { // another question each time, and its pages
			if _, _, err := l.Find(q, ranks); err != nil {
				t.Fatal(err)
			}
		}
		want += 2
		if asked != want {
			t.Errorf("%s: asked %d times, want %d", path, asked, want)
		}
	}
	if want != 10 {
		t.Errorf("%d times: a part of the question is missing", want)
	}
}

func TestTrial_changeSize_atItsBoundaries(t *testing.T) {
	t.Parallel()
	const most = int64(1) << 62
	for _, tt := range []struct{ old, new, want int64 }{
		{NoKurus, 5, NoKurus},
		{0, 5, NoKurus},
		{5, NoKurus, NoKurus},
		{5, 0, 10_000},
		{1, 1, 0},
		{1, 2, 10_000},
		{3, 2, 3_333},
		{2, 3, 5_000},
		{1, 1 + most/10_000, most / 10_000 * 10_000},
		{1, 2 + most/10_000, most},
		{1 + most/10_000, 1, 9_999},
		{2 + most/10_000, 1, most},
		{1, math.MaxInt64, most},
	} {
		if got := (&Trial{Old: tt.old, New: tt.new}).changeSize(); got != tt.want {
			t.Errorf("%d to %d: %d, want %d", tt.old, tt.new, got, tt.want)
		}
	}
}

// counted counts by going through the sorts of prices one at a time.
func counted(trials []Trial) (c Counts) {
	for _, t := range trials {
		c.Prices++
		switch {
		case t.New == NoKurus:
		case t.Old == NoKurus:
			c.Fresh++
		case t.New > t.Old:
			c.Raised++
		case t.New < t.Old:
			c.Lowered++
		default:
			c.Same++
		}
		for bit, into := range map[Finding]*int{FoundBlocked: &c.Blocked, FoundApproval: &c.Approval, FoundMoved: &c.Moved} {
			if t.Found&bit == bit {
				*into++
			}
		}
		for _, odd := range []Finding{FoundBelow, FoundChange, FoundEnding, FoundNoBase} {
			if t.Found&odd == odd {
				c.Suspicious++
				break
			}
		}
	}
	return c
}

func TestCounts_areThoseOfAPlainCount(t *testing.T) {
	t.Parallel()
	var trials []Trial
	var c Counts
	for _, old := range []int64{NoKurus, 0, 1, 2} {
		for _, now := range []int64{NoKurus, 0, 1, 2} {
			for f := range 2 * FoundMoved {
				trial := Trial{Old: old, New: now, Found: f}
				trials = append(trials, trial)
				c.count(trial)
				if off := domaintest.Differences(c, counted(trials)); len(off) > 0 {
					t.Fatalf("%+v: %q", trial, off)
				}
			}
		}
	}
	a, b := domaintest.Fill[Counts](0), domaintest.Fill[Counts](1)
	sum := reflect.ValueOf(a.Add(b))
	for i := range sum.NumField() {
		if sum.Field(i).Int() != reflect.ValueOf(a).Field(i).Int()+reflect.ValueOf(b).Field(i).Int() {
			t.Errorf("%s adds up to %v", sum.Type().Field(i).Name, sum.Field(i))
		}
	}
}

// plainFindings is what there is to say of a price, each from its definition.
func plainFindings(s Stock, o Offer, old decimal.NullDecimal, noticed decimal.Decimal) (f Finding) {
	if o.Blocked {
		f |= FoundBlocked
	}
	if o.Approval {
		f |= FoundApproval
	}
	// Nothing else is looked at once a price is below its minimum.
	if slices.Contains(o.Warnings, WarnBelowCost) {
		f |= FoundBelow
	}
	unknown := slices.Contains(o.Warnings, WarnNoRate) // nothing is computed, so nothing else is said
	if !s.Product.Price.Valid || !s.Product.Price.Decimal.IsPositive() && !unknown {
		f |= FoundNoBase
	}
	beyond := func(p, before, percents decimal.Decimal) bool {
		return p.GreaterThan(before.Add(before.Mul(percents).Shift(-2))) || p.LessThan(before.Sub(before.Mul(percents).Shift(-2)))
	}
	if o.Price.Valid && old.Valid && beyond(o.Price.Decimal, old.Decimal, noticed) {
		f |= FoundChange
	}
	if n := len(o.Steps); n > 0 && o.Steps[n-1].Stage == StageEnding && beyond(o.Steps[n-1].Price, o.Steps[n-2].Price, dec("5")) {
		f |= FoundEnding
	}
	if kurusOf(o.Price) != kurusOf(old) {
		f |= FoundMoved
	}
	return f
}

// Rules, rates, guards and approvals at random: every trial, what explains it, every column and the totals,
// against a plain loop over every marketplace by itself.
func TestLaboratory_saysWhatAPlainLoopFinds(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(41, 42))
	ids := []MarketplaceID{"a", "b", "c", "d"}
	rates := Rates{{domain.USD, "2026-11-01", dec("41.2537")}}
	var seen Finding
	for round := range 80 {
		draft, saved := Rules{PerMarketplace: true, Each: map[MarketplaceID]Rule{}, Version: 8}, Rules{Global: randomRule(r), Version: 7}
		shared := randomRule(r)
		for _, m := range ids {
			draft.Each[m] = *shared
			if r.IntN(3) == 0 {
				draft.Each[m] = *randomRule(r)
			}
		}
		delete(draft.Each, "d") // no rule at all
		limit, noticed := decimal.NullDecimal{}, dec("50")
		if round%2 == 0 {
			limit, noticed = null("20"), dec("20")
		}
		d := Pricer{Rules: draft, Rates: rates, Day: "2026-11-23", Currency: domain.TRY, MaxChange: limit}
		s := Pricer{Rules: saved, Rates: rates, Day: "2026-11-23", Currency: domain.TRY, MaxChange: limit}
		var stock []Stock
		alike := NewAlike(draft, saved, ids)
		for i := range 30 {
			p := Stock{Product: domaintest.Fill[domain.Product](i)}
			p.Product.State = domain.ProductActive // only such come by
			p.Product.ID = domain.ProductID(i + 1)
			p.Product.Currency = []domain.Currency{"", domain.TRY, domain.USD, domain.EUR}[r.IntN(4)]
			p.Product.Price = decimal.NullDecimal{Decimal: decimal.New(r.Int64N(30_000), -2), Valid: r.IntN(8) > 0}
			if r.IntN(10) == 0 {
				p.Product.Price.Decimal = decimal.Zero
			}
			p.Guards.Cost = decimal.NullDecimal{Decimal: decimal.New(r.Int64N(50_000), -2), Valid: r.IntN(4) == 0}
			p.Guards.Minimum = decimal.NullDecimal{Decimal: decimal.New(r.Int64N(50_000), -2), Valid: r.IntN(8) == 0}
			for _, m := range ids {
				if r.IntN(12) == 0 {
					p.Last = append(p.Last, LastPrice{m, 1 + r.Int64N(40_000)})
				}
			}
			stock = append(stock, p)
			alike.Split(p.Last)
		}
		l := NewLaboratory(d, s, alike.Groups())
		for _, p := range stock {
			l.Add(p)
		}
		if l.Products() != len(stock) || !l.noticed.Equal(noticed) {
			t.Fatalf("%d products, %v is noticed", l.Products(), l.noticed)
		}
		var want []Trial
		byColumn := make([][]Trial, len(l.Columns()))
		for _, p := range stock {
			for i, c := range l.Columns() {
				if !reflect.DeepEqual(c.Rule, draft.For(c.Marketplaces[0])) {
					t.Fatalf("%v: rule %+v", c.Marketplaces, c.Rule)
				}
				for _, m := range c.Marketplaces {
					previous := p.Last.At(m)
					tried := Tried{Offer: d.Offer(p.Product, p.Guards, m, previous), Product: p.Product, Marketplaces: c.Marketplaces}
					switch now := s.Offer(p.Product, p.Guards, m, previous); {
					case previous.Valid && now.Approval && now.Price.Valid:
						tried.Old, tried.Approved = previous, true
					case previous.Valid && now.Price.Valid && now.Price.Decimal.Equal(previous.Decimal):
						tried.Old, tried.Approved = previous, true
					default:
						tried.Old = now.Price
					}
					tried.Trial = Trial{
						Product: p.Product.ID, Old: kurusOf(tried.Old), New: kurusOf(tried.Price), Column: uint16(i),
						Found: plainFindings(p, tried.Offer, tried.Old, noticed),
					}
					seen |= tried.Found
					if m == c.Marketplaces[0] {
						want = append(want, tried.Trial)
						byColumn[i] = append(byColumn[i], tried.Trial)
					}
					got := l.Explain(want[len(want)-1], p)
					if off := domaintest.Differences(got, tried); len(off) > 0 || !got.StillSo() {
						t.Fatalf("product %d at %s: %q", p.Product.ID, m, off)
					}
				}
			}
		}
		if got := all(t, l, TrialQuery{}); !slices.Equal(got, want) {
			for i := range want {
				if got[i] != want[i] {
					t.Fatalf("%d of %d: %+v, want %+v", i, len(got), got[i], want[i])
				}
			}
			t.Fatalf("%d trials, want %d", len(got), len(want))
		}
		for i, c := range l.Columns() {
			dots := 0
			for _, dot := range c.Plot.Dots() {
				dots += dot.Prices
			}
			off := domaintest.Differences(c.Counts, counted(byColumn[i]))
			if len(off) > 0 || dots != c.Counts.Raised+c.Counts.Lowered+c.Counts.Same {
				t.Fatalf("column %d: %q, %d in the plot", i, off, dots)
			}
		}
		if off := domaintest.Differences(l.Total(), counted(want)); len(off) > 0 {
			t.Fatalf("the total: %q", off)
		}
	}
	if seen != 2*FoundMoved-1 {
		t.Errorf("never found: %b", 2*FoundMoved-1-seen)
	}
}

// Explain may be called while others explain: what it looks up is its own.
func TestLaboratory_Explain_leavesTheLaboratoryAlone(t *testing.T) {
	t.Parallel()
	rates := Rates{{domain.USD, "2026-11-01", dec("40")}, {domain.EUR, "2026-11-01", dec("50")}}
	p := Pricer{Rates: rates, Day: "2026-11-23", Currency: domain.TRY}
	l := NewLaboratory(p, p, [][]MarketplaceID{{"x"}})
	dollars, euros := priced(1, "10"), priced(2, "10")
	dollars.Product.Currency, euros.Product.Currency = domain.USD, domain.EUR
	l.Add(dollars)
	if got := l.Explain(Trial{Product: 2}, euros); !got.Price.Decimal.Equal(dec("500")) || !got.Old.Decimal.Equal(dec("500")) {
		t.Errorf("%+v", got)
	}
	if len(l.draft.found) != 1 || len(l.saved.found) != 1 {
		t.Errorf("written: %v, %v", l.draft.found, l.saved.found)
	}
}

func TestTried_StillSo_seesAnotherPriceAndABlock(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name          string
		was           int64
		blockedBefore bool
		is            decimal.NullDecimal
		blocked, want bool
	}{
		{"the same", 1000, false, null("10"), false, true},
		{"blocked, as before", NoKurus, true, decimal.NullDecimal{}, true, true},
		{"a kuruş more", 1000, false, null("10.01"), false, false},
		{"blocked since", 1000, false, decimal.NullDecimal{}, true, false},
		{"no longer blocked", NoKurus, true, null("10"), false, false},
		{"none, but not blocked before", NoKurus, false, decimal.NullDecimal{}, true, false},
		{"none, but no longer blocked", NoKurus, true, decimal.NullDecimal{}, false, false},
	} {
		tried := Tried{Trial: Trial{New: tt.was, Found: FoundMoved}, Offer: Offer{Result: Result{Price: tt.is, Blocked: tt.blocked}}}
		if tt.blockedBefore {
			tried.Found |= FoundBlocked
		}
		if got := tried.StillSo(); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

func TestTried_Change_isInPercentOfTheOldPrice(t *testing.T) {
	t.Parallel()
	none := decimal.NullDecimal{}
	for _, tt := range []struct{ old, now, want decimal.NullDecimal }{
		{null("100"), null("110"), null("10")},
		{null("100"), null("90"), null("-10")},
		{null("3"), null("2"), null("-33.33")},
		{null("3"), null("5"), null("66.67")},
		{null("0.01"), null("0.01"), null("0")},
		{null("0"), null("1"), none},
		{null("-1"), null("1"), none},
		{decimal.NullDecimal{Decimal: dec("1")}, null("1"), none},
		{null("1"), decimal.NullDecimal{Decimal: dec("1")}, none},
	} {
		got := Tried{Old: tt.old, Offer: Offer{Result: Result{Price: tt.now}}}.Change()
		if off := domaintest.Differences(got, tt.want); len(off) > 0 {
			t.Errorf("%v to %v: %q", tt.old, tt.now, off)
		}
	}
}

func TestKurusOf_hasAnEnd(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int64{
		"0": 0, "0.01": 1, "12.34": 1234, "45035996273704.95": maxKurus - 1, "45035996273704.96": maxKurus, "45035996273704.97": maxKurus,
		"99999999999999999999999999": maxKurus,
	} {
		if got := kurusOf(null(text)); got != want {
			t.Errorf("%s: %d, want %d", text, got, want)
		}
	}
	if kurusOf(decimal.NullDecimal{Decimal: dec("1")}) != NoKurus {
		t.Error("no price has one")
	}
}

// A dot stands within three percent of the prices it counts, on both scales.
func TestPlot_dotsStandWhereTheirPricesAre(t *testing.T) {
	t.Parallel()
	near := func(dot float64, kurus int64) bool {
		off := dot * 100 / float64(kurus)
		return off > 0.971 && off < 1.03
	}
	for old := int64(1); old < maxKurus; old = old*3/2 + 1 {
		for _, now := range []int64{1, old, old*7 + 3, old/7 + 1} {
			var p Plot
			p.add(Trial{Old: old, New: now, Found: FoundMoved | FoundApproval})
			p.add(Trial{Old: old, New: now, Found: FoundMoved | FoundBelow})
			p.add(Trial{Old: old, New: now, Found: FoundNoBase})
			p.add(Trial{Old: 0, New: now})
			p.add(Trial{Old: old, New: 0})
			dots := p.Dots()
			if len(dots) != 1 || dots[0].Prices != 3 || dots[0].Suspicious != 2 || !near(dots[0].Old, old) || !near(dots[0].New, now) {
				t.Fatalf("%d to %d: %+v", old, now, dots)
			}
		}
	}
}

// Marketplaces are one column exactly when nothing tells them apart, in the order in which they are shown.
func TestAlike_isTheDefinition(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(51, 52))
	ids := []MarketplaceID{"a", "b", "c", "d", "e", "f"}
	few := []*Rule{nil, rule(t, "+5", "0", ""), rule(t, "+5%", "0", ""), rule(t, "+5", "0", ".90 up")}
	pick := func() Rules {
		rules := Rules{PerMarketplace: true, Each: map[MarketplaceID]Rule{}}
		for _, m := range ids {
			if chosen := few[r.IntN(8)%len(few)*r.IntN(2)]; chosen != nil {
				rules.Each[m] = *chosen
			}
		}
		return rules
	}
	for range 2_000 {
		draft, saved := pick(), pick()
		var last []LastPrices
		for range r.IntN(3) {
			var of LastPrices
			for _, m := range ids {
				if r.IntN(5) == 0 {
					of = append(of, LastPrice{m, r.Int64N(2)})
				}
			}
			last = append(last, of)
		}
		apart := func(a, b MarketplaceID) bool {
			if !reflect.DeepEqual(draft.For(a), draft.For(b)) || !reflect.DeepEqual(saved.For(a), saved.For(b)) {
				return true
			}
			return slices.ContainsFunc(last, func(l LastPrices) bool { return !reflect.DeepEqual(l.At(a), l.At(b)) })
		}
		got := NewAlike(draft, saved, ids)
		for _, l := range last {
			got.Split(l)
		}
		var all []MarketplaceID
		of := map[MarketplaceID]int{}
		for i, g := range got.Groups() {
			all = append(all, g...)
			inOrder := slices.IsSorted(g)
			for _, m := range g {
				of[m] = i
			}
			if !inOrder {
				t.Fatalf("out of order: %v", got.Groups())
			}
		}
		if slices.Sort(all); !slices.Equal(all, ids) {
			t.Fatalf("not each once: %v", got.Groups())
		}
		for _, a := range ids {
			for _, b := range ids {
				if (of[a] != of[b]) != apart(a, b) {
					t.Fatalf("%s and %s in %v; %+v, %+v, %v", a, b, got.Groups(), draft.Each, saved.Each, last)
				}
			}
		}
	}
}

func TestWatch_saysHowFarItCame(t *testing.T) {
	t.Parallel()
	var w Watch
	w.Of(7)
	w.Did()
	w.Did()
	if done, of := w.Snapshot(); done != 2 || of != 7 {
		t.Errorf("%d of %d", done, of)
	}
}
