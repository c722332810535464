package review

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// decidable tells whether a person can decide about rows of this list.
func (l *rowList) decidable() bool {
	return l.s.decidable() && (l.query.Transferred || l.query.Outcome == transfer.OutcomeMatched || l.query.Outcome == transfer.OutcomeUnmatched)
}

// makeCommands gives the list its marks, menu and parts, and gives the line that stands over the rows.
func (l *rowList) makeCommands() fyne.CanvasObject {
	e := l.e
	l.Table.OnOpen = l.openRow
	l.Table.OnMenu = func(r table.Row, at fyne.Position) { l.menu(kit.MarkedAt[transfer.Listed](l.Table, r), at) }
	l.Table.OnMarked = func(int) { l.offer() }
	l.Table.OnKey = l.key
	l.act = widgets.NewIconButton("", theme.MenuDropDownIcon(), func() {
		l.menu(kit.Chosen[transfer.Listed](l.Table), kit.Under(l.act))
	})
	l.act.IconPlacement = widget.ButtonIconTrailingText
	l.act.SetEscape(l.escape)
	if l.query.Outcome != transfer.OutcomeUnmatched {
		l.offer()
		return l.Search
	}
	l.first = widgets.NewIconButton(e.T("decide.start"), theme.QuestionIcon(), l.decideFirst)
	l.first.Importance = widget.HighImportance
	l.first.SetEscape(l.escape)
	l.part = widgets.NewSelect(e.T("choose"), l.partNames(), nil)
	l.part.SetSelectedIndex(0)
	l.part.OnChanged = func(string) { l.refused = nil; l.Table.Unmark(); l.Reload() }
	l.part.SetEscape(l.escape)
	l.offer()
	return widgets.NewBorder(nil, nil, nil, container.NewHBox(widgets.FixedWidth(partWidth, l.part), l.first), l.Search)
}

// partWidth is that of the choice of parts.
const partWidth = 216

// commands are the buttons of the list.
func (l *rowList) commands() fyne.CanvasObject {
	if l.act == nil {
		return l.Export
	}
	return container.NewHBox(l.act, l.Export)
}

// partNames are the parts with how many rows they have.
func (l *rowList) partNames() []string {
	names := make([]string, len(rowParts()))
	for i, p := range rowParts() {
		names[i] = l.e.T("rows.part." + partKey(p))
		if l.parts != nil {
			names[i] = l.e.T("rows.part.count", names[i], l.parts[i])
		}
	}
	return names
}

func partKey(p transfer.Part) string {
	if p == transfer.PartAll {
		return "all"
	}
	return string(p)
}

// countParts counts the rows of every part, of the whole list.
func (l *rowList) countParts() {
	if l.part == nil {
		return
	}
	q := l.query
	q.Limit = 1
	kit.Background(l.e.Env, func(ctx context.Context) ([]int, error) {
		counts := make([]int, len(rowParts()))
		for i, p := range rowParts() {
			q.Part = p
			_, n, err := l.e.co.Rows(ctx, q)
			if err != nil {
				return nil, err
			}
			counts[i] = n
		}
		return counts, nil
	}, func(counts []int, err error) {
		if err != nil {
			return // the list itself says what is wrong
		}
		l.parts = counts
		changed, at := l.part.OnChanged, l.part.SelectedIndex()
		l.part.OnChanged = nil
		l.part.SetOptions(l.partNames())
		l.part.SetSelectedIndex(at)
		l.part.OnChanged = changed
		widgets.EnableIf(l.first, counts[1] > 0)
	})
}

// offer says on the button how many rows the commands are for.
func (l *rowList) offer() {
	if l.act == nil {
		return
	}
	n := len(l.Table.Marked())
	words := l.e.T("rows.commands")
	if n > 0 {
		words = l.e.T("rows.commands.marked", n)
	}
	l.act.SetText(words)
	widgets.EnableIf(l.act, l.Table.Total() > 0)
}

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
	if l.e.Modal != nil || len(rows) == 0 {
		return
	}
	e := l.e
	item := func(kind transfer.DecisionKind) *fyne.MenuItem {
		these := suitable(kind, rows)
		label := e.T("rows.command." + string(kind))
		if len(these) > 1 {
			label = e.T("products.several", label, len(these))
		}
		i := fyne.NewMenuItem(label, func() { l.decide(kind, these) })
		i.Disabled = len(these) == 0
		return i
	}
	var items []*fyne.MenuItem
	if l.query.Outcome != transfer.OutcomeMatched {
		decide := fyne.NewMenuItem(e.T("rows.command.pair"), func() { l.decideRow(rows[0], l.placeOf(rows[0])) })
		decide.Disabled = len(rows) != 1 || len(suitable(transfer.DecidePair, rows)) == 0
		items = append(items, decide, item(transfer.DecideCreate), item(transfer.DecideIgnore))
	}
	if l.query.Outcome != transfer.OutcomeUnmatched {
		items = append(items, item(transfer.DecideSeparate))
	}
	product := fyne.NewMenuItem(e.T("rows.command.product"), func() { l.e.Frame.OpenProduct(rows[0].ProductID) })
	product.Disabled = len(rows) != 1 || rows[0].ProductID == 0
	items = append(items, fyne.NewMenuItemSeparator(), product)
	e.PopUp(at, items...)
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
	act := func() { l.carryOut(kind, rows) }
	key := "decide.ask." + string(kind)
	switch {
	case kind == transfer.DecideSeparate && len(rows) == 1:
		key += ".one"
	case len(rows) == 1:
		act()
		return
	}
	title := e.T(key, len(rows))
	if strings.HasSuffix(key, ".one") {
		title = e.T(key, rows[0].Remote.Name)
	}
	e.Ask(title, e.T("decide.ask."+string(kind)+".text"),
		kit.Answer{Label: e.T("cancel")},
		kit.Answer{Label: e.T("rows.command." + string(kind)), Importance: widget.HighImportance, Act: act})
}

func (l *rowList) carryOut(kind transfer.DecisionKind, rows []transfer.Listed) {
	decisions := make([]transfer.Decision, len(rows))
	for i, r := range rows {
		decisions[i] = transfer.Decision{Kind: kind, Remote: r.Remote.ID}
	}
	l.s.decide.decide(l.query.RunID, decisions, func(done transfer.Decided, err error) {
		if err != nil {
			l.Said.Say(widgets.BannerError, l.e.Error(err))
			return
		}
		l.refused = map[domain.RemoteID]transfer.RefusalReason{}
		var keys []string
		for _, r := range done.Refused {
			l.refused[r.Remote] = r.Why
			keys = append(keys, string(r.Remote))
		}
		l.Table.Mark(keys...) // what is left to do
		l.say(done, decidedWords(l.e, kind, done))
		l.renew()
	})
}

// say tells what was done, with the way back.
func (l *rowList) say(done transfer.Decided, words string) {
	kind := widgets.BannerGood
	if len(done.Refused) > 0 {
		kind = widgets.BannerWarning
	}
	if done.ID == 0 {
		l.Said.Say(kind, words)
		return
	}
	l.Said.Say(kind, words, l.back)
}

// takenBack shows the rows as they are again.
func (l *rowList) takenBack(_ []domain.RemoteID, done transfer.Decided, err error) {
	if err != nil {
		l.Said.Say(widgets.BannerError, l.e.Error(err))
		return
	}
	l.refused = map[domain.RemoteID]transfer.RefusalReason{}
	for _, r := range done.Refused {
		l.refused[r.Remote] = r.Why
	}
	l.Said.Say(widgets.BannerInfo, backWords(l.e, done))
	l.Table.Unmark()
	l.renew()
	l.e.Win.Canvas().Focus(l.Table.Focusable()) // the button that was pressed is gone
}

// decideFirst begins with the first row that waits.
func (l *rowList) decideFirst() { l.s.push(newDecidePanel(l.s, l.walk(), transfer.Listed{}, 0)) }

// decideRow begins with a row, which stands at a place of the list.
func (l *rowList) decideRow(row transfer.Listed, at int) {
	if l.query.Transferred {
		at = 0 // it stands elsewhere among the unmatched ones
	}
	l.s.push(newDecidePanel(l.s, l.walk(), row, at))
}

// walk is the list that decisions go through, in the order in view.
func (l *rowList) walk() transfer.Query {
	q := l.Query().Query
	q.Transferred, q.Outcome = false, transfer.OutcomeUnmatched
	return q
}

// TypedKey takes the keys that nothing has the focus for: a click on a button takes it away.
func (l *rowList) TypedKey(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyEscape:
		l.escape()
	case fyne.KeyReturn, fyne.KeyEnter:
		if l.first != nil && !l.first.Disabled() {
			l.decideFirst()
		}
	case fyne.KeyUp, fyne.KeyDown:
		l.e.Win.Canvas().Focus(l.Table.Focusable())
	default:
		return false
	}
	return true
}
