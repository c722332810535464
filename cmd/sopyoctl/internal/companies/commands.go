// Package companies holds the commands of companies and their backups.
package companies

import (
	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
)

// commands are those of this room, in one call of the program.
type commands struct{ *console.Console }

// Commands are those of companies, each with what is below it.
func Commands(call *console.Console) []*cobra.Command {
	c := commands{call}
	return []*cobra.Command{c.companyCommand(), c.backupCommand(), c.restoreCommand()}
}
