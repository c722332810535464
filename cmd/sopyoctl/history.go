package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain/history"
)

func (c *ctl) historyCommand() *cobra.Command {
	var limit, offset int
	cmd := &cobra.Command{
		Use: "history", Short: "What was done in this company: when, by whom, what; the newest first", Args: none,
		RunE: c.reading(func(ctx context.Context, company *app.Company, _ []string) error {
			entries, total, err := company.Store.History(ctx, limit, offset)
			if err != nil {
				return err
			}
			return c.showHistory(entries, total)
		}),
	}
	pageFlags(cmd, &limit, &offset, 50)
	return cmd
}

func (c *ctl) showHistory(entries []history.Entry, total int) error {
	if c.json {
		list := []map[string]any{}
		for _, e := range entries {
			list = append(list, map[string]any{
				"at": stamp(e.At), "who": e.Actor, "what": e.What, "detail": json.RawMessage(e.Detail), "text": history.Sentence(c.text, c.text.Lang, e),
			})
		}
		return c.print(map[string]any{"total": total, "history": list})
	}
	w := c.table()
	for _, e := range entries {
		fmt.Fprintf(w, "%s\t%s\t%s\n", c.words.Moment(e.At), e.Actor, history.Sentence(c.text, c.text.Lang, e))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	c.listed(len(entries), total)
	return nil
}
