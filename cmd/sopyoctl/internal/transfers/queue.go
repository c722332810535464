package transfers

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
)

// queueCommand needs no company: the queue is the machine's.
func (c commands) queueCommand() *cobra.Command {
	return &cobra.Command{
		Use: "queue", Short: "The transfers of this machine that have not come to their end, in their order", Args: console.None,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := c.OpenAppBy(cmd.Context(), app.Read); err != nil {
				return err
			}
			line, err := c.App.Queue.Places(cmd.Context())
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
				places[i] = map[string]any{"company": p.Name, "transfer": p.Run, "entered_at": console.Stamp(p.EnteredAt), "state": state}
			}
			if c.JSON {
				return c.Print(map[string]any{"queue": places})
			}
			if len(places) == 0 {
				c.Say("ctl.queue.none")
				return nil
			}
			w := c.Table()
			for i, p := range places {
				fmt.Fprintf(w, "%d.\t%s\t%s\n", i+1, p["company"], c.T(fmt.Sprintf("ctl.queue.%s", p["state"])))
			}
			return w.Flush()
		},
	}
}
