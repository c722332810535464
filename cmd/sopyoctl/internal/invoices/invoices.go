package invoices

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	cmdorders "github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/orders"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

func (c commands) invoicesCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "invoices", Short: "Invoices of orders: planned, issued, looked up, listed; nothing is written at İşbaşı without --yes"}
	cmd.AddCommand(
		c.planCommand(), c.issueCommand(), c.formaliseCommand(), c.lookUpCommand(), c.listCommand(),
		c.documentCommand(), c.deleteCommand(), c.linkCommand(), c.freeCommand(), c.tasksCommand(),
		c.monthCommand(), c.settingsCommand(), c.tryCommand(),
	)
	return cmd
}

// yesFlag lets a command write at İşbaşı.
func yesFlag(cmd *cobra.Command, yes *bool) {
	cmd.Flags().BoolVar(yes, "yes", false, "do it; without it only what would happen is shown, and what it costs")
}

// allowed tells whether a command may write at İşbaşı: --yes was said, or a person at the terminal says so. Whatever
// else there is to be shown was shown before.
func (c commands) allowed(yes bool, what string) error {
	switch {
	case yes:
		return nil
	case c.CanAsk():
		if c.Confirmed(c.T("ctl.invoices.ask")) {
			return nil
		}
		return console.Ended(console.ExitPartly)
	}
	fmt.Fprintln(c.Err, c.T("ctl.invoices.yes", what))
	return console.Ended(console.ExitUsage)
}

// recordOf gives the newest invoice of an order that fits.
func recordOf(ctx context.Context, company *app.Company, key string, fits func(*invoicing.Record) bool, detail string) (invoicing.Record, error) {
	k, err := cmdorders.NamedKey(key)
	if err != nil {
		return invoicing.Record{}, err
	}
	records, err := company.RecordsOf(ctx, k)
	if err != nil {
		return invoicing.Record{}, err
	}
	for i := len(records) - 1; i >= 0; i-- {
		if fits(&records[i]) {
			return records[i], nil
		}
	}
	return invoicing.Record{}, &domain.Error{Kind: domain.KindNotFound, Op: "find the invoice", Detail: detail, Field: key}
}

// chosenOrders are those of args; --all has none, and one of both is needed.
func chosenOrders(ctx context.Context, company *app.Company, args []string, all bool) ([]orders.Key, error) {
	if all == (len(args) > 0) {
		return nil, console.Misused("ctl.usage.either", "--all", console.Placeholders("MARKETPLACE/PACKAGE…"))
	}
	keys, err := cmdorders.NamedKeys(args)
	if err != nil {
		return nil, err
	}
	for _, k := range keys {
		if _, err := company.Store.Order(ctx, k); err != nil {
			return nil, cmdorders.NoOrder(err, k)
		}
	}
	return keys, nil
}
