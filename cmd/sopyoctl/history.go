package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain/history"
)

func (c commands) historyCommand() *cobra.Command {
	var limit, offset int
	cmd := &cobra.Command{
		Use: "history", Short: "What was done in this company: when, by whom, what; the newest first", Args: console.None,
		RunE: c.Reading(func(ctx context.Context, company *app.Company, _ []string) error {
			entries, total, err := company.Store.History(ctx, limit, offset)
			if err != nil {
				return err
			}
			return c.showHistory(entries, total)
		}),
	}
	console.PageFlags(cmd, &limit, &offset, 50)
	return cmd
}

func (c commands) showHistory(entries []history.Entry, total int) error {
	if c.JSON {
		list := []map[string]any{}
		for _, e := range entries {
			list = append(list, map[string]any{
				"at": console.Stamp(e.At), "who": e.Actor, "what": e.What, "detail": json.RawMessage(e.Detail), "text": history.Sentence(c.Text, c.Text.Lang, e),
			})
		}
		return c.Print(map[string]any{"total": total, "history": list})
	}
	w := c.Table()
	for _, e := range entries {
		fmt.Fprintf(w, "%s\t%s\t%s\n", c.Words.Moment(e.At), e.Actor, history.Sentence(c.Text, c.Text.Lang, e))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	c.Listed(len(entries), total)
	return nil
}
