package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
)

type doctorFlags struct {
	fix, column string
	pad         int
	yes         bool
}

func (c *ctl) catalogueDoctorCommand() *cobra.Command {
	var f doctorFlags
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Look for spoilt barcodes and lost zeros; --fix or --pad mends what can be known, after a yes",
		Args:  none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := f.check(cmd, c.json); err != nil {
				return err
			}
			company, err := c.open(cmd.Context(), false)
			if err != nil {
				return err
			}
			ctx, stop := interruptible(cmd.Context())
			defer stop()
			switch {
			case f.fix != "":
				return c.fixFindings(ctx, company, f)
			case f.pad > 0:
				return c.padColumn(ctx, company, f)
			}
			report, err := company.Examine(ctx)
			if err != nil {
				return err
			}
			return c.showReport(report)
		},
	}
	cmd.Flags().StringVar(&f.fix, "fix", "", "carry out the proposals of a kind: lost-zero, exponent, spoilt, check-digit or box")
	cmd.Flags().IntVar(&f.pad, "pad", 0, "fill up the numbers of a column with leading zeros to this width")
	cmd.Flags().StringVar(&f.column, "column", "code", "the column of --pad: code or barcode")
	cmd.Flags().BoolVar(&f.yes, "yes", false, "confirm without asking")
	return cmd
}

func (f doctorFlags) check(cmd *cobra.Command, json bool) error {
	const widest = 64
	switch {
	case f.fix != "" && !slices.Contains(doctor.Kinds(), doctor.Kind(f.fix)):
		return usageError{fmt.Errorf("--fix %q: one of %v", f.fix, doctor.Kinds())}
	case f.fix != "" && cmd.Flags().Changed("pad"):
		return usageError{errors.New("--fix and --pad are two things")}
	case cmd.Flags().Changed("pad") && (f.pad < 1 || f.pad > widest):
		return usageError{fmt.Errorf("--pad: a width between 1 and %d", widest)}
	case f.column != string(doctor.Code) && f.column != string(doctor.Barcode):
		return usageError{errors.New("--column is code or barcode")}
	case json && !f.yes && (f.fix != "" || f.pad > 0):
		return usageError{errors.New("--json needs --yes: nobody can be asked")}
	}
	return nil
}

func (c *ctl) fixFindings(ctx context.Context, company *app.Company, f doctorFlags) error {
	report, err := company.Examine(ctx)
	if err != nil {
		return err
	}
	found := 0
	for _, finding := range report.Findings {
		if finding.Kind == doctor.Kind(f.fix) {
			found++
		}
	}
	return c.repair(ctx, company, f.fix, report.Fixes(doctor.Kind(f.fix)), found, f.yes)
}

func (c *ctl) padColumn(ctx context.Context, company *app.Company, f doctorFlags) error {
	fixes, clashes, err := company.Padding(ctx, doctor.Column(f.column), f.pad)
	if err != nil {
		return err
	}
	return c.repair(ctx, company, fmt.Sprintf("pad-%s-%d", f.column, f.pad), fixes, len(fixes)+clashes, f.yes)
}

// repair shows what would change, asks, and writes. found is how many there are with those that nothing
// is proposed for.
func (c *ctl) repair(ctx context.Context, company *app.Company, what string, fixes []doctor.Fix, found int, sure bool) error {
	const examples = 5
	for i, fix := range fixes {
		if c.json || i == examples {
			break
		}
		fmt.Fprintf(c.err, "  %s -> %s\n", fix.From, fix.To)
	}
	done := 0
	if len(fixes) > 0 {
		if !sure && !c.confirmed(c.text.T("doctor.confirm", len(fixes))) {
			return domain.E(domain.KindCancelled, "confirm the repair", nil)
		}
		var err error
		if done, err = company.Store.Repair(ctx, what, fixes); err != nil {
			return err
		}
	}
	if c.json {
		return c.print(map[string]any{"repair": what, "fixed": done, "left": found - done})
	}
	c.say("doctor.fixed", done, found-done)
	return nil
}

func (c *ctl) showReport(r doctor.Report) error {
	counts := map[doctor.Kind]int{}
	for _, f := range r.Findings {
		counts[f.Kind]++
	}
	if c.json {
		return c.print(map[string]any{
			"examined": r.Examined, "counts": counts, "findings": c.findingsJSON(r.Findings), "paddings": c.paddingsJSON(r.Paddings),
		})
	}
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	for _, f := range r.Findings {
		proposed := f.Proposed
		if proposed == "" {
			proposed = "-"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", c.text.T("doctor.kind."+string(f.Kind)), f.Code, f.Name, f.Value, proposed,
			c.text.T("doctor.reason."+string(f.Reason)))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, p := range r.Paddings {
		c.say("doctor.padding."+string(p.Column), p.Short, p.Values, p.Width, p.Examples[0].From, p.Examples[0].To,
			fmt.Sprintf("sopyoctl catalogue doctor --pad %d --column %s", p.Width, p.Column))
	}
	fmt.Fprintln(c.err, c.text.T("doctor.totals", r.Examined, len(r.Findings)))
	return nil
}

func (c *ctl) findingsJSON(findings []doctor.Finding) []map[string]any {
	list := []map[string]any{}
	for _, f := range findings {
		m := map[string]any{
			"kind": f.Kind, "reason": f.Reason, "product": f.Product, "code": f.Code, "name": f.Name, "value": f.Value,
			"proposed": nil, "message": c.text.T("doctor.reason." + string(f.Reason)),
		}
		if f.Proposed != "" {
			m["proposed"] = f.Proposed
		}
		if len(f.Others) > 0 {
			m["others"] = f.Others
		}
		list = append(list, m)
	}
	return list
}

func (c *ctl) paddingsJSON(paddings []doctor.Padding) []map[string]any {
	list := []map[string]any{}
	for _, p := range paddings {
		examples := []map[string]string{}
		for _, e := range p.Examples {
			examples = append(examples, map[string]string{"from": e.From, "to": e.To})
		}
		list = append(list, map[string]any{
			"column": p.Column, "width": p.Width, "values": p.Values, "short": p.Short, "clashes": p.Clashes, "examples": examples,
		})
	}
	return list
}
