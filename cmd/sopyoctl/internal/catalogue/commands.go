// Package catalogue holds the commands of the catalogue: files in and out, its list, and what is damaged in it.
package catalogue

import (
	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
)

// commands are those of this room, in one call of the program.
type commands struct{ *console.Console }

// Commands are those of the catalogue, each with what is below it.
func Commands(call *console.Console) []*cobra.Command {
	c := commands{call}
	return []*cobra.Command{c.catalogueCommand()}
}
