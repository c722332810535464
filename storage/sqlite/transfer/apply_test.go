package transfer_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestApply_goesBatchByBatchInTheOrderOfReading(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	r := sqlitetest.Planned(t, c, 7)
	var seen []domain.RemoteID
	for {
		next, rows, err := c.Apply(t.Context(), r, 3, sqlitetest.TakePrice)
		if err != nil {
			t.Fatal(err)
		}
		if r = next; len(rows) == 0 {
			break
		}
		for _, row := range rows {
			if row.Outcome != transfer.OutcomeMatched {
				t.Errorf("row %+v", row)
			}
			seen = append(seen, row.Remote.ID)
		}
		n := r.Counters
		if n.Read != n.Transferred+n.Skipped+n.Failed+n.Pending || n.Transferred != n.Matched+n.Unmatched || n.Matched != len(seen) {
			t.Errorf("counters %+v after %d rows", n, len(seen))
		}
		if stored := storedRun(t, c, r.ID); stored.Counters != n {
			t.Errorf("stored %+v, want %+v", stored.Counters, n)
		}
	}
	if want := []domain.RemoteID{"1", "2", "3", "4", "5", "6", "7"}; !reflect.DeepEqual(seen, want) {
		t.Errorf("order %v", seen)
	}
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM binding b JOIN product p ON p.id = b.product_id
		WHERE p.code = printf('KOD-%05d', b.remote_id) AND p.price = '12.5' AND p.revision = 2`); n != 7 {
		t.Errorf("%d products changed and bound", n)
	}
}

func TestApply_writesWhatDecideSays(t *testing.T) {
	price := func(p domain.Product, s string) *domain.Product {
		p.Price = sqlitetest.Dec(s)
		return &p
	}
	tests := []struct {
		name   string
		decide func(c transfer.Candidate) transfer.Effect
		// the product of the row afterwards
		price    string
		revision int64
		bound    int
		images   int
		products int
	}{
		{"matched, changed and bound", func(c transfer.Candidate) transfer.Effect {
			return transfer.Effect{Outcome: transfer.OutcomeMatched, Product: price(*c.Product, "9.9"), Bind: true}
		}, "9.9", 2, 1, 1, 1},
		{"matched, nothing differs, bound", func(transfer.Candidate) transfer.Effect {
			return transfer.Effect{Outcome: transfer.OutcomeMatched, Bind: true}
		}, "1", 1, 1, 1, 1},
		{"matched, the same again, not bound", func(c transfer.Candidate) transfer.Effect {
			return transfer.Effect{Outcome: transfer.OutcomeMatched, Product: price(*c.Product, "1.00")}
		}, "1", 1, 0, 0, 1},
		{"decide changes what it was given", func(c transfer.Candidate) transfer.Effect {
			c.Product.Price = sqlitetest.Dec("8")
			return transfer.Effect{Outcome: transfer.OutcomeMatched, Product: c.Product}
		}, "8", 2, 0, 1, 1},
		{"unmatched and listed", func(transfer.Candidate) transfer.Effect {
			return transfer.Effect{Outcome: transfer.OutcomeUnmatched}
		}, "1", 1, 0, 0, 1},
		{"unmatched and created", func(transfer.Candidate) transfer.Effect {
			return transfer.Effect{Outcome: transfer.OutcomeUnmatched, Bind: true, Product: &domain.Product{
				Code: "YENİ", State: domain.ProductDraft, Price: sqlitetest.Dec("5"),
			}}
		}, "5", 1, 1, 1, 2},
		{"skipped", func(transfer.Candidate) transfer.Effect {
			return transfer.Effect{Outcome: transfer.OutcomeSkipped}
		}, "1", 1, 0, 0, 1},
		{"failed", func(transfer.Candidate) transfer.Effect {
			return transfer.Effect{Outcome: transfer.OutcomeFailed, Notes: []transfer.Note{transfer.NoteChanged, transfer.NoteZeroPrice}}
		}, "1", 1, 0, 0, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := sqlitetest.NewCompany(t)
			r := sqlitetest.Planned(t, c, 1)
			var effect transfer.Effect
			_, rows, err := c.Apply(t.Context(), r, 10, func(cand transfer.Candidate) transfer.Effect {
				effect = tt.decide(cand)
				return effect
			})
			if err != nil || len(rows) != 1 {
				t.Fatalf("%d rows, %v", len(rows), err)
			}
			listed, _, err := c.Rows(t.Context(), transfer.Query{RunID: r.ID})
			if err != nil || len(listed) != 1 {
				t.Fatalf("%d listed, %v", len(listed), err)
			}
			if row := listed[0].Row; !reflect.DeepEqual(row, rows[0]) || row.Outcome != effect.Outcome || !reflect.DeepEqual(row.Notes, effect.Notes) {
				t.Errorf("stored row %+v\nhanded out %+v", row, rows[0])
			}
			var gotPrice string
			var revision int64
			err = c.DB.Reader.QueryRowContext(t.Context(), `SELECT price, revision FROM product WHERE id = ?`, rows[0].ProductID).
				Scan(&gotPrice, &revision)
			if err != nil || gotPrice != tt.price || revision != tt.revision {
				t.Errorf("price %s, revision %d, %v", gotPrice, revision, err)
			}
			for query, want := range map[string]int{
				`SELECT count(*) FROM binding`:      tt.bound,
				`SELECT count(*) FROM before_image`: tt.images,
				`SELECT count(*) FROM product`:      tt.products,
			} {
				if n := sqlitetest.Count(t, c, query); n != want {
					t.Errorf("%s = %d, want %d", query, n, want)
				}
			}
		})
	}
}

func TestApply_keepsWhatUndoNeeds(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	r := sqlitetest.Planned(t, c, 2)
	before := sqlitetest.ProductByCode(t, c, "KOD-00001")
	came, err := c.Origins(t.Context(), before.ID)
	sqlitetest.Must(t, err)
	_, _, err = c.Apply(t.Context(), r, 2, func(cand transfer.Candidate) transfer.Effect {
		if cand.Row.Remote.ID == "1" {
			return sqlitetest.TakePrice(cand)
		}
		return transfer.Effect{Outcome: transfer.OutcomeUnmatched, Product: &domain.Product{Code: "YENİ"}}
	})
	if err != nil {
		t.Fatal(err)
	}
	var image string
	err = c.DB.Reader.QueryRowContext(t.Context(),
		`SELECT product FROM before_image WHERE remote_id = '1' AND product_id = ? AND revision = 2 AND bound`, before.ID).Scan(&image)
	if err != nil {
		t.Fatal(err)
	}
	now := sqlitetest.ProductByCode(t, c, "KOD-00001")
	from, err := c.Origins(t.Context(), now.ID)
	sqlitetest.Must(t, err)
	kept, of, err := catalogue.OfImage(image, catalogue.Stored{Product: now, Origins: from})
	sqlitetest.Must(t, err)
	kept.UpdatedAt = before.UpdatedAt // the one thing that no image keeps
	if !reflect.DeepEqual(kept, before) {
		t.Errorf("kept %+v\nwas  %+v", kept, before)
	}
	sqlitetest.WantSame(t, "origins kept", of, &came)
	created := sqlitetest.ProductByCode(t, c, "YENİ")
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM before_image WHERE remote_id = '2' AND product_id = ? AND product IS NULL
		AND revision = 1 AND NOT bound`, created.ID); n != 1 {
		t.Error("the creation is not kept")
	}
}

func TestApply_showsDecideWhatStandsNow(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	r := sqlitetest.Planned(t, c, 3)
	// Since the plan: the first product was bound to another row, the second changed, the third went.
	for _, change := range []string{
		`INSERT INTO binding (remote_id, type, product_id, created_at) VALUES ('77', 1, 1, '')`,
		`UPDATE product SET revision = 5, name = 'Başka' WHERE id = 2`,
		`DELETE FROM product WHERE id = 3`,
	} {
		if _, err := c.DB.Writer.ExecContext(t.Context(), change); err != nil {
			t.Fatal(err)
		}
	}
	seen := map[domain.RemoteID]transfer.Candidate{}
	_, _, err := c.Apply(t.Context(), r, 3, func(cand transfer.Candidate) transfer.Effect {
		seen[cand.Row.Remote.ID] = cand
		return transfer.Effect{Outcome: transfer.OutcomeFailed}
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := seen["1"]; got.BoundFrom != "77" || got.BoundTo != 0 || got.Product == nil {
		t.Errorf("bound partner: %+v", got)
	}
	if got := seen["2"]; got.Product == nil || got.Product.Revision != 5 || got.Row.Revision != 1 || got.Product.Name != "Başka" {
		t.Errorf("changed partner: %+v", got)
	}
	if got := seen["3"]; got.Product != nil || got.Row.ProductID != 3 {
		t.Errorf("lost partner: %+v", got)
	}
}

func TestApply_seesTheRowsBeforeItInTheSameBatch(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	r := sqlitetest.Planned(t, c, 2)
	if _, err := c.DB.Writer.ExecContext(t.Context(), `UPDATE transfer_outcome SET product_id = 1`); err != nil {
		t.Fatal(err)
	}
	var second transfer.Candidate
	_, _, err := c.Apply(t.Context(), r, 2, func(cand transfer.Candidate) transfer.Effect {
		if cand.Row.Remote.ID == "1" {
			return sqlitetest.TakePrice(cand)
		}
		second = cand
		return transfer.Effect{Outcome: transfer.OutcomeFailed}
	})
	if err != nil || second.BoundFrom != "1" || second.Product.Revision != 2 {
		t.Errorf("the second row saw %+v, %v", second, err)
	}
}

func TestApply_isAllOrNothing(t *testing.T) {
	tests := []struct {
		name string
		stop func(cancel context.CancelFunc) transfer.Effect
		kind domain.Kind
	}{
		{"cancelled", func(cancel context.CancelFunc) transfer.Effect {
			cancel()
			return transfer.Effect{Outcome: transfer.OutcomeSkipped}
		}, domain.KindCancelled},
		{"an outcome that is none", func(context.CancelFunc) transfer.Effect {
			return transfer.Effect{Outcome: transfer.OutcomePending}
		}, domain.KindInternal},
		{"bind to nothing", func(context.CancelFunc) transfer.Effect {
			return transfer.Effect{Outcome: transfer.OutcomeMatched, Bind: true, Product: &domain.Product{ID: 99}}
		}, domain.KindInternal},
		{"a panic", func(context.CancelFunc) transfer.Effect { panic(errDecide) }, domain.KindInternal},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := sqlitetest.NewCompany(t)
			r := sqlitetest.Planned(t, c, 5)
			before := state(t, c)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			got, rows, err := applyOrPanic(ctx, c, r, func(cand transfer.Candidate) transfer.Effect {
				if cand.Row.Remote.ID == "4" {
					return tt.stop(cancel)
				}
				return sqlitetest.TakePrice(cand)
			})
			sqlitetest.WantKind(t, err, tt.kind)
			if rows != nil || got.Counters != r.Counters {
				t.Errorf("handed out %d rows, counters %+v", len(rows), got.Counters)
			}
			if after := state(t, c); after != before {
				t.Errorf("before %s\nafter  %s", before, after)
			}
			// The store still works.
			got, rows, err = c.Apply(t.Context(), r, 10, sqlitetest.TakePrice)
			if err != nil || len(rows) != 5 || got.Counters.Matched != 5 {
				t.Errorf("afterwards: %d rows, %+v, %v", len(rows), got.Counters, err)
			}
		})
	}
}

var errDecide = errors.New("decide gave up")

// applyOrPanic gives a panic of decide as an error.
func applyOrPanic(ctx context.Context, c *sqlitetest.Company, r transfer.Run, decide func(transfer.Candidate) transfer.Effect) (got transfer.Run, rows []transfer.Row, err error) {
	defer func() {
		if p := recover(); p != nil {
			got, err = r, fmt.Errorf("panic: %v", p)
		}
	}()
	return c.Apply(ctx, r, 10, decide)
}

// state is all that Apply writes, as one text.
func state(t *testing.T, c *sqlitetest.Company) string {
	t.Helper()
	var s string
	err := c.DB.Reader.QueryRowContext(t.Context(), `SELECT
		(SELECT group_concat(id || ':' || price || ':' || revision) FROM product) || ' ' ||
		(SELECT group_concat(remote_id || ':' || outcome) FROM transfer_row) || ' ' ||
		(SELECT count(*) FROM binding) || ' ' || (SELECT count(*) FROM before_image) || ' ' ||
		(SELECT group_concat(read || ',' || pending || ',' || matched) FROM transfer)`).Scan(&s)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
