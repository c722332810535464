package prices

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// trialList is a list of tried prices: searched, sorted, exported, page by page from the laboratory.
type trialList struct {
	e      *env
	object fyne.CanvasObject

	lab     *pricing.Laboratory
	markets pricing.Marketplaces
	found   pricing.Finding
	column  int
	nothing string // the key of what is said when there is none

	search *widgets.Entry
	typing *time.Timer
	sought string
	table  *widgets.DataTable
	said   *widgets.Banner
	export *widgets.Button
	folder *widgets.Button
	path   string
	state  *widgets.Text
	count  *widgets.Text
	empty  *widgets.Text
	hint   string // what to do with the list
}

func newTrialList(e *env, back func()) *trialList {
	l := &trialList{e: e, said: widgets.NewBanner(), state: widgets.NewMuted(""), count: widgets.NewMuted("").OneLine(), empty: widgets.NewBody(""), hint: e.T("lab.pick")}
	l.empty.Hide()
	l.search = widgets.NewEntry(e.T("lab.search"))
	l.search.Icon = theme.SearchIcon()
	l.search.OnChanged = func(string) { l.typed() }
	l.search.OnSubmitted = func(string) { l.reload() }
	l.search.SetEscape(func() {
		if l.search.Text != "" {
			l.search.SetText("")
			return
		}
		back()
	})
	l.export = widgets.NewIconButton(e.T("rows.export"), theme.DocumentSaveIcon(), l.save)
	l.export.SetEscape(back)
	l.folder = widgets.NewIconButton(e.T("rows.show-folder"), theme.FolderOpenIcon(), func() { e.ShowFolder(l.path) })
	l.table = widgets.NewDataTable([]widgets.Column{
		{ID: string(pricing.TrialsByName), Title: e.T("lab.product"), Width: 150, Grow: 4},
		{ID: string(pricing.TrialsByColumn), Title: e.T("products.marketplace"), Width: 120, Grow: 1},
		{ID: string(pricing.TrialsByOld), Title: e.T("lab.old"), Width: 92, Grow: 0.3, Right: true},
		{ID: string(pricing.TrialsByNew), Title: e.T("lab.new"), Width: 92, Grow: 0.3, Right: true},
		{ID: string(pricing.TrialsByChange), Title: e.T("lab.change"), Width: 104, Grow: 0.2, Right: true},
		{Title: e.T("products.why"), Width: 150, Grow: 4},
	}, l.fetch)
	l.table.SetEscape(back)
	l.table.OnLoaded = l.loaded
	l.table.OnSelected = func(r widgets.TableRow) { l.state.SetText(r.Detail) }
	head := container.NewVBox(widgets.NewBorder(nil, nil, nil, l.export, l.search), l.said)
	foot := container.NewVBox(widget.NewSeparator(), widgets.NewBorder(nil, nil, nil, l.count, l.state))
	l.object = widgets.NewBorder(head, foot, nil, nil, container.NewStack(l.table, container.NewVBox(widgets.Gap(kit.UnderHead), l.empty)))
	return l
}

// choose shows what a laboratory found, the biggest changes first.
func (l *trialList) choose(lab *pricing.Laboratory, markets pricing.Marketplaces, found pricing.Finding, column int, nothing string) {
	l.lab, l.markets, l.found, l.column, l.nothing = lab, markets, found, column, nothing
	l.said.Hide()
	l.table.Sort(string(pricing.TrialsByChange), true)
	l.reload()
}

// typed searches when no further letter has come for a while.
func (l *trialList) typed() {
	if l.typing != nil {
		l.typing.Stop()
	}
	l.typing = time.AfterFunc(kit.SearchAfter, func() { l.e.Do(l.reload) })
}

func (l *trialList) reload() {
	if l.typing != nil {
		l.typing.Stop()
		l.typing = nil
	}
	if l.lab != nil {
		l.table.Reload()
	}
}

// asked is what the list shows, without its pages.
func (l *trialList) asked() pricing.TrialQuery {
	sort, desc := l.table.Sorted()
	return pricing.TrialQuery{Found: l.found, Column: l.column, Search: strings.TrimSpace(l.search.Text), Sort: pricing.TrialSort(sort), Desc: desc}
}

// fetch asks for one page, and words it off the interface's thread.
func (l *trialList) fetch(p widgets.PageQuery, done func([]widgets.TableRow, int, bool)) {
	q, lab, markets := l.asked(), l.lab, l.markets
	q.Sort, q.Desc, q.Limit, q.Offset = pricing.TrialSort(p.Sort), p.Desc, p.Limit, p.Offset
	type answer struct {
		rows  []widgets.TableRow
		total int
	}
	kit.Background(l.e.Env, func(ctx context.Context) (answer, error) {
		page, err := l.e.trials(ctx, lab, q)
		return answer{trialRows(l.e, markets, page.tried), page.total}, err
	}, func(a answer, err error) {
		if err != nil {
			l.said.Say(widgets.BannerError, l.e.Error(err))
			done(nil, 0, false)
			return
		}
		l.sought = q.Search
		done(a.rows, a.total, true)
	})
}

// trialRows words tried prices.
func trialRows(e *env, markets pricing.Marketplaces, tried []pricing.Tried) []widgets.TableRow {
	rows := make([]widgets.TableRow, len(tried))
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
		rows[i] = widgets.TableRow{
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

// loaded says how many prices there are, or why there are none.
func (l *trialList) loaded(total int) {
	defer l.object.Refresh()
	l.count.SetText(l.e.T("lab.total", l.e.Count(total)))
	if total > 0 {
		l.state.SetText(l.hint)
		l.empty.Hide()
		l.export.Enable()
		return
	}
	l.empty.SetText(l.e.T(l.nothing))
	if l.sought != "" {
		l.empty.SetText(l.e.T("lab.none.search", l.sought))
	}
	l.state.SetText("")
	l.empty.Show()
	l.export.Disable()
}

// save writes the prices that are listed, all pages of them, as an Excel file.
func (l *trialList) save() {
	q, lab := l.asked(), l.lab
	l.export.Disable()
	l.said.Say(widgets.BannerInfo, l.e.T("rows.exporting"))
	kit.Act(l.e.Env, "export", func(ctx context.Context) (string, error) {
		return l.e.co.ExportTrials(ctx, lab, q)
	}, func(path string, err error) {
		l.export.Enable()
		if err != nil {
			l.said.Say(widgets.BannerError, l.e.Error(err))
			return
		}
		l.path = path
		l.said.Say(widgets.BannerGood, l.e.T("rows.exported", path), l.folder)
	})
}
