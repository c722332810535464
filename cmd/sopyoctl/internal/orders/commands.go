// Package orders holds the commands of orders: taking them from files, what waits, and what a person says of one.
package orders

import (
	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
)

// commands are those of this room, in one call of the program.
type commands struct{ *console.Console }

// Commands are those of orders, each with what is below it.
func Commands(call *console.Console) []*cobra.Command {
	c := commands{call}
	return []*cobra.Command{c.ordersCommand()}
}
