package process

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// processFlow draws what the choices do: for stock and price the way between İşbaşı and the catalogue,
// who owns it, and a sentence that says the same (rules.md §5).
type processFlow struct {
	e      *env
	object fyne.CanvasObject
	ways   map[domain.Shared]*flowWay
	both   *widgets.Text // what happens when both sides have changed
	right  *widgets.Text // whether İşbaşı lets stock be written
	ask    *widgets.Button
	base   *widgets.Text
	closed *widgets.Text
	unset  *widgets.Button // takes the choice of what is written back
	// The rows of right and ask, and of unset: an empty one would take height from the others.
	rightRow, unsetRow fyne.CanvasObject
}

// flowWay is the line of one shared thing.
type flowWay struct {
	isbasi, catalogue *flowEnd
	flow              *widgets.Flow
	does              *widgets.Text
	line              fyne.CanvasObject // of does
}

// flowEnd says what a side is for a shared thing: its owner, a follower, or neither.
type flowEnd struct {
	object fyne.CanvasObject
	icon   *widget.Icon
	text   *widgets.Text
}

// The widths of the diagram's columns.
const (
	flowNameWidth = 44
	flowEndWidth  = 148
	flowOverlap   = 6 // takes back a part of the margins that texts bring along
)

func newProcessFlow(e *env, unset, ask func()) *processFlow {
	f := &processFlow{
		e: e, ways: map[domain.Shared]*flowWay{}, both: widgets.NewCaption(e.T("flow.conflict")), right: widgets.NewCaption(""), base: widgets.NewCaption(e.T("flow.base")),
		closed: widgets.NewCaption(e.T("flow.closed")), unset: widgets.NewIconButton(e.T("flow.unset"), theme.CancelIcon(), unset),
	}
	f.unset.Importance = widget.LowImportance
	f.ask = widgets.NewIconButton(e.T("flow.stock.ask"), theme.QuestionIcon(), ask)
	side := func(icon fyne.Resource, key string) fyne.CanvasObject {
		return widgets.FixedWidth(flowEndWidth, container.NewHBox(widget.NewIcon(icon), widgets.NewBody(e.T(key)).Bold().OneLine()))
	}
	box := container.New(layout.NewCustomPaddedVBoxLayout(-flowOverlap),
		widgets.NewBorder(nil, nil, container.NewHBox(widgets.FixedWidth(flowNameWidth, widgets.Gap(1)), side(theme.StorageIcon(), "flow.isbasi")),
			side(theme.GridIcon(), "flow.catalogue")))
	for _, shared := range domain.AllShared() {
		w := &flowWay{isbasi: newFlowEnd(), catalogue: newFlowEnd(), flow: widgets.NewFlow(), does: widgets.NewCaption("")}
		f.ways[shared] = w
		name := widgets.FixedWidth(flowNameWidth, widgets.NewBody(e.T("flow."+string(shared))).OneLine())
		box.Add(widgets.NewBorder(nil, nil, container.NewHBox(name, w.isbasi.object), w.catalogue.object, widgets.Inset(8, 6, w.flow)))
		w.line = widgets.NewBorder(nil, nil, widgets.FixedWidth(flowNameWidth, widgets.Gap(1)), nil, w.does)
		box.Add(w.line)
	}
	f.rightRow = widgets.NewBorder(nil, nil, nil, widgets.Centred(f.ask), f.right)
	f.unsetRow = container.NewHBox(f.unset, layout.NewSpacer())
	for _, o := range []fyne.CanvasObject{f.both, f.rightRow, f.base, f.closed, f.unsetRow} {
		box.Add(o)
	}
	f.object = widgets.MaxWidth(widgets.MaxRowWidth, widgets.NewPanel(box))
	return f
}

func newFlowEnd() *flowEnd {
	end := &flowEnd{icon: widget.NewIcon(nil), text: widgets.NewBody("").OneLine()}
	end.object = widgets.FixedWidth(flowEndWidth, container.NewHBox(end.icon, end.text))
	return end
}

// draw says what a side is.
func (end *flowEnd) draw(e *env, d domain.Direction, side domain.Owner) {
	icon, color, key := theme.RadioButtonIcon(), widgets.ColorMuted, "flow.own"
	owns := d.Owner == side
	switch {
	case owns:
		icon, color, key = theme.AccountIcon(), theme.ColorNamePrimary, "flow.owner"
	case d.Pull && d.Push:
		icon, key = theme.DocumentCreateIcon(), "flow.changes"
	case d.Owner != domain.OwnerNobody:
		icon, key = theme.ViewRefreshIcon(), "flow.follows"
	}
	end.icon.SetResource(theme.NewColoredResource(icon, color))
	end.text.SetText(e.T(key))
	end.text.SetColor(map[bool]fyne.ThemeColorName{true: theme.ColorNameForeground, false: widgets.ColorMuted}[owns])
}

// draw shows the choices s, with who owns what by the settings of the sync. In sentences it speaks while they are changed:
// at rest the arrows say the same.
func (f *processFlow) draw(s domain.Settings, changed bool, owners sync.Settings, around domain.Circumstances) {
	e, conflicts, isbasi, flows := f.e, false, true, false
	for shared, w := range f.ways {
		d := s.Direction(shared)
		if d.Pull || d.Push {
			d.Owner = owners.OwnerOf(s, shared)
		}
		w.flow.Set(d.Push, d.Pull)
		w.isbasi.draw(e, d, domain.OwnerBooks)
		w.catalogue.draw(e, d, domain.OwnerCatalogue)
		flows = flows || d.Pull || d.Push
		if d.Pull && d.Push {
			conflicts, isbasi = true, isbasi && d.Owner == domain.OwnerBooks
		}
		w.does.SetText(flowWords(e, shared, d))
		widgets.ShowIf(w.line, changed)
	}
	f.both.SetText(e.T("flow.conflict"))
	if !isbasi {
		f.both.SetText(e.T("flow.conflict.chosen"))
	}
	widgets.ShowIf(f.both, conflicts && changed)
	stock := s.Push.Has(domain.SharedStock)
	answer := around.Abilities[domain.AbilityStockWrite]
	widgets.ShowIf(f.rightRow, stock && answer != domain.AbilityAllowed)
	widgets.ShowIf(f.ask, stock && answer == domain.AbilityUnasked && s.IntegrationOn)
	f.right.SetText(e.T("flow.stock.unasked"))
	f.right.SetColor(widgets.ColorMuted)
	if answer == domain.AbilityDenied {
		f.right.SetText(e.T("flow.stock.denied"))
		f.right.SetColor(theme.ColorNameError)
	}
	widgets.ShowIf(f.base, s.Push.Has(domain.SharedPrice) && changed)
	widgets.ShowIf(f.closed, flows && !s.IntegrationOn)
	widgets.ShowIf(f.unsetRow, s.Push != domain.PushUnset)
	f.object.Refresh()
}

// asking tells that İşbaşı is being asked whether it lets stock be written.
func (f *processFlow) asking(on bool) {
	widgets.EnableIf(f.ask, !on)
	f.ask.SetText(f.e.T("flow.stock.ask"))
	if on {
		f.ask.SetText(f.e.T("flow.stock.asking"))
	}
}

// flowWords says what becomes of a shared thing.
func flowWords(e *env, shared domain.Shared, d domain.Direction) string {
	key := "flow." + string(shared)
	switch {
	case d.Pull && d.Push:
		return e.T(key + ".both")
	case d.Pull:
		return e.T(key + ".pull")
	case d.Push:
		return e.T(key + ".push")
	default:
		return e.T(key + ".none")
	}
}
