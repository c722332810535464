package invoices

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	cmdorders "github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/orders"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

func (c commands) tasksCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "tasks", Short: "What is to be done about invoices whose order was cancelled or returned"}
	var all bool
	list := &cobra.Command{
		Use: "list", Short: "Those that are open, or all", Args: console.None,
		RunE: c.Reading(func(ctx context.Context, company *app.Company, _ []string) error {
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
		Use: "close ID --document NUMBER --date DAY", Short: "End a task with the document that you have made of it", Args: console.Exact(1),
		RunE: c.On(false, func(ctx context.Context, company *app.Company, args []string) error {
			id, err := strconv.ParseInt(args[0], 10, 64)
			if err != nil {
				return console.Misused("ctl.usage.number", args[0])
			}
			day, err := cmdorders.DayOf("date", date)
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

func (c commands) showTasks(tasks []invoicing.Task) error {
	today := domain.Day(time.Now())
	if c.JSON {
		all := []map[string]any{}
		for i := range tasks {
			all = append(all, c.taskJSON(&tasks[i], today))
		}
		return c.Print(map[string]any{"tasks": all})
	}
	for i := range tasks {
		t := &tasks[i]
		what, how := c.Words.Cure(t.CureOf(cancellable(&t.Record, today), today))
		if !t.ClosedAt.IsZero() {
			what, how = c.T("ctl.invoices.task.closed", t.Document, c.Words.Date(t.DocumentOn)), t.Note
		}
		c.Line("%d · %s", t.ID, console.Joined(" · ", cmdorders.OrderKey(orders.Key{Marketplace: t.Record.Key.Marketplace, Package: t.Record.Key.Package}),
			t.Record.Number, t.Record.Buyer, c.Words.Task(t.What), c.Words.Money(t.Sums().Total, t.Record.Draft.Currency), what))
		if how != "" {
			fmt.Fprintln(c.Out, "  "+how)
		}
	}
	return nil
}

// cancellable tells whether İşbaşı may still cancel an invoice: nobody is asked, so that in its month it counts as one.
func cancellable(r *invoicing.Record, today time.Time) bool {
	day := r.Day()
	return r.Kind != domain.InvoiceEInvoice && !r.Cancelled && day.Year() == today.Year() && day.Month() == today.Month()
}

func (c commands) taskJSON(t *invoicing.Task, today time.Time) map[string]any {
	cure := t.CureOf(cancellable(&t.Record, today), today)
	what, how := c.Words.Cure(cure)
	sums := t.Sums()
	m := map[string]any{
		"id": t.ID, "what": t.What, "return": t.Return, "invoice": cmdorders.InvoiceJSON(&t.Record), "total": sums.Total.StringFixed(2),
		"base": sums.Base.StringFixed(2), "vat": sums.VAT.StringFixed(2), "opened_at": console.Stamp(t.OpenedAt), "open": t.ClosedAt.IsZero(),
		"cure": cure, "do": what + ". " + how,
	}
	if !t.ClosedAt.IsZero() {
		m["closed_at"], m["document"], m["document_on"], m["note"] = console.Stamp(t.ClosedAt), t.Document, t.DocumentOn.In(domain.Istanbul).Format(time.DateOnly), t.Note
	}
	return m
}
