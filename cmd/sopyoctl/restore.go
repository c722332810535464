package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/backup"
)

func (c *ctl) restoreCommand() *cobra.Command {
	var passwordFile string
	var sure bool
	cmd := &cobra.Command{
		Use: "restore FILE", Short: "Restore the companies of a backup; what is here is backed up first", Args: exact(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if passwordFile == "" {
				return misused("ctl.usage.required", "--password-file")
			}
			ctx, stop := interruptible(cmd.Context())
			defer stop()
			return c.restore(ctx, args[0], passwordFile, sure)
		},
	}
	cmd.Flags().StringVar(&passwordFile, "password-file", "", "file with the password of the backup")
	cmd.Flags().BoolVar(&sure, "yes", false, "restore without asking")
	return cmd
}

// restore asks unless there is nothing here that could be replaced.
func (c *ctl) restore(ctx context.Context, path, passwordFile string, sure bool) error {
	password, err := readSecret(passwordFile)
	if err != nil {
		return err
	}
	if err := c.openApp(ctx); err != nil {
		return err
	}
	r, err := watched(c, func(*backup.Progress) (backup.Restoring, error) { return c.app.LookIntoBackup(ctx, path, password) })
	if err != nil {
		return err
	}
	here, err := c.app.Machine.Companies(ctx)
	if err != nil {
		return err
	}
	asks := len(here) > 0 && !sure
	if c.json && asks {
		return misused("ctl.usage.nobody", "--yes")
	}
	if !c.json {
		for _, line := range c.words.Restoring(r) {
			fmt.Fprintln(c.out, line)
		}
	}
	if asks && !c.confirmed(c.text.T("ctl.backup.confirm")) {
		return domain.E(domain.KindCancelled, "confirm the restore", nil)
	}
	all, err := watched(c, func(p *backup.Progress) ([]domain.Company, error) { return c.app.RestoreAlone(ctx, path, password, p) })
	if err != nil {
		return err
	}
	if c.json {
		list := []map[string]any{}
		for i, m := range contentsJSON(r.Companies) {
			m["id"], m["name"], m["replaced"] = all[i].ID, all[i].Name, r.Changes[i].Present != nil
			list = append(list, m)
		}
		return c.print(map[string]any{"restored": true, "made_at": stamp(r.MadeAt), "hand_over": r.HandOver, "companies": list})
	}
	for _, info := range all {
		c.say("ctl.backup.restored", info.Name)
	}
	return nil
}

// removedCommands are those on companies that were removed.
func (c *ctl) removedCommands() []*cobra.Command {
	removed := &cobra.Command{
		Use: "removed", Short: "List the companies that were removed and can be taken back", Args: none,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.listRemoved(cmd.Context()) },
	}
	restore := &cobra.Command{
		Use: "restore NAME", Short: "Take a removed company back", Args: exact(1),
		RunE: func(cmd *cobra.Command, args []string) error { return c.bringBack(cmd.Context(), args[0]) },
	}
	var word string
	erase := &cobra.Command{
		Use: "erase NAME", Short: "Erase a removed company for good: its files, documents and backups", Args: exact(1),
		RunE: func(cmd *cobra.Command, args []string) error { return c.erase(cmd.Context(), args[0], word) },
	}
	erase.Flags().StringVar(&word, "word", "", "SİL or ERASE, instead of typing it when asked")
	return []*cobra.Command{removed, restore, erase}
}

func removedJSON(r backup.Removed) map[string]any {
	m := companyJSON(r.Company)
	m["removed_at"], m["path"], m["size"] = stamp(r.RemovedAt), r.Path, r.Size
	return m
}

func (c *ctl) listRemoved(ctx context.Context) error {
	if err := c.openAppBy(ctx, app.Read); err != nil {
		return err
	}
	all, err := c.app.RemovedCompanies(ctx)
	if err != nil {
		return err
	}
	if c.json {
		list := []map[string]any{}
		for _, r := range all {
			list = append(list, removedJSON(r))
		}
		return c.print(map[string]any{"removed": list})
	}
	if len(all) == 0 {
		c.say("ctl.company.removed.none")
		return nil
	}
	w := c.table()
	for _, r := range all {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", r.Name, c.words.Moment(r.RemovedAt), c.words.Size(r.Size), r.ID)
	}
	return w.Flush()
}

func (c *ctl) findRemoved(ctx context.Context, name string) (backup.Removed, error) {
	if err := c.openApp(ctx); err != nil {
		return backup.Removed{}, err
	}
	return c.app.FindRemoved(ctx, name)
}

func (c *ctl) bringBack(ctx context.Context, name string) error {
	r, err := c.findRemoved(ctx, name)
	if err != nil {
		return err
	}
	info, err := c.app.BringBack(ctx, r)
	if err != nil {
		return err
	}
	m := companyJSON(info)
	m["restored"] = true
	return c.answer(m, "ctl.company.restored", info.Name)
}

func (c *ctl) erase(ctx context.Context, name, word string) error {
	r, err := c.findRemoved(ctx, name)
	if err != nil {
		return err
	}
	if word == "" {
		if c.json {
			return misused("ctl.usage.nobody", "--word")
		}
		word = c.asked(c.text.T("ctl.company.erase.confirm", r.Name, backup.ErasureWord(c.text.Lang)))
	}
	e, err := c.app.Erase(ctx, r, word)
	if err != nil {
		return err
	}
	m := removedJSON(r)
	m["erased_files"], m["erased_backups"] = e.Files, e.Backups
	return c.answer(m, "ctl.company.erased", r.Name, e.Files, e.Backups)
}
