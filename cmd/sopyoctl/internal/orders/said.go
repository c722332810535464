package orders

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// saidCommands are what a person says of orders in a word.
func (c commands) saidCommands() []*cobra.Command {
	var all []*cobra.Command
	for _, one := range []struct {
		use, short string
		say        func(*orders.Said)
	}{
		{"hold", "Keep orders here until they are released", func(s *orders.Said) { s.Held = true }},
		{"release", "Let orders go that were held, or were never to be invoiced", func(s *orders.Said) { s.Held, s.Never = false, false }},
		{"never", "Say that orders are not invoiced here at all", func(s *orders.Said) { s.Never = true }},
	} {
		all = append(all, &cobra.Command{
			Use: one.use + " KEY…", Short: one.short, Args: console.Minimum(1),
			RunE: c.On(false, func(ctx context.Context, company *app.Company, args []string) error {
				return c.sayOfOrders(ctx, company, args, func(s *orders.Said) error {
					one.say(s)
					return nil
				})
			}),
		})
	}
	return all
}

// sayOfOrders changes what is said of orders, and shows where each stands then.
func (c commands) sayOfOrders(ctx context.Context, company *app.Company, args []string, change func(*orders.Said) error) error {
	var list []issuing.Examined
	for _, a := range args {
		e, err := examine(ctx, company, a)
		if err != nil {
			return err
		}
		said := e.Kept.Said
		said.Lines = maps.Clone(said.Lines)
		if err := change(&said); err != nil {
			return err
		}
		if e, err = company.CorrectOrder(ctx, e.Kept.Key(), said); err != nil {
			return err
		}
		list = append(list, e)
	}
	return c.showStanding(list)
}

// showStanding says of orders that were changed where they stand.
func (c commands) showStanding(list []issuing.Examined) error {
	if c.JSON {
		all := []map[string]any{}
		for i := range list {
			all = append(all, ListedOrderJSON(&list[i].Kept, judgedNow(list[i])))
		}
		return c.Print(map[string]any{"orders": all})
	}
	for i := range list {
		fmt.Fprintln(c.Out, console.Joined(" · ", OrderKey(list[i].Kept.Key()), c.Words.Stage(judgedNow(list[i]))))
		c.sayJudged(list[i])
	}
	return nil
}

func (c commands) bindCommand() *cobra.Command {
	var once bool
	cmd := &cobra.Command{
		Use:   "bind KEY LINE PRODUCT",
		Short: "Say of which product (code or barcode) a line is; none: it is invoiced without one. Other orders of the marketplace remember it",
		Args:  console.Exact(3),
		RunE: c.On(false, func(ctx context.Context, company *app.Company, args []string) error {
			e, err := examine(ctx, company, args[0])
			if err != nil {
				return err
			}
			line, err := lineOf(e, args[1])
			if err != nil {
				return err
			}
			if args[2] == withoutProduct {
				return c.sayOfOrders(ctx, company, args[:1], func(s *orders.Said) error {
					changeLine(s, line, func(l *orders.SaidLine) { l.Product, l.Without = 0, true })
					return nil
				})
			}
			products, err := console.NamedProducts(ctx, company, args[2])
			if err != nil {
				return err
			}
			if len(products) > 1 {
				return console.Misused("ctl.usage.many", args[2], len(products), console.Numbers(products))
			}
			if e, err = company.BindLine(ctx, e.Kept.Key(), line, products[0].ID, !once); err != nil {
				return err
			}
			return c.showStanding([]issuing.Examined{e})
		}),
	}
	cmd.Flags().BoolVar(&once, "once", false, "only in this order")
	return cmd
}

// withoutProduct stands for a line that is invoiced without a product.
const withoutProduct = "none"

// lineOf reads the number of a line, from 1 as orders show has it, and gives its place.
func lineOf(e issuing.Examined, s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > len(e.Kept.Lines) {
		return 0, console.Misused("ctl.usage.no-line", s, len(e.Kept.Lines))
	}
	return n - 1, nil
}

// changeLine changes what is said of a line.
func changeLine(s *orders.Said, line int, change func(*orders.SaidLine)) {
	if s.Lines == nil {
		s.Lines = map[int]orders.SaidLine{}
	}
	l := s.Lines[line]
	change(&l)
	s.Lines[line] = l
}

func (c commands) correctCommand() *cobra.Command {
	var sets []string
	cmd := &cobra.Command{
		Use:   "correct KEY --set NAME=VALUE…",
		Short: "Put what you know in the place of what the file says; an empty value takes it back",
		Args:  console.Exact(1),
		RunE: c.On(false, func(ctx context.Context, company *app.Company, args []string) error {
			if len(sets) == 0 {
				return console.Misused("ctl.usage.required", "--set")
			}
			e, err := examine(ctx, company, args[0])
			if err != nil {
				return err
			}
			return c.sayOfOrders(ctx, company, args, func(s *orders.Said) error {
				for _, one := range sets {
					if err := c.correct(e, s, one); err != nil {
						return err
					}
				}
				return nil
			})
		}),
	}
	cmd.Flags().StringArrayVar(&sets, "set", nil, "NAME=VALUE; more of them in further flags")
	return cmd
}

// correct takes one assignment down.
func (c commands) correct(e issuing.Examined, s *orders.Said, assignment string) (err error) {
	name, value, ok := strings.Cut(assignment, "=")
	if !ok {
		return console.Misused("ctl.usage.form", "--set", assignment, console.Placeholders("NAME=VALUE"))
	}
	if field, ofBuyer := strings.CutPrefix(name, "buyer."); ofBuyer {
		return correctBuyer(&s.Buyer, field, value)
	}
	if rest, ofLine := strings.CutPrefix(name, "line."); ofLine {
		number, field, _ := strings.Cut(rest, ".")
		line, err := lineOf(e, number)
		if err != nil {
			return err
		}
		return c.correctLine(s, line, field, value)
	}
	switch name {
	case "discount":
		s.Discount, err = c.TypedOrNone(name, value)
	case "total":
		s.Total, err = c.TypedOrNone(name, value)
	case "rate":
		s.Rate, err = c.TypedOrNone(name, value)
	case "date":
		s.InvoiceDate, err = DayOf(name, value)
	default:
		err = console.Misused("ctl.usage.no-setting", name)
	}
	return err
}

// DayOf reads a day in Istanbul, the zero time of nothing.
func DayOf(field, value string) (time.Time, error) {
	if value == "" {
		return time.Time{}, nil
	}
	day, err := time.ParseInLocation(time.DateOnly, value, domain.Istanbul)
	if err != nil {
		return time.Time{}, domain.Invalid(field, "date")
	}
	return day, nil
}

func correctBuyer(b *orders.Buyer, field, value string) error {
	to, ok := map[string]*string{
		"first": &b.First, "last": &b.Last, "name": &b.Name, "tax_no": &b.TaxNumber, "tax_office": &b.TaxOffice, "address": &b.Address,
		"city": &b.City, "district": &b.District, "postal": &b.PostalCode, "country": &b.Country,
	}[field]
	switch {
	case ok:
		*to = strings.TrimSpace(value)
	case field != "type":
		return console.Misused("ctl.usage.no-setting", "buyer."+field)
	case value != "" && !slices.Contains([]orders.BuyerType{orders.BuyerPerson, orders.BuyerCompany}, orders.BuyerType(value)):
		return console.Misused("ctl.usage.one-of", "buyer.type", value, console.Names([]orders.BuyerType{orders.BuyerPerson, orders.BuyerCompany}))
	default:
		b.Type = orders.BuyerType(value)
	}
	return nil
}

func (c commands) correctLine(s *orders.Said, line int, field, value string) error {
	var l orders.SaidLine
	amount, ok := map[string]*decimal.NullDecimal{"qty": &l.Quantity, "unit": &l.Unit, "discount": &l.Discount, "vat": &l.VAT}[field]
	switch {
	case ok:
		var err error
		if *amount, err = c.TypedOrNone("line."+field, value); err != nil {
			return err
		}
	case field != "name" && field != "exemption":
		return console.Misused("ctl.usage.no-setting", fmt.Sprintf("line.%d.%s", line+1, field))
	}
	changeLine(s, line, func(to *orders.SaidLine) {
		switch field {
		case "name":
			to.Name = strings.TrimSpace(value)
		case "exemption":
			to.Exemption = strings.TrimSpace(value)
		case "qty":
			to.Quantity = l.Quantity
		case "unit":
			to.Unit = l.Unit
		case "discount":
			to.Discount = l.Discount
		default:
			to.VAT = l.VAT
		}
	})
	return nil
}
