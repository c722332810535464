package companies

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
)

func (c commands) companyCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "company", Short: "The companies of this machine: one for each İşbaşı firm"}
	var sure bool
	remove := &cobra.Command{
		Use: "remove NAME", Short: "Forget a company and its secrets; its file is kept in companies/removed", Args: console.Exact(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if c.JSON && !sure {
				return console.Misused("ctl.usage.nobody", "--yes")
			}
			return c.removeCompany(cmd.Context(), args[0], sure)
		},
	}
	remove.Flags().BoolVar(&sure, "yes", false, "remove without asking")
	cmd.AddCommand(
		&cobra.Command{
			Use: "add NAME", Short: "Add a company; authorize signs it in", Args: console.Exact(1),
			RunE: func(cmd *cobra.Command, args []string) error { return c.addCompany(cmd.Context(), args[0]) },
		},
		&cobra.Command{
			Use: "list", Short: "List the companies", Args: console.None,
			RunE: func(cmd *cobra.Command, _ []string) error { return c.listCompanies(cmd.Context()) },
		},
		&cobra.Command{
			Use: "use NAME", Short: "Choose the company that is meant without --company", Args: console.Exact(1),
			RunE: func(cmd *cobra.Command, args []string) error { return c.useCompany(cmd.Context(), args[0]) },
		},
		&cobra.Command{
			Use: "rename NAME NEW", Short: "Give a company another name", Args: console.Exact(2),
			RunE: func(cmd *cobra.Command, args []string) error { return c.renameCompany(cmd.Context(), args[0], args[1]) },
		},
		remove,
	)
	cmd.AddCommand(c.removedCommands()...)
	return cmd
}

func (c commands) addCompany(ctx context.Context, name string) error {
	if err := c.OpenApp(ctx); err != nil {
		return err
	}
	info, err := c.App.NewCompany(ctx, name, false)
	if err != nil {
		return err
	}
	return c.Answer(companyJSON(info), "ctl.company.added", info.Name)
}

func (c commands) listCompanies(ctx context.Context) error {
	if err := c.OpenAppBy(ctx, app.Read); err != nil {
		return err
	}
	all, err := c.App.Machine.Companies(ctx)
	if err != nil {
		return err
	}
	chosen, err := c.App.DefaultCompany(ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		list := []map[string]any{}
		for _, info := range all {
			m := companyJSON(info)
			m["default"] = string(info.ID) == chosen || len(all) == 1
			list = append(list, m)
		}
		return c.Print(map[string]any{"companies": list})
	}
	if len(all) == 0 {
		fmt.Fprintln(c.Err, c.T("error.not-found.no-company.do.ctl"))
	}
	w := c.Table()
	for _, info := range all {
		sign := " "
		if string(info.ID) == chosen {
			sign = "*"
		}
		fmt.Fprintf(w, "%s %s\t%s\t%s\n", sign, info.Name, info.ID, info.TenantID)
	}
	return w.Flush()
}

func (c commands) useCompany(ctx context.Context, name string) error {
	info, err := c.namedCompany(ctx, name)
	if err != nil {
		return err
	}
	if err := c.App.SetDefaultCompany(ctx, info.ID); err != nil {
		return err
	}
	m := companyJSON(info)
	m["default"] = true
	return c.Answer(m, "ctl.company.used", info.Name)
}

func (c commands) renameCompany(ctx context.Context, name, becomes string) error {
	before, err := c.namedCompany(ctx, name)
	if err != nil {
		return err
	}
	info, err := c.App.RenameCompany(ctx, before.ID, becomes)
	if err != nil {
		return err
	}
	return c.Answer(companyJSON(info), "ctl.company.renamed", before.Name, info.Name)
}

func (c commands) removeCompany(ctx context.Context, name string, sure bool) error {
	info, err := c.namedCompany(ctx, name)
	if err != nil {
		return err
	}
	if !sure && !c.Confirmed(c.T("ctl.company.confirm", info.Name)) {
		return domain.E(domain.KindCancelled, "confirm the removal", nil)
	}
	archive, err := c.App.RemoveCompany(ctx, info)
	if err != nil {
		return err
	}
	m := companyJSON(info)
	m["removed"], m["archive"] = true, archive
	if err := c.Answer(m, "ctl.company.removed", info.Name); err != nil {
		return err
	}
	if archive != "" {
		c.Say("ctl.company.archived", archive)
	}
	return nil
}

// namedCompany finds the company by the command's own argument: --company has no part in it.
func (c commands) namedCompany(ctx context.Context, name string) (domain.Company, error) {
	if domain.Fold(name) == "" {
		return domain.Company{}, domain.Invalid("name", "required")
	}
	if err := c.OpenApp(ctx); err != nil {
		return domain.Company{}, err
	}
	return c.App.FindCompany(ctx, name)
}

func companyJSON(info domain.Company) map[string]any {
	return map[string]any{"name": info.Name, "id": info.ID, "tenant": info.TenantID, "demo": info.Demo}
}
