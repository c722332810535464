package kit

import (
	"time"

	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// SearchAfter is how long a search waits for the next letter.
const SearchAfter = 250 * time.Millisecond

// UnderHead is where the rows of a list begin.
const UnderHead = 48

// SayExported tells where a file was saved, or why not.
func (e *Env) SayExported(b *widgets.Banner, path string, err error) {
	if err != nil {
		b.Say(widgets.BannerError, e.Error(err))
		return
	}
	folder := widgets.NewIconButton(e.T("rows.show-folder"), theme.FolderOpenIcon(), func() { e.ShowFolder(path) })
	b.Say(widgets.BannerGood, e.T("rows.exported", path), folder)
}

// NewProgress makes a bar that writes its percentage the language's way.
func NewProgress(e *Env) *widgets.Progress {
	return widgets.NewProgress(func(percent int) string { return e.T("status.percent", percent) })
}
