package syncs

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/domain/sync"
)

func (c commands) listCommand() *cobra.Command {
	var limit, offset int
	cmd := &cobra.Command{
		Use: "list", Short: "The syncs and the decisions between them, the newest first", Args: console.None,
		RunE: c.Reading(func(ctx context.Context, company *app.Company, _ []string) error {
			runs, total, err := company.Syncs(ctx, limit, offset)
			if err != nil {
				return err
			}
			return c.showSyncs(runs, total)
		}),
	}
	console.PageFlags(cmd, &limit, &offset, 20)
	return cmd
}

func (c commands) showSyncs(runs []sync.Run, total int) error {
	if c.JSON {
		list := []map[string]any{}
		for _, r := range runs {
			list = append(list, listedSyncJSON(r))
		}
		return c.Print(map[string]any{"total": total, "syncs": list})
	}
	w := c.Table()
	for _, r := range runs {
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\n", r.ID, c.Words.Moment(r.ConfirmedAt), c.Words.SyncBegun(r.Request),
			c.syncStands(r), c.syncCounts(r))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	c.Listed(len(runs), total)
	return nil
}

// syncStands says in a word how a sync stands: undone says more than done.
func (c commands) syncStands(r sync.Run) string {
	if !r.UndoneAt.IsZero() {
		return c.T("sync.undone")
	}
	return c.Words.SyncState(r)
}

func listedSyncJSON(r sync.Run) map[string]any {
	m := syncJSON(r)
	m["id"], m["scope"], m["occasion"], m["compared"] = r.ID, r.Request.Scope, r.Request.Occasion, r.Compared
	if r.Request.Only != sync.WayBoth {
		m["only"] = r.Request.Only
	}
	for key, at := range map[string]time.Time{"confirmed_at": r.ConfirmedAt, "finished_at": r.FinishedAt, "undone_at": r.UndoneAt} {
		if !at.IsZero() {
			m[key] = console.Stamp(at)
		}
	}
	return m
}

func (c commands) showCommand() *cobra.Command {
	var limit, offset int
	var plan bool
	cmd := &cobra.Command{
		Use: "show [ID]", Short: "What a sync has changed, or is to change (default: the newest)", Args: console.AtMostOne,
		RunE: func(cmd *cobra.Command, args []string) error {
			if plan && len(args) > 0 {
				return console.Misused("ctl.usage.exclude", "--plan, ID")
			}
			find := newestSync
			if plan {
				find = plannedSync
			}
			company, run, err := c.openSync(cmd.Context(), c.Read, args, find)
			if err != nil {
				return err
			}
			items, total, err := company.SyncItems(cmd.Context(), run.ID, limit, offset)
			if err != nil {
				return err
			}
			return c.showItems(run, items, total)
		},
	}
	cmd.Flags().BoolVar(&plan, "plan", false, "what the last sync --plan would change")
	console.PageFlags(cmd, &limit, &offset, 100)
	return cmd
}

// openSync opens the company and finds the sync that args name, or the one that find gives if they name none.
func (c commands) openSync(ctx context.Context, open console.Opener, args []string, find func(context.Context, *app.Company) (sync.Run, error)) (*app.Company, sync.Run, error) {
	var id int64
	if len(args) > 0 {
		var err error
		if id, err = strconv.ParseInt(args[0], 10, 64); err != nil || id <= 0 {
			return nil, sync.Run{}, console.Misused("ctl.usage.number", args[0])
		}
	}
	company, err := open(ctx)
	if err != nil {
		return nil, sync.Run{}, err
	}
	if id == 0 {
		run, err := find(ctx, company)
		return company, run, err
	}
	run, err := company.Sync(ctx, id)
	if domain.KindOf(err) == domain.KindNotFound || err == nil && run.ConfirmedAt.IsZero() {
		err = noSync("no-such-sync")
	}
	return company, run, err
}

func newestSync(ctx context.Context, company *app.Company) (sync.Run, error) {
	runs, _, err := company.Syncs(ctx, 1, 0)
	if err == nil && len(runs) == 0 {
		err = noSync("no-sync")
	}
	if err != nil {
		return sync.Run{}, err
	}
	return runs[0], nil
}

func plannedSync(ctx context.Context, company *app.Company) (sync.Run, error) {
	run, ok, err := company.PlannedSync(ctx, time.Unix(0, 0))
	if err == nil && !ok {
		err = noSync("no-plan")
	}
	return run, err
}

func noSync(detail string) error {
	return &domain.Error{Kind: domain.KindNotFound, Op: "find the sync", Detail: detail}
}

func (c commands) showItems(r sync.Run, items []sync.Item, total int) error {
	if c.JSON {
		list := []map[string]any{}
		for _, i := range items {
			list = append(list, itemJSON(i))
		}
		m := listedSyncJSON(r)
		m["total"], m["changes"] = total, list
		return c.Print(m)
	}
	c.Line("%d · %s · %s", r.ID, c.Words.Moment(r.CreatedAt), c.Words.SyncBegun(r.Request))
	if err := c.saySync(r); err != nil {
		return err
	}
	if err := c.ShowTable(exports.Changes(c.Words, items)); err != nil {
		return err
	}
	c.Listed(len(items), total)
	return nil
}

func itemJSON(i sync.Item) map[string]any {
	m := map[string]any{
		"product_id": i.Product, "remote_id": i.Ref.ID, "code": i.Code, "name": i.Name, "field": i.Field, "way": i.Way, "why": i.Why,
		"conflict": i.Conflict, "base": console.Number(i.Base), "ours": console.Number(i.Ours), "theirs": console.Number(i.Theirs), "value": console.Number(i.Value),
		"loser": console.Number(i.Loser()), "state": i.State, "undone": i.Undone,
	}
	if i.Detail != "" {
		m["detail"] = i.Detail
	}
	return m
}
