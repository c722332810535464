package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
)

func (c *ctl) catalogueCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "catalogue", Short: "The company's own products: from and to files, and listed"}
	cmd.AddCommand(c.catalogueImportCommand(), c.catalogueExportCommand(), c.catalogueListCommand(), c.catalogueDoctorCommand())
	return cmd
}

func (c *ctl) catalogueExportCommand() *cobra.Command {
	return &cobra.Command{
		Use: "export FILE", Short: "Write the catalogue as XLSX or CSV, by the file's extension", Args: exact(1),
		RunE: c.reading(func(ctx context.Context, company *app.Company, args []string) error {
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
		RunE: c.reading(func(ctx context.Context, company *app.Company, _ []string) error {
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
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\t%s\t%s\n", p.ID, p.Code, p.Barcode, p.Name, text(p.Price), text(p.Stock), c.t("products.state."+string(p.State)))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	c.listed(len(products), total)
	return nil
}
