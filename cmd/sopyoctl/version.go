package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
)

func (c commands) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "The version of this program", Args: console.None,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if c.JSON {
				return c.Print(map[string]any{"version": app.Version()})
			}
			_, err := fmt.Fprintln(c.Out, cmd.Root().Name(), app.Version())
			return err
		},
	}
}
