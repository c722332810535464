package kit

import "github.com/sopyo/sopyo-desktop/gui/widgets"

// NewProgress makes a bar that writes its percentage the language's way.
func NewProgress(e *Env) *widgets.Progress {
	return widgets.NewProgress(func(percent int) string { return e.T("status.percent", percent) })
}
