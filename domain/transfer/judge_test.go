package transfer

import (
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/matching"
)

func TestJudge(t *testing.T) {
	product := domain.Product{ID: 3, Revision: 2, Name: "Ad", Price: money("10"), Currency: "TRY", State: domain.ProductActive}
	archived, before := product, product
	archived.State = domain.ProductArchived
	before.Revision, before.Price = 1, money("8")
	remote := domain.RemoteProduct{ID: "77", Code: "K", Name: "AD", Price: money("12"), Stock: money("-1")}
	orange := Row{Remote: remote, Outcome: OutcomeUnmatched, Reason: matching.ReasonAmbiguous, Candidates: 2}
	sure := orange
	sure.Reason, sure.Candidates = matching.ReasonNoCandidate, 0
	ignored := orange
	ignored.Decided = DecideIgnore
	green := Row{Remote: remote, Outcome: OutcomeMatched, Tier: matching.TierCode, ProductID: 3, Flag: matching.FlagSpelling, Notes: []Note{NoteZeroPrice}}
	pending := Row{Remote: remote, Outcome: OutcomePending}
	of := func(row Row, p *domain.Product) Candidate {
		if p != nil {
			kept := *p
			p = &kept
		}
		return Candidate{Row: row, Product: p}
	}
	bound := func(c Candidate, to domain.ProductID, from domain.RemoteID) Candidate {
		c.BoundTo, c.BoundFrom = to, from
		return c
	}
	for name, c := range map[string]struct {
		kind DecisionKind
		c    Case
		why  RefusalReason
		out  Outcome
		bind int
		mark int
		// the product that is written: its price and whether it is an old state
		price    string
		restored bool
	}{
		"pair":                          {DecidePair, Case{Candidate: of(orange, &product)}, "", OutcomeMatched, 1, 0, "12", false},
		"pair what was ignored":         {DecidePair, Case{Candidate: of(ignored, &product)}, "", OutcomeMatched, 1, 0, "12", false},
		"pair what was separated":       {DecidePair, Case{Candidate: of(orange, &product), Separated: true}, "", OutcomeMatched, 1, -1, "12", false},
		"pair a matched row":            {DecidePair, Case{Candidate: of(green, &product)}, RefusedState, "", 0, 0, "", false},
		"pair a row to come":            {DecidePair, Case{Candidate: of(pending, &product)}, RefusedState, "", 0, 0, "", false},
		"pair with nothing":             {DecidePair, Case{Candidate: of(orange, nil)}, RefusedGone, "", 0, 0, "", false},
		"pair with an archived one":     {DecidePair, Case{Candidate: of(orange, &archived)}, RefusedGone, "", 0, 0, "", false},
		"pair with a taken one":         {DecidePair, Case{Candidate: bound(of(orange, &product), 0, "78")}, RefusedBoundProduct, "", 0, 0, "", false},
		"pair a row that has a partner": {DecidePair, Case{Candidate: bound(of(orange, &product), 9, "")}, RefusedBoundRemote, "", 0, 0, "", false},
		"create, the barcode is taken":  {DecideCreate, Case{Candidate: of(orange, nil), BarcodeTaken: true}, RefusedBarcodeTaken, "", 0, 0, "", false},
		"create a doubtful one of many": {DecideCreate, Case{Candidate: of(orange, nil), Many: true}, RefusedDoubtful, "", 0, 0, "", false},
		"create a sure one of many":     {DecideCreate, Case{Candidate: of(sure, nil), Many: true}, "", OutcomeUnmatched, 1, 0, "12", false},
		"create":                        {DecideCreate, Case{Candidate: of(orange, nil)}, "", OutcomeUnmatched, 1, 0, "12", false},
		"create a second of a code":     {DecideCreate, Case{Candidate: of(orange, nil), CodeTaken: true}, RefusedCodeTaken, "", 0, 0, "", false},
		"create what is bound":          {DecideCreate, Case{Candidate: bound(of(orange, nil), 9, "")}, RefusedBoundRemote, "", 0, 0, "", false},
		"create of a matched row":       {DecideCreate, Case{Candidate: of(green, nil)}, RefusedState, "", 0, 0, "", false},
		"ignore":                        {DecideIgnore, Case{Candidate: of(orange, nil)}, "", OutcomeUnmatched, 0, 0, "", false},
		"ignore twice":                  {DecideIgnore, Case{Candidate: of(ignored, nil)}, RefusedState, "", 0, 0, "", false},
		"ignore what is bound":          {DecideIgnore, Case{Candidate: bound(of(orange, nil), 9, "")}, RefusedBoundRemote, "", 0, 0, "", false},
		"ignore a matched row":          {DecideIgnore, Case{Candidate: of(green, nil)}, RefusedState, "", 0, 0, "", false},
		"separate":                      {DecideSeparate, Case{Candidate: bound(of(green, &product), 3, "77"), Written: &before}, "", OutcomeUnmatched, -1, 1, "8", true},
		"separate, changed since":       {DecideSeparate, Case{Candidate: bound(of(green, &product), 3, "77")}, "", OutcomeUnmatched, -1, 1, "", false},
		"separate what is not bound":    {DecideSeparate, Case{Candidate: of(green, &product)}, RefusedState, "", 0, 0, "", false},
		"separate what is elsewhere":    {DecideSeparate, Case{Candidate: bound(of(green, &product), 4, "78")}, RefusedState, "", 0, 0, "", false},
		"separate from nothing":         {DecideSeparate, Case{Candidate: of(green, nil)}, RefusedGone, "", 0, 0, "", false},
		"separate an unmatched row":     {DecideSeparate, Case{Candidate: of(orange, &product)}, RefusedState, "", 0, 0, "", false},
		"nothing":                       {"", Case{Candidate: of(orange, &product)}, RefusedState, "", 0, 0, "", false},
	} {
		v, why := Judge(DefaultOptions("TRY"), Decision{Kind: c.kind}, c.c)
		if why != c.why {
			t.Errorf("%s: refused %q, want %q", name, why, c.why)
		}
		if why != "" {
			continue
		}
		bind := 0
		if v.Bind {
			bind++
		}
		if v.Unbind {
			bind--
		}
		price := ""
		if v.Product != nil {
			price = v.Product.Price.Decimal.String()
		}
		if v.Row.Outcome != c.out || v.Row.Decided != c.kind || bind != c.bind || v.Separated != c.mark || price != c.price || v.Restored != c.restored {
			t.Errorf("%s: %+v", name, v)
		}
	}
}

// What is ignored is remembered beyond its transfer, until it is paired, created or asked about again.
func TestJudge_remembersWhatIsIgnored(t *testing.T) {
	product := domain.Product{ID: 3, State: domain.ProductActive, Currency: "TRY"}
	open := Row{Remote: domain.RemoteProduct{ID: "77", Code: "K"}, Outcome: OutcomeUnmatched, Reason: matching.ReasonNoCandidate}
	ignored, green := open, open
	ignored.Decided, green.Outcome = DecideIgnore, OutcomeMatched
	for name, c := range map[string]struct {
		kind    DecisionKind
		c       Case
		why     RefusalReason
		decided DecisionKind
		mark    int
	}{
		"ignore":                       {DecideIgnore, Case{Candidate: Candidate{Row: open}}, "", DecideIgnore, 1},
		"ask":                          {DecideAsk, Case{Candidate: Candidate{Row: ignored}, Ignored: true}, "", "", -1},
		"ask, without a mark":          {DecideAsk, Case{Candidate: Candidate{Row: ignored}}, "", "", 0},
		"ask about what waits":         {DecideAsk, Case{Candidate: Candidate{Row: open}}, RefusedState, "", 0},
		"ask about a matched row":      {DecideAsk, Case{Candidate: Candidate{Row: green}}, RefusedState, "", 0},
		"ask about what has a partner": {DecideAsk, Case{Candidate: Candidate{Row: ignored, BoundTo: 9}}, RefusedBoundRemote, "", 0},
		"pair":                         {DecidePair, Case{Candidate: Candidate{Row: ignored, Product: &product}, Ignored: true}, "", DecidePair, -1},
		"create":                       {DecideCreate, Case{Candidate: Candidate{Row: ignored}, Ignored: true}, "", DecideCreate, -1},
	} {
		v, why := Judge(DefaultOptions("TRY"), Decision{Kind: c.kind}, c.c)
		if why != c.why || why == "" && (v.Row.Decided != c.decided || v.Ignored != c.mark) {
			t.Errorf("%s: %q %+v", name, why, v)
		}
	}
	for _, mark := range []int{1, -1} {
		back, why := Image{Remote: "77", Ignored: mark}.Undo(Current{})
		if why != "" || back.Ignored != -mark {
			t.Errorf("undone: %q %+v", why, back)
		}
		back, why = Image{Remote: "77", Product: 3, Bound: 1, Ignored: mark}.Undo(Current{Exists: true, BoundTo: 3, BoundFrom: "77"})
		if why != "" || back.Ignored != -mark {
			t.Errorf("undone with its pair: %q %+v", why, back)
		}
	}
	creating := DefaultOptions("TRY")
	creating.Unmatched = UnmatchedCreated
	open.Outcome, ignored.Outcome = OutcomePending, OutcomePending
	if e := decide(creating, Candidate{Row: open}); e.Product == nil {
		t.Error("what nobody ignored is not created")
	}
	if e := decide(creating, Candidate{Row: ignored}); e.Product != nil || e.Outcome != OutcomeUnmatched {
		t.Errorf("what is ignored becomes %+v", e)
	}
}

// An in-store number is created together with others where no other product has it (rules.md §2); the wizard creates none.
func TestJudge_createsInStoreNumbersTogether(t *testing.T) {
	row := Row{Remote: domain.RemoteProduct{ID: "77", Barcode: "2000000000015"}, Outcome: OutcomeUnmatched, Reason: matching.ReasonNoCandidate, Flag: matching.FlagRestricted}
	ambiguous := row
	ambiguous.Reason = matching.ReasonAmbiguous
	for name, c := range map[string]struct {
		c   Case
		why RefusalReason
	}{
		"many":                 {Case{Candidate: Candidate{Row: row}, Many: true}, ""},
		"many, shared":         {Case{Candidate: Candidate{Row: row}, Many: true, Shared: true}, RefusedDoubtful},
		"many, something fits": {Case{Candidate: Candidate{Row: ambiguous}, Many: true}, RefusedDoubtful},
		"alone, shared":        {Case{Candidate: Candidate{Row: row}, Shared: true}, ""},
	} {
		if _, why := Judge(DefaultOptions("TRY"), Decision{Kind: DecideCreate}, c.c); why != c.why {
			t.Errorf("%s: %q, want %q", name, why, c.why)
		}
	}
	creating := DefaultOptions("TRY")
	creating.Unmatched = UnmatchedCreated
	row.Outcome = OutcomePending
	if e := decide(creating, Candidate{Row: row}); e.Product != nil {
		t.Error("the wizard creates it")
	}
}

// A decision changes of its row what it is about; what was read and what was planned stay as they were.
func TestJudge_carriesTheRow(t *testing.T) {
	filled := domaintest.Fill[Row](0)
	filled.Tier, filled.Outcome = matching.TierNone, OutcomeUnmatched
	filled.Remote.Price, filled.Remote.Stock = money("0"), money("-1")
	product, before := domaintest.Fill[domain.Product](1), domaintest.Fill[domain.Product](2)
	product.State = domain.ProductActive
	notes := []Note{NoteZeroPrice, NoteNegativeStock}
	green := filled
	green.Outcome, green.Tier = OutcomeMatched, matching.TierCode
	partner := Candidate{Row: green, Product: &product, BoundTo: product.ID}
	apart := func(r *Row) {
		r.Outcome, r.Notes, r.Decided = OutcomeUnmatched, nil, DecideSeparate
		r.Tier, r.ProductID, r.Revision = "", 0, 0
		r.Reason, r.Candidates, r.Flag = matching.ReasonNoCandidate, 0, matching.FlagSeparated
	}
	for name, c := range map[string]struct {
		kind   DecisionKind
		c      Case
		change func(*Row)
		want   Verdict // but for its row
	}{
		"pair": {DecidePair, Case{Candidate: Candidate{Row: filled, Product: &product}}, func(r *Row) {
			r.Outcome, r.Notes, r.Decided, r.ProductID, r.Revision = OutcomeMatched, notes, DecidePair, product.ID, product.Revision
		}, Verdict{Bind: true}},
		"create": {DecideCreate, Case{Candidate: Candidate{Row: filled}}, func(r *Row) {
			r.Notes, r.Decided = notes, DecideCreate
		}, Verdict{Bind: true}},
		"ignore":                 {DecideIgnore, Case{Candidate: Candidate{Row: filled}}, func(r *Row) { r.Decided = DecideIgnore }, Verdict{Ignored: 1}},
		"separate":               {DecideSeparate, Case{Candidate: partner, Written: &before}, apart, Verdict{Product: &before, Restored: true, Unbind: true, Separated: 1}},
		"separate, written none": {DecideSeparate, Case{Candidate: partner}, apart, Verdict{Unbind: true, Separated: 1}},
		"separate once more":     {DecideSeparate, Case{Candidate: partner, Separated: true}, apart, Verdict{Unbind: true}},
	} {
		c.want.Row = c.c.Row
		c.change(&c.want.Row)
		got, why := Judge(DefaultOptions(domain.TRY), Decision{Kind: c.kind}, c.c)
		besides := []string{}
		if c.kind == DecidePair || c.kind == DecideCreate {
			besides = append(besides, "Product") // whose values are compared where they are taken
		}
		if d := domaintest.Differences(got, c.want, besides...); why != "" || len(d) != 0 {
			t.Errorf("%s: %q, %q", name, why, d)
		}
	}
	// A row that went by a binding which is gone has no tier to be paired by.
	lost := filled
	lost.Tier = matching.TierKnown
	if v, why := Judge(DefaultOptions(domain.TRY), Decision{Kind: DecidePair}, Case{Candidate: Candidate{Row: lost, Product: &product}}); why != RefusedState {
		t.Errorf("%q, %+v", why, v)
	}
}

func TestImage_undo(t *testing.T) {
	wrote := Image{Remote: "7", Product: 3, Was: 1, Became: 2, Bound: 1}
	bound := Image{Remote: "7", Product: 3, Was: 1, Became: 1, Bound: 1}
	created := Image{Remote: "7", Product: 3, Created: true, Became: 1, Bound: 1}
	separated := Image{Remote: "7", Product: 3, Was: 2, Became: 1, Bound: -1, Separated: 1}
	ignored := Image{Remote: "7"}
	for name, c := range map[string]struct {
		i    Image
		s    Current
		why  RefusalReason
		back Return
	}{
		"values and binding":            {wrote, Current{Exists: true, Revision: 2, BoundTo: 3, BoundFrom: "7"}, "", Return{Restore: true, Unbind: true}},
		"values, unbound since":         {wrote, Current{Exists: true, Revision: 2}, "", Return{Restore: true}},
		"changed since":                 {wrote, Current{Exists: true, Revision: 3, BoundTo: 3, BoundFrom: "7"}, RefusedChanged, Return{}},
		"bound elsewhere since":         {wrote, Current{Exists: true, Revision: 2, BoundTo: 4}, RefusedBoundRemote, Return{}},
		"gone":                          {wrote, Current{}, RefusedGone, Return{}},
		"a later write stands on it":    {wrote, Current{Exists: true, Revision: 2, Later: true}, RefusedNotUndone, Return{}},
		"binding alone, changed since":  {bound, Current{Exists: true, Revision: 9, BoundTo: 3, BoundFrom: "7"}, "", Return{Unbind: true}},
		"created":                       {created, Current{Exists: true, Revision: 1, BoundTo: 3, BoundFrom: "7"}, "", Return{Remove: true, Unbind: true}},
		"created, changed since":        {created, Current{Exists: true, Revision: 2}, RefusedChanged, Return{}},
		"created, with a price limit":   {created, Current{Exists: true, Revision: 1, Kept: true}, RefusedChanged, Return{}},
		"created, another's since":      {created, Current{Exists: true, Revision: 1, BoundFrom: "8"}, RefusedBoundProduct, Return{}},
		"separated":                     {separated, Current{Exists: true, Revision: 1}, "", Return{Restore: true, Bind: true, Separated: -1}},
		"separated, partner since":      {separated, Current{Exists: true, Revision: 1, BoundTo: 4}, RefusedBoundRemote, Return{}},
		"separated, product has other":  {separated, Current{Exists: true, Revision: 1, BoundFrom: "8"}, RefusedBoundProduct, Return{}},
		"ignored":                       {ignored, Current{}, "", Return{}},
		"ignored, decided anew since":   {ignored, Current{Later: true}, RefusedNotUndone, Return{}},
		"a price limit hinders nothing": {wrote, Current{Exists: true, Revision: 2, Kept: true}, "", Return{Restore: true}},
	} {
		back, why := c.i.Undo(c.s)
		if why != c.why || back != c.back {
			t.Errorf("%s: %+v, %q, want %+v, %q", name, back, why, c.back, c.why)
		}
	}
}
