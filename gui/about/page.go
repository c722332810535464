// Package about is Hakkında: what the program is, which one, and the licences of the works of others in it.
package about

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

const sheetMargin = 20

// Support makes the file that a person sends to support.
type Support interface {
	// SupportFile writes it where the person finds it and gives its path.
	SupportFile(ctx context.Context) (string, error)
}

// Updates tells of newer versions.
type Updates interface {
	// Newer gives the newest version that was found, "" where the running one is no older.
	Newer(ctx context.Context) (string, error)
	// Checks tells whether the person wants to be told.
	Checks(ctx context.Context) (bool, error)
	SetChecks(ctx context.Context, on bool) error
}

// Page is Hakkında.
type Page struct {
	*kit.Leaves
	e       *kit.Env
	support Support
	ask     *widgets.Button
	updates Updates
	newer   *widgets.Button // leads to what is new
	checks  *widgets.Button // switches the asking
	on      bool
}

// New makes the page of a version of the program.
func New(e *kit.Env, version string, support Support, updates Updates) *Page {
	leaves := &kit.Leaves{Root: container.NewStack(), Said: widgets.NewBanner()}
	p := &Page{Leaves: leaves, e: e, support: support, updates: updates}
	p.Uncovered = func() {}
	if version == "" {
		version = e.T("none")
	}
	licences := widgets.NewIconButton(e.T("about.licences"), theme.DocumentIcon(), func() { p.Push(newWorkList(p)) })
	p.ask = widgets.NewIconButton(e.T("about.support"), theme.MailAttachmentIcon(), p.MakeSupportFile)
	p.newer = widgets.NewIconButton("", theme.InfoIcon(), func() { e.Visit(assets.ReleasesURL()) })
	p.newer.Hide()
	p.checks = widgets.NewButton(e.T("about.updates.off"), p.switchChecks)
	p.Sheet = widgets.Inset(sheetMargin, 16, widgets.MaxWidth(640, container.NewVBox(
		widgets.NewTitle(e.T("app.name")),
		widgets.NewBody(e.T("about.text")),
		widgets.NewMuted(e.T("about.version", version)),
		widgets.NewMuted(e.T("about.licence")),
		widgets.NewMuted(e.T("about.keys")),
		widgets.Gap(6), p.Said, p.newer, widgets.Wrap(p.ask, licences, p.checks))))
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
	p.look()
}

// look shows whether there is a newer version, and whether one is asked for. What cannot be read is not shown: it is no matter to
// trouble a person with.
func (p *Page) look() {
	type known struct {
		newer string
		on    bool
	}
	kit.Background(p.e, func(ctx context.Context) (k known, err error) {
		if k.on, err = p.updates.Checks(ctx); err == nil {
			k.newer, err = p.updates.Newer(ctx)
		}
		return k, err
	}, func(k known, err error) {
		if err != nil {
			return
		}
		p.on = k.on
		p.checks.SetText(p.e.T("about.updates.off"))
		if !p.on {
			p.checks.SetText(p.e.T("about.updates.on"))
		}
		p.newer.SetText(p.e.T("about.updates.newer", k.newer))
		widgets.ShowIf(p.newer, k.newer != "")
		p.Root.Refresh()
	})
}

func (p *Page) switchChecks() {
	on := !p.on
	kit.Background(p.e, func(ctx context.Context) (struct{}, error) { return struct{}{}, p.updates.SetChecks(ctx, on) },
		func(_ struct{}, err error) {
			if err != nil {
				p.Said.Say(widgets.BannerError, p.e.Error(err))
			}
			p.look()
		})
}

// MakeSupportFile makes the file for support and says where it is.
func (p *Page) MakeSupportFile() {
	if p.ask.Disabled() {
		return
	}
	p.Close()
	p.ask.Disable()
	p.Said.Say(widgets.BannerInfo, p.e.T("about.support.making"))
	kit.Act(p.e, "export", p.support.SupportFile, func(path string, err error) {
		p.ask.Enable()
		if err != nil {
			p.Said.Say(widgets.BannerError, p.e.Error(err))
			return
		}
		p.Said.Say(widgets.BannerGood, p.e.T("about.support.done", path),
			widgets.NewIconButton(p.e.T("rows.show-folder"), theme.FolderOpenIcon(), func() { p.e.ShowFolder(path) }))
	})
}
