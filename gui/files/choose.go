package files

import (
	"context"
	"net/url"
	"path/filepath"
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// preferenceImportPath is the key of Preferences that keeps the last file.
const preferenceImportPath = "import.path"

// importChoose is the first step: a path that is pasted or dropped, one of the newest files, or a look
// through the folders in the page: Fyne's own file dialog is not the system's either, and speaks English.
type importChoose struct {
	e      *env
	open   func(path string)
	object fyne.CanvasObject

	path     *widgets.Entry
	openIt   *widgets.Button
	wrong    *widgets.Banner
	activity *widget.Activity
	wait     fyne.CanvasObject
	recent   *fyne.Container
	none     *widgets.Text
	title    *widgets.Text
	about    *widgets.Text
}

// newImportChoose makes it; open is told the file that was chosen, quit ends the look at it, escape is Esc in the path.
func newImportChoose(e *env, open func(path string), quit, escape func()) *importChoose {
	c := &importChoose{
		e: e, open: open, wrong: widgets.NewBanner(), activity: widget.NewActivity(), recent: container.NewVBox(), none: widgets.NewMuted(e.T("import.recent.none")),
		title: widgets.NewBody(e.T("import.recent")).Bold(), about: widgets.NewMuted(e.T("import.recent.text")),
	}
	c.none.Hide()
	hint := e.T("import.path.hint")
	if runtime.GOOS == "windows" {
		hint = e.T("import.path.hint.windows")
	}
	c.path = widgets.NewEntry(hint)
	c.path.OnSubmitted = func(string) { c.submit() }
	c.path.SetEscape(escape)
	c.path.OnChanged = func(string) { c.ready() }
	c.openIt = widgets.NewIconButton(e.T("import.open"), theme.DocumentIcon(), c.submit).Primary()
	paste := widgets.NewIconButton(e.T("import.paste"), theme.ContentPasteIcon(), func() { c.path.SetText(cleanPath(e.App.Clipboard().Content())) })
	browse := widgets.NewIconButton(e.T("import.browse"), theme.FolderOpenIcon(), func() { c.browse("") })
	c.wait = widgets.NewBorder(nil, nil, c.activity, widgets.NewButton(e.T("import.cancel"), quit), widgets.Centred(widgets.NewMuted(e.T("import.looking"))))
	c.wait.Hide()
	entry := widgets.NewBorder(nil, nil, nil, container.NewHBox(paste, browse, c.openIt), c.path)
	c.object = widgets.NewBorder(container.NewVBox(
		widgets.NewBody(e.T("import.choose.text")), entry, widgets.NewMuted(e.T("import.path.help")), c.wrong, c.wait,
		widgets.Gap(4), c.title, c.about),
		nil, nil, nil, container.NewVScroll(container.NewVBox(c.none, widgets.MaxWidth(720, c.recent))))
	c.ready()
	return c
}

// show lists the newest files and puts the cursor into the path.
func (c *importChoose) show() {
	kit.Background(c.e.Env, func(ctx context.Context) ([]listing.File, error) {
		return c.e.co.Recent(ctx, c.e.Preference(ctx, preferenceImportPath))
	}, func(files []listing.File, err error) {
		if err != nil {
			c.wrong.Say(widgets.BannerError, c.e.Error(err))
			return
		}
		c.list(files)
	})
	c.e.Win.Canvas().Focus(c.path)
}

func (c *importChoose) list(files []listing.File) {
	e := c.e
	c.title.SetText(e.T("import.recent"))
	c.about.SetText(e.T("import.recent.text"))
	var items []fyne.CanvasObject
	for _, f := range files {
		items = append(items, c.item(f))
	}
	c.fill(items, e.T("import.recent.none"), len(items) == 0)
}

func (c *importChoose) item(f listing.File) *widgets.Item {
	e := c.e
	i := widgets.NewItem("", filepath.Base(f.Path), theme.FileTextIcon(), func() {
		c.path.SetText(f.Path)
		c.submit()
	})
	i.SetSub(e.T("import.recent.line", e.Moment(f.ModifiedAt), e.Size(f.Size), filepath.Dir(f.Path)))
	return i
}

func (c *importChoose) fill(items []fyne.CanvasObject, none string, empty bool) {
	c.recent.Objects = items
	c.none.SetText(none)
	widgets.ShowIf(c.none, empty)
	c.recent.Refresh()
	c.object.Refresh()
}

// ready turns the button on while there is a path.
func (c *importChoose) ready() {
	widgets.EnableIf(c.openIt, strings.TrimSpace(c.path.Text) != "" && !c.wait.Visible())
}

func (c *importChoose) submit() { c.open(cleanPath(c.path.Text)) }

// looking shows that a file is being looked at.
func (c *importChoose) looking(on bool) {
	if on {
		c.wrong.Hide()
		c.activity.Start()
	} else {
		c.activity.Stop()
	}
	widgets.ShowIf(c.wait, on)
	c.ready()
	c.object.Refresh()
}

// refuse says why a file cannot be opened.
func (c *importChoose) refuse(path string, err error) {
	c.path.SetText(path)
	c.wrong.Say(widgets.BannerError, filepath.Base(path)+": "+c.e.Error(err))
	c.object.Refresh()
}

// browse shows a folder in place of the newest files; "" = the person's home.
func (c *importChoose) browse(path string) {
	kit.Background(c.e.Env, func(ctx context.Context) (listing.Folder, error) { return c.e.co.Folder(ctx, path) },
		func(f listing.Folder, err error) {
			if err != nil {
				c.wrong.Say(widgets.BannerError, c.e.Error(err))
				c.object.Refresh()
				return
			}
			c.showFolder(f)
		})
}

func (c *importChoose) showFolder(f listing.Folder) {
	e := c.e
	c.wrong.Hide()
	c.title.SetText(f.Path)
	c.about.SetText(e.T("import.folder.text"))
	var items []fyne.CanvasObject
	if f.Parent != "" {
		items = append(items, widgets.NewItem("", e.T("import.folder.up"), theme.MoveUpIcon(), func() { c.browse(f.Parent) }))
	}
	for _, dir := range f.Folders {
		items = append(items, widgets.NewItem("", filepath.Base(dir), theme.FolderIcon(), func() { c.browse(dir) }))
	}
	for _, file := range f.Files {
		items = append(items, c.item(file))
	}
	c.fill(items, e.T("import.folder.none"), len(f.Files) == 0)
}

// cleanPath makes a path of what people paste: in quotes, or as a file: address.
func cleanPath(text string) string {
	path, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	path = strings.TrimSpace(path)
	if len(path) >= 2 && (path[0] == '"' || path[0] == '\'') && path[len(path)-1] == path[0] {
		path = path[1 : len(path)-1]
	}
	if !strings.HasPrefix(path, "file:") {
		return path
	}
	u, err := url.Parse(path)
	if err != nil || u.Path == "" {
		return path
	}
	if len(u.Path) > 2 && u.Path[0] == '/' && u.Path[2] == ':' { // /C:/Users
		return u.Path[1:]
	}
	return u.Path
}
