package companies

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/backup"
)

// backupFlags are what is to be backed up, and where to.
type backupFlags struct {
	out, passwordFile string
	all, handOver     bool
}

func (c commands) backupCommand() *cobra.Command {
	var f backupFlags
	cmd := &cobra.Command{
		Use: "backup", Short: "Back up a company or all of them, encrypted; without --out into the folder of backups", Args: console.None,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, stop := console.Interruptible(cmd.Context())
			defer stop()
			return c.backUp(ctx, f)
		},
	}
	cmd.Flags().StringVar(&f.out, "out", "", "the file that is written")
	cmd.Flags().StringVar(&f.passwordFile, "password-file", "", "file with the password (default: the kept one)")
	cmd.Flags().BoolVar(&f.all, "all", false, "all companies, with --out in one file")
	cmd.Flags().BoolVar(&f.handOver, "hand-over", false, "for another machine to go on with: no invoices are made here any more")
	list := &cobra.Command{
		Use: "list", Short: "List the backups in the folder of backups, and how each company stands", Args: console.None,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.listBackups(cmd.Context()) },
	}
	var passwordFile string
	password := &cobra.Command{
		Use: "password", Short: "Keep the password that backups are encrypted with from now on", Args: console.None,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.keepBackupPassword(cmd.Context(), passwordFile) },
	}
	password.Flags().StringVar(&passwordFile, "password-file", "", "file with the password")
	back := &cobra.Command{
		Use: "take-back", Short: "Go on making invoices here after a hand-over that came to nothing", Args: console.None,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.takeBackHandOver(cmd.Context()) },
	}
	cmd.AddCommand(list, password, back)
	return cmd
}

func (c commands) backUp(ctx context.Context, f backupFlags) error {
	switch {
	case f.all && c.Company != "":
		return console.Misused("ctl.usage.exclude", "--all, --company")
	case f.handOver && (f.all || f.out == ""):
		return console.Misused("ctl.usage.hand-over")
	case f.out == "" && f.passwordFile != "":
		return console.Misused("ctl.usage.password-file")
	}
	if err := c.OpenApp(ctx); err != nil {
		return err
	}
	var password domain.Secret
	var err error
	if f.passwordFile != "" {
		password, err = console.ReadSecret(f.passwordFile)
	} else if password, _, err = c.App.BackupPassword(ctx); err == nil && password.Empty() {
		err = domain.Invalid("password", "backup-password")
	}
	if err != nil {
		return err
	}
	if f.handOver {
		return c.handOver(ctx, f.out, password)
	}
	infos, err := c.backedUp(ctx, f.all)
	if err != nil {
		return err
	}
	if f.out == "" {
		return c.backUpDaily(ctx, infos)
	}
	made, err := watched(c, func(p *backup.Progress) (backup.Made, error) { return c.App.BackUpTo(ctx, f.out, password, infos, p) })
	if err != nil {
		return err
	}
	return c.answerMade(made)
}

// backedUp are the companies that are meant.
func (c commands) backedUp(ctx context.Context, all bool) ([]domain.Company, error) {
	if all {
		infos, err := c.App.Machine.Companies(ctx)
		if err == nil && len(infos) == 0 {
			err = &domain.Error{Kind: domain.KindNotFound, Op: "find the companies", Detail: "no-company"}
		}
		return infos, err
	}
	info, err := c.App.FindCompany(ctx, c.Company)
	return []domain.Company{info}, err
}

func (c commands) backUpDaily(ctx context.Context, infos []domain.Company) error {
	made, err := watched(c, func(p *backup.Progress) ([]backup.Made, error) { return c.App.BackUp(ctx, infos, p) })
	if err != nil {
		return err
	}
	if c.JSON {
		list := []map[string]any{}
		for _, m := range made {
			list = append(list, madeJSON(m))
		}
		return c.Print(map[string]any{"made": list})
	}
	for _, m := range made {
		c.Say("ctl.backup.made", m.Path, c.Words.Size(m.Size))
	}
	if len(made) == 0 {
		c.Say("ctl.backup.unchanged")
	}
	return nil
}

func (c commands) answerMade(m backup.Made) error {
	if err := c.Answer(madeJSON(m), "ctl.backup.made", m.Path, c.Words.Size(m.Size)); err != nil {
		return err
	}
	for _, content := range m.Companies {
		if !c.JSON {
			fmt.Fprintln(c.Out, c.Words.BackupHolds(content))
		}
	}
	return nil
}

func (c commands) handOver(ctx context.Context, out string, password domain.Secret) error {
	company, err := c.Open(ctx, false)
	if err != nil {
		return err
	}
	made, err := watched(c, func(p *backup.Progress) (backup.Made, error) { return company.HandOver(ctx, out, password, p) })
	if err != nil {
		return err
	}
	return c.Answer(madeJSON(made), "ctl.backup.handed-over", company.Info.Name, made.Path)
}

func (c commands) takeBackHandOver(ctx context.Context) error {
	company, err := c.Open(ctx, false)
	if err != nil {
		return err
	}
	if err := company.TakeBackHandOver(ctx); err != nil {
		return err
	}
	m := companyJSON(company.Info)
	m["handed_over"] = false
	return c.Answer(m, "ctl.backup.taken-back", company.Info.Name)
}

func (c commands) keepBackupPassword(ctx context.Context, file string) error {
	if file == "" {
		return console.Misused("ctl.usage.required", "--password-file")
	}
	password, err := console.ReadSecret(file)
	if err != nil {
		return err
	}
	if err := c.OpenApp(ctx); err != nil {
		return err
	}
	sessionOnly, err := c.App.SaveBackupPassword(ctx, password, password)
	if err == nil && sessionOnly { // this program ends, and the password with it
		err = domain.E(domain.KindKeyring, "keep the password of backups", nil)
	}
	if err != nil {
		return err
	}
	return c.Answer(map[string]any{"kept": true}, "ctl.backup.password.kept")
}

func (c commands) listBackups(ctx context.Context) error {
	if err := c.OpenAppBy(ctx, app.Read); err != nil {
		return err
	}
	state, err := c.App.BackupState(ctx)
	if err != nil {
		return err
	}
	files, err := c.App.Backups(ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		list, companies := []map[string]any{}, []map[string]any{}
		for _, f := range files {
			list = append(list, map[string]any{"path": f.Path, "company": f.Stem, "day": f.Day.Format(time.DateOnly), "size": f.Size})
		}
		for _, s := range state.Companies {
			m := companyJSON(s.Company)
			m["backed_up_at"], m["looked_at"], m["failed"], m["handed_over_at"] = orNull(s.MadeAt), orNull(s.CheckedAt), s.Failed, orNull(s.HandedOver)
			companies = append(companies, m)
		}
		return c.Print(map[string]any{"folder": state.Folder, "protected": state.Protected, "backups": list, "companies": companies})
	}
	if len(files) == 0 {
		c.Say("ctl.backup.none", state.Folder)
		return nil
	}
	w := c.Table()
	for _, f := range files {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", c.Words.Date(f.Day), f.Stem, c.Words.Size(f.Size), f.Path)
	}
	return w.Flush()
}

// watched does work, and tells a person at a terminal how far it is.
func watched[T any](c commands, work func(p *backup.Progress) (T, error)) (T, error) {
	var p backup.Progress
	done := make(chan struct{})
	told := make(chan struct{})
	go func() {
		defer close(told)
		tick := time.NewTicker(200 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				c.Redraw("")
				return
			case <-tick.C:
				c.Redraw(c.Words.BackupProgress(p.Snapshot()))
			}
		}
	}()
	v, err := work(&p)
	close(done)
	<-told
	return v, err
}

func madeJSON(m backup.Made) map[string]any {
	return map[string]any{"path": m.Path, "size": m.Size, "made_at": console.Stamp(m.MadeAt), "hand_over": m.HandOver, "companies": contentsJSON(m.Companies)}
}

func contentsJSON(all []backup.Content) []map[string]any {
	list := []map[string]any{}
	for _, content := range all {
		m := companyJSON(content.Company())
		m["products"], m["orders"], m["invoices"], m["documents"] = content.Products, content.Orders, content.Invoices, content.Documents
		m["version"] = content.Version
		list = append(list, m)
	}
	return list
}

func orNull(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return console.Stamp(t)
}
