package files

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// importSheet is the mapping page of one file: what was found, what each column becomes, the first rows,
// the problems, and what would change. It goes on to the result.
type importSheet struct {
	e       *env
	acts    sheetActs
	found   listing.Found
	above   []listing.Row   // the first rows as they stand, the header among them
	asked   listing.Reading // what a person said about the reading; the rest is found out
	mapping listing.Mapping
	task    kit.Task // a plan or an import
	object  fyne.CanvasObject

	taking   bool           // an import is being written
	finished bool           // it has been written
	planned  listing.Result // valid while counted
	counted  bool
	unknown  bool   // no column is chosen yet that a product can be known by
	path     string // of the errors file

	columns *importColumns
	tables  *importTables
	wrong   *widgets.Banner
	counts  *widgets.Text
	promise *widgets.Text
	bar     *widgets.Progress
	take    *widgets.Button
	cancel  *widgets.Button
	errors  *widgets.Button
	folder  *widgets.Button
	last    *kit.LastFile // under the result
}

// sheetActs is what the sheet does with the page around it.
type sheetActs struct {
	back func() // to the choice of a file
	put  func(o fyne.CanvasObject)
	open func(path string, r listing.Reading, m listing.Mapping)
	// first tells whether the set-up goes on behind the import
	first func() bool
}

// newImportSheet makes it; known tells that the mapping is the one of the last time.
func newImportSheet(e *env, l sight, asked listing.Reading, known bool, acts sheetActs) *importSheet {
	found := l.found
	s := &importSheet{
		e: e, acts: acts, found: found, above: l.above, asked: asked, mapping: slices.Clone(found.Mapping), task: kit.Task{E: e.Env},
		wrong: widgets.NewBanner(), counts: widgets.NewBody("").Bold(), promise: widgets.NewMuted(e.T("import.plan.promise")),
		bar: kit.NewProgress(e.Env),
	}
	s.bar.Hide()
	s.last = newLastImport(e, s.escape)
	s.last.Once = true // the button does not say which
	s.columns = newImportColumns(e, found, s.escape, s.change)
	s.tables = newImportTables(e, found, s.columns.shown, s.answer, s.escape)
	s.tables.count(&listing.Result{Account: found.Account}, false)
	another := widgets.NewIconButton(e.T("import.another"), theme.NavigateBackIcon(), acts.back)
	another.SetEscape(s.escape)
	s.take = widgets.NewIconButton(e.T("import.take"), theme.DownloadIcon(), s.start).Primary()
	s.cancel = widgets.NewButton(e.T("import.cancel"), s.quit)
	s.cancel.Hide()
	s.errors = widgets.NewIconButton(e.T("import.errors"), theme.DocumentSaveIcon(), s.saveErrors)
	s.errors.Hide()
	s.folder = widgets.NewIconButton(e.T("rows.show-folder"), theme.FolderOpenIcon(), func() { e.ShowFolder(s.path) })
	for _, b := range []*widgets.Button{s.take, s.cancel, s.errors, s.folder} {
		b.SetEscape(s.escape)
	}
	head := container.NewVBox(
		widgets.NewBorder(nil, nil, another, nil, widgets.NewBody(filepath.Base(found.Path)).Bold()),
		s.foundLine(), s.wrong)
	if known {
		s.wrong.Say(widgets.BannerInfo, e.T("import.remembered"))
	}
	foot := container.NewVBox(widget.NewSeparator(), widgets.NewBorder(nil, nil, nil,
		widgets.Centred(container.NewHBox(s.errors, s.cancel, s.take)), container.NewVBox(s.counts, s.promise, s.bar)))
	s.object = widgets.NewBorder(head, foot, widgets.FixedWidth(columnsWidth, s.columns.object), nil, s.tables.object)
	return s
}

// order is what is asked for now.
func (s *importSheet) order() listing.Order {
	return listing.Order{Path: s.found.Path, Reading: s.asked, Mapping: slices.Clone(s.mapping), Stamp: s.found.Stamp}
}

// change lets a column become a field, beside those that are it already: row by row the first that is filled counts.
func (s *importSheet) change(column int, f listing.Field) {
	if s.mapping[column] == f {
		return
	}
	s.mapping[column] = f
	s.columns.draw(s.mapping)
	s.tables.drawFirst(s.mapping)
	s.wrong.Hide()
	s.plan()
}

// answer takes down what a person says to a question. What decides which columns there are has the file looked at anew.
func (s *importSheet) answer(q listing.Question, choice string) {
	answers := listing.Answers{q.ID: choice}
	for id, said := range s.asked.Answers {
		if id != q.ID {
			answers[id] = said
		}
	}
	s.asked.Answers = answers
	switch q.Kind {
	case listing.AskSheet, listing.AskEncoding:
		s.acts.open(s.found.Path, s.asked, nil)
		return
	case listing.AskUnused:
		if i := columnCalled(s.found.Header, q.About); i >= 0 && choice != listing.ChooseIgnore {
			s.change(i, listing.Field(choice))
			return
		}
	}
	s.plan()
}

// plan works out what would change, in place of the plan before.
func (s *importSheet) plan() {
	s.counted = false
	s.take.Disable()
	s.errors.Hide()
	if !s.mapping.Known() {
		s.task.Stop()
		s.bar.Rest()
		s.bar.Hide()
		s.counts.SetText(s.e.T("import.need-key"))
		s.tables.count(&listing.Result{Account: s.found.Account}, false)
		s.tables.bring(viewFirst) // there is no account yet, and what stands in the columns tells what they are
		s.unknown = true
		s.object.Refresh()
		return
	}
	order := s.order()
	s.progress(&listing.Count{}, "import.planning", "import.planning.of")
	kit.StartTask(&s.task, "", func(ctx context.Context, c *listing.Count) (listing.Result, error) {
		return s.e.co.Plan(ctx, order, c)
	},
		func(c *listing.Count) { s.progress(c, "import.planning", "import.planning.of") }, s.showPlan)
}

// progress draws how far a plan or an import is.
func (s *importSheet) progress(c *listing.Count, reading, writing string) {
	read, done, of := c.Snapshot()
	s.bar.Show()
	s.bar.Set(done, of)
	if of == 0 {
		s.counts.SetText(s.e.T(reading, read))
	} else {
		s.counts.SetText(s.e.T(writing, done, of))
	}
	s.object.Refresh()
}

func (s *importSheet) showPlan(r listing.Result, err error) {
	s.bar.Rest()
	s.bar.Hide()
	if err != nil {
		s.counts.SetText("")
		s.refuse(err)
		return
	}
	s.planned, s.counted = r, true
	s.counts.SetText(s.e.T("import.plan", r.Rows, words.Listed(", ", s.e.Counted("import.plan.added", r.Added),
		s.e.Counted("import.plan.updated", r.Updated), s.e.Counted("import.plan.unchanged", r.Unchanged), s.e.Counted("import.plan.refused", r.Refused))))
	if s.unknown {
		s.unknown = false
		s.tables.bring(viewAccount)
	}
	promise := s.e.T("import.plan.promise")
	switch open := len(r.Open()); {
	case open > 0:
		promise = s.e.T("import.plan.questions", open)
		s.tables.bring(viewAccount)
	case r.Added+r.Updated == 0:
		promise = s.e.T("import.plan.nothing")
	default:
		s.take.Enable()
	}
	s.promise.SetText(strings.TrimSpace(promise + " " + s.e.Repeated(r)))
	s.tables.count(&r, true)
	widgets.ShowIf(s.errors, r.ProblemCount > 0)
	s.object.Refresh()
}

// refuse says what went wrong in the page.
func (s *importSheet) refuse(err error) {
	kind := widgets.BannerError
	if domain.KindOf(err) == domain.KindCancelled {
		s.wrong.Say(widgets.BannerInfo, s.e.T("import.cancelled"))
	} else {
		s.wrong.Say(kind, s.e.Error(err))
	}
	s.object.Refresh()
}

// start takes what was planned into the catalogue.
func (s *importSheet) start() {
	if s.taking || !s.counted || s.take.Disabled() {
		return
	}
	order := s.order()
	s.setTaking(true)
	s.progress(&listing.Count{}, "import.reading", "import.writing")
	kit.StartTask(&s.task, "import", func(ctx context.Context, c *listing.Count) (listing.Result, error) {
		return s.e.co.Take(ctx, order, c)
	},
		func(c *listing.Count) { s.progress(c, "import.reading", "import.writing") },
		func(r listing.Result, err error) {
			s.setTaking(false)
			s.bar.Rest()
			s.bar.Hide()
			if err != nil {
				s.refuse(err)
				s.plan()
				return
			}
			remember(s.e.Env, s.found.Header, s.mapping)
			s.planned, s.finished = r, true
			s.done(r)
		})
}

func (s *importSheet) setTaking(on bool) {
	s.taking = on
	s.columns.enable(!on)
	s.tables.account.enable(!on)
	widgets.ShowIf(s.cancel, on)
	widgets.ShowIf(s.promise, !on)
	widgets.ShowIf(s.take, !on)
	widgets.ShowIf(s.errors, !on && s.planned.ProblemCount > 0)
	s.cancel.SetText(s.e.T("import.cancel"))
	s.cancel.Enable()
	s.wrong.Hide()
	s.object.Refresh()
}

// quit asks the import to end; what came of it is told all the same.
func (s *importSheet) quit() {
	s.cancel.SetText(s.e.T("import.cancelling"))
	s.cancel.Disable()
	s.task.Quit()
}

// escape cancels the smallest open thing: the import that is being written, else the page.
func (s *importSheet) escape() {
	if s.taking {
		s.quit()
		return
	}
	s.acts.back()
}

// done shows what came of the import, and where to go from there.
func (s *importSheet) done(r listing.Result) {
	e := s.e
	icon := widget.NewIcon(theme.NewColoredResource(theme.ConfirmIcon(), theme.ColorNameSuccess))
	buttons := container.NewHBox()
	box := container.NewVBox(
		widgets.NewBorder(nil, nil, container.NewCenter(icon), nil, widgets.NewBody(doneWords(e, r)).Bold()),
		widgets.NewMuted(filepath.Base(s.found.Path)))
	if words := e.Repeated(r); words != "" {
		box.Add(widgets.NewBody(words))
	}
	again := widgets.NewIconButton(e.T("import.again"), theme.ContentAddIcon(), s.acts.back)
	if r.ProblemCount > 0 {
		box.Add(widgets.NewBody(e.T("import.done.problems", r.ProblemCount)))
		buttons.Add(s.errors)
		s.errors.Show()
	}
	buttons.Add(again)
	products := widgets.NewIconButton(e.T("import.to-products"), theme.NavigateNextIcon(), func() { e.Frame.Open(kit.PlaceProducts) })
	buttons.Add(products)
	if s.acts.first() {
		next := e.T("section.next", e.T(kit.PlaceToday.Name()))
		buttons.Add(widgets.NewIconButton(next, theme.NavigateNextIcon(), func() { e.Frame.Open(kit.PlaceToday) }).Primary())
	} else {
		products.Primary()
	}
	buttons.Add(s.last.Back)
	buttons.Add(layout.NewSpacer())
	box.Add(s.wrong)
	box.Add(widgets.Gap(2))
	box.Add(buttons)
	if r.Added+r.Updated > 0 {
		s.last.Show()
	}
	s.acts.put(container.NewVScroll(container.NewVBox(widgets.MaxWidth(760, container.NewVBox(widgets.NewPanel(widgets.Inset(6, 4, box)), s.last.Object)))))
	s.e.Frame.Refresh()
}

// saveErrors writes the rows with problems as a file of their own.
func (s *importSheet) saveErrors() {
	order := s.order()
	s.errors.Disable()
	s.wrong.Say(widgets.BannerInfo, s.e.T("import.errors.writing"))
	kit.Act(s.e.Env, "export", func(ctx context.Context) (string, error) { return s.e.co.Refused(ctx, order) },
		func(path string, err error) {
			s.errors.Enable()
			if err != nil {
				s.refuse(err)
				return
			}
			s.path = path
			s.wrong.Say(widgets.BannerGood, s.e.T("import.errors.saved", path), s.folder)
		})
}

// doneWords says what became of the rows that were taken.
func doneWords(e *env, r listing.Result) string {
	return e.T("import.done", words.Listed(", ", e.Counted("import.done.added", r.Added), e.Counted("import.done.updated", r.Updated),
		e.Counted("import.done.unchanged", r.Unchanged), e.Counted("import.done.refused", r.Refused)))
}
