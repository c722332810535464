package database_test

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

const goods = `CREATE TABLE good (id integer PRIMARY KEY, name text NOT NULL, kind text NOT NULL, price integer) STRICT`

// listedGoods asks for those of a kind.
func listedGoods(kind string) database.Listing {
	return database.Listing{
		ID: `g.id`, Text: `fold(g.name)`, From: `good g`, All: database.Clause{SQL: `true`},
		Rows: database.Clause{SQL: `g.kind = ?`, Args: []any{kind}},
	}
}

func pageOfGoods(ctx context.Context, d *database.File, l *database.Lists, q database.Listing) ([]int64, int, error) {
	before := d.State()
	return database.ViewBoth(ctx, d, "list", func(tx *sql.Tx) ([]int64, int, error) { return l.Page(ctx, tx, before, q) })
}

type good struct {
	id         int64
	name, kind string
	price      int // 0: none
}

// TestLists_findAsALoopDoes writes, searches, narrows, sorts and turns pages at random, beside a plain loop. What is kept in memory
// is asked again and again, also after a write.
func TestLists_findAsALoopDoes(t *testing.T) {
	d := sqlitetest.NewCompany(t).DB
	sqlitetest.Must(t, d.Execute(t.Context(), "make the table", goods))
	random := rand.New(rand.NewPCG(3, 11))
	pieces := []string{"ÇAY", "çaydanlık", "Işık", "ışıldak", "IŞIK", "İncir", "i", "kâğıt", "KAĞIT", "şeker", "%", "_", "80", "ü", "Ö", "gr\n5", "a", "ß"}
	typed := []string{"", "", "i", "I", "ı", "İ", "ç", "ÇA", "ay", "ışık", "isik", "kağ", "%", "_", "80", "ı 8", "şeker ç", "k a g", "gr 5", "gr5", "yok", " ü  ö "}
	lists := database.NewLists(d)
	var all []good
	next := int64(1 + random.IntN(5_000))
	for n := range 4_000 {
		lists.Few([]int{0, 3, 1_000}[n%3])
		if n < 60 || random.IntN(6) == 0 {
			all, next = changeGoods(t, random, d, all, next, pieces)
		}
		kind := string(rune('a' + random.IntN(3)))
		q := listedGoods(kind)
		q.Words, q.Desc = database.Words(typed[random.IntN(len(typed))]), random.IntN(2) == 0
		q.Limit, q.Offset = random.IntN(5), random.IntN(4)
		byPrice := random.IntN(2) == 0
		if byPrice {
			q.Order = `g.price IS NULL, ` + database.Ordered(q.Desc, `g.price`, `g.id`)
		}
		var want []good
		for _, g := range all {
			if g.kind == kind && !slices.ContainsFunc(q.Words, func(w string) bool { return !strings.Contains(domain.Fold(g.name), w) }) {
				want = append(want, g)
			}
		}
		slices.SortFunc(want, func(a, b good) int {
			order := cmp.Compare(a.id, b.id)
			if byPrice {
				order = cmp.Or(cmp.Compare(a.price, b.price), order)
			}
			if q.Desc {
				order = -order
			}
			if byPrice && (a.price == 0) != (b.price == 0) {
				return map[bool]int{true: 1, false: -1}[a.price == 0]
			}
			return order
		})
		var ids []int64
		for _, g := range want {
			ids = append(ids, g.id)
		}
		got, total, err := pageOfGoods(t.Context(), d, lists, q)
		sqlitetest.Must(t, err)
		if wanted := pageOf(ids, q.Offset, q.Limit); total != len(ids) || !slices.Equal(got, wanted) {
			t.Fatalf("%d: %+v: %d of %d, want %d of %d", n, q, got, total, wanted, len(ids))
		}
	}
}

// changeGoods adds, changes or removes one.
func changeGoods(t *testing.T, random *rand.Rand, d *database.File, all []good, next int64, pieces []string) ([]good, int64) {
	t.Helper()
	g := good{next, pieces[random.IntN(len(pieces))] + strings.Repeat(" ", random.IntN(2)) + pieces[random.IntN(len(pieces))], string(rune('a' + random.IntN(3))), random.IntN(4)}
	at := random.IntN(len(all) + 1)
	if add := len(all) < 40 || random.IntN(3) == 0; add || at == len(all) {
		next += 1 + random.Int64N(90)
		all = append(all, g)
	} else if g.id = all[at].id; random.IntN(2) == 0 {
		all = slices.Delete(all, at, at+1)
		sqlitetest.Must(t, d.Execute(t.Context(), "remove", `DELETE FROM good WHERE id = ?`, g.id))
		return all, next
	} else {
		all[at] = g
	}
	_, err := database.Update(t.Context(), d, "put", func(tx *sql.Tx) (sql.Result, error) {
		return tx.ExecContext(t.Context(), `INSERT OR REPLACE INTO good VALUES (?, ?, ?, nullif(?, 0))`, g.id, g.name, g.kind, g.price)
	})
	sqlitetest.Must(t, err)
	return all, next
}

// TestLists_askAgainWhenWhatTheyKeepHoldsNoMore: what is said to hold is not read again for another reason.
func TestLists_askAgainWhenWhatTheyKeepHoldsNoMore(t *testing.T) {
	d := sqlitetest.NewCompany(t).DB
	lists := database.NewLists(d)
	lists.Few(0)
	sqlitetest.Must(t, d.Execute(t.Context(), "make the table", goods),
		d.Execute(t.Context(), "fill", `INSERT INTO good VALUES (1, 'elma', 'a', 1), (2, 'elma', 'a', 2), (3, 'armut', 'b', 3)`))
	want := func(what, search string, q database.Listing, want ...int64) {
		t.Helper()
		q.Words, q.Order = database.Words(search), `g.price, g.id`
		got, total, err := pageOfGoods(t.Context(), d, lists, q)
		sqlitetest.Must(t, err)
		if !slices.Equal(got, want) || total != len(want) {
			t.Errorf("%s: %d of %d, want %d", what, got, total, want)
		}
	}
	held := func(texts, order string) database.Listing {
		q := listedGoods("a")
		q.TextsHold, q.OrderHolds = texts, order
		return q
	}
	want("read first", "elma", held("1", "1"), 1, 2)
	sqlitetest.Must(t, d.Execute(t.Context(), "change", `UPDATE good SET name = 'ayva', price = 9 WHERE id = 1`))
	want("both hold", "elma", held("1", "1"), 1, 2)
	want("the order holds", "", held("1", "1"), 1, 2)
	want("another order", "elma", held("1", "2"), 2, 1)
	want("other texts", "elma", held("2", "2"), 2)
	want("nothing holds", "ayva", held("", ""), 1)
	sqlitetest.Must(t, d.Execute(t.Context(), "change", `UPDATE good SET kind = 'a' WHERE id = 3`))
	want("which rows there are never holds", "", held("2", "2"), 2, 3, 1)
	want("nothing holds after a write", "a", held("", ""), 2, 3, 1)
}

func TestLists_ofAnEmptyTable(t *testing.T) {
	d := sqlitetest.NewCompany(t).DB
	sqlitetest.Must(t, d.Execute(t.Context(), "make the table", goods))
	lists := database.NewLists(d)
	for _, search := range []string{"", "a"} {
		for _, order := range []string{"", `g.price, g.id`} {
			q := listedGoods("a")
			q.Words, q.Order = database.Words(search), order
			if ids, total, err := pageOfGoods(t.Context(), d, lists, q); len(ids) != 0 || total != 0 || err != nil {
				t.Errorf("%q by %q: %d of %d, %v", search, order, ids, total, err)
			}
		}
	}
}

// TestLists_whoseIDsLieFarApart are searched by SQL: a bit for each id between them would not fit into the memory.
func TestLists_whoseIDsLieFarApart(t *testing.T) {
	d := sqlitetest.NewCompany(t).DB
	sqlitetest.Must(t, d.Execute(t.Context(), "make the table", goods))
	for _, id := range []int64{1 << 62, -5} {
		sqlitetest.Must(t, d.Execute(t.Context(), "fill", `INSERT OR REPLACE INTO good VALUES (1, 'elma', 'a', 1), (2, 'armut', 'b', 1), (?, 'elma', 'a', 3)`, id))
		for _, kind := range []string{"a", "b"} {
			q := listedGoods(kind)
			q.Words, q.Order = []string{"m"}, `g.price, g.id`
			ids, total, err := pageOfGoods(t.Context(), d, database.NewLists(d), q)
			want := map[string][]int64{"a": {1, id}, "b": {2}}[kind]
			if !slices.Equal(ids, want) || total != len(want) || err != nil {
				t.Errorf("%d, %s: %d of %d, %v", id, kind, ids, total, err)
			}
		}
		sqlitetest.Must(t, d.Execute(t.Context(), "empty", `DELETE FROM good`))
	}
}

// TestLists_ofAFileThatAnotherWrites keep nothing.
func TestLists_ofAFileThatAnotherWrites(t *testing.T) {
	path := filepath.Join(t.TempDir(), "company.db")
	c := sqlitetest.Reopen(t, path)
	sqlitetest.Must(t, c.DB.Execute(t.Context(), "make the table", goods))
	reader, err := database.Read(t.Context(), path, database.CompanySchema(), database.Driver)
	sqlitetest.Must(t, err)
	defer func() { sqlitetest.Must(t, reader.Close()) }()
	lists := database.NewLists(reader)
	for n := range 3 {
		sqlitetest.Must(t, c.DB.Execute(t.Context(), "fill", `INSERT INTO good (name, kind) VALUES ('elma', 'a')`))
		q := listedGoods("a")
		q.Words = []string{"elma"}
		if ids, total, err := pageOfGoods(t.Context(), reader, lists, q); len(ids) != n+1 || total != n+1 || err != nil {
			t.Errorf("%d: %d of %d, %v", n, ids, total, err)
		}
	}
}

// TestLists_whileSomebodyWrites: what two people are shown is what their snapshot holds, whenever it was taken.
func TestLists_whileSomebodyWrites(t *testing.T) {
	d := sqlitetest.NewCompany(t).DB
	sqlitetest.Must(t, d.Execute(t.Context(), "make the table", goods),
		d.Execute(t.Context(), "fill", `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) INSERT INTO good SELECT i, 'elma', 'a', i FROM n`))
	lists := database.NewLists(d)
	lists.Few(20)
	ctx, end := context.WithCancel(t.Context())
	var readers sync.WaitGroup
	for reader := range 2 {
		readers.Go(func() {
			random := rand.New(rand.NewPCG(uint64(reader), 1))
			for ctx.Err() == nil {
				q := listedGoods(string(rune('a' + random.IntN(2))))
				q.Words, q.Limit = []string{[]string{"el", "ayva", "5"}[random.IntN(3)]}, 7
				if random.IntN(2) == 0 {
					q.Order = `g.price, g.id`
				}
				if err := asInTheSnapshot(ctx, d, lists, q); err != nil && ctx.Err() == nil {
					t.Error(err)
				}
			}
		})
	}
	random := rand.New(rand.NewPCG(7, 7))
	for range 150 {
		sqlitetest.Must(t, d.Update(t.Context(), "change", func(tx *sql.Tx) error {
			_, err := tx.ExecContext(t.Context(), `UPDATE good SET name = iif(id % ?1 = 0, 'ayva 5', 'elma'), kind = iif(id % ?2 = 0, 'a', 'b'), price = id % ?3`,
				1+random.IntN(40), 1+random.IntN(4), 1+random.IntN(300))
			return err
		}))
	}
	end()
	readers.Wait()
}

// asInTheSnapshot compares a page with what SQL finds in the same snapshot.
func asInTheSnapshot(ctx context.Context, d *database.File, l *database.Lists, q database.Listing) error {
	before := d.State()
	return d.View(ctx, "list", func(tx *sql.Tx) error {
		ids, total, err := l.Page(ctx, tx, before, q)
		if err != nil {
			return err
		}
		by := cmp.Or(q.Order, `g.id`)
		want, err := database.SelectAll(ctx, tx, database.Itself[int64], `SELECT g.id FROM good g WHERE g.kind = ? AND instr(fold(g.name), ?) > 0 ORDER BY `+by, q.Rows.Args[0], q.Words[0])
		if err != nil {
			return err
		}
		if total != len(want) || !slices.Equal(ids, pageOf(want, 0, q.Limit)) {
			return fmt.Errorf("%q: %d of %d, want %d of %d", q.Words, ids, total, pageOf(want, 0, q.Limit), len(want))
		}
		return nil
	})
}

// TestLists_failAtEveryStep: an error arrives, and nothing that was read in part is kept.
func TestLists_failAtEveryStep(t *testing.T) {
	d := sqlitetest.NewCompany(t).DB
	sqlitetest.Must(t, d.Execute(t.Context(), "make the table", goods),
		d.Execute(t.Context(), "fill", `INSERT INTO good VALUES (1, 'elma', 'a', 3), (2, 'elma', 'a', 2), (3, 'armut', 'b', 1), (4, 'incir', 'a', 4)`))
	f, err := sqlitetest.Fused(d)
	sqlitetest.Must(t, err)
	for name, of := range map[string]struct {
		search, order string
		few           int
		before        database.State
		want          []int64
	}{
		"all, by a column":   {"", `g.price, g.id`, 0, d.State(), []int64{2, 1, 4}},
		"found, by id":       {"e", "", 0, d.State(), []int64{1, 2}},
		"found, by a column": {"m", `g.price, g.id`, 0, d.State(), []int64{2, 1}},
		"few found":          {"m", `g.price, g.id`, 9, d.State(), []int64{2, 1}},
		"by SQL alone":       {"m", `g.price, g.id`, 9, database.State{}, []int64{2, 1}},
	} {
		t.Run(name, func(t *testing.T) {
			q := listedGoods("a")
			q.Words, q.Order = database.Words(of.search), of.order
			var lists *database.Lists
			ask := func() (ids []int64, total int, err error) {
				return database.ViewBoth(t.Context(), d, "list", func(tx *sql.Tx) ([]int64, int, error) { return lists.Page(t.Context(), tx, of.before, q) })
			}
			for n, failed := 1, "it has begun"; failed != ""; n++ {
				lists = database.NewLists(d)
				lists.Few(of.few)
				f.Set(n)
				_, _, err := ask()
				if failed = f.Clear(); failed != "" && !sqlitetest.Blew(failed, err) {
					t.Fatalf("%q failed, and the answer is %v", failed, err)
				}
				if ids, total, err := ask(); !slices.Equal(ids, of.want) || total != len(of.want) || err != nil {
					t.Errorf("after %q failed: %d of %d, want %d, %v", failed, ids, total, of.want, err)
				}
			}
		})
	}
}
