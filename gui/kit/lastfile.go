package kit

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// TakenFile is a file that was taken, and can be taken back.
type TakenFile struct {
	Name  string // of the file
	Words string // which file it was, when it was taken, and what it has brought
	// Plan tells what Undo would do now; some is false when that is nothing.
	Plan func(ctx context.Context) (said []string, some bool, err error)
	// Undo takes it back, whole or, when it is cancelled, not at all, and tells what it has done.
	Undo func(ctx context.Context, count *listing.Count) (said string, err error)
}

// LastFile names the file that was taken last, and takes it back.
type LastFile struct {
	Words  *widgets.Text
	Back   *widgets.Button
	Object *fyne.Container // what it says, and how far it is
	// Once: when it was taken back, those before it are not offered.
	Once bool

	e      *Env
	find   func(ctx context.Context) (*TakenFile, error) // nil: there is none
	undone func()
	asked  int
	task   Task
	last   *TakenFile
	said   *widgets.Banner
	count  *widgets.Text
	bar    *widgets.Progress
	cancel *widgets.Button
	work   fyne.CanvasObject
}

// NewLastFile makes it; find looks up which file it is, undone is told when one was taken back.
func NewLastFile(e *Env, find func(ctx context.Context) (*TakenFile, error), undone, escape func()) *LastFile {
	l := &LastFile{
		e: e, find: find, undone: undone, task: Task{E: e}, said: widgets.NewBanner(), Words: widgets.NewMuted(""), count: widgets.NewMuted(""), bar: NewProgress(e),
	}
	l.Back = widgets.NewIconButton(e.T("import.undo"), theme.ContentUndoIcon(), l.ask)
	l.cancel = widgets.NewButton(e.T("import.cancel"), l.quit)
	l.Back.SetEscape(escape)
	l.cancel.SetEscape(l.quit)
	l.work = widgets.NewBorder(nil, nil, nil, l.cancel, container.NewVBox(l.count, l.bar))
	l.work.Hide()
	l.Words.Hide()
	l.Back.Hide()
	l.Object = container.NewVBox(l.said, l.work)
	return l
}

// Under puts the file, and its button, under a content.
func (l *LastFile) Under(content fyne.CanvasObject) fyne.CanvasObject {
	return widgets.NewBorder(nil, container.NewVBox(widgets.NewBorder(nil, nil, nil, l.Back, widgets.Centred(l.Words)), l.Object), nil, nil, content)
}

// Show looks up which file was the last one. What was said of another one goes.
func (l *LastFile) Show() {
	l.said.Hide()
	l.look()
}

// Busy tells whether a file is being taken back.
func (l *LastFile) Busy() bool { return l.task.Busy() }

func (l *LastFile) look() {
	if l.task.Busy() {
		return
	}
	Newest(l.e, &l.asked, l.find, func(last *TakenFile, err error) {
		if err != nil {
			l.tell(widgets.BannerError, l.e.Error(err))
			return
		}
		l.last = last
		if last != nil {
			l.Words.SetText(last.Words)
		}
		l.draw()
	})
}

// draw shows the file, or the work that takes it back.
func (l *LastFile) draw() {
	offered := l.last != nil && !l.task.Busy()
	widgets.ShowIf(l.Words, offered)
	widgets.ShowIf(l.Back, offered)
	widgets.ShowIf(l.work, l.task.Busy())
	l.Object.Refresh()
	l.e.Frame.Refresh()
}

func (l *LastFile) tell(kind widgets.BannerKind, words string) {
	l.said.Say(kind, words)
	l.draw()
}

// ask says what taking the file back would do, and does it when the person wants it.
func (l *LastFile) ask() {
	e, last := l.e, l.last
	if e.Modal != nil || l.task.Busy() || last == nil {
		return
	}
	type plan struct {
		said []string
		some bool
	}
	Background(e, func(ctx context.Context) (p plan, err error) {
		p.said, p.some, err = last.Plan(ctx)
		return p, err
	}, func(p plan, err error) {
		words := strings.Join(p.said, "\n")
		switch {
		case e.Modal != nil || l.task.Busy():
		case err != nil:
			l.tell(widgets.BannerError, e.Error(err))
			l.look()
		case !p.some:
			e.Ask(e.T("import.undo.none"), words, Answer{Label: e.T("ok"), Importance: widget.HighImportance})
		default:
			e.Ask(e.T("import.undo.ask", last.Name), words,
				Answer{Label: e.T("cancel")},
				Answer{Label: e.T("import.undo"), Importance: widget.HighImportance, Act: func() { l.takeBack(last) }})
		}
	})
}

func (l *LastFile) takeBack(last *TakenFile) {
	e := l.e
	l.said.Hide()
	l.cancel.SetText(e.T("import.cancel"))
	l.cancel.Enable()
	StartTask(&l.task, "import-undo", last.Undo, l.progress, func(said string, err error) {
		l.bar.Rest()
		switch {
		case domain.KindOf(err) == domain.KindCancelled:
			l.tell(widgets.BannerInfo, e.T("import.undo.cancelled"))
		case err != nil:
			l.tell(widgets.BannerError, e.Error(err))
		default:
			l.last = nil
			l.tell(widgets.BannerGood, said)
			l.undone()
			if l.Once {
				return
			}
		}
		l.look()
	})
	l.progress(new(listing.Count))
	l.draw()
}

func (l *LastFile) progress(c *listing.Count) {
	_, done, of := c.Snapshot()
	l.bar.Set(done, of)
	if of == 0 {
		l.count.SetText(l.e.T("import.undoing.begun"))
		return
	}
	l.count.SetText(l.e.T("import.undoing", done, of))
}

// quit asks what is under way to end; what came of it is told all the same.
func (l *LastFile) quit() {
	l.cancel.SetText(l.e.T("import.cancelling"))
	l.cancel.Disable()
	l.task.Quit()
}
