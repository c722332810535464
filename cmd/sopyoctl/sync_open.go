package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/domain/sync"
)

func (c *ctl) syncOpenCommand() *cobra.Command {
	var q sync.OpenQuery
	var why, xlsx string
	cmd := &cobra.Command{
		Use: "open", Short: "The stocks and prices that wait for a person, and why; as Excel too", Args: none,
		RunE: c.reading(func(ctx context.Context, company *app.Company, _ []string) error {
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
	pageFlags(cmd, &q.Limit, &q.Offset, 100)
	return cmd
}

// knownReason refuses a reason for which nothing ever waits.
func (c *ctl) knownReason(why string) error {
	if why != "" && !c.text.Has("sync.why."+why) {
		return misused("ctl.usage.why", why)
	}
	return nil
}

func (c *ctl) showOpen(ctx context.Context, company *app.Company, q sync.OpenQuery, file string) error {
	fields, total, err := company.OpenFields(ctx, q)
	if err != nil {
		return err
	}
	groups, err := company.OpenGroups(ctx)
	if err != nil {
		return err
	}
	if c.json {
		return c.print(openJSON(fields, total, groups, file))
	}
	for _, g := range groups {
		c.line("%s (%s): %s", c.t("sync.why."+string(g.Why)), g.Why, c.words.Count(g.Fields))
	}
	if err := c.showTable(exports.Waiting(c.words, fields)); err != nil {
		return err
	}
	c.listed(len(fields), total)
	if file != "" {
		c.say("ctl.sync.saved", file)
	}
	return nil
}

func openJSON(fields []sync.Open, total int, groups []sync.OpenGroup, file string) map[string]any {
	list, reasons := []map[string]any{}, []map[string]any{}
	for _, o := range fields {
		m := map[string]any{
			"product_id": o.Product, "remote_id": o.Ref.ID, "code": o.Code, "name": o.Name, "field": o.Field, "action": o.Action, "why": o.Why,
			"base": number(o.Base), "ours": number(o.Ours), "theirs": number(o.Theirs), "currency": o.Currency, "since": stamp(o.Since),
		}
		if o.Way != sync.WayBoth {
			m["way"] = o.Way
		}
		if o.OursBy != "" {
			m["ours_by"] = o.OursBy
		}
		for key, at := range map[string]time.Time{"ours_at": o.OursAt, "theirs_at": o.TheirsAt} {
			if !at.IsZero() {
				m[key] = stamp(at)
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
