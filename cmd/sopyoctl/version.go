package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
)

func (c *ctl) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "The version of this program", Args: none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if c.json {
				return c.print(map[string]any{"version": app.Version()})
			}
			_, err := fmt.Fprintln(c.out, cmd.Root().Name(), app.Version())
			return err
		},
	}
}
