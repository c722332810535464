// Package orders is Siparişler: the orders that came, why they wait, and what makes invoices of them.
package orders

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/orders/intake"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// Page is Siparişler: a list of the orders, and sheets in front of it.
type Page struct {
	*kit.Leaves
	e      *env
	list   *orderList
	work   *workPanel
	last   *correction   // what Ctrl+Z takes back, nil: nothing
	file   *kit.LastFile // that was taken just now
	asked  int
	stages map[orders.Stage]int // how many orders each has

	why     *widgets.Banner // what could not be fetched
	prepare *widgets.Button
	take    *widgets.Button
	typeIt  *widgets.Button
	some    fyne.CanvasObject // the list
	none    fyne.CanvasObject // in its place while there is no order
}

// New makes the page.
func New(k *kit.Env, co Company) *Page {
	e := &env{k, co, &kit.Leaves{Said: widgets.NewBanner()}}
	p := &Page{Leaves: e.Leaves, e: e, why: widgets.NewBanner()}
	p.Uncovered = p.uncovered
	p.list = newOrderList(e, listActs{open: p.open, menu: p.menu})
	p.work = newWorkPanel(e, p.enable, p.ended)
	p.arrange()
	p.work.watch()
	return p
}

func (p *Page) arrange() {
	e := p.e
	p.prepare = widgets.NewIconButton(e.T("orders.page.prepare"), theme.DocumentCreateIcon(), p.plan).Primary()
	p.take = widgets.NewIconButton(e.T("orders.page.take"), theme.DownloadIcon(), p.choose)
	p.typeIt = widgets.NewIconButton(e.T("orders.page.type"), theme.ContentAddIcon(), p.typeOrder)
	for _, b := range []*widgets.Button{p.prepare, p.take, p.typeIt} {
		b.SetEscape(p.list.escape)
	}
	p.prepare.Disable()
	p.file = intake.NewLastFile(e.Env, e.co, p.forgotten, p.list.escape)
	p.file.Once = true
	p.some = p.list.object
	p.none = p.teach()
	p.some.Hide()
	p.none.Hide()
	p.Sheet = widgets.NewBorder(container.NewVBox(
		widgets.NewBorder(nil, nil, widgets.NewTitle(e.T("menu.orders")).OneLine(), container.NewHBox(p.take, p.typeIt, p.prepare)),
		p.why, p.Said, p.file.Object, p.work.object),
		nil, nil, nil, container.NewStack(p.some, p.none))
	p.Root = container.NewStack(p.Sheet)
}

// teach says how orders come here.
func (p *Page) teach() fyne.CanvasObject {
	e := p.e
	take := widgets.NewIconButton(e.T("orders.page.take"), theme.DownloadIcon(), p.choose).Primary()
	typeIt := widgets.NewIconButton(e.T("orders.page.type"), theme.ContentAddIcon(), p.typeOrder)
	return container.NewVBox(widgets.MaxWidth(760, widgets.NewPanel(container.NewVBox(
		widgets.NewBody(e.T("orders.page.empty")).Bold(), widgets.NewBody(e.T("orders.page.empty.file")),
		container.NewHBox(widgets.Gap(2), take, layout.NewSpacer()), widgets.Gap(4),
		widgets.NewBody(e.T("orders.page.empty.type")), container.NewHBox(widgets.Gap(2), typeIt, layout.NewSpacer())))))
}

// Content is always the same object.
func (p *Page) Content() fyne.CanvasObject { return widgets.Inset(10, 6, p.Root) }

// Show fetches anew.
func (p *Page) Show() {
	if l := p.Top(); l != nil {
		l.Show()
		return
	}
	p.load()
}

// load counts the orders, and lists them if there are some.
func (p *Page) load() {
	kit.Newest(p.e.Env, &p.asked, p.e.co.OrderStages, func(of map[orders.Stage]int, err error) {
		if err != nil {
			p.why.Say(widgets.BannerError, p.e.Error(err), widgets.NewButton(p.e.T("orders.page.retry"), p.load))
			p.Sheet.Refresh()
			return
		}
		p.loaded(of)
	})
}

func (p *Page) loaded(of map[orders.Stage]int) {
	e, ready, all := p.e, of[orders.StageReady], 0
	for _, n := range of {
		all += n
	}
	p.why.Hide()
	widgets.ShowIf(p.some, all > 0)
	widgets.ShowIf(p.none, all == 0)
	for _, b := range []*widgets.Button{p.prepare, p.take, p.typeIt} {
		widgets.ShowIf(b, all > 0)
	}
	p.prepare.SetText(e.T("orders.page.prepare"))
	if ready > 0 {
		p.prepare.SetText(e.T("orders.page.prepare.of", e.T("orders.page.prepare"), ready))
	}
	p.stages = of
	p.enable()
	p.list.count(of)
	if all > 0 {
		p.list.Table.Renew()
	}
	p.Sheet.Refresh()
}

// enable turns the blue button off while a run is at work, and while there is nothing to look at.
func (p *Page) enable() {
	ready := p.stages[orders.StageReady]
	p.prepare.Importance = widget.HighImportance
	if ready == 0 { // it only tells what holds them
		p.prepare.Importance = widget.MediumImportance
	}
	widgets.EnableIf(p.prepare, ready+p.stages[orders.StageHeld] > 0 && !p.work.busy())
	p.prepare.Refresh()
}

// Left ends what must not go on unseen: the countdown before invoices are formalised.
func (p *Page) Left() {
	if s, ok := p.Top().(*planSheet); ok {
		s.call()
	}
}

// Close brings the list into view.
func (p *Page) Close() {
	p.Left()
	p.Leaves.Close()
}

// Home is the list, without the order or the plan that was open in front of it.
func (p *Page) Home() {
	switch p.Top().(type) {
	case *orderSheet, *planSheet:
		p.Close()
	}
}

// ShowStage lists the orders of a stage.
func (p *Page) ShowStage(s orders.Stage) {
	p.Home()
	p.list.pick(s)
}

// changed fetches anew what stands here and around the page.
func (p *Page) changed() {
	p.load()
	p.e.Frame.Refresh()
}

// uncovered is called when the sheet has come into view again.
func (p *Page) uncovered() {
	p.load()
	p.e.Win.Canvas().Focus(p.list.Table.Focusable())
}

// tell says on the sheet what was done, or why not.
func (p *Page) tell(kind widgets.BannerKind, text string, actions ...fyne.CanvasObject) {
	p.Said.Say(kind, text, actions...)
	p.Sheet.Refresh()
}

// open shows one order.
func (p *Page) open(k orders.Key) {
	if p.e.Modal == nil {
		p.Push(newOrderSheet(p.e, k, orderActs{changed: p.changed, corrected: p.corrected, undo: p.Undo, plan: p.planFor, next: func() { p.openNext(k) }}))
	}
}

// nextAmong is how many orders that lack something are looked through for the one behind another.
const nextAmong = 500

// openNext opens the order behind one in the list of those that lack something, the first one behind the last, in its place: who
// completes one after the other goes back to no list.
func (p *Page) openNext(k orders.Key) {
	q := p.list.Query()
	q.Stage, q.Limit = orders.StageHeld, nextAmong
	kit.Background(p.e.Env, func(ctx context.Context) ([]orders.Kept, error) {
		list, _, err := p.e.co.ListOrders(ctx, q)
		return list, err
	}, func(list []orders.Kept, err error) {
		at := slices.IndexFunc(list, func(o orders.Kept) bool { return o.Key() == k })
		left := slices.Concat(list[at+1:], list[:max(at, 0)])
		sheet, here := p.Top().(*orderSheet)
		switch {
		case !here || sheet.key != k: // it was left meanwhile
		case err != nil:
			sheet.said.Say(widgets.BannerError, p.e.Error(err))
		case len(left) == 0:
			sheet.said.Say(widgets.BannerInfo, p.e.T("orders.sheet.next.none"))
		default:
			p.e.Frame.Leave(func() {
				p.Pop()
				p.open(left[0].Key())
			})
		}
	})
}

// plan shows what a run would do.
func (p *Page) plan() { p.planFor() }

// planFor does it for these orders, for all that are ready when there are none.
func (p *Page) planFor(keys ...orders.Key) {
	if p.work.busy() || p.e.Modal != nil {
		return
	}
	p.Push(newPlanSheet(p.e, keys, p.run))
}

// run begins to make invoices.
func (p *Page) run(r issuing.Request) {
	p.Close()
	p.prepare.Disable()
	kit.Act(p.e.Env, "save", func(ctx context.Context) (*issuing.Work, error) { return p.e.co.StartInvoices(ctx, r) },
		func(w *issuing.Work, err error) {
			p.load()
			if err != nil {
				p.refused(err)
				return
			}
			p.work.follow(w)
		})
}

// refused says why nothing was begun.
func (p *Page) refused(err error) {
	e := p.e
	switch kind := domain.KindOf(err); {
	case kind == domain.KindBusy:
		p.tell(widgets.BannerInfo, e.T("orders.run.busy"))
	case kind.AtSignIn() || kind == domain.KindInvalid:
		p.tell(widgets.BannerWarning, e.Error(err), p.toAPI())
	default:
		p.tell(widgets.BannerError, e.Error(err))
	}
}

// ended says what a run has done.
func (p *Page) ended(o issuing.Outcome, err error) {
	e := p.e
	p.changed()
	show := widgets.NewIconButton(e.T("orders.run.show"), theme.DocumentIcon(), func() { e.Frame.Open(kit.PlaceInvoices) })
	kind, said := widgets.BannerGood, e.T("invoices.sentence", e.Issued(o))
	switch {
	case err != nil && domain.KindOf(err) != domain.KindCancelled:
		kind, said = widgets.BannerError, e.Error(err)
		if o != (issuing.Outcome{}) {
			said += " " + e.T("invoices.sentence", e.Issued(o))
		}
	case o.Unknown+o.Mismatch+o.Rejected+o.Held > 0:
		kind = widgets.BannerWarning
	case err != nil:
		kind = widgets.BannerInfo
	}
	if domain.KindOf(err).AtSignIn() {
		show = p.toAPI()
	}
	p.tell(kind, said, show)
}

// toAPI leads to where a sign-in is mended.
func (p *Page) toAPI() *widgets.Button {
	return widgets.NewButton(p.e.T("orders.run.to-api"), func() { p.e.Frame.Open(kit.PlaceAPI) })
}

// choose asks for a file with orders.
func (p *Page) choose() { p.Push(intake.New(p.e.Env, p.e.co, p.Leaves, "", p.taken, p.changed)) }

// Open looks at a file with orders, whatever is in view.
func (p *Page) Open(path string) {
	if p.e.Modal == nil {
		p.Close()
		p.Push(intake.New(p.e.Env, p.e.co, p.Leaves, path, p.taken, p.changed))
	}
}

// taken goes back to the list and says what came.
func (p *Page) taken(words string, added int) {
	p.Close()
	p.list.pick("")
	p.changed()
	if added == 0 {
		p.tell(widgets.BannerGood, words)
		return
	}
	p.file.Show()
	p.tell(widgets.BannerGood, words, p.file.Back)
}

// forgotten lists what is left of a file that was taken back.
func (p *Page) forgotten() {
	p.Said.Hide()
	p.changed()
}

func (p *Page) typeOrder() {
	if p.e.Modal == nil {
		p.Push(newTypedSheet(p.e, func(k orders.Key) {
			p.Close()
			p.changed()
			p.open(k)
		}))
	}
}

// menu shows the commands for orders.
func (p *Page) menu(these []orders.Kept, at fyne.Position) {
	e := p.e
	if e.Modal != nil || len(these) == 0 {
		return
	}
	item := func(key string, fits func(k orders.Kept) bool, act func(some []orders.Kept)) *fyne.MenuItem {
		some := slices.DeleteFunc(slices.Clone(these), func(k orders.Kept) bool { return !fits(k) })
		label := e.T(key)
		if len(some) > 1 {
			label = e.T("orders.several", label, len(some))
		}
		i := fyne.NewMenuItem(label, func() { act(some) })
		i.Disabled = len(some) == 0
		return i
	}
	say := func(change func(s *orders.Said)) func([]orders.Kept) {
		return func(some []orders.Kept) { p.say(some, change) }
	}
	open := fyne.NewMenuItem(e.T("orders.page.open"), func() { p.open(these[0].Key()) })
	open.Disabled = len(these) != 1
	free := func(k orders.Kept) bool {
		return k.Verdict.Stage != orders.StageInvoiced && k.Verdict.Stage != orders.StageTask
	}
	e.PopUp(at, open,
		item("orders.page.prepare", func(k orders.Kept) bool { return k.Verdict.Stage == orders.StageReady }, func(some []orders.Kept) {
			keys := make([]orders.Key, len(some))
			for i, k := range some {
				keys[i] = k.Key()
			}
			p.planFor(keys...)
		}),
		fyne.NewMenuItemSeparator(),
		item("orders.hold", func(k orders.Kept) bool { return free(k) && !k.Said.Held && !k.Said.Never }, say(func(s *orders.Said) { s.Held = true })),
		item("orders.release", func(k orders.Kept) bool { return free(k) && k.Said.Held }, say(func(s *orders.Said) { s.Held = false })),
		item("orders.never", func(k orders.Kept) bool { return free(k) && !k.Said.Never }, say(func(s *orders.Said) { s.Never = true })),
		item("orders.invoice", func(k orders.Kept) bool { return free(k) && k.Said.Never }, say(func(s *orders.Said) { s.Never = false })))
}

// TypedKey takes Enter that nothing has the focus for: it presses the blue button.
func (p *Page) TypedKey(k *fyne.KeyEvent) bool {
	if p.Leaves.TypedKey(k) || p.Top() != nil {
		return true
	}
	switch {
	case k.Name == fyne.KeyEscape && len(p.list.Table.Marked()) > 0:
		p.list.Table.Unmark()
	case k.Name != fyne.KeyReturn && k.Name != fyne.KeyEnter:
		return false
	case p.none.Visible():
		p.choose()
	case p.prepare.Disabled():
		return false
	default:
		p.plan()
	}
	return true
}

// FocusSearch puts the cursor into the search of what is in view.
func (p *Page) FocusSearch() bool {
	if p.Top() != nil {
		return p.Leaves.FocusSearch()
	}
	return p.some.Visible() && p.list.FocusSearch()
}
