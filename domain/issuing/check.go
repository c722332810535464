package issuing

import (
	"context"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// check reads the newest invoices at İşbaşı, down to those that were seen before, and looks whether an order that is
// about to go out is among them already: issued by another program, by this one before its file was restored, or by
// an attempt whose answer was lost. It costs one read a page, and one for each invoice that agrees in date, and in total or
// buyer, and whose token nobody has read yet (orders-invoices.md §5).
func (i *Invoices) check(ctx context.Context, w *Work, q *queue) error {
	w.enter(PhaseChecking, 0)
	forgotten, err := i.forgotten(ctx, q)
	if err != nil {
		return err
	}
	list := slices.Concat(q.orders, forgotten)
	day := since(list)
	open, err := i.co.Store.RecordsIn(ctx, invoicing.AttemptUnknown, invoicing.AttemptFormalising, invoicing.AttemptDeleting)
	if err != nil {
		return err
	}
	if len(list) == 0 && len(open) == 0 {
		return i.marked(ctx) // nothing goes out that could be there
	}
	down := int64(math.MaxInt64)
	if len(open) > 0 {
		if from := lookFrom(open); day.IsZero() || from.Before(day) {
			day = from
		}
		down = oldest(open)
	}
	if err := i.seeSince(ctx, day, down); err != nil {
		return err
	}
	if err := i.readTokens(ctx, w, day, worths(list)); err != nil {
		return err
	}
	if err := i.notice(ctx); err != nil {
		return err
	}
	if err := i.settle(ctx, day, open, false); err != nil {
		return err
	}
	if err := i.takeBackForgotten(ctx, q, list, day); err != nil {
		return err
	}
	if err := i.marked(ctx); err != nil { // before an attempt begins, whose serial would hide it
		return err
	}
	if q.orders, err = i.adopt(ctx, w, q, q.orders, day); err != nil {
		return err
	}
	if _, err := i.adopt(ctx, w, q, forgotten, day); err != nil {
		return err
	}
	q.latest, err = i.latest(ctx)
	return err
}

// forgotten are the orders that do not wait and may be invoiced all the same: a restored file does not know of all that it
// has stored.
func (i *Invoices) forgotten(ctx context.Context, q *queue) ([]Examined, error) {
	behind, err := i.restored(ctx)
	if err != nil || !behind {
		return nil, err
	}
	all, err := i.co.Store.Uninvoiced(ctx)
	if err != nil {
		return nil, err
	}
	var left []Examined
	for _, k := range all {
		if slices.ContainsFunc(q.orders, func(e Examined) bool { return e.Kept.ID == k.ID }) {
			continue
		}
		if e := q.examine(k); e.Verdict.Stage == orders.StageReady {
			left = append(left, e)
		}
	}
	return left, nil
}

// latest gives when the newest invoice of each kind is dated, as far as it was seen.
func (i *Invoices) latest(ctx context.Context) (map[domain.InvoiceKind]time.Time, error) {
	_, latest, err := i.co.Store.LastSeen(ctx)
	if latest == nil {
		latest = map[domain.InvoiceKind]time.Time{}
	}
	return latest, err
}

// marked says that the file is up to date again: what was issued since the copy it was restored from is known now.
func (i *Invoices) marked(ctx context.Context) error {
	behind, err := i.awaited(ctx)
	if err != nil || !behind {
		return err
	}
	if err := i.forgetWishes(ctx); err != nil {
		return err
	}
	mark, _, err := i.co.Marks.LastMark(ctx)
	if err != nil {
		return err
	}
	return i.co.Store.RaiseSerial(ctx, mark)
}

// awaited tells whether the file was restored. KindUnavailable: what was under way when the copy came back may still arrive.
func (i *Invoices) awaited(ctx context.Context) (behind bool, err error) {
	if behind, err = i.restored(ctx); err != nil || !behind {
		return behind, err
	}
	_, at, err := i.co.Marks.LastMark(ctx)
	if err != nil {
		return behind, err
	}
	now := i.co.Now()
	if i.behindSince.IsZero() {
		i.behindSince = now
	}
	if at.After(now) { // a clock was wrong, then or now
		at = i.behindSince
	}
	if now.Before(at.Add(i.co.Patience)) {
		err = domain.E(domain.KindUnavailable, "make invoices after a file was restored", nil)
	}
	return behind, err
}

// forgetWishes leaves to a person which drafts are formalised that a restored file knows of: some may have been sent.
func (i *Invoices) forgetWishes(ctx context.Context) error {
	left, err := i.co.Store.RecordsIn(ctx, invoicing.AttemptUnknown, invoicing.AttemptDrafted, invoicing.AttemptChecked, invoicing.AttemptMismatch, invoicing.AttemptFormalising)
	for _, r := range left {
		if r.Formalise && err == nil {
			r.Formalise = false
			_, err = i.co.Store.SaveRecord(ctx, r)
		}
	}
	return err
}

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

// see stores pages until enough says so of one, or the list ends.
func (i *Invoices) see(ctx context.Context, q domain.ListQuery, enough func(page domain.Page[domain.Invoice]) bool) error {
	clear(i.rows)
	for page, err := range i.co.Books.Invoices(ctx, q) {
		if err != nil {
			return err
		}
		if err := i.co.Store.SeeInvoices(ctx, page.Rows, i.co.Now()); err != nil {
			return err
		}
		for _, row := range page.Rows {
			i.rows[row.ID] = row
		}
		if enough(page) || ctx.Err() != nil {
			break
		}
	}
	if ctx.Err() != nil {
		return stopped(nil)
	}
	return nil
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

// worth is what an invoice must be of to be one of ours: a total or a buyer, for what another program knows of an order
// may lead to another total; and no day before.
type worth struct {
	total decimal.Decimal
	buyer string // folded
	day   time.Time
}

func worths(list []Examined) []worth {
	out := make([]worth, len(list))
	for n := range list {
		out[n] = worth{list[n].Answer.Total, domain.Fold(buyerName(&list[n])), since(list[n : n+1])}
	}
	return out
}

func worthsOf(records []invoicing.Record) []worth {
	out := make([]worth, len(records))
	for n, r := range records {
		out[n] = worth{r.Amounts.Total, domain.Fold(r.Buyer), r.Day()}
	}
	return out
}

// fits tells whether an invoice may be it. One whose total İşbaşı does not say may be any.
func (w worth) fits(s *Seen) bool {
	if domain.Day(s.Date).Before(w.day.AddDate(0, 0, -1)) {
		return false
	}
	return !s.Total.Valid || s.Total.Decimal.Sub(w.total).Abs().LessThanOrEqual(tolerance) || domain.Fold(s.Firm.Name) == w.buyer
}

// tolerance is by how much İşbaşı's total may differ from ours: its own rounding.
var tolerance = decimal.New(1, -2)

// candidates are the seen invoices that may be ours and whose description nobody has read.
func candidates(seen []Seen, of []worth) []Seen {
	var out []Seen
	for _, s := range seen {
		if s.Ours == 0 && !s.Read && slices.ContainsFunc(of, func(w worth) bool { return w.fits(&s) }) {
			out = append(out, s)
		}
	}
	return out
}

// readTokens reads the descriptions of the seen invoices that may be ours, once each.
func (i *Invoices) readTokens(ctx context.Context, w *Work, day time.Time, of []worth) error {
	seen, err := i.co.Store.SeenInvoices(ctx, day.AddDate(0, 0, -1))
	if err != nil {
		return err
	}
	unread := candidates(seen, of)
	w.update(func(p *Progress) { p.Of = len(unread) })
	for _, s := range unread {
		if ctx.Err() != nil {
			return stopped(nil)
		}
		if err := i.readToken(ctx, s.ID); err != nil {
			return err
		}
		w.step(s.Firm.Name, func(*Outcome) {})
	}
	return nil
}

func (i *Invoices) readToken(ctx context.Context, id domain.RemoteID) error {
	whole, err := i.co.Books.Invoice(ctx, id)
	if domain.KindOf(err) == domain.KindNotFound { // deleted since
		return i.co.Store.SeeTokens(ctx, id, nil)
	}
	if err != nil {
		return err
	}
	return i.co.Store.SeeTokens(ctx, id, invoicing.FindTokens(whole.Description))
}

// adopt makes attempts of invoices at İşbaşı that have the token of an order about to go out, and gives the orders that are
// left. They stay drafts until a person says more: whoever has stored them may have sent them just now.
func (i *Invoices) adopt(ctx context.Context, w *Work, q *queue, list []Examined, day time.Time) (left []Examined, err error) {
	seen, err := i.co.Store.SeenInvoices(ctx, day.AddDate(0, 0, -1))
	if err != nil {
		return nil, err
	}
	for _, e := range list {
		row, err := i.standing(ctx, seen, invoicing.TokenOf(q.tenant, q.key(e.Kept.Key())))
		if err != nil {
			return nil, err
		}
		if row == nil {
			left = append(left, e)
			continue
		}
		r := i.recordOf(&e, false)
		r.Draft.Date = row.Date
		if r, err = i.co.Store.Begin(ctx, r); domain.KindOf(err) == domain.KindBusy { // its attempt is looked for
			left = append(left, e)
			continue
		}
		if err != nil {
			return nil, err
		}
		q.learn(r.Attempt)
		if _, err := i.stand(ctx, r, *row); err != nil {
			return nil, err
		}
		w.update(func(p *Progress) { p.Outcome.Adopted++ })
	}
	return left, nil
}

// takeBackForgotten deletes drafts of orders beside older invoices of them: in a restored file they may be its own, and then
// nobody else takes them back.
func (i *Invoices) takeBackForgotten(ctx context.Context, q *queue, list []Examined, day time.Time) error {
	behind, err := i.awaited(ctx)
	if err != nil || !behind {
		return err
	}
	seen, err := i.co.Store.SeenInvoices(ctx, day.AddDate(0, 0, -1))
	if err != nil {
		return err
	}
	for _, e := range list {
		t := invoicing.TokenOf(q.tenant, q.key(e.Kept.Key()))
		row, err := i.standing(ctx, seen, t)
		if err == nil && row != nil {
			err = i.deleteLater(ctx, seen, row.ID, t)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// deleteLater deletes the drafts with a token that are later than the invoice that stands.
func (i *Invoices) deleteLater(ctx context.Context, seen []Seen, stands domain.RemoteID, t invoicing.Token) error {
	for _, s := range seen {
		if s.Ours != 0 || s.Status != domain.EStatusDraft || number(s.ID) <= number(stands) || !slices.Contains(s.Tokens, t) {
			continue
		}
		err := i.co.Writer.DeleteDrafts(context.WithoutCancel(ctx), s.ID)
		switch domain.KindOf(err) {
		case "", domain.KindNotFound:
			if err := i.co.Store.SeeTokens(ctx, s.ID, nil); err != nil {
				return err
			}
		case domain.KindState: // it is none any more, and a person sees two
		default:
			return err
		}
	}
	return nil
}

// standing gives the invoice with a token that is no attempt's of ours, as İşbaşı has it now; nil: there is none any more.
func (i *Invoices) standing(ctx context.Context, seen []Seen, t invoicing.Token) (*domain.Invoice, error) {
	for {
		found := withToken(seen, t)
		if found == nil {
			return nil, nil
		}
		if row, ok := i.rows[found.ID]; ok {
			return &row, nil
		}
		whole, err := i.co.Books.Invoice(ctx, found.ID)
		switch domain.KindOf(err) {
		case "":
			return &whole, nil
		case domain.KindNotFound: // deleted since
			found.Tokens = nil
			if err := i.co.Store.SeeTokens(ctx, found.ID, nil); err != nil {
				return nil, err
			}
		default:
			return nil, err
		}
	}
}

// withToken gives the oldest invoice that has a token and is no attempt's of ours, one that is cancelled only where all
// are; nil: none.
func withToken(seen []Seen, t invoicing.Token) *Seen {
	var found *Seen
	for n := range seen {
		s := &seen[n]
		if s.Ours != 0 || !slices.Contains(s.Tokens, t) {
			continue
		}
		if found == nil || found.Cancelled && !s.Cancelled || found.Cancelled == s.Cancelled && number(s.ID) < number(found.ID) {
			found = s
		}
	}
	return found
}

// older gives the invoice of another program with the token of one of ours, before which ours yields; nil: none.
func older(seen []Seen, r *invoicing.Record) *Seen {
	other := withToken(seen, r.Token)
	if other == nil || other.Cancelled || number(other.ID) >= number(r.Remote) {
		return nil
	}
	return other
}

// notice stores what the list has just said of invoices that are issued: some were cancelled since, or rejected by their
// buyers. That frees nothing by itself.
func (i *Invoices) notice(ctx context.Context) error {
	var day time.Time
	for _, row := range i.rows {
		if (row.Cancelled || row.RejectNote != "") && (day.IsZero() || row.Date.Before(day)) {
			day = domain.Day(row.Date)
		}
	}
	if day.IsZero() {
		return nil
	}
	seen, err := i.co.Store.SeenInvoices(ctx, day)
	if err != nil {
		return err
	}
	for _, s := range seen {
		row, listed := i.rows[s.ID]
		if s.Ours == 0 || !listed || !row.Cancelled && row.RejectNote == "" {
			continue
		}
		r, err := i.co.Store.Record(ctx, s.Ours)
		if err != nil {
			return err
		}
		if r.Issued() && (r.Cancelled != row.Cancelled || r.Detail != row.RejectNote) {
			if _, err := i.stand(ctx, r, row); err != nil {
				return err
			}
		}
	}
	return nil
}

// settle judges by what was seen what has become of open attempts; complete: all that may be one of theirs was read.
func (i *Invoices) settle(ctx context.Context, day time.Time, open []invoicing.Record, complete bool) error {
	if len(open) == 0 {
		return nil
	}
	seen, err := i.co.Store.SeenInvoices(ctx, day.AddDate(0, 0, -1))
	if err != nil {
		return err
	}
	for _, r := range open {
		if r.State == invoicing.AttemptDeleting {
			if err := i.resumeDelete(ctx, r, seen); err != nil {
				return err
			}
			continue
		}
		if r.Remote == "" {
			if err := i.find(ctx, r, seen, complete); err != nil {
				return err
			}
			continue
		}
		if _, err := i.readOne(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

// find judges an attempt whose answer is lost by what was seen of its token. Where another program has stored an invoice of
// the order before, that one stands, and as a draft until a person says more; ours is deleted, and waited for while it may
// still arrive or may not have been read.
func (i *Invoices) find(ctx context.Context, r invoicing.Record, seen []Seen, complete bool) error {
	row, err := i.standing(ctx, seen, r.Token)
	if err != nil || row == nil {
		return err
	}
	if own := ownBeside(seen, &r, row); own != nil {
		r.Remote = own.ID
		return i.yield(ctx, r, row.ID)
	}
	if !sameMoment(row.Date, r.Draft.Date) {
		if !complete || i.co.Now().Before(r.IntentAt.Add(i.co.Patience)) {
			return nil
		}
		r.Formalise = false
	}
	_, err = i.stand(ctx, r, *row)
	return err
}

// ownBeside gives the draft that a lost attempt has left beside an older invoice of its order; nil: none.
func ownBeside(seen []Seen, r *invoicing.Record, older *domain.Invoice) *Seen {
	for n := range seen {
		s := &seen[n]
		if s.Ours == 0 && !s.Cancelled && number(s.ID) > number(older.ID) && slices.Contains(s.Tokens, r.Token) && sameMoment(s.Date, r.Draft.Date) {
			return s
		}
	}
	return nil
}

// sameMoment tells whether an invoice has the date and time that was sent, by which two machines' drafts of one order are
// told apart. İşbaşı may keep the minute only.
func sameMoment(kept, sent time.Time) bool {
	return kept.Equal(sent.Truncate(time.Second)) || kept.Equal(sent.Truncate(time.Minute))
}
