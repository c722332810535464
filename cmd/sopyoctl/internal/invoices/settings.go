package invoices

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
)

func (c commands) settingsCommand() *cobra.Command {
	var sets []string
	cmd := &cobra.Command{
		Use:   "settings [--set NAME=VALUE…]",
		Short: "What an accountant is asked once",
		Args:  console.None,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(sets) == 0 {
				return c.Reading(c.setInvoices(&sets))(cmd, args)
			}
			return c.On(false, c.setInvoices(&sets))(cmd, args)
		},
	}
	cmd.Flags().StringArrayVar(&sets, "set", nil, "NAME=VALUE; more of them in further flags")
	return cmd
}

// setInvoices carries sets out, if there are any, and shows the settings.
func (c commands) setInvoices(sets *[]string) func(context.Context, *app.Company, []string) error {
	return func(ctx context.Context, company *app.Company, _ []string) error {
		s, err := company.InvoiceSettings(ctx)
		if err != nil {
			return err
		}
		for _, one := range *sets {
			if err := c.setInvoiceSetting(&s, one); err != nil {
				return err
			}
		}
		if len(*sets) > 0 {
			if err := company.SaveInvoiceSettings(ctx, s); err != nil {
				return err
			}
			if err := company.JudgeOrders(ctx); err != nil {
				return err
			}
		}
		return c.ShowPairs(invoicePairs(s))
	}
}

func (c commands) setInvoiceSetting(s *invoicing.Settings, assignment string) (err error) {
	name, value, ok := strings.Cut(assignment, "=")
	if !ok {
		return console.Misused("ctl.usage.form", "--set", assignment, console.Placeholders("NAME=VALUE"))
	}
	switch value = strings.TrimSpace(value); name {
	case "website":
		s.Website = value
	case "carrier":
		s.Carrier.Name = value
	case "carrier_tax_no":
		s.Carrier.TaxNumber = value
	case "service_vat":
		if s.ServiceVAT, err = domain.ParseNumber(value, c.Text.Lang); err != nil {
			err = domain.Invalid(name, "number")
		}
	case "gift_card":
		s.GiftCard = invoicing.GiftCard(value)
	case "derive_postal":
		var derive bool
		if derive, err = console.Yes(name, value, "yes", "no"); err == nil {
			s.KeepPostalCode = !derive
		}
	case "exemption":
		s.Exemption = value
	case "shipping_net":
		s.ShippingNet, err = console.Yes(name, value, "yes", "no")
	case "trendyol":
		s.Trendyol = invoicing.TrendyolAmount(value)
	case "returns":
		s.Returns = invoicing.ReturnPaper(value)
	default:
		err = console.Misused("ctl.usage.no-setting", name)
	}
	return err
}

func invoicePairs(s invoicing.Settings) [][2]string {
	said := func(yes bool) string { return map[bool]string{true: "yes", false: "no"}[yes] }
	return [][2]string{
		{"website", s.Website},
		{"carrier", s.Carrier.Name},
		{"carrier_tax_no", s.Carrier.TaxNumber},
		{"service_vat", s.ServiceVAT.String()},
		{"gift_card", string(s.GiftCard)},
		{"derive_postal", said(!s.KeepPostalCode)},
		{"exemption", s.Exemption},
		{"shipping_net", said(s.ShippingNet)},
		{"trendyol", string(s.Trendyol)},
		{"returns", string(s.Returns)},
	}
}
