package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// work works on job as the flags ask, see follow.
func (c *ctl) work(ctx context.Context, job *transfer.Job, f importFlags) (transfer.Run, error) {
	if f.readAnew {
		job.ReadAnew()
	}
	if f.options.TakeRead {
		job.TakeRead()
	}
	if f.oldPlan {
		job.AcceptOldPlan()
	}
	return c.follow(ctx, job, f.plan)
}

// follow works on job until it ends, or its plan only is made, and gives how it stands then; an interrupt
// stops it, a second one breaks it off.
func (c *ctl) follow(ctx context.Context, job *transfer.Job, plan bool) (transfer.Run, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(signals)

	ended := make(chan error, 1)
	go func() {
		if plan {
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
			c.redraw(c.progressLine(job.Snapshot()))
		case <-signals:
			if stopping {
				cancel()
			}
			stopping = true
			fmt.Fprintln(c.err, c.t("ctl.stopping"))
			job.Stop()
		case err := <-ended:
			c.redraw("")
			return job.Snapshot().Run, err
		}
	}
}

// progressLine says how far a transfer is, how long it takes still where that is known, and how it stands
// in line.
func (c *ctl) progressLine(s transfer.Snapshot) string {
	state := c.t("state." + string(s.State))
	if s.State == transfer.StateQueued {
		parts := []string{state}
		if s.Queue.Number > 0 {
			parts = append(parts, c.t("status.queued.number", s.Queue.Number))
		}
		if s.Queue.Writing != "" {
			parts = append(parts, c.t("status.queued.writing", s.Queue.Writing))
		}
		return strings.Join(parts, " · ")
	}
	line := c.t("ctl.progress", state, s.Done, s.Of)
	if s.Left > 0 {
		line += " · " + c.t("ctl.progress.left", c.words.Duration(s.Left))
	}
	return line
}
