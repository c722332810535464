package sync

import (
	"context"
	"strconv"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// newChanges makes the list of what a run did or is to do; currency is that of its prices.
func newChanges(e *env, run sync.Run, done bool) *kit.List[kit.Asked] {
	columns := []table.Column{
		{ID: "code", Title: e.T("sync.code"), Width: 92, Grow: 0.6},
		{ID: "name", Title: e.T("sync.name"), Width: 170, Grow: 3},
		{ID: "field", Title: e.T("sync.field"), Width: 54},
		{ID: "way", Title: e.T("sync.way"), Width: 94},
		{Title: e.T("sync.was"), Width: 92, Grow: 0.3, Right: true},
		{Title: e.T("sync.becomes"), Width: 92, Grow: 0.3, Right: true},
	}
	last := table.Column{ID: "state", Title: e.T("sync.reason"), Width: 140, Grow: 1.6}
	if done {
		last.Title = e.T("sync.state")
	}
	columns = append(columns, last)
	fetch := func(ctx context.Context, a kit.Asked, limit, offset int) ([]table.Row, int, error) {
		if a.Sort == "" {
			items, total, err := e.co.FindSyncItems(ctx, run.ID, a.Search, limit, offset)
			return changeRows(e, items, done), total, err
		}
		items, _, err := e.co.FindSyncItems(ctx, run.ID, a.Search, 0, 0)
		if err != nil {
			return nil, 0, err
		}
		rows := changeRows(e, items, done)
		kit.SortCells(rows, map[string]int{"code": 0, "name": 1, "field": 2, "way": 3, "state": 6}, a)
		return kit.PageOf(rows, limit, offset), len(rows), nil
	}
	l := kit.NewList(e.Env, kit.Listing[kit.Asked]{
		Columns: columns, Query: func(a kit.Asked) kit.Asked { return a }, Fetch: fetch,
		Export: func(ctx context.Context, _ kit.Asked) (string, error) { return e.co.ExportChanges(ctx, e.Lang, run.ID) },
		None: func(a kit.Asked) string {
			switch {
			case a.Search != "":
				return e.T("rows.none.search", a.Search)
			case run.Counters.Matched > 0:
				return e.T("sync.changes.old")
			default:
				return e.T("sync.changes.none")
			}
		},
		Search: e.T("sync.search"), Count: "sync.changes.count", Pick: e.T("sync.changes.pick"), Back: e.Pop,
	})
	l.Table.OnOpen = func(r table.Row) { e.Frame.OpenProduct(kit.MadeOf[sync.Item](r).Product) }
	return l
}

func changeRows(e *env, items []sync.Item, done bool) []table.Row {
	rows := make([]table.Row, len(items))
	for n, i := range items {
		was, becomes := e.SyncValue(i.Field, i.Before(), i.Currency), e.SyncValue(i.Field, i.Value, i.Currency)
		why := e.T("sync.why." + string(i.Why))
		last := why
		if done {
			last = e.SyncItem(i)
		}
		detail := e.T("sync.detail", i.Name, i.Code, fieldName(e, i.Field), was, becomes, last)
		if l := i.Loser(); l.Valid && done {
			detail += " · " + e.T("sync.loser", e.SyncValue(i.Field, l, i.Currency))
		}
		rows[n] = table.Row{
			Key: strconv.FormatInt(i.ID, 10), Data: i, Detail: detail,
			Cells: []string{string(i.Code), i.Name, fieldName(e, i.Field), e.T("sync.way." + string(i.Way)), was, becomes, last},
		}
	}
	return rows
}

// movedBy counts changes by way and field.
func movedBy(items []sync.Item) (m sync.Moved) {
	for _, i := range items {
		switch stock := i.Field == domain.SharedStock; {
		case i.Way == sync.WayPull && stock:
			m.PulledStock++
		case i.Way == sync.WayPull:
			m.PulledPrice++
		case stock:
			m.PushedStock++
		default:
			m.PushedPrice++
		}
	}
	return m
}
