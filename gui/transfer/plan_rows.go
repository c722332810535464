package transfer

import (
	"context"
	"strings"

	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// planColumns are the columns of the rows of a plan: what, why, and price and stock before and after. Code
// and barcode stand in the detail of a row; there is no room for them in the window as it opens.
func planColumns(e *env) []table.Column {
	return []table.Column{
		{Title: e.T("plan.column.name"), Width: 128, Grow: 3},
		{Title: e.T("plan.column.why"), Width: 124, Grow: 3},
		{Title: e.T("plan.column.product"), Width: 110, Grow: 2},
		{Title: e.T("plan.column.price.now"), Width: 78, Grow: 0.2, Right: true},
		{Title: e.T("plan.column.price.then"), Width: 92, Grow: 0.2, Right: true},
		{Title: e.T("plan.column.stock.now"), Width: 58, Grow: 0.2, Right: true},
		{Title: e.T("plan.column.stock.then"), Width: 90, Grow: 0.2, Right: true},
	}
}

// planRows makes screen rows of planned rows, with the cells of planColumns.
func planRows(e *env, rows []transfer.Listed) []table.Row {
	all := make([]table.Row, len(rows))
	for i, r := range rows {
		p := r.Planned
		why := e.Why(r.Row)
		partner, becomes := words.Partner(r), ""
		if p.Outcome == transfer.OutcomeUnmatched {
			becomes = e.T("plan.becomes." + string(p.Becomes))
			if p.Becomes != transfer.UnmatchedListed {
				partner = becomes
			}
		}
		all[i].Cells = []string{
			r.Remote.Name, why, partner, e.MoneyIf(p.Before.Price, p.Before.Currency), e.MoneyIf(p.After.Price, p.After.Currency),
			e.AmountIf(p.Before.Stock), e.AmountIf(p.After.Stock),
		}
		var parts []string
		for _, s := range []string{string(r.Remote.Code), string(r.Remote.Barcode), words.Named(r) + ": " + outcomeOfPlan(e, p) + "; " + why} {
			if s != "" {
				parts = append(parts, s)
			}
		}
		all[i].Detail = strings.Join(parts, " · ")
		if becomes != "" {
			all[i].Detail += ". " + becomes
		}
	}
	return all
}

func outcomeOfPlan(e *env, p transfer.Planned) string {
	switch p.Outcome {
	case transfer.OutcomeMatched:
		return e.T("plan.matched")
	case transfer.OutcomeSkipped:
		return e.T("plan.skipped")
	case transfer.OutcomeFailed:
		return e.T("plan.failed")
	default:
		return e.T("plan.unmatched")
	}
}

// planSaver saves a plan as a page that can be sent to the accountant, and shows where it lies.
type planSaver struct {
	e      *env
	runID  int64
	button *widgets.Button
	saved  *widgets.Banner
	folder *widgets.Button
	path   string
}

func newPlanSaver(e *env, escape func()) *planSaver {
	s := &planSaver{e: e, saved: widgets.NewBanner()}
	s.button = widgets.NewIconButton(e.T("plan.save"), theme.DocumentSaveIcon(), s.save)
	s.button.Importance = widget.LowImportance
	s.folder = widgets.NewIconButton(e.T("rows.show-folder"), theme.FolderOpenIcon(), func() { e.ShowFolder(s.path) })
	s.button.SetEscape(escape)
	s.folder.SetEscape(escape)
	return s
}

// set tells of which run the plan is; what was said of another one goes.
func (s *planSaver) set(runID int64) {
	if s.runID != runID {
		s.runID = runID
		s.saved.Hide()
	}
}

func (s *planSaver) save() {
	runID := s.runID
	s.button.Disable()
	s.saved.Say(widgets.BannerInfo, s.e.T("plan.saving"))
	kit.Act(s.e.Env, "export", func(ctx context.Context) (string, error) {
		return s.e.co.SavePlanPage(ctx, runID, "")
	}, func(path string, err error) {
		s.button.Enable()
		if err != nil {
			s.saved.Say(widgets.BannerError, s.e.Error(err))
			return
		}
		s.path = path
		s.saved.Say(widgets.BannerGood, s.e.T("rows.exported", path), s.folder)
	})
}
