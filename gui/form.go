package gui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// form is what the sections with a saving button have in common: T as it is kept, T as it is edited,
// and the way between them off the interface's thread.
type form[T any] struct {
	e     *env
	p     pageControl
	bar   *widgets.SaveBar
	rows  map[string]*widgets.Row // by the Field of a domain.Error
	order []string

	kept, now T
	loaded    bool
	saving    bool
	same      func(a, b T) bool
	load      func(ctx context.Context) (T, error)
	// check refuses what must not be saved, before anything is sent.
	check func(v T) error
	// store saves v and gives it as it is kept.
	store func(ctx context.Context, v T) (T, error)
	// fill shows v in the fields.
	fill func(v T)
	// fresh tells that v was never saved: it can be saved as it is, and leaving asks nothing. May be nil.
	fresh func(v T) bool
}

// newForm makes a form; beside stands left of its saving button.
func newForm[T any](e *env, p pageControl, beside ...fyne.CanvasObject) *form[T] {
	f := &form[T]{e: e, p: p, rows: map[string]*widgets.Row{}}
	f.bar = widgets.NewSaveBar(e.t("save"), f.save, beside...)
	return f
}

// row adds a form row whose errors are those of field.
func (f *form[T]) row(field, label string, o fyne.CanvasObject, help string) *widgets.Row {
	r := widgets.NewRow(label, o, help)
	f.rows[field] = r
	f.order = append(f.order, field)
	return r
}

// layout puts the saving bar under what scrolls.
func (f *form[T]) layout(body ...fyne.CanvasObject) fyne.CanvasObject {
	return widgets.NewBorder(nil, f.bar, nil, nil, scrolled(body...))
}

// scrolled stacks objects and lets them scroll.
func scrolled(body ...fyne.CanvasObject) fyne.CanvasObject {
	return container.NewVScroll(container.NewVBox(body...))
}

// show fetches what is kept and drops what was edited.
func (f *form[T]) show() {
	f.loaded = false
	background(f.e, f.load, func(v T, err error) {
		if err != nil {
			f.bar.SetError(errorText(f.e.text, err))
			return
		}
		f.loaded = true
		f.accept(v)
	})
}

// accept takes v as the kept state.
func (f *form[T]) accept(v T) {
	f.kept, f.now = v, v
	f.clear()
	f.fill(v)
	f.bar.SetDirty(f.savable())
}

// edit changes the edited value.
func (f *form[T]) edit(change func(v *T)) {
	change(&f.now)
	f.changed()
}

// changed is called after the edited value changed.
func (f *form[T]) changed() {
	f.clear()
	f.bar.SetDirty(f.savable())
}

func (f *form[T]) clear() {
	for _, r := range f.rows {
		r.SetError("")
	}
}

func (f *form[T]) dirty() bool { return f.loaded && !f.same(f.kept, f.now) }

// savable tells whether saving would do something.
func (f *form[T]) savable() bool {
	return f.loaded && (f.dirty() || f.fresh != nil && f.fresh(f.kept))
}

func (f *form[T]) save() { f.saveThen(nil) }

// saveThen checks and saves, and goes on with then if it succeeded.
func (f *form[T]) saveThen(then func()) {
	if !f.savable() || f.saving {
		return
	}
	if f.check != nil {
		if err := f.check(f.now); err != nil {
			f.refuse(err)
			return
		}
	}
	v := f.now
	f.saving = true
	f.bar.SetBusy(true)
	background(f.e, func(ctx context.Context) (T, error) { return f.store(ctx, v) }, func(kept T, err error) {
		f.saving = false
		f.bar.SetBusy(false)
		if err != nil {
			f.refuse(err)
			return
		}
		f.kept = kept
		if f.same(f.now, v) { // nothing was typed meanwhile
			f.accept(kept)
		}
		f.bar.SetDirty(f.savable())
		f.bar.SetNote(f.e.t("saved", f.e.clock(f.e.now())))
		f.p.refreshFrame()
		if then != nil {
			then()
		}
	})
}

// refuse says at the field, or beside the button, why saving is not possible; the field takes the focus.
func (f *form[T]) refuse(err error) {
	if r, ok := f.rows[invalidField(err)]; ok {
		r.SetError(errorText(f.e.text, err))
		r.Focus(f.e.win.Canvas())
		f.bar.SetError(f.e.t("save.refused"))
		return
	}
	f.bar.SetError(errorText(f.e.text, err))
}
