package orders

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// cure is a button that leads out of a hit.
type cure struct {
	label string
	act   func()
}

// drawHits says everything that holds the order, each with its way on.
func (s *orderSheet) drawHits(x issuing.Examined) {
	e := s.e
	s.hits.Objects, s.way = nil, nil
	reasons := x.Verdict.Reasons
	for _, r := range reasons {
		why, do := e.OrderHit(r, x.Kept.Status)
		sign := theme.NewColoredResource(theme.WarningIcon(), theme.ColorNameWarning)
		if r == string(invoicing.HitRegistryUnknown) { // holds nothing: the run asks
			sign = theme.NewColoredResource(theme.InfoIcon(), theme.ColorNamePrimary)
		}
		icon := widget.NewIcon(sign)
		words := widgets.Tight(widgets.NewBody(why).Bold(), widgets.NewBody(do))
		ways := container.New(layout.NewRowWrapLayout())
		for _, c := range s.cures(r, x) {
			b := widgets.NewButton(c.label, c.act)
			b.SetEscape(s.leave)
			ways.Add(b)
			if s.way == nil {
				s.way = b
			}
		}
		box := container.NewVBox(words)
		if len(ways.Objects) > 0 {
			box.Add(ways)
		}
		s.hits.Add(widgets.NewBorder(nil, nil, container.NewVBox(widgets.Gap(4), icon), nil, box))
	}
	if len(reasons) > 0 {
		s.hits.Objects = []fyne.CanvasObject{widgets.NewPanel(container.NewVBox(s.hits.Objects...))}
	}
	widgets.ShowIf(s.hits, len(reasons) > 0)
	s.hits.Refresh()
}

// cures are the ways on from a hit.
func (s *orderSheet) cures(reason string, x issuing.Examined) []cure {
	e := s.e
	to := func(field string) []cure {
		return []cure{{e.T("orders.cure." + field), func() { s.toField(field) }}}
	}
	switch invoicing.Hit(reason) {
	case invoicing.HitAlready:
		return s.toInvoices()
	case invoicing.HitChangedSince:
		return append([]cure{{e.T("orders.cure.compare"), s.compare}}, s.toInvoices()...)
	case invoicing.HitUnknownAttempt:
		return append([]cure{{e.T("orders.cure.look-up"), s.lookUp}}, s.toInvoices()...)
	case invoicing.HitLine, invoicing.HitTotalZero:
		return to("line")
	case invoicing.HitDiscountOver:
		return to("discount")
	case invoicing.HitTotalMismatch:
		return s.mismatch(x)
	case invoicing.HitVATMissing, invoicing.HitVATNotInForce:
		return to("vat")
	case invoicing.HitVATZeroCode:
		return to("exemption")
	case invoicing.HitCurrency:
		return to("rate")
	case invoicing.HitMasked, invoicing.HitName:
		return to("who")
	case invoicing.HitCompanyNoNumber, invoicing.HitNumberBad, invoicing.HitNumberPlaceholder:
		return to("tax_number")
	case invoicing.HitAddress:
		return to("address")
	case invoicing.HitForeign, invoicing.HitPublicBody, invoicing.HitSpecial, invoicing.HitPlatformBuyer:
		return []cure{{e.T("orders.cure.by-hand"), s.byHand}}
	case invoicing.HitDateOrder:
		if x.Earliest.IsZero() {
			return to("day")
		}
		return []cure{{e.T("orders.cure.earliest", e.Date(x.Earliest)), func() { s.setDay(dayTyped(x.Earliest)) }}}
	case invoicing.HitFuture:
		return []cure{{e.T("orders.cure.today"), func() { s.setDay("") }}}
	}
	return s.ownCures(reason)
}

// ownCures are those of what is no hit of the gate.
func (s *orderSheet) ownCures(reason string) []cure {
	e := s.e
	switch reason {
	case issuing.ReasonRefused:
		return []cure{{e.T("orders.cure.again"), func() { s.e.Frame.Leave(func() { s.acts.plan(s.key) }) }}}
	case issuing.ReasonHeld:
		return []cure{{e.T("orders.release"), func() { s.say(func(x *orders.Said) { x.Held = false }) }}}
	case issuing.ReasonNoProduct:
		return []cure{{e.T("orders.line.bind"), func() {
			for i, p := range s.Kept.base.Kept.Products {
				if i < len(s.lines) && p.ID == 0 && !s.Now.lines[i].without && s.lines[i].bind != nil {
					s.bind(i)
					return
				}
			}
		}}}
	case issuing.ReasonTwoAmounts:
		return []cure{{e.T("orders.cure.settings"), func() { e.Frame.Open(kit.PlaceInvoices) }}}
	}
	return nil
}

func (s *orderSheet) toInvoices() []cure {
	return []cure{{s.e.T("orders.cure.invoices"), func() { s.e.Frame.Open(kit.PlaceInvoices) }}}
}

// mismatch offers what the difference between lines and total may be.
func (s *orderSheet) mismatch(x issuing.Examined) []cure {
	e, o := s.e, x.Kept.Standing()
	off := o.StatedTotal.Decimal.Sub(x.Answer.Total)
	words := e.Money(off.Abs(), o.Currency)
	amount := kit.Typed(decimal.NewNullDecimal(off.Abs()), money, e.Lang)
	if off.IsPositive() {
		return []cure{
			{e.T("orders.cure.shipping", words), func() { s.add(orders.LineShipping, amount) }},
			{e.T("orders.cure.fee", words), func() { s.add(orders.LineFee, amount) }},
			{e.T("orders.cure.total"), func() { s.toField("total") }},
		}
	}
	coupon := kit.Typed(decimal.NewNullDecimal(o.Discount.Add(off.Abs())), money, e.Lang)
	return []cure{
		{e.T("orders.cure.coupon", words), func() { s.entries["discount"].SetText(coupon); s.toField("discount") }},
		{e.T("orders.cure.total"), func() { s.toField("total") }},
	}
}

// setDay writes the day of the invoice.
func (s *orderSheet) setDay(day string) {
	s.entries["day"].SetText(day)
	s.toField("day")
}

// toField puts the cursor where something is to be mended.
func (s *orderSheet) toField(field string) {
	switch field {
	case "line", "vat", "exemption":
		s.toLine(field)
	case "who":
		s.focusFirst("name", "first", "last", "address", "tax_number")
	case "tax_number":
		s.focus(s.buyer.entries["tax_number"])
	case "address":
		b := s.Now.buyer
		switch {
		case b.plate == "":
			s.focus(s.buyer.province)
		case b.district == "" || s.buyer.district.SelectedIndex() < 0:
			s.focus(s.buyer.district)
		case b.address == "":
			s.focus(s.buyer.entries["address"])
		default:
			s.focus(s.buyer.entries["postal"])
		}
	default:
		s.focus(s.entries[field])
	}
}

// focusFirst goes to the first of the buyer's fields that is in view and empty or masked, else to the first in view.
func (s *orderSheet) focusFirst(fields ...string) {
	var first fyne.Focusable
	for _, f := range fields {
		w := s.buyer.entries[f]
		if !s.buyer.rows[f].Visible() {
			continue
		}
		if masked(w.Text) || w.Text == "" && f != "tax_number" {
			s.focus(w)
			return
		}
		if first == nil {
			first = w
		}
	}
	if first != nil {
		s.focus(first)
	}
}

// toLine goes to the first line that is to be mended.
func (s *orderSheet) toLine(field string) {
	for i, f := range s.lines {
		d, l := s.Now.lines[i], s.Kept.base.Case.Lines[i]
		switch {
		case field == "line" && (d.name == "" || !l.Quantity.IsPositive()):
			s.focus(f.name)
			return
		case field == "vat" && (!l.VAT.Valid || !inForce(s.Kept.base.Case, l)):
			s.focus(f.vat.Select)
			return
		case field == "exemption" && l.VAT.Valid && l.VAT.Decimal.IsZero() && l.Exemption == "":
			s.focus(f.exemption)
			return
		}
	}
	if len(s.lines) > 0 {
		s.focus(s.lines[0].quantity)
	}
}

func inForce(c invoicing.Case, l invoicing.Line) bool {
	for _, r := range ratesOn(c) {
		if r.Equal(l.VAT.Decimal) {
			return true
		}
	}
	return false
}

// lookUp asks İşbaşı what has become of attempts, after saying what that costs.
func (s *orderSheet) lookUp() {
	e := s.e
	type cost struct {
		n int
		c quota.Cost
	}
	kit.Background(e.Env, func(ctx context.Context) (cost, error) {
		n, c, err := e.co.LookUpCost(ctx)
		return cost{n, c}, err
	}, func(c cost, err error) {
		if err != nil {
			s.said.Say(widgets.BannerError, e.Error(err))
			return
		}
		e.Ask(e.T("orders.look-up.title"), e.T("orders.look-up.text", c.n, e.Calls(c.c)), kit.Answer{Label: e.T("cancel")},
			kit.Answer{Label: e.T("orders.cure.look-up"), Importance: widget.HighImportance, Act: func() {
				kit.Act(e.Env, "invoices", e.co.LookUpInvoices, func(l issuing.Looked, err error) {
					if err != nil {
						s.said.Say(widgets.BannerError, e.Error(err))
						return
					}
					s.Show()
					s.acts.changed()
					s.said.Say(widgets.BannerInfo, e.T("invoices.sentence", e.LookedUp(l)))
				})
			}})
	})
}

// compare puts the invoice that was made and the one of today beside each other.
func (s *orderSheet) compare() {
	x := s.Kept.base
	if len(x.Records) > 0 {
		s.e.Push(newCompareSheet(s.e, x))
	}
}

// byHand shows what to type on İşbaşı's own screen.
func (s *orderSheet) byHand() {
	s.e.Push(newByHandSheet(s.e, s.Kept.base, func() {
		s.e.Pop()
		s.acts.changed()
		s.said.Say(widgets.BannerGood, s.e.T("orders.by-hand.linked"))
	}))
}

func masked(text string) bool {
	for _, r := range text {
		if r == '*' || r == '●' {
			return true
		}
	}
	return false
}
