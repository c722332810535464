package prices

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
)

func (c commands) ratesCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "rates", Short: "Exchange rates, typed in with their day"}
	var date string
	set := &cobra.Command{
		Use: "set USD=41.2537…", Short: "Set what one unit of a currency costs in Turkish lira from a day on", Args: console.Minimum(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			day, err := typedDay(date, time.Now())
			if err != nil {
				return err
			}
			var rates []pricing.Rate
			for _, a := range args {
				rate, err := typedRate(a, day)
				if err != nil {
					return err
				}
				rates = append(rates, rate)
			}
			company, err := c.Open(cmd.Context(), true)
			if err != nil {
				return err
			}
			if err := company.Store.SaveRates(cmd.Context(), rates...); err != nil {
				return err
			}
			return c.showRates(cmd.Context(), company)
		},
	}
	set.Flags().StringVar(&date, "date", "", "the day they hold from, 2006-01-02 or 02.01.2006 (default: today)")
	var removeDate string
	remove := &cobra.Command{
		Use: "remove USD", Short: "Take the rate of a currency and a day away", Args: console.Exact(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			day, err := typedDay(removeDate, time.Now())
			if err != nil {
				return err
			}
			company, err := c.Open(cmd.Context(), false)
			if err != nil {
				return err
			}
			if err := company.Store.RemoveRate(cmd.Context(), domain.Currency(strings.TrimSpace(args[0])), day); err != nil {
				return err
			}
			return c.showRates(cmd.Context(), company)
		},
	}
	remove.Flags().StringVar(&removeDate, "date", "", "its day, 2006-01-02 or 02.01.2006 (default: today)")
	cmd.AddCommand(set, remove, &cobra.Command{
		Use: "show", Short: "Show the exchange rates", Args: console.None,
		RunE: c.Reading(func(ctx context.Context, company *app.Company, _ []string) error {
			return c.showRates(ctx, company)
		}),
	})
	return cmd
}

// typedDay reads a day; none is the one of now.
func typedDay(text string, now time.Time) (pricing.Day, error) {
	if text == "" {
		return pricing.DayOf(now), nil
	}
	return pricing.ParseDay(text)
}

// typedRate reads USD=41.2537.
func typedRate(assignment string, day pricing.Day) (pricing.Rate, error) {
	currency, value, ok := strings.Cut(assignment, "=")
	if !ok {
		return pricing.Rate{}, console.Misused("ctl.usage.form", "rates set", assignment, console.Placeholders("CURRENCY=RATE"))
	}
	d, err := pricing.ParseRate(value)
	if err != nil {
		return pricing.Rate{}, err
	}
	r := pricing.Rate{Currency: domain.Currency(strings.TrimSpace(currency)), Day: day, Value: d}
	return r, r.Validate()
}

func (c commands) showRates(ctx context.Context, company *app.Company) error {
	rates, err := company.Store.Rates(ctx)
	if err != nil {
		return err
	}
	missing, err := company.MissingRates(ctx)
	if err != nil {
		return err
	}
	today := pricing.DayOf(time.Now())
	if c.JSON {
		list := []map[string]any{}
		for _, r := range rates {
			now, _ := rates.On(r.Currency, today)
			list = append(list, map[string]any{"currency": r.Currency, "day": r.Day, "rate": r.Value.String(), "holds": now.Day == r.Day})
		}
		lacking := []map[string]any{}
		for _, m := range missing {
			lacking = append(lacking, map[string]any{"currency": m.Currency, "products": m.Products})
		}
		return c.Print(map[string]any{"rates": list, "missing": lacking})
	}
	for _, m := range missing {
		fmt.Fprintln(c.Err, c.T("rates.missing", m.Products, string(m.Currency)))
	}
	if len(rates) == 0 {
		c.Say("rates.none")
		return nil
	}
	w := c.Table()
	for _, r := range rates {
		holds := ""
		if now, ok := rates.On(r.Currency, today); ok && now.Day == r.Day {
			holds = c.T("rates.holds")
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", r.Currency, r.Day.Words(c.Text.Lang), c.T("rates.value", exactRate(r, c)), holds)
	}
	return errors.Join(w.Flush())
}

// exactRate writes a rate with all its decimals.
func exactRate(r pricing.Rate, c commands) string {
	if c.Text.Lang == "en" {
		return r.Value.String()
	}
	return strings.Replace(r.Value.String(), ".", ",", 1)
}
