package prices

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// records are few records that a person corrects and removes by button, menu, Enter and Delete; the last
// change can be taken back. What is particular about a T is set by its screen.
type records[T any] struct {
	e             *env
	words         recordWords
	said          *widgets.Banner
	table         *table.Table
	edit, remove  *widgets.Button
	undoing       *widgets.Button
	state, count  *widgets.Text
	rows          []table.Row // in view, each made of a T
	correct, take func(T)
	fixed         func(T) string // why it cannot be changed, "" if it can
	refuse        func(error)    // says what went wrong
	fetch         func()         // reads what is kept

	back func(ctx context.Context) error // takes the last change back; nil: there is none
	busy bool
}

// recordWords are on the commands of records.
type recordWords struct{ edit, remove, undo string }

func newRecords[T any](e *env, words recordWords, columns ...table.Column) *records[T] {
	r := &records[T]{e: e, words: words, said: widgets.NewBanner(), state: widgets.NewMuted(""), count: widgets.NewMuted("").OneLine()}
	r.edit = widgets.NewIconButton(words.edit, theme.DocumentCreateIcon(), func() { r.withCurrent(r.correct) })
	r.remove = widgets.NewIconButton(words.remove, theme.DeleteIcon(), func() { r.withCurrent(r.take) })
	r.undoing = widgets.NewIconButton(words.undo, theme.ContentUndoIcon(), r.Undo)
	r.table = table.New(columns, func(q table.Query, done func([]table.Row, int, bool)) {
		done(kit.PageOf(r.rows, q.Limit, q.Offset), len(r.rows), true)
	})
	r.table.OnSelected = func(table.Row) { r.buttons() }
	r.table.OnOpen = func(row table.Row) { r.with(row, r.correct) }
	r.table.OnMenu = r.menu
	r.table.OnKey = func(k *fyne.KeyEvent) {
		if k.Name == fyne.KeyDelete {
			r.withCurrent(r.take)
		}
	}
	for _, k := range []interface{ SetEscape(func()) }{r.table, r.edit, r.remove} {
		k.SetEscape(e.Frame.Back)
	}
	return r
}

// foot is the line under the rows.
func (r *records[T]) foot() fyne.CanvasObject {
	return container.NewVBox(widget.NewSeparator(),
		widgets.NewBorder(nil, nil, container.NewHBox(r.edit, r.remove), r.count, r.state))
}

// begin forgets what was changed and reads what is kept.
func (r *records[T]) begin() {
	r.back = nil
	r.said.Hide()
	r.fetch()
}

// list brings rows into view.
func (r *records[T]) list(rows []table.Row) {
	r.rows = rows
	r.table.Reload()
	r.table.Choose(0) // what the buttons act on is seen
	r.buttons()
}

// with acts on a row that can be changed.
func (r *records[T]) with(row table.Row, act func(T)) {
	if x, ok := row.Data.(T); ok && r.fixed(x) == "" && r.e.Modal == nil {
		act(x)
	}
}

func (r *records[T]) withCurrent(act func(T)) {
	if row, ok := r.table.Current(); ok {
		r.with(row, act)
	}
}

func (r *records[T]) menu(row table.Row, at fyne.Position) {
	edit := fyne.NewMenuItem(r.words.edit, func() { r.with(row, r.correct) })
	remove := fyne.NewMenuItem(r.words.remove, func() { r.with(row, r.take) })
	if x, ok := row.Data.(T); ok {
		edit.Disabled = r.fixed(x) != ""
		remove.Disabled = edit.Disabled
	}
	r.e.PopUp(at, edit, remove)
}

// buttons are on while the row is one that can be changed.
func (r *records[T]) buttons() {
	text, on := "", false
	if row, ok := r.table.Current(); ok {
		text = strings.Join(row.Cells, " · ")
		if x, ok := row.Data.(T); ok {
			if why := r.fixed(x); why != "" {
				text = why
			} else {
				on = true
			}
		}
	}
	r.state.SetText(text)
	for _, b := range []*widgets.Button{r.edit, r.remove} {
		widgets.EnableIf(b, on)
	}
}

// act carries out a change, one at a time, and reads what is kept then.
func (r *records[T]) act(do func(context.Context) error, refuse func(error), then func()) {
	if r.busy {
		return
	}
	r.busy = true
	kit.Act(r.e.Env, "save", func(ctx context.Context) (struct{}, error) { return struct{}{}, do(ctx) }, func(_ struct{}, err error) {
		r.busy = false
		if err != nil {
			refuse(err)
			return
		}
		then()
		r.fetch()
	})
}

// done says what was done, with the way back.
func (r *records[T]) done(text string, back func(context.Context) error) {
	r.back = back
	r.said.Say(widgets.BannerGood, text, r.undoing)
}

// Undo takes the last change back.
func (r *records[T]) Undo() {
	if r.back == nil || r.e.Modal != nil {
		return
	}
	r.act(r.back, r.refuse, func() {
		r.back = nil
		r.said.Hide()
	})
}
