package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

func (c *ctl) invoicesTasksCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "tasks", Short: "What is to be done about invoices whose order was cancelled or returned"}
	var all bool
	list := &cobra.Command{
		Use: "list", Short: "Those that are open, or all", Args: none,
		RunE: c.reading(func(ctx context.Context, company *app.Company, _ []string) error {
			tasks, err := company.Store.Tasks(ctx, all)
			if err != nil {
				return err
			}
			return c.showTasks(tasks)
		}),
	}
	list.Flags().BoolVar(&all, "all", false, "those that are closed too")
	var document, date, note string
	closing := &cobra.Command{
		Use: "close ID --document NUMBER --date DAY", Short: "End a task with the document that you have made of it", Args: exact(1),
		RunE: c.on(false, func(ctx context.Context, company *app.Company, args []string) error {
			id, err := strconv.ParseInt(args[0], 10, 64)
			if err != nil {
				return misused("ctl.usage.number", args[0])
			}
			day, err := dayOf("date", date)
			if err != nil {
				return err
			}
			t, err := company.CloseTask(ctx, id, document, day, note)
			if domain.KindOf(err) == domain.KindNotFound {
				err = &domain.Error{Kind: domain.KindNotFound, Op: "close the task", Detail: "no-task", Err: err}
			}
			if err != nil {
				return err
			}
			return c.showTasks([]invoicing.Task{t})
		}),
	}
	closing.Flags().StringVar(&document, "document", "", "its number")
	closing.Flags().StringVar(&date, "date", "", "its day, 2026-11-26")
	closing.Flags().StringVar(&note, "note", "", "what is to be remembered")
	cmd.AddCommand(list, closing)
	return cmd
}

func (c *ctl) showTasks(tasks []invoicing.Task) error {
	today := domain.Day(time.Now())
	if c.json {
		all := []map[string]any{}
		for i := range tasks {
			all = append(all, c.taskJSON(&tasks[i], today))
		}
		return c.print(map[string]any{"tasks": all})
	}
	for i := range tasks {
		t := &tasks[i]
		what, how := c.words.Cure(t.CureOf(cancellable(&t.Record, today), today))
		if !t.ClosedAt.IsZero() {
			what, how = c.t("ctl.invoices.task.closed", t.Document, c.words.Date(t.DocumentOn)), t.Note
		}
		c.line("%d · %s", t.ID, joined(" · ", orderKey(orders.Key{Marketplace: t.Record.Key.Marketplace, Package: t.Record.Key.Package}),
			t.Record.Number, t.Record.Buyer, c.words.Task(t.What), c.words.Money(t.Sums().Total, t.Record.Draft.Currency), what))
		if how != "" {
			fmt.Fprintln(c.out, "  "+how)
		}
	}
	return nil
}

// cancellable tells whether İşbaşı may still cancel an invoice: nobody is asked, so that in its month it counts as one.
func cancellable(r *invoicing.Record, today time.Time) bool {
	day := r.Day()
	return r.Kind != domain.InvoiceEInvoice && !r.Cancelled && day.Year() == today.Year() && day.Month() == today.Month()
}

func (c *ctl) taskJSON(t *invoicing.Task, today time.Time) map[string]any {
	cure := t.CureOf(cancellable(&t.Record, today), today)
	what, how := c.words.Cure(cure)
	sums := t.Sums()
	m := map[string]any{
		"id": t.ID, "what": t.What, "return": t.Return, "invoice": invoiceJSON(&t.Record), "total": sums.Total.StringFixed(2),
		"base": sums.Base.StringFixed(2), "vat": sums.VAT.StringFixed(2), "opened_at": stamp(t.OpenedAt), "open": t.ClosedAt.IsZero(),
		"cure": cure, "do": what + ". " + how,
	}
	if !t.ClosedAt.IsZero() {
		m["closed_at"], m["document"], m["document_on"], m["note"] = stamp(t.ClosedAt), t.Document, t.DocumentOn.In(domain.Istanbul).Format(time.DateOnly), t.Note
	}
	return m
}
