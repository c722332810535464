package sqlite_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// booking is what one company has booked with a key of one kind in a month.
type booking struct {
	print   string
	company domain.CompanyID
	month   string
	kind    quota.Kind
}

// Keys that companies share, months and kinds: whatever is booked and given back, each company's part is as
// reckoned and the sum never passes the ceiling.
func TestKeyQuota_isAsReckoned(t *testing.T) {
	m := machineWith(t, "alfa", "beta")
	used := map[booking]int{}
	random := rand.New(rand.NewPCG(3, 5))
	pick := func(all ...string) string { return all[random.IntN(len(all))] }
	sum := func(b booking) (n int) {
		for other, used := range used {
			if other.company = b.company; other == b {
				n += used
			}
		}
		return n
	}
	for range 250 {
		b := booking{pick("k1", "k2"), domain.CompanyID(pick("alfa", "beta")), pick("2026-11", "2026-12"), quota.Kind(pick("read", "write"))}
		n, ceiling := random.IntN(9)-3, 4+random.IntN(9)
		want := n
		if n > 0 {
			want = max(0, min(n, ceiling-sum(b)))
		}
		got, err := m.KeyQuota(b.print, b.company).Book(t.Context(), b.month, b.kind, n, ceiling)
		if err != nil || got != want {
			t.Fatalf("%+v: %d of %d up to %d, want %d, %v", b, got, n, ceiling, want, err)
		}
		used[b] = max(0, used[b]+want)
		booked, err := m.KeyQuota(b.print, "whoever").Booked(t.Context(), b.month)
		sqlitetest.Must(t, err)
		for _, k := range []quota.Kind{quota.Read, quota.Write, quota.SignIn} {
			if want := sum(booking{b.print, "", b.month, k}); booked[k] != want {
				t.Fatalf("%s in %s with %s: %d, want %d", k, b.month, b.print, booked[k], want)
			}
		}
	}
	for _, b := range slices.Collect(maps.Keys(used)) {
		got := sqlitetest.RowsBy(t, m.DB.Reader, `SELECT used FROM key_quota WHERE key_print = ? AND company_id = ? AND month = ? AND kind = ?`, b.print, b.company, b.month, b.kind)
		if n := used[b]; len(got) == 0 && n != 0 || len(got) == 1 && got[0]["used"] != int64(n) {
			t.Errorf("%+v: %v, want %d", b, got, n)
		}
	}
}

// What a company has booked comes along with its first key, unless more is booked there already.
func TestSaveCompanyKey_bringsWhatIsMore(t *testing.T) {
	for name, tt := range map[string]struct{ there, brought, want int }{
		"more": {3, 5, 5}, "less": {5, 3, 5}, "as much": {4, 4, 4}, "nothing there": {0, 4, 4},
	} {
		m := machineWith(t, "alfa", "beta")
		if tt.there > 0 {
			sqlitetest.Must(t, sqlitetest.ErrOf2(m.KeyQuota("k", "alfa").Book(t.Context(), "2026-11", quota.Read, tt.there, 99)))
		}
		sqlitetest.Must(t, sqlitetest.ErrOf2(m.KeyQuota("k", "beta").Book(t.Context(), "2026-11", quota.Read, 10, 99)))
		sqlitetest.Must(t, m.SaveCompanyKey(t.Context(), "alfa", "k", "2026-11", map[quota.Kind]int{quota.Read: tt.brought}))
		booked, err := m.KeyQuota("k", "alfa").Booked(t.Context(), "2026-11")
		if err != nil || booked[quota.Read] != tt.want+10 {
			t.Errorf("%s: %v, %v", name, booked, err)
		}
		if got, err := m.CompanyKey(t.Context(), "beta"); err != nil || got != "" {
			t.Errorf("%s: the other company has the key %q, %v", name, got, err)
		}
	}
	m := machineWith(t)
	if err := m.SaveCompanyKey(t.Context(), "yok", "k", "2026-11", nil); err == nil {
		t.Error("a company that is not there has a key")
	}
}

func TestQueue_carriesEveryField(t *testing.T) {
	m := machineWith(t, "alfa", "beta")
	at := domaintest.Moment
	m.DB.Now = func() time.Time { return at }
	want := []transfer.Place{{Company: "alfa", Name: "alfa", Run: 3, EnteredAt: at}, {Company: "beta", Name: "beta", Run: 9, EnteredAt: at.Add(time.Hour)}}
	read := func(what string) {
		t.Helper()
		got, err := m.Queue(t.Context())
		sqlitetest.Must(t, err)
		sqlitetest.WantSame(t, what, got, want)
	}
	names, err := m.Companies(t.Context())
	sqlitetest.Must(t, err)
	for i, c := range names {
		want[i].Name = c.Name
	}
	sqlitetest.Must(t, m.EnterQueue(t.Context(), "alfa", 3))
	at = at.Add(time.Hour)
	sqlitetest.Must(t, m.EnterQueue(t.Context(), "beta", 9), m.EnterQueue(t.Context(), "alfa", 3))
	read("entered, one of them twice")
	sqlitetest.Must(t, m.SetWriting(t.Context(), "alfa", 9, true), m.SetWriting(t.Context(), "beta", 3, true), m.LeaveQueue(t.Context(), "alfa", 9), m.LeaveQueue(t.Context(), "beta", 3))
	read("others are meant")
	sqlitetest.Must(t, m.SetWriting(t.Context(), "beta", 9, true))
	want[1].Writing = true
	read("one writes")
	sqlitetest.Must(t, m.SetWriting(t.Context(), "beta", 9, false))
	want[1].Writing = false
	read("nobody writes")
	sqlitetest.Must(t, m.EnterQueue(t.Context(), "alfa", 4))
	want[0].Run, want[0].EnteredAt = 4, at
	want[0], want[1] = want[1], want[0]
	read("overtaken by another run of the company")
	sqlitetest.Must(t, m.LeaveQueue(t.Context(), "beta", 9))
	want = want[1:]
	read("left")
}
