package kit

import (
	"context"
	"net/url"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2/widget"
)

// Visit opens an address in the browser; if that fails the address is shown to be copied.
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

// ShowFile opens a file with the system's program for it, showFolder the folder that it lies in.
func (e *Env) ShowFile(path string) { e.Visit(fileAddress(path)) }

// ShowFolder opens the folder that a file is in.
func (e *Env) ShowFolder(path string) { e.Visit(fileAddress(filepath.Dir(path))) }

// fileAddress makes a file: address; on Windows the path has a drive.
func fileAddress(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	u := url.URL{Scheme: "file", Path: path}
	return u.String()
}
