package transfers

import (
	"context"
	"fmt"
	"strings"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// showPlan writes the plan of a run that was prepared, as the flags ask, and says what it would do.
func (c commands) showPlan(ctx context.Context, company *app.Company, r transfer.Run, f importFlags) error {
	plan, err := company.TransferPlan(ctx, r.ID)
	if err != nil {
		return err
	}
	file, err := company.WritePlan(ctx, r.ID, f.out)
	if err != nil {
		return err
	}
	page := ""
	if f.page != "" {
		if page, err = company.SavePlanPage(ctx, r.ID, f.page); err != nil {
			return err
		}
	}
	if c.JSON {
		m := RunJSON(r)
		m["plan"] = plan.Forecast
		m["cost"] = map[string]int{"products": plan.Cost.Products, "reads": plan.Cost.Reads, "writes": plan.Cost.Writes}
		m["file"] = file
		if page != "" {
			m["page"] = page
		}
		return c.Print(m)
	}
	fmt.Fprintln(c.Out, c.T("plan.lead", plan.Read, plan.Matched, plan.Unmatched, plan.Skipped))
	for _, sum := range c.Words.Sums(plan.Forecast) {
		if len(sum.Parts) == 0 {
			continue
		}
		fmt.Fprintln(c.Out, sum.Name)
		for _, p := range sum.Parts {
			c.Line("  %s: %s", p.Name, c.Words.Count(p.N))
		}
	}
	fmt.Fprintln(c.Out, c.T("plan.cost")+": "+c.T("plan.cost.value", plan.Cost.Reads, plan.Cost.Writes)+". "+c.T("plan.cost.none"))
	c.Say("ctl.plan.file", file)
	if page != "" {
		c.Say("ctl.plan.html", page)
	}
	return nil
}

// fromPlan carries out the plan of a file.
func (c commands) fromPlan(ctx context.Context, company *app.Company, f importFlags) error {
	job, err := company.FromPlan(ctx, f.fromPlan, f.oldPlan)
	if err != nil {
		return err
	}
	r, err := c.work(ctx, job, f)
	deviating, _, listErr := company.Rows(ctx, transfer.Query{RunID: r.ID, Deviating: true})
	if listErr != nil {
		return listErr
	}
	list := []map[string]any{}
	for _, r := range deviating {
		list = append(list, deviationJSON(r))
	}
	shown := c.showEnd(r, err, map[string]any{"deviations": list})
	if len(deviating) > 0 && !c.JSON {
		fmt.Fprintln(c.Out, c.T("ctl.deviations", len(deviating)))
		for _, r := range deviating {
			fmt.Fprintln(c.Out, "  "+c.deviationLine(r))
		}
	}
	return shown
}

// deviationLine says which product it is, what was planned and what came of it.
func (c commands) deviationLine(r transfer.Listed) string {
	var parts []string
	for _, s := range []string{string(r.Remote.Code), string(r.Remote.Barcode), r.Remote.Name} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	line := strings.Join(parts, " · ") + ": " + c.T("deviation."+string(r.Deviation()))
	if r.Deviation() == transfer.DeviationValues {
		w, then, now := c.Words, r.Planned.After, r.Applied
		line += fmt.Sprintf(" (%s %s, %s %s)", w.MoneyIf(then.Price, then.Currency), w.AmountIf(then.Stock), w.MoneyIf(now.Price, now.Currency), w.AmountIf(now.Stock))
	}
	return line
}

func deviationJSON(r transfer.Listed) map[string]any {
	m := rowJSON(r)
	m["deviation"], m["planned"] = r.Deviation(), r.Planned.Outcome
	m["planned_price"], m["planned_stock"] = console.Number(r.Planned.After.Price), console.Number(r.Planned.After.Stock)
	m["applied_price"], m["applied_stock"] = console.Number(r.Applied.Price), console.Number(r.Applied.Stock)
	return m
}

// retryFailed tries what failed in the last transfer again.
func (c commands) retryFailed(ctx context.Context, company *app.Company, f importFlags) error {
	job, err := company.Retry(ctx)
	if err != nil {
		return err
	}
	if job == nil {
		c.Say("ctl.retry.none")
		last, _, err := company.LatestRun(ctx)
		if err != nil {
			return err
		}
		return c.showEnd(last, nil, nil)
	}
	r, err := c.work(ctx, job, f)
	return c.showEnd(r, err, nil)
}
