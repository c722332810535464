// Package syncs holds the commands of the sync of stock and prices, and of what waits for a person in it.
package syncs

import (
	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
)

// commands are those of this room, in one call of the program.
type commands struct{ *console.Console }

// Commands are those of the sync, each with what is below it.
func Commands(call *console.Console) []*cobra.Command {
	c := commands{call}
	return []*cobra.Command{c.syncCommand()}
}
