package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// showPlan writes the plan of a run that was prepared, as the flags ask, and says what it would do.
func (c *ctl) showPlan(ctx context.Context, company *app.Company, r transfer.Run, f importFlags) error {
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
	if c.json {
		m := runJSON(r)
		m["plan"] = plan.Forecast
		m["cost"] = map[string]int{"products": plan.Cost.Products, "reads": plan.Cost.Reads, "writes": plan.Cost.Writes}
		m["file"] = file
		if page != "" {
			m["page"] = page
		}
		return c.print(m)
	}
	fmt.Fprintln(c.out, c.t("plan.lead", plan.Read, plan.Matched, plan.Unmatched, plan.Skipped))
	for _, sum := range c.words.Sums(plan.Forecast) {
		if len(sum.Parts) == 0 {
			continue
		}
		fmt.Fprintln(c.out, sum.Name)
		for _, p := range sum.Parts {
			c.line("  %s: %s", p.Name, c.words.Count(p.N))
		}
	}
	fmt.Fprintln(c.out, c.t("plan.cost")+": "+c.t("plan.cost.value", plan.Cost.Reads, plan.Cost.Writes)+". "+c.t("plan.cost.none"))
	c.say("ctl.plan.file", file)
	if page != "" {
		c.say("ctl.plan.html", page)
	}
	return nil
}

// fromPlan carries out the plan of a file.
func (c *ctl) fromPlan(ctx context.Context, company *app.Company, f importFlags) error {
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
	if len(deviating) > 0 && !c.json {
		fmt.Fprintln(c.out, c.t("ctl.deviations", len(deviating)))
		for _, r := range deviating {
			fmt.Fprintln(c.out, "  "+c.deviationLine(r))
		}
	}
	return shown
}

// deviationLine says which product it is, what was planned and what came of it.
func (c *ctl) deviationLine(r transfer.Listed) string {
	var parts []string
	for _, s := range []string{string(r.Remote.Code), string(r.Remote.Barcode), r.Remote.Name} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	line := strings.Join(parts, " · ") + ": " + c.t("deviation."+string(r.Deviation()))
	if r.Deviation() == transfer.DeviationValues {
		w, then, now := c.words, r.Planned.After, r.Applied
		line += fmt.Sprintf(" (%s %s, %s %s)", w.MoneyIf(then.Price, then.Currency), w.AmountIf(then.Stock), w.MoneyIf(now.Price, now.Currency), w.AmountIf(now.Stock))
	}
	return line
}

func deviationJSON(r transfer.Listed) map[string]any {
	m := rowJSON(r)
	m["deviation"], m["planned"] = r.Deviation(), r.Planned.Outcome
	m["planned_price"], m["planned_stock"] = number(r.Planned.After.Price), number(r.Planned.After.Stock)
	m["applied_price"], m["applied_stock"] = number(r.Applied.Price), number(r.Applied.Stock)
	return m
}

// retryFailed tries what failed in the last transfer again.
func (c *ctl) retryFailed(ctx context.Context, company *app.Company, f importFlags) error {
	job, err := company.Retry(ctx)
	if err != nil {
		return err
	}
	if job == nil {
		c.say("ctl.retry.none")
		last, _, err := company.LatestRun(ctx)
		if err != nil {
			return err
		}
		return c.showEnd(last, nil, nil)
	}
	r, err := c.work(ctx, job, f)
	return c.showEnd(r, err, nil)
}
