package transfer_test

import (
	"database/sql"
	"fmt"
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
	storedtransfer "github.com/sopyo/sopyo-desktop/storage/sqlite/transfer"
)

// written is what matters of a before-image to those before it.
type written struct {
	transfer int64
	remote   domain.RemoteID
	kind     int // İşbaşı's type of remote
	product  domain.ProductID
	undone   string
}

// standsOn tells whether w, written later, stands on i: on the same product, on the same İşbaşı product
// where both touched a product, or on the same row.
func (w written) standsOn(i written) bool {
	if w.undone == storedtransfer.MarkUndone || w.undone == storedtransfer.MarkTakenBack {
		return false
	}
	sameRemote := w.remote == i.remote && w.kind == i.kind
	return w.product != 0 && w.product == i.product ||
		sameRemote && w.transfer == i.transfer ||
		sameRemote && w.product != 0 && i.product != 0
}

// putImages writes before-images of products that only were bound; their numbers are 1, 2…
func putImages(t *testing.T, c *sqlitetest.Company, all ...written) {
	t.Helper()
	for _, w := range all {
		if _, err := c.DB.Writer.ExecContext(t.Context(), `INSERT INTO before_image
				(transfer_id, remote_id, type, product_id, product, revision, bound, created_at, undone, kind, "row")
			VALUES (?, ?, ?, ?, '{"revision":1}', 1, 0, '', ?, 'ignore', '{}')`, w.transfer, w.remote, w.kind, w.product, w.undone); err != nil {
			t.Fatal(err)
		}
	}
}

// An image that nothing else stands on, and a later write of every sort: by the same transfer or another,
// about the same İşbaşı product, another or one of another type, on the same product, another or none,
// standing, undone, taken back or left for a reason.
func TestUndo_leavesWhatALaterWriteStandsOnFromEverySide(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.Put(t, c, domaintest.Fill[domain.Product](0), domaintest.Fill[domain.Product](1))
	var runs []transfer.Run
	for range 2 {
		r := sqlitetest.Staged(t, c, []domain.RemoteProduct{anyRemote(0), anyRemote(1)})
		confirm(t, c, r)
		runs = append(runs, r)
	}
	remote, another := anyRemote(0).ID, anyRemote(1).ID
	wipe := func() {
		for _, undo := range []string{`DELETE FROM before_image`, `DELETE FROM sqlite_sequence WHERE name = 'before_image'`} {
			if _, err := c.DB.Writer.ExecContext(t.Context(), undo); err != nil {
				t.Fatal(err)
			}
		}
	}
	n := 0
	for _, first := range []written{{runs[0].ID, remote, 1, 1, ""}, {runs[0].ID, remote, 1, 0, ""}, {runs[1].ID, remote, 1, 1, ""}, {runs[1].ID, remote, 1, 0, ""}} {
		for _, by := range runs {
			for _, about := range []domain.RemoteID{remote, another} {
				for _, kind := range []int{1, 2} {
					for _, on := range []domain.ProductID{0, 1, 2} {
						for _, undone := range []string{"", storedtransfer.MarkUndone, storedtransfer.MarkTakenBack, string(transfer.RefusedChanged)} {
							if n++; (n+n/4)%sqlitetest.Thinned != 0 {
								continue
							}
							second := written{by.ID, about, kind, on, undone}
							wipe()
							putImages(t, c, first, second)
							wantLater(t, c, []written{first, second})
						}
					}
				}
			}
		}
	}
}

// wantLater compares what the undo and its plan say of images with what standsOn says.
func wantLater(t *testing.T, c *sqlitetest.Company, images []written) {
	t.Helper()
	sqlitetest.Must(t, c.DB.Update(t.Context(), "try an undo", func(tx *sql.Tx) error {
		b, err := storedtransfer.NewBatch(t.Context(), tx, c.DB.Author())
		if err != nil {
			return err
		}
		u, err := storedtransfer.NewUndoer(t.Context(), tx, b)
		if err != nil {
			return err
		}
		for n, i := range images {
			on := func(w written) bool { return w.standsOn(i) }
			elsewhere := func(w written) bool { return w.transfer != i.transfer && w.standsOn(i) }
			s, err := u.Standing(t.Context(), n+1)
			if err != nil {
				return err
			}
			if want := slices.ContainsFunc(images[n+1:], on); s.Later != want {
				t.Errorf("%+v of %+v: the undo says later %v, want %v", i, images, s.Later, want)
			}
			if i.undone != "" {
				continue
			}
			g, err := storedtransfer.DryRun(t.Context(), tx, i.transfer)
			if err != nil {
				return err
			}
			if want := slices.ContainsFunc(images[n+1:], elsewhere); g.Later[int64(n+1)] != want {
				t.Errorf("%+v of %+v: the plan says later %v, want %v", i, images, g.Later[int64(n+1)], want)
			}
		}
		return nil
	}))
}

// What stands where an image was made, each part alone.
func TestUndo_looksAtWhatStandsNow(t *testing.T) {
	remote := anyRemote(0).ID
	for name, tt := range map[string]struct {
		change string
		want   transfer.Current
	}{
		"nothing":                           {``, transfer.Current{Exists: true, Revision: 1}},
		"gone":                              {`DELETE FROM product WHERE id = 1`, transfer.Current{}},
		"changed":                           {`UPDATE product SET revision = 7 WHERE id = 1`, transfer.Current{Exists: true, Revision: 7}},
		"another one changed":               {`UPDATE product SET revision = 7 WHERE id = 2`, transfer.Current{Exists: true, Revision: 1}},
		"a limit":                           {`INSERT INTO price_guard VALUES (1, '1', NULL)`, transfer.Current{Exists: true, Revision: 1, Kept: true}},
		"a limit of another one":            {`INSERT INTO price_guard VALUES (2, '1', NULL)`, transfer.Current{Exists: true, Revision: 1}},
		"an approval":                       {`INSERT INTO approved_price VALUES (1, 'm', '1', '1', 'TRY', NULL, 1, '')`, transfer.Current{Exists: true, Revision: 1, Kept: true}},
		"an approval of another one":        {`INSERT INTO approved_price VALUES (2, 'm', '1', '1', 'TRY', NULL, 1, '')`, transfer.Current{Exists: true, Revision: 1}},
		"bound":                             {`INSERT INTO binding (remote_id, type, product_id, created_at) VALUES ('` + string(remote) + `', 1, 1, '')`, transfer.Current{Exists: true, Revision: 1, BoundTo: 1, BoundFrom: remote}},
		"the İşbaşı product bound":          {`INSERT INTO binding (remote_id, type, product_id, created_at) VALUES ('` + string(remote) + `', 1, 2, '')`, transfer.Current{Exists: true, Revision: 1, BoundTo: 2}},
		"one of another type bound":         {`INSERT INTO binding (remote_id, type, product_id, created_at) VALUES ('` + string(remote) + `', 2, 2, '')`, transfer.Current{Exists: true, Revision: 1}},
		"the product bound to another":      {`INSERT INTO binding (remote_id, type, product_id, created_at) VALUES ('x', 1, 1, '')`, transfer.Current{Exists: true, Revision: 1, BoundFrom: "x"}},
		"another product bound to another":  {`INSERT INTO binding (remote_id, type, product_id, created_at) VALUES ('x', 1, 2, '')`, transfer.Current{Exists: true, Revision: 1}},
		"the product bound to another type": {`INSERT INTO binding (remote_id, type, product_id, created_at) VALUES ('x', 2, 1, '')`, transfer.Current{Exists: true, Revision: 1, BoundFrom: "x"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := sqlitetest.NewCompany(t)
			sqlitetest.Put(t, c, domaintest.Fill[domain.Product](0), domaintest.Fill[domain.Product](1))
			r := sqlitetest.Staged(t, c, []domain.RemoteProduct{anyRemote(0)})
			confirm(t, c, r)
			putImages(t, c, written{transfer: r.ID, remote: remote, kind: 1, product: 1})
			if tt.change != "" {
				if _, err := c.DB.Writer.ExecContext(t.Context(), tt.change); err != nil {
					t.Fatal(err)
				}
			}
			sqlitetest.Must(t, c.DB.Update(t.Context(), "look", func(tx *sql.Tx) error {
				b, err := storedtransfer.NewBatch(t.Context(), tx, c.DB.Author())
				if err != nil {
					return err
				}
				u, err := storedtransfer.NewUndoer(t.Context(), tx, b)
				if err != nil {
					return err
				}
				s, err := u.Standing(t.Context(), 1)
				if err != nil {
					return err
				}
				sqlitetest.WantSame(t, "the scene", s, tt.want)
				g, err := storedtransfer.DryRun(t.Context(), tx, r.ID)
				if err != nil {
					return err
				}
				f, exists := g.Products[1]
				sqlitetest.WantSame(t, "the plan's dry run", transfer.Current{Exists: exists, Revision: f.Revision, Kept: f.Kept, BoundTo: g.Bound[remote]},
					transfer.Current{Exists: tt.want.Exists, Revision: tt.want.Revision, Kept: tt.want.Kept, BoundTo: tt.want.BoundTo})
				return nil
			}))
		})
	}
}

// What an undo would do and what it does are the same, image by image, when a decision of an older transfer
// stands on what the newest wrote.
func TestUndo_seesWhatWasDecidedInAnOlderTransferSince(t *testing.T) {
	c, older := shop(t)
	newest := sqlitetest.Transferred(t, c, older.Options, domain.RemoteProduct{ID: "1", Type: storedtransfer.TypeProduct, Code: "A", Name: "A", Active: true, Price: sqlitetest.Dec("15")})
	sqlitetest.Decide(t, c, older.ID, transfer.Decision{Kind: transfer.DecideSeparate, Remote: "1"})
	planned := planUndo(t, c, newest.ID)
	wantPlan(t, planned, undo(t, c, newest.ID, 10), 0, 0, 0, 1)
	if b := planned.Blocked[0]; b.Why != transfer.RefusedNotUndone || b.Remote.ID != "1" {
		t.Errorf("%+v", b)
	}
}

// Runs of every state, confirmed or not, undone, being undone or standing: which lose their rows when a
// later one is made.
func TestPrune_fromEverySide(t *testing.T) {
	states := []transfer.State{
		transfer.StateDraft, transfer.StatePreparing, transfer.StatePlanned, transfer.StateQueued, transfer.StateApplying, transfer.StatePaused,
		transfer.StateStopping, transfer.StateStopped, transfer.StateDone, transfer.StatePartlyDone, transfer.StateFailed,
	}
	c := sqlitetest.NewCompany(t)
	type made struct {
		id    int64
		name  string
		stays bool
	}
	var all []made
	add := func(s transfer.State, undo string, stays bool) {
		r := sqlitetest.Staged(t, c, sqlitetest.Remotes(1))
		r.State = s
		confirm(t, c, r)
		set := map[string]string{"": ``, "begun": `, undo_at = 'x'`, "undone": `, undo_at = 'x', undone_at = 'x'`}[undo]
		if _, err := c.DB.Writer.ExecContext(t.Context(), `UPDATE transfer SET state = state`+set+` WHERE id = ?`, r.ID); err != nil {
			t.Fatal(err)
		}
		putImages(t, c, written{transfer: r.ID, remote: "1", kind: 1})
		all = append(all, made{r.ID, fmt.Sprintf("%s %s", s, undo), stays})
	}
	for _, s := range states {
		for _, undo := range []string{"", "begun", "undone"} {
			add(s, undo, s.Active() || undo == "begun")
		}
	}
	for i := range storedtransfer.KeptTransfers - 1 {
		add(transfer.StateDone, "", true)
		if i == 0 {
			all[len(all)-1].name = "the tenth of the newest"
		}
	}
	// The oldest of the kept ones is the last of the others.
	all[len(states)*3-1].stays = true
	prunes := sqlitetest.Staged(t, c, sqlitetest.Remotes(1)) // nobody has confirmed it: it does not count
	for _, m := range all {
		want := 0
		if m.stays {
			want = 1
		}
		for _, table := range []string{"transfer_row", "before_image"} {
			if n := sqlitetest.Count(t, c, `SELECT count(*) FROM `+table+` WHERE transfer_id = ?`, m.id); n != want {
				t.Errorf("%d, %s: %d of %s, want %d", m.id, m.name, n, table, want)
			}
		}
		if n := sqlitetest.Count(t, c, `SELECT count(*) FROM transfer WHERE id = ?`, m.id); n != 1 {
			t.Errorf("%d, %s is gone", m.id, m.name)
		}
	}
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM transfer_row WHERE transfer_id = ?`, prunes.ID); n != 1 {
		t.Error("the run that was made has lost its rows")
	}
}
