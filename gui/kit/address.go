package kit

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2/widget"
)

// Visit opens an address in the browser, or a path with the system's program for it; if that fails it is shown to be copied.
func (e *Env) Visit(address string) {
	Background(e, func(context.Context) (struct{}, error) { return struct{}{}, e.OpenURL(address) },
		func(_ struct{}, err error) {
			if err == nil {
				return
			}
			e.Ask(e.T("visit.failed"), e.T("visit.text", address),
				Answer{Label: e.T("ok")},
				Answer{Label: e.T("copy.address"), Importance: widget.HighImportance, Act: func() { e.App.Clipboard().SetContent(address) }})
		})
}

// ShowFile opens a file with the system's program for it. The path goes as it is: in a file: address Windows takes the bytes
// of a Turkish letter for letters of its code page, and finds no such file.
func (e *Env) ShowFile(path string) { e.Visit(path) }

// ShowFolder opens the folder that a file is in.
func (e *Env) ShowFolder(path string) { e.Visit(filepath.Dir(path)) }
