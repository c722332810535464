package kit

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
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// PreferenceImportPath is the key of Preferences that keeps the last file.
const PreferenceImportPath = "import.path"

// Folders are where a person's files lie.
type Folders interface {
	// Recent gives the files that lie in the person's usual folders and beside another one ("" = none), the newest first.
	Recent(ctx context.Context, beside string) ([]listing.File, error)
	// Folder gives what lies in a folder; "" = the person's home.
	Folder(ctx context.Context, path string) (listing.Folder, error)
}

// FileChoice is the choice of a file: a path that is pasted or dropped, one of the newest files, or a look
// through the folders in the page: Fyne's own file dialog is not the system's either, and speaks English.
type FileChoice struct {
	Object fyne.CanvasObject
	Path   *widgets.Entry

	e        *Env
	folders  Folders
	open     func(path string)
	openIt   *widgets.Button
	wrong    *widgets.Banner
	activity *widget.Activity
	wait     fyne.CanvasObject
	recent   *fyne.Container
	none     *widgets.Text
	title    *widgets.Text
	about    *widgets.Text
}

// NewFileChoice makes it under text, which says what for; open is told the file that was chosen, quit ends the look at
// it, escape is Esc in the path.
func NewFileChoice(e *Env, folders Folders, text string, open func(path string), quit, escape func()) *FileChoice {
	c := &FileChoice{
		e: e, folders: folders, open: open, wrong: widgets.NewBanner(), activity: widget.NewActivity(), recent: container.NewVBox(), none: widgets.NewMuted(e.T("import.recent.none")),
		title: widgets.NewBody(e.T("import.recent")).Bold(), about: widgets.NewMuted(e.T("import.recent.text")),
	}
	c.none.Hide()
	hint := e.T("import.path.hint")
	if runtime.GOOS == "windows" {
		hint = e.T("import.path.hint.windows")
	}
	c.Path = widgets.NewEntry(hint)
	c.Path.OnSubmitted = func(string) { c.submit() }
	c.Path.SetEscape(escape)
	c.Path.OnChanged = func(string) { c.ready() }
	c.openIt = widgets.NewIconButton(e.T("import.open"), theme.DocumentIcon(), c.submit).Primary()
	paste := widgets.NewIconButton(e.T("import.paste"), theme.ContentPasteIcon(), func() { c.Path.SetText(cleanPath(e.App.Clipboard().Content())) })
	browse := widgets.NewIconButton(e.T("import.browse"), theme.FolderOpenIcon(), func() { c.browse("") })
	c.wait = widgets.NewBorder(nil, nil, c.activity, widgets.NewButton(e.T("import.cancel"), quit), widgets.Centred(widgets.NewMuted(e.T("import.looking"))))
	c.wait.Hide()
	entry := widgets.NewBorder(nil, nil, nil, container.NewHBox(paste, browse, c.openIt), c.Path)
	c.Object = widgets.NewBorder(container.NewVBox(
		widgets.NewBody(text), entry, widgets.NewMuted(e.T("import.path.help")), c.wrong, c.wait,
		widgets.Gap(4), c.title, c.about),
		nil, nil, nil, container.NewVScroll(container.NewVBox(c.none, widgets.MaxWidth(720, c.recent))))
	c.ready()
	return c
}

// Show lists the newest files and puts the cursor into the path.
func (c *FileChoice) Show() {
	Background(c.e, func(ctx context.Context) ([]listing.File, error) {
		return c.folders.Recent(ctx, c.e.Preference(ctx, PreferenceImportPath))
	}, func(files []listing.File, err error) {
		if err != nil {
			c.wrong.Say(widgets.BannerError, c.e.Error(err))
			return
		}
		c.list(files)
	})
	c.e.Win.Canvas().Focus(c.Path)
}

func (c *FileChoice) list(files []listing.File) {
	e := c.e
	c.title.SetText(e.T("import.recent"))
	c.about.SetText(e.T("import.recent.text"))
	var items []fyne.CanvasObject
	for _, f := range files {
		items = append(items, c.item(f))
	}
	c.fill(items, e.T("import.recent.none"), len(items) == 0)
}

func (c *FileChoice) item(f listing.File) *widgets.Item {
	e := c.e
	i := widgets.NewItem("", filepath.Base(f.Path), theme.FileTextIcon(), func() {
		c.Path.SetText(f.Path)
		c.submit()
	})
	i.SetSub(e.T("import.recent.line", e.Moment(f.ModifiedAt), e.Size(f.Size), filepath.Dir(f.Path)))
	return i
}

func (c *FileChoice) fill(items []fyne.CanvasObject, none string, empty bool) {
	c.recent.Objects = items
	c.none.SetText(none)
	widgets.ShowIf(c.none, empty)
	c.recent.Refresh()
	c.Object.Refresh()
}

// IsLooking tells whether a file is being looked at.
func (c *FileChoice) IsLooking() bool { return c.wait.Visible() }

// ready turns the button on while there is a path.
func (c *FileChoice) ready() {
	widgets.EnableIf(c.openIt, strings.TrimSpace(c.Path.Text) != "" && !c.wait.Visible())
}

func (c *FileChoice) submit() { c.open(cleanPath(c.Path.Text)) }

// Looking shows that a file is being looked at.
func (c *FileChoice) Looking(on bool) {
	if on {
		c.wrong.Hide()
		c.activity.Start()
	} else {
		c.activity.Stop()
	}
	widgets.ShowIf(c.wait, on)
	c.ready()
	c.Object.Refresh()
}

// Refuse says why a file cannot be opened, with what can be done beside it.
func (c *FileChoice) Refuse(path string, err error, actions ...fyne.CanvasObject) {
	c.Path.SetText(path)
	c.wrong.Say(widgets.BannerError, filepath.Base(path)+": "+c.e.Error(err), actions...)
	c.Object.Refresh()
}

// browse shows a folder in place of the newest files; "" = the person's home.
func (c *FileChoice) browse(path string) {
	Background(c.e, func(ctx context.Context) (listing.Folder, error) { return c.folders.Folder(ctx, path) },
		func(f listing.Folder, err error) {
			if err != nil {
				c.wrong.Say(widgets.BannerError, c.e.Error(err))
				c.Object.Refresh()
				return
			}
			c.showFolder(f)
		})
}

func (c *FileChoice) showFolder(f listing.Folder) {
	e := c.e
	c.wrong.Hide()
	c.title.SetText(f.Path)
	c.about.SetText(e.T("import.folder.text"))
	var items []fyne.CanvasObject
	if f.Parent != "" {
		items = append(items, widgets.NewItem("", e.T("import.folder.up"), theme.MoveUpIcon(), func() { c.browse(f.Parent) }))
	}
	for _, dir := range f.Folders {
		name := filepath.Base(dir)
		if filepath.Dir(dir) == dir { // a drive of Windows
			name = dir
		}
		items = append(items, widgets.NewItem("", name, theme.FolderIcon(), func() { c.browse(dir) }))
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
