package prices

import (
	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
)

func (c commands) commissionCommand() *cobra.Command {
	var net, rate string
	cmd := &cobra.Command{
		Use: "commission --net 100 --rate 15", Short: "What a product has to cost so that so much remains after a marketplace's commission",
		Args: console.None,
		RunE: func(*cobra.Command, []string) error {
			commission, err := c.typedCommission(net, rate)
			if err != nil {
				return err
			}
			price := commission.Price()
			taken := commission.Taken(price)
			if c.JSON {
				return c.Print(map[string]string{
					"price": price.StringFixed(2), "commission": taken.StringFixed(2), "remains": price.Sub(taken).StringFixed(2),
					"increase": commission.Increase().String(),
				})
			}
			c.Say("commission.result", c.Words.Money(price, pricing.Target), c.Words.Money(taken, pricing.Target), c.Words.Money(price.Sub(taken), pricing.Target))
			c.Say("commission.increase", domain.FormatPercent(commission.Increase(), c.Text.Lang))
			return nil
		},
	}
	cmd.Flags().StringVar(&net, "net", "", "what should remain")
	cmd.Flags().StringVar(&rate, "rate", "", "the commission in percent of the price")
	return cmd
}

func (c commands) typedCommission(net, rate string) (pricing.Commission, error) {
	var out pricing.Commission
	for _, f := range []struct {
		field, text string
		into        *decimal.Decimal
	}{{"net", net, &out.Net}, {"commission", rate, &out.Percent}} {
		if f.text == "" {
			return out, domain.Invalid(f.field, "required")
		}
		d, err := domain.ParseNumber(f.text, c.Text.Lang)
		if err != nil {
			return out, domain.Invalid(f.field, "number")
		}
		*f.into = d
	}
	return out, out.Validate()
}
