package gui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// The keys of Preferences that this page keeps: the last file, and the mapping of each header.
const (
	preferenceImportPath    = "import.path"
	preferenceImportMapping = "import.mapping."
)

// importPage is Dosyadan Al: a file is chosen, what its columns become is looked at, and only then
// something is written.
type importPage struct {
	w      *Window
	e      *env
	object fyne.CanvasObject
	holder *fyne.Container
	choose *importChoose
	sheet  *importSheet // nil while no file is open
	asked  int          // numbers the looks at files: only the last one counts
	leave  func()       // ends the look that is under way
}

func newImportPage(w *Window) *importPage {
	p := &importPage{w: w, e: w.e, holder: container.NewStack(), leave: func() {}}
	p.choose = newImportChoose(p)
	p.object = widgets.NewBorder(container.NewVBox(widgets.Inset(12, 2, widgets.NewTitle(w.e.t("import.title")).OneLine()), widget.NewSeparator()),
		nil, nil, nil, widgets.Inset(16, 6, p.holder))
	p.put(p.choose.object)
	return p
}

// openFileImport brings Dosyadan Al into view.
func (w *Window) openFileImport() {
	if w.co.Files != nil {
		w.open(viewImport)
	}
}

// dropped opens a file that was dropped onto the window.
func (w *Window) dropped(_ fyne.Position, files []fyne.URI) {
	if w.co.Files == nil || w.e.modal != nil || w.closed || len(files) == 0 || w.files.busy() {
		return
	}
	path := files[0].Path()
	w.page.leave(func() {
		w.show(viewImport)
		w.files.open(path, listing.Reading{}, nil)
	})
}

// show is called when the page comes into view.
func (p *importPage) show() {
	switch {
	case p.sheet == nil:
		p.choose.show()
	case p.sheet.finished: // the result was seen; the next file is wanted
		p.back()
	}
}

// busy tells whether an import is being written.
func (p *importPage) busy() bool { return p.sheet != nil && p.sheet.taking }

// put brings a step into view.
func (p *importPage) put(o fyne.CanvasObject) {
	widgets.Leave(p.holder)
	p.holder.Objects = []fyne.CanvasObject{o}
	p.holder.Refresh()
}

// back leaves the open file for the choice of another one.
func (p *importPage) back() {
	if p.busy() {
		return
	}
	if p.sheet != nil {
		p.sheet.work.stop()
		p.sheet = nil
	}
	p.stopLooking()
	p.put(p.choose.object)
	p.choose.show()
}

// stopLooking ends the look at a file that is under way; nobody is told what it found.
func (p *importPage) stopLooking() {
	p.asked++
	p.leave()
	p.choose.looking(false)
}

// sight is what is known of a file, and what its columns became the last time.
type sight struct {
	found      listing.Found
	remembered listing.Mapping
}

// open looks at a file and shows what is in it; mapping is what its columns become if it still fits,
// nil for what was remembered or is suggested.
func (p *importPage) open(path string, r listing.Reading, mapping listing.Mapping) {
	if path == "" || p.busy() {
		return
	}
	p.stopLooking()
	asked := p.asked
	ctx, leave := context.WithCancel(p.e.ctx)
	p.leave = leave
	p.choose.looking(true)
	background(p.e, func(context.Context) (sight, error) {
		defer leave()
		found, err := p.e.co.Files.Inspect(ctx, path, r)
		if err != nil {
			return sight{}, err
		}
		return sight{found, p.remembered(ctx, found.Header)}, nil
	}, func(l sight, err error) {
		if asked != p.asked {
			return
		}
		p.choose.looking(false)
		switch {
		case err != nil && p.sheet != nil:
			p.sheet.refuse(err)
		case err != nil:
			p.put(p.choose.object)
			p.choose.refuse(path, err)
		default:
			p.bring(l, r, mapping)
		}
	})
}

// bring shows the mapping page of a file.
func (p *importPage) bring(l sight, r listing.Reading, mapping listing.Mapping) {
	if p.sheet != nil {
		p.sheet.work.stop()
	}
	remembered := false
	switch {
	case len(mapping) == len(l.found.Header):
		l.found.Mapping = mapping
	case l.remembered != nil:
		remembered = l.remembered.String() != l.found.Mapping.String()
		l.found.Mapping = l.remembered
	}
	p.w.keep(preferenceImportPath, l.found.Path)
	p.sheet = newImportSheet(p, l.found, r, remembered)
	p.put(p.sheet.object)
	p.sheet.plan()
}

// remembered gives the mapping that files with this header had the last time, nil for none.
func (p *importPage) remembered(ctx context.Context, header []string) listing.Mapping {
	if p.w.cfg.Preferences == nil {
		return nil
	}
	text, err := p.w.cfg.Preferences.Preference(ctx, preferenceImportMapping+listing.Fingerprint(header))
	if err != nil || text == "" {
		return nil
	}
	m, _ := listing.ParseMapping(text, len(header))
	return m
}

// remember keeps the mapping for the next file with this header.
func (p *importPage) remember(header []string, m listing.Mapping) {
	p.w.keep(preferenceImportMapping+listing.Fingerprint(header), m.String())
}

// typedKey takes Esc that no focused widget took, and tells whether it used it.
func (p *importPage) typedKey(k *fyne.KeyEvent) bool {
	switch {
	case k.Name != fyne.KeyEscape:
		return false
	case p.sheet != nil:
		p.sheet.escape()
	case p.choose.wait.Visible():
		p.stopLooking()
	default:
		return false
	}
	return true
}
