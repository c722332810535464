package gui

import (
	"cmp"
	"context"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// The measures of the dialog.
const (
	jumpWidth  = 420
	jumpHeight = 320
	jumpMost   = 8 // hits that are shown: as many as stand in it
)

// target is somewhere to jump to.
type target struct {
	name, kind string
	company    domain.CompanyID // "": it is a page
	open       func()
}

// targets are the companies and the pages, in the order of switcher and menu.
func (w *Window) targets() []target {
	var all []target
	for _, c := range w.header.companies {
		all = append(all, target{domain.Line(c.Name), w.e.T("jump.company"), c.ID, func() { w.enter(c.ID) }})
	}
	for p := kit.PlaceERP; p < kit.PlaceSettings; p++ {
		if p.Known() && (p != kit.PlaceCompanies || len(w.cfg.Companies) >= manyCompanies) {
			all = append(all, target{w.e.T(p.Name()), w.e.T("jump.page"), "", func() { w.Open(p) }})
		}
	}
	for p := kit.PlaceGuide; p <= kit.PlaceReview; p++ {
		all = append(all, target{w.e.T(p.Title()), w.e.T("isbasi.settings"), "", func() { w.Open(p) }})
	}
	return all
}

// askJump asks for a company or a page and opens it: Enter takes the first that has the words.
func (w *Window) askJump() {
	e := w.e
	entry, list, none := widgets.NewEntry(e.T("jump.hint")), container.NewVBox(), widgets.NewMuted(e.T("jump.none"))
	all := w.targets()
	waits := map[domain.CompanyID]string{} // as far as they are known
	var m *kit.Modal
	var hits []target
	take := func(i int) {
		if i < len(hits) {
			e.CloseModal(m)
			hits[i].open()
		}
	}
	fill := func(sought string) {
		hits = nil
		list.RemoveAll()
		for _, t := range all {
			if len(hits) < jumpMost && kit.HasWords(t.name, sought) {
				i := len(hits)
				hits = append(hits, t)
				item := widgets.NewItem("", t.name, nil, func() { take(i) })
				item.SetCount(cmp.Or(waits[t.company], t.kind))
				item.SetSelected(i == 0)
				item.SetEscape(func() { m.Cancel() })
				list.Add(item)
			}
		}
		if len(hits) == 0 {
			list.Add(none)
		}
	}
	fill("")
	entry.OnChanged = fill
	entry.OnSubmitted = func(string) { take(0) }
	m = e.AskWith(e.T("jump.title"), widgets.FixedWidth(jumpWidth, container.NewVBox(entry, widgets.FixedHeight(jumpHeight, container.NewVScroll(list)))),
		kit.Answer{Label: e.T("cancel"), Importance: widget.LowImportance})
	if m == nil {
		return
	}
	entry.SetEscape(m.Cancel)
	e.Win.Canvas().Focus(entry)
	kit.Background(e, w.waiting, func(of map[domain.CompanyID]string, err error) {
		if err == nil && e.Modal == m {
			waits = of
			fill(entry.Text)
		}
	})
}

// waiting words what waits in each company for the person, decisions and orders; where nothing does it has no word. One that
// cannot be read says so in Şirketler.
func (w *Window) waiting(ctx context.Context) (map[domain.CompanyID]string, error) {
	of, e := map[domain.CompanyID]string{}, w.e
	for _, c := range w.header.companies {
		f, err := machine{w}.Facts(ctx, c)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err == nil {
			of[c.ID] = words.Listed(" · ", e.Counted("jump.decisions", f.Undecided+f.Waiting), e.Counted("jump.orders", f.Uninvoiced()))
		}
	}
	return of, nil
}
