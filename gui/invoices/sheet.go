package invoices

import (
	"cmp"
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// invoiceSheet is one invoice: as its buyer sees it, where it stands, its documents, and what a person has to do.
type invoiceSheet struct {
	e      *env
	id     int64
	acts   sheetActs
	asked  int
	object fyne.CanvasObject

	back  *widgets.Button
	title *widgets.Text
	said  *widgets.Banner
	tools *fyne.Container
	body  *fyne.Container
	files map[issuing.DocumentKind]bool // that are kept here
	state string                        // as it is shown
	tasks []*taskPanel
}

// sheetActs is what the sheet does with the page around it.
type sheetActs struct {
	takeBack func([]invoicing.Record)
	again    func([]invoicing.Record)
	busy     func() bool
	changed  func()
}

// open shows one invoice.
func (p *Page) open(r invoicing.Record) {
	p.Push(newInvoiceSheet(p.e, r.ID, sheetActs{
		takeBack: p.takeBack, again: p.free, busy: func() bool { return p.status.work != nil }, changed: p.e.Frame.Refresh,
	}))
}

func newInvoiceSheet(e *env, id int64, acts sheetActs) *invoiceSheet {
	s := &invoiceSheet{
		e: e, id: id, acts: acts, title: widgets.NewBody(e.T("rows.loading")).Bold().OneLine(), said: widgets.NewBanner(),
		tools: container.NewHBox(), body: container.NewVBox(),
	}
	s.back = widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), s.leave)
	s.back.SetEscape(s.leave)
	s.object = widgets.NewBorder(
		container.NewVBox(widgets.NewBorder(nil, nil, s.back, nil, s.title), s.tools, s.said), nil, nil, nil,
		container.NewVScroll(widgets.Inset(sheetMargin, 0, s.body)))
	return s
}

// sheetMargin keeps what stands on the sheet clear of its scroll bar.
const sheetMargin = 6

// Content is always the same object.
func (s *invoiceSheet) Content() fyne.CanvasObject { return s.object }

// leave goes back; what was typed into a task asks first.
func (s *invoiceSheet) leave() {
	if s.e.Modal == nil {
		s.e.Pop()
	}
}

// read asks İşbaşı where the invoice stands: a person may have corrected or cancelled it there.
func (s *invoiceSheet) read() {
	before := s.state
	kit.Act(s.e.Env, busyKey, func(ctx context.Context) (invoicing.Record, error) { return s.e.co.ReadInvoice(ctx, s.id) }, func(r invoicing.Record, err error) {
		switch {
		case err != nil:
			s.say(widgets.BannerError, s.e.Error(err))
		case s.e.Attempt(r) == before:
			s.say(widgets.BannerInfo, s.e.T("invoices.read.same"))
		default:
			s.say(widgets.BannerGood, s.e.T("invoices.read.now", s.e.Attempt(r)))
		}
		s.load()
		s.acts.changed()
	})
}

// sheetFound is all that the sheet shows.
type sheetFound struct {
	record invoicing.Record
	tasks  []invoicing.Task
	files  map[issuing.DocumentKind]bool
}

// Show fetches the invoice anew; the keyboard stands on the way back.
func (s *invoiceSheet) Show() {
	s.e.Win.Canvas().Focus(s.back)
	s.load()
}

func (s *invoiceSheet) load() {
	kit.Newest(s.e.Env, &s.asked, s.find, func(f sheetFound, err error) {
		if err != nil {
			s.say(widgets.BannerError, s.e.Error(err))
			return
		}
		s.draw(f)
	})
}

func (s *invoiceSheet) find(ctx context.Context) (f sheetFound, err error) {
	if f.record, err = s.e.co.Record(ctx, s.id); err != nil {
		return f, err
	}
	tasks, err := s.e.co.Tasks(ctx, true)
	if err != nil {
		return f, err
	}
	f.tasks = slices.DeleteFunc(tasks, func(t invoicing.Task) bool { return t.Record.ID != s.id })
	f.files = map[issuing.DocumentKind]bool{}
	for _, k := range documentKinds() {
		if !f.record.Issued() {
			break
		}
		if f.files[k], err = s.e.co.HasDocument(ctx, f.record, k); err != nil {
			return f, err
		}
	}
	return f, nil
}

func (s *invoiceSheet) say(kind widgets.BannerKind, text string, actions ...fyne.CanvasObject) {
	s.said.Say(kind, text, actions...)
	s.object.Refresh()
}

func (s *invoiceSheet) draw(f sheetFound) {
	e, r := s.e, f.record
	s.files, s.state = f.files, e.Attempt(r)
	s.title.SetText(e.T("invoices.sheet.title", cmp.Or(r.Number, e.T("invoices.draft.name")), r.Buyer))
	s.drawTools(f)
	s.tasks = nil
	s.body.RemoveAll()
	if r.State == invoicing.AttemptMismatch {
		s.body.Add(mismatch(e, r))
	}
	for _, t := range f.tasks {
		panel := newTaskPanel(e, t, taskActs{say: s.say, done: func() { s.load(); s.acts.changed() }, takeBack: s.acts.takeBack})
		s.tasks = append(s.tasks, panel)
		s.body.Add(panel.object)
	}
	s.body.Add(widgets.Pair(pairWidth, documentShare, document(e, r), facts(e, r), widgets.Gap(1)))
	s.object.Refresh()
}

// The measures of the sheet: the document beside the facts, from a width on.
const (
	pairWidth     = 720
	documentShare = 0.55
)

// drawTools offers what can be done with the invoice.
func (s *invoiceSheet) drawTools(f sheetFound) {
	e, r := s.e, f.record
	s.tools.RemoveAll()
	add := func(words string, icon fyne.Resource, act func()) *widgets.Button {
		b := widgets.NewIconButton(words, icon, act)
		b.SetEscape(s.leave)
		s.tools.Add(b)
		return b
	}
	if r.Issued() {
		add(s.documentWords("invoices.pdf", issuing.DocumentPDF), theme.DocumentIcon(), func() { s.openFile(issuing.DocumentPDF) })
		add(e.T("invoices.save-as"), theme.DocumentSaveIcon(), func() { s.askPath(issuing.DocumentPDF) })
		add(s.documentWords("invoices.ubl", issuing.DocumentUBL), theme.FileIcon(), func() { s.askPath(issuing.DocumentUBL) })
		if len(r.Draft.Lines) > 0 {
			add(e.T("invoices.return"), theme.ContentUndoIcon(), func() { e.Push(newReturnSheet(e, r, f.tasks, s.returned)) })
		}
	}
	if r.Deletable() && !slices.ContainsFunc(f.tasks, func(t invoicing.Task) bool { return t.ClosedAt.IsZero() }) { // else the task offers it
		widgets.EnableIf(add(e.T("invoices.delete.one"), theme.DeleteIcon(), func() { s.acts.takeBack([]invoicing.Record{r}) }), !s.acts.busy())
	}
	if r.Remote != "" && r.Stands() && !r.Issued() {
		widgets.EnableIf(add(e.T("invoices.read"), theme.SearchIcon(), s.read), !s.acts.busy())
	}
	if freeable(r) {
		widgets.EnableIf(add(e.T("invoices.again"), theme.ViewRefreshIcon(), func() { s.acts.again([]invoicing.Record{r}) }), !s.acts.busy())
	}
	s.tools.Refresh()
}

// returned says what a return that was entered comes to.
func (s *invoiceSheet) returned(t invoicing.Task) {
	s.say(widgets.BannerGood, s.e.T("invoices.returned", s.e.Money(t.Amounts.Total, t.Record.Draft.Currency)))
	s.acts.changed()
}
