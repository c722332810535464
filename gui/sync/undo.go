package sync

import (
	"context"
	"strings"

	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// undo asks what taking a run back would do, says it, and does it when the person wants it.
func (p *Page) undo(run sync.Run, tell teller) {
	if p.e.Modal != nil {
		return
	}
	if p.working.IsBusy() {
		tell(widgets.BannerWarning, p.e.T("sync.wait"))
		return
	}
	kit.Background(p.e.Env, func(ctx context.Context) (sync.UndoPlan, error) { return p.e.co.PlanSyncUndo(ctx, run.ID) },
		func(plan sync.UndoPlan, err error) {
			e := p.e
			switch {
			case p.working.IsBusy() || e.Modal != nil:
			case err != nil:
				tell(widgets.BannerError, e.Error(err))
			case plan.Restored+plan.Return == 0:
				e.Ask(e.T("sync.undo.none"), undoWords(e, plan), kit.Answer{Label: e.T("ok"), Importance: widget.HighImportance})
			default:
				e.Ask(e.T("sync.undo.ask"), undoWords(e, plan),
					kit.Answer{Label: e.T("cancel")},
					kit.Answer{Label: e.T("sync.undo"), Importance: widget.HighImportance, Act: func() { p.takeBack(run) }})
			}
		})
}

// undoWords says what an undo does: what the catalogue gets back, what İşbaşı does and what that costs, what stays.
func undoWords(e *env, plan sync.UndoPlan) string {
	var said []string
	if plan.Restored > 0 {
		said = append(said, e.T("sync.undo.restored", plan.Restored))
	}
	if n := plan.Return; n > 0 {
		said = append(said, e.T("sync.undo.returned", n, e.Calls(quota.Cost{Reads: n, Writes: n})))
	}
	if plan.Kept > 0 {
		said = append(said, e.T("sync.undo.kept", plan.Kept))
	}
	return strings.Join(said, "\n")
}

// takeBack takes a run back in the catalogue, and sends what İşbaşı gets back.
func (p *Page) takeBack(run sync.Run) {
	co := p.e.co
	kit.Act(p.e.Env, "sync-undo", func(ctx context.Context) (sync.UndoPlan, error) { return co.UndoSync(ctx, run.ID) },
		func(plan sync.UndoPlan, err error) {
			p.Close()
			if err != nil {
				p.tell(widgets.BannerError, p.e.Error(err))
				return
			}
			p.load()
			if plan.Return == 0 {
				p.tell(widgets.BannerGood, p.e.T("sync.undo.done", plan.Restored))
				return
			}
			p.tell(widgets.BannerGood, p.e.T("sync.undo.sending", plan.Restored+plan.Return, plan.Return))
			p.begin(func(ctx context.Context) (*sync.Job, error) { return co.SendEdits(ctx, sync.OccasionUndo) }, false)
		})
}
