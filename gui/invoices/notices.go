package invoices

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// notices are what waits for a person, or for better times, over the list: each a sentence with the button that
// mends it.
type notices struct {
	e        *env
	acts     noticeActs
	object   fyne.CanvasObject
	restored *widgets.Banner
	unknown  *widgets.Banner
	lost     *widgets.Banner
	queue    *widgets.Banner
	tasks    *widgets.Banner
	busy     bool
}

// noticesHeight leaves the list some rows in the smallest window.
const noticesHeight = 196

// noticeActs is what the notices' buttons do.
type noticeActs struct {
	lookUp, again, drop, goOn, tasks func()
}

func newNotices(e *env, acts noticeActs) *notices {
	n := &notices{
		e: e, acts: acts, restored: widgets.NewBanner(), unknown: widgets.NewBanner(), lost: widgets.NewBanner(), queue: widgets.NewBanner(), tasks: widgets.NewBanner(),
	}
	n.object = widgets.MaxHeight(noticesHeight, container.NewVBox(n.restored, n.unknown, n.lost, n.queue, n.tasks))
	n.object.Hide()
	return n
}

// set says what there is.
func (n *notices) set(f found) {
	e := n.e
	for _, b := range n.all() {
		b.Hide()
	}
	if f.standing.Restored {
		n.restored.Say(widgets.BannerWarning, e.T("invoices.restored"))
	}
	if f.unknown > 0 {
		n.unknown.Say(widgets.BannerWarning, e.T("invoices.unknown", f.unknown),
			widgets.NewIconButton(e.T("invoices.look-up", e.Calls(f.lookUp)), theme.SearchIcon(), n.acts.lookUp))
	}
	if len(f.lost) > 0 {
		n.lost.Say(widgets.BannerWarning, e.T("invoices.lost", len(f.lost)), widgets.NewIconButton(e.T("invoices.again"), theme.ViewRefreshIcon(), n.acts.again))
	}
	if f.standing.Queued > 0 {
		n.sayQueue(f)
	}
	if f.standing.Tasks > 0 {
		n.tasks.Say(widgets.BannerInfo, e.T("invoices.tasks.open", f.standing.Tasks), widgets.NewIconButton(e.T("invoices.tasks.show"), theme.ListIcon(), n.acts.tasks))
	}
	n.setBusy(n.busy)
}

// sayQueue says what waits, why, and when it goes on.
func (n *notices) sayQueue(f found) {
	e := n.e
	waits := e.T("invoices.queue", f.standing.Queued)
	drop := widgets.NewIconButton(e.T("invoices.queue.drop"), theme.ContentClearIcon(), n.acts.drop)
	switch kind := domain.KindOf(f.hindrance); {
	case kind == "":
		n.queue.Say(widgets.BannerInfo, waits, drop)
	case kind == domain.KindCancelled:
		n.queue.Say(widgets.BannerInfo, e.T("invoices.queue.stopped", f.standing.Queued), widgets.NewIconButton(e.T("sync.go-on"), theme.MediaPlayIcon(), n.acts.goOn), drop)
	case kind == domain.KindNoUser:
		n.queue.Say(widgets.BannerWarning, n.why(waits, f), widgets.NewButton(e.T("orders.run.to-api"), func() { e.Frame.Open(kit.PlaceAPI) }), drop)
	case kind.AtSignIn():
		n.queue.Say(widgets.BannerWarning, n.why(waits, f),
			widgets.NewIconButton(e.T("transfer.reauthorise"), theme.LoginIcon(), func() { e.Frame.Open(kit.PlaceAPI) }), drop)
	default:
		n.queue.Say(widgets.BannerWarning, n.why(waits, f), drop)
	}
}

// why adds to what waits what holds it up, and until when.
func (n *notices) why(waits string, f found) string {
	return strings.TrimSpace(strings.Join([]string{waits, n.e.Error(f.hindrance), n.e.GoesOn(f.goesOn, n.e.Now())}, " "))
}

// setBusy takes the notices away while a run works: it tells how it stands itself, and may mend what they say.
func (n *notices) setBusy(busy bool) {
	n.busy = busy
	some := false
	for _, b := range n.all() {
		some = some || b.Visible()
	}
	widgets.ShowIf(n.object, some && !busy)
	n.object.Refresh()
}

// all are the notices, the most urgent first.
func (n *notices) all() []*widgets.Banner {
	return []*widgets.Banner{n.restored, n.unknown, n.lost, n.queue, n.tasks}
}
