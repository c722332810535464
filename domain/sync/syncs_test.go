package sync

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// remote is a row of İşbaşı's list, changed at a minute.
func remote(id int, modified time.Time) domain.RemoteProduct {
	return domain.RemoteProduct{ID: domain.RemoteID(fmt.Sprint(id)), Type: 1, ModifiedAt: modified}
}

func remotes(n int) (all []domain.RemoteProduct) {
	for i := range n {
		all = append(all, remote(1001+i, at(1)))
	}
	return all
}

// twoWays are pairs of which one is pulled, one pushed with price and stock, and one equal.
func twoWays() []Pair {
	pull, push, equal := priced("100/100/120"), priced("100/120/100"), priced("100/100/100")
	push.Product, push.Ref.ID, push.Name, push.Stock = 8, "1008", "Bardak", stocked("10/8/10").Stock
	equal.Product, equal.Ref.ID = 9, "1009"
	return []Pair{pull, push, equal}
}

// run runs a new sync to its end.
func run(t *testing.T, f *firm, q Request) (*Job, error) {
	t.Helper()
	j, err := f.syncs().NewSync(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return j, j.Run(t.Context())
}

func TestSyncs_readDecidePullAndPush(t *testing.T) {
	f := newFirm()
	missing := priced("100/120/100") // which the list has not: nothing goes out
	missing.Product, missing.Seen = 10, false
	f.list, f.pairs = remotes(250), append(twoWays(), missing)
	f.missed, f.gone["1900"] = []domain.ProductRef{{ID: "1900", Type: 1}, {ID: "1901", Type: 1}}, true
	j, err := run(t, f, Request{Occasion: OccasionPerson, Only: WayBoth})
	if err != nil {
		t.Fatal(err)
	}
	r := j.Sync()
	if r.State != transfer.StateDone || r.Request.Scope != ScopeFull || r.Counters.Read != 250 || r.Counters.Matched != 3 || r.Counters.Pending != 0 {
		t.Errorf("%+v", r)
	}
	if want := []string{"list", "list", "product 1900", "product 1901", "receipt new", "save 1008"}; !slices.Equal(f.calls, want) {
		t.Errorf("asked %v, want %v", f.calls, want)
	}
	if !slices.Equal(f.proved, []domain.ProductRef{{ID: "1900", Type: 1}}) {
		t.Errorf("gone: %v", f.proved)
	}
	if want := []domain.ProductChange{{Price: num("120"), PriceIn: domain.TRY, PriceWas: num("100")}}; !reflect.DeepEqual(f.saved, want) {
		t.Errorf("saved %+v", f.saved)
	}
	if want := []domain.StockMovement{{
		Type: receiptOut, Date: now(), Number: "new", Description: "Sopyo new", Lines: []domain.StockLine{{Product: "1008", Amount: num("2").Decimal}},
	}}; !reflect.DeepEqual(f.moved, want) {
		t.Errorf("moved %+v", f.moved)
	}
	for i, want := range []ItemState{ItemApplied, ItemAnswered, ItemAnswered} {
		if f.items[i].State != want || want == ItemAnswered && !f.items[i].EndedAt.Equal(now()) {
			t.Errorf("%+v, want %s", f.items[i], want)
		}
	}
	if s := j.Snapshot(); s.Done != 3 || s.Of != 3 || s.LastName != "Bardak" {
		t.Errorf("%+v", s)
	}
}

func TestSyncs_addToAStock(t *testing.T) {
	f := newFirm()
	f.list, f.pairs = remotes(1), []Pair{stocked("10/12.5/10")}
	if _, err := run(t, f, Request{}); err != nil {
		t.Fatal(err)
	}
	if m := f.moved[0]; m.Type != receiptIn || m.Lines[0].Amount.String() != "2.5" {
		t.Errorf("%+v", m)
	}
}

// A receipt that may be at İşbaşı is looked for before it is sent again.
func TestSyncs_sendAReceiptOnce(t *testing.T) {
	for there, want := range map[bool][]string{
		true:  {"list", "look for S1-40"},
		false: {"list", "look for S1-40", "receipt S1-40"},
	} {
		f := newFirm()
		f.list, f.pairs = remotes(1), []Pair{pushed(stocked("10/8/10"), "8", ItemUnknown, at(1))}
		f.there["S1-40"] = there
		if _, err := run(t, f, Request{}); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(f.calls, want) || f.items[0].State != ItemAnswered {
			t.Errorf("there %v: %v, %+v", there, f.calls, f.items)
		}
	}
	for _, kind := range []domain.Kind{domain.KindForbidden, domain.KindNotFound, domain.KindRejected, domain.KindInvalid} {
		f := newFirm()
		f.list, f.pairs = remotes(1), []Pair{pushed(stocked("10/8/10"), "8", ItemUnknown, at(1))}
		f.broken["look"] = domain.E(kind, "look", nil)
		if _, err := run(t, f, Request{}); err != nil || f.items[0].State != ItemFailed || f.items[0].Detail != FailedUncertain || len(f.moved) != 0 {
			t.Errorf("%s: %v, %+v", kind, err, f.items)
		}
	}
	f := newFirm()
	f.list, f.pairs = remotes(1), []Pair{pushed(stocked("10/8/10"), "8", ItemUnknown, at(1))}
	f.broken["look"] = domain.E(domain.KindNetwork, "look", nil)
	if _, err := run(t, f, Request{}); domain.KindOf(err) != domain.KindNetwork || f.items[0].State != ItemPlanned || len(f.moved) != 0 {
		t.Errorf("%v, %+v", err, f.items)
	}
}

// The codes of receipts are not published: one that moved a stock to the other side is the last.
func TestSyncs_writeNoMoreStockWhenItMovesTheWrongWay(t *testing.T) {
	answered := func(theirs string, change func(*Pair)) []Pair {
		p := pushed(stocked("10/8/"+theirs), "8", ItemAnswered, at(20))
		if change != nil {
			change(&p)
		}
		other := stocked("5/6/5")
		other.Product, other.Ref.ID = 8, "1008"
		return []Pair{p, other}
	}
	for name, tt := range map[string]struct {
		pairs []Pair
		wrong bool
	}{
		"the wrong way": {answered("12", nil), true},
		"the right way": {answered("8", nil), false},
		"beside a right one": {append(answered("12", nil), func() Pair {
			p := pushed(stocked("10/8/8"), "8", ItemAnswered, at(20))
			p.Product, p.Ref.ID = 9, "1009"
			return p
		}()), false},
		"by something else":   {answered("13", nil), false},
		"not at all":          {answered("10", nil), false},
		"before the receipt":  {answered("12", func(p *Pair) { p.Stock.Push.EndedAt = at(29).Add(1) }), false},
		"not read by the run": {answered("12", func(p *Pair) { p.Seen = false }), false},
		"without an answer":   {answered("12", func(p *Pair) { p.Stock.Push.State = ItemUnknown }), false},
		"no receipt":          {answered("12", func(p *Pair) { p.Stock.Push = nil }), false},
	} {
		f := newFirm()
		f.list, f.pairs = remotes(1), tt.pairs
		if _, err := run(t, f, Request{}); err != nil {
			t.Fatal(err)
		}
		sent := slices.ContainsFunc(f.calls, func(c string) bool { return c == "receipt new" })
		if (f.stock == domain.AbilityDenied) != tt.wrong || sent == tt.wrong {
			t.Errorf("%s: stock is %s, %v", name, f.stock, f.calls)
		}
	}
	f := newFirm()
	f.list, f.pairs = remotes(1), answered("12", nil)
	f.broken["remember"] = errBroken
	if _, err := run(t, f, Request{}); !errors.Is(err, errBroken) {
		t.Error(err)
	}
}

func TestSyncs_noteWhatBecomesOfAPush(t *testing.T) {
	for kind, want := range map[domain.Kind]struct {
		state  ItemState
		detail string
	}{
		domain.KindUnknown:   {ItemUnknown, ""},
		domain.KindState:     {ItemFailed, FailedChangedThere},
		domain.KindNotFound:  {ItemFailed, FailedGone},
		domain.KindRejected:  {ItemFailed, "Fiyat geçersiz"},
		domain.KindBadAnswer: {ItemFailed, "Fiyat geçersiz"},
		domain.KindInvalid:   {ItemFailed, ""}, // it names no field
	} {
		f := newFirm()
		f.list, f.pairs = remotes(1), []Pair{priced("100/120/100")}
		f.broken["save"] = &domain.Error{Kind: kind, Detail: "Fiyat geçersiz"}
		j, err := run(t, f, Request{})
		i := f.items[0]
		state := map[ItemState]transfer.State{ItemUnknown: transfer.StateDone, ItemFailed: transfer.StatePartlyDone}[want.state]
		if err != nil || i.State != want.state || i.Detail != want.detail || j.Snapshot().State != state || !i.EndedAt.Equal(now()) {
			t.Errorf("%s: %v, %+v, %s", kind, err, i, j.Snapshot().State)
		}
	}
	f := newFirm()
	f.list, f.pairs = remotes(1), []Pair{priced("100/120/100")}
	f.broken["save"] = domain.Invalid("vat_rate", "")
	if _, err := run(t, f, Request{}); err != nil || f.items[0].Detail != "vat_rate" {
		t.Errorf("%v, %+v", err, f.items)
	}
	f.broken["save"] = errBroken
	if w := wordsOf(errBroken); w != "" {
		t.Errorf("words of an error without any: %q", w)
	}
}

// What hinders a whole run leaves its changes planned; going on carries them out.
func TestSyncs_goOnWhereTheyWereHindered(t *testing.T) {
	for name, tc := range map[string]struct {
		err   *domain.Error
		kind  domain.Kind
		state transfer.State
	}{
		"network":   {domain.E(domain.KindNetwork, "write", nil), domain.KindNetwork, transfer.StatePaused},
		"month":     {&domain.Error{Kind: domain.KindQuota, Detail: "2026-12-01 00:00"}, domain.KindQuota, transfer.StatePaused},
		"too fast":  {domain.E(domain.KindSlowDown, "write", nil), domain.KindSlowDown, transfer.StatePaused},
		"session":   {domain.E(domain.KindNeedsSignIn, "write", nil), domain.KindNeedsSignIn, transfer.StatePaused},
		"busy":      {domain.E(domain.KindUnavailable, "write", nil), domain.KindUnavailable, transfer.StatePaused},
		"forbidden": {domain.E(domain.KindForbidden, "write", nil), domain.KindForbidden, transfer.StateFailed},
	} {
		kind, state := tc.kind, tc.state
		f := newFirm()
		f.list, f.pairs = remotes(1), twoWays()
		f.broken["receipt"] = tc.err
		j, err := run(t, f, Request{})
		if domain.KindOf(err) != kind || j.Snapshot().State != state || f.items[0].State != ItemApplied || f.items[1].State != ItemPlanned || f.items[2].State != ItemPlanned {
			t.Errorf("%s: %v, %s, %+v", name, err, j.Snapshot().State, f.items)
		}
		if state == transfer.StateFailed {
			continue
		}
		delete(f.broken, "receipt")
		again, err := f.syncs().ResumeSync(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := again.Run(t.Context()); err != nil || f.items[1].State != ItemAnswered || f.items[2].State != ItemAnswered || len(f.calls) != 4 {
			t.Errorf("%s: %v, %+v, %v", name, err, f.items, f.calls)
		}
	}
}

func TestSyncs_stopAtTheirBrakes(t *testing.T) {
	f := newFirm()
	f.list = remotes(1)
	for i := range 6 {
		p := priced("100/100/120")
		p.Product = domain.ProductID(i + 1)
		f.pairs = append(f.pairs, p)
	}
	j, err := run(t, f, Request{})
	r := j.Sync()
	if domain.KindOf(err) != domain.KindBrake || !r.Braked() || len(r.Brakes) != 1 || f.items[0].State != ItemPlanned || r.Phase != transfer.PhaseApply {
		t.Fatalf("%v, %+v", err, r)
	}
	s, id := f.syncs(), r.Brakes[0].ID
	if _, err := s.AcceptBrakes(t.Context(), "prices-00000000"); !refused(err, "brake", "brake-of-another-plan") {
		t.Errorf("the brake of another plan: %v", err)
	}
	f.time = f.time.Add(transfer.PlanLifetime + 1)
	if _, err := s.AcceptBrakes(t.Context(), id); domain.KindOf(err) != domain.KindStalePlan {
		t.Errorf("a plan of the day before: %v", err)
	}
	f.time = now().Add(transfer.PlanLifetime)
	for _, ids := range [][]string{{id}, {AllBrakes}} {
		again, err := s.AcceptBrakes(t.Context(), ids...)
		if err != nil || !slices.Equal(again.Sync().Request.Accepted, ids) {
			t.Fatalf("%v, %+v", err, again.Sync())
		}
	}
	again, err := s.AcceptBrakes(t.Context(), id)
	if err == nil {
		err = again.Run(t.Context())
	}
	if err != nil || f.items[5].State != ItemApplied || again.Sync().State != transfer.StateDone || len(f.calls) != 1 {
		t.Errorf("%v, %+v, %v", err, again.Sync(), f.calls)
	}
	if _, err := s.AcceptBrakes(t.Context(), id); domain.KindOf(err) != domain.KindState {
		t.Errorf("nothing waits: %v", err)
	}
	f.runs[0].State, f.runs[0].Cause = transfer.StatePaused, domain.KindNetwork
	if _, err := s.AcceptBrakes(t.Context(), AllBrakes); domain.KindOf(err) != domain.KindState {
		t.Errorf("another reason to wait: %v", err)
	}
	f.broken["unfinished"] = errBroken
	if _, err := s.AcceptBrakes(t.Context(), AllBrakes); !errors.Is(err, errBroken) {
		t.Errorf("nobody knows: %v", err)
	}
}

func refused(err error, field, detail string) bool {
	var e *domain.Error
	return errors.As(err, &e) && e.Kind == domain.KindInvalid && e.Field == field && e.Detail == detail
}

func TestSyncs_giveUpWhatWaits(t *testing.T) {
	f := newFirm()
	s := f.syncs()
	if err := s.GiveUpSync(t.Context()); err != nil || len(f.runs) != 0 {
		t.Error(err)
	}
	f.list = remotes(1)
	f.broken["list"] = domain.E(domain.KindNetwork, "list", nil)
	if _, err := run(t, f, Request{}); err == nil {
		t.Fatal("it did not fail")
	}
	f.broken["unfinished"] = errBroken
	if err := s.GiveUpSync(t.Context()); !errors.Is(err, errBroken) || f.runs[0].State != transfer.StatePaused {
		t.Errorf("%v, %+v", err, f.runs)
	}
	delete(f.broken, "unfinished")
	if err := s.GiveUpSync(t.Context()); err != nil || f.runs[0].State != transfer.StateStopped {
		t.Errorf("%v, %+v", err, f.runs)
	}
}

func TestSyncs_areRefusedUntilTheyMayBegin(t *testing.T) {
	for name, tt := range map[string]struct {
		spoil func(*firm)
		want  func(error) bool
	}{
		"no settings":          {func(f *firm) { f.broken["settings"] = errBroken }, func(err error) bool { return errors.Is(err, errBroken) }},
		"a closed integration": {func(f *firm) { f.choices.IntegrationOn = false }, func(err error) bool { return refused(err, "integration", "integration-closed") }},
		"a transfer at work":   {func(f *firm) { f.busy = true }, func(err error) bool { return domain.KindOf(err) == domain.KindBusy }},
		"no session":           {func(f *firm) { f.broken["session"] = errBroken }, func(err error) bool { return errors.Is(err, errBroken) }},
		"a latest run that cannot be read": {func(f *firm) {
			f.broken["latest"], f.runs = errBroken, []Run{confirmed(ScopeFull, now(), 1, 0)}
		}, func(err error) bool { return errors.Is(err, errBroken) }},
		"an ability that cannot be read": {func(f *firm) {
			f.broken["ability"], f.runs = errBroken, []Run{confirmed(ScopeFull, now(), 1, 0)}
		}, func(err error) bool { return errors.Is(err, errBroken) }},
		"no latest run":     {func(f *firm) { f.broken["latest"] = errBroken }, func(err error) bool { return errors.Is(err, errBroken) }},
		"no count":          {func(f *firm) { f.broken["count"] = errBroken }, func(err error) bool { return errors.Is(err, errBroken) }},
		"too few reads":     {func(f *firm) { f.seen, f.usage.Reads = 38_760, 2_413 }, func(err error) bool { return domain.KindOf(err) == domain.KindQuota }},
		"just enough reads": {func(f *firm) { f.seen, f.usage.Reads = 38_760, 2_412 }, func(err error) bool { return err == nil }},
	} {
		f := newFirm()
		tt.spoil(f)
		if j, err := f.syncs().NewSync(t.Context(), Request{}); !tt.want(err) || (j == nil) != (err != nil) || len(f.calls) != 0 {
			t.Errorf("%s: %v, %v", name, err, f.calls)
		}
	}
}

func TestSyncs_pushNothingWhenAPullHasFailed(t *testing.T) {
	f := newFirm()
	f.list, f.pairs = remotes(1), []Pair{priced("100/120/100")}
	f.broken["pull"] = domain.E(domain.KindDisk, "pull", nil)
	if _, err := run(t, f, Request{}); domain.KindOf(err) != domain.KindDisk || len(f.saved) != 0 {
		t.Errorf("%v, %v", err, f.calls)
	}
	f = newFirm()
	f.list, f.pairs = remotes(1), []Pair{priced("100/120/100")}
	f.broken["begin"] = domain.E(domain.KindDisk, "begin", nil)
	if _, err := run(t, f, Request{}); domain.KindOf(err) != domain.KindDisk || len(f.saved) != 0 {
		t.Errorf("%v, %v", err, f.calls)
	}
}

// A receipt on its way is left alone for as long as it may still arrive.
func TestSyncs_areAsPatientAsTheyAreTold(t *testing.T) {
	f := newFirm()
	f.list, f.pairs = remotes(1), []Pair{pushed(stocked("10/8/10"), "8", ItemUnknown, at(16))}
	if _, err := run(t, f, Request{}); err != nil || len(f.items) != 0 {
		t.Errorf("%v, %+v", err, f.items)
	}
}

// Edits go out without a read of the list, also when no reads are left for one.
func TestSyncs_sendEdits(t *testing.T) {
	f := newFirm()
	f.usage.Reads, f.seen = 2_800, 100
	pair := priced("100/120/100")
	pair.Seen = false
	f.pairs = []Pair{pair}
	j, err := f.syncs().SendEdits(t.Context(), OccasionEdits)
	if err == nil {
		err = j.Run(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	if r := j.Sync(); r.Request.Scope != ScopeEdits || r.Request.Only != WayPush || r.Request.Occasion != OccasionEdits || r.State != transfer.StateDone || !r.ReadAt.Equal(now()) {
		t.Errorf("%+v", r)
	}
	if !slices.Equal(f.calls, []string{"save 1007"}) {
		t.Errorf("%v", f.calls)
	}
	f.busy = true
	if j, err := f.syncs().SendEdits(t.Context(), OccasionEdits); j != nil || domain.KindOf(err) != domain.KindBusy {
		t.Errorf("%v, %v", j, err)
	}
}

// confirmed is a run of the past.
func confirmed(scope Scope, createdAt time.Time, dated, undated int) Run {
	return Run{
		Run:     transfer.Run{ID: 1, State: transfer.StateDone, CreatedAt: createdAt, ReadAt: createdAt, ConfirmedAt: createdAt},
		Request: Request{Scope: scope}, Dated: dated, Undated: undated,
	}
}

// A sweep in which every change was dated proves the filter for good: a quiet week takes nothing back, a change that it
// would not have seen does.
func TestSyncs_rememberWhetherEveryChangeWasDated(t *testing.T) {
	for name, tt := range map[string]struct {
		dated, undated int
		before, after  domain.AbilityAnswer
	}{
		"every change was dated": {3, 0, domain.AbilityUnasked, domain.AbilityAllowed},
		"nothing changed":        {0, 0, domain.AbilityUnasked, domain.AbilityUnasked},
		"nothing changed, again": {0, 0, domain.AbilityAllowed, domain.AbilityAllowed},
		"one was not":            {3, 1, domain.AbilityAllowed, domain.AbilityUnasked},
		"none was":               {0, 1, domain.AbilityUnasked, domain.AbilityUnasked},
		"the filter is refused":  {3, 0, domain.AbilityDenied, domain.AbilityDenied},
	} {
		f := newFirm()
		f.list, f.filter, f.dated, f.undated = remotes(30), tt.before, tt.dated, tt.undated
		if _, err := run(t, f, Request{Scope: ScopeFull}); err != nil || f.filter != tt.after {
			t.Errorf("%s: %q, %v", name, f.filter, err)
		}
	}
}

func TestSyncs_askForWhatChangedOnceThatHasProvedToBeEnough(t *testing.T) {
	full := func(ago time.Duration, dated, undated int) []Run {
		return []Run{confirmed(ScopeFull, now().Add(-ago), dated, undated)}
	}
	for name, tt := range map[string]struct {
		runs   []Run
		filter domain.AbilityAnswer
		want   Scope
		since  time.Time
	}{
		"never read":                     {nil, "", ScopeFull, time.Time{}},
		"nothing has proved it":          {full(time.Hour, 0, 0), "", ScopeFull, time.Time{}},
		"every change was dated":         {full(time.Hour, 3, 0), "", ScopeChanged, now().Add(-2 * time.Hour)},
		"one was not":                    {full(time.Hour, 3, 1), "", ScopeFull, time.Time{}},
		"İşbaşı does not know it":        {full(time.Hour, 3, 0), domain.AbilityDenied, ScopeFull, time.Time{}},
		"nothing changed, proved before": {full(time.Hour, 0, 0), domain.AbilityAllowed, ScopeChanged, now().Add(-2 * time.Hour)},
		"proved before, one was not":     {full(time.Hour, 3, 1), domain.AbilityAllowed, ScopeFull, time.Time{}},
		"a week ago":                     {full(fullEvery, 3, 0), "", ScopeChanged, now().Add(-fullEvery - time.Hour)},
		"more than a week ago":           {full(fullEvery+1, 3, 0), "", ScopeFull, time.Time{}},
		"since the last of either kind":  {append(full(48*time.Hour, 3, 0), confirmed(ScopeChanged, now().Add(-time.Hour), 0, 0)), "", ScopeChanged, now().Add(-2 * time.Hour)},
		"edits read nothing":             {append(full(48*time.Hour, 3, 0), confirmed(ScopeEdits, now().Add(-time.Hour), 0, 0)), "", ScopeChanged, now().Add(-49 * time.Hour)},
	} {
		f := newFirm()
		f.runs, f.filter, f.seen = tt.runs, tt.filter, 250
		scope, since, err := f.syncs().scope(t.Context())
		if err != nil || scope != tt.want || !since.Equal(tt.since) {
			t.Errorf("%s: %s since %v, %v", name, scope, since, err)
		}
		st, err := f.syncs().SyncStanding(t.Context())
		if reads := map[Scope]int{ScopeFull: 3, ScopeChanged: 1}[tt.want]; err != nil || st.Scope != tt.want || st.Cost.Reads != reads {
			t.Errorf("%s: %+v, %v", name, st, err)
		}
	}
}

func TestSyncs_readTheWholeListWhereIsbasiDoesNotKnowTheFilter(t *testing.T) {
	for name, tt := range map[string]struct {
		spoil func(*firm)
		scope Scope
		calls []string
	}{
		"it knows it":   {func(*firm) {}, ScopeChanged, []string{"changed since 07:30:00"}},
		"it ignores it": {func(f *firm) { f.ignored = true }, ScopeFull, []string{"changed since 07:30:00", "list"}},
		"it refuses it": {func(f *firm) { f.refused = true }, ScopeFull, []string{"changed since 07:30:00", "list", "list"}},
	} {
		f := newFirm()
		f.list = append(remotes(149), remote(2000, now().Add(-2*time.Hour))) // just then
		for i := range f.list[:149] {
			f.list[i].ModifiedAt = now().Add(-72 * time.Hour)
		}
		f.runs = []Run{confirmed(ScopeFull, now().Add(-time.Hour), 1, 0)}
		f.time = now()
		tt.spoil(f)
		j, err := run(t, f, Request{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		r := j.Sync()
		read := map[Scope]int{ScopeFull: 150, ScopeChanged: 1}[tt.scope]
		if r.Request.Scope != tt.scope || r.Counters.Read != read || (f.filter == domain.AbilityDenied) != (tt.scope == ScopeFull) || !slices.Equal(f.calls, tt.calls) {
			t.Errorf("%s: %+v, %q, %v", name, r, f.filter, f.calls)
		}
		f.broken["remember"] = errBroken
		if tt.scope == ScopeFull {
			f.filter = ""
			f.runs = []Run{confirmed(ScopeFull, now().Add(-time.Hour), 1, 0)}
			if _, err := run(t, f, Request{}); !errors.Is(err, errBroken) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// So many at once are no products that somebody deleted.
func TestSyncs_doNotAskForAHundredMissedProducts(t *testing.T) {
	for n, asked := range map[int]int{maxMissed: maxMissed, maxMissed + 1: 0} {
		f := newFirm()
		f.list = remotes(1)
		for i := range n {
			f.missed = append(f.missed, domain.ProductRef{ID: domain.RemoteID(fmt.Sprint(i)), Type: 1})
		}
		if _, err := run(t, f, Request{}); err != nil || len(f.calls) != 1+asked {
			t.Errorf("%d: %v, %d calls", n, err, len(f.calls))
		}
	}
}

func TestSyncs_failWhereTheFileDoes(t *testing.T) {
	for _, call := range []string{
		"create", "save run", "see", "missed", "gone", "product", "pairs", "plan", "pull", "begin", "end", "lose", "sync settings", "ability", "settings", "session",
	} {
		f := newFirm()
		f.list, f.pairs, f.missed = remotes(1), twoWays(), []domain.ProductRef{{ID: "1900"}}
		f.gone["1900"] = call == "gone"
		j, err := f.syncs().NewSync(t.Context(), Request{Scope: ScopeFull})
		if err != nil {
			t.Fatal(err)
		}
		f.broken[call] = domain.E(domain.KindDisk, call, nil)
		if err := j.Run(t.Context()); domain.KindOf(err) != domain.KindDisk {
			t.Errorf("%s: %v", call, err)
		}
	}
}

func TestSyncs_reopenWhatFailed(t *testing.T) {
	f := newFirm()
	f.list, f.pairs = remotes(1), []Pair{priced("100/120/100")}
	f.broken["save"] = domain.E(domain.KindRejected, "save", nil)
	j, err := run(t, f, Request{})
	if err != nil || f.items[0].State != ItemFailed {
		t.Fatal(err, f.items)
	}
	r, err := j.work.Reopen(t.Context(), j.Snapshot().Run)
	if err != nil || r.Counters.Pending != 1 || r.Counters.Failed != 0 {
		t.Errorf("%v, %+v", err, r.Counters)
	}
	f.broken["reopen"] = errBroken
	if _, err := j.work.Reopen(t.Context(), j.Snapshot().Run); !errors.Is(err, errBroken) {
		t.Error(err)
	}
	if err := j.work.DropRows(t.Context(), r); err != nil || f.runs[0].Phase != transfer.PhaseRead || f.runs[0].Counters != (transfer.Counters{}) {
		t.Errorf("%v, %+v", err, f.runs[0])
	}
}

func TestSyncs_decideAndProbe(t *testing.T) {
	f := newFirm()
	f.stock = domain.AbilityDenied
	s := f.syncs()
	d, err := s.DecideOpen(t.Context(), Decision{Verdict: VerdictTheirs, Keys: []OpenKey{{Product: 7, Field: domain.SharedPrice}}})
	if err != nil || d.Done != 1 || d.Left[Left(domain.AbilityDenied)] != 1 {
		t.Errorf("%+v, %v", d, err)
	}
	if answer, err := s.ProbeStock(t.Context()); err != nil || answer != domain.AbilityDenied || !slices.Equal(f.calls, []string{"probe"}) {
		t.Errorf("%s, %v, %v", answer, err, f.calls)
	}
	f.broken["decide"] = errBroken
	if _, err := s.DecideOpen(t.Context(), Decision{}); !errors.Is(err, errBroken) {
		t.Error(err)
	}
	f.broken["probe"] = errBroken
	if _, err := s.ProbeStock(t.Context()); !errors.Is(err, errBroken) {
		t.Error(err)
	}
	f.calls = f.calls[:1]
	f.broken["ability"], f.broken["session"] = errBroken, errBroken
	if _, err := s.DecideOpen(t.Context(), Decision{}); !errors.Is(err, errBroken) {
		t.Error(err)
	}
	if _, err := s.ProbeStock(t.Context()); !errors.Is(err, errBroken) || len(f.calls) != 1 {
		t.Errorf("%v, %v", err, f.calls)
	}
}

func TestSyncs_tellHowTheyStand(t *testing.T) {
	f := newFirm()
	f.seen, f.edited, f.editAt = 38_760, 4, at(3)
	f.time = time.Date(2026, 6, 2, 12, 0, 0, 0, time.UTC)
	f.runs = []Run{confirmed(ScopeFull, time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC), 0, 0)}
	st, err := f.syncs().SyncStanding(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := NextSweep(f.runs[0].CreatedAt, 388, 2800, f.time)
	if !st.HasLast || st.Last.ID != 1 || st.Edited != 4 || st.Cost.Reads != 388 || !st.Saving || !st.Next.Equal(want) || st.Scope != ScopeFull ||
		!st.Choices.Pull || st.Settings.Zeroed != 10 {
		t.Errorf("%+v, want next %v", st, want)
	}
	f.seen = 100 // a page: the day is what is waited for
	if st, err = f.syncs().SyncStanding(t.Context()); err != nil || st.Saving || !st.Next.Equal(f.time) {
		t.Errorf("%+v, %v", st, err)
	}
	f.settings.Schedule = ScheduleOff
	if st, err = f.syncs().SyncStanding(t.Context()); err != nil || st.Saving || !st.Next.IsZero() {
		t.Errorf("%+v, %v", st, err)
	}
	f.settings.Schedule = ScheduleDaily
	for _, call := range []string{"settings", "sync settings", "latest", "count", "edited", "usage"} {
		f.broken = map[string]error{call: errBroken}
		if _, err := f.syncs().SyncStanding(t.Context()); !errors.Is(err, errBroken) {
			t.Errorf("%s: %v", call, err)
		}
	}
}

func TestSyncs_goOnByThemselvesWithWhatWasInterrupted(t *testing.T) {
	for name, tt := range map[string]struct {
		spoil func(*firm)
		found bool
		err   error
	}{
		"interrupted":          {func(*firm) {}, true, nil},
		"nothing":              {func(f *firm) { f.runs = nil }, false, nil},
		"a closed integration": {func(f *firm) { f.choices.IntegrationOn = false }, false, nil},
		"a transfer at work":   {func(f *firm) { f.busy = true }, false, nil},
		"no settings":          {func(f *firm) { f.broken["settings"] = errBroken }, false, errBroken},
		"no run":               {func(f *firm) { f.broken["unfinished"] = errBroken }, false, errBroken},
	} {
		f := newFirm()
		f.runs = []Run{{Run: transfer.Run{ID: 1, State: transfer.StateApplying}}}
		tt.spoil(f)
		j, err := f.syncs().interrupted(t.Context())
		if (j != nil) != tt.found || !errors.Is(err, tt.err) {
			t.Errorf("%s: %v, %v", name, j, err)
		}
	}
}

// alone is what a sync has of the machine's line.
func TestAlone_letsWriteAtOnce(t *testing.T) {
	var a alone
	ctx := context.Background()
	release, err := a.Turn(ctx, 1, nil)
	if err != nil || a.Enter(ctx, 1) != nil || a.Leave(ctx, 1) != nil {
		t.Error(err)
	}
	release()
	a.Ended(transfer.Run{})
}
