package orders

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

func (c commands) importCommand() *cobra.Command {
	var choice orders.Choice
	var columns, words []string
	var back takeBack
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Take the orders of a CSV, TAB or XLSX file; a second time, or in another format, never doubles; --undo takes the last file back",
		Args: func(cmd *cobra.Command, args []string) error {
			if back.undo {
				return console.AtMostOne(cmd, args)
			}
			return console.Exact(1)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if back.undo {
				return c.undoTaken(cmd, back, args)
			}
			var err error
			if choice.Columns, err = columnsOf(columns); err != nil {
				return err
			}
			if choice.Words, err = acceptedWords(words); err != nil {
				return err
			}
			company, err := c.Open(cmd.Context(), true)
			if err != nil {
				return err
			}
			ctx, stop := console.Interruptible(cmd.Context())
			defer stop()
			return c.importOrders(ctx, company, args[0], choice)
		},
	}
	cmd.Flags().StringVar(&choice.Profile, "profile", "", "what kind of file it is (default: the one whose columns it has): "+strings.Join(profileNames(), ", ")+", or one of orders mappings")
	cmd.Flags().StringVar(&choice.Marketplace, "marketplace", "", "whose file it is, with --map and without --profile")
	cmd.Flags().StringVar(&choice.Reading.Sheet, "sheet", "", "which sheet of a workbook (default: the first that is a list of orders)")
	cmd.Flags().StringArrayVar(&columns, "map", nil, "a column by name, FIELD=COLUMN; more of them in further flags")
	cmd.Flags().StringArrayVar(&words, "accept", nil, "what a word of a status means, WORD=MEANING; more of them in further flags")
	cmd.Flags().BoolVar(&back.undo, "undo", false, "take the last file back, or FILE if that is the last one; orders that somebody has worked with stay")
	cmd.Flags().BoolVar(&back.dryRun, "dry-run", false, "with --undo: only tell what would come of it")
	cmd.Flags().BoolVar(&back.yes, "yes", false, "confirm --undo without asking")
	return cmd
}

// What a person can say of a word, beside the statuses themselves.
const (
	meansInvoice = "invoice"
	meansWait    = "wait"
	meansNever   = "never"
)

// meaning gives the status that a word means, ok = false for none. Who never invoices such a package says what is said
// of the parent of a split one.
func meaning(s string) (orders.Status, bool) {
	switch s {
	case meansInvoice:
		return orders.StatusOK, true
	case meansWait:
		return orders.StatusOpen, true
	case meansNever:
		return orders.StatusSplitParent, true
	}
	for _, status := range orders.Statuses() {
		if string(status) == s && status != orders.StatusUnknown {
			return status, true
		}
	}
	return "", false
}

func statusNames() (names []string) {
	for _, s := range orders.Statuses() {
		if s != orders.StatusUnknown {
			names = append(names, string(s))
		}
	}
	return names
}

func acceptedWords(words []string) (map[string]orders.Status, error) {
	accepted := map[string]orders.Status{}
	for _, one := range words {
		cut := strings.LastIndex(one, "=")
		if cut < 0 {
			return nil, console.Misused("ctl.usage.form", "--accept", one, console.Placeholders("WORD=MEANING"))
		}
		s, ok := meaning(one[cut+1:])
		if !ok {
			return nil, console.Misused("ctl.usage.one-of", "--accept", one, console.Names(append([]string{meansInvoice, meansWait, meansNever}, statusNames()...)))
		}
		accepted[one[:cut]] = s
	}
	return accepted, nil
}

func (c commands) importOrders(ctx context.Context, company *app.Company, path string, choice orders.Choice) error {
	c.Redraw(c.T("ctl.orders.reading"))
	found, err := company.FindOrders(ctx, path, choice)
	c.Redraw("")
	if err != nil {
		c.tellColumns(ctx, company, path, choice, err)
		return listChoices(err)
	}
	elsewhere, err := company.OrdersElsewhere(ctx, found.Orders)
	if err != nil {
		return err
	}
	if len(elsewhere) > 0 && !c.JSON {
		fmt.Fprintln(c.Err, c.Words.OrdersElsewhere(elsewhere))
	}
	c.Redraw(c.T("ctl.orders.taking", len(found.Orders)))
	done, err := company.ImportOrders(ctx, found)
	c.Redraw("")
	if err != nil {
		return err
	}
	if c.JSON {
		return c.Print(c.importedOrdersJSON(found, done, elsewhere))
	}
	c.sayProblems(found.Result)
	c.Say("ctl.orders.imported", found.Profile.Title, len(found.Orders), done.New, done.Same, done.Changed)
	c.Say("ctl.orders.stand", done.Stages[orders.StageReady], done.Stages[orders.StageHeld], found.Refused)
	if done.Frozen > 0 {
		c.Say("ctl.orders.frozen", done.Frozen)
	}
	return nil
}

// tellColumns says which columns a file has whose own ones are not known: a person maps them.
func (c commands) tellColumns(ctx context.Context, company *app.Company, path string, choice orders.Choice, err error) {
	e := new(domain.Error)
	unmapped := errors.As(err, &e) && (e.Kind == domain.KindInvalid && e.Field == "map" || e.Kind == domain.KindFile && e.Detail == orders.RefusedUnknown)
	if !unmapped {
		return
	}
	rows, err := company.FirstRows(ctx, path, choice.Reading)
	if err != nil {
		return // what is wrong with it was said
	}
	var header []string
	for _, row := range rows {
		var names []string
		for _, cell := range row.Cells {
			if cell = strings.TrimSpace(cell); cell != "" {
				names = append(names, cell)
			}
		}
		if len(names) > len(header) {
			header = names
		}
	}
	fmt.Fprintln(c.Err, c.T("ctl.orders.columns", strings.Join(header, ", ")))
	fmt.Fprintln(c.Err, c.T("ctl.orders.fields", fieldNames()))
}

// listChoices adds to a refused choice what there is to choose from.
func listChoices(err error) error {
	e := new(domain.Error)
	if errors.As(err, &e) && e.Err == nil {
		switch e.Detail {
		case "orders.unknown-profile":
			e.Err = errors.New(strings.Join(profileNames(), ", "))
		case "orders.unknown-field":
			e.Err = errors.New(fieldNames())
		}
	}
	return err
}

func (c commands) importedOrdersJSON(f orders.Found, done orders.Imported, elsewhere []orders.Elsewhere) map[string]any {
	problems, unknown, ignored := c.problemsJSON(f.Result)
	for _, column := range ignored { // as it is called where columns are listed by name
		column["name"] = column["header"]
		delete(column, "header")
	}
	columns := map[orders.Field][]string{}
	for field, names := range f.Columns {
		columns[field] = names
	}
	names := make([]string, len(elsewhere))
	for n, x := range elsewhere {
		names[n] = x.Company
	}
	return map[string]any{
		"elsewhere": names, "file": f.Path, "profile": f.Profile.Name, "marketplace": f.Profile.Marketplace, "rows": f.Rows,
		"orders": len(f.Orders), "new": done.New, "same": done.Same, "changed": done.Changed, "changed_since_invoice": done.Frozen,
		"ready": done.Stages[orders.StageReady], "held": done.Stages[orders.StageHeld], "never": done.Stages[orders.StageNever], "refused": f.Refused,
		"columns": columns, "ignored": ignored, "problems": problems, "unknown_words": unknown,
	}
}
