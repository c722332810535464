package sync_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// conflict lets price and stock of the tea wait: agreed on 90 and 9, ours 100 and 10, theirs 130 and 13.
func (s *shop) conflict() {
	s.t.Helper()
	price := sqlitetest.Waiting(tea, sqlitetest.RefOf(tea), domain.SharedPrice, sync.WhyNoWinner, "90", "100", "130")
	stock := sqlitetest.Waiting(tea, sqlitetest.RefOf(tea), domain.SharedStock, sync.WhyPushOff, "9", "10", "13")
	price.Action, price.OursAt, price.TheirsAt = sync.ActionConflict, domaintest.Moment, domaintest.Moment.Add(time.Minute)
	s.planned(sync.Plan{Open: []sync.Open{price, stock}})
}

func (s *shop) decide(v sync.Verdict, remember bool, keys ...sync.OpenKey) sync.Decided {
	s.t.Helper()
	return sqlitetest.Ok1[sync.Decided](s.t)(s.DecideFields(s.t.Context(), sync.Decision{Verdict: v, Remember: remember, Keys: keys}, domain.AbilityAllowed))
}

// waiting counts the fields that wait.
func (s *shop) waiting() int {
	s.t.Helper()
	_, n, err := s.OpenFields(s.t.Context(), sync.OpenQuery{})
	sqlitetest.Must(s.t, err)
	return n
}

var (
	teaPrice = sync.OpenKey{Product: tea, Field: domain.SharedPrice}
	teaStock = sync.OpenKey{Product: tea, Field: domain.SharedStock}
)

// A decision for İşbaşı's value writes it at once, as a run of its own.
func TestDecideFields_takesTheirs(t *testing.T) {
	s := newShop(t)
	s.conflict()
	s.DB.Actor = "ümit"
	at := s.hour(3)
	d := s.decide(sync.VerdictTheirs, false, teaPrice, teaStock)
	want := sync.Run{
		Run: transfer.Run{
			ID: 2, State: transfer.StateDone, Phase: transfer.PhaseEnd, CreatedAt: at, ConfirmedAt: at, FinishedAt: at,
			Counters: transfer.Counters{Matched: 2},
		},
		Request: sync.Request{Scope: sync.ScopeChoice, Occasion: sync.OccasionPerson},
		Moved:   sync.Moved{PulledStock: 1, PulledPrice: 1},
	}
	sqlitetest.WantSame(t, "decided", d, sync.Decided{Run: want, Done: 2, Left: map[sync.Left]int{}})
	sqlitetest.WantNoted(t, s.Company, "sync-decided", map[string]any{"sync": 2, "verdict": "isbasi", "fields": 2})
	s.wantValues(tea, "130", "13", 3)
	s.wantBases(tea, "130", "13")
	from := domain.Origin{At: at, From: domain.SourceSync, By: "ümit"}
	sqlitetest.WantSame(t, "origins", sqlitetest.Ok1[domain.Origins](t)(s.Origins(t.Context(), tea)), domain.Origins{Price: from, Stock: from})
	price := sync.Item{
		ID: 1, Run: 2, Product: tea, Ref: sqlitetest.RefOf(tea), Code: "ÇAY-1", Name: "Çilek çayı", Field: domain.SharedPrice, Way: sync.WayPull,
		Why: sync.WhyNoWinner, Conflict: true, Base: number("90"), Ours: number("100"), Theirs: number("130"), Value: number("130"),
		Currency: domain.TRY, Attempt: 1, State: sync.ItemApplied, EndedAt: at,
	}
	stock := price
	stock.ID, stock.Field, stock.Why, stock.Conflict, stock.Currency = 2, domain.SharedStock, sync.WhyPushOff, false, ""
	stock.Base, stock.Ours, stock.Theirs, stock.Value = number("9"), number("10"), number("13"), number("13")
	sqlitetest.WantSame(t, "changes", s.items(2), []sync.Item{price, stock})
	if n := sqlitetest.Count(t, s.Company, `SELECT count(*) FROM sync_open WHERE decided = 2`); n != 2 || s.waiting() != 0 {
		t.Errorf("%d decided, %d wait", n, s.waiting())
	}
	if n := sqlitetest.Count(t, s.Company, `SELECT count(*) FROM sync_choice`); n != 0 {
		t.Errorf("%d things were said", n)
	}
	if n := sqlitetest.Count(t, s.Company, `SELECT count(*) FROM sync_run WHERE actor = 'ümit' AND scope = 'choice'`); n != 1 {
		t.Error("by somebody else")
	}
}

// What is said of a field is kept with both values; a verdict that is remembered makes its side the owner.
func TestDecideFields_keepsWhatWasSaid(t *testing.T) {
	for name, tt := range map[string]struct {
		verdict  sync.Verdict
		remember bool
		said     *sync.Said // nil: nothing
		pulled   bool
	}{
		"theirs":                {sync.VerdictTheirs, false, nil, true},
		"theirs from now on":    {sync.VerdictTheirs, true, &sync.Said{Owner: domain.OwnerBooks}, true},
		"ours":                  {sync.VerdictOurs, false, &sync.Said{Kind: sync.SaidOurs}, false},
		"ours from now on":      {sync.VerdictOurs, true, &sync.Said{Kind: sync.SaidOurs, Owner: domain.OwnerCatalogue}, false},
		"the later":             {sync.VerdictLater, false, nil, true},
		"the later from now on": {sync.VerdictLater, true, &sync.Said{Owner: domain.OwnerLater}, true},
		"entered by hand":       {sync.VerdictNoted, false, &sync.Said{Kind: sync.SaidNoted}, false},
		"entered by hand, ever": {sync.VerdictNoted, true, &sync.Said{Kind: sync.SaidNoted}, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			s.conflict()
			s.DB.Actor = "ümit"
			at := s.hour(3)
			d := s.decide(tt.verdict, tt.remember, teaPrice)
			if d.Done != 1 || len(d.Left) != 0 || d.Run.Moved.PulledPrice != map[bool]int{true: 1}[tt.pulled] {
				t.Errorf("%+v", d)
			}
			said := s.pair(tea).Price.Said
			if tt.said != nil {
				tt.said.Ours, tt.said.Theirs = number("100"), number("130")
				row := sqlitetest.RowsBy(t, s.DB.Reader, `SELECT * FROM sync_choice`)[0]
				if row["at"] != sqlitetest.Timed(at) || row["actor"] != "ümit" || row["sync_id"] != d.Run.ID {
					t.Errorf("%v", row)
				}
			}
			sqlitetest.WantSame(t, "said", said, tt.said)
			if s.waiting() != 1 {
				t.Errorf("%d wait", s.waiting())
			}
			if tt.pulled {
				s.wantValues(tea, "130", "10", 2)
				s.wantBases(tea, "130", "10")
			} else {
				s.wantValues(tea, "100", "10", 1)
				s.wantBases(tea, "100", "10")
			}
		})
	}
}

// Whoever owns a field stays its owner until somebody else is said to be; the rest is what was said last.
func TestDecideFields_keepsTheOwnerUntilAnotherIsSaid(t *testing.T) {
	s := newShop(t)
	hour := 1
	said := func(v sync.Verdict, remember bool, owner domain.Owner, kind sync.SaidKind) {
		t.Helper()
		hour++
		s.DB.Actor = string(v)
		at := s.hour(hour)
		ours, theirs := fmt.Sprint(100+hour), fmt.Sprint(200+hour)
		s.edit(tea, ours, "10")
		s.planned(sync.Plan{Open: []sync.Open{sqlitetest.Waiting(tea, sqlitetest.RefOf(tea), domain.SharedPrice, sync.WhyJump, "90", ours, theirs)}})
		run := s.decide(v, remember, teaPrice).Run.ID
		sqlitetest.WantSame(t, string(v), s.pair(tea).Price.Said, &sync.Said{Owner: owner, Kind: kind, Ours: number(ours), Theirs: number(theirs)})
		row := sqlitetest.RowsBy(t, s.DB.Reader, `SELECT at, actor, sync_id FROM sync_choice`)[0]
		sqlitetest.WantRow(t, string(v), row, map[string]any{"at": sqlitetest.Timed(at), "actor": string(v), "sync_id": run})
	}
	said(sync.VerdictOurs, true, domain.OwnerCatalogue, sync.SaidOurs)
	said(sync.VerdictNoted, false, domain.OwnerCatalogue, sync.SaidNoted)
	said(sync.VerdictTheirs, true, domain.OwnerBooks, sync.SaidNothing)
}

// Each reason why a field is left, and nothing is done for it.
func TestDecideFields_leavesWhatCannotBe(t *testing.T) {
	allowed := domain.AbilityAllowed
	for name, tt := range map[string]struct {
		verdict sync.Verdict
		key     sync.OpenKey
		stock   domain.AbilityAnswer
		change  func(s *shop)
		want    sync.Left
	}{
		"it does not wait":            {sync.VerdictTheirs, sync.OpenKey{Product: heater, Field: domain.SharedPrice}, allowed, func(*shop) {}, sync.LeftChanged},
		"it is decided upon":          {sync.VerdictTheirs, teaPrice, allowed, func(s *shop) { s.execute(`UPDATE sync_open SET decided = 9`) }, sync.LeftChanged},
		"the price has changed":       {sync.VerdictTheirs, teaPrice, allowed, func(s *shop) { s.edit(tea, "101", "10") }, sync.LeftChanged},
		"the stock has changed":       {sync.VerdictOurs, teaStock, allowed, func(s *shop) { s.edit(tea, "100", "11") }, sync.LeftChanged},
		"the price is in dollars":     {sync.VerdictTheirs, teaPrice, allowed, func(s *shop) { s.execute(`UPDATE product SET currency = 'USD'`) }, sync.LeftChanged},
		"it is archived":              {sync.VerdictTheirs, teaPrice, allowed, func(s *shop) { s.execute(`UPDATE product SET state = 'archived'`) }, sync.LeftChanged},
		"it is bound to another":      {sync.VerdictNoted, teaPrice, allowed, func(s *shop) { s.execute(`UPDATE binding SET remote_id = 'x' WHERE product_id = 1`) }, sync.LeftChanged},
		"İşbaşı has no value":         {sync.VerdictTheirs, teaPrice, allowed, func(s *shop) { s.execute(`UPDATE sync_open SET theirs = NULL`) }, sync.LeftNoValue},
		"it is gone":                  {sync.VerdictOurs, teaPrice, allowed, func(s *shop) { s.execute(`UPDATE sync_open SET why = 'gone'`) }, sync.LeftNoValue},
		"nothing goes out":            {sync.VerdictOurs, teaPrice, allowed, func(s *shop) { s.push(domain.PushStock) }, sync.LeftPushOff},
		"the key may not":             {sync.VerdictOurs, teaStock, domain.AbilityDenied, func(*shop) {}, sync.LeftNoStock},
		"nobody knows which is later": {sync.VerdictLater, teaStock, allowed, func(*shop) {}, sync.LeftUnknown},
		"it never goes out":           {sync.VerdictOurs, teaPrice, allowed, func(s *shop) { s.execute(`UPDATE sync_open SET ours = '0'`); s.edit(tea, "0", "10") }, sync.LeftForbidden},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			s.conflict()
			tt.change(s)
			before := sqlitetest.Contents(t, s.DB)
			d, err := s.DecideFields(t.Context(), sync.Decision{Verdict: tt.verdict, Remember: true, Keys: []sync.OpenKey{tt.key}}, tt.stock)
			sqlitetest.Must(t, err)
			sqlitetest.WantSame(t, "decided", d, sync.Decided{Left: map[sync.Left]int{tt.want: 1}})
			// Where nothing is done there is no run, and nobody is told of one.
			s.execute(`UPDATE sqlite_sequence SET seq = 1 WHERE name = 'sync_run'`)
			sqlitetest.WantSame(t, "file", sqlitetest.Contents(t, s.DB), before)
		})
	}
}

// A decision about many does what it can and counts what it leaves.
func TestDecideFields_doesWhatItCan(t *testing.T) {
	s := newShop(t)
	s.conflict()
	d := s.decide(sync.VerdictLater, false, teaStock, teaPrice, sync.OpenKey{Product: heater, Field: domain.SharedStock}, teaPrice)
	if d.Done != 1 || d.Run.Moved != (sync.Moved{PulledPrice: 1}) {
		t.Errorf("%+v", d)
	}
	sqlitetest.WantSame(t, "left", d.Left, map[sync.Left]int{sync.LeftUnknown: 1, sync.LeftChanged: 2})
	sqlitetest.WantNoted(t, s.Company, "sync-decided", map[string]any{"sync": d.Run.ID, "verdict": "later", "fields": 1})
	s.wantValues(tea, "130", "10", 2)
}

// A run that waits at its brakes still waits after somebody has decided about a field.
func TestDecideFields_leavesTheRunThatWaits(t *testing.T) {
	s := newShop(t)
	s.conflict()
	r := sqlitetest.Ok1[sync.Run](t)(s.Sync(t.Context(), 1))
	r.State, r.Cause = transfer.StatePaused, domain.KindBrake
	r = sqlitetest.Ok1[sync.Run](t)(s.SaveSync(t.Context(), r))
	s.decide(sync.VerdictTheirs, false, teaPrice)
	got, ok, err := s.UnfinishedSync(t.Context())
	if !ok || err != nil {
		t.Fatal(ok, err)
	}
	sqlitetest.WantSame(t, "run", got, r)
}
