package invoices

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain/monthend"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// monthMaker makes packages: one company's, or all of them.
type monthMaker struct {
	plan  func(ctx context.Context, m monthend.Month) ([]monthend.Plan, error)
	write func(ctx context.Context, m monthend.Month, a monthend.Ask, path string, p *monthend.Progress) ([]string, error)
	send  func(ctx context.Context, m monthend.Month) error
}

func (c commands) monthCommand() *cobra.Command {
	var out string
	var all, offline, sent bool
	cmd := &cobra.Command{
		Use: "month YYYY-MM --out DIR|FILE.zip", Short: "Write the accountant's package of a month: lists, PDFs, UBLs, what is missing, the check against İşbaşı",
		Args: console.Exact(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if out == "" {
				return console.Misused("ctl.usage.required", "--out")
			}
			month, err := monthend.ParseMonth(args[0])
			if err != nil {
				return err
			}
			ctx, stop := console.Interruptible(cmd.Context())
			defer stop()
			if all {
				open, runners := app.Open, app.NewRunners
				if offline && !sent {
					open, runners = app.Read, app.NewReaders
				}
				if err := c.OpenAppBy(ctx, open); err != nil {
					return err
				}
				r := runners(c.App)
				defer r.Close() //nolint:errcheck // what is written is written
				return c.makeMonths(ctx, monthMaker{r.PlanMonths, r.WriteMonths, r.SendMonths}, month, out, offline, sent)
			}
			company, err := c.Looks(offline && !sent)(ctx)
			if err != nil {
				return err
			}
			one := func(ctx context.Context, m monthend.Month) ([]monthend.Plan, error) {
				p, err := company.PlanMonth(ctx, m)
				return []monthend.Plan{p}, err
			}
			return c.makeMonths(ctx, monthMaker{one, company.WriteMonth, company.SendMonth}, month, out, offline, sent)
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "the folder that the package's folder is made in, or the zip that is written")
	cmd.Flags().BoolVar(&all, "all-companies", false, "the packages of all companies, a folder each")
	cmd.Flags().BoolVar(&offline, "offline", false, "ask İşbaşı nothing: documents that are not here are left out, and nothing is checked")
	cmd.Flags().BoolVar(&sent, "sent", false, "note that the package was sent: later changes are told in the next one")
	return cmd
}

func (c commands) makeMonths(ctx context.Context, maker monthMaker, m monthend.Month, out string, offline, sent bool) error {
	before, err := maker.plan(ctx, m)
	if err != nil {
		return err
	}
	paths, err := maker.write(ctx, m, monthend.Ask{Documents: !offline, List: !offline}, out, &monthend.Progress{})
	if err != nil {
		return err
	}
	if sent {
		if err := maker.send(ctx, m); err != nil {
			return err
		}
	}
	after, err := maker.plan(ctx, m)
	if err != nil {
		return err
	}
	reads := 0
	for n := range after {
		reads += before[n].Left - after[n].Left
	}
	if c.JSON {
		return c.Print(monthsJSON(m, paths, after, reads))
	}
	w := c.Table()
	for _, p := range after {
		fmt.Fprintf(w, "%s\t%s\n", p.Company, c.T("ctl.invoices.month", p.Invoices, p.Missing, p.Open, p.NoPDF+p.NoUBL))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, path := range paths {
		fmt.Fprintln(c.Out, path)
	}
	fmt.Fprintln(c.Out, c.Words.Calls(quota.Cost{Reads: reads}))
	return nil
}

func monthsJSON(m monthend.Month, paths []string, plans []monthend.Plan, reads int) map[string]any {
	companies := []map[string]any{}
	for _, p := range plans {
		companies = append(companies, map[string]any{
			"company": p.Company, "invoices": p.Invoices, "missing": p.Missing, "open_tasks": p.Open, "no_pdf": p.NoPDF, "no_ubl": p.NoUBL,
		})
	}
	return map[string]any{"month": m.String(), "paths": append([]string{}, paths...), "companies": companies, "api_reads": reads}
}
