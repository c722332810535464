package invoicing_test

import (
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/monthend"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestCloseMonth_keepsWhatWasSentLast(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	makers := []domaintest.Maker{domaintest.OneOf(monthend.StateReturned)}
	closed := func(seed int, m monthend.Month) monthend.Closed {
		return monthend.Closed{Month: m, At: domaintest.Moment.Add(time.Duration(seed) * time.Hour), Invoices: []monthend.Invoice{
			domaintest.Fill[monthend.Invoice](seed, makers...), domaintest.Fill[monthend.Invoice](seed+1, makers...),
		}}
	}
	may, june := monthend.Month{Year: 2026, Month: time.May}, monthend.Month{Year: 2026, Month: time.June}
	sqlitetest.Must(t, c.CloseMonth(t.Context(), closed(1, june)), c.CloseMonth(t.Context(), closed(2, may)), c.CloseMonth(t.Context(), closed(3, june)))
	sqlitetest.WantSame(t, "closed", sqlitetest.Ok1[[]monthend.Closed](t)(c.ClosedMonths(t.Context())), []monthend.Closed{closed(2, may), closed(3, june)})
}

func TestRaiseSerial_isNeverLower(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	for _, s := range []struct{ raise, want int64 }{{7, 7}, {3, 7}, {8, 8}} {
		sqlitetest.Must(t, c.RaiseSerial(t.Context(), s.raise))
		if got, err := c.LastSerial(t.Context()); got != s.want || err != nil {
			t.Errorf("%d, %v, want %d", got, err, s.want)
		}
	}
	if r := begun(t, c, filled(0)); r.Serial != 9 {
		t.Errorf("the next attempt is number %d", r.Serial)
	}
	if got, err := c.RecordsOf(t.Context(), sqlitetest.WorldOrder); len(got) != 0 || err != nil {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := c.Record(t.Context(), 99); domain.KindOf(err) != domain.KindNotFound {
		t.Error(err)
	}
}

func TestSentSince_isOfWhatIsOnItsWayOrIssued(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	at := time.Date(2026, 5, 3, 21, 0, 0, 0, time.UTC) // midnight in Istanbul
	r := begun(t, c, filled(0))
	r.SentAt = at
	for state, want := range map[invoicing.AttemptState]bool{
		invoicing.AttemptFormalising: true, invoicing.AttemptIssued: true, invoicing.AttemptDocumented: true, invoicing.AttemptChecked: false,
	} {
		r.State = state
		saved(t, c, r)
		for since, then := range map[time.Time]bool{at: want, at.Add(-time.Hour): want, at.Add(time.Millisecond): false} {
			if got, err := c.SentSince(t.Context(), since.In(domain.Istanbul)); got != then || err != nil {
				t.Errorf("%s since %v: %v, %v", state, since, got, err)
			}
		}
	}
	r.State, r.SentAt = invoicing.AttemptIssued, time.Time{} // on İşbaşı's screen
	saved(t, c, r)
	if got, err := c.SentSince(t.Context(), time.Time{}.AddDate(1, 0, 0)); got || err != nil {
		t.Errorf("%v, %v", got, err)
	}
}
