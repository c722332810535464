package orders

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// countdown is how many seconds the list of what is formalised stands before the first of them goes out, on the first run
// of a day: it cannot be taken back.
const countdown = 10

// planSheet is what a run would do: what goes out, what is held and why, and what that costs.
type planSheet struct {
	*kit.List[kit.Asked]
	e     *env
	keys  []orders.Key // of which it is asked; none: all
	start func(r issuing.Request)

	plan   issuing.Plan
	rows   []table.Row
	known  bool
	asked  int
	left   int // seconds of the countdown; 0: none runs
	stop   context.CancelFunc
	object fyne.CanvasObject
	title  *widgets.Text
	sums   *widgets.Text
	cost   *widgets.Text
	warn   *widgets.Banner
	starts *widgets.Button
	drop   *widgets.Button
}

func newPlanSheet(e *env, keys []orders.Key, start func(r issuing.Request)) *planSheet {
	s := &planSheet{
		e: e, keys: keys, start: start, title: widgets.NewTitle(e.T("orders.page.prepare")), sums: widgets.NewBody(e.T("rows.loading")),
		cost: widgets.NewMuted(""), warn: widgets.NewBanner(), stop: func() {},
	}
	s.List = kit.NewList(e.Env, kit.Listing[kit.Asked]{
		Columns: []table.Column{
			{ID: "number", Title: e.T("orders.page.number"), Width: 180, Grow: 1},
			{ID: "buyer", Title: e.T("orders.page.buyer"), Width: 140, Grow: 2},
			{Title: e.T("orders.plan.kind"), Width: 86, Grow: 0.5},
			{Title: e.T("orders.page.total"), Width: 100, Right: true},
			{Title: e.T("orders.plan.warnings"), Width: 140, Grow: 2},
		},
		Query:  func(a kit.Asked) kit.Asked { return a },
		Fetch:  s.page,
		None:   func(kit.Asked) string { return e.T("orders.plan.none") },
		Search: e.T("orders.page.search"), Count: "orders.page.count", Pick: e.T("orders.plan.pick"), Back: s.leave,
	})
	s.Waits = true
	back := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), s.leave)
	s.drop = widgets.NewButton(e.T("cancel"), s.leave)
	s.starts = widgets.NewIconButton(e.T("orders.plan.go.none"), theme.ConfirmIcon(), s.begin).Primary()
	s.starts.Disable()
	for _, b := range []*widgets.Button{back, s.drop, s.starts} {
		b.SetEscape(s.leave)
	}
	s.object = s.Layout(
		widgets.NewBorder(nil, nil, back, container.NewHBox(widgets.Centred(s.drop), widgets.Centred(s.starts)), s.title),
		widgets.Tight(s.sums, s.cost), s.warn, s.Search, s.Said)
	return s
}

// Content is always the same object.
func (s *planSheet) Content() fyne.CanvasObject { return s.object }

// Show plans anew.
func (s *planSheet) Show() {
	s.halt()
	e, keys := s.e, s.keys
	type found struct {
		plan     issuing.Plan
		standing issuing.Standing
		rows     []table.Row
	}
	kit.Newest(e.Env, &s.asked, func(ctx context.Context) (f found, err error) {
		if f.standing, err = e.co.InvoiceStanding(ctx); err != nil {
			return f, err
		}
		f.plan, err = e.co.PlanInvoices(ctx, issuing.Request{Keys: keys, Wish: wishOf(f.standing)})
		f.rows = planRows(e, f.plan)
		return f, err
	}, func(f found, err error) {
		if err != nil {
			s.sums.SetText("")
			s.Said.Say(widgets.BannerError, e.Error(err))
			return
		}
		s.plan, s.rows, s.known, s.Waits = f.plan, f.rows, true, false
		s.draw(f.standing)
		s.Reload()
	})
}

// wishOf is what the company's choice makes of an invoice.
func wishOf(st issuing.Standing) orders.Wish {
	if st.Choices.AutoFormalise {
		return orders.WishFormalise
	}
	return orders.WishDraft
}

func (s *planSheet) draw(st issuing.Standing) {
	e, p := s.e, s.plan
	n := len(p.Ready)
	total := decimal.Zero
	for _, x := range p.Ready {
		total = total.Add(x.Answer.Total)
	}
	key := "orders.plan.drafts"
	if p.Formalise {
		key = "orders.plan.formalise"
	}
	parts := []string{e.T(key+".sum", n, e.Money(total, ""))}
	if n == 0 {
		parts = []string{e.T("orders.plan.none")}
	}
	s.sums.SetText(strings.Join(append(parts, kit.Filled(s.asks(), s.held())...), "\n"))
	s.cost.SetText(e.T("orders.plan.cost", e.Calls(p.Cost), leftWords(e, st.Usage)))
	widgets.ShowIf(s.cost, p.Cost != (quota.Cost{}))
	s.starts.SetText(e.T(key, n))
	if n == 0 {
		s.starts.SetText(e.T("orders.plan.go.none"))
	}
	widgets.EnableIf(s.starts, n > 0)
	s.warn.Hide()
	switch {
	case p.Formalise && n > 0:
		s.warn.Say(widgets.BannerError, e.T("orders.plan.final"))
	case p.Restored:
		s.warn.Say(widgets.BannerWarning, e.T("orders.plan.restored"))
	}
	s.object.Refresh()
	if n > 0 {
		e.Win.Canvas().Focus(s.starts)
	}
}

// asks says how many taxpayers are asked for first.
func (s *planSheet) asks() string {
	if n := len(s.plan.Ask); n > 0 {
		return s.e.T("orders.plan.ask", n)
	}
	return ""
}

// held counts what is left out, each order by the first of its reasons: the numbers add up to it.
func (s *planSheet) held() string {
	e := s.e
	if len(s.plan.Held) == 0 {
		return ""
	}
	of := map[string]int{}
	for _, x := range s.plan.Held {
		if whys := reasonsOf(e, x.Verdict.Reasons, x.Kept.Status); len(whys) > 0 {
			of[whys[0]]++
		}
	}
	reasons := slices.SortedFunc(func(yield func(string) bool) {
		for r := range of {
			if !yield(r) {
				return
			}
		}
	}, func(a, b string) int {
		if of[a] != of[b] {
			return of[b] - of[a]
		}
		return strings.Compare(a, b)
	})
	const most = 3
	var parts []string
	for _, r := range reasons[:min(most, len(reasons))] {
		parts = append(parts, e.T("orders.plan.reason", r, of[r]))
	}
	others := 0
	for _, r := range reasons[min(most, len(reasons)):] {
		others += of[r]
	}
	if others > 0 {
		parts = append(parts, e.T("orders.plan.reason", e.T("plan.other"), others))
	}
	return e.T("orders.plan.held", len(s.plan.Held), strings.Join(parts, ", "))
}

func planRows(e *env, p issuing.Plan) []table.Row {
	rows := make([]table.Row, len(p.Ready))
	for i, x := range p.Ready {
		o := x.Kept.Standing()
		var warnings, told []string
		for _, w := range x.Verdict.Warnings {
			what, do := e.Warning(w)
			warnings, told = append(warnings, what), append(told, what+". "+do)
		}
		rows[i] = table.Row{
			Key: o.Marketplace + "\n" + o.Package, Data: x.Kept.Key(),
			Detail: strings.Join(append([]string{titleOf(e, o) + ", " + o.Buyer.FullName() + "."}, told...), " "),
			Cells: []string{
				marketName(e, o.Marketplace) + " " + o.Package, o.Buyer.FullName(), kindWords(e, x),
				e.Money(x.Answer.Total, o.Currency), strings.Join(warnings, " · "),
			},
		}
	}
	return rows
}

// page gives one page of what goes out; it is at hand.
func (s *planSheet) page(_ context.Context, a kit.Asked, limit, offset int) ([]table.Row, int, error) {
	rows := slices.DeleteFunc(slices.Clone(s.rows), func(r table.Row) bool {
		return a.Search != "" && !kit.HasWords(r.Cells[0]+" "+r.Cells[1], a.Search)
	})
	kit.SortCells(rows, map[string]int{"number": 0, "buyer": 1}, a)
	return kit.PageOf(rows, limit, offset), len(rows), nil
}

// begin starts the run; before the day's first invoices are formalised their list stands for a while.
func (s *planSheet) begin() {
	switch {
	case s.starts.Disabled() || s.left > 0:
	case s.plan.Formalise && s.plan.First:
		s.count()
	default:
		s.carryOut()
	}
}

// carryOut starts exactly what is listed.
func (s *planSheet) carryOut() {
	s.halt()
	s.starts.Disable()
	r := issuing.Request{Wish: orders.WishDraft}
	if s.plan.Formalise {
		r.Wish = orders.WishFormalise
	}
	for _, x := range s.plan.Ready {
		r.Keys = append(r.Keys, x.Kept.Key())
	}
	s.start(r)
}

// count lets the seconds pass.
func (s *planSheet) count() {
	s.left = countdown
	ctx, stop := context.WithCancel(s.e.Ctx)
	s.stop = stop
	s.starts.Disable()
	s.drop.SetText(s.e.T("orders.plan.stop"))
	s.tick()
	s.e.Win.Canvas().Focus(s.drop)
	go func() {
		seconds := time.NewTicker(time.Second)
		defer seconds.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-seconds.C:
			}
			s.e.Do(func() {
				if ctx.Err() != nil {
					return
				}
				if s.left--; s.left > 0 {
					s.tick()
					return
				}
				s.carryOut()
			})
		}
	}()
}

func (s *planSheet) tick() {
	s.warn.Say(widgets.BannerError, s.e.T("orders.plan.countdown", len(s.plan.Ready), s.left))
	s.object.Refresh()
}

// halt ends the countdown.
func (s *planSheet) halt() {
	s.stop()
	s.left = 0
	s.drop.SetText(s.e.T("cancel"))
}

// call calls the countdown off, and tells whether one ran.
func (s *planSheet) call() bool {
	if s.left == 0 {
		return false
	}
	s.halt()
	s.starts.Enable()
	s.warn.Say(widgets.BannerInfo, s.e.T("orders.plan.stopped"))
	s.object.Refresh()
	return true
}

// leave calls the countdown off, else goes back.
func (s *planSheet) leave() {
	if !s.call() {
		s.e.Pop()
	}
}

// TypedKey takes Enter that nothing has the focus for, and Esc.
func (s *planSheet) TypedKey(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyEscape:
		s.leave()
	case fyne.KeyReturn, fyne.KeyEnter:
		s.begin()
	default:
		return false
	}
	return true
}

// leftWords say what the month has left: the number of the header, and what is kept for invoices beside it.
func leftWords(e *env, u quota.Usage) string {
	return e.T("quota.left.month", u.Left(quota.Read, quota.Ordinary), u.Left(quota.Write, quota.Ordinary), u.Kept(quota.Read), u.Kept(quota.Write))
}
