package main

import "github.com/spf13/cobra"

func (c *ctl) transferCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "transfer", Short: "What became of a transfer"}
	cmd.AddCommand(c.transferReportCommand())
	return cmd
}
