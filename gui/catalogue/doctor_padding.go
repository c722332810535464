package catalogue

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// doctorPadding is the question about the zeros of a whole column: examples, and what cannot be filled up.
type doctorPadding struct {
	e      *env
	repair func(doctor.Repair) // what was confirmed
	column *widgets.Choice
	width  *widgets.Entry
	typing *kit.Typing
	asked  int // numbers the questions: only the last answer counts
	count  *widgets.Text
	body   *fyne.Container
	padded doctor.Padded
	of     doctor.Column // what padded is of
	digits int           // its width; 0: there is no answer yet
	modal  *kit.Modal
}

const (
	usualBarcodeWidth = 13 // codes have no usual one
	paddingWidth      = 480
	paddingHeight     = 180
)

func paddingColumns() []doctor.Column { return []doctor.Column{doctor.Code, doctor.Barcode} }

// askPadding opens the question; width 0 takes the one that is proposed or usual. Where there is none the person writes it.
func askPadding(e *env, proposed []doctor.Padding, column doctor.Column, width int, repair func(doctor.Repair)) {
	x := &doctorPadding{e: e, repair: repair, count: widgets.NewBody("").Bold(), body: container.NewVBox()}
	names := []string{e.T("doctor.pad.code"), e.T("doctor.pad.barcode")}
	x.column = widgets.NewRowChoice(names, func(i int) {
		x.width.SetText(widthText(paddedWidth(proposed, paddingColumns()[i])))
		x.ask()
	})
	x.width = widgets.NewEntry("")
	if width == 0 {
		width = paddedWidth(proposed, column)
	}
	if column == doctor.Barcode {
		x.column.SetSelected(1)
	} else {
		x.column.SetSelected(0)
	}
	x.width.Text = widthText(width)
	x.typing = kit.NewTyping(e.Env, x.ask)
	x.width.OnChanged = func(string) { x.typed() }
	fields := container.NewVBox(widgets.NewBody(e.T("doctor.pad.text")), x.column,
		widgets.NewBorder(nil, nil, widgets.NewBody(e.T("doctor.pad.width")).OneLine(), nil, widgets.MaxWidth(90, x.width)))
	content := widgets.FixedWidth(paddingWidth, container.NewVBox(fields, x.count, widgets.FixedHeight(paddingHeight, container.NewVScroll(x.body))))
	x.modal = e.AskWith(e.T("doctor.pad.title"), content,
		kit.Answer{Label: e.T("cancel")}, kit.Answer{Label: e.T("doctor.pad.yes"), Importance: widget.HighImportance, Check: x.accept})
	if x.modal == nil {
		return
	}
	x.column.SetEscape(x.modal.Cancel)
	x.width.SetEscape(x.modal.Cancel)
	x.width.OnSubmitted = func(string) { x.accept() }
	x.ask()
	e.Win.Canvas().Focus(x.width)
}

// widthText writes a width; none is no text.
func widthText(width int) string {
	if width == 0 {
		return ""
	}
	return strconv.Itoa(width)
}

// paddedWidth is the width that is proposed for a column, or the usual one; 0: neither.
func paddedWidth(proposed []doctor.Padding, c doctor.Column) int {
	for _, p := range proposed {
		if p.Column == c {
			return p.Width
		}
	}
	if c == doctor.Barcode {
		return usualBarcodeWidth
	}
	return 0
}

// typed asks when no further digit has come for a while.
func (x *doctorPadding) typed() {
	x.digits = 0
	x.typing.Typed()
}

// ask works out what would change.
func (x *doctorPadding) ask() {
	e := x.e
	if e.Modal != x.modal {
		return
	}
	x.digits = 0
	x.asked++
	asked := x.asked
	x.body.Objects = nil
	width, err := strconv.Atoi(strings.TrimSpace(x.width.Text))
	if err != nil || width < 1 || width > doctor.Widest {
		x.count.SetText(e.T("doctor.pad.number", doctor.Widest))
		x.body.Refresh()
		return
	}
	column := paddingColumns()[max(0, x.column.Selected())]
	x.count.SetText(e.T("doctor.pad.counting"))
	kit.Background(e.Env, func(ctx context.Context) (doctor.Padded, error) {
		return e.co.Padding(ctx, column, width, &doctor.Count{})
	}, func(p doctor.Padded, err error) {
		switch {
		case asked != x.asked || e.Modal != x.modal:
		case err != nil:
			x.count.SetText(e.Error(err))
		default:
			x.padded, x.of, x.digits = p, column, width
			x.draw()
		}
	})
}

func (x *doctorPadding) draw() {
	e := x.e
	x.count.SetText(e.T("doctor.pad.count", len(x.padded.Fixes), len(x.padded.Clashes)))
	x.body.Objects = exampleLines(e, x.padded.Fixes)
	if n := len(x.padded.Clashes); n > 0 {
		x.body.Add(widgets.NewBody(e.T("doctor.pad.clashes")).Bold())
		for _, c := range x.padded.Clashes[:min(examplesShown, n)] {
			x.body.Add(widgets.NewMuted(e.T("doctor.clash", c.From, c.To, c.Has)))
		}
		if n > examplesShown {
			x.body.Add(widgets.NewMuted(e.T("doctor.more", n-examplesShown)))
		}
	}
	x.body.Refresh()
}

// accept fills the column up, once it is known what that does.
func (x *doctorPadding) accept() {
	switch {
	case x.digits == 0:
	case len(x.padded.Fixes) == 0:
		x.e.Win.Canvas().Focus(x.width)
	default:
		x.e.CloseModal(x.modal)
		x.repair(x.padded.Filling(x.of, x.digits))
	}
}
