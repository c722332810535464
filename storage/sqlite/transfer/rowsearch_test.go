package transfer_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
	storedtransfer "github.com/sopyo/sopyo-desktop/storage/sqlite/transfer"
)

var anySort = []transfer.Sort{
	transfer.SortRead, transfer.SortName, transfer.SortCode, transfer.SortBarcode, transfer.SortPrice, transfer.SortStock, transfer.SortReason, "another",
}

// wantSearched searches rows of a run at random, beside a plain loop over all of them. What is kept in memory of a list is asked
// again, whatever has been done meanwhile.
func wantSearched(t *testing.T, c *sqlitetest.Company, random *rand.Rand, run int64, typed ...string) {
	t.Helper()
	parts := []transfer.Query{
		{},
		{Transferred: true},
		{Attention: true},
		{Deviating: true},
		{Part: transfer.PartUndecided},
		{Part: transfer.PartIgnored},
		{Outcome: transfer.OutcomePending},
		{Outcome: transfer.OutcomeUnmatched},
		{Outcome: transfer.OutcomeMatched},
	}
	for range 5 {
		q := parts[random.IntN(len(parts))]
		q.RunID, q.Sort, q.Desc = run, anySort[random.IntN(len(anySort))], random.IntN(2) == 0
		var want []domain.RemoteID
		search := typed[random.IntN(len(typed))]
		for l, err := range c.EachRow(t.Context(), q) {
			sqlitetest.Must(t, err)
			if m := l.Remote; contains(search, m.Name, string(m.Code), string(m.Barcode)) {
				want = append(want, m.ID)
			}
		}
		q.Search, q.Limit, q.Offset = search, random.IntN(6), random.IntN(4)
		total := len(want)
		want = want[min(q.Offset, total):]
		if q.Limit > 0 {
			want = want[:min(q.Limit, len(want))]
		}
		rows, n, err := c.Rows(t.Context(), q)
		sqlitetest.Must(t, err)
		var got []domain.RemoteID
		for _, l := range rows {
			got = append(got, l.Remote.ID)
		}
		if n != total || !slices.Equal(got, want) {
			t.Fatalf("%+v: %s of %d, want %s of %d", q, got, n, want, total)
		}
	}
}

func TestRows_areFoundWhateverIsDecidedMeanwhile(t *testing.T) {
	for seed := range uint64(4 / sqlitetest.Thinned) {
		p := newPerson(t, 300+seed)
		p.transfer()
		search := func() {
			wantSearched(t, p.c, p.r, p.runs[p.r.IntN(len(p.runs))], "", "ürün", "URUN 1", "ü", "1", "2 1", "869", "k 2", "yok")
		}
		for n := range 60 {
			if n == 30 {
				p.transfer()
			}
			p.act()
			search()
		}
		for _, run := range p.runs {
			for left := 1; left > 0; {
				var err error
				left, err = p.c.UndoBatch(t.Context(), run, 3)
				sqlitetest.Must(t, err)
				search()
			}
		}
	}
}

// TestRows_areFoundWhileTheyAreRead: what is read again, is there no more, or is read anew under the same ids is found as it is now.
func TestRows_areFoundWhileTheyAreRead(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	random := rand.New(rand.NewPCG(5, 2))
	names := []string{"ÇİKOLATA 80 GR", "Isırgan çayı", "incir", "İncir", "Zeytin_%", "şeker", "sirke", "IŞIK", "Kâğıt"}
	page := func() (all []domain.RemoteProduct) {
		for i := range random.IntN(8) {
			all = append(all, domain.RemoteProduct{
				ID: domain.RemoteID(fmt.Sprint(1 + i + random.IntN(30))), Type: storedtransfer.TypeProduct, Name: names[random.IntN(len(names))],
				Code: domain.Code(fmt.Sprint("Ş-", random.IntN(40))), Barcode: domain.Barcode(domaintest.GTIN13(random.IntN(40))), Price: sqlitetest.Dec(fmt.Sprint(random.IntN(30))),
			})
		}
		return all
	}
	r := sqlitetest.Staged(t, c, page())
	for n := range 150 {
		var err error
		switch step := random.IntN(8); {
		case step > 3 && r.Phase != transfer.PhaseRead: // nothing is staged any more
			continue
		case step == 4:
			r, err = c.StageRange(t.Context(), r, domain.RemoteID(fmt.Sprint(random.IntN(20))), domain.RemoteID(fmt.Sprint(20+random.IntN(20))), page())
		case step == 1:
			err = c.DropRows(t.Context(), r)
			r = storedRun(t, c, r.ID)
		case step == 2:
			r.Phase, r.ReadAt = transfer.PhaseMatch, sqlitetest.StillNow().Add(time.Duration(n)*time.Second)
			err = c.SaveRun(t.Context(), r)
		case step == 3:
			r.Phase = transfer.PhaseRead // goes on
			err = c.SaveRun(t.Context(), r)
		case step > 4:
			r, err = c.StagePage(t.Context(), r, page())
		}
		sqlitetest.Must(t, err)
		for range 2 {
			var typed []string
			for _, name := range names {
				letters := []rune(name)
				typed = append(typed, string(letters[:1+random.IntN(len(letters))]))
			}
			wantSearched(t, c, random, r.ID, append(typed, "", "ı", "ş-1", "869 i", "yok")...)
		}
	}
}
