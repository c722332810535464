// Package companies is Şirketler: the companies of this machine in one table, for who keeps the books of several. It reads what the
// machine knows and asks İşbaşı nothing.
package companies

import (
	"context"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// Machine is what the screen asks of this machine. Every method may block.
type Machine interface {
	// Companies are those that can be opened.
	Companies(ctx context.Context) ([]domain.Company, error)
	// Facts tells how one of them stands; it asks İşbaşı nothing. KindBusy: another program has it open.
	Facts(ctx context.Context, c domain.Company) (kit.Facts, error)
	// Export writes them as an Excel file and gives its path.
	Export(ctx context.Context, all []exports.Company) (string, error)
}

// Page is Şirketler.
type Page struct {
	*kit.List[question]
	e       *kit.Env
	machine Machine
	object  fyne.CanvasObject
	task    *kit.Task
	lines   []line // as they are known
}

// line is one company, and how it stands as far as that is known yet.
type line struct {
	company domain.Company
	facts   kit.Facts
	err     error
	known   bool
}

// Ways lead from the list to what the window does with one of its companies.
type Ways struct {
	Open   func(domain.CompanyID)
	Remove func(domain.Company)
}

// New makes the page. last is what was asked of the list before another company was opened from it: who comes back goes on with the
// next one.
func New(e *kit.Env, m Machine, last *kit.Asked, ways Ways) *Page {
	p := &Page{e: e, machine: m, task: &kit.Task{E: e}}
	open := ways.Open
	remove := widgets.NewIconButton(e.T("companies.remove"), theme.DeleteIcon(), func() {
		if r, ok := p.Table.Current(); ok {
			ways.Remove(kit.MadeOf[line](r).company)
		}
	})
	remove.SetEscape(e.Frame.Back)
	p.List = kit.NewList(e, kit.Listing[question]{
		Columns: []table.Column{
			{ID: "name", Title: e.T("companies.name"), Width: 108, Grow: 2},
			{ID: "state", Title: e.T("companies.state"), Width: 100, Grow: 1},
			{ID: "decisions", Title: e.T("companies.decisions"), Width: 92, Right: true},
			{ID: "held", Title: e.T("companies.held"), Width: 104, Right: true},
			{ID: "orders", Title: e.T("companies.orders"), Width: 108, Right: true},
			{ID: "run", Title: e.T("companies.run"), Width: 116},
			{ID: "reads", Title: e.T("companies.reads"), Width: 124, Right: true},
		},
		Query: func(a kit.Asked) question {
			*last = a
			return question{a, p.lines}
		},
		Fetch: func(_ context.Context, q question, limit, offset int) ([]table.Row, int, error) {
			found := q.find()
			rows := make([]table.Row, 0, limit)
			for _, l := range kit.PageOf(found, limit, offset) {
				rows = append(rows, p.row(l))
			}
			return rows, len(found), nil
		},
		Export: func(ctx context.Context, q question) (string, error) { return m.Export(ctx, p.exported(q.find())) },
		None:   func(q question) string { return e.T("companies.none", q.asked.Search) },
		Search: e.T("companies.search"), Count: "companies.count", Pick: e.T("companies.pick"), Back: e.Frame.Back,
	})
	p.Table.OnOpen = func(r table.Row) { open(kit.MadeOf[line](r).company.ID) }
	p.Table.OnMenu = func(r table.Row, at fyne.Position) {
		if e.Modal != nil {
			return
		}
		c := kit.MadeOf[line](r).company
		e.PopUp(at, fyne.NewMenuItem(e.T("companies.open"), func() { open(c.ID) }), fyne.NewMenuItem(e.T("companies.remove"), func() { ways.Remove(c) }))
	}
	p.Search.OnSubmitted = func(string) { p.openOnly(open) }
	before := *last
	p.Search.SetText(before.Search)
	p.Table.Sort(before.Sort, before.Desc)
	p.object = widgets.Inset(14, 4, p.Layout(
		widgets.NewTitle(e.T("companies.title")).OneLine(), widgets.NewMuted(e.T("companies.text")), widgets.NewBorder(nil, nil, nil, container.NewHBox(remove, p.Export), p.Search), p.Said))
	return p
}

// openOnly opens the company that alone is found; among several a person chooses, by the keyboard too.
func (p *Page) openOnly(open func(domain.CompanyID)) {
	p.Reload()
	if found := p.Query().find(); len(found) == 1 {
		open(found[0].company.ID)
		return
	}
	p.e.Win.Canvas().Focus(p.Table.Focusable())
}

// Content is always the same object.
func (p *Page) Content() fyne.CanvasObject { return p.object }

// gathered is what was found out so far, in the order of the companies.
type gathered struct {
	mu    sync.Mutex
	lines []line
}

func (g *gathered) set(lines []line) { g.mu.Lock(); g.lines = lines; g.mu.Unlock() }

func (g *gathered) put(i int, l line) { g.mu.Lock(); g.lines[i] = l; g.mu.Unlock() }

func (g *gathered) snapshot() []line {
	g.mu.Lock()
	defer g.mu.Unlock()
	return append([]line(nil), g.lines...)
}

// Show finds out anew how the companies stand, one after the other; what was known stays in view meanwhile.
func (p *Page) Show() {
	p.Reload()
	p.e.Win.Canvas().Focus(p.Table.Focusable())
	before := map[domain.CompanyID]line{}
	for _, l := range p.lines {
		before[l.company.ID] = l
	}
	kit.StartTask(p.task, "", func(ctx context.Context, g *gathered) ([]line, error) {
		all, err := p.machine.Companies(ctx)
		if err != nil {
			return nil, err
		}
		lines := make([]line, len(all))
		for i, c := range all {
			lines[i] = before[c.ID]
			lines[i].company = c
		}
		g.set(lines)
		for i, c := range all {
			f, err := p.machine.Facts(ctx, c)
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			g.put(i, line{c, f, err, true})
		}
		return g.snapshot(), nil
	}, func(g *gathered) { p.take(g.snapshot()) }, func(lines []line, err error) {
		if err != nil {
			p.Said.Say(widgets.BannerError, p.e.Error(err))
			return
		}
		p.Said.Hide()
		p.take(lines)
	})
}

// Left ends the finding out.
func (p *Page) Left() { p.task.Stop() }

// take shows what is known; who stands on a row stays there.
func (p *Page) take(lines []line) {
	if len(lines) == 0 {
		return
	}
	fresh := len(p.lines) == 0
	p.lines = lines
	if fresh {
		p.Reload()
		return
	}
	p.Table.Renew()
}

// row words a company. A number that is nought is left out: what is written waits.
func (p *Page) row(l line) table.Row {
	e, f := p.e, l.facts
	count := func(n int) string {
		if n == 0 {
			return ""
		}
		return e.Count(n)
	}
	state, tone := p.state(l)
	run, reads := "", ""
	if f.HasRun {
		run = e.Date(ended(f)) // the hour is in the file that is exported
	}
	if f.Connection.Authorised {
		reads = e.Count(f.Usage.Left(quota.Read, quota.Ordinary))
	}
	name := domain.Line(l.company.Name)
	return table.Row{
		Cells:  []string{name, state, count(decisions(f)), count(f.Held), count(f.Uninvoiced()), run, reads},
		Detail: words.Listed(" · ", name, state, e.Counted("companies.ready", f.Ready), e.Counted("companies.drafts", f.Drafts)), Tones: []widget.Importance{widget.MediumImportance, tone}, Data: l,
	}
}

// state says how a company's connection stands.
func (p *Page) state(l line) (string, widget.Importance) {
	e, f := p.e, l.facts
	switch {
	case !l.known:
		return e.T("light.unknown"), widget.MediumImportance
	case domain.KindOf(l.err) == domain.KindBusy:
		return e.T("companies.busy"), widget.WarningImportance
	case l.err != nil:
		return e.Error(l.err), widget.DangerImportance
	case !f.HandedOver.IsZero():
		return e.T("companies.handed"), widget.WarningImportance
	case f.Open():
		return e.T("light.open"), widget.SuccessImportance
	case f.Connection.Authorised:
		return e.T("light.closed"), widget.WarningImportance
	default:
		return e.T("light.none"), widget.MediumImportance
	}
}

// exported are lines as they go into a file.
func (p *Page) exported(lines []line) []exports.Company {
	all := make([]exports.Company, len(lines))
	for i, l := range lines {
		state, _ := p.state(l)
		all[i] = exports.Company{Name: l.company.Name, State: state, Decisions: decisions(l.facts), Held: l.facts.Held, Orders: l.facts.Uninvoiced(), RunAt: ended(l.facts)}
		if l.facts.Connection.Authorised {
			all[i].ReadsLeft = decimal.NewNullDecimal(decimal.NewFromInt(int64(l.facts.Usage.Left(quota.Read, quota.Ordinary))))
		}
	}
	return all
}
