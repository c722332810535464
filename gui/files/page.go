// Package files is Dosyadan Al: products of a CSV, XLSX or XML file, looked at before anything is written.
package files

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// Page is Dosyadan Al: a file is chosen, what its columns become is looked at, and only then
// something is written.
type Page struct {
	e      *env
	object fyne.CanvasObject
	holder *fyne.Container
	choose *kit.FileChoice
	last   *kit.LastFile // under the choice of a file
	start  fyne.CanvasObject
	sheet  *importSheet // nil while no file is open
	asked  int          // numbers the looks at files: only the last one counts
	leave  func()       // ends the look that is under way
	first  bool         // nothing has come from İşbaşı yet: Bugün says what is next
}

// New makes the page.
func New(e *kit.Env, co Company) *Page {
	p := &Page{e: &env{e, co}, holder: container.NewStack(), leave: func() {}}
	p.choose = kit.NewFileChoice(e, co, e.T("import.choose.text"), func(path string) { p.Open(path, listing.Reading{}, nil) }, p.stopLooking, p.escape)
	p.last = newLastImport(p.e, p.escape)
	p.start = p.last.Under(p.choose.Object)
	p.object = widgets.NewBorder(container.NewVBox(widgets.Inset(12, 2, widgets.NewTitle(e.T("import.title")).OneLine()), widget.NewSeparator()),
		nil, nil, nil, widgets.Inset(16, 6, p.holder))
	p.put(p.start)
	return p
}

// escape is Esc where a file is chosen.
func (p *Page) escape() {
	if !p.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape}) {
		p.e.Frame.Back()
	}
}

// Content is always the same object.
func (p *Page) Content() fyne.CanvasObject { return p.object }

// Show asks for the next file once the result of the last one was seen.
func (p *Page) Show() {
	switch {
	case p.sheet == nil:
		p.begin()
	case p.sheet.finished: // the result was seen; the next file is wanted
		p.Back()
	}
}

// ShowFacts is told what stands around the page.
func (p *Page) ShowFacts(f kit.Facts) { p.first = !f.Imported() }

// begin asks for a file.
func (p *Page) begin() {
	p.choose.Show()
	p.last.Show()
}

// busy tells whether an import is being written, or taken back.
func (p *Page) busy() bool {
	return p.last.Busy() || p.sheet != nil && (p.sheet.taking || p.sheet.last.Busy())
}

// put brings a step into view.
func (p *Page) put(o fyne.CanvasObject) {
	widgets.Leave(p.holder)
	p.holder.Objects = []fyne.CanvasObject{o}
	p.holder.Refresh()
}

// Back leaves the open file for the choice of another one.
func (p *Page) Back() {
	if p.busy() {
		return
	}
	if p.sheet != nil {
		p.sheet.task.Stop()
		p.sheet = nil
	}
	p.stopLooking()
	p.put(p.start)
	p.begin()
}

// stopLooking ends the look at a file that is under way; nobody is told what it found.
func (p *Page) stopLooking() {
	p.asked++
	p.leave()
	p.choose.Looking(false)
}

// sight is what is known of a file, and what its columns became the last time.
type sight struct {
	found      listing.Found
	above      []listing.Row // the first rows as they stand; XML has none
	remembered listing.Mapping
}

// Open looks at a file and shows what is in it; mapping is what its columns become if it still fits,
// nil for what was remembered or is suggested.
func (p *Page) Open(path string, r listing.Reading, mapping listing.Mapping) {
	if path == "" || p.busy() {
		return
	}
	p.stopLooking()
	asked := p.asked
	ctx, leave := context.WithCancel(p.e.Ctx)
	p.leave = leave
	p.choose.Looking(true)
	kit.Background(p.e.Env, func(context.Context) (sight, error) {
		defer leave()
		found, err := p.e.co.Inspect(ctx, path, r)
		if err != nil {
			return sight{}, err
		}
		l := sight{found: found, remembered: remembered(ctx, p.e.Env, found.Header)}
		as := r
		if as.Sheet = found.Reading.Sheet; found.Format != "xml" && as.Sheet != listing.AllSheets {
			l.above, err = p.e.co.FirstRows(ctx, path, as)
		}
		return l, err
	}, func(l sight, err error) {
		if asked != p.asked {
			return
		}
		p.choose.Looking(false)
		switch {
		case err != nil && p.sheet != nil:
			p.sheet.refuse(err)
		case err != nil:
			p.put(p.start)
			p.choose.Refuse(path, err)
		default:
			p.Bring(l, r, mapping)
		}
	})
}

// Bring shows the mapping page of a file.
func (p *Page) Bring(l sight, r listing.Reading, mapping listing.Mapping) {
	if p.sheet != nil {
		p.sheet.task.Stop()
	}
	known := false // the mapping is the one of the last time
	switch {
	case len(mapping) == len(l.found.Header):
		l.found.Mapping = mapping
	case l.remembered != nil:
		known = l.remembered.String() != l.found.Mapping.String()
		l.found.Mapping = l.remembered
	}
	p.e.SavePreference(kit.PreferenceImportPath, l.found.Path)
	p.sheet = newImportSheet(p.e, l, r, known, sheetActs{p.Back, p.put, p.Open, func() bool { return p.first }})
	p.put(p.sheet.object)
	p.sheet.plan()
}

// TypedKey takes Esc that no focused widget took, and tells whether it used it.
func (p *Page) TypedKey(k *fyne.KeyEvent) bool {
	switch {
	case k.Name != fyne.KeyEscape:
		return false
	case p.sheet != nil:
		p.sheet.escape()
	case p.choose.IsLooking():
		p.stopLooking()
	default:
		return false
	}
	return true
}
