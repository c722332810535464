package console

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

// Follow works on job until it ends, or its plan only is made, and gives how it stands then; an interrupt
// stops it, a second one breaks it off.
func (c *Console) Follow(ctx context.Context, job *transfer.Job, plan bool) (transfer.Run, error) {
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
			c.Redraw(c.progressLine(job.Snapshot()))
		case <-signals:
			if stopping {
				cancel()
			}
			stopping = true
			fmt.Fprintln(c.Err, c.T("ctl.stopping"))
			job.Stop()
		case err := <-ended:
			c.Redraw("")
			return job.Snapshot().Run, err
		}
	}
}

// progressLine says how far a transfer is, how long it takes still where that is known, and how it stands
// in line.
func (c *Console) progressLine(s transfer.Snapshot) string {
	state := c.T("state." + string(s.State))
	if s.State == transfer.StateQueued {
		parts := []string{state}
		if s.Queue.Number > 0 {
			parts = append(parts, c.T("status.queued.number", s.Queue.Number))
		}
		if s.Queue.Writing != "" {
			parts = append(parts, c.T("status.queued.writing", s.Queue.Writing))
		}
		return strings.Join(parts, " · ")
	}
	line := c.T("ctl.progress", state, s.Done, s.Of)
	if s.Left > 0 {
		line += " · " + c.T("ctl.progress.left", c.Words.Duration(s.Left))
	}
	return line
}
