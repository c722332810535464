package prices

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// trialList is a list of tried prices: searched, sorted, exported, page by page from the laboratory.
type trialList struct {
	*kit.List[trialQuery]
	object fyne.CanvasObject
	shown  trialQuery // its search and order apart
}

// trialQuery asks for what a laboratory found.
type trialQuery struct {
	pricing.TrialQuery
	lab     *pricing.Laboratory
	markets pricing.Marketplaces
	nothing string // the key of what is said when there is none
}

// newTrialList makes an empty list; pick says what to do with its rows.
func newTrialList(e *env, pick string, back func()) *trialList {
	l := &trialList{}
	l.List = kit.NewList(e.Env, kit.Listing[trialQuery]{
		Columns: trialColumns(e),
		Query: func(a kit.Asked) trialQuery {
			q := l.shown
			q.Search, q.Sort, q.Desc = a.Search, pricing.TrialSort(a.Sort), a.Desc
			return q
		},
		Fetch: func(ctx context.Context, q trialQuery, limit, offset int) ([]table.Row, int, error) {
			q.Limit, q.Offset = limit, offset
			tried, total, err := e.co.Trials(ctx, q.lab, q.TrialQuery)
			return trialRows(e, q.markets, tried), total, err
		},
		Export: func(ctx context.Context, q trialQuery) (string, error) {
			return e.co.ExportTrials(ctx, q.lab, q.TrialQuery)
		},
		None: func(q trialQuery) string {
			if q.Search != "" {
				return e.T("lab.none.search", q.Search)
			}
			return e.T(q.nothing)
		},
		Search: e.T("lab.search"), Count: "lab.total", Pick: pick, Back: back,
	})
	l.object = l.Layout(widgets.NewBorder(nil, nil, nil, l.Export, l.Search), l.Said)
	return l
}

// trialColumns are those of every list of tried prices.
func trialColumns(e *env) []table.Column {
	return []table.Column{
		{ID: string(pricing.TrialsByName), Title: e.T("lab.product"), Width: 150, Grow: 4},
		{ID: string(pricing.TrialsByColumn), Title: e.T("products.marketplace"), Width: 120, Grow: 1.8},
		{ID: string(pricing.TrialsByOld), Title: e.T("lab.old"), Width: 92, Grow: 0.3, Right: true},
		{ID: string(pricing.TrialsByNew), Title: e.T("lab.new"), Width: 92, Grow: 0.3, Right: true},
		{ID: string(pricing.TrialsByChange), Title: e.T("lab.change"), Width: 104, Grow: 0.2, Right: true},
		{Title: e.T("products.why"), Width: 150, Grow: 3.2},
	}
}

// newTrialTable shows the first n of what q asks for, as they stand: what wants to search or sort them has their list.
func newTrialTable(e *env, q trialQuery, n int) *table.Table {
	columns := trialColumns(e)
	for i := range columns {
		columns[i].ID = ""
	}
	q.Limit = n
	t := table.New(columns, func(_ table.Query, done func([]table.Row, int, bool)) {
		kit.Background(e.Env, func(ctx context.Context) ([]table.Row, error) {
			tried, _, err := e.co.Trials(ctx, q.lab, q.TrialQuery)
			return trialRows(e, q.markets, tried), err
		}, func(rows []table.Row, err error) { done(rows, len(rows), err == nil) })
	})
	t.SetEscape(e.Frame.Back)
	t.Reload()
	return t
}

// choose shows what a laboratory found, the biggest changes first.
func (l *trialList) choose(lab *pricing.Laboratory, markets pricing.Marketplaces, found pricing.Finding, column int, nothing string) {
	l.shown = trialQuery{pricing.TrialQuery{Found: found, Column: column}, lab, markets, nothing}
	l.Said.Hide()
	l.Table.Sort(string(pricing.TrialsByChange), true)
	l.Reload()
}

// trialRows words tried prices.
func trialRows(e *env, markets pricing.Marketplaces, tried []pricing.Tried) []table.Row {
	rows := make([]table.Row, len(tried))
	for i, t := range tried {
		place, old := placeNames(e, markets, t.Marketplaces), e.moneyOrNone(t.Old)
		price, change := e.moneyOrNone(t.Price), ""
		if t.Blocked {
			price = e.T("pricing.short.blocked")
		}
		if c := t.Change(); c.Valid {
			change = domain.FormatPercent(c.Decimal, e.Lang)
			if c.Decimal.IsPositive() {
				change = "+" + change
			}
		}
		was := old
		if t.Approved {
			was = e.T("lab.old.approved", old)
		}
		name := t.Product.Name
		if t.Product.Code != "" {
			name += " (" + string(t.Product.Code) + ")"
		}
		rows[i] = table.Row{
			Cells:  []string{t.Product.Name, place, old, price, change, pricing.Remark(e.Words, e.Lang, t)},
			Detail: e.T("lab.detail", name, place, was, price, pricing.Why(e.Words, e.Lang, t.Offer)),
			Key:    fmt.Sprintf("%d.%d", t.Product.ID, t.Column), Data: t.Trial,
		}
	}
	return rows
}

func (e *env) moneyOrNone(d decimal.NullDecimal) string {
	if !d.Valid {
		return e.T("none")
	}
	return e.Money(d.Decimal, pricing.Target)
}
