package invoices

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// returnSheet takes a return of a part of an invoice: how much of each line, and what that comes to.
type returnSheet struct {
	e      *env
	record invoicing.Record
	lines  []invoicing.ReturnLine // with what came back before
	done   func(invoicing.Task)
	object fyne.CanvasObject

	number *widgets.Row
	typed  *widgets.Entry // the number of the return
	counts []*widgets.Row
	fields []*widgets.Entry
	sums   *widgets.Text
	rates  *widgets.Text
	said   *widgets.Banner
	save   *widgets.Button
}

func newReturnSheet(e *env, r invoicing.Record, earlier []invoicing.Task, done func(invoicing.Task)) *returnSheet {
	s := &returnSheet{
		e: e, record: r, lines: returnable(r, earlier), done: done, typed: widgets.NewEntry(e.T("invoices.return.number.example")),
		sums: widgets.NewBody("").Bold(), rates: widgets.NewMuted(""), said: widgets.NewBanner(),
	}
	s.typed.OnChanged = func(string) { s.compute() }
	s.typed.SetEscape(e.Pop)
	s.number = widgets.NewRow(e.T("invoices.return.number"), s.typed, e.T("invoices.return.number.help"))
	rows := container.NewVBox(s.number)
	for i, l := range linesOf(r) {
		field := widgets.NewEntry("0")
		field.OnChanged = func(string) { s.compute() }
		field.OnSubmitted = func(string) { s.store() }
		field.SetEscape(e.Pop)
		row := widgets.NewRow(l.name, field, e.T("invoices.return.count.help"))
		hint := e.T("invoices.return.count", e.Amount(l.quantity), e.Money(l.net, r.Draft.Currency))
		if before := s.lines[i].Before; before.IsPositive() {
			hint = e.T("invoices.return.count.before", e.Amount(l.quantity), e.Amount(before), e.Money(l.net, r.Draft.Currency))
		}
		row.SetHint(hint)
		s.fields, s.counts = append(s.fields, field), append(s.counts, row)
		rows.Add(row)
	}
	s.save = widgets.NewIconButton(e.T("invoices.return.save"), theme.ConfirmIcon(), s.store).Primary()
	s.save.SetEscape(e.Pop)
	whole := widgets.NewIconButton(e.T("invoices.return.all"), theme.ContentAddIcon(), s.fillAll)
	whole.SetEscape(e.Pop)
	back := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), e.Pop)
	back.SetEscape(e.Pop)
	rows.Add(container.NewVBox(widget.NewSeparator(), widgets.Tight(s.sums, s.rates), container.NewHBox(s.save, whole, layout.NewSpacer())))
	s.object = widgets.NewBorder(
		container.NewVBox(widgets.NewBorder(nil, nil, back, nil, widgets.NewBody(e.T("invoices.return.title", numberOf(e, r), r.Buyer)).Bold().OneLine()),
			widgets.NewMuted(e.T("invoices.return.text")), s.said), nil, nil, nil,
		container.NewVScroll(widgets.Inset(sheetMargin, 0, widgets.MaxWidth(taskWidth, rows))))
	s.compute()
	return s
}

// returnable are the lines of an invoice with what earlier returns took back of them.
func returnable(r invoicing.Record, earlier []invoicing.Task) []invoicing.ReturnLine {
	all := r.ReturnLines()
	for _, t := range earlier {
		for i := range min(len(t.Lines), len(all)) {
			all[i].Before = all[i].Before.Add(t.Lines[i])
		}
	}
	return all
}

// quantities reads what was typed; an empty field is none. The second value is the first line that is wrong, -1 for none.
func (s *returnSheet) quantities() (all []decimal.Decimal, wrong int, err error) {
	all = make([]decimal.Decimal, len(s.fields))
	for i, f := range s.fields {
		text := strings.TrimSpace(f.Text)
		if text == "" {
			continue
		}
		if all[i], err = domain.ParseNumber(text, s.e.Lang); err != nil {
			return nil, i, domain.Invalid("quantity", "number")
		}
		line := s.lines[i]
		line.Now = all[i]
		if _, err := invoicing.Return([]invoicing.ReturnLine{line}); err != nil {
			return nil, i, err
		}
	}
	return all, -1, nil
}

// compute says what comes back, while it is typed.
func (s *returnSheet) compute() {
	e, c := s.e, s.record.Draft.Currency
	for _, r := range s.counts {
		r.SetError("")
	}
	s.number.SetError("")
	quantities, wrong, err := s.quantities()
	if err != nil {
		s.counts[wrong].SetError(e.Error(err))
		s.sums.SetText("")
		s.rates.SetText("")
		s.save.Disable()
		return
	}
	lines := make([]invoicing.ReturnLine, len(s.lines))
	some := false
	for i, l := range s.lines {
		l.Now = quantities[i]
		some = some || l.Now.IsPositive()
		lines[i] = l
	}
	back, err := invoicing.Return(lines)
	if err != nil {
		s.said.Say(widgets.BannerError, e.Error(err))
		return
	}
	s.sums.SetText(e.T("invoices.return.sum", e.Money(back.Total, c), e.Money(back.Base, c), e.Money(back.VAT, c)))
	s.rates.SetText(ratesLine(e, back.Sums, c))
	widgets.EnableIf(s.save, some && strings.TrimSpace(s.typed.Text) != "")
}

// fillAll takes all that is left of every line.
func (s *returnSheet) fillAll() {
	for i, l := range s.lines {
		s.fields[i].SetText(kit.Typed(decimal.NewNullDecimal(l.Sold.Sub(l.Before)), 0, s.e.Lang))
	}
}

// store makes the task of the return.
func (s *returnSheet) store() {
	if s.save.Disabled() {
		return
	}
	quantities, _, err := s.quantities()
	if err != nil {
		return // said at its field
	}
	number := strings.TrimSpace(s.typed.Text)
	s.save.Disable()
	kit.Act(s.e.Env, "save", func(ctx context.Context) (invoicing.Task, error) {
		return s.e.co.ReturnInvoice(ctx, s.record.ID, number, quantities)
	}, func(t invoicing.Task, err error) {
		if err != nil {
			s.save.Enable()
			if words.RefusedField(err) == "number" {
				s.number.SetError(s.e.Error(err))
				s.number.Focus(s.e.Win.Canvas())
				return
			}
			s.said.Say(widgets.BannerError, s.e.Error(err))
			s.object.Refresh()
			return
		}
		s.e.Pop()
		s.done(t)
	})
}

// Content is always the same object.
func (s *returnSheet) Content() fyne.CanvasObject { return s.object }

// Show puts the cursor into the number of the return.
func (s *returnSheet) Show() { s.e.Win.Canvas().Focus(s.typed) }
