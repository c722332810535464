package orders

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/storage/files"
)

func (c commands) ordersCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "orders", Short: "Orders of marketplaces and shops: from their files, and on their way to an invoice"}
	cmd.AddCommand(
		c.importCommand(), c.listCommand(), c.showCommand(), c.bindCommand(), c.correctCommand(),
		c.mappingsCommand(), c.readCommand(),
	)
	cmd.AddCommand(c.saidCommands()...)
	return cmd
}

func (c commands) readCommand() *cobra.Command {
	var m orders.Mapping
	var sheet string
	var columns []string
	cmd := &cobra.Command{
		Use:   "read FILE",
		Short: "Show the orders of a CSV, TAB or XLSX file as they are read; nothing is kept",
		Args:  console.Exact(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			profiles, err := chosenProfiles(m, columns)
			if err != nil {
				return err
			}
			ctx, stop := console.Interruptible(cmd.Context())
			defer stop()
			f, err := files.ReadOrders(ctx, args[0], listing.Reading{Sheet: sheet}, profiles, assets.Districts())
			if err != nil {
				return err
			}
			if c.JSON {
				return c.Print(c.orderFileJSON(args[0], f))
			}
			return c.showOrders(f)
		},
	}
	cmd.Flags().StringVar(&m.Base, "profile", "", "what kind of file it is (default: the one whose columns it has): "+strings.Join(profileNames(), ", "))
	cmd.Flags().StringArrayVar(&columns, "map", nil, "a column by name, FIELD=COLUMN; more of them in further flags. With --profile it is added to its own")
	cmd.Flags().StringVar(&m.Marketplace, "marketplace", "", "whose file it is, with --map and without --profile")
	cmd.Flags().StringVar(&sheet, "sheet", "", "which sheet of a workbook (default: the first that is a list of orders)")
	return cmd
}

func profileNames() (names []string) {
	for _, p := range orders.Profiles() {
		names = append(names, p.Name)
	}
	return names
}

// chosenProfiles are all, or the one that is named or mapped.
func chosenProfiles(m orders.Mapping, columns []string) ([]orders.Profile, error) {
	if m.Base == "" && len(columns) == 0 {
		return orders.Profiles(), nil
	}
	m.Name = "map"
	var err error
	if m.Columns, err = columnsOf(columns); err != nil {
		return nil, err
	}
	if p, ok := orders.FindProfile(m.Base); ok && len(columns) == 0 {
		return []orders.Profile{p}, nil
	}
	p, err := m.Profile()
	return []orders.Profile{p}, listChoices(err)
}

// columnsOf reads --map.
func columnsOf(assignments []string) (map[orders.Field]string, error) {
	columns := map[orders.Field]string{}
	for _, one := range assignments {
		field, column, ok := strings.Cut(one, "=")
		if !ok {
			return nil, console.Misused("ctl.usage.form", "--map", one, console.Placeholders("FIELD=COLUMN"))
		}
		columns[orders.Field(field)] = column
	}
	return columns, nil
}

func fieldNames() string {
	var names []string
	for _, f := range orders.Fields() {
		names = append(names, string(f))
	}
	return strings.Join(names, ", ")
}

// sayProblems says on standard error what was not taken, and which words nobody has explained.
func (c commands) sayProblems(f orders.Result) {
	for _, p := range f.Problems {
		what := string(p.Field)
		if p.Value != "" {
			what = c.T("ctl.orders.value", what, p.Value)
		}
		fmt.Fprintln(c.Err, c.T("ctl.orders.problem", p.Line, what, c.T("orders.reason."+string(p.Reason))))
	}
	for _, w := range f.Unknown {
		if w.Text == "" {
			fmt.Fprintln(c.Err, c.T("ctl.orders.no-word", w.Rows))
			continue
		}
		fmt.Fprintln(c.Err, c.T("ctl.orders.word", w.Text, w.Rows))
	}
}

// showOrders writes an order a line, and on standard error what was not taken.
func (c commands) showOrders(f orders.File) error {
	c.sayProblems(f.Result)
	w := c.Table()
	for i := range f.Orders {
		o := &f.Orders[i]
		ordered := ""
		if !o.OrderedAt.IsZero() {
			ordered = domain.FormatTime(o.OrderedAt, c.Text.Lang)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%d\t%s\n", o.Package, o.Number, ordered, c.T("orders.status."+string(o.Status)),
			strings.TrimSpace(o.Buyer.First+" "+o.Buyer.Last+" "+o.Buyer.Name), len(o.Lines), domain.FormatMoney(o.Total(), o.Currency, c.Text.Lang))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	c.Say("ctl.orders.read", f.Profile.Title, len(f.Orders), f.Rows, f.Taken, f.Repeated, f.NoLine, f.Refused)
	if others := slices.DeleteFunc(slices.Clone(f.Sheets), func(s string) bool { return s == f.Sheet }); len(others) > 0 {
		c.Say("ctl.orders.sheets", f.Sheet, strings.Join(others, ", "))
	}
	return nil
}
