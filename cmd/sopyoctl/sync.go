package main

import "github.com/spf13/cobra"

func (c *ctl) syncCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "sync", Short: "Stock and prices of bound products, kept equal with İşbaşı: tried out"}
	cmd.AddCommand(c.syncTryCommand())
	return cmd
}
