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
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// importSheet is the mapping page of one file: what was found, what each column becomes, the first rows,
// the problems, and what would change. It goes on to the result.
type importSheet struct {
	e       *env
	acts    sheetActs
	found   listing.Found
	asked   listing.Reading // what a person said about the reading; the rest is found out
	mapping listing.Mapping
	task    kit.Task // a plan or an import
	object  fyne.CanvasObject

	taking   bool           // an import is being written
	finished bool           // it has been written
	planned  listing.Result // valid while counted
	counted  bool
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
}

// sheetActs is what the sheet does with the page around it.
type sheetActs struct {
	back func() // to the choice of a file
	put  func(o fyne.CanvasObject)
	open func(path string, r listing.Reading, m listing.Mapping)
}

// newImportSheet makes it; known tells that the mapping is the one of the last time.
func newImportSheet(e *env, found listing.Found, asked listing.Reading, known bool, acts sheetActs) *importSheet {
	s := &importSheet{
		e: e, acts: acts, found: found, asked: asked, mapping: slices.Clone(found.Mapping), task: kit.Task{E: e.Env},
		wrong: widgets.NewBanner(), counts: widgets.NewBody("").Bold(), promise: widgets.NewMuted(e.T("import.plan.promise")),
		bar: kit.NewProgress(e.Env),
	}
	s.bar.Hide()
	s.columns = newImportColumns(e, found, s.escape, s.change)
	s.tables = newImportTables(e, found, s.columns.shown, s.escape)
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

// foundLine says how the file was understood, with what a person may change.
func (s *importSheet) foundLine() fyne.CanvasObject {
	e, f := s.e, s.found
	words := e.T("import.found."+f.Format, f.HeaderRow)
	if f.Format == "xml" {
		words = e.T("import.found.xml", f.Element, f.Reading.Encoding)
	}
	line := container.NewHBox(widgets.NewMuted(words).OneLine())
	pick := func(label string, values, names []string, now string, set func(r *listing.Reading, v string)) {
		w := widgets.NewSelect(e.T("import.decimal.none"), names, nil)
		if i := slices.Index(values, now); i >= 0 {
			w.SetSelectedIndex(i)
		}
		w.OnChanged = func(string) {
			if i := w.SelectedIndex(); i >= 0 && values[i] != now && !s.taking {
				r := s.asked
				set(&r, values[i])
				s.acts.open(f.Path, r, s.mapping)
			}
		}
		w.SetEscape(s.escape)
		line.Add(widgets.Gap(2))
		line.Add(widgets.NewMuted(label).OneLine())
		line.Add(widgets.FixedWidth(selectWidth, w))
	}
	if f.Format == "csv" {
		encodings := listing.Encodings()
		if !slices.Contains(encodings, f.Reading.Encoding) {
			encodings = append([]string{f.Reading.Encoding}, encodings...)
		}
		pick(e.T("import.separator"), listing.Separators(), separatorNames(e), f.Reading.Separator, func(r *listing.Reading, v string) { r.Separator = v })
		pick(e.T("import.encoding"), encodings, encodings, f.Reading.Encoding, func(r *listing.Reading, v string) { r.Encoding = v })
	}
	if len(f.Sheets) > 0 {
		pick(e.T("import.sheet"), f.Sheets, f.Sheets, f.Reading.Sheet, func(r *listing.Reading, v string) { r.Sheet = v })
	}
	pick(e.T("import.decimal"), []string{",", "."}, []string{e.T("import.decimal.,"), e.T("import.decimal..")}, f.Reading.Decimal,
		func(r *listing.Reading, v string) { r.Decimal = v })
	return container.NewHScroll(line)
}

const selectWidth = 148

func separatorNames(e *env) []string {
	return []string{e.T("import.separator.;"), e.T("import.separator.,"), e.T("import.separator.tab"), e.T("import.separator.|")}
}

// order is what is asked for now.
func (s *importSheet) order() listing.Order {
	return listing.Order{Path: s.found.Path, Reading: s.asked, Mapping: slices.Clone(s.mapping), Stamp: s.found.Stamp}
}

// change lets a column become a field.
func (s *importSheet) change(column int, f listing.Field) {
	if s.mapping[column] == f {
		return
	}
	s.mapping.Set(column, f)
	s.columns.draw(s.mapping)
	s.tables.drawFirst(s.mapping)
	s.wrong.Hide()
	s.plan()
}

// plan works out what would change, in place of the plan before.
func (s *importSheet) plan() {
	s.counted = false
	s.take.Disable()
	s.errors.Hide()
	s.tables.problems(nil, 0)
	if !s.mapping.Known() {
		s.task.Stop()
		s.bar.Rest()
		s.bar.Hide()
		s.counts.SetText(s.e.T("import.need-key"))
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
	s.counts.SetText(s.e.T("import.plan", r.Rows, r.Added, r.Updated, r.Unchanged, r.Refused))
	promise := "import.plan.promise"
	if r.Added+r.Updated == 0 {
		promise = "import.plan.nothing"
	} else {
		s.take.Enable()
	}
	s.promise.SetText(strings.TrimSpace(s.e.T(promise) + " " + s.repeated(r)))
	s.tables.problems(r.Problems, r.ProblemCount)
	widgets.ShowIf(s.errors, r.ProblemCount > 0)
	s.object.Refresh()
}

// repeated says how many rows are of products that the file has had before, "" for none.
func (s *importSheet) repeated(r listing.Result) string {
	if r.Repeated == 0 {
		return ""
	}
	return s.e.T("import.repeated", r.Repeated)
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
		widgets.NewBorder(nil, nil, container.NewCenter(icon), nil, widgets.NewBody(e.T("import.done", r.Added, r.Updated, r.Unchanged, r.Refused)).Bold()),
		widgets.NewMuted(filepath.Base(s.found.Path)))
	if words := s.repeated(r); words != "" {
		box.Add(widgets.NewBody(words))
	}
	again := widgets.NewIconButton(e.T("import.again"), theme.ContentAddIcon(), s.acts.back)
	if r.ProblemCount > 0 {
		box.Add(widgets.NewBody(e.T("import.done.problems", r.ProblemCount)))
		buttons.Add(s.errors)
		s.errors.Show()
	}
	buttons.Add(again)
	products := widgets.NewIconButton(e.T("import.to-products"), theme.NavigateNextIcon(), func() { e.Frame.Open(kit.PlaceProducts) }).Primary()
	buttons.Add(products)
	buttons.Add(layout.NewSpacer())
	box.Add(s.wrong)
	box.Add(widgets.Gap(2))
	box.Add(buttons)
	s.acts.put(container.NewVScroll(container.NewVBox(widgets.MaxWidth(760, widgets.NewPanel(widgets.Inset(6, 4, box))))))
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
