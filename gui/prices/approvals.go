package prices

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// approvals is Onay Bekleyen Fiyatlar: the prices of the saved rules that a person has to let go, and the
// limit above which a change waits.
type approvals struct {
	e      *env
	object fyne.CanvasObject

	back    *widgets.Button
	said    *widgets.Banner
	undoing *widgets.Button
	limit   *widgets.Entry
	row     *widgets.Row
	store   *widgets.Button
	run     *labRun
	again   *widgets.Button
	marked  *widgets.Button
	all     *widgets.Button
	holder  *fyne.Container
	list    *trialList
	teach   fyne.CanvasObject

	lab  *pricing.Laboratory
	kept decimal.NullDecimal  // the limit
	was  *decimal.NullDecimal // the limit before it was changed here; undo brings it back
	busy bool
	loud bool // what the banner says last is kept while the list is made anew
}

func newApprovals(e *env) *approvals {
	a := &approvals{e: e, said: widgets.NewBanner(), holder: container.NewStack(), run: newLabRun(e)}
	a.back = widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), e.Frame.Back)
	a.undoing = widgets.NewIconButton(e.T("approve.undo"), theme.ContentUndoIcon(), a.Undo)
	a.again = widgets.NewIconButton(e.T("lab.again"), theme.ViewRefreshIcon(), a.compute)
	a.limit = widgets.NewEntry(e.T("approve.limit.hint"))
	a.limit.OnChanged = func(string) { a.typed() }
	a.limit.OnSubmitted = func(string) { a.saveLimit() }
	a.store = widgets.NewButton(e.T("approve.limit.save"), a.saveLimit)
	a.store.Disable()
	a.row = widgets.NewRow(e.T("approve.limit"), a.limit, e.T("approve.limit.help"))
	a.marked = widgets.NewIconButton("", theme.ConfirmIcon(), a.approveMarked).Primary()
	a.all = widgets.NewButton(e.T("approve.all"), a.askAll)
	a.list = newTrialList(e, e.T("approve.pick"), e.Frame.Back)
	a.list.Table.OnMarked = a.showMarked
	a.list.Table.SetEscape(a.escape)
	a.teach = container.NewVBox(widgets.NewTitle(e.T("approve.none")), widgets.NewBody(e.T("approve.none.text")))
	for _, k := range []interface{ SetEscape(func()) }{a.back, a.limit, a.store, a.marked, a.all} {
		k.SetEscape(e.Frame.Back)
	}
	head := container.NewVBox(
		widgets.NewBorder(nil, nil, a.back, container.NewHBox(a.marked, a.all), widgets.NewTitle(e.T("approve.title")).OneLine()),
		widgets.NewMuted(e.T("approve.text")),
		container.NewHBox(widgets.FixedWidth(520, a.row), container.NewVBox(a.store), layout.NewSpacer()),
		a.said, a.run.object)
	a.object = widgets.Inset(14, 6, widgets.NewBorder(head, nil, nil, nil, a.holder))
	return a
}

func (a *approvals) Content() fyne.CanvasObject { return a.object }

func (a *approvals) Left() { a.run.end() }

// Show fetches the limit, and computes what waits.
func (a *approvals) Show() {
	a.loud = false
	kit.Background(a.e.Env, a.e.co.MaxPriceChange, func(limit decimal.NullDecimal, err error) {
		if err != nil {
			a.said.Say(widgets.BannerError, a.e.Error(err), a.again)
			return
		}
		a.keepLimit(limit)
		a.compute()
	})
}

func (a *approvals) FocusSearch() bool {
	return a.lab != nil && a.list.FocusSearch()
}

// escape takes the marks away, or goes back.
func (a *approvals) escape() {
	if len(a.list.Table.Marked()) > 0 {
		a.list.Table.Unmark()
		return
	}
	a.e.Frame.Back()
}

func (a *approvals) keepLimit(limit decimal.NullDecimal) {
	a.kept = limit
	a.limit.SetText(kit.Typed(limit, 0, a.e.Lang))
	a.typed()
}

// typed checks the limit while it is typed.
func (a *approvals) typed() {
	limit, err := a.typedLimit()
	a.row.SetError(a.e.Error(err))
	widgets.EnableIf(a.store, err == nil && (limit.Valid != a.kept.Valid || !limit.Decimal.Equal(a.kept.Decimal)))
}

func (a *approvals) typedLimit() (decimal.NullDecimal, error) {
	if a.limit.Text == "" {
		return decimal.NullDecimal{}, nil
	}
	d, err := domain.ParseNumber(a.limit.Text, a.e.Lang)
	if err != nil {
		return decimal.NullDecimal{}, domain.Invalid("max-change", "number")
	}
	if d.IsNegative() {
		return decimal.NullDecimal{}, domain.Invalid("max-change", "negative")
	}
	return decimal.NewNullDecimal(d), nil
}

func (a *approvals) saveLimit() {
	limit, err := a.typedLimit()
	if err != nil || a.busy || a.store.Disabled() {
		return
	}
	was := a.kept
	a.setLimit(limit, func() { a.was = &was })
}

// setLimit stores a limit and computes anew what waits under it.
func (a *approvals) setLimit(limit decimal.NullDecimal, then func()) {
	a.busy = true
	kit.Act(a.e.Env, "approve", func(ctx context.Context) (struct{}, error) {
		return struct{}{}, a.e.co.SaveMaxPriceChange(ctx, limit)
	}, func(_ struct{}, err error) {
		a.busy = false
		if err != nil {
			a.row.SetError(a.e.Error(err))
			return
		}
		then()
		a.keepLimit(limit)
		text := a.e.T("approve.limit.gone")
		if limit.Valid {
			text = a.e.T("approve.limit.saved", domain.FormatNumber(limit.Decimal, a.e.Lang))
		}
		a.tell(text, a.was != nil)
		a.compute()
	})
}

// tell says what was done, with the way back if there is one.
func (a *approvals) tell(text string, back bool) {
	a.loud = true
	if back {
		a.said.Say(widgets.BannerGood, text, a.undoing)
		return
	}
	a.said.Say(widgets.BannerGood, text)
}

// compute finds what waits under the saved rules.
func (a *approvals) compute() {
	if !a.loud {
		a.said.Hide()
	}
	a.loud = false
	a.lab = nil
	a.showMarked(0)
	a.all.Disable()
	a.holder.Objects = nil
	a.holder.Refresh()
	kit.Background(a.e.Env, func(ctx context.Context) (priceDraft, error) {
		rules, err := a.e.co.PriceRules(ctx)
		if err != nil {
			return priceDraft{}, err
		}
		markets, err := a.e.co.Marketplaces(ctx)
		return draftOfRules(rules, markets, a.e.Lang), err
	}, func(d priceDraft, err error) {
		rules, _, invalid := d.rules(a.e.Lang)
		if err == nil {
			err = invalid
		}
		if err != nil {
			a.said.Say(widgets.BannerError, a.e.Error(err), a.again)
			return
		}
		a.run.start(rules, func(lab *pricing.Laboratory, err error) { a.computed(lab, d.markets, err) })
	})
}

func (a *approvals) computed(lab *pricing.Laboratory, markets pricing.Marketplaces, err error) {
	defer a.object.Refresh()
	switch {
	case domain.KindOf(err) == domain.KindCancelled:
		a.said.Say(widgets.BannerInfo, a.e.T("error.cancelled.what"), a.again)
	case err != nil:
		a.said.Say(widgets.BannerError, a.e.Error(err), a.again)
	case lab.Total().Approval == 0:
		a.holder.Objects = []fyne.CanvasObject{a.teach}
		a.holder.Refresh()
	default:
		a.lab = lab
		a.list.choose(lab, markets, pricing.FoundApproval, 0, "lab.none.approval")
		a.holder.Objects = []fyne.CanvasObject{a.list.object}
		a.holder.Refresh()
		a.all.Enable()
		a.e.Win.Canvas().Focus(a.list.Table.Focusable())
	}
}

func (a *approvals) showMarked(n int) {
	widgets.ShowIf(a.marked, n > 0)
	a.marked.SetText(a.e.T("approve.marked", a.e.Count(n)))
	widgets.ShowIf(a.all, n == 0)
}

// approveMarked lets the marked prices go at once: they were chosen one by one, and it can be undone.
func (a *approvals) approveMarked() {
	lab, trials := a.lab, kit.Marked[pricing.Trial](a.list.Table)
	a.approve(func(ctx context.Context) (int, error) { return a.e.co.ApproveTrials(ctx, lab, trials) })
}

// askAll asks before all that is listed goes.
func (a *approvals) askAll() {
	if a.lab == nil || a.list.Table.Total() == 0 {
		return
	}
	lab, q := a.lab, a.list.Query().TrialQuery
	a.e.Ask(a.e.T("approve.all.ask", a.e.Count(a.list.Table.Total())), a.e.T("approve.all.text"),
		kit.Answer{Label: a.e.T("cancel")},
		kit.Answer{Label: a.e.T("approve.all"), Importance: widget.HighImportance, Act: func() {
			a.approve(func(ctx context.Context) (int, error) { return a.e.co.ApproveFound(ctx, lab, q) })
		}})
}

func (a *approvals) approve(do func(ctx context.Context) (int, error)) {
	if a.busy || a.lab == nil {
		return
	}
	a.busy = true
	a.all.Disable()
	a.said.Say(widgets.BannerInfo, a.e.T("rows.loading"))
	kit.Act(a.e.Env, "approve", do, func(n int, err error) {
		a.busy = false
		switch {
		case err != nil:
			a.all.Enable()
			a.said.Say(widgets.BannerError, a.e.Error(err))
			return
		case n == 0:
			a.loud = true
			a.said.Say(widgets.BannerWarning, a.e.T("approve.changed"))
		default:
			a.was = nil
			a.tell(a.e.T("approve.done", a.e.Count(n)), true)
		}
		a.list.Table.Unmark()
		a.compute()
	})
}

// Undo takes the last change of this screen back: an approval, or the limit.
func (a *approvals) Undo() {
	if a.busy || a.e.Modal != nil {
		return
	}
	if a.was != nil {
		was := *a.was
		a.was = nil
		a.setLimit(was, func() {})
		return
	}
	a.busy = true
	kit.Act(a.e.Env, "approve", a.e.co.UndoApproval, func(n int, err error) {
		a.busy = false
		switch {
		case err != nil:
			a.said.Say(widgets.BannerError, a.e.Error(err))
		case n == 0:
			a.said.Say(widgets.BannerInfo, a.e.T("approve.undone.none"))
		default:
			a.tell(a.e.T("approve.undone", a.e.Count(n)), false)
			a.compute()
		}
	})
}
