package gui

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
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// importSheet is the mapping page of one file: what was found, what each column becomes, the first rows,
// the problems, and what would change. It goes on to the result.
type importSheet struct {
	p       *importPage
	e       *env
	found   listing.Found
	asked   listing.Reading // what a person said about the reading; the rest is found out
	mapping listing.Mapping
	work    *importWork
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

func newImportSheet(p *importPage, found listing.Found, asked listing.Reading, remembered bool) *importSheet {
	e := p.e
	s := &importSheet{
		p: p, e: e, found: found, asked: asked, mapping: slices.Clone(found.Mapping), work: &importWork{e: e},
		wrong: widgets.NewBanner(), counts: widgets.NewBody("").Bold(), promise: widgets.NewMuted(e.t("import.plan.promise")),
		bar: newProgress(e),
	}
	s.bar.Hide()
	s.columns = newImportColumns(s)
	s.tables = newImportTables(s)
	another := widgets.NewIconButton(e.t("import.another"), theme.NavigateBackIcon(), p.back)
	another.SetEscape(s.escape)
	s.take = widgets.NewIconButton(e.t("import.take"), theme.DownloadIcon(), s.start)
	s.take.Importance = widget.HighImportance
	s.cancel = widgets.NewButton(e.t("import.cancel"), s.quit)
	s.cancel.Hide()
	s.errors = widgets.NewIconButton(e.t("import.errors"), theme.DocumentSaveIcon(), s.saveErrors)
	s.errors.Hide()
	s.folder = widgets.NewIconButton(e.t("rows.show-folder"), theme.FolderOpenIcon(), func() { e.visit(folderAddress(s.path)) })
	for _, b := range []*widgets.Button{s.take, s.cancel, s.errors, s.folder} {
		b.SetEscape(s.escape)
	}
	head := container.NewVBox(
		widgets.NewBorder(nil, nil, another, nil, widgets.NewBody(filepath.Base(found.Path)).Bold()),
		s.foundLine(), s.wrong)
	if remembered {
		s.wrong.Say(widgets.BannerInfo, e.t("import.remembered"))
	}
	foot := container.NewVBox(widget.NewSeparator(), widgets.NewBorder(nil, nil, nil,
		centred(container.NewHBox(s.errors, s.cancel, s.take)), container.NewVBox(s.counts, s.promise, s.bar)))
	s.object = widgets.NewBorder(head, foot, widgets.FixedWidth(columnsWidth, s.columns.object), nil, s.tables.object)
	return s
}

// foundLine says how the file was understood, with what a person may change.
func (s *importSheet) foundLine() fyne.CanvasObject {
	e, f := s.e, s.found
	words := e.t("import.found."+f.Format, f.HeaderRow)
	if f.Format == "xml" {
		words = e.t("import.found.xml", f.Element, f.Reading.Encoding)
	}
	line := container.NewHBox(widgets.NewMuted(words).OneLine())
	pick := func(label string, values, names []string, now string, set func(r *listing.Reading, v string)) {
		w := widgets.NewSelect(e.t("import.decimal.none"), names, nil)
		if i := slices.Index(values, now); i >= 0 {
			w.SetSelectedIndex(i)
		}
		w.OnChanged = func(string) {
			if i := w.SelectedIndex(); i >= 0 && values[i] != now && !s.taking {
				r := s.asked
				set(&r, values[i])
				s.p.open(f.Path, r, s.mapping)
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
		pick(e.t("import.separator"), listing.Separators(), separatorNames(e), f.Reading.Separator, func(r *listing.Reading, v string) { r.Separator = v })
		pick(e.t("import.encoding"), encodings, encodings, f.Reading.Encoding, func(r *listing.Reading, v string) { r.Encoding = v })
	}
	if len(f.Sheets) > 0 {
		pick(e.t("import.sheet"), f.Sheets, f.Sheets, f.Reading.Sheet, func(r *listing.Reading, v string) { r.Sheet = v })
	}
	pick(e.t("import.decimal"), []string{",", "."}, []string{e.t("import.decimal.,"), e.t("import.decimal..")}, f.Reading.Decimal,
		func(r *listing.Reading, v string) { r.Decimal = v })
	return container.NewHScroll(line)
}

const selectWidth = 148

func separatorNames(e *env) []string {
	return []string{e.t("import.separator.;"), e.t("import.separator.,"), e.t("import.separator.tab"), e.t("import.separator.|")}
}

// order is what is asked for now.
func (s *importSheet) order() listing.Order {
	return listing.Order{Path: s.found.Path, Reading: s.asked, Mapping: slices.Clone(s.mapping), Stamp: s.found.Stamp}
}

// change lets a column become a field.
func (s *importSheet) change(column int, f listing.Field) {
	s.mapping.Set(column, f)
	s.columns.draw()
	s.tables.drawFirst()
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
		s.work.stop()
		s.bar.Rest()
		s.bar.Hide()
		s.counts.SetText(s.e.t("import.need-key"))
		s.object.Refresh()
		return
	}
	order := s.order()
	s.progress(&listing.Count{}, "import.planning", "import.planning.of")
	s.work.start(func(ctx context.Context, c *listing.Count) (listing.Result, error) {
		return s.e.co.Files.Plan(ctx, order, c)
	},
		func(c *listing.Count) { s.progress(c, "import.planning", "import.planning.of") }, s.showPlan)
}

// progress draws how far a plan or an import is.
func (s *importSheet) progress(c *listing.Count, reading, writing string) {
	read, done, of := c.Snapshot()
	s.bar.Show()
	s.bar.Set(done, of)
	if of == 0 {
		s.counts.SetText(s.e.t(reading, read))
	} else {
		s.counts.SetText(s.e.t(writing, done, of))
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
	s.counts.SetText(s.e.t("import.plan", r.Rows, r.Added, r.Updated, r.Unchanged, r.Refused))
	promise := "import.plan.promise"
	if r.Added+r.Updated == 0 {
		promise = "import.plan.nothing"
	} else {
		s.take.Enable()
	}
	s.promise.SetText(strings.TrimSpace(s.e.t(promise) + " " + s.repeated(r)))
	s.tables.problems(r.Problems, r.ProblemCount)
	showIf(s.errors, r.ProblemCount > 0)
	s.object.Refresh()
}

// repeated says how many rows are of products that the file has had before, "" for none.
func (s *importSheet) repeated(r listing.Result) string {
	if r.Repeated == 0 {
		return ""
	}
	return s.e.t("import.repeated", r.Repeated)
}

// refuse says what went wrong in the page.
func (s *importSheet) refuse(err error) {
	kind := widgets.BannerError
	if domain.KindOf(err) == domain.KindCancelled {
		s.wrong.Say(widgets.BannerInfo, s.e.t("import.cancelled"))
	} else {
		s.wrong.Say(kind, errorText(s.e.text, err))
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
	s.work.start(func(ctx context.Context, c *listing.Count) (listing.Result, error) {
		return s.e.co.Files.Take(ctx, order, c)
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
			s.p.remember(s.found.Header, s.mapping)
			s.planned, s.finished = r, true
			s.done(r)
		})
}

func (s *importSheet) setTaking(on bool) {
	s.taking = on
	s.columns.enable(!on)
	showIf(s.cancel, on)
	showIf(s.promise, !on)
	showIf(s.take, !on)
	showIf(s.errors, !on && s.planned.ProblemCount > 0)
	s.cancel.SetText(s.e.t("import.cancel"))
	s.cancel.Enable()
	s.wrong.Hide()
	s.object.Refresh()
}

// quit asks the import to end; what came of it is told all the same.
func (s *importSheet) quit() {
	s.cancel.SetText(s.e.t("import.cancelling"))
	s.cancel.Disable()
	s.work.quit()
}

// escape cancels the smallest open thing: the import that is being written, else the page.
func (s *importSheet) escape() {
	if s.taking {
		s.quit()
		return
	}
	s.p.back()
}

// done shows what came of the import, and where to go from there.
func (s *importSheet) done(r listing.Result) {
	e := s.e
	icon := widget.NewIcon(theme.NewColoredResource(theme.ConfirmIcon(), theme.ColorNameSuccess))
	buttons := container.NewHBox()
	box := container.NewVBox(
		widgets.NewBorder(nil, nil, container.NewCenter(icon), nil, widgets.NewBody(e.t("import.done", r.Added, r.Updated, r.Unchanged, r.Refused)).Bold()),
		widgets.NewMuted(filepath.Base(s.found.Path)))
	if words := s.repeated(r); words != "" {
		box.Add(widgets.NewBody(words))
	}
	again := widgets.NewIconButton(e.t("import.again"), theme.ContentAddIcon(), s.p.back)
	if r.ProblemCount > 0 {
		box.Add(widgets.NewBody(e.t("import.done.problems", r.ProblemCount)))
		buttons.Add(s.errors)
		s.errors.Show()
	}
	buttons.Add(again)
	if s.p.w.toProducts != nil {
		products := widgets.NewIconButton(e.t("import.to-products"), theme.NavigateNextIcon(), s.p.w.toProducts)
		products.Importance = widget.HighImportance
		buttons.Add(products)
	}
	buttons.Add(layout.NewSpacer())
	box.Add(s.wrong)
	box.Add(widgets.Gap(2))
	box.Add(buttons)
	s.p.put(container.NewVScroll(container.NewVBox(widgets.MaxWidth(760, widgets.NewPanel(widgets.Inset(6, 4, box))))))
	s.p.w.refresh()
}

// saveErrors writes the rows with problems as a file of their own.
func (s *importSheet) saveErrors() {
	order := s.order()
	s.errors.Disable()
	s.wrong.Say(widgets.BannerInfo, s.e.t("import.errors.writing"))
	background(s.e, func(ctx context.Context) (string, error) { return s.e.co.Files.Refused(ctx, order) },
		func(path string, err error) {
			s.errors.Enable()
			if err != nil {
				s.refuse(err)
				return
			}
			s.path = path
			s.wrong.Say(widgets.BannerGood, s.e.t("import.errors.saved", path), s.folder)
		})
}
