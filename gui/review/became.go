package review

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/decisions"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// became is the line under the cards: what became of the orange ones, and the button for those that wait.
type became struct {
	e       *env
	object  fyne.CanvasObject
	settled fyne.CanvasObject // the tick of a transfer of which nothing waits
	words   *widgets.Text
	decide  *widgets.Button
}

func newBecame(e *env, decide func()) *became {
	b := &became{e: e, words: widgets.NewBody("")}
	b.decide = widgets.NewButton("", decide).Primary()
	b.settled = widgets.Centred(widget.NewIcon(theme.NewColoredResource(theme.ConfirmIcon(), theme.ColorNameSuccess)))
	b.object = widgets.MaxWidth(becameWidth, widgets.NewBorder(nil, nil, b.settled, widgets.Centred(b.decide), b.words))
	b.object.Hide()
	return b
}

// becameWidth keeps the button near its line.
const becameWidth = 720

// set shows how the decisions of a run stand.
func (b *became) set(r transfer.Run, st decisions.Standing) {
	words := becameWords(b.e, r, st)
	b.words.SetText(words)
	n := st.Waiting()
	b.decide.SetText(b.e.T("became.decide", n))
	widgets.ShowIf(b.decide, n > 0 && mayDecide(r))
	widgets.ShowIf(b.settled, n == 0)
	widgets.ShowIf(b.object, words != "")
}

// becameWords says what became of the rows that did not match, without what is zero.
func becameWords(e *env, r transfer.Run, st decisions.Standing) string {
	added := "became.added"
	if r.Options.Unmatched == transfer.UnmatchedDraft {
		added = "became.drafted"
	}
	said := words.Listed(" · ", e.Counted(added, st.Added), e.Counted("became.paired", st.Paired), e.Counted("became.ignored", st.Ignored),
		e.Counted("became.separated", st.Separated), e.Counted("became.waiting", st.Waiting()))
	if said != "" && st.Waiting() == 0 {
		said += " · " + e.T("became.settled")
	}
	return said
}
