package main

import (
	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
)

func (c *ctl) pricesCommissionCommand() *cobra.Command {
	var net, rate string
	cmd := &cobra.Command{
		Use: "commission --net 100 --rate 15", Short: "What a product has to cost so that so much remains after a marketplace's commission",
		Args: none,
		RunE: func(*cobra.Command, []string) error {
			commission, err := c.typedCommission(net, rate)
			if err != nil {
				return err
			}
			price := commission.Price()
			taken := commission.Taken(price)
			if c.json {
				return c.print(map[string]string{
					"price": price.StringFixed(2), "commission": taken.StringFixed(2), "remains": price.Sub(taken).StringFixed(2),
					"increase": commission.Increase().String(),
				})
			}
			c.say("commission.result", c.words.Money(price, pricing.Target), c.words.Money(taken, pricing.Target), c.words.Money(price.Sub(taken), pricing.Target))
			c.say("commission.increase", domain.FormatPercent(commission.Increase(), c.text.Lang))
			return nil
		},
	}
	cmd.Flags().StringVar(&net, "net", "", "what should remain")
	cmd.Flags().StringVar(&rate, "rate", "", "the commission in percent of the price")
	return cmd
}

func (c *ctl) typedCommission(net, rate string) (pricing.Commission, error) {
	var out pricing.Commission
	for _, f := range []struct {
		field, text string
		into        *decimal.Decimal
	}{{"net", net, &out.Net}, {"commission", rate, &out.Percent}} {
		if f.text == "" {
			return out, domain.Invalid(f.field, "required")
		}
		d, err := domain.ParseNumber(f.text, c.text.Lang)
		if err != nil {
			return out, domain.Invalid(f.field, "number")
		}
		*f.into = d
	}
	return out, out.Validate()
}
