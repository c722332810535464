package companies

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/backup"
)

func (c commands) restoreCommand() *cobra.Command {
	var passwordFile string
	var sure bool
	cmd := &cobra.Command{
		Use: "restore FILE", Short: "Restore the companies of a backup; what is here is backed up first", Args: console.Exact(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if passwordFile == "" {
				return console.Misused("ctl.usage.required", "--password-file")
			}
			ctx, stop := console.Interruptible(cmd.Context())
			defer stop()
			return c.restore(ctx, args[0], passwordFile, sure)
		},
	}
	cmd.Flags().StringVar(&passwordFile, "password-file", "", "file with the password of the backup")
	cmd.Flags().BoolVar(&sure, "yes", false, "restore without asking")
	return cmd
}

// restore asks unless there is nothing here that could be replaced.
func (c commands) restore(ctx context.Context, path, passwordFile string, sure bool) error {
	password, err := console.ReadSecret(passwordFile)
	if err != nil {
		return err
	}
	if err := c.OpenApp(ctx); err != nil {
		return err
	}
	r, err := watched(c, func(*backup.Progress) (backup.Restoring, error) { return c.App.LookIntoBackup(ctx, path, password) })
	if err != nil {
		return err
	}
	here, err := c.App.Machine.Companies(ctx)
	if err != nil {
		return err
	}
	asks := len(here) > 0 && !sure
	if c.JSON && asks {
		return console.Misused("ctl.usage.nobody", "--yes")
	}
	if !c.JSON {
		for _, line := range c.Words.Restoring(r) {
			fmt.Fprintln(c.Out, line)
		}
	}
	if asks && !c.Confirmed(c.Text.T("ctl.backup.confirm")) {
		return domain.E(domain.KindCancelled, "confirm the restore", nil)
	}
	all, err := watched(c, func(p *backup.Progress) ([]domain.Company, error) { return c.App.RestoreAlone(ctx, path, password, p) })
	if err != nil {
		return err
	}
	if c.JSON {
		list := []map[string]any{}
		for i, m := range contentsJSON(r.Companies) {
			m["id"], m["name"], m["replaced"] = all[i].ID, all[i].Name, r.Changes[i].Present != nil
			list = append(list, m)
		}
		return c.Print(map[string]any{"restored": true, "made_at": console.Stamp(r.MadeAt), "hand_over": r.HandOver, "companies": list})
	}
	for _, info := range all {
		c.Say("ctl.backup.restored", info.Name)
	}
	return nil
}

// removedCommands are those on companies that were removed.
func (c commands) removedCommands() []*cobra.Command {
	removed := &cobra.Command{
		Use: "removed", Short: "List the companies that were removed and can be taken back", Args: console.None,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.listRemoved(cmd.Context()) },
	}
	restore := &cobra.Command{
		Use: "restore NAME", Short: "Take a removed company back", Args: console.Exact(1),
		RunE: func(cmd *cobra.Command, args []string) error { return c.bringBack(cmd.Context(), args[0]) },
	}
	var word string
	erase := &cobra.Command{
		Use: "erase NAME", Short: "Erase a removed company for good: its files, documents and backups", Args: console.Exact(1),
		RunE: func(cmd *cobra.Command, args []string) error { return c.erase(cmd.Context(), args[0], word) },
	}
	erase.Flags().StringVar(&word, "word", "", "SİL or ERASE, instead of typing it when asked")
	return []*cobra.Command{removed, restore, erase}
}

func removedJSON(r backup.Removed) map[string]any {
	m := companyJSON(r.Company)
	m["removed_at"], m["path"], m["size"] = console.Stamp(r.RemovedAt), r.Path, r.Size
	return m
}

func (c commands) listRemoved(ctx context.Context) error {
	if err := c.OpenAppBy(ctx, app.Read); err != nil {
		return err
	}
	all, err := c.App.RemovedCompanies(ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		list := []map[string]any{}
		for _, r := range all {
			list = append(list, removedJSON(r))
		}
		return c.Print(map[string]any{"removed": list})
	}
	if len(all) == 0 {
		c.Say("ctl.company.removed.none")
		return nil
	}
	w := c.Table()
	for _, r := range all {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", r.Name, c.Words.Moment(r.RemovedAt), c.Words.Size(r.Size), r.ID)
	}
	return w.Flush()
}

func (c commands) findRemoved(ctx context.Context, name string) (backup.Removed, error) {
	if err := c.OpenApp(ctx); err != nil {
		return backup.Removed{}, err
	}
	return c.App.FindRemoved(ctx, name)
}

func (c commands) bringBack(ctx context.Context, name string) error {
	r, err := c.findRemoved(ctx, name)
	if err != nil {
		return err
	}
	info, err := c.App.BringBack(ctx, r)
	if err != nil {
		return err
	}
	m := companyJSON(info)
	m["restored"] = true
	return c.Answer(m, "ctl.company.restored", info.Name)
}

func (c commands) erase(ctx context.Context, name, word string) error {
	r, err := c.findRemoved(ctx, name)
	if err != nil {
		return err
	}
	if word == "" {
		if c.JSON {
			return console.Misused("ctl.usage.nobody", "--word")
		}
		word = c.Asked(c.Text.T("ctl.company.erase.confirm", r.Name, backup.ErasureWord(c.Text.Lang)))
	}
	e, err := c.App.Erase(ctx, r, word)
	if err != nil {
		return err
	}
	m := removedJSON(r)
	m["erased_files"], m["erased_backups"] = e.Files, e.Backups
	return c.Answer(m, "ctl.company.erased", r.Name, e.Files, e.Backups)
}
