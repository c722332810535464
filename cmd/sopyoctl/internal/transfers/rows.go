package transfers

import (
	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

func (c commands) rowsCommand() *cobra.Command {
	var outcome string
	q := transfer.Query{}
	cmd := &cobra.Command{
		Use: "rows", Short: "List what became of each product of the last transfer", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch q.Outcome = transfer.Outcome(outcome); q.Outcome {
			case "", transfer.OutcomeMatched, transfer.OutcomeUnmatched, transfer.OutcomeSkipped, transfer.OutcomeFailed, transfer.OutcomePending:
			default:
				return console.Misused("ctl.usage.one-of", "--outcome", outcome, "matched, unmatched, skipped, failed, pending")
			}
			company, err := c.Read(cmd.Context())
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

func (c commands) showRows(rows []transfer.Listed, total int) error {
	if c.JSON {
		list := []map[string]any{}
		for _, r := range rows {
			list = append(list, rowJSON(r))
		}
		return c.Print(map[string]any{"total": total, "rows": list})
	}
	err := c.ShowTable(exports.Rows(c.Words, 0, func(yield func(transfer.Listed, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}))
	if err != nil {
		return err
	}
	c.Listed(len(rows), total)
	return nil
}

func rowJSON(r transfer.Listed) map[string]any {
	m := map[string]any{
		"id": r.Remote.ID, "code": r.Remote.Code, "barcode": r.Remote.Barcode, "name": r.Remote.Name,
		"price": console.Number(r.Remote.Price), "stock": console.Number(r.Remote.Stock), "outcome": r.Outcome,
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
