package prices

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// marketList lists the marketplaces with the rule and the example price of each.
type marketList struct {
	e      *env
	object *fyne.Container
	search *widgets.Entry
	list   *widget.List
	all    []marketRow
	rows   []marketRow
	chosen pricing.MarketplaceID
	quiet  bool // a selection of ours, not the person's
}

// marketRow is a line, ready to be shown.
type marketRow struct {
	id                pricing.MarketplaceID
	name, rule, price string
}

func newMarketList(e *env, choose func(id pricing.MarketplaceID)) *marketList {
	m := &marketList{e: e, search: widgets.NewEntry(e.T("price.search"))}
	m.search.OnChanged = func(string) { m.filter() }
	m.list = widget.NewList(func() int { return len(m.rows) }, newMarketLine, func(i widget.ListItemID, o fyne.CanvasObject) {
		if i < len(m.rows) {
			m.rows[i].draw(o)
		}
	})
	m.list.OnSelected = func(i widget.ListItemID) {
		if i < len(m.rows) && !m.quiet {
			choose(m.rows[i].id)
		}
	}
	m.object = container.NewVBox(m.search,
		widgets.FixedHeight(listHeight, container.NewStack(widgets.NewSurface(widgets.ColorSurface, widgets.ColorLine, 8), m.list)))
	return m
}

// The measures of the list, its prices, and of a search that stands alone: as wide as a field.
const listHeight, marketPriceWidth, searchWidth = 300, 96, 360

func newMarketLine() fyne.CanvasObject {
	name, price := widget.NewLabel(""), widget.NewLabel("")
	name.Truncation = fyne.TextTruncateEllipsis
	rule := widgets.NewMuted("").OneLine()
	rule.Truncation = fyne.TextTruncateEllipsis
	price.Alignment = fyne.TextAlignTrailing
	return container.New(layout.NewCustomPaddedVBoxLayout(-10), // each line brings margins of its own
		name, container.NewBorder(nil, nil, nil, widgets.FixedWidth(marketPriceWidth, price), rule)) // the name has the width: it is chosen by
}

// draw sets only what has changed: it is called for every line that scrolls by.
func (r marketRow) draw(o fyne.CanvasObject) {
	box, ok := o.(*fyne.Container)
	if !ok {
		return
	}
	below, ok := box.Objects[1].(*fyne.Container)
	if !ok {
		return
	}
	price, ok := below.Objects[1].(*fyne.Container) // a border keeps its centre first
	if !ok {
		return
	}
	for o, words := range map[fyne.CanvasObject]string{box.Objects[0]: r.name, price.Objects[0]: r.price, below.Objects[0]: r.rule} {
		switch l := o.(type) {
		case *widgets.Text:
			l.SetText(words)
		case *widget.Label:
			if l.Text != words {
				l.SetText(words)
			}
		}
	}
}

// show draws every line anew.
func (m *marketList) show(markets pricing.Marketplaces, each map[pricing.MarketplaceID]ruleDraft, chosen pricing.MarketplaceID, base decimal.Decimal, currency domain.Currency, rates pricing.Rates) {
	m.chosen = chosen
	m.all = m.all[:0]
	for _, p := range markets {
		id := p.ID
		row := marketRow{id: id, name: p.Name, rule: m.e.T("price.norule.short")}
		d, ok := each[id]
		if !ok {
			d = newRuleDraft()
		}
		row.price, _ = m.e.priced(d, base, currency, rates)
		if rule, err := d.rule(m.e.Lang); err != nil {
			row.rule = m.e.Error(err)
		} else if rule != nil {
			row.rule = m.e.ruleText(*rule, pricing.Target)
		}
		m.all = append(m.all, row)
	}
	m.filter()
}

// filter keeps the lines whose name holds what is searched for.
func (m *marketList) filter() {
	wanted := domain.Fold(m.search.Text)
	m.rows = m.rows[:0]
	chosen := -1
	for _, r := range m.all {
		if wanted != "" && !strings.Contains(domain.Fold(r.name), wanted) {
			continue
		}
		if r.id == m.chosen {
			chosen = len(m.rows)
		}
		m.rows = append(m.rows, r)
	}
	m.quiet = true
	m.list.UnselectAll()
	if chosen >= 0 {
		m.list.Select(chosen)
	}
	m.quiet = false
	m.list.Refresh()
}
