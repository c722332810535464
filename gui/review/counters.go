package review

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// counter is a number of a transfer, and the list of the rows behind it.
type counter struct {
	title string
	none  string // why the list has no rows
	icon  fyne.Resource
	color fyne.ThemeColorName // of a large number; the others stand in a line, hidden at zero

	of          func(transfer.Counters) int
	transferred bool
	outcome     transfer.Outcome
}

// unmatchedCard is the place of what did not match among them.
const unmatchedCard = 2

// sectionCounters are those of section 6, the large ones first.
func sectionCounters() []counter {
	return []counter{
		{title: "counters.transferred", none: "rows.none", icon: theme.DownloadIcon(), color: widgets.ColorBlue, transferred: true, of: func(c transfer.Counters) int { return c.Transferred }},
		{title: "counters.matched", none: "rows.none.matched", icon: theme.ConfirmIcon(), color: widgets.ColorGreen, outcome: transfer.OutcomeMatched, of: func(c transfer.Counters) int { return c.Matched }},
		{title: "counters.unmatched", none: "rows.none.unmatched", icon: theme.QuestionIcon(), color: widgets.ColorOrange, outcome: transfer.OutcomeUnmatched, of: func(c transfer.Counters) int { return c.Unmatched }},
		{title: "counters.skipped", none: "rows.none.skipped", icon: theme.MediaSkipNextIcon(), outcome: transfer.OutcomeSkipped, of: func(c transfer.Counters) int { return c.Skipped }},
		{title: "counters.failed", none: "rows.none.failed", icon: theme.WarningIcon(), outcome: transfer.OutcomeFailed, of: func(c transfer.Counters) int { return c.Failed }},
		{title: "counters.pending", none: "rows.none", icon: theme.HistoryIcon(), outcome: transfer.OutcomePending, of: func(c transfer.Counters) int { return c.Pending }},
	}
}

// hasPartners tells whether the rows of run in the list have catalogue products: what matched, and what was created.
func (c counter) hasPartners(run transfer.Run) bool {
	return c.outcome != transfer.OutcomeSkipped && (c.outcome != transfer.OutcomeUnmatched || run.Options.Unmatched != transfer.UnmatchedListed)
}

// mayDecide tells whether a person can decide about rows of run.
func mayDecide(run transfer.Run) bool {
	return !run.Undoing() && run.UndoneAt.IsZero() && !run.State.Active()
}

// decidable tells whether a person can decide about the rows of run in the list.
func (c counter) decidable(run transfer.Run) bool {
	return mayDecide(run) && (c.transferred || c.outcome == transfer.OutcomeMatched || c.outcome == transfer.OutcomeUnmatched)
}
