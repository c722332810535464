// Package letters holds the commands of mail: server and sender, and what became of letters.
package letters

import (
	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
)

// commands are those of this room, in one call of the program.
type commands struct{ *console.Console }

// Commands are those of mail, each with what is below it.
func Commands(call *console.Console) []*cobra.Command {
	c := commands{call}
	return []*cobra.Command{c.mailCommand()}
}
