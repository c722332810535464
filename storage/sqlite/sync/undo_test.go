package sync_test

import (
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// undo plans an undo and carries it out: the plan writes nothing, and what is done is what was planned.
func (s *shop) undo(run int64) sync.UndoPlan {
	s.t.Helper()
	before := sqlitetest.Dump(s.t, s.DB)
	planned := sqlitetest.Ok1[sync.UndoPlan](s.t)(s.PlanSyncUndo(s.t.Context(), run))
	if after := sqlitetest.Dump(s.t, s.DB); after != before {
		s.t.Errorf("the plan wrote something:\n%s", sqlitetest.Apart(before, after))
	}
	done := sqlitetest.Ok1[sync.UndoPlan](s.t)(s.UndoSync(s.t.Context(), run))
	sqlitetest.WantSame(s.t, "done", done, planned, "Run.Run.UndoneAt")
	again := sqlitetest.Ok1[sync.UndoPlan](s.t)(s.PlanSyncUndo(s.t.Context(), run))
	sqlitetest.WantSame(s.t, "what was done", again, done)
	return done
}

func (s *shop) wantUndone(got sync.UndoPlan, restored, returned, kept int) {
	s.t.Helper()
	if got.Restored != restored || got.Return != returned || got.Kept != kept {
		s.t.Errorf("%d restored, %d returned, %d kept, want %d, %d and %d", got.Restored, got.Return, got.Kept, restored, returned, kept)
	}
}

// What was pulled has its former value again, both sides agree on what they agreed on before, and nothing of it is
// pulled again.
func TestUndoSync_restoresWhatWasPulled(t *testing.T) {
	s := newShop(t)
	conflict := pull(tea, domain.SharedPrice, "90", "100", "130")
	conflict.Conflict = true
	r := s.pulled(conflict, pull(tea, domain.SharedStock, "10", "10", "13"), pull(heater, domain.SharedStock, "20", "20", "0"))
	other := s.pulled(pull(scarf, domain.SharedPrice, "300", "300", "310"))
	s.wantBases(tea, "130", "13")
	s.DB.Actor = "ümit"
	at := s.hour(5)
	done := s.undo(r.ID)
	want := r
	want.UndoneAt = at
	sqlitetest.WantSame(t, "undo", done, sync.UndoPlan{Run: want, Restored: 3})
	sqlitetest.WantNoted(t, s.Company, "sync-undone", map[string]any{"sync": r.ID, "fields_restored": 3, "returned": 0, "fields_left": 0})
	s.wantValues(tea, "100", "10", 5)
	s.wantValues(heater, "200", "20", 3)
	s.wantBases(tea, "100", "10")
	s.wantBases(heater, "200", "20")
	from := domain.Origin{At: at, From: domain.SourceUndo, By: "ümit"}
	sqlitetest.WantSame(t, "origins", sqlitetest.Ok1[domain.Origins](t)(s.Origins(t.Context(), tea)), domain.Origins{Price: from, Stock: from})
	p := s.pair(tea)
	sqlitetest.WantSame(t, "price", p.Price.Said, &sync.Said{Kind: sync.SaidUndone, Ours: number("100"), Theirs: number("130")})
	sqlitetest.WantSame(t, "stock", p.Stock.Said, &sync.Said{Kind: sync.SaidUndone, Ours: number("10"), Theirs: number("13")})
	row := sqlitetest.RowsBy(t, s.DB.Reader, `SELECT * FROM sync_choice ORDER BY product_id, field`)[0]
	if row["at"] != sqlitetest.Timed(at) || row["actor"] != "ümit" || row["sync_id"] != r.ID {
		t.Errorf("%v", row)
	}
	for _, i := range s.items(r.ID) {
		if !i.Undone || i.State != sync.ItemApplied {
			t.Errorf("%+v", i)
		}
	}
	// The other run stands.
	s.wantValues(scarf, "310", "30", 2)
	s.wantBases(scarf, "310", "30")
	if s.items(other.ID)[0].Undone || s.pair(scarf).Price.Said != nil {
		t.Error("another run was undone")
	}
}

// Of a push the catalogue has İşbaşı's former value back, whatever became of it there: it goes out as what a person keeps.
func TestUndoSync_returnsWhatWasPushed(t *testing.T) {
	for _, state := range []sync.ItemState{sync.ItemUnknown, sync.ItemAnswered, sync.ItemConfirmed, sync.ItemRefuted} {
		s := newShop(t)
		r := s.pushed(state, push(tea, domain.SharedPrice, "90", "100", "95"), push(heater, domain.SharedStock, "19", "20", "18"))
		at := s.hour(5)
		s.wantUndone(s.undo(r.ID), 0, 2, 0)
		sqlitetest.WantNoted(t, s.Company, "sync-undone", map[string]any{"sync": r.ID, "fields_restored": 0, "returned": 2, "fields_left": 0})
		s.wantValues(tea, "95", "10", 2)
		s.wantValues(heater, "200", "18", 2)
		s.wantBases(tea, "100", "10") // as it was: nothing was agreed on by a push
		// Whatever speaks against it, a person has said so.
		sqlitetest.WantSame(t, string(state), s.pair(tea).Price.Said, &sync.Said{Kind: sync.SaidOurs, Ours: number("95"), Theirs: number("100")})
		sqlitetest.WantSame(t, string(state), s.pair(heater).Stock.Said, &sync.Said{Kind: sync.SaidOurs, Ours: number("18"), Theirs: number("20")})
		n, last, err := s.Edited(t.Context())
		if n != 2 || !last.Equal(at) || err != nil {
			t.Errorf("%s: %d wait to go out since %v, %v", state, n, last, err)
		}
	}
}

func TestUndoSync_takesNothingBackThatWasNotDone(t *testing.T) {
	s := newShop(t)
	r := s.planned(sync.Plan{Items: []sync.Item{
		pull(tea, domain.SharedPrice, "100", "120", "100"), push(tea, domain.SharedStock, "9", "10", "9"), push(heater, domain.SharedStock, "19", "20", "18"),
	}})
	r, _, _, err := s.Pull(t.Context(), r, 1) // the price is another one: it fails
	sqlitetest.Must(t, err)
	r, _, err = s.BeginPush(t.Context(), r) // of the first, whose answer never comes
	sqlitetest.Must(t, err)
	r.State = transfer.StateStopped
	sqlitetest.Must(t, sqlitetest.ErrOf2(s.SaveSync(t.Context(), r)))
	s.wantUndone(s.undo(r.ID), 0, 0, 0)
	s.wantValues(tea, "100", "10", 1)
	s.wantValues(heater, "200", "20", 1)
}

// Each reason by itself why a value stays.
func TestUndoSync_leavesWhatChangedSince(t *testing.T) {
	for name, change := range map[string]func(s *shop){
		"another price":           func(s *shop) { s.edit(tea, "121", "10") },
		"another currency":        func(s *shop) { s.execute(`UPDATE product SET currency = 'USD' WHERE id = 1`) },
		"archived":                func(s *shop) { s.execute(`UPDATE product SET state = 'archived' WHERE id = 1`) },
		"unbound":                 func(s *shop) { s.execute(`DELETE FROM binding WHERE product_id = 1`) },
		"bound to something else": func(s *shop) { s.execute(`UPDATE binding SET remote_id = 'x' WHERE product_id = 1`) },
		"another, and the same number again, by later runs": func(s *shop) {
			s.pulled(pull(tea, domain.SharedPrice, "120", "120", "130"))
			s.pulled(pull(tea, domain.SharedPrice, "130", "130", "120"))
		},
		"the same number, decided later": func(s *shop) {
			s.planned(sync.Plan{Open: []sync.Open{sqlitetest.Waiting(tea, sqlitetest.RefOf(tea), domain.SharedPrice, sync.WhyJump, "120", "120", "120")}})
			s.decide(sync.VerdictTheirs, false, teaPrice)
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			r := s.pulled(pull(tea, domain.SharedPrice, "100", "100", "120"), pull(heater, domain.SharedPrice, "200", "200", "220"))
			change(s)
			product, agreed := `SELECT * FROM product WHERE id = 1`, `SELECT * FROM agreed WHERE product_id = 1 ORDER BY id`
			before := [2]any{sqlitetest.RowsBy(t, s.DB.Reader, product), sqlitetest.RowsBy(t, s.DB.Reader, agreed)}
			s.wantUndone(s.undo(r.ID), 1, 0, 1)
			sqlitetest.WantNoted(t, s.Company, "sync-undone", map[string]any{"sync": r.ID, "fields_restored": 1, "returned": 0, "fields_left": 1})
			sqlitetest.WantSame(t, "product and agreements", [2]any{sqlitetest.RowsBy(t, s.DB.Reader, product), sqlitetest.RowsBy(t, s.DB.Reader, agreed)}, before)
			if s.items(r.ID)[0].Undone || !s.items(r.ID)[1].Undone {
				t.Errorf("%+v", s.items(r.ID))
			}
			s.wantValues(heater, "200", "20", 3)
		})
	}
}

// What later changes of the field did not do, or took back themselves, is no reason; nor are those of the other field.
func TestUndoSync_goesBackStepByStep(t *testing.T) {
	s := newShop(t)
	first := s.pulled(pull(tea, domain.SharedPrice, "100", "100", "120"))
	second := s.pulled(pull(tea, domain.SharedPrice, "120", "120", "130"))
	s.pulled(pull(tea, domain.SharedStock, "10", "10", "11"))
	s.pulled(pull(heater, domain.SharedPrice, "200", "200", "220"))
	for _, state := range []sync.ItemState{sync.ItemPlanned, sync.ItemSent, sync.ItemFailed} {
		s.pushedItem(tea, domain.SharedPrice, state)
	}
	s.wantUndone(s.undo(second.ID), 1, 0, 0)
	s.wantBases(tea, "120", "11")
	s.wantUndone(s.undo(first.ID), 1, 0, 0)
	s.wantBases(tea, "100", "11")
	s.wantValues(tea, "100", "11", 6)
}

// A push to which İşbaşı had no value cannot be returned.
func TestUndoSync_ofAPushOverNothing(t *testing.T) {
	s := newShop(t)
	i := push(tea, domain.SharedPrice, "90", "100", "1")
	i.Theirs = number("")
	r := s.pushed(sync.ItemAnswered, i)
	s.wantUndone(s.undo(r.ID), 0, 0, 1)
	s.wantValues(tea, "100", "10", 1)
}

// A pull where the catalogue had no value leaves none again.
func TestUndoSync_ofAPullIntoNothing(t *testing.T) {
	s := newShop(t)
	s.edit(tea, "", "10")
	i := pull(tea, domain.SharedPrice, "100", "1", "130")
	i.Ours = number("")
	r := s.pulled(i)
	s.wantUndone(s.undo(r.ID), 1, 0, 0)
	s.wantValues(tea, "", "10", 4)
	sqlitetest.WantSame(t, "said", s.pair(tea).Price.Said, &sync.Said{Kind: sync.SaidUndone, Theirs: number("130")})
}

func TestUndoSync_twice(t *testing.T) {
	s := newShop(t)
	r := s.pulled(pull(tea, domain.SharedPrice, "100", "100", "120"), pull(heater, domain.SharedPrice, "200", "200", "220"))
	s.edit(heater, "221", "20")
	s.wantUndone(s.undo(r.ID), 1, 0, 1)
	s.hour(9)
	before := sqlitetest.Dump(t, s.DB)
	s.wantUndone(sqlitetest.Ok1[sync.UndoPlan](t)(s.UndoSync(t.Context(), r.ID)), 1, 0, 1)
	s.wantUndone(s.undo(r.ID), 1, 0, 1)
	if after := sqlitetest.Dump(t, s.DB); after != before {
		t.Error(sqlitetest.Apart(before, after))
	}
	// What could not be restored then is not restored now either.
	s.edit(heater, "220", "20")
	s.wantUndone(sqlitetest.Ok1[sync.UndoPlan](t)(s.UndoSync(t.Context(), r.ID)), 1, 0, 1)
	s.wantValues(heater, "220", "20", 4)
}

// Of an old run only its sums are kept: what it pulled stays, and that is said.
func TestUndoSync_ofAnOldRun(t *testing.T) {
	s := newShop(t)
	r := s.pulled(pull(tea, domain.SharedPrice, "100", "100", "120"), pull(heater, domain.SharedStock, "20", "20", "22"))
	for range 100 {
		sqlitetest.Must(t, sqlitetest.ErrOf2(s.CreateSync(t.Context(), sync.Run{Run: transfer.Run{ConfirmedAt: domaintest.Moment}})))
	}
	s.wantUndone(s.undo(r.ID), 0, 0, 2)
	s.wantValues(tea, "120", "10", 2)
	s.wantBases(tea, "120", "10")
}

// With a decision go its pulls and what it said; what had waited waits again. That of another decision stays.
func TestUndoSync_ofADecision(t *testing.T) {
	s := newShop(t)
	s.conflict()
	pulled := s.decide(sync.VerdictTheirs, true, teaPrice)
	s.wantUndone(s.undo(pulled.Run.ID), 1, 0, 0)
	s.wantValues(tea, "100", "10", 3)
	s.wantBases(tea, "100", "10")
	if p := s.pair(tea); p.Price.Said != nil {
		t.Errorf("said %+v", p.Price.Said)
	}
	if s.waiting() != 2 {
		t.Errorf("%d wait", s.waiting())
	}

	ours := s.decide(sync.VerdictOurs, false, teaPrice)
	noted := s.decide(sync.VerdictNoted, false, teaStock)
	if n, _, err := s.Edited(t.Context()); n != 1 || err != nil {
		t.Fatalf("%d go out, %v", n, err)
	}
	s.wantUndone(s.undo(ours.Run.ID), 0, 0, 0)
	sqlitetest.WantNoted(t, s.Company, "sync-undone", map[string]any{"sync": ours.Run.ID, "fields_restored": 0, "returned": 0, "fields_left": 0})
	p := s.pair(tea)
	if p.Price.Said != nil || p.Stock.Said == nil || p.Stock.Said.Kind != sync.SaidNoted {
		t.Errorf("said %+v and %+v", p.Price.Said, p.Stock.Said)
	}
	fields, n, err := s.OpenFields(t.Context(), sync.OpenQuery{})
	if n != 1 || err != nil || fields[0].Field != domain.SharedPrice {
		t.Errorf("%+v, %v", fields, err)
	}
	if n, _, err := s.Edited(t.Context()); n != 0 || err != nil {
		t.Errorf("%d go out, %v", n, err)
	}
	s.wantUndone(s.undo(noted.Run.ID), 0, 0, 0)
	if s.pair(tea).Stock.Said != nil || s.waiting() != 2 {
		t.Errorf("said %+v, %d wait", s.pair(tea).Stock.Said, s.waiting())
	}
}

// Who owns a field from now on stays so when something else is taken back; the rest is what was taken back.
func TestUndoSync_leavesTheOwner(t *testing.T) {
	s := newShop(t)
	s.conflict()
	s.decide(sync.VerdictOurs, true, teaPrice)
	r := s.pulled(pull(tea, domain.SharedPrice, "90", "100", "140"))
	s.execute(`UPDATE sync_item SET ours = '105' WHERE sync_id = ?`, r.ID)
	s.DB.Actor = "ümit"
	at := s.hour(4)
	s.undo(r.ID)
	s.wantValues(tea, "105", "10", 3)
	sqlitetest.WantSame(t, "said", s.pair(tea).Price.Said, &sync.Said{Owner: domain.OwnerCatalogue, Kind: sync.SaidUndone, Ours: number("105"), Theirs: number("140")})
	row := sqlitetest.RowsBy(t, s.DB.Reader, `SELECT at, actor, sync_id FROM sync_choice`)[0]
	sqlitetest.WantRow(t, "choice", row, map[string]any{"at": sqlitetest.Timed(at), "actor": "ümit", "sync_id": r.ID})
}

func TestUndoSync_refusesWhatIsNoneOrAtWork(t *testing.T) {
	s, ctx := newShop(t), t.Context()
	refused := func(what string, id int64, kind domain.Kind) {
		t.Helper()
		before := sqlitetest.Dump(t, s.DB)
		plan, err := s.PlanSyncUndo(ctx, id)
		sqlitetest.WantKind(t, err, kind)
		sqlitetest.WantSame(t, what, plan, sync.UndoPlan{})
		plan, err = s.UndoSync(ctx, id)
		sqlitetest.WantKind(t, err, kind)
		sqlitetest.WantSame(t, what, plan, sync.UndoPlan{})
		if after := sqlitetest.Dump(t, s.DB); after != before {
			t.Errorf("%s: %s", what, sqlitetest.Apart(before, after))
		}
	}
	refused("none", 77, domain.KindNotFound)
	made := func(r transfer.Run) int64 {
		return sqlitetest.Ok1[sync.Run](t)(s.CreateSync(ctx, sync.Run{Run: r})).ID
	}
	refused("a plan", made(transfer.Run{State: transfer.StatePlanned}), domain.KindNotFound)
	for _, state := range []transfer.State{
		transfer.StatePreparing, transfer.StateQueued, transfer.StateApplying, transfer.StateStopping,
	} {
		refused(string(state), made(transfer.Run{State: state, ConfirmedAt: domaintest.Moment}), domain.KindBusy)
	}
	for _, state := range []transfer.State{transfer.StatePaused, transfer.StateStopped, transfer.StateFailed, transfer.StatePartlyDone} {
		s.wantUndone(s.undo(made(transfer.Run{State: state, ConfirmedAt: domaintest.Moment.Add(time.Hour)})), 0, 0, 0)
	}
}
