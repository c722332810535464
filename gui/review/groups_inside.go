package review

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/decisions"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// insideShown is how many products of a group that is unfolded stand under it; the others have their list.
const insideShown = 5

// inside is the one group that is unfolded.
type inside struct {
	part  transfer.Part // "": none is
	rows  []transfer.Listed
	asked int
}

// fold is the sign before a group that opens and closes it.
func (g *groupList) fold(p transfer.Part) *widgets.Button {
	icon, says := theme.MenuExpandIcon(), "group.unfold"
	if g.inside.part == p {
		icon, says = theme.MenuDropDownIcon(), "group.fold"
	}
	b := widgets.NewIconButton("", icon, func() { g.unfold(p) })
	b.Importance = widget.LowImportance
	b.SetToolTip(g.e.T(says))
	b.SetEscape(g.e.Pop)
	return b
}

// unfold shows the first products of a group under it, or takes them away.
func (g *groupList) unfold(p transfer.Part) {
	if g.inside.part == p {
		p = ""
	}
	g.inside.part, g.inside.rows = p, nil
	if p == "" {
		g.draw()
		return
	}
	q := g.of(p)
	q.Limit = insideShown
	kit.Newest(g.e.Env, &g.inside.asked, func(ctx context.Context) ([]transfer.Listed, error) {
		rows, _, err := g.e.co.Rows(ctx, q)
		return rows, err
	}, func(rows []transfer.Listed, err error) {
		if err != nil {
			g.said.Say(widgets.BannerError, g.e.Error(err))
			return
		}
		g.inside.rows = rows
		g.draw()
	})
}

// of asks for the rows of a group.
func (g *groupList) of(p transfer.Part) transfer.Query {
	return transfer.Query{RunID: g.run.ID, Outcome: transfer.OutcomeUnmatched, Part: p}
}

// products are those of the group that is unfolded, each with the way to decide about it.
func (g *groupList) products(of decisions.Group) fyne.CanvasObject {
	e := g.e
	box := container.NewVBox(newComparedHead(e))
	for i, r := range g.inside.rows {
		decide := widgets.NewButton(e.T("decide.start"), func() {
			e.Push(newDecidePanel(e, g.decider, e.T("group."+string(of.Part)), g.of(of.Part), r, i))
		})
		decide.Importance = widget.LowImportance
		decide.SetEscape(e.Pop)
		box.Add(widgets.NewBorder(nil, nil, nil, widgets.Centred(decide), newComparedRow(remoteCompared(e, r))))
	}
	if more := of.Rows - len(g.inside.rows); more > 0 {
		box.Add(widgets.NewMuted(e.T("group.more", more)))
	}
	return widgets.Inset(insideIndent, 0, box)
}

// insideIndent puts the products of a group under its name.
const insideIndent = 24
