package files

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// lastImport names the file that was taken in last, and takes it back.
type lastImport struct {
	e      *env
	asked  int
	task   kit.Task
	last   listing.Imported // of ID 0: there is none
	once   bool             // those before it are not offered
	object *fyne.Container  // what it says, and how far it is
	said   *widgets.Banner
	words  *widgets.Text
	back   *widgets.Button
	count  *widgets.Text
	bar    *widgets.Progress
	cancel *widgets.Button
	work   fyne.CanvasObject
}

func newLastImport(e *env, escape func()) *lastImport {
	l := &lastImport{
		e: e, task: kit.Task{E: e.Env}, said: widgets.NewBanner(), words: widgets.NewMuted(""), count: widgets.NewMuted(""), bar: kit.NewProgress(e.Env),
	}
	l.back = widgets.NewIconButton(e.T("import.undo"), theme.ContentUndoIcon(), l.ask)
	l.cancel = widgets.NewButton(e.T("import.cancel"), l.quit)
	l.back.SetEscape(escape)
	l.cancel.SetEscape(l.quit)
	l.work = widgets.NewBorder(nil, nil, nil, l.cancel, container.NewVBox(l.count, l.bar))
	l.work.Hide()
	l.words.Hide()
	l.back.Hide()
	l.object = container.NewVBox(l.said, l.work)
	return l
}

// show looks up which file was the last one. What was said of another one goes.
func (l *lastImport) show() {
	l.said.Hide()
	l.look()
}

func (l *lastImport) look() {
	if l.task.Busy() {
		return
	}
	kit.Newest(l.e.Env, &l.asked, func(ctx context.Context) (listing.Imported, error) {
		last, _, err := l.e.co.LastImport(ctx)
		return last, err
	}, func(last listing.Imported, err error) {
		if err != nil {
			l.tell(widgets.BannerError, l.e.Error(err))
			return
		}
		l.last = last
		if last.ID != 0 {
			l.words.SetText(l.e.Imported(last))
		}
		l.draw()
	})
}

// draw shows the file, or the work that takes it back.
func (l *lastImport) draw() {
	offered := l.last.ID != 0 && !l.task.Busy()
	widgets.ShowIf(l.words, offered)
	widgets.ShowIf(l.back, offered)
	widgets.ShowIf(l.work, l.task.Busy())
	l.object.Refresh()
	l.e.Frame.Refresh()
}

func (l *lastImport) tell(kind widgets.BannerKind, words string) {
	l.said.Say(kind, words)
	l.draw()
}

// ask says what taking the file back would do, and does it when the person wants it.
func (l *lastImport) ask() {
	e, last := l.e, l.last
	if e.Modal != nil || l.task.Busy() || last.ID == 0 {
		return
	}
	kit.Background(e.Env, func(ctx context.Context) (listing.Return, error) { return e.co.PlanUndoImport(ctx, last.ID) },
		func(plan listing.Return, err error) {
			words := strings.Join(e.TakingBack(plan), "\n")
			switch {
			case e.Modal != nil || l.task.Busy():
			case err != nil:
				l.tell(widgets.BannerError, e.Error(err))
				l.look()
			case plan.Restored+plan.Removed == 0:
				e.Ask(e.T("import.undo.none"), words, kit.Answer{Label: e.T("ok"), Importance: widget.HighImportance})
			default:
				e.Ask(e.T("import.undo.ask", oneLine(last.File)), words,
					kit.Answer{Label: e.T("cancel")},
					kit.Answer{Label: e.T("import.undo"), Importance: widget.HighImportance, Act: func() { l.takeBack(last) }})
			}
		})
}

func (l *lastImport) takeBack(last listing.Imported) {
	e := l.e
	l.said.Hide()
	l.cancel.SetText(e.T("import.cancel"))
	l.cancel.Enable()
	kit.StartTask(&l.task, "import-undo", func(ctx context.Context, c *listing.Count) (listing.Return, error) {
		return e.co.UndoImport(ctx, last.ID, c)
	}, l.progress, func(done listing.Return, err error) {
		l.bar.Rest()
		switch {
		case domain.KindOf(err) == domain.KindCancelled:
			l.tell(widgets.BannerInfo, e.T("import.undo.cancelled"))
		case err != nil:
			l.tell(widgets.BannerError, e.Error(err))
		default:
			l.last = listing.Imported{}
			l.tell(widgets.BannerGood, e.TakenBack(oneLine(last.File), done))
			if l.once {
				return
			}
		}
		l.look()
	})
	l.progress(new(listing.Count))
	l.draw()
}

func (l *lastImport) progress(c *listing.Count) {
	_, done, of := c.Snapshot()
	l.bar.Set(done, of)
	l.count.SetText(l.e.T("import.undoing", done, of))
}

// quit asks what is under way to end; what came of it is told all the same.
func (l *lastImport) quit() {
	l.cancel.SetText(l.e.T("import.cancelling"))
	l.cancel.Disable()
	l.task.Quit()
}
