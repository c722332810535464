package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
)

func (c commands) licencesCommand() *cobra.Command {
	return &cobra.Command{
		Use: "licences", Short: "The works of others in the programs, and the licence of each", Args: console.None,
		RunE: func(*cobra.Command, []string) error {
			if !c.JSON {
				_, err := fmt.Fprint(c.Out, assets.Notices())
				return err
			}
			list := []map[string]any{}
			for _, work := range assets.Works() {
				list = append(list, map[string]any{"work": work.Name, "licence": work.Text})
			}
			return c.Print(map[string]any{"works": list})
		},
	}
}
