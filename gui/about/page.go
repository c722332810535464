// Package about is Hakkında: what the program is, which one, and the licences of the works of others in it.
package about

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

const sheetMargin = 20

// Page is Hakkında.
type Page struct {
	*kit.Leaves
	e *kit.Env
}

// New makes the page of a version of the program.
func New(e *kit.Env, version string) *Page {
	leaves := &kit.Leaves{Root: container.NewStack(), Said: widgets.NewBanner()}
	p := &Page{Leaves: leaves, e: e}
	p.Uncovered = func() {}
	if version == "" {
		version = e.T("none")
	}
	licences := widgets.NewIconButton(e.T("about.licences"), theme.DocumentIcon(), func() { p.Push(newWorkList(p)) })
	p.Sheet = widgets.Inset(sheetMargin, 16, widgets.MaxWidth(640, container.NewVBox(
		widgets.NewTitle(e.T("app.name")),
		widgets.NewBody(e.T("about.text")),
		widgets.NewMuted(e.T("about.version", version)),
		widgets.NewMuted(e.T("about.licence")),
		widgets.NewMuted(e.T("about.keys")),
		widgets.Gap(6), p.Said, widgets.Wrap(licences))))
	p.Root.Objects = []fyne.CanvasObject{p.Sheet}
	return p
}

// Content is always the same object.
func (p *Page) Content() fyne.CanvasObject { return p.Root }

// Show shows what is in front.
func (p *Page) Show() {
	if l := p.Top(); l != nil {
		l.Show()
	}
}
