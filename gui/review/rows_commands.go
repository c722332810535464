package review

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// openRow is a double click or Enter: the decision about an unmatched row, the product of another.
func (l *rowList) openRow(r table.Row) {
	row := kit.MadeOf[transfer.Listed](r)
	switch {
	case row.Outcome == transfer.OutcomeUnmatched && row.ProductID == 0:
		l.decideRow(row, l.Table.At())
	case row.ProductID != 0:
		l.e.Frame.OpenProduct(row.ProductID)
	}
}

func (l *rowList) key(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyDelete {
		l.decide(transfer.DecideIgnore, suitable(transfer.DecideIgnore, kit.Chosen[transfer.Listed](l.Table)))
	}
}

// menu shows the commands for rows.
func (l *rowList) menu(rows []transfer.Listed, at fyne.Position) {
	if l.e.Modal == nil && len(rows) > 0 {
		l.e.PopUp(at, l.acts(rows)...)
	}
}

// acts are the commands for rows; those that are for none of them are off.
func (l *rowList) acts(rows []transfer.Listed) []*fyne.MenuItem {
	e := l.e
	item := func(kind transfer.DecisionKind) *fyne.MenuItem {
		these := suitable(kind, rows)
		label := e.T("rows.command." + string(kind))
		if n := len(together(kind, these)); len(these) > 1 && n > 0 {
			label = e.T("products.several", label, n)
		}
		i := fyne.NewMenuItem(label, func() { l.decide(kind, these) })
		i.Disabled = len(together(kind, these)) == 0
		return i
	}
	var items []*fyne.MenuItem
	if l.query.Outcome != transfer.OutcomeMatched {
		decide := fyne.NewMenuItem(e.T("rows.command.pair"), func() { l.decideRow(rows[0], l.placeOf(rows[0])) })
		decide.Disabled = len(rows) != 1 || len(suitable(transfer.DecidePair, rows)) == 0
		items = append(items, decide, item(transfer.DecideCreate), item(transfer.DecideIgnore))
		if again := item(transfer.DecideAsk); !again.Disabled {
			items = append(items, again)
		}
	}
	if l.query.Outcome != transfer.OutcomeUnmatched {
		items = append(items, item(transfer.DecideSeparate))
	}
	product := fyne.NewMenuItem(e.T("rows.command.product"), func() { l.e.Frame.OpenProduct(rows[0].ProductID) })
	product.Disabled = len(rows) != 1 || rows[0].ProductID == 0
	return append(items, fyne.NewMenuItemSeparator(), product)
}

// placeOf is where a row stands in the list if the keyboard is on it, else the beginning.
func (l *rowList) placeOf(row transfer.Listed) int {
	if r, ok := l.Table.Current(); ok && kit.MadeOf[transfer.Listed](r).Remote.ID == row.Remote.ID {
		return l.Table.At()
	}
	return 0
}

// decide carries out one decision about several rows, after asking if they are more than one; separating
// always asks, because it says more than it undoes.
func (l *rowList) decide(kind transfer.DecisionKind, rows []transfer.Listed) {
	e := l.e
	if len(rows) == 0 || e.Modal != nil {
		return
	}
	these := together(kind, rows)
	act := func() { l.carryOut(kind, these) }
	key := "decide.ask." + string(kind)
	title, text := e.T(key, len(these)), e.T(key+".text")
	if left := len(rows) - len(these); left > 0 {
		text += " " + e.T("decide.ask.left", left)
	}
	switch {
	case len(these) == 0:
		l.Said.Say(widgets.BannerWarning, e.T("decide.refused.doubtful"))
		return
	case kind == transfer.DecideSeparate && len(rows) == 1:
		title = e.T(key+".one", rows[0].Remote.Name)
	case len(rows) == 1:
		act()
		return
	}
	e.Ask(title, text,
		kit.Answer{Label: e.T("cancel")},
		kit.Answer{Label: e.T("rows.command." + string(kind)), Importance: widget.HighImportance, Act: act})
}

func (l *rowList) carryOut(kind transfer.DecisionKind, rows []transfer.Listed) {
	decisions := make([]transfer.Decision, len(rows))
	for i, r := range rows {
		decisions[i] = transfer.Decision{Kind: kind, Remote: r.Remote.ID}
	}
	l.decider.decide(l.query.RunID, decisions, func(done transfer.Decided, err error) {
		if err != nil {
			l.Said.Say(widgets.BannerError, l.e.Error(err))
			return
		}
		l.Table.Mark(l.remember(done)...) // what is left to do
		var back []fyne.CanvasObject
		if done.ID != 0 {
			back = []fyne.CanvasObject{l.back}
		}
		banner := widgets.BannerGood
		if len(done.Refused) > 0 {
			banner = widgets.BannerWarning
		}
		l.Said.Say(banner, decidedWords(l.e, kind, done), back...)
		l.renew()
	})
}

// remember keeps why rows were refused, and gives their keys.
func (l *rowList) remember(done transfer.Decided) (keys []string) {
	l.refused = map[domain.RemoteID]transfer.RefusalReason{}
	for _, r := range done.Refused {
		l.refused[r.Remote] = r.Why
		keys = append(keys, string(r.Remote))
	}
	return keys
}

// takenBack shows the rows as they are again.
func (l *rowList) takenBack(_ []domain.RemoteID, done transfer.Decided, err error) {
	if err != nil {
		l.Said.Say(widgets.BannerError, l.e.Error(err))
		return
	}
	l.remember(done)
	l.Said.Say(widgets.BannerInfo, backWords(l.e, done))
	l.Table.Unmark()
	l.renew()
	l.e.Win.Canvas().Focus(l.Table.Focusable()) // the button that was pressed is gone
}

// decideFirst begins with the first row that waits.
func (l *rowList) decideFirst() {
	l.e.Push(newDecidePanel(l.e, l.decider, l.name, l.walk(), transfer.Listed{}, 0))
}

// decideRow begins with a row, which stands at a place of the list.
func (l *rowList) decideRow(row transfer.Listed, at int) {
	if l.query.Transferred {
		at = 0 // it stands elsewhere among the unmatched ones
	}
	l.e.Push(newDecidePanel(l.e, l.decider, l.name, l.walk(), row, at))
}

// walk is the list that decisions go through, in the order in view.
func (l *rowList) walk() transfer.Query {
	q := l.Query().Query
	q.Transferred, q.Outcome = false, transfer.OutcomeUnmatched
	return q
}
