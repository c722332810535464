// Package transfers holds the commands of transfers: importing, its rows, decisions, reports, taking back, and the queue.
package transfers

import (
	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
)

// commands are those of this room, in one call of the program.
type commands struct{ *console.Console }

// Commands are those of transfers, each with what is below it.
func Commands(call *console.Console) []*cobra.Command {
	c := commands{call}
	return []*cobra.Command{c.importCommand(), c.transferCommand(), c.queueCommand()}
}
