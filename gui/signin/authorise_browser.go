package signin

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// browserWait is how long İşbaşı's page may take (architecture.md "Authorisation in the browser").
const browserWait = 5 * time.Minute

// browserStep is step 2 of the wizard: İşbaşı's page is open in the browser, and the wizard waits for
// the answer or for a key typed by hand.
type browserStep struct {
	e       *env
	object  fyne.CanvasObject
	left    *widgets.Text
	note    *widgets.Banner
	again   *widgets.Button
	copied  *widgets.Button
	key     *widgets.Entry
	keyRow  *widgets.Row
	hand    *fyne.Container
	address string
	agreed  string // a host outside Logo's that the page may lie on
	pasted  chan domain.Secret
	ends    time.Time
}

// newBrowserStep makes the step; leave ends the round.
func newBrowserStep(e *env, agreed string, leave func()) *browserStep {
	b := &browserStep{
		e: e, agreed: agreed, left: widgets.NewTitle(words.Countdown(browserWait)).OneLine(), note: widgets.NewBanner(),
		key: widgets.NewPasswordEntry(""), pasted: make(chan domain.Secret, 1), ends: e.Now().Add(browserWait),
	}
	b.again = widgets.NewIconButton(e.T("wizard.again"), theme.ViewRefreshIcon(), b.reopen)
	b.copied = widgets.NewIconButton(e.T("copy.address"), theme.ContentCopyIcon(), func() { e.App.Clipboard().SetContent(b.address) })
	b.again.Disable()
	b.copied.Disable()
	byHand := widgets.NewButton(e.T("wizard.byhand"), b.openHand)
	stop := widgets.NewButton(e.T("cancel"), leave)
	b.keyRow = widgets.NewRow(e.T("wizard.pasted"), b.key, e.T("wizard.pasted.help"))
	send := widgets.NewButton(e.T("wizard.send"), b.send)
	b.hand = container.NewVBox(b.keyRow, endOf(layout.NewSpacer(), send))
	b.hand.Hide()
	b.key.OnSubmitted = func(string) { b.send() }
	for _, x := range []interface{ SetEscape(func()) }{b.key, b.again, b.copied, byHand, stop, send} {
		x.SetEscape(leave)
	}
	b.object = widgets.Scrolled(
		widgets.NewBody(e.T("wizard.browser.text")), widgets.NewMuted(e.T("firm.read")),
		container.New(layout.NewRowWrapLayout(), b.again, b.copied, byHand, stop),
		container.NewHBox(widgets.Gap(2), widgets.Centred(widget.NewIcon(theme.HistoryIcon())), widgets.Centred(b.left), widgets.Centred(widgets.NewMuted(e.T("wizard.left")).OneLine())),
		widgets.MaxWidth(widgets.MaxRowWidth, b.note), b.hand)
	return b
}

// browser is what the sign-in needs of the surroundings, until ctx ends with the round; its functions are
// called off the interface's thread.
func (b *browserStep) browser(ctx context.Context) domain.Browser {
	e := b.e
	later := func(f func()) {
		e.Do(func() {
			if ctx.Err() == nil {
				f()
			}
		})
	}
	return domain.Browser{
		Open: func(address string) error {
			err := e.OpenURL(address)
			if err != nil {
				later(func() { b.note.Say(widgets.BannerWarning, e.T("wizard.noopen")) })
			}
			return err
		},
		Address: func(address string) {
			later(func() {
				b.address = address
				b.again.Enable()
				b.copied.Enable()
			})
		},
		ConsentHost: b.agreed,
		Pasted:      b.pasted,
		Note: func(err error) {
			later(func() {
				text := e.Error(err)
				if domain.KindOf(err) == domain.KindPortTaken {
					b.openHand()
				} else {
					text = e.T("wizard.stray", text)
				}
				b.note.Say(widgets.BannerWarning, text)
			})
		},
		Lang: e.Lang,
	}
}

// count draws what is left of the five minutes, every second, until the round ends.
func (b *browserStep) count(ctx context.Context) {
	e := b.e
	go func() {
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				e.Do(func() {
					if ctx.Err() == nil {
						b.left.SetText(words.Countdown(b.ends.Sub(e.Now())))
					}
				})
			}
		}
	}()
}

// reopen shows İşbaşı's page once more.
func (b *browserStep) reopen() {
	if b.address != "" {
		b.e.Visit(b.address)
	}
}

// openHand shows the box for a key that is copied from İşbaşı's page.
func (b *browserStep) openHand() {
	b.hand.Show()
	b.e.Win.Canvas().Focus(b.key)
}

// send hands the typed key over; whether it counts is İşbaşı's word.
func (b *browserStep) send() {
	if !b.hand.Visible() {
		return
	}
	key := domain.TypedSecret(b.key.Text)
	if key.Empty() {
		b.keyRow.SetError(b.e.T("invalid.required"))
		return
	}
	b.keyRow.SetError("")
	select {
	case b.pasted <- key:
		b.key.SetText("")
		b.note.Say(widgets.BannerInfo, b.e.T("wizard.sent"))
	default: // the one before is still being tried
	}
}
