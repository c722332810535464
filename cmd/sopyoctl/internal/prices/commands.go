// Package prices holds the commands of prices: rules, exchange rates, marketplaces, and why a price is as it is.
package prices

import (
	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
)

// commands are those of this room, in one call of the program.
type commands struct{ *console.Console }

// Commands are those of prices, each with what is below it.
func Commands(call *console.Console) []*cobra.Command {
	c := commands{call}
	return []*cobra.Command{c.pricesCommand(), c.rulesCommand(), c.ratesCommand(), c.marketplacesCommand()}
}
