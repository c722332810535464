package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
)

func (c *ctl) catalogueCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "catalogue", Short: "The company's own products: from and to files, and listed"}
	cmd.AddCommand(c.catalogueImportCommand(), c.catalogueExportCommand(), c.catalogueListCommand(), c.catalogueDoctorCommand())
	return cmd
}

func (c *ctl) catalogueImportCommand() *cobra.Command {
	var columns []string
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Take the products of a CSV, XLSX or XML file; a second time updates and never doubles",
		Args:  exact(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			chosen, err := parseMap(columns)
			if err != nil {
				return err
			}
			company, err := c.open(cmd.Context(), true)
			if err != nil {
				return err
			}
			ctx, stop := interruptible(cmd.Context())
			defer stop()
			done, err := c.importFile(ctx, company, args[0], chosen)
			if e := new(domain.Error); errors.As(err, &e) && e.Kind == domain.KindInvalid && e.Field == "map" && c.canAsk() {
				if chosen, err = c.askColumns(e.Err.Error(), chosen); err == nil {
					done, err = c.importFile(ctx, company, args[0], chosen)
				}
			}
			if err != nil {
				return err
			}
			return c.showImported(done)
		},
	}
	cmd.Flags().StringSliceVar(&columns, "map", nil, "columns by name, number or letter: code=COLUMN,barcode=COLUMN…")
	return cmd
}

// importFile takes the file in, and says how far it is.
func (c *ctl) importFile(ctx context.Context, company *app.Company, path string, chosen map[listing.Field]string) (listing.Result, error) {
	var count listing.Count
	type end struct {
		result listing.Result
		err    error
	}
	ended := make(chan end, 1)
	go func() {
		r, err := company.ImportFile(ctx, path, listing.Reading{}, chosen, &count)
		ended <- end{r, err}
	}()
	tick := time.NewTicker(500 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			read, done, of := count.Snapshot()
			line := c.text.T("import.reading", read)
			if of > 0 {
				line = c.text.T("import.writing", done, of)
			}
			c.redraw(line)
		case e := <-ended:
			c.redraw("")
			return e.result, e.err
		}
	}
}

func parseMap(columns []string) (map[listing.Field]string, error) {
	chosen := map[listing.Field]string{}
	for _, one := range columns {
		field, column, ok := strings.Cut(one, "=")
		if !ok {
			return nil, usageError{fmt.Errorf("--map %q is not FIELD=COLUMN", one)}
		}
		chosen[listing.Field(field)] = column
	}
	return chosen, nil
}

// askColumns asks which columns hold code, barcode and name.
func (c *ctl) askColumns(headers string, chosen map[listing.Field]string) (map[listing.Field]string, error) {
	fmt.Fprintln(c.err, c.text.T("ctl.columns", headers))
	lines := bufio.NewReader(c.in)
	for _, field := range []listing.Field{listing.Code, listing.Barcode, listing.Name, listing.Price, listing.Stock} {
		fmt.Fprint(c.err, c.text.T("ctl.column-of", string(field))+" ")
		line, err := lines.ReadString('\n')
		if err != nil {
			return nil, domain.E(domain.KindCancelled, "ask for columns", err)
		}
		if line = strings.TrimSpace(line); line != "" {
			chosen[field] = line
		}
	}
	return chosen, nil
}

func (c *ctl) showImported(done listing.Result) error {
	if c.json {
		problems := []map[string]any{}
		for _, p := range done.Problems {
			problems = append(problems, map[string]any{
				"line": p.Line, "field": p.Field, "value": p.Value, "reason": p.Reason, "refused": p.Refused,
				"message": c.text.T("file.reason." + string(p.Reason)),
			})
		}
		return c.print(map[string]any{
			"rows": done.Rows, "added": done.Added, "updated": done.Updated, "unchanged": done.Unchanged,
			"repeated": done.Repeated, "refused": done.Refused, "problems": problems, "problem_count": done.ProblemCount,
		})
	}
	for _, p := range done.Problems {
		fmt.Fprintln(c.err, c.text.T("ctl.problem", p.Line, string(p.Field), p.Value, c.text.T("file.reason."+string(p.Reason))))
	}
	c.say("ctl.imported", done.Rows, done.Added, done.Updated, done.Unchanged, done.Refused)
	if done.Repeated > 0 {
		c.say("import.repeated", done.Repeated)
	}
	return nil
}

func (c *ctl) catalogueExportCommand() *cobra.Command {
	return &cobra.Command{
		Use: "export FILE", Short: "Write the catalogue as XLSX or CSV, by the file's extension", Args: exact(1),
		RunE: c.on(false, func(ctx context.Context, company *app.Company, args []string) error {
			if err := company.ExportFile(ctx, args[0]); err != nil {
				return err
			}
			return c.answer(map[string]string{"file": args[0]}, "ctl.exported", args[0])
		}),
	}
}

func (c *ctl) catalogueListCommand() *cobra.Command {
	q := domain.ProductQuery{}
	cmd := &cobra.Command{
		Use: "list", Short: "List the catalogue", Args: none,
		RunE: c.on(false, func(ctx context.Context, company *app.Company, _ []string) error {
			return c.listProducts(ctx, company, q)
		}),
	}
	cmd.Flags().StringVar(&q.Search, "search", "", "words in code, barcode or name; Turkish letters are forgiven")
	pageFlags(cmd, &q.Limit, &q.Offset, 100)
	return cmd
}

func (c *ctl) listProducts(ctx context.Context, company *app.Company, q domain.ProductQuery) error {
	products, total, err := company.Store.Products(ctx, q)
	if err != nil {
		return err
	}
	if c.json {
		list := []map[string]any{}
		for _, p := range products {
			list = append(list, map[string]any{
				"id": p.ID, "code": p.Code, "barcode": p.Barcode, "name": p.Name, "brand": p.Brand,
				"price": number(p.Price), "currency": p.Currency, "stock": number(p.Stock),
				"vat_rate": number(p.VATRate), "state": p.State, "revision": p.Revision,
			})
		}
		return c.print(map[string]any{"total": total, "products": list})
	}
	w := c.table()
	for _, p := range products {
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\t%s\t%s\n", p.ID, p.Code, p.Barcode, p.Name, text(p.Price), text(p.Stock), c.text.T("products.state."+string(p.State)))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	c.listed(len(products), total)
	return nil
}
