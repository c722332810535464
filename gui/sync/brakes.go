package sync

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// brakePanel is a sync that would change more than it may unasked. Neither answer is the blue one: the person
// reads first.
type brakePanel struct {
	e        *env
	object   fyne.CanvasObject
	box      *fyne.Container
	accept   *widgets.Button
	drop     *widgets.Button
	run      sync.Run
	currency domain.Currency
}

// newBrakePanel makes it; accept is given the brakes that were shown, drop gives the run up.
func newBrakePanel(e *env, accept func(ids []string), drop func()) *brakePanel {
	p := &brakePanel{e: e, box: container.NewVBox()}
	p.accept = widgets.NewButton(e.T("sync.brake.accept"), func() { accept(p.shown()) })
	p.drop = widgets.NewButton(e.T("sync.brake.drop"), drop)
	p.object = container.NewStack(widgets.NewSurface(widgets.ColorSurface, theme.ColorNameWarning, 8), widgets.Inset(12, 10, p.box))
	p.object.Hide()
	return p
}

// shown gives the brakes that the person has seen.
func (p *brakePanel) shown() []string {
	ids := make([]string, len(p.run.Brakes))
	for i, b := range p.run.Brakes {
		ids[i] = b.ID
	}
	return ids
}

func (p *brakePanel) set(f found) {
	widgets.ShowIf(p.object, f.braked())
	if !f.braked() {
		return
	}
	e := p.e
	p.run, p.currency = f.left.Sync(), f.standing.Choices.Currency
	p.box.RemoveAll()
	p.box.Add(widgets.NewBorder(nil, nil, widget.NewIcon(theme.NewWarningThemedResource(theme.WarningIcon())), nil, widgets.NewBody(e.T("sync.brake.title")).Bold()))
	for _, b := range p.run.Brakes {
		p.box.Add(widgets.NewBody(brakeWords(e, b)))
	}
	all := widgets.NewIconButton(e.T("sync.brake.all"), theme.ListIcon(), func() { e.Push(newPlanSheet(e, p.run, nil)) })
	p.box.Add(widgets.NewMuted(e.T("sync.brake.text")))
	p.box.Add(container.NewHBox(p.accept, p.drop, layout.NewSpacer(), all))
	for _, b := range p.run.Brakes {
		p.box.Add(widgets.NewBody(e.T("sync.brake.largest", len(b.Largest))).Bold())
		p.box.Add(widgets.FixedHeight(brakeHeight, p.largest(b)))
	}
	p.object.Refresh()
}

// brakeHeight shows some six changes; the others scroll.
const brakeHeight = 260

// brakeWords says what a brake has found: 1.000 fiyattan 201 tanesi değişecek, sınır 200.
func brakeWords(e *env, b sync.Brake) string {
	return e.T("sync.brake."+string(b.Kind), b.Of, b.Changed, b.Limit)
}

// largest is the table of the changes that move furthest.
func (p *brakePanel) largest(b sync.Brake) *table.Table {
	e := p.e
	rows := make([]table.Row, len(b.Largest))
	for i, c := range b.Largest {
		code := c.Label
		if code == c.Name {
			code = ""
		}
		was, becomes := e.SyncValue(c.Field, c.Before(), p.currency), e.SyncValue(c.Field, decimal.NewNullDecimal(c.Value), p.currency)
		way := e.T("sync.way." + string(c.Write))
		rows[i] = table.Row{
			Key: fmt.Sprint(c.Product, c.Field), Data: c, Detail: e.T("sync.detail", c.Name, code, fieldName(e, c.Field), was, becomes, way),
			Cells: []string{code, c.Name, was, becomes, way},
		}
	}
	t := table.New([]table.Column{
		{Title: e.T("sync.code"), Width: 96, Grow: 0.6},
		{Title: e.T("sync.name"), Width: 180, Grow: 3},
		{Title: e.T("sync.was"), Width: 100, Grow: 0.3, Right: true},
		{Title: e.T("sync.becomes"), Width: 100, Grow: 0.3, Right: true},
		{Title: e.T("sync.way"), Width: 90, Grow: 0.2},
	}, func(q table.Query, done func([]table.Row, int, bool)) {
		done(kit.PageOf(rows, q.Limit, q.Offset), len(rows), true)
	})
	t.OnOpen = func(r table.Row) { e.Frame.OpenProduct(kit.MadeOf[sync.Change](r).Product) }
	t.Reload()
	return t
}

// setBusy turns the answers off while something works.
func (p *brakePanel) setBusy(busy bool) {
	widgets.EnableIf(p.accept, !busy)
	widgets.EnableIf(p.drop, !busy)
}
