package kit

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// Form is what the sections with a saving button have in common: T as it is kept, T as it is edited,
// and the way between them off the interface's thread.
type Form[T any] struct {
	e     *Env
	Bar   *widgets.SaveBar
	Rows  map[string]*widgets.Row // by the Field of a domain.Error
	order []string

	Kept, Now T
	Loaded    bool
	Saving    bool
	Same      func(a, b T) bool
	// Load fetches what is kept anew; kept is what was known of it.
	Load func(ctx context.Context, kept T) (T, error)
	// Check refuses what must not be saved, before anything is sent.
	Check func(v T) error
	// Ask is asked once Check has let v pass, and goes on where it may be saved, at once or later. May be nil.
	Ask func(v T, goOn func())
	// Store saves v and gives it as it is kept.
	Store func(ctx context.Context, v T) (T, error)
	// Fill shows v in the fields.
	Fill func(v T)
	// Fresh tells that v was never saved: it can be saved as it is, and leaving asks nothing. May be nil.
	Fresh func(v T) bool

	whole *fyne.Container // of what is out of sight until the first answer
}

// NewForm makes a form; beside stands left of its saving button.
func NewForm[T any](e *Env, beside ...fyne.CanvasObject) *Form[T] {
	f := &Form[T]{e: e, Rows: map[string]*widgets.Row{}}
	f.Bar = widgets.NewSaveBar(e.T("save"), f.Save, beside...)
	return f
}

// Row adds a form row whose errors are those of field.
func (f *Form[T]) Row(field, label string, o fyne.CanvasObject, help string) *widgets.Row {
	r := widgets.NewRow(label, o, help)
	f.Rows[field] = r
	f.order = append(f.order, field)
	return r
}

// Layout puts the saving bar at the end of the form.
func (f *Form[T]) Layout(body ...fyne.CanvasObject) fyne.CanvasObject {
	return f.Await(widgets.Footed(f.Bar, body...))
}

// Await keeps o out of sight until what is kept has come for the first time: empty fields would say that nothing is.
func (f *Form[T]) Await(o fyne.CanvasObject) fyne.CanvasObject {
	o.Hide()
	f.whole = container.NewStack(o)
	return f.whole
}

// reveal brings the form into view.
func (f *Form[T]) reveal() {
	if f.whole != nil && !f.whole.Objects[0].Visible() {
		f.whole.Objects[0].Show()
		f.whole.Refresh() // what was never painted is painted by it
	}
}

// Fail says that what is kept could not be fetched.
func (f *Form[T]) Fail(err error) {
	f.Bar.SetError(f.e.Error(err))
	f.reveal()
}

// Show fetches what is kept and drops what was edited.
func (f *Form[T]) Show() {
	f.Loaded = false
	kept := f.Kept
	Background(f.e, func(ctx context.Context) (T, error) { return f.Load(ctx, kept) }, func(v T, err error) {
		if err != nil {
			f.Fail(err)
			return
		}
		f.Loaded = true
		f.Accept(v)
	})
}

// Accept takes v as the kept state.
func (f *Form[T]) Accept(v T) {
	f.Kept, f.Now = v, v
	f.Clear()
	f.Fill(v)
	f.Bar.SetDirty(f.Savable())
	f.reveal()
}

// Edit changes the edited value.
func (f *Form[T]) Edit(change func(v *T)) {
	change(&f.Now)
	f.Changed()
}

// Changed is called after the edited value changed.
func (f *Form[T]) Changed() {
	f.Clear()
	f.Bar.SetDirty(f.Savable())
}

// Clear takes the errors of all fields away.
func (f *Form[T]) Clear() {
	for _, r := range f.Rows {
		r.SetError("")
	}
}

// Dirty tells whether something was edited.
func (f *Form[T]) Dirty() bool { return f.Loaded && !f.Same(f.Kept, f.Now) }

// Savable tells whether saving would do something.
func (f *Form[T]) Savable() bool {
	return f.Loaded && (f.Dirty() || f.Fresh != nil && f.Fresh(f.Kept))
}

// Save checks and saves.
func (f *Form[T]) Save() { f.SaveThen(nil) }

// SaveThen checks, asks and saves, and goes on with then if it succeeded.
func (f *Form[T]) SaveThen(then func()) {
	if !f.Savable() || f.Saving {
		if f.Loaded && !f.Saving {
			f.Bar.SetNote(f.e.T("save.unchanged")) // nothing is written
		}
		return
	}
	if f.Check != nil {
		if err := f.Check(f.Now); err != nil {
			f.Refuse(err)
			return
		}
	}
	v := f.Now
	if f.Ask != nil {
		f.Ask(v, func() { f.store(v, then) })
		return
	}
	f.store(v, then)
}

// SaveUnasked is SaveThen for who has seen already what would be asked about.
func (f *Form[T]) SaveUnasked(then func()) {
	ask := f.Ask
	f.Ask = nil
	f.SaveThen(then)
	f.Ask = ask
}

func (f *Form[T]) store(v T, then func()) {
	if f.Saving {
		return
	}
	f.Saving = true
	f.Bar.SetBusy(true)
	Act(f.e, "save", func(ctx context.Context) (T, error) { return f.Store(ctx, v) }, func(kept T, err error) {
		f.Saving = false
		f.Bar.SetBusy(false)
		if err != nil {
			f.Refuse(err)
			return
		}
		f.Kept = kept
		if f.Same(f.Now, v) { // nothing was typed meanwhile
			f.Accept(kept)
		}
		f.Bar.SetDirty(f.Savable())
		f.Bar.SetNote(f.e.T("saved", f.e.Clock(f.e.Now())))
		f.e.Frame.Refresh()
		if then != nil {
			then()
		}
	})
}

// Refuse says at the field, or beside the button, why saving is not possible; the field takes the focus.
func (f *Form[T]) Refuse(err error) {
	if r, ok := f.Rows[words.RefusedField(err)]; ok {
		r.SetError(f.e.Error(err))
		r.Focus(f.e.Win.Canvas())
		f.Bar.SetError(f.e.T("save.refused"))
		return
	}
	f.Bar.SetError(f.e.Error(err))
}
