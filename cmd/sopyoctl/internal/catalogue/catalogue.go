package catalogue

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
)

func (c commands) catalogueCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "catalogue", Short: "The company's own products: from and to files, and listed"}
	cmd.AddCommand(c.importCommand(), c.exportCommand(), c.listCommand(), c.doctorCommand())
	return cmd
}

func (c commands) exportCommand() *cobra.Command {
	return &cobra.Command{
		Use: "export FILE", Short: "Write the catalogue as XLSX or CSV, by the file's extension", Args: console.Exact(1),
		RunE: c.Reading(func(ctx context.Context, company *app.Company, args []string) error {
			if err := company.ExportFile(ctx, args[0]); err != nil {
				return err
			}
			return c.Answer(map[string]string{"file": args[0]}, "ctl.exported", args[0])
		}),
	}
}

func (c commands) listCommand() *cobra.Command {
	q := domain.ProductQuery{}
	cmd := &cobra.Command{
		Use: "list", Short: "List the catalogue", Args: console.None,
		RunE: c.Reading(func(ctx context.Context, company *app.Company, _ []string) error {
			return c.listProducts(ctx, company, q)
		}),
	}
	cmd.Flags().StringVar(&q.Search, "search", "", "words in code, barcode or name; Turkish letters are forgiven")
	console.PageFlags(cmd, &q.Limit, &q.Offset, 100)
	return cmd
}

func (c commands) listProducts(ctx context.Context, company *app.Company, q domain.ProductQuery) error {
	products, total, err := company.Store.Products(ctx, q)
	if err != nil {
		return err
	}
	if c.JSON {
		list := []map[string]any{}
		for _, p := range products {
			list = append(list, map[string]any{
				"id": p.ID, "code": p.Code, "barcode": p.Barcode, "name": p.Name, "brand": p.Brand,
				"price": console.Number(p.Price), "currency": p.Currency, "stock": console.Number(p.Stock),
				"vat_rate": console.Number(p.VATRate), "state": p.State, "revision": p.Revision,
			})
		}
		return c.Print(map[string]any{"total": total, "products": list})
	}
	w := c.Table()
	for _, p := range products {
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\t%s\t%s\n", p.ID, p.Code, p.Barcode, p.Name, console.Text(p.Price), console.Text(p.Stock), c.T("products.state."+string(p.State)))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	c.Listed(len(products), total)
	return nil
}
