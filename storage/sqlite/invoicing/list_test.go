package invoicing_test

import (
	"bytes"
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

var groups = []invoicing.RecordGroup{
	invoicing.RecordsUnknown, invoicing.RecordsDrafts, invoicing.RecordsIssued, invoicing.RecordsRejected, invoicing.RecordsGone,
}

// mixedInvoices are invoices in which every column has equal, absent and Turkish values, in every state.
func mixedInvoices(t *testing.T, c *sqlitetest.Company) (all []invoicing.Record) {
	t.Helper()
	r := rand.New(rand.NewPCG(8, 9))
	pick := func(values ...string) string { return values[r.IntN(len(values))] }
	for i := range 60 {
		v := filled(i)
		v.Key.Package = fmt.Sprint("P", i)
		v.Number, v.Buyer = pick("", "ABC2026000000010", "ABC2026000000009", "İÇE1", "ICE2"), pick("Işıl Ak", "isil ak", "Çınar", "Cem", "Şişe A.Ş.")
		v.Kind = domain.InvoiceKind(pick("", "e-invoice", "e-archive", "e-archive-internet"))
		v.Draft.Date = domaintest.Moment.AddDate(0, 0, r.IntN(4))
		v.Amounts.Total = sqlitetest.Dec(pick("9.90", "9.9", "100", "20")).Decimal
		v = begun(t, c, v)
		v.State = invoicing.AttemptStates()[i%12]
		all = append(all, saved(t, c, v))
	}
	return all
}

func idsOf(list []invoicing.Record) (all []int64) {
	for _, r := range list {
		all = append(all, r.ID)
	}
	return all
}

func TestListInvoices_sortsAsPeopleDoPageByPage(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	all := mixedInvoices(t, c)
	turkish := func(a, b string) int { return bytes.Compare(domain.SortKey(a), domain.SortKey(b)) }
	for by, order := range map[invoicing.RecordSort]func(a, b *invoicing.Record) int{
		invoicing.RecordsByAge:    func(_, _ *invoicing.Record) int { return 0 },
		invoicing.RecordsByNumber: func(a, b *invoicing.Record) int { return turkish(a.Number, b.Number) },
		invoicing.RecordsByDate:   func(a, b *invoicing.Record) int { return a.Day().Compare(b.Day()) },
		invoicing.RecordsByBuyer:  func(a, b *invoicing.Record) int { return turkish(a.Buyer, b.Buyer) },
		invoicing.RecordsByKind:   func(a, b *invoicing.Record) int { return cmp.Compare(a.Kind, b.Kind) },
		invoicing.RecordsByTotal:  func(a, b *invoicing.Record) int { return a.Amounts.Total.Cmp(b.Amounts.Total) },
		invoicing.RecordsByState: func(a, b *invoicing.Record) int {
			states := invoicing.AttemptStates()
			return slices.Index(states, a.State) - slices.Index(states, b.State)
		},
	} {
		for _, asc := range []bool{false, true} {
			last := func(b bool) int { return map[bool]int{true: 1}[b] }
			want := slices.Clone(all)
			slices.SortFunc(want, func(a, b invoicing.Record) int {
				n := cmp.Or(order(&a, &b), cmp.Compare(a.ID, b.ID))
				if !asc {
					n = -n
				}
				absent := 0
				if by == invoicing.RecordsByNumber {
					absent = last(a.Number == "") - last(b.Number == "")
				}
				return cmp.Or(last(!a.Open())-last(!b.Open()), absent, n)
			})
			var got []invoicing.Record
			for len(got) < len(all) {
				page, total, err := c.ListInvoices(t.Context(), invoicing.RecordQuery{Sort: by, Asc: asc, Limit: 7, Offset: len(got)})
				if err != nil || total != len(all) || len(page) != min(7, len(all)-len(got)) {
					t.Fatal(len(page), total, err)
				}
				got = append(got, page...)
			}
			if !slices.Equal(idsOf(got), idsOf(want)) {
				t.Errorf("by %q, asc %v:\n%v, want\n%v", by, asc, idsOf(got), idsOf(want))
			}
			var each []invoicing.Record
			for r, err := range c.EachInvoice(t.Context(), invoicing.RecordQuery{Sort: by, Asc: asc, Limit: 1, Offset: 3}) {
				sqlitetest.Must(t, err)
				each = append(each, r)
			}
			sqlitetest.WantSame(t, "each", each, got)
		}
	}
}

func TestListInvoices_findsByGroupAndWords(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	all := mixedInvoices(t, c)
	names := map[domain.InvoiceKind]string{"e-invoice": "e-fatura", "e-archive": "e-arsiv", "e-archive-internet": "e-arsiv internet"}
	for _, g := range append([]invoicing.RecordGroup{invoicing.RecordsAll}, groups...) {
		for _, search := range []string{"", "ISIL", "abc2026", "p1", "e-ARŞİV", "e-fatura", "e-invoice", "sise a.s.", "isil p2", "yok"} {
			var want []int64
			for _, r := range slices.Backward(all) {
				text := domain.Fold(strings.Join([]string{r.Number, r.Buyer, r.Key.Package, string(r.Kind), names[r.Kind]}, "\n"))
				if (g == invoicing.RecordsAll || slices.Contains(g.States(), r.State)) &&
					!slices.ContainsFunc(strings.Fields(search), func(w string) bool { return !strings.Contains(text, domain.Fold(w)) }) {
					want = append(want, r.ID)
				}
			}
			slices.SortStableFunc(want, func(a, b int64) int {
				return map[bool]int{false: 1}[all[a-1].Open()] - map[bool]int{false: 1}[all[b-1].Open()]
			})
			got, total, err := c.ListInvoices(t.Context(), invoicing.RecordQuery{Group: g, Search: search})
			if err != nil || total != len(want) || !slices.Equal(idsOf(got), want) {
				t.Errorf("%q %q: %d %v, %v, want %v", g, search, total, idsOf(got), err, want)
			}
			page, total, err := c.ListInvoices(t.Context(), invoicing.RecordQuery{Group: g, Search: search, Limit: 2, Offset: 1})
			if err != nil || total != len(want) || !slices.Equal(idsOf(page), want[min(1, len(want)):min(3, len(want))]) {
				t.Errorf("%q %q: %v of %d, %v", g, search, idsOf(page), total, err)
			}
		}
	}
}

func TestInvoiceGroups_countEachStateOnce(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	if got := sqlitetest.Ok1[map[invoicing.RecordGroup]int](t)(c.InvoiceGroups(t.Context())); got[invoicing.RecordsAll] != 0 {
		t.Errorf("%v", got)
	}
	want := map[invoicing.RecordGroup]int{}
	for _, r := range mixedInvoices(t, c) {
		want[invoicing.RecordsAll]++
		for _, g := range groups {
			if slices.Contains(g.States(), r.State) {
				want[g]++
			}
		}
	}
	got := sqlitetest.Ok1[map[invoicing.RecordGroup]int](t)(c.InvoiceGroups(t.Context()))
	if fmt.Sprint(got) != fmt.Sprint(want) || want[invoicing.RecordsAll] != 60 {
		t.Errorf("%v, want %v", got, want)
	}
}

// A month is that of the invoices' own days, in Istanbul.
func TestMonthRecords_areTheIssuedOnesOfTheirDays(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	may, june := time.Date(2026, 5, 1, 0, 0, 0, 0, domain.Istanbul), time.Date(2026, 6, 1, 0, 0, 0, 0, domain.Istanbul)
	want := map[string][]int64{}
	for i, at := range []time.Time{may, may.Add(-time.Millisecond), june.Add(-time.Millisecond), june, may.UTC(), may.AddDate(0, 0, 9)} {
		for _, s := range invoicing.AttemptStates() {
			r := filled(i)
			r.Key.Package, r.Draft.Date, r.Number = fmt.Sprint(i, s), at, fmt.Sprint("N", 9-i)
			r = begun(t, c, r)
			r.State = s
			r = saved(t, c, r)
			if r.Issued() {
				want[at.In(domain.Istanbul).Format("01")] = append(want[at.In(domain.Istanbul).Format("01")], r.ID)
			}
		}
	}
	for month, n := range map[string]int{"04": 2, "05": 8, "06": 2} {
		from, err := time.ParseInLocation("2006-01", "2026-"+month, domain.Istanbul)
		sqlitetest.Must(t, err)
		list := sqlitetest.Ok1[[]invoicing.Record](t)(c.MonthRecords(t.Context(), from, from.AddDate(0, 1, 0)))
		if got := slices.Sorted(slices.Values(idsOf(list))); !slices.Equal(got, want[month]) || len(got) != n {
			t.Errorf("%s: %v, want %v", month, got, want[month])
		}
		if !slices.IsSortedFunc(list, func(a, b invoicing.Record) int {
			return cmp.Or(a.Day().Compare(b.Day()), cmp.Compare(a.Number, b.Number))
		}) {
			t.Errorf("%s: %v", month, idsOf(list))
		}
		for _, r := range list {
			sqlitetest.WantSame(t, "whole", r, sqlitetest.Ok1[invoicing.Record](t)(c.Record(t.Context(), r.ID)))
		}
	}
}
