package today

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// The measures of the page.
const (
	formWidth  = 580 // the field stands near its label
	textMargin = 8   // that texts bring along: buttons stand under their letters
)

// firstRun is the page before anything was authorised or brought over.
type firstRun struct {
	e      *kit.Env
	object fyne.CanvasObject
	demo   bool
	ways   Ways
	key    *widgets.Entry
	row    *widgets.Row
	known  domain.Connection
	bare   fyne.CanvasObject // products of a file are here, and no backup of them is made
}

func newFirstRun(e *kit.Env, demo bool, ways Ways) *firstRun {
	r := &firstRun{e: e, demo: demo, ways: ways, key: widgets.NewPasswordEntry("")}
	r.row = widgets.NewRow(e.T("api.key"), r.key, e.T("wizard.key.help"))
	r.key.OnSubmitted = func(string) { r.authorise() }
	start := widgets.NewIconButton(e.T("today.authorise"), theme.LoginIcon(), r.authorise).Primary()
	none := widgets.NewIconButton(e.T("today.no-key"), theme.MailComposeIcon(), func() { e.Visit(e.KeyLetter()) })
	files := widgets.NewIconButton(e.T("today.files"), theme.FolderOpenIcon(), func() { e.Frame.Open(kit.PlaceFiles) })
	others := []fyne.CanvasObject{widgets.Centred(widgets.NewMuted(e.T("today.or")).OneLine()), files}
	if !demo {
		others = append(others, widgets.NewIconButton(e.T("today.demo"), theme.MediaPlayIcon(), ways.Demo))
	}
	for _, o := range others {
		if b, ok := o.(*widgets.Button); ok {
			b.Importance = widget.LowImportance
		}
	}
	none.Importance = widget.LowImportance
	r.bare = fineLine(e, unprotected(e))
	r.bare.Hide()
	r.object = container.NewVScroll(widgets.Inset(24, 18, widgets.MaxWidth(lineWidth, container.NewVBox(
		widgets.NewTitle(e.T("today.welcome")), widgets.NewMuted(e.T("today.welcome.text")), widgets.Gap(6),
		widgets.MaxWidth(formWidth, r.row), widgets.Inset(textMargin, 0, widgets.Wrap(start, none)),
		widgets.Gap(6), widgets.Inset(textMargin, 0, widget.NewSeparator()), widgets.Wrap(others...), r.bare))))
	return r
}

// set takes what is known of the connection: a key that was kept need not be typed again.
func (r *firstRun) set(c domain.Connection) {
	r.known = c
	switch {
	case c.KeyTail != "":
		r.row.SetHint(r.e.T("wizard.key.kept", c.KeyTail))
	case r.demo:
		r.row.SetHint(r.e.T("wizard.key.demo"))
	default:
		r.row.SetHint("")
	}
}

// authorise goes on in the browser, or says at the field that the key is missing.
func (r *firstRun) authorise() {
	key := strings.TrimSpace(r.key.Text)
	if key == "" && r.known.KeyTail == "" && !r.demo {
		r.row.SetError(r.e.T("invalid.required"))
		r.row.Focus(r.e.Win.Canvas())
		return
	}
	r.row.SetError("")
	r.key.SetText("")
	r.ways.Authorise(r.known, key)
}
