package invoicing_test

import (
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

var makers = []domaintest.Maker{
	domaintest.OneOf(invoicing.DirectionReturn), domaintest.OneOf(invoicing.AttemptChecked, invoicing.AttemptIssued),
	domaintest.OneOf(invoicing.TaskReturned), domaintest.OneOf(domain.KindNetwork, domain.KindQuota),
}

// filled is an attempt in which every field says something.
func filled(seed int) invoicing.Record { return domaintest.Fill[invoicing.Record](seed, makers...) }

func begun(t *testing.T, c *sqlitetest.Company, r invoicing.Record) invoicing.Record {
	t.Helper()
	return sqlitetest.Ok1[invoicing.Record](t)(c.Begin(t.Context(), r))
}

func saved(t *testing.T, c *sqlitetest.Company, r invoicing.Record) invoicing.Record {
	t.Helper()
	return sqlitetest.Ok1[invoicing.Record](t)(c.SaveRecord(t.Context(), r))
}

func TestJournal_carriesEachField(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	given := filled(0)
	want := given
	want.ID, want.Serial, want.State = 1, 1, invoicing.AttemptIntent
	sqlitetest.WantSame(t, "begun", begun(t, c, given), want)
	other := filled(1)
	other.ID = 1
	want = other
	want.Serial = 1
	sqlitetest.WantSame(t, "saved", saved(t, c, other), want)
	sqlitetest.WantSame(t, "read", sqlitetest.Ok1[invoicing.Record](t)(c.Record(t.Context(), 1)), want)
	sqlitetest.WantSame(t, "in", sqlitetest.Ok1[[]invoicing.Record](t)(c.RecordsIn(t.Context(), want.State)), []invoicing.Record{want})
	sqlitetest.WantSame(t, "attempts", sqlitetest.Ok1[[]invoicing.Attempt](t)(c.Attempts(t.Context())), []invoicing.Attempt{want.Attempt})
	listed, total, err := c.ListInvoices(t.Context(), invoicing.RecordQuery{})
	if err != nil || total != 1 {
		t.Fatal(total, err)
	}
	sqlitetest.WantSame(t, "listed", listed, []invoicing.Record{want})
	for r, err := range c.EachInvoice(t.Context(), invoicing.RecordQuery{}) {
		sqlitetest.Must(t, err)
		sqlitetest.WantSame(t, "each", r, want)
	}
	if last, err := c.LastSerial(t.Context()); err != nil || last != 1 {
		t.Errorf("%d, %v", last, err)
	}
}

func TestBegin_letsOneAttemptOfAKeyBind(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	r := begun(t, c, filled(0))
	for _, s := range invoicing.AttemptStates() {
		r.State = s
		r = saved(t, c, r)
		next, err := c.Begin(t.Context(), filled(0))
		switch s {
		case invoicing.AttemptRejected, invoicing.AttemptLost, invoicing.AttemptDeleted:
			sqlitetest.Must(t, err)
			next.State = invoicing.AttemptLost
			saved(t, c, next)
		default:
			sqlitetest.WantKind(t, err, domain.KindBusy)
		}
	}
}

func TestSeen_carriesEachField(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	row := domaintest.Fill[domain.Invoice](0)
	row.ID = "17"
	at := domaintest.Moment
	sqlitetest.Must(t, c.SeeInvoices(t.Context(), []domain.Invoice{row}, at))
	want := issuing.Seen{Invoice: row, SeenAt: at}
	sqlitetest.WantSame(t, "seen", sqlitetest.Ok1[[]issuing.Seen](t)(c.SeenInvoices(t.Context(), row.Date)), []issuing.Seen{want})
	sqlitetest.Must(t, c.SeeTokens(t.Context(), "17", []invoicing.Token{"[SM:aaaaaaaa]"}))
	want.Read, want.Tokens = true, []invoicing.Token{"[SM:aaaaaaaa]"}
	month := domain.Day(row.Date)
	sqlitetest.WantSame(t, "month", sqlitetest.Ok1[[]issuing.Seen](t)(c.SeenInMonth(t.Context(), month, month.AddDate(0, 0, 1))), []issuing.Seen{want})
	id, latest, err := c.LastSeen(t.Context())
	if err != nil || id != 17 || len(latest) != 1 || !latest[row.Kind].Equal(month) {
		t.Errorf("%d, %v, %v", id, latest, err)
	}
}

func TestTask_carriesEachField(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	r := begun(t, c, filled(0))
	given := domaintest.Fill[invoicing.Task](0, makers...)
	given.ID, given.Record = 0, r
	want := given
	want.ID = 1
	sqlitetest.WantSame(t, "stored", sqlitetest.Ok1[invoicing.Task](t)(c.SaveTask(t.Context(), given)), want)
	sqlitetest.WantSame(t, "read", sqlitetest.Ok1[invoicing.Task](t)(c.Task(t.Context(), 1)), want)
	_, err := c.SaveTask(t.Context(), given)
	sqlitetest.WantKind(t, err, domain.KindState)
	all := sqlitetest.Ok1[[]invoicing.Task](t)(c.Tasks(t.Context(), true))
	sqlitetest.WantSame(t, "all", all, []invoicing.Task{want})
	if open := sqlitetest.Ok1[[]invoicing.Task](t)(c.Tasks(t.Context(), false)); len(open) != 0 {
		t.Errorf("%+v", open)
	}
}

func TestInvoiceSettings_carryEachField(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.WantSame(t, "default", sqlitetest.Ok1[invoicing.Settings](t)(c.InvoiceSettings(t.Context())), invoicing.DefaultSettings())
	s := domaintest.Fill[invoicing.Settings](0, domaintest.OneOf(invoicing.GiftCardDiscount), domaintest.OneOf(invoicing.TrendyolDeducted), domaintest.OneOf(invoicing.ReturnSlip))
	s.Carrier.TaxNumber, s.Exemption, s.ServiceVAT = domain.CompleteVKN("123456789"), "351", sqlitetest.Dec("10").Decimal
	sqlitetest.Must(t, c.SaveInvoiceSettings(t.Context(), s))
	sqlitetest.WantSame(t, "saved", sqlitetest.Ok1[invoicing.Settings](t)(c.InvoiceSettings(t.Context())), s)
}

func TestTaxpayers_areKnownForATime(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	at := domaintest.Moment
	sqlitetest.Must(t, c.SaveTaxpayer(t.Context(), domain.Taxpayer{Number: "1", Registered: true}, at), c.SaveTaxpayer(t.Context(), domain.Taxpayer{Number: "2"}, at))
	got, err := c.Taxpayers(t.Context(), at.Add(-time.Second), []string{"1", "2", "3"})
	if err != nil || len(got) != 2 || !got["1"] || got["2"] {
		t.Errorf("%v, %v", got, err)
	}
	if got, err := c.Taxpayers(t.Context(), at, []string{"1"}); err != nil || len(got) != 0 {
		t.Errorf("%v, %v", got, err)
	}
}
