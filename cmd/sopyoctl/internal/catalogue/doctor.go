package catalogue

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
)

type doctorFlags struct {
	fix, column string
	pad         int
	undo, yes   bool
}

func (c commands) doctorCommand() *cobra.Command {
	var f doctorFlags
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Look for spoilt barcodes and lost zeros; --fix or --pad mends what can be known, after a yes, --undo takes the last mending back",
		Args:  console.None,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := f.check(cmd, c.JSON); err != nil {
				return err
			}
			open := c.Read
			if f.fix != "" || f.pad > 0 || f.undo {
				open = c.Take
			}
			company, err := open(cmd.Context())
			if err != nil {
				return err
			}
			ctx, stop := console.Interruptible(cmd.Context())
			defer stop()
			switch {
			case f.fix != "":
				return c.fixFindings(ctx, company, f)
			case f.pad > 0:
				return c.padColumn(ctx, company, f)
			case f.undo:
				return c.undoRepair(ctx, company)
			}
			report, err := company.Examine(ctx, &doctor.Count{})
			if err != nil {
				return err
			}
			return c.showReport(report)
		},
	}
	cmd.Flags().StringVar(&f.fix, "fix", "", "carry out the proposals of a kind: lost-zero, exponent, spoilt, check-digit, decorated, isbn, code or box")
	cmd.Flags().IntVar(&f.pad, "pad", 0, "fill up the numbers of a column with leading zeros to this width")
	cmd.Flags().StringVar(&f.column, "column", "code", "the column of --pad: code or barcode")
	cmd.Flags().BoolVar(&f.undo, "undo", false, "take back the last mending that was not taken back yet")
	cmd.Flags().BoolVar(&f.yes, "yes", false, "confirm without asking")
	return cmd
}

func (f doctorFlags) check(cmd *cobra.Command, json bool) error {
	switch {
	case f.fix != "" && !slices.Contains(doctor.Kinds(), doctor.Kind(f.fix)):
		return console.Misused("ctl.usage.one-of", "--fix", f.fix, console.Names(doctor.Kinds()))
	case f.fix != "" && cmd.Flags().Changed("pad"):
		return console.Misused("ctl.usage.exclude", "--fix, --pad")
	case cmd.Flags().Changed("pad") && (f.pad < 1 || f.pad > doctor.Widest):
		return console.Misused("ctl.usage.between", "--pad", 1, doctor.Widest)
	case f.undo && (f.fix != "" || cmd.Flags().Changed("pad")):
		return console.Misused("ctl.usage.exclude", "--undo, --fix, --pad")
	case f.column != string(doctor.Code) && f.column != string(doctor.Barcode):
		return console.Misused("ctl.usage.one-of", "--column", f.column, console.Names([]doctor.Column{doctor.Code, doctor.Barcode}))
	case json && !f.yes && (f.fix != "" || f.pad > 0):
		return console.Misused("ctl.usage.nobody", "--yes")
	}
	return nil
}

func (c commands) fixFindings(ctx context.Context, company *app.Company, f doctorFlags) error {
	report, err := company.Examine(ctx, &doctor.Count{})
	if err != nil {
		return err
	}
	kind := doctor.Kind(f.fix)
	return c.repair(ctx, company, doctor.Repair{What: f.fix, Fixes: report.Fixes(kind)}, report.Counts()[kind], f.yes)
}

func (c commands) padColumn(ctx context.Context, company *app.Company, f doctorFlags) error {
	column := doctor.Column(f.column)
	padded, err := company.Padding(ctx, column, f.pad, &doctor.Count{})
	if err != nil {
		return err
	}
	if !c.JSON {
		for _, clash := range padded.Clashes[:min(shownExamples, len(padded.Clashes))] {
			fmt.Fprintln(c.Err, "  "+c.T("doctor.clash", clash.From, clash.To, clash.Has))
		}
	}
	return c.repair(ctx, company, padded.Filling(column, f.pad), len(padded.Fixes)+len(padded.Clashes), f.yes)
}

func (c commands) undoRepair(ctx context.Context, company *app.Company) error {
	last, ok, err := company.LastRepair(ctx)
	if err == nil && !ok {
		err = &domain.Error{Kind: domain.KindNotFound, Op: "find the last repair", Detail: "no-repair"}
	}
	if err != nil {
		return err
	}
	back, err := company.UndoRepair(ctx, last, &doctor.Count{})
	if err != nil {
		return err
	}
	return c.Answer(map[string]any{"repair": repairName(back.What, back.Width), "undone": back.Done, "left": back.Left}, "doctor.undone", back.Done, back.Left)
}

// repairName names a repair: box, pad-code-8.
func repairName(what string, width int) string {
	if width == 0 {
		return what
	}
	return fmt.Sprintf("%s-%d", what, width)
}

// shownExamples is how many values are shown before a yes.
const shownExamples = 5

// repair shows what would change, asks, and writes. found is how many there are with those that nothing
// is proposed for.
func (c commands) repair(ctx context.Context, company *app.Company, r doctor.Repair, found int, sure bool) error {
	for i, fix := range r.Fixes {
		if c.JSON || i == shownExamples {
			break
		}
		fmt.Fprintf(c.Err, "  %s -> %s\n", fix.From, fix.To)
	}
	var out doctor.Repaired
	if len(r.Fixes) > 0 {
		if !sure && !c.Confirmed(c.T("doctor.confirm", len(r.Fixes))) {
			return domain.E(domain.KindCancelled, "confirm the repair", nil)
		}
		var err error
		if out, err = company.Repair(ctx, r, &doctor.Count{}); err != nil {
			return err
		}
	}
	if c.JSON {
		return c.Print(map[string]any{"repair": repairName(r.What, r.Width), "fixed": out.Done, "left": found - out.Done})
	}
	c.Say("doctor.fixed", out.Done, found-out.Done)
	if out.Done > 0 {
		c.Say("doctor.undo.how", "sopyoctl catalogue doctor --undo")
	}
	return nil
}

func (c commands) showReport(r doctor.Report) error {
	if c.JSON {
		return c.Print(map[string]any{
			"examined": r.Examined, "counts": r.Counts(), "findings": c.findingsJSON(r.Findings), "paddings": c.paddingsJSON(r.Paddings),
		})
	}
	w := c.Table()
	for _, f := range r.Findings {
		proposed := f.Proposed
		if proposed == "" {
			proposed = "-"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", c.T("doctor.kind."+string(f.Kind)), f.Code, f.Name, f.Value, proposed,
			doctor.Sentence(c.Text, f))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, p := range r.Paddings {
		c.Say("doctor.padding."+string(p.Column), p.Short, p.Values, p.Width, p.Examples[0].From, p.Examples[0].To,
			fmt.Sprintf("sopyoctl catalogue doctor --pad %d --column %s", p.Width, p.Column))
	}
	fmt.Fprintln(c.Err, c.T("doctor.totals", r.Examined, len(r.Findings)))
	return nil
}

func (c commands) findingsJSON(findings []doctor.Finding) []map[string]any {
	list := []map[string]any{}
	for _, f := range findings {
		m := map[string]any{
			"kind": f.Kind, "reason": f.Reason, "product": f.Product, "code": f.Code, "name": f.Name, "column": f.Column, "value": f.Value,
			"proposed": nil, "message": doctor.Sentence(c.Text, f),
		}
		if f.Proposed != "" {
			m["proposed"] = f.Proposed
		}
		if len(f.Others) > 0 {
			ids := make([]domain.ProductID, len(f.Others))
			for i, o := range f.Others {
				ids[i] = o.Product
			}
			m["others"], m["other_count"] = ids, f.OtherCount
		}
		list = append(list, m)
	}
	return list
}

func (c commands) paddingsJSON(paddings []doctor.Padding) []map[string]any {
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
