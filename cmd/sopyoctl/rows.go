package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

func (c *ctl) rowsCommand() *cobra.Command {
	var outcome string
	q := transfer.Query{}
	cmd := &cobra.Command{
		Use: "rows", Short: "List what became of each product of the last transfer", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch q.Outcome = transfer.Outcome(outcome); q.Outcome {
			case "", transfer.OutcomeMatched, transfer.OutcomeUnmatched, transfer.OutcomeSkipped, transfer.OutcomeFailed, transfer.OutcomePending:
			default:
				return misused("ctl.usage.one-of", "--outcome", outcome, "matched, unmatched, skipped, failed, pending")
			}
			company, err := c.read(cmd.Context())
			if err != nil {
				return err
			}
			if q.RunID == 0 {
				last, ok, err := company.LatestRun(cmd.Context())
				if err != nil {
					return err
				}
				if !ok {
					return &domain.Error{Kind: domain.KindNotFound, Op: "find the last transfer", Detail: "no-transfer"}
				}
				q.RunID = last.ID
			}
			rows, total, err := company.Rows(cmd.Context(), q)
			if err != nil {
				return err
			}
			return c.showRows(rows, total)
		},
	}
	cmd.Flags().StringVar(&outcome, "outcome", "", "matched, unmatched, skipped, failed or pending")
	cmd.Flags().Int64Var(&q.RunID, "run", 0, "another transfer than the last, by id")
	cmd.Flags().StringVar(&q.Search, "search", "", "words in code, barcode or name")
	cmd.Flags().IntVar(&q.Limit, "limit", 0, "at most that many; 0 = all")
	cmd.Flags().IntVar(&q.Offset, "offset", 0, "leave out that many first")
	return cmd
}

func (c *ctl) showRows(rows []transfer.Listed, total int) error {
	if c.json {
		list := []map[string]any{}
		for _, r := range rows {
			list = append(list, rowJSON(r))
		}
		return c.print(map[string]any{"total": total, "rows": list})
	}
	err := c.showTable(exports.Rows(c.words, 0, func(yield func(transfer.Listed, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}))
	if err != nil {
		return err
	}
	c.listed(len(rows), total)
	return nil
}

// showTable prints the rows of a list that could leave as a file, too.
func (c *ctl) showTable(t exports.Table) error {
	out := c.table()
	for cells, err := range t.Rows {
		if err != nil {
			return err
		}
		for _, cell := range cells {
			fmt.Fprint(out, cell.Words(c.words), "\t")
		}
		fmt.Fprintln(out)
	}
	return out.Flush()
}

func rowJSON(r transfer.Listed) map[string]any {
	m := map[string]any{
		"id": r.Remote.ID, "code": r.Remote.Code, "barcode": r.Remote.Barcode, "name": r.Remote.Name,
		"price": number(r.Remote.Price), "stock": number(r.Remote.Stock), "outcome": r.Outcome,
	}
	if r.ProductID != 0 {
		m["product_id"], m["product_name"] = r.ProductID, r.ProductName
	}
	if r.Tier != "" {
		m["tier"] = r.Tier
	}
	if r.Reason != "" {
		m["reason"] = r.Reason
	}
	if r.Candidates > 0 {
		m["candidates"] = r.Candidates
	}
	if r.Decided != "" {
		m["decided"] = r.Decided
	}
	if r.Flag != "" {
		m["flag"] = r.Flag
	}
	if len(r.Notes) > 0 {
		m["notes"] = r.Notes
	}
	return m
}
