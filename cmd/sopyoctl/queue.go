package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
)

// queueCommand needs no company: the queue is the machine's.
func (c *ctl) queueCommand() *cobra.Command {
	return &cobra.Command{
		Use: "queue", Short: "The transfers of this machine that have not come to their end, in their order", Args: none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := c.openAppBy(cmd.Context(), app.Read); err != nil {
				return err
			}
			line, err := c.app.Queue.Places(cmd.Context())
			if err != nil {
				return err
			}
			places := make([]map[string]any, len(line))
			for i, p := range line {
				state := "away"
				switch {
				case p.Here && p.Writing:
					state = "writing"
				case p.Here:
					state = "waiting"
				}
				places[i] = map[string]any{"company": p.Name, "transfer": p.Run, "entered_at": stamp(p.EnteredAt), "state": state}
			}
			if c.json {
				return c.print(map[string]any{"queue": places})
			}
			if len(places) == 0 {
				c.say("ctl.queue.none")
				return nil
			}
			w := c.table()
			for i, p := range places {
				fmt.Fprintf(w, "%d.\t%s\t%s\n", i+1, p["company"], c.t(fmt.Sprintf("ctl.queue.%s", p["state"])))
			}
			return w.Flush()
		},
	}
}
