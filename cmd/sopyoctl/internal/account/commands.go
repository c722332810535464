// Package account holds the commands by which a company is authorised at İşbaşı, set up, and kept within its quota.
package account

import (
	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
)

// commands are those of this room, in one call of the program.
type commands struct{ *console.Console }

// Commands are those of how a company stands at İşbaşı, each with what is below it.
func Commands(call *console.Console) []*cobra.Command {
	c := commands{call}
	return []*cobra.Command{c.authorizeCommand(), c.settingsCommand(), c.quotaCommand()}
}
