package invoices

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// cureOf says what is to be done for a task today. Whether İşbaşı still cancels an e-Arşiv is not kept: in its own month
// it does (orders-invoices.md §6).
func cureOf(t invoicing.Task, now time.Time) invoicing.Cure {
	day, today := t.Record.Day(), domain.Day(now)
	cancellable := day.Year() == today.Year() && day.Month() == today.Month() && !t.Record.Cancelled
	return t.CureOf(cancellable, today)
}

// taskSaid says why there is a task, and what it is about.
func taskSaid(e *env, t invoicing.Task) string {
	if t.Return == "" {
		return e.Task(t.What)
	}
	return e.T("invoices.task.return", e.Task(t.What), t.Return)
}

// taskPanel is one task about an invoice: what to do, and the document that closes it.
type taskPanel struct {
	e        *env
	task     invoicing.Task
	acts     taskActs
	object   fyne.CanvasObject
	document *widgets.Entry
	day      *widgets.Entry
	note     *widgets.Entry
	rows     map[string]*widgets.Row
	close    *widgets.Button
}

// taskActs is what a task does with the sheet around it.
type taskActs struct {
	say      func(kind widgets.BannerKind, text string, actions ...fyne.CanvasObject)
	done     func()
	takeBack func([]invoicing.Record)
}

func newTaskPanel(e *env, t invoicing.Task, acts taskActs) *taskPanel {
	p := &taskPanel{e: e, task: t, acts: acts, rows: map[string]*widgets.Row{}}
	c := t.Record.Draft.Currency
	head := widgets.Tight(widgets.NewBody(e.T("invoices.task", taskSaid(e, t), e.Money(t.Sums().Total, c))).Bold())
	if rates := ratesLine(e, t.Sums(), c); rates != "" {
		head.Add(widgets.NewMuted(rates))
	}
	box := container.NewVBox(head)
	if !t.ClosedAt.IsZero() {
		closed := widgets.NewText(e.T("invoices.task.closed", t.Document, e.Date(t.DocumentOn), e.Moment(t.ClosedAt)), theme.ColorNameSuccess, theme.SizeNameText)
		head.Add(closed)
		if t.Note != "" {
			head.Add(widgets.NewMuted(t.Note))
		}
		p.object = widgets.NewPanel(box)
		return p
	}
	what, how := e.Cure(cureOf(t, e.Now()))
	box.Add(widgets.Tight(widgets.NewBody(what).Bold(), widgets.NewBody(how)))
	if cureOf(t, e.Now()) == invoicing.CureDelete {
		remove := widgets.NewIconButton(e.T("invoices.delete.one"), theme.DeleteIcon(), func() { acts.takeBack([]invoicing.Record{t.Record}) }).Primary()
		widgets.EnableIf(remove, t.Record.Deletable())
		box.Add(container.NewHBox(remove, layout.NewSpacer()))
		p.object = widgets.NewPanel(box)
		return p
	}
	p.document, p.day, p.note = widgets.NewEntry(""), widgets.NewEntry(e.Now().In(domain.Istanbul).Format("02.01.2006")), widgets.NewEntry("")
	for _, f := range []struct {
		name  string
		entry *widgets.Entry
	}{{"document", p.document}, {"date", p.day}, {"note", p.note}} {
		f.entry.OnChanged = func(string) { p.offer() }
		f.entry.OnSubmitted = func(string) { p.end() }
		p.rows[f.name] = widgets.NewRow(e.T("invoices.task."+f.name), f.entry, e.T("invoices.task."+f.name+".help"))
		box.Add(p.rows[f.name])
	}
	p.close = widgets.NewIconButton(e.T("invoices.task.close"), theme.ConfirmIcon(), p.end).Primary()
	p.offer()
	box.Add(container.NewHBox(p.close, layout.NewSpacer()))
	p.object = widgets.MaxWidth(taskWidth, widgets.NewPanel(box))
	return p
}

// taskWidth is that of a task with its fields.
const taskWidth = 760

// ratesLine is base and VAT of each rate in one line.
func ratesLine(e *env, s invoicing.Sums, c domain.Currency) string {
	var parts []string
	for _, r := range s.Rates {
		if !r.Gross.IsZero() {
			parts = append(parts, e.T("invoices.rate", percent(e, r.Rate), e.Money(r.Base, c), e.Money(r.VAT, c)))
		}
	}
	return strings.Join(parts, " · ")
}

// offer turns the button on when there is something to close the task with.
func (p *taskPanel) offer() {
	for _, r := range p.rows {
		r.SetError("")
	}
	if p.close != nil {
		widgets.EnableIf(p.close, strings.TrimSpace(p.document.Text) != "" && strings.TrimSpace(p.day.Text) != "")
	}
}

// end closes the task with what was typed.
func (p *taskPanel) end() {
	if p.close.Disabled() {
		return
	}
	e := p.e
	day, err := dayOf(p.day.Text)
	if err != nil {
		p.refuse(domain.Invalid("date", "date"))
		return
	}
	if day.After(domain.Day(e.Now())) {
		p.refuse(domain.Invalid("date", "past"))
		return
	}
	document, note := strings.TrimSpace(p.document.Text), strings.TrimSpace(p.note.Text)
	p.close.Disable()
	kit.Act(e.Env, "save", func(ctx context.Context) (invoicing.Task, error) {
		return e.co.CloseTask(ctx, p.task.ID, document, day, note)
	}, func(t invoicing.Task, err error) {
		if err != nil {
			p.close.Enable()
			p.refuse(err)
			return
		}
		p.acts.say(widgets.BannerGood, e.T("invoices.task.done", t.Document))
		p.acts.done()
	})
}

// dayOf reads a day as people type it.
func dayOf(text string) (time.Time, error) {
	d, err := pricing.ParseDay(strings.TrimSpace(text))
	if err != nil {
		return time.Time{}, err
	}
	return time.ParseInLocation(time.DateOnly, string(d), domain.Istanbul)
}

func (p *taskPanel) refuse(err error) {
	if r, ok := p.rows[words.RefusedField(err)]; ok {
		r.SetError(p.e.Error(err))
		r.Focus(p.e.Win.Canvas())
		return
	}
	p.acts.say(widgets.BannerError, p.e.Error(err))
}

// taskList is the tasks, those that are open, or all.
type taskList struct {
	*kit.List[taskQuery]
	e      *env
	all    *widgets.Check
	object fyne.CanvasObject
}

type taskQuery struct {
	kit.Asked
	closed bool
}

// openTasks lists the tasks.
func (p *Page) openTasks() { p.Push(newTaskList(p.e, p.open)) }

func newTaskList(e *env, open func(invoicing.Record)) *taskList {
	l := &taskList{e: e}
	l.List = kit.NewList(e.Env, kit.Listing[taskQuery]{
		Columns: []table.Column{
			{ID: "what", Title: e.T("invoices.task.what"), Width: 150, Grow: 1},
			{ID: "number", Title: e.T("invoices.number"), Width: 140, Grow: 0.3},
			{ID: "buyer", Title: e.T("invoices.buyer"), Width: 130, Grow: 1},
			{Title: e.T("invoices.task.amount"), Width: 96, Right: true},
			{ID: "do", Title: e.T("invoices.task.do"), Width: 220, Grow: 2},
		},
		Query: func(a kit.Asked) taskQuery { return taskQuery{a, l.all.Checked} }, Fetch: l.fetch,
		None:   func(taskQuery) string { return e.T("invoices.tasks.none") },
		Search: e.T("invoices.search"), Count: "invoices.tasks.count", Pick: e.T("invoices.tasks.pick"), Back: e.Pop,
	})
	l.Table.OnOpen = func(r table.Row) { open(kit.MadeOf[invoicing.Task](r).Record) }
	l.all = widgets.NewCheck(e.T("invoices.tasks.closed"), func(bool) { l.Reload() })
	see := widgets.NewIconButton(e.T("invoices.open"), theme.VisibilityIcon(), func() {
		if r, ok := l.Table.Current(); ok {
			open(kit.MadeOf[invoicing.Task](r).Record)
		}
	}).Primary()
	back := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), e.Pop)
	for _, b := range []*widgets.Button{see, back} {
		b.SetEscape(e.Pop)
	}
	l.OnLoaded = func(_ taskQuery, n int) { widgets.EnableIf(see, n > 0) }
	l.object = l.Layout(
		widgets.NewBorder(nil, nil, back, container.NewHBox(l.all, see), widgets.NewBody(e.T("invoices.tasks")).Bold().OneLine()), l.Search, l.Said)
	return l
}

func (l *taskList) fetch(ctx context.Context, q taskQuery, limit, offset int) ([]table.Row, int, error) {
	e := l.e
	tasks, err := e.co.Tasks(ctx, q.closed)
	var rows []table.Row
	for _, t := range tasks {
		do, _ := e.Cure(cureOf(t, e.Now()))
		if !t.ClosedAt.IsZero() {
			do = e.T("invoices.task.closed", t.Document, e.Date(t.DocumentOn), e.Moment(t.ClosedAt))
		}
		cells := []string{taskSaid(e, t), numberOf(e, t.Record), t.Record.Buyer, e.Money(t.Sums().Total, t.Record.Draft.Currency), do}
		if kit.HasWords(strings.Join(cells, " ")+" "+t.Record.Key.Package, q.Search) {
			rows = append(rows, table.Row{Key: fmt.Sprint(t.ID), Data: t, Cells: cells, Detail: strings.Join(cells, " · ")})
		}
	}
	kit.SortCells(rows, map[string]int{"what": 0, "number": 1, "buyer": 2, "do": 4}, q.Asked)
	return kit.PageOf(rows, limit, offset), len(rows), err
}

// Content is always the same object.
func (l *taskList) Content() fyne.CanvasObject { return l.object }

// Show fetches the tasks; the keyboard stands in them.
func (l *taskList) Show() {
	l.Reload()
	l.e.Win.Canvas().Focus(l.Table.Focusable())
}
