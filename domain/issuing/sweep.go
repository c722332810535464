package issuing

import (
	"context"
	"math"
	"strconv"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// swept is the part of İşbaşı's list that this program has seen whole: what is dated since a day (zero: ever), up to an
// ID. What the file has seen does not tell what it has not: a reading may have been cut off, or have been of less.
type swept struct {
	is    bool
	since time.Time
	upTo  int64
}

// covers tells whether all that is dated since day was seen, up to the ID.
func (s swept) covers(day time.Time) bool { return s.is && !day.Before(s.since) }

// seeSince stores the invoices dated since day (zero: all), the newest first, down to what was seen whole before, and to
// that ID at least.
func (i *Invoices) seeSince(ctx context.Context, day time.Time, down int64) error {
	i.mu.Lock()
	known := i.swept
	i.mu.Unlock()
	next := swept{is: true, since: day}
	if known.covers(day) {
		next = known
		down = min(down, known.upTo)
	} else {
		down = 0
	}
	lowest := int64(math.MaxInt64)
	err := i.see(ctx, listSince(next.since), func(page domain.Page[domain.Invoice]) bool {
		if page.Number == 1 {
			lowest = math.MaxInt64
		}
		falling := true // else İşbaşı has ignored the order: nothing is known of what follows
		for _, row := range page.Rows {
			n := number(row.ID)
			falling = falling && n > 0 && n <= lowest
			next.upTo, lowest = max(next.upTo, n), n
		}
		return falling && lowest <= down || beyond(page)
	})
	if err == nil {
		i.mu.Lock()
		i.swept = next
		i.mu.Unlock()
	}
	return err
}

// beyond tells whether a page has nothing of what was asked for: İşbaşı ignores the condition, and is past it.
func beyond(page domain.Page[domain.Invoice]) bool { return page.LeftOut > 0 && len(page.Rows) == 0 }

// mostTorn is how often a list is begun anew that became shorter meanwhile.
const mostTorn = 3

// see stores pages until enough says so of one, or the list ends. Where invoices are deleted meanwhile those that follow
// move up, and one of the next page may be missed: it is read again. KindUnavailable: it does not come to rest.
func (i *Invoices) see(ctx context.Context, q domain.ListQuery, enough func(page domain.Page[domain.Invoice]) bool) error {
	for range mostTorn {
		if torn, err := i.seeOnce(ctx, q, enough); err != nil || !torn {
			return err
		}
	}
	return domain.E(domain.KindUnavailable, "read the invoices while they are deleted", nil)
}

func (i *Invoices) seeOnce(ctx context.Context, q domain.ListQuery, enough func(page domain.Page[domain.Invoice]) bool) (torn bool, err error) {
	clear(i.rows)
	total := 0
	i.listed = i.co.Now()
	for page, err := range i.co.Books.Invoices(ctx, q) {
		if err != nil {
			return false, err
		}
		if page.Total < total {
			return true, nil
		}
		total = page.Total
		if err := i.co.Store.SeeInvoices(ctx, page.Rows, i.listed); err != nil {
			return false, err
		}
		for _, row := range page.Rows {
			i.rows[row.ID] = reading{row, i.listed}
		}
		if enough(page) || ctx.Err() != nil {
			break
		}
	}
	if ctx.Err() != nil {
		return false, stopped(nil)
	}
	return false, nil
}

// listSince asks for invoices dated since day (zero: all), the newest first.
func listSince(day time.Time) domain.ListQuery {
	q := domain.ListQuery{Sort: "id", Desc: true}
	if !day.IsZero() {
		q.Filters = []domain.Filter{{Column: "date", Operator: domain.IsGreaterThanOrEqualTo, Value: isoDay(day)}}
	}
	return q
}

func isoDay(day time.Time) string { return day.In(domain.Istanbul).Format("2006-01-02T15:04:05") }

// number is an ID as a number, 0 for one that is none.
func number(id domain.RemoteID) int64 {
	n, err := strconv.ParseInt(string(id), 10, 64)
	if err != nil {
		return 0
	}
	return n
}
