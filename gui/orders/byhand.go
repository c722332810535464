package orders

import (
	"cmp"
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// byHandSheet is for an invoice that only İşbaşı's own screen can make: what to type there, each with a button that copies
// it, and the number that comes of it.
type byHandSheet struct {
	e      *env
	key    orders.Key
	done   func()
	object fyne.CanvasObject
	number *widgets.Entry
	day    *widgets.Entry
	rows   map[string]*widgets.Row
	link   *widgets.Button
	said   *widgets.Banner
}

func newByHandSheet(e *env, x issuing.Examined, done func()) *byHandSheet {
	s := &byHandSheet{e: e, key: x.Kept.Key(), done: done, rows: map[string]*widgets.Row{}, said: widgets.NewBanner()}
	back := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), e.Pop)
	back.SetEscape(e.Pop)
	box := container.NewVBox(widgets.NewBody(e.T("orders.by-hand.text")))
	for _, v := range copiesOf(e, x) {
		box.Add(s.copyRow(v))
	}
	s.number, s.day = widgets.NewEntry(e.T("orders.by-hand.number.hint")), widgets.NewEntry("")
	s.day.SetText(dayTyped(e.Now()))
	s.link = widgets.NewIconButton(e.T("orders.by-hand.link"), theme.ConfirmIcon(), s.store).Primary()
	s.link.Disable()
	for field, w := range map[string]*widgets.Entry{"number": s.number, "date": s.day} {
		w.OnChanged = func(string) { s.offer() }
		w.OnSubmitted = func(string) { s.store() }
		w.SetEscape(e.Pop)
		s.rows[field] = widgets.NewRow(e.T("orders.by-hand."+field), w, e.T("orders.by-hand."+field+".help"))
	}
	s.link.SetEscape(e.Pop)
	box.Add(widgets.NewSection(e.T("orders.by-hand.then")))
	for _, o := range []fyne.CanvasObject{s.rows["number"], s.rows["date"], s.said, container.NewHBox(widgets.Gap(2), s.link, layout.NewSpacer())} {
		box.Add(o)
	}
	s.object = widgets.NewBorder(
		widgets.NewBorder(nil, nil, back, nil, widgets.NewTitle(e.T("orders.by-hand.title", titleOf(e, x.Kept.Order)))), nil, nil, nil,
		container.NewVScroll(widgets.MaxWidth(760, box)))
	return s
}

// valued is something to type on İşbaşı's screen.
type valued struct{ label, value string }

// copiesOf is what İşbaşı's screen asks for, in its order.
func copiesOf(e *env, x issuing.Examined) (all []valued) {
	add := func(key, value string) {
		if value != "" {
			all = append(all, valued{e.T("orders.by-hand.value." + key), value})
		}
	}
	c := x.Draft.Customer
	add("name", customerName(c))
	add("tax_number", c.TaxNumber)
	add("tax_office", c.TaxOffice)
	add("address", c.Address)
	add("district", c.District)
	add("city", c.City)
	add("postal", c.PostalCode)
	add("country", cmp.Or(foreignCountry(x.Case.Buyer.Country), c.Country))
	for i, l := range x.Case.Lines {
		a := x.Answer.Lines[i]
		all = append(all, valued{e.T("orders.by-hand.value.line", i+1), l.Name})
		add("quantity", kit.Typed(decimal.NewNullDecimal(l.Quantity), 0, e.Lang))
		add("unit", kit.Typed(a.SendUnit, money, e.Lang))
		if l.VAT.Valid {
			add("vat", percent(e, l.VAT.Decimal))
		}
	}
	add("total", kit.Typed(decimal.NewNullDecimal(x.Answer.Total), money, e.Lang))
	add("description", x.Draft.Description)
	return all
}

// firmOf is a buyer as İşbaşı's cards have one.
func firmOf(b orders.Buyer) domain.Firm {
	name := b.FullName()
	return domain.Firm{
		Name: name, FirstName: b.First, LastName: b.Last, Person: b.Type != orders.BuyerCompany, TaxNumber: b.TaxNumber, TaxOffice: b.TaxOffice,
		Address: b.Address, City: b.City, District: b.District, PostalCode: b.PostalCode, Country: b.Country,
	}
}

// copyRow shows a value with the button that copies it.
func (s *byHandSheet) copyRow(v valued) fyne.CanvasObject {
	e := s.e
	b := widgets.NewIconButton(e.T("orders.by-hand.copy"), theme.ContentCopyIcon(), nil)
	b.OnTapped = func() {
		e.App.Clipboard().SetContent(v.value)
		b.SetText(e.T("orders.by-hand.copied"))
		b.SetIcon(theme.ConfirmIcon())
	}
	b.Importance = widget.LowImportance
	b.SetEscape(e.Pop)
	label := widgets.FixedWidth(150, widgets.NewMuted(v.label))
	return widgets.NewBorder(nil, nil, label, widgets.Centred(b), widgets.NewBody(v.value))
}

// offer turns the button on while there is a number.
func (s *byHandSheet) offer() {
	for _, r := range s.rows {
		r.SetError("")
	}
	widgets.EnableIf(s.link, strings.TrimSpace(s.number.Text) != "")
}

// store keeps the number of the invoice.
func (s *byHandSheet) store() {
	if s.link.Disabled() {
		return
	}
	number := strings.TrimSpace(s.number.Text)
	day, err := dayOf(s.day.Text, "date")
	if err == nil && day.IsZero() {
		err = domain.Invalid("date", "required")
	}
	if err != nil {
		s.refuse(err)
		return
	}
	s.link.Disable()
	kit.Act(s.e.Env, "save", func(ctx context.Context) (time.Time, error) { return day, s.e.co.LinkInvoice(ctx, s.key, number, day) },
		func(_ time.Time, err error) {
			s.link.Enable()
			if err != nil {
				s.refuse(err)
				return
			}
			s.done()
		})
}

func (s *byHandSheet) refuse(err error) {
	if r, ok := s.rows[cmp.Or(words.RefusedField(err), "-")]; ok {
		r.SetError(s.e.Error(err))
		r.Focus(s.e.Win.Canvas())
		return
	}
	s.said.Say(widgets.BannerError, s.e.Error(err))
}

// Content is always the same object.
func (s *byHandSheet) Content() fyne.CanvasObject { return s.object }

// Show puts the cursor into the number.
func (s *byHandSheet) Show() { s.e.Win.Canvas().Focus(s.number) }
