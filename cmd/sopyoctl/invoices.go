package main

import "github.com/spf13/cobra"

func (c *ctl) invoicesCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "invoices", Short: "Invoices of orders: tried out"}
	cmd.AddCommand(c.invoicesTryCommand())
	return cmd
}
