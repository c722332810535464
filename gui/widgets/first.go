package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// First gives what the work on a page begins with: its first field or its blue button, whichever is read first; nil while there
// is none that can be worked. A search is no field.
func First(o fyne.CanvasObject) fyne.Focusable {
	return seek(o, func(o fyne.CanvasObject) (fyne.Focusable, bool) {
		switch o := o.(type) {
		case *Row:
			f, ok := o.Field().(fyne.Focusable)
			return f, ok
		case *Button:
			return o, o.Importance == widget.HighImportance
		}
		return nil, false
	})
}

// Blue gives the button that Enter presses, nil while there is none that can be pressed.
func Blue(o fyne.CanvasObject) *Button {
	b, _ := seek(o, func(o fyne.CanvasObject) (fyne.Focusable, bool) {
		b, ok := o.(*Button)
		return b, ok && b.Importance == widget.HighImportance
	}).(*Button)
	return b
}

// seek gives the first one in view in o that fits and can be worked.
func seek(o fyne.CanvasObject, fits func(fyne.CanvasObject) (fyne.Focusable, bool)) fyne.Focusable {
	if o == nil || !o.Visible() {
		return nil
	}
	if f, ok := fits(o); ok {
		if x, is := f.(fyne.CanvasObject); is && !x.Visible() {
			return nil
		}
		if d, can := f.(fyne.Disableable); !can || !d.Disabled() {
			return f
		}
	}
	for _, inner := range within(o) {
		if f := seek(inner, fits); f != nil {
			return f
		}
	}
	return nil
}

// within gives what o is made of, where fields and buttons may be in it.
func within(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case *container.Scroll:
		return []fyne.CanvasObject{o.Content}
	case *container.Split:
		return []fyne.CanvasObject{o.Leading, o.Trailing}
	case *Row:
		return []fyne.CanvasObject{o.Field()}
	case *SaveBar:
		return []fyne.CanvasObject{o.box}
	case *Banner:
		return []fyne.CanvasObject{o.box}
	}
	return nil
}
