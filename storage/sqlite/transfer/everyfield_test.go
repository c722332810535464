package transfer_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
	storedtransfer "github.com/sopyo/sopyo-desktop/storage/sqlite/transfer"
)

// anyRemote is an İşbaşı product in which every field says something of its own.
func anyRemote(seed int) domain.RemoteProduct {
	m := domaintest.Fill[domain.RemoteProduct](seed)
	m.Type = storedtransfer.TypeProduct
	return m
}

// anyRow is a row as transfers and decisions leave it, with its own number, product and outcome.
func anyRow(seed int, o transfer.Outcome) transfer.Row {
	row := domaintest.Fill[transfer.Row](seed, domaintest.OneOf(transfer.OutcomeSkipped, transfer.OutcomeFailed, transfer.OutcomeMatched))
	row.Remote, row.Outcome, row.ProductID = anyRemote(seed), o, 0
	return row
}

// putRow makes a staged row of a run one with everything that plans, transfers and decisions say of it, and
// the run's counters those of its rows.
func putRow(t *testing.T, c *sqlitetest.Company, row transfer.Row) {
	t.Helper()
	sqlitetest.Must(t, c.DB.Update(t.Context(), "put a row", func(tx *sql.Tx) error {
		if _, err := storedtransfer.Stage(t.Context(), tx, row.RunID, []domain.RemoteProduct{row.Remote}); err != nil {
			return err
		}
		values := append(storedtransfer.DecidedValues(row), storedtransfer.PlannedValues(row.Planned)...)
		if _, err := tx.ExecContext(t.Context(), storedtransfer.UpdatePlanned, append(values, row.RunID, row.Remote.ID, row.Remote.Type)...); err != nil {
			return err
		}
		if err := storedtransfer.SaveRow(t.Context(), tx, row); err != nil {
			return err
		}
		r, err := storedtransfer.ReadRun(t.Context(), tx, row.RunID)
		if err != nil {
			return err
		}
		r.Counters = transfer.Counters{}
		rows, err := storedtransfer.SelectRows(t.Context(), tx, `WHERE r.transfer_id = ?`, row.RunID)
		for _, row := range rows {
			r.Counters.Read++
			r.Counters.Pending++
			r.Counters.Count(row.Outcome)
		}
		if err != nil {
			return err
		}
		return storedtransfer.SaveRun(t.Context(), tx, r)
	}))
}

func one(t *testing.T, c *sqlitetest.Company, query string, args ...any) map[string]any {
	t.Helper()
	rows := sqlitetest.RowsBy(t, c.DB.Reader, query, args...)
	if len(rows) != 1 {
		t.Fatalf("%d rows of %s %v", len(rows), query, args)
	}
	return rows[0]
}

func instant(at time.Time) any { return at.UTC().Format("2006-01-02T15:04:05.000Z") }

// searched is what lists are searched in.
func searched(texts ...string) string {
	for i, s := range texts {
		texts[i] = domain.Fold(s)
	}
	return strings.Join(texts, "\n")
}

// columnsOf are all columns of a product, those that are made of others included.
func columnsOf(p domain.Product, source domain.Source, made time.Time, last int64, of domain.Origins) map[string]any {
	return map[string]any{
		"id": int64(p.ID), "code": string(p.Code), "code_k0": p.Code.K0(), "code_k1": p.Code.K1(), "code_sort": domain.SortKey(string(p.Code)),
		"barcode": string(p.Barcode), "barcode_key": sqlitetest.KeyOf(p.Barcode), "name": p.Name, "name_fold": domain.Fold(p.Name), "name_sort": domain.SortKey(p.Name),
		"search_fold": searched(p.Name, string(p.Code), string(p.Barcode)), "brand": p.Brand, "description": p.Description,
		"price": sqlitetest.DecText(p.Price), "currency": string(p.Currency), "stock": sqlitetest.DecText(p.Stock), "vat_rate": sqlitetest.DecText(p.VATRate), "state": string(p.State),
		"revision": p.Revision, "revision_last": last, "source": string(source), "created_at": instant(made), "updated_at": instant(p.UpdatedAt),
		"price_at": instant(of.Price.At), "price_from": string(of.Price.From), "price_by": of.Price.By,
		"stock_at": instant(of.Stock.At), "stock_from": string(of.Stock.From), "stock_by": of.Stock.By,
	}
}

// origins are those of values that came together.
func origins(at time.Time, from domain.Source, by string) domain.Origins {
	o := domain.Origin{At: at, From: from, By: by}
	return domain.Origins{Price: o, Stock: o}
}

// counters are such as the file takes: they add up.
func counters(n int) transfer.Counters {
	c := transfer.Counters{Matched: n, Unmatched: n + 1, Skipped: n + 2, Failed: n + 3, Pending: n + 4}
	c.Transferred = c.Matched + c.Unmatched
	c.Read = c.Transferred + c.Skipped + c.Failed + c.Pending
	return c
}

func TestRun_carriesEveryField(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	tick := sqlitetest.Clock(c)
	fill := func(seed int) transfer.Run { return domaintest.Fill[transfer.Run](seed, domaintest.As(counters)) }
	undone := []string{"UndoBegunAt", "UndoneAt"} // an undo alone writes them
	read := func(what string, want transfer.Run) {
		t.Helper()
		byID, err := c.Run(t.Context(), want.ID)
		sqlitetest.Must(t, err)
		sqlitetest.WantSame(t, what, byID, want, undone...)
		latest, ok, err := c.LatestRun(t.Context())
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		sqlitetest.WantSame(t, what+", the latest", latest, want, undone...)
		all, total, err := c.Runs(t.Context(), 1, 0)
		if err != nil || total != 1 || len(all) != 1 {
			t.Fatal(all, total, err)
		}
		sqlitetest.WantSame(t, what+", of all", all[0], want, undone...)
	}
	base := fill(0)
	made, err := c.CreateRun(t.Context(), base)
	sqlitetest.Must(t, err)
	sqlitetest.WantSame(t, "as it was given back", made, base, "ID")
	base.ID = made.ID
	read("created", base)
	for path, changed := range domaintest.Changed(base, fill(1)) {
		if path == "ID" || slices.Contains(undone, path) {
			continue
		}
		want := changed
		if strings.HasPrefix(path, "Counters") {
			want.Counters = base.Counters // they change with the rows alone
		}
		sqlitetest.Must(t, c.SaveRun(t.Context(), changed))
		read("saved with another "+path, want)
	}
	// A run without a time of its own is made now.
	at := tick()
	made, err = c.CreateRun(t.Context(), transfer.Run{})
	if sqlitetest.Must(t, err); !made.CreatedAt.Equal(at) || made.CreatedAt.Location() != time.UTC {
		t.Errorf("made at %s, want %s", made.CreatedAt, at)
	}
	sqlitetest.WantSame(t, "made now", storedRun(t, c, made.ID), made)
}

func TestStagePage_carriesEveryFieldAlsoWhenItIsReadAgain(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	first := anyRemote(0)
	r := sqlitetest.Staged(t, c, []domain.RemoteProduct{anyRemote(2), first, anyRemote(4)})
	row := func(m domain.RemoteProduct) map[string]any {
		return one(t, c, `SELECT * FROM transfer_row WHERE transfer_id = ? AND remote_id = ?`, r.ID, m.ID)
	}
	want := func(what string, m domain.RemoteProduct) {
		t.Helper()
		sqlitetest.WantSame(t, what, rowOfRemote(t, c, r.ID, m.ID).Remote, m)
		sqlitetest.WantRow(t, what, row(m), map[string]any{
			"id": row(first)["id"], "transfer_id": r.ID, "remote_id": string(m.ID), "type": int64(m.Type), "code": string(m.Code),
			"barcode": string(m.Barcode), "name": m.Name, "brand": m.Brand, "unit": m.Unit, "active": map[bool]int64{true: 1}[m.Active],
			"currency": string(m.Currency), "price": sqlitetest.DecText(m.Price), "stock": sqlitetest.DecText(m.Stock), "vat_rate": sqlitetest.DecText(m.VATRate), "modified_at": instant(m.ModifiedAt),
			"tier": "", "reason": "", "candidates": int64(0), "flag": "", "skipped": int64(0), "product_id": int64(0), "revision": int64(0),
			"outcome": "pending", "notes": "", "planned": "", "becomes": "", "planned_notes": "", "before_price": nil, "before_currency": "",
			"before_stock": nil, "after_price": nil, "after_currency": "", "after_stock": nil, "applied_price": nil, "applied_currency": "",
			"applied_stock": nil, "decided": "",
		})
	}
	want("read", first)
	id := row(first)["id"]
	for path, changed := range domaintest.Changed(first, anyRemote(1)) {
		if path == "ID" {
			continue
		}
		got, err := c.StagePage(t.Context(), r, []domain.RemoteProduct{changed, anyRemote(2)})
		sqlitetest.Must(t, err)
		if got.Counters != r.Counters {
			t.Errorf("%s: counters %+v", path, got.Counters)
		}
		want("read again with another "+path, changed)
	}
	if row(first)["id"] != id {
		t.Error("its place is another one")
	}
	sqlitetest.WantSame(t, "its neighbour", rowOfRemote(t, c, r.ID, anyRemote(4).ID).Remote, anyRemote(4))
}

// rowOfRemote finds a row whatever has become of it.
func rowOfRemote(t *testing.T, c *sqlitetest.Company, run int64, id domain.RemoteID) (row transfer.Row) {
	t.Helper()
	sqlitetest.Must(t, c.DB.View(t.Context(), "find", func(tx *sql.Tx) error {
		rows, err := storedtransfer.SelectRows(t.Context(), tx, `WHERE r.transfer_id = ? AND r.remote_id = ?`, run, id)
		if err == nil && len(rows) != 1 {
			err = fmt.Errorf("%d rows %s", len(rows), id)
		}
		if err == nil {
			row = rows[0]
		}
		return err
	}))
	return row
}

func TestPlan_carriesEveryFieldIntoItsDocumentAndOutOfIt(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.Clock(c)
	p := sqlitetest.Put(t, c, domaintest.Fill[domain.Product](0), domaintest.Fill[domain.Product](2))[0]
	options := domaintest.Fill[transfer.Options](0)
	r, err := c.CreateRun(t.Context(), transfer.Run{Options: options, ReadAt: domaintest.Moment.Add(time.Hour), Total: 7})
	sqlitetest.Must(t, err)
	r, err = c.StagePage(t.Context(), r, []domain.RemoteProduct{anyRemote(0), anyRemote(1), anyRemote(2)})
	sqlitetest.Must(t, err)
	var want []transfer.PlanRow
	var plan []matching.Decision
	for seed := range 3 {
		row := domaintest.Fill[transfer.Row](seed, domaintest.OneOf(transfer.OutcomeMatched, transfer.OutcomeUnmatched, transfer.OutcomeSkipped))
		row.RunID, row.Remote = r.ID, anyRemote(seed)
		row.Outcome, row.Notes, row.Decided, row.Applied = transfer.OutcomePending, nil, "", transfer.Values{}
		row.ProductID, row.Revision = p.ID, 1
		want = append(want, transfer.PlanRow{Row: row, Partner: transfer.Fingerprint(p)})
		plan = append(plan, matching.Decision{
			Remote: row.Remote.ID, Skipped: row.Skipped, Tier: row.Tier, Local: p.ID, Reason: row.Reason, Candidates: row.Candidates, Flag: row.Flag,
		})
	}
	want[1].Tier, plan[1].Tier, want[1].Partner = "", "", "" // it has no partner
	forecast := transfer.Forecast{}
	sqlitetest.Must(t, c.SavePlan(t.Context(), r, plan, map[domain.ProductID]int64{p.ID: 1}, func(cand transfer.Candidate) transfer.Planned {
		sqlitetest.WantSame(t, "foreseen", cand.Row, want[slices.IndexFunc(want, func(w transfer.PlanRow) bool { return w.Remote.ID == cand.Row.Remote.ID })].Row, "Planned")
		sqlitetest.WantSame(t, "the partner foreseen", *cand.Product, p)
		for _, w := range want {
			if w.Remote.ID == cand.Row.Remote.ID {
				forecast.Add(w.Row)
				return w.Planned
			}
		}
		return transfer.Planned{}
	}))
	wanted := transfer.Plan{RunID: r.ID, Options: options, ReadAt: r.ReadAt, MadeAt: c.DB.Now(), Cost: transfer.CostOf(7), Forecast: forecast}
	d, rows := document(t, c, r.ID)
	sqlitetest.WantSame(t, "the plan", d.Plan, wanted)
	sqlitetest.WantSame(t, "its rows", rows, want)
	first, err := c.FirstPlanned(t.Context(), r.ID, 2)
	if sqlitetest.Must(t, err); len(first) != 2 || first[0].ProductName != p.Name || first[0].ProductCode != string(p.Code) {
		t.Fatalf("%+v", first)
	}
	sqlitetest.WantSame(t, "the first row of the list", first[0].Row, want[0].Row)
	sqlitetest.WantSame(t, "the second", first[1].Row, want[1].Row)

	// The same document makes the same run, here or elsewhere; what had come of rows since is no part of it.
	confirm(t, c, r)
	staged, err := c.StagePlan(t.Context(), d.RunOf(c.DB.Now()), d, "sum", sqlitetest.Seq(rows))
	sqlitetest.Must(t, err)
	again, rows := document(t, c, staged.ID)
	wanted.RunID = staged.ID
	sqlitetest.WantSame(t, "the plan made anew", again.Plan, wanted)
	for i := range want {
		want[i].RunID = staged.ID
	}
	sqlitetest.WantSame(t, "its rows", rows, want)
	sqlitetest.WantSame(t, "the run", storedRun(t, c, staged.ID), staged)

	// A document that breaks off makes none.
	before := sqlitetest.Dump(t, c.DB)
	broken := func(yield func(transfer.PlanRow, error) bool) {
		_ = yield(rows[0], nil) && yield(transfer.PlanRow{}, &domain.Error{Kind: domain.KindFile, Detail: "file.broken"})
	}
	got, err := c.StagePlan(t.Context(), d.RunOf(c.DB.Now()), d, "broken", broken)
	sqlitetest.WantKind(t, err, domain.KindFile)
	sqlitetest.WantSame(t, "beside the error", got, transfer.Run{})
	if after := sqlitetest.Dump(t, c.DB); after != before {
		t.Error(sqlitetest.Apart(before, after))
	}

	// A partner that has changed in whatever a person sees is none: its row fails as changed.
	sameRevision := func(change string) {
		if _, err := c.DB.Writer.ExecContext(t.Context(), change); err != nil {
			t.Fatal(err)
		}
	}
	for _, change := range []string{`UPDATE product SET revision = 2 WHERE id = 1`, `UPDATE product SET revision = 1, vat_rate = '99' WHERE id = 1`, `DELETE FROM product WHERE id = 1`} {
		sameRevision(change)
		staged, err := c.StagePlan(t.Context(), d.RunOf(c.DB.Now()), d, change, sqlitetest.Seq(rows))
		sqlitetest.Must(t, err)
		_, changed := document(t, c, staged.ID)
		for i, row := range changed {
			w := want[i]
			w.RunID, w.Partner = staged.ID, ""
			if want[i].Partner != "" {
				w.Revision = storedtransfer.NoRevision
			}
			sqlitetest.WantSame(t, fmt.Sprintf("%s: row %d", change, i), row, w)
		}
	}
}

// applied carries one row by an effect and gives the row as it was handed out.
func applied(t *testing.T, c *sqlitetest.Company, r transfer.Run, effect transfer.Effect) transfer.Row {
	t.Helper()
	after, rows, err := c.Apply(t.Context(), r, 10, func(transfer.Candidate) transfer.Effect { return effect })
	if sqlitetest.Must(t, err); len(rows) != 1 {
		t.Fatalf("%d rows", len(rows))
	}
	sqlitetest.WantSame(t, "the stored row", rowOfRemote(t, c, r.ID, rows[0].Remote.ID), rows[0])
	sqlitetest.WantSame(t, "the stored run", storedRun(t, c, r.ID), after)
	return rows[0]
}

// oneRow makes a confirmed run of one row that is planned to be of a product, 0 = none.
func oneRow(t *testing.T, c *sqlitetest.Company, m domain.RemoteProduct, local domain.ProductID) transfer.Run {
	t.Helper()
	r := sqlitetest.Staged(t, c, []domain.RemoteProduct{m})
	sqlitetest.Must(t, c.SavePlan(t.Context(), r, []matching.Decision{{Remote: m.ID, Tier: matching.TierCode, Local: local}}, map[domain.ProductID]int64{local: 1},
		func(transfer.Candidate) transfer.Planned { return transfer.Planned{Outcome: transfer.OutcomeMatched} }))
	confirm(t, c, r)
	return storedRun(t, c, r.ID)
}

func TestApply_carriesEveryFieldOfAProductAndUndoBringsItBack(t *testing.T) {
	own := []string{"ID", "Revision", "UpdatedAt"} // the store's
	other := domaintest.Fill[domain.Product](1)
	other.State = domain.ProductActive
	for path, changed := range domaintest.Changed(domaintest.Fill[domain.Product](0), other) {
		if slices.Contains(own, path) {
			continue
		}
		t.Run(path, func(t *testing.T) {
			c := sqlitetest.NewCompany(t)
			tick := sqlitetest.Clock(c)
			before := sqlitetest.Put(t, c, domaintest.Fill[domain.Product](0))[0]
			made, of := before.UpdatedAt, origins(before.UpdatedAt, domain.SourceFile, c.DB.Actor)
			c.DB.Actor = "başkası"
			sqlitetest.WantRow(t, "before", one(t, c, `SELECT * FROM product`), columnsOf(before, domain.SourceFile, made, 0, of))
			untouched := sqlitetest.Lasting(t, c, "transfer", "transfer_product", "transfer_outcome", "transfer_plan")
			r := oneRow(t, c, anyRemote(0), before.ID)
			changed.ID = before.ID

			at := tick()
			row := applied(t, c, r, transfer.Effect{Outcome: transfer.OutcomeMatched, Product: &changed, Bind: true, Notes: []transfer.Note{"bir", "iki"}})
			sqlitetest.WantSame(t, "applied", row.Applied, transfer.ValuesOf(&changed))
			after, ofAfter, ofTransfer := changed, of, origins(at, domain.SourceIsbasi, c.DB.Actor)
			after.Revision, after.UpdatedAt = 2, at
			switch {
			case strings.HasPrefix(path, "Price"), path == "Currency":
				ofAfter.Price = ofTransfer.Price
			case strings.HasPrefix(path, "Stock"):
				ofAfter.Stock = ofTransfer.Stock
			}
			sqlitetest.WantSame(t, "the product", productByID(t, c, before.ID), after)
			sqlitetest.WantRow(t, "after", one(t, c, `SELECT * FROM product`), columnsOf(after, domain.SourceFile, made, 2, ofAfter))
			sqlitetest.WantRow(t, "bound", one(t, c, `SELECT * FROM binding`), map[string]any{
				"remote_id": string(row.Remote.ID), "type": int64(storedtransfer.TypeProduct), "product_id": int64(before.ID), "created_at": instant(at), "gone_at": nil,
			})
			wantImage(t, c, row, before, map[string]any{"product_id": int64(before.ID), "revision": int64(2), "bound": int64(1), "created_at": instant(at)})

			at = tick()
			if left, err := c.UndoBatch(t.Context(), r.ID, 5); err != nil || left != 0 {
				t.Fatal(left, err)
			}
			was := before
			was.UpdatedAt = at
			sqlitetest.WantRow(t, "undone", one(t, c, `SELECT * FROM product`), columnsOf(was, domain.SourceFile, made, 2, of))
			if after := sqlitetest.Lasting(t, c, "transfer", "transfer_product", "transfer_outcome", "transfer_plan"); after != untouched {
				t.Errorf("undone:\n%s", sqlitetest.Apart(untouched, after))
			}
			run := storedRun(t, c, r.ID)
			if !run.UndoBegunAt.Equal(at) || !run.UndoneAt.Equal(at) {
				t.Errorf("undone at %s, %s, want %s", run.UndoBegunAt, run.UndoneAt, at)
			}
			sqlitetest.WantTold(t, c, at, "transfer-undone", map[string]any{"transfer": r.ID, "restored": 1, "removed": 0, "unbound": 1, "left": 0})
		})
	}
}

// wantImage compares the only before-image that stands: those of its columns that are not named are empty.
func wantImage(t *testing.T, c *sqlitetest.Company, row transfer.Row, before domain.Product, columns map[string]any) {
	t.Helper()
	got := one(t, c, `SELECT * FROM before_image WHERE undone = ''`)
	if before.ID != 0 {
		text, _ := got["product"].(string)
		from, err := c.Origins(t.Context(), before.ID)
		sqlitetest.Must(t, err)
		kept, _, err := catalogue.OfImage(text, catalogue.Stored{Product: productByID(t, c, before.ID), Origins: from})
		sqlitetest.Must(t, err)
		sqlitetest.WantSame(t, "the image", kept, before, "UpdatedAt")
		delete(got, "product")
	} else {
		columns["product"] = nil
	}
	for name, value := range map[string]any{
		"id": got["id"], "transfer_id": row.RunID, "remote_id": string(row.Remote.ID), "type": int64(row.Remote.Type), "bound_to": nil, "decision_id": nil,
		"kind": "", "row": nil, "separated": int64(0), "ignored": int64(0), "undone": "", "bound": int64(0),
	} {
		if _, named := columns[name]; !named {
			columns[name] = value
		}
	}
	sqlitetest.WantRow(t, "the image", got, columns)
}

func productByID(t *testing.T, c *sqlitetest.Company, id domain.ProductID) domain.Product {
	t.Helper()
	p, ok, err := database.ScanOne(c.DB.Reader.QueryRowContext(t.Context(), `SELECT `+catalogue.Columns+` FROM product WHERE id = ?`, id), catalogue.Targets)
	sqlitetest.Must(t, err)
	if !ok {
		t.Fatalf("no product %d", id)
	}
	return p
}

func TestApply_carriesACreatedProductAndUndoRemovesIt(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	tick := sqlitetest.Clock(c)
	untouched := sqlitetest.Lasting(t, c)
	r := oneRow(t, c, anyRemote(0), 0)
	given := domaintest.Fill[domain.Product](0)
	given.ID = 0
	at := tick()
	row := applied(t, c, r, transfer.Effect{Outcome: transfer.OutcomeUnmatched, Product: &given, Bind: true})
	want := given
	want.ID, want.Revision, want.UpdatedAt = 1, 1, at
	sqlitetest.WantSame(t, "created", productByID(t, c, row.ProductID), want)
	sqlitetest.WantSame(t, "applied", row.Applied, transfer.ValuesOf(&given))
	sqlitetest.WantRow(t, "created", one(t, c, `SELECT * FROM product`), columnsOf(want, domain.SourceIsbasi, at, 0, origins(at, domain.SourceIsbasi, c.DB.Actor)))
	wantImage(t, c, row, domain.Product{}, map[string]any{"product_id": int64(1), "revision": int64(1), "bound": int64(1), "created_at": instant(at)})
	at = tick()
	if left, err := c.UndoBatch(t.Context(), r.ID, 5); err != nil || left != 0 {
		t.Fatal(left, err)
	}
	if after := sqlitetest.Lasting(t, c, "transfer", "transfer_product", "transfer_outcome", "transfer_plan"); after != untouched {
		t.Errorf("undone:\n%s", sqlitetest.Apart(untouched, after))
	}
	row.ProductID = 0 // there is none any more
	sqlitetest.WantSame(t, "the row", rowOfRemote(t, c, r.ID, row.Remote.ID), row)
	sqlitetest.WantTold(t, c, at, "transfer-undone", map[string]any{"transfer": r.ID, "restored": 0, "removed": 1, "unbound": 1, "left": 0})
}

// What binds again, and to what, from every side: nothing is written that stands already.
func TestApply_keepsAnImageOnlyOfWhatChanges(t *testing.T) {
	tests := []imageCase{
		{"nothing", 0, func(domain.Product) transfer.Effect { return transfer.Effect{Outcome: transfer.OutcomeMatched} }, false, 0, false, 0, false},
		{"bound anew", 0, func(domain.Product) transfer.Effect {
			return transfer.Effect{Outcome: transfer.OutcomeMatched, Bind: true}
		}, true, 1, false, 0, false},
		{"bound already", 1, func(domain.Product) transfer.Effect {
			return transfer.Effect{Outcome: transfer.OutcomeMatched, Bind: true}
		}, false, 1, false, 1, false},
		{"bound to another one before", 2, func(domain.Product) transfer.Effect {
			return transfer.Effect{Outcome: transfer.OutcomeMatched, Bind: true}
		}, true, 1, true, 2, false},
		{"bound to another one that is gone since", 2, func(domain.Product) transfer.Effect {
			return transfer.Effect{Outcome: transfer.OutcomeMatched, Bind: true}
		}, true, 1, true, 0, true},
		{"changed, bound already", 1, func(p domain.Product) transfer.Effect {
			p.VATRate = sqlitetest.Dec("7")
			return transfer.Effect{Outcome: transfer.OutcomeMatched, Bind: true, Product: &p}
		}, true, 1, false, 1, false},
		{"changed, and bound to another one before", 2, func(p domain.Product) transfer.Effect {
			p.VATRate = sqlitetest.Dec("7")
			return transfer.Effect{Outcome: transfer.OutcomeMatched, Bind: true, Product: &p}
		}, true, 1, true, 2, false},
		{"changed, bound to another one and so it stays", 2, func(p domain.Product) transfer.Effect {
			p.VATRate = sqlitetest.Dec("7")
			return transfer.Effect{Outcome: transfer.OutcomeMatched, Product: &p}
		}, true, 2, false, 2, false},
		{"the same content under another revision", 1, func(p domain.Product) transfer.Effect {
			p.Revision, p.UpdatedAt = 9, p.UpdatedAt.Add(time.Hour)
			return transfer.Effect{Outcome: transfer.OutcomeMatched, Bind: true, Product: &p}
		}, false, 1, false, 1, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { keepsAnImage(t, tt, [3]domain.ProductID{0, 1, 2}) })
		t.Run(tt.name+", the other way round", func(t *testing.T) { keepsAnImage(t, tt, [3]domain.ProductID{0, 2, 1}) })
	}
}

type imageCase struct {
	name          string
	bound         domain.ProductID // what the İşbaşı product is bound to before: 1 is its partner, 2 another one
	effect        func(partner domain.Product) transfer.Effect
	image         bool
	boundTo       domain.ProductID // afterwards
	formerly      bool             // the image keeps what it was bound to
	afterUndo     domain.ProductID
	partnerIsGone bool
}

func keepsAnImage(t *testing.T, tt imageCase, ids [3]domain.ProductID) {
	c, m := sqlitetest.NewCompany(t), anyRemote(0)
	products := sqlitetest.Put(t, c, domaintest.Fill[domain.Product](0), domaintest.Fill[domain.Product](1))
	if tt.bound != 0 {
		bind(t, c, m.ID, ids[tt.bound])
	}
	before := sqlitetest.Lasting(t, c, "transfer", "transfer_product", "transfer_outcome", "transfer_plan")
	r := oneRow(t, c, m, ids[1])
	row := applied(t, c, r, tt.effect(products[ids[1]-1]))
	if row.Applied.Currency != products[ids[1]-1].Currency {
		t.Errorf("applied %+v", row.Applied)
	}
	var formerly any
	if tt.formerly {
		formerly = int64(ids[2])
	}
	images := sqlitetest.RowsBy(t, c.DB.Reader, `SELECT bound_to FROM before_image`)
	if (len(images) == 1) != tt.image || tt.image && images[0]["bound_to"] != formerly {
		t.Errorf("images %v", images)
	}
	if got := boundTo(t, c, m.ID); got != ids[tt.boundTo] {
		t.Errorf("bound to %d, want %d", got, ids[tt.boundTo])
	}
	if tt.partnerIsGone {
		if _, err := c.DB.Writer.ExecContext(t.Context(), `DELETE FROM product WHERE id = ?`, ids[2]); err != nil {
			t.Fatal(err)
		}
	}
	if left, err := c.UndoBatch(t.Context(), r.ID, 5); err != nil || left != 0 {
		t.Fatal(left, err)
	}
	if got := boundTo(t, c, m.ID); got != ids[tt.afterUndo] {
		t.Errorf("undone: bound to %d, want %d", got, ids[tt.afterUndo])
	}
	if after := sqlitetest.Lasting(t, c, "transfer", "transfer_product", "transfer_outcome", "transfer_plan"); !tt.partnerIsGone && after != before {
		t.Errorf("undone:\n%s", sqlitetest.Apart(before, after))
	}
}

// bind binds as an earlier transfer did.
func bind(t *testing.T, c *sqlitetest.Company, remote domain.RemoteID, id domain.ProductID) {
	t.Helper()
	if _, err := c.DB.Writer.ExecContext(t.Context(), `INSERT INTO binding (remote_id, type, product_id, created_at) VALUES (?, ?, ?, '2026-01-01T00:00:00.000Z')`, remote, storedtransfer.TypeProduct, id); err != nil {
		t.Fatal(err)
	}
}

func TestApply_refusesAProductThatIsNotTheRowsPartner(t *testing.T) {
	for name, tt := range map[string]struct {
		local, given domain.ProductID
		bind, fails  bool
	}{
		"its partner":                {1, 1, true, false},
		"another one":                {1, 2, true, true},
		"one, where it has none":     {0, 1, false, true},
		"none, yet bound":            {0, -1, true, true},
		"none, and not bound":        {0, -1, false, false},
		"a number that nothing has":  {1, 77, false, true},
		"one, where the other is no": {77, 77, false, true},
	} {
		t.Run(name, func(t *testing.T) {
			c := sqlitetest.NewCompany(t)
			sqlitetest.Put(t, c, domaintest.Fill[domain.Product](0), domaintest.Fill[domain.Product](1))
			r := oneRow(t, c, anyRemote(0), tt.local)
			effect := transfer.Effect{Outcome: transfer.OutcomeMatched, Bind: tt.bind}
			if tt.given >= 0 {
				p := domaintest.Fill[domain.Product](2)
				p.ID = tt.given
				effect.Product = &p
			}
			before := sqlitetest.Dump(t, c.DB)
			_, _, err := c.Apply(t.Context(), r, 1, func(transfer.Candidate) transfer.Effect { return effect })
			if (err != nil) != tt.fails {
				t.Errorf("%v", err)
			}
			if after := sqlitetest.Dump(t, c.DB); tt.fails && after != before {
				t.Error(sqlitetest.Apart(before, after))
			}
		})
	}
}

func TestApply_givesValuesOnlyToWhatWasTransferred(t *testing.T) {
	for _, o := range []transfer.Outcome{transfer.OutcomeMatched, transfer.OutcomeUnmatched, transfer.OutcomeSkipped, transfer.OutcomeFailed} {
		c := sqlitetest.NewCompany(t)
		p := sqlitetest.Put(t, c, domaintest.Fill[domain.Product](0))[0]
		row := applied(t, c, oneRow(t, c, anyRemote(0), p.ID), transfer.Effect{Outcome: o})
		want := transfer.Values{}
		if o == transfer.OutcomeMatched || o == transfer.OutcomeUnmatched {
			want = transfer.ValuesOf(&p)
		}
		sqlitetest.WantSame(t, string(o), row.Applied, want)
	}
}

// Decisions of every kind, with every switch of what is taken, on rows and products in which every field
// says something: the row and the product are those of the verdict, and taken back everything is as before.
func TestDecide_carriesEveryFieldAndTakeBackBringsItBack(t *testing.T) {
	options := transfer.DefaultOptions(domain.TRY)
	takes := map[string]func(o *transfer.Options){
		"nothing more": func(*transfer.Options) {}, "name": func(o *transfer.Options) { o.TakeName = true },
		"brand": func(o *transfer.Options) { o.TakeBrand = true }, "VAT": func(o *transfer.Options) { o.TakeVAT = true },
		"drafts": func(o *transfer.Options) { o.Unmatched = transfer.UnmatchedDraft },
	}
	for name, take := range takes {
		o := options
		take(&o)
		for _, kind := range transfer.DecisionKinds() {
			t.Run(string(kind)+" and take "+name, func(t *testing.T) { decideAndTakeBack(t, o, kind) })
		}
	}
}

func decideAndTakeBack(t *testing.T, o transfer.Options, kind transfer.DecisionKind) {
	c := sqlitetest.NewCompany(t)
	tick := sqlitetest.Clock(c)
	given := domaintest.Fill[domain.Product](0)
	given.State = domain.ProductActive
	p := sqlitetest.Put(t, c, given)[0]
	r := sqlitetest.Staged(t, c, []domain.RemoteProduct{anyRemote(0), anyRemote(2)})
	r.Options = o
	confirm(t, c, r)
	row := anyRow(0, transfer.OutcomeUnmatched)
	row.RunID = r.ID
	d := transfer.Decision{Kind: kind, Remote: row.Remote.ID}
	stands := transfer.Case{Candidate: transfer.Candidate{}}
	switch kind {
	case transfer.DecidePair:
		d.Product = p.ID
	case transfer.DecideSeparate:
		row.Outcome, row.ProductID = transfer.OutcomeMatched, p.ID
		bind(t, c, row.Remote.ID, p.ID)
		stands.BoundTo, stands.BoundFrom = p.ID, row.Remote.ID
	case transfer.DecideAsk:
		row.Decided, stands.Ignored = transfer.DecideIgnore, true
		sqlitetest.Must(t, c.DB.Execute(t.Context(), "ignore", `INSERT INTO ignored (remote_id, type, created_at) VALUES (?, ?, '')`, row.Remote.ID, row.Remote.Type))
	case transfer.DecideCreate, transfer.DecideIgnore:
	}
	if kind == transfer.DecidePair || kind == transfer.DecideSeparate {
		partner := p
		stands.Product = &partner
	}
	putRow(t, c, row)
	stands.Row = row
	verdict, why := transfer.Judge(o, d, stands)
	if why != "" {
		t.Fatal(why)
	}
	before := sqlitetest.Lasting(t, c)

	at := tick()
	out := sqlitetest.Decide(t, c, r.ID, d)
	if out.Done != 1 || out.ID != 1 || len(out.Refused) != 0 {
		t.Fatalf("%+v", out)
	}
	sqlitetest.WantSame(t, "the run", storedRun(t, c, r.ID), out.Run)
	want, product := verdict.Row, stands.Product
	columns := map[string]any{"decision_id": int64(1), "kind": string(kind), "created_at": instant(at), "product_id": int64(0), "revision": int64(0)}
	if verdict.Product != nil {
		written := *verdict.Product
		written.UpdatedAt, written.Revision = at, written.Revision+1
		if written.ID == 0 {
			written.ID = p.ID + 1
		}
		product = &written
		sqlitetest.WantSame(t, "the product", productByID(t, c, written.ID), written)
	}
	told := map[string]any{"remote": row.Remote.ID, "remote_name": row.Remote.Name, "transfer": r.ID, "decision": out.ID}
	if product != nil {
		columns["product_id"], columns["revision"] = int64(product.ID), product.Revision
		told["product"], told["code"], told["name"] = product.ID, product.Code, product.Name
	}
	switch {
	case verdict.Bind:
		want.ProductID, want.Applied, columns["bound"] = product.ID, transfer.ValuesOf(product), int64(1)
	case verdict.Unbind:
		want.Applied, columns["bound"] = transfer.Values{}, int64(-1)
	}
	columns["separated"], columns["ignored"] = int64(verdict.Separated), int64(verdict.Ignored)
	sqlitetest.WantSame(t, "the row", rowOfRemote(t, c, r.ID, row.Remote.ID), want)
	sqlitetest.WantTold(t, c, at, "decided-"+string(kind), told)
	kept := domain.Product{}
	if stands.Product != nil {
		kept = p
	}
	image := one(t, c, `SELECT "row" FROM before_image`)["row"]
	var rowKept storedtransfer.RowImage
	sqlitetest.Must(t, json.Unmarshal([]byte(image.(string)), &rowKept))
	sqlitetest.WantSame(t, "the row's image", rowKept.On(transfer.Row{RunID: row.RunID, Remote: row.Remote, Skipped: row.Skipped, Planned: row.Planned}), row)
	columns["row"] = image
	wantImage(t, c, row, kept, columns)
	sqlitetest.WantRow(t, "the decision", one(t, c, `SELECT * FROM decision`), map[string]any{"id": int64(1), "transfer_id": r.ID, "decided_at": instant(at), "actor": c.DB.Actor})

	at = tick()
	back := takeBack(t, c, out.ID)
	if back.Done != 1 || len(back.Refused) != 0 {
		t.Fatalf("%+v", back)
	}
	if after := sqlitetest.Lasting(t, c); after != before {
		t.Errorf("taken back:\n%s", sqlitetest.Apart(before, after))
	}
	sqlitetest.WantSame(t, "the run", back.Run, storedRun(t, c, r.ID))
	sqlitetest.WantTold(t, c, at, "taken-back-"+string(kind), told)
	if got := one(t, c, `SELECT undone FROM before_image`)["undone"]; got != storedtransfer.MarkTakenBack {
		t.Errorf("marked %v", got)
	}
}
