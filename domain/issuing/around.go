package issuing

import (
	"context"
	"maps"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// answerAge is how long what the revenue administration has said of a number holds (rules.md §6).
const answerAge = 24 * time.Hour

// around is what orders are judged with: everything but themselves.
type around struct {
	company  domain.CompanyID
	tenant   string
	text     func(key string, args ...any) string
	now      time.Time
	scenario domain.Scenario
	choices  invoicing.Settings
	latest   map[domain.InvoiceKind]time.Time // with the time of the day
	taxpayer map[string]bool
	byKey    map[orders.Key][]invoicing.Attempt
	byLine   map[string][]invoicing.Attempt
	refused  map[orders.Key]invoicing.Record // the last refusal of a key
	lost     map[orders.Key]bool             // that a person has to say more of
}

// around gathers what the orders of list are judged with.
func (i *Invoices) around(ctx context.Context, list []orders.Kept) (*around, error) {
	a := &around{
		company: i.co.ID, text: i.co.Text, now: i.co.Now(), byKey: map[orders.Key][]invoicing.Attempt{},
		byLine: map[string][]invoicing.Attempt{}, refused: map[orders.Key]invoicing.Record{},
		lost: map[orders.Key]bool{},
	}
	settings, err := i.co.Store.Settings(ctx)
	if err != nil {
		return nil, err
	}
	a.scenario = settings.Scenario
	if a.choices, err = i.co.Store.InvoiceSettings(ctx); err != nil {
		return nil, err
	}
	connection, err := i.co.Store.Connection(ctx)
	if err != nil {
		return nil, err
	}
	a.tenant = connection.TenantID
	if a.latest, err = i.latest(ctx); err != nil {
		return nil, err
	}
	attempts, err := i.co.Store.Attempts(ctx)
	if err != nil {
		return nil, err
	}
	for _, attempt := range attempts {
		attempt.Key.Company = a.company // a file that was handed over has them under its former name
		a.learn(attempt)
	}
	if err := a.refusals(ctx, i.co.Store); err != nil {
		return nil, err
	}
	var numbers []string
	for n := range list {
		o := list[n].Standing()
		if number, ask := (&invoicing.Buyer{Buyer: o.Buyer}).Askable(); ask {
			numbers = append(numbers, number)
		}
	}
	a.taxpayer = map[string]bool{}
	known, err := i.co.Store.Taxpayers(ctx, a.now.Add(-answerAge), numbers)
	maps.Copy(a.taxpayer, known)
	return a, err
}

// learn adds an attempt to those that orders are held against. One that replaces what was known of its key and stands
// where that stood is what is known from then on.
func (a *around) learn(attempt invoicing.Attempt) {
	k := keyOf(attempt.Key)
	a.byKey[k] = append(a.byKey[k], attempt)
	a.lost[k] = a.lost[k] || attempt.State == invoicing.AttemptLost
	for _, line := range attempt.Lines {
		a.byLine[line] = append(a.byLine[line], attempt)
	}
}

// refusals finds the last attempt of each key that İşbaşı has refused.
func (a *around) refusals(ctx context.Context, j Journal) error {
	rejected, err := j.RecordsIn(ctx, invoicing.AttemptRejected)
	for _, r := range rejected { // the oldest first: the last one stays
		a.refused[keyOf(r.Key)] = r
	}
	return err
}

func keyOf(k invoicing.Key) orders.Key {
	return orders.Key{Marketplace: k.Marketplace, Package: k.Package}
}

// key is what an order may be invoiced by only once.
func (a *around) key(k orders.Key) invoicing.Key {
	return invoicing.Key{Company: a.company, Marketplace: k.Marketplace, Package: k.Package, Direction: invoicing.DirectionSale}
}

// past gives the attempts that share a key or a line with a case.
func (a *around) past(k orders.Key, lines []invoicing.Line) []invoicing.Attempt {
	past := append([]invoicing.Attempt(nil), a.byKey[k]...)
	for _, l := range lines {
		past = append(past, a.byLine[l.ID]...)
	}
	return past
}
