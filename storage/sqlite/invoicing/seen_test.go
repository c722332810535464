package invoicing_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestSeeInvoices_carriesEachField(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	base := domaintest.Fill[domain.Invoice](0)
	base.ID = "17"
	first := domaintest.Moment
	sqlitetest.Must(t, c.SeeInvoices(t.Context(), []domain.Invoice{base}, first))
	read := func() []issuing.Seen {
		return sqlitetest.Ok1[[]issuing.Seen](t)(c.SeenInvoices(t.Context(), time.Time{}))
	}
	want := issuing.Seen{Invoice: base, SeenAt: first}
	sqlitetest.WantSame(t, "seen", read(), []issuing.Seen{want})
	for _, tokens := range [][]invoicing.Token{nil, {"[SM:aaaaaaaa]", "[SM:bbbbbbbb]"}} {
		sqlitetest.Must(t, c.SeeTokens(t.Context(), "17", tokens), c.SeeTokens(t.Context(), "18", tokens))
		want.Read, want.Tokens = true, tokens
		sqlitetest.WantSame(t, "read", read(), []issuing.Seen{want})
	}
	// As it stands now counts; what was read of it stays.
	for path, row := range domaintest.Changed(base, domaintest.Fill[domain.Invoice](1)) {
		if path == "ID" {
			continue
		}
		want.SeenAt = want.SeenAt.Add(time.Second)
		want.Invoice = row
		sqlitetest.Must(t, c.SeeInvoices(t.Context(), []domain.Invoice{row}, want.SeenAt))
		sqlitetest.WantSame(t, path, read(), []issuing.Seen{want})
	}
}

func TestSeenInvoices_areThoseOfTheirDaysWithOurAttempt(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	day := time.Date(2026, 5, 2, 0, 0, 0, 0, domain.Istanbul)
	row := func(id domain.RemoteID, at time.Time, kind domain.InvoiceKind) domain.Invoice {
		return domain.Invoice{ID: id, Date: at, Kind: kind}
	}
	latest := func(want string) {
		t.Helper()
		id, days, err := c.LastSeen(t.Context())
		got := fmt.Sprint(id)
		for _, k := range []domain.InvoiceKind{domain.InvoiceKindNone, domain.InvoiceEArchive, domain.InvoiceEInvoice} {
			if at, ok := days[k]; ok {
				got += fmt.Sprintf(" %s %s", k, at.Format(time.RFC3339))
			}
		}
		if err != nil || got != want {
			t.Errorf("%s, %v, want %s", got, err, want)
		}
	}
	latest("0")
	sqlitetest.Must(t, c.SeeInvoices(t.Context(), []domain.Invoice{
		row("9", day, domain.InvoiceEArchive), row("10", day.Add(-time.Millisecond), domain.InvoiceEArchive), row("abc", day.AddDate(0, 0, 1), domain.InvoiceEInvoice),
		row("11", day.UTC().AddDate(0, 0, 2), domain.InvoiceEInvoice),
	}, domaintest.Moment))
	latest("11 e-archive 2026-05-02T00:00:00+03:00 e-invoice 2026-05-04T00:00:00+03:00")
	var ours []invoicing.Record
	for i, remote := range []domain.RemoteID{"9", "", "9", "11"} {
		r := filled(i)
		r.Key.Package, r.Remote = fmt.Sprint(i), remote
		ours = append(ours, begun(t, c, r))
	}
	got := func(list []issuing.Seen, err error) (s string) {
		t.Helper()
		sqlitetest.Must(t, err)
		for _, v := range list {
			s += fmt.Sprintf("%s:%d ", v.ID, v.Ours)
		}
		return s
	}
	for from, want := range map[time.Time]string{
		day: "abc:0 9:3 11:4 ", day.Add(23 * time.Hour): "abc:0 9:3 11:4 ", day.Add(-time.Second): "abc:0 9:3 10:0 11:4 ", day.AddDate(0, 0, 1): "abc:0 11:4 ", day.AddDate(0, 0, 3): "",
	} {
		if got := got(c.SeenInvoices(t.Context(), from)); got != want {
			t.Errorf("from %v: %s, want %s", from, got, want)
		}
	}
	// What we have deleted is there no more, unless it is seen again; that there was one is known for ever.
	r := ours[3]
	r.State = invoicing.AttemptDeleted
	saved(t, c, r)
	latest("11 e-archive 2026-05-02T00:00:00+03:00 e-invoice 2026-05-03T00:00:00+03:00")
	if got := got(c.SeenInvoices(t.Context(), day)); got != "abc:0 9:3 " {
		t.Error(got)
	}
	sqlitetest.Must(t, c.SeeInvoices(t.Context(), []domain.Invoice{row("11", day, domain.InvoiceKindNone)}, domaintest.Moment))
	latest("11  2026-05-02T00:00:00+03:00 e-archive 2026-05-02T00:00:00+03:00 e-invoice 2026-05-03T00:00:00+03:00")
	list := sqlitetest.Ok1[[]issuing.Seen](t)(c.SeenInvoices(t.Context(), day))
	if d := list[1].Date; d.Location() != domain.Istanbul {
		t.Errorf("%v", d)
	}
}

func TestTaxpayers_areKnownForATime(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	at := domaintest.Moment
	sqlitetest.Must(t, c.SaveTaxpayer(t.Context(), domain.Taxpayer{Number: "1", Registered: true}, at), c.SaveTaxpayer(t.Context(), domain.Taxpayer{Number: "2"}, at))
	known := func(after time.Time, want string, numbers ...string) {
		t.Helper()
		if got, err := c.Taxpayers(t.Context(), after, numbers); err != nil || fmt.Sprint(got) != want {
			t.Errorf("%v, %v, want %s", got, err, want)
		}
	}
	known(at.Add(-time.Millisecond), "map[1:true 2:false]", "1", "2", "3")
	known(time.Time{}, "map[2:false]", "2")
	known(at, "map[]", "1", "2")
	known(time.Time{}, "map[]")
	sqlitetest.Must(t, c.SaveTaxpayer(t.Context(), domain.Taxpayer{Number: "1"}, at.Add(time.Second)))
	known(at, "map[1:false]", "1", "2")
}

// A clock that is behind makes an invoice of the newest one's time: a day alone would be refused again and again.
func TestLastSeen_givesTheTimeOfTheDay(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	noon := time.Date(2026, 5, 2, 12, 0, 7, 0, domain.Istanbul)
	sqlitetest.Must(t, c.SeeInvoices(t.Context(), []domain.Invoice{
		{ID: "3", Date: noon, Kind: domain.InvoiceEArchive}, {ID: "5", Date: noon.Add(-time.Hour), Kind: domain.InvoiceEArchive},
	}, domaintest.Moment))
	if _, latest, err := c.LastSeen(t.Context()); err != nil || !latest[domain.InvoiceEArchive].Equal(noon) {
		t.Errorf("%v, %v", latest, err)
	}
}
