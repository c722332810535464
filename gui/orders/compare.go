package orders

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// compareSheet shows an invoice that was made, and beside it what the source of its order says now.
type compareSheet struct{ object fyne.CanvasObject }

func newCompareSheet(e *env, x issuing.Examined) *compareSheet {
	back := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), e.Pop)
	back.SetEscape(e.Pop)
	made := viewOfRecord(e, x.Records[len(x.Records)-1]).show(e, e.T("orders.compare.made"))
	now := viewOf(e, x)
	if later := x.Kept.Later; later != nil {
		now = viewOfSource(e, *later)
	}
	both := container.NewGridWithColumns(2, container.NewVBox(made), container.NewVBox(now.show(e, e.T("orders.compare.now"))))
	return &compareSheet{widgets.NewBorder(container.NewVBox(
		widgets.NewBorder(nil, nil, back, nil, widgets.NewTitle(e.T("orders.compare.title", titleOf(e, x.Kept.Order)))),
		widgets.NewBody(e.T("orders.compare.text"))), nil, nil, nil, container.NewVScroll(both))}
}

// viewOfSource is an order as its source says it, as far as an invoice shows it.
func viewOfSource(e *env, o orders.Order) invoiceView {
	v := invoiceView{kind: e.OrderStatus(o.Status), number: numberWords(o), date: e.Date(o.OrderedAt), customer: firmOf(o.Buyer), currency: o.Currency}
	for _, l := range o.Lines {
		v.lines = append(v.lines, lineView{name: l.Name, quantity: l.Quantity, net: l.Net()})
	}
	v.sums.Total = o.Total()
	return v
}

// Content is always the same object.
func (s *compareSheet) Content() fyne.CanvasObject { return s.object }

// Show has nothing to fetch.
func (s *compareSheet) Show() {}
