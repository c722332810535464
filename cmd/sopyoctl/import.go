package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

type importFlags struct {
	plan, resume, readAnew, oldPlan bool
	retry                           bool
	out, page, fromPlan             string
	match                           []string
	unmatched                       string
	options                         transfer.Options
}

func (c *ctl) importCommand() *cobra.Command {
	f := importFlags{options: transfer.DefaultOptions(domain.TRY)}
	cmd := &cobra.Command{
		Use:   "import",
		Short: "Bring İşbaşı's products: read, match, apply (Ctrl-C = Durdur)",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := f.parse(); err != nil {
				return err
			}
			err := c.importProducts(cmd.Context(), f)
			if !f.plan {
				c.reportEnd(cmd.Context())
			}
			return err
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.plan, "plan", false, "read and match only; write a plan file and nothing to the catalogue")
	flags.StringVar(&f.out, "out", "", "with --plan: where the plan file goes (default: among your documents)")
	flags.StringVar(&f.page, "html", "", "with --plan: write the plan as a page for people, too")
	flags.StringVar(&f.fromPlan, "from-plan", "", "carry out exactly the plan of that file, without reading İşbaşı")
	flags.BoolVar(&f.retry, "retry-failed", false, "try what failed in the last transfer again")
	flags.StringSliceVar(&f.match, "match", []string{"barcode", "code"}, "what to match by")
	flags.BoolVar(&f.options.IncludePassive, "include-passive", false, "take passive products too")
	flags.BoolVar(&f.options.OnlyInStock, "only-in-stock", false, "take only products with stock")
	flags.StringVar(&f.unmatched, "unmatched", string(transfer.UnmatchedListed), "listed, draft or created")
	flags.BoolVar(&f.options.TakeName, "take-name", false, "take the name too on a match")
	flags.BoolVar(&f.options.TakeBrand, "take-brand", false, "take the brand too on a match")
	flags.BoolVar(&f.options.TakeVAT, "take-vat", false, "take the VAT rate too on a match")
	flags.StringVar(&f.options.ReportTo, "report-to", "", "mail the report to this address when the transfer ends (default: 'to' of mail settings; none = nobody)")
	flags.IntVar(&f.options.Limit, "limit", 0, "apply only the first N rows; the rest waits for --resume")
	flags.BoolVar(&f.resume, "resume", false, "go on with the transfer that was not finished")
	flags.BoolVar(&f.readAnew, "read-anew", false, "with --resume: read İşbaşı again instead of an old plan")
	flags.BoolVar(&f.oldPlan, "accept-old", false, "carry out a plan that is older than a day")
	flags.BoolVar(&f.oldPlan, "accept-old-plan", false, "")
	_ = flags.MarkHidden("accept-old-plan") // its first name
	cmd.MarkFlagsMutuallyExclusive("plan", "resume", "from-plan", "retry-failed")
	cmd.AddCommand(c.rowsCommand())
	return cmd
}

func (f *importFlags) parse() error {
	f.options.ByBarcode, f.options.ByCode = false, false
	for _, m := range f.match {
		switch m {
		case "barcode":
			f.options.ByBarcode = true
		case "code":
			f.options.ByCode = true
		default:
			return usageError{fmt.Errorf("--match %q: barcode or code", m)}
		}
	}
	f.options.Unmatched = transfer.Unmatched(f.unmatched)
	switch f.options.Unmatched {
	case transfer.UnmatchedListed, transfer.UnmatchedDraft, transfer.UnmatchedCreated:
	default:
		return usageError{fmt.Errorf("--unmatched %q: listed, draft or created", f.unmatched)}
	}
	return f.options.Validate()
}

func (c *ctl) importProducts(ctx context.Context, f importFlags) error {
	company, err := c.open(ctx, false)
	if domain.KindOf(err) == domain.KindNotFound && c.company == "" {
		return domain.E(domain.KindNeedsSignIn, "find the company", nil)
	}
	if err != nil {
		return err
	}
	switch {
	case f.fromPlan != "":
		return c.fromPlan(ctx, company, f)
	case f.retry:
		return c.retryFailed(ctx, company, f)
	}
	job, err := c.job(ctx, company, f)
	if err != nil {
		return err
	}
	if job == nil { // nothing to go on with: say how the last one ended
		last, _, err := company.LatestRun(ctx)
		if err != nil {
			return err
		}
		return c.showRun(transfer.Snapshot{Run: last})
	}
	s, err := c.work(ctx, job, f)
	if f.plan && err == nil && s.State == transfer.StatePlanned {
		return c.showPlan(ctx, company, s, f)
	}
	return c.showEnd(s, err)
}

// reportEnd waits for the report of a transfer that has just ended and mails it; whatever becomes of it,
// the transfer has ended as it has.
func (c *ctl) reportEnd(ctx context.Context) {
	if c.opened == nil {
		return
	}
	err := c.opened.SaveReports(ctx)
	if err == nil {
		_, err = c.deliver(ctx, c.opened)
	}
	if err != nil {
		fmt.Fprintln(c.err, c.sentence(err))
	}
}

// job makes the job that the flags ask for, nil when --resume finds the last one finished.
func (c *ctl) job(ctx context.Context, company *app.Company, f importFlags) (*transfer.Job, error) {
	if f.resume {
		job, err := company.Resume(ctx)
		if job != nil || err != nil {
			return job, err
		}
		if _, ran, err := company.LatestRun(ctx); ran || err != nil {
			return nil, err
		}
	}
	if err := c.reportTo(ctx, &f.options); err != nil {
		return nil, err
	}
	return company.New(ctx, f.options)
}

// reportTo fills in who gets the report when nobody was named.
func (c *ctl) reportTo(ctx context.Context, o *transfer.Options) error {
	switch o.ReportTo {
	case "none":
		o.ReportTo = ""
	case "":
		s, err := c.app.MailSettings(ctx)
		if err != nil {
			return err
		}
		if s.Ready() {
			o.ReportTo = s.To
		}
	}
	return nil
}

// work works on job until it ends and gives how it stands then; an interrupt stops it, a second one
// breaks it off.
func (c *ctl) work(ctx context.Context, job *transfer.Job, f importFlags) (transfer.Snapshot, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(signals)
	if f.readAnew {
		job.ReadAnew()
	}
	if f.oldPlan {
		job.AcceptOldPlan()
	}

	ended := make(chan error, 1)
	go func() {
		if f.plan {
			ended <- job.Prepare(ctx)
			return
		}
		ended <- job.Run(ctx)
	}()
	tick := time.NewTicker(500 * time.Millisecond)
	defer tick.Stop()
	stopping := false
	for {
		select {
		case <-tick.C:
			c.progress(job.Snapshot())
		case <-signals:
			if stopping {
				cancel()
			}
			stopping = true
			fmt.Fprintln(c.err, c.text.T("ctl.stopping"))
			job.Stop()
		case err := <-ended:
			if c.onTerminal() {
				fmt.Fprint(c.err, "\r\x1b[K")
			}
			return job.Snapshot(), err
		}
	}
}

// showEnd prints the run, and words the error that paused or failed it.
func (c *ctl) showEnd(s transfer.Snapshot, err error) error { return c.showEndWith(s, err, nil) }

// showEndWith is showEnd with more to say in the object of --json.
func (c *ctl) showEndWith(s transfer.Snapshot, err error, more map[string]any) error {
	if err != nil {
		fmt.Fprintln(c.err, c.sentence(err))
	}
	shown := c.showRunWith(s, more)
	if err != nil && (shown == nil || errors.As(shown, &ended{})) {
		return ended{exitCode(err)}
	}
	return shown
}

func runJSON(s transfer.Snapshot) map[string]any {
	m := map[string]any{
		"id": s.ID, "state": s.State, "read": s.Counters.Read, "transferred": s.Counters.Transferred,
		"matched": s.Counters.Matched, "unmatched": s.Counters.Unmatched, "skipped": s.Counters.Skipped,
		"failed": s.Counters.Failed, "pending": s.Counters.Pending, "api_reads": s.APIReads,
		"api_writes": s.APIWrites, "seconds": math.Round(s.Worked.Seconds()*100) / 100,
	}
	if s.Cause != "" {
		m["cause"] = s.Cause
	}
	if s.Detail != "" {
		m["detail"] = s.Detail
	}
	return m
}

// showRun prints a run and gives its exit code as an ended error.
func (c *ctl) showRun(s transfer.Snapshot) error { return c.showRunWith(s, nil) }

func (c *ctl) showRunWith(s transfer.Snapshot, more map[string]any) error {
	if c.json {
		m := runJSON(s)
		maps.Copy(m, more)
		if err := c.print(m); err != nil {
			return err
		}
	} else {
		n := s.Counters
		c.say("ctl.run", c.text.T("state."+string(s.State)), n.Read, n.Transferred, n.Matched, n.Unmatched, n.Skipped, n.Failed, n.Pending)
		c.say("ctl.spent", s.APIReads, s.APIWrites, fmt.Sprintf("%.1f", s.Worked.Seconds()))
	}
	switch s.State {
	case transfer.StateDone, transfer.StatePlanned:
		return nil
	case transfer.StatePaused:
		return ended{exitLater}
	case transfer.StateFailed:
		return ended{exitError}
	default:
		return ended{exitPartly}
	}
}

func (c *ctl) progress(s transfer.Snapshot) {
	if c.json || !c.onTerminal() {
		return
	}
	fmt.Fprint(c.err, "\r\x1b[K"+c.progressLine(s))
}

// progressLine says how far a transfer is, how long it takes still where that is known, and how it stands
// in line.
func (c *ctl) progressLine(s transfer.Snapshot) string {
	state := c.text.T("state." + string(s.State))
	if s.State == transfer.StateQueued {
		parts := []string{state}
		if s.Queue.Number > 0 {
			parts = append(parts, c.text.T("status.queued.number", s.Queue.Number))
		}
		if s.Queue.Writing != "" {
			parts = append(parts, c.text.T("status.queued.writing", s.Queue.Writing))
		}
		return strings.Join(parts, " · ")
	}
	line := c.text.T("ctl.progress", state, s.Done, s.Of)
	if s.Left > 0 {
		line += " · " + c.text.T("ctl.progress.left", s.Left.Round(time.Second).String())
	}
	return line
}

func (c *ctl) onTerminal() bool { return isTerminal(c.err) }

func (c *ctl) canAsk() bool { return !c.json && isTerminal(c.in) && isTerminal(c.err) }

func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// interruptible gives a context that ends with Ctrl-C.
func interruptible(ctx context.Context) (context.Context, context.CancelFunc) {
	return signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
}
