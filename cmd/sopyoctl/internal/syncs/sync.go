package syncs

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
)

// syncFlags say what a sync is asked to do.
type syncFlags struct {
	plan, resume, edits bool
	pullOnly, pushOnly  bool
	accept              []string
}

func (c commands) syncCommand() *cobra.Command {
	var f syncFlags
	cmd := &cobra.Command{
		Use:   "sync",
		Short: "Keep stock and prices of bound products equal with İşbaşı (Ctrl-C = Durdur)",
		Args:  console.None,
		RunE: func(cmd *cobra.Command, _ []string) error {
			for i := range f.accept {
				f.accept[i] = strings.TrimSpace(f.accept[i])
			}
			if cmd.Flags().Changed("accept-brakes") && (len(f.accept) == 0 || slices.Contains(f.accept, "")) {
				return console.Misused("ctl.usage.brakes")
			}
			return c.syncNow(cmd.Context(), f)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.plan, "plan", false, "read and judge only; nothing is written on either side")
	flags.BoolVar(&f.pullOnly, "pull-only", false, "only take what İşbaşı has changed")
	flags.BoolVar(&f.pushOnly, "push-only", false, "only send what the catalogue has changed")
	flags.BoolVar(&f.edits, "edits", false, "send what was changed in the catalogue, without reading the list")
	flags.StringSliceVar(&f.accept, "accept-brakes", nil, "let brakes go: their IDs, or all of the sync that waits")
	flags.BoolVar(&f.resume, "resume", false, "go on with the sync that was not finished")
	cmd.MarkFlagsMutuallyExclusive("plan", "resume", "accept-brakes")
	cmd.MarkFlagsMutuallyExclusive("pull-only", "push-only", "resume")
	cmd.MarkFlagsMutuallyExclusive("pull-only", "edits")
	cmd.MarkFlagsMutuallyExclusive("edits", "resume")
	cmd.AddCommand(
		c.listCommand(), c.showCommand(), c.openCommand(), c.decideCommand(), c.undoCommand(),
		c.settingsCommand(), c.probeCommand(), c.tryCommand(),
	)
	return cmd
}

// request is what a new sync is asked to do.
func (f syncFlags) request() sync.Request {
	q := sync.Request{Occasion: sync.OccasionPerson, Only: f.only(), Accepted: f.accept}
	if f.edits {
		q.Scope = sync.ScopeEdits
	}
	return q
}

func (f syncFlags) only() sync.Way {
	switch {
	case f.pullOnly:
		return sync.WayPull
	case f.pushOnly, f.edits:
		return sync.WayPush
	default:
		return sync.WayBoth
	}
}

func (c commands) syncNow(ctx context.Context, f syncFlags) error {
	company, err := c.OpenAuthorised(ctx)
	if err != nil {
		return err
	}
	job, err := c.syncJob(ctx, company, f)
	if err != nil {
		return err
	}
	if job == nil { // nothing to go on with: say how the last one ended
		last, _, err := lastSync(ctx, company)
		if err != nil {
			return err
		}
		return c.showSync(last, nil)
	}
	if err := c.sayCost(ctx, company, job.Sync()); err != nil {
		return err
	}
	r, err := c.workSync(ctx, company, job, f.plan)
	return c.showSync(r, err)
}

// syncJob makes the job that the flags ask for, nil when --resume finds the last one finished.
func (c commands) syncJob(ctx context.Context, company *app.Company, f syncFlags) (*sync.Job, error) {
	switch {
	case f.resume:
		job, err := company.ResumeSync(ctx)
		if job != nil || err != nil {
			return job, err
		}
		if _, ran, err := lastSync(ctx, company); ran || err != nil {
			return nil, err
		}
	case len(f.accept) > 0:
		r, waits, err := company.UnfinishedSync(ctx)
		switch {
		case err != nil:
			return nil, err
		case waits && r.Braked() && f.only() != sync.WayBoth && f.only() != r.Request.Only:
			return nil, domain.Invalid("accept-brakes", "sync-of-other-ways")
		case waits && r.Braked():
			return company.AcceptBrakes(ctx, f.accept...)
		case slices.Contains(f.accept, sync.AllBrakes):
			return nil, domain.Invalid("accept-brakes", "no-brake-waits")
		}
	}
	return company.NewSync(ctx, f.request())
}

// lastSync gives the newest sync that has judged something; ok = false: there is none.
func lastSync(ctx context.Context, company *app.Company) (r sync.Run, ok bool, err error) {
	return company.LatestSync(ctx, sync.ScopeFull, sync.ScopeChanged, sync.ScopeEdits)
}

// workSync works on job until it ends. Of one whose plan only is made, what would be moved stands where else what was
// moved does.
func (c commands) workSync(ctx context.Context, company *app.Company, job *sync.Job, plan bool) (sync.Run, error) {
	_, err := c.Follow(ctx, job.Job, plan)
	r := job.Sync()
	if !plan || err != nil {
		return r, err
	}
	items, _, err := company.SyncItems(ctx, r.ID, 0, 0)
	r.Moved = movedBy(items)
	return r, err
}

// movedBy counts changes by way and field.
func movedBy(items []sync.Item) (m sync.Moved) {
	for _, i := range items {
		switch {
		case i.Way == sync.WayPull && i.Field == domain.SharedStock:
			m.PulledStock++
		case i.Way == sync.WayPull:
			m.PulledPrice++
		case i.Field == domain.SharedStock:
			m.PushedStock++
		default:
			m.PushedPrice++
		}
	}
	return m
}
