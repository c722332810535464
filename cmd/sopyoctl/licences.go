package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/assets"
)

func (c *ctl) licencesCommand() *cobra.Command {
	return &cobra.Command{
		Use: "licences", Short: "The works of others in the programs, and the licence of each", Args: none,
		RunE: func(*cobra.Command, []string) error {
			if !c.json {
				_, err := fmt.Fprint(c.out, assets.Notices())
				return err
			}
			list := []map[string]any{}
			for _, work := range assets.Works() {
				list = append(list, map[string]any{"work": work.Name, "licence": work.Text})
			}
			return c.print(map[string]any{"works": list})
		},
	}
}
