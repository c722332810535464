package syncs

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/domain/sync"
)

func (c commands) openCommand() *cobra.Command {
	var q sync.OpenQuery
	var why, xlsx string
	cmd := &cobra.Command{
		Use: "open", Short: "The stocks and prices that wait for a person, and why; as Excel too", Args: console.None,
		RunE: c.Reading(func(ctx context.Context, company *app.Company, _ []string) error {
			if err := c.knownReason(why); err != nil {
				return err
			}
			q.Why = sync.Why(why)
			if xlsx != "" {
				if err := company.SaveSyncOpen(ctx, q, xlsx); err != nil {
					return err
				}
			}
			return c.showOpen(ctx, company, q, xlsx)
		}),
	}
	cmd.Flags().StringVar(&why, "why", "", "only what waits for that reason")
	cmd.Flags().StringVar(&q.Search, "search", "", "words in code, barcode or name; Turkish letters are forgiven")
	cmd.Flags().StringVar(&xlsx, "xlsx", "", "write all of them into FILE")
	console.PageFlags(cmd, &q.Limit, &q.Offset, 100)
	return cmd
}

// knownReason refuses a reason for which nothing ever waits.
func (c commands) knownReason(why string) error {
	if why != "" && !c.Text.Has("sync.why."+why) {
		return console.Misused("ctl.usage.why", why)
	}
	return nil
}

func (c commands) showOpen(ctx context.Context, company *app.Company, q sync.OpenQuery, file string) error {
	fields, total, err := company.OpenFields(ctx, q)
	if err != nil {
		return err
	}
	groups, err := company.OpenGroups(ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		return c.Print(openJSON(fields, total, groups, file))
	}
	for _, g := range groups {
		c.Line("%s (%s): %s", c.T("sync.why."+string(g.Why)), g.Why, c.Words.Count(g.Fields))
	}
	if err := c.ShowTable(exports.Waiting(c.Words, fields)); err != nil {
		return err
	}
	c.Listed(len(fields), total)
	if file != "" {
		c.Say("ctl.sync.saved", file)
	}
	return nil
}

func openJSON(fields []sync.Open, total int, groups []sync.OpenGroup, file string) map[string]any {
	list, reasons := []map[string]any{}, []map[string]any{}
	for _, o := range fields {
		m := map[string]any{
			"product_id": o.Product, "remote_id": o.Ref.ID, "code": o.Code, "name": o.Name, "field": o.Field, "action": o.Action, "why": o.Why,
			"base": console.Number(o.Base), "ours": console.Number(o.Ours), "theirs": console.Number(o.Theirs), "currency": o.Currency, "since": console.Stamp(o.Since),
		}
		if o.Way != sync.WayBoth {
			m["way"] = o.Way
		}
		if o.OursBy != "" {
			m["ours_by"] = o.OursBy
		}
		for key, at := range map[string]time.Time{"ours_at": o.OursAt, "theirs_at": o.TheirsAt} {
			if !at.IsZero() {
				m[key] = console.Stamp(at)
			}
		}
		list = append(list, m)
	}
	for _, g := range groups {
		reasons = append(reasons, map[string]any{"why": g.Why, "action": g.Action, "fields": g.Fields})
	}
	m := map[string]any{"total": total, "groups": reasons, "fields": list}
	if file != "" {
		m["file"] = file
	}
	return m
}
