package issuing

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
)

// ReturnInvoice makes a task of a return of a part of an invoice: how much of each line of its draft, in their order. Of
// several returns no line comes back more than was sold (KindInvalid, field "quantity").
func (i *Invoices) ReturnInvoice(ctx context.Context, id int64, number string, quantities []decimal.Decimal) (invoicing.Task, error) {
	r, err := i.co.Store.Record(ctx, id)
	if err != nil {
		return invoicing.Task{}, err
	}
	switch {
	case !r.Issued():
		return invoicing.Task{}, domain.E(domain.KindState, "return a part of an invoice", nil)
	case strings.TrimSpace(number) == "":
		return invoicing.Task{}, domain.Invalid("number", "required")
	case len(quantities) != len(r.Draft.Lines):
		return invoicing.Task{}, domain.Invalid("quantity", "lines")
	}
	number = strings.TrimSpace(number)
	i.tasking.Lock()
	defer i.tasking.Unlock()
	tasks, err := i.co.Store.Tasks(ctx, true)
	if err != nil {
		return invoicing.Task{}, err
	}
	lines := r.ReturnLines()
	some := false
	for n, back := range quantities {
		lines[n].Now = back
		some = some || back.IsPositive()
	}
	for _, t := range tasks {
		if t.Record.ID != id {
			continue
		}
		if t.Return == number {
			return t, domain.Invalid("number", "taken")
		}
		for n := range lines {
			back := lines[n].Sold // no lines: all of it
			if len(t.Lines) > 0 {
				back = t.Lines[n]
			}
			lines[n].Before = lines[n].Before.Add(back)
		}
	}
	if !some {
		return invoicing.Task{}, domain.Invalid("quantity", "required")
	}
	amounts, err := invoicing.Return(lines)
	if err != nil {
		return invoicing.Task{}, err
	}
	return i.co.Store.SaveTask(ctx, invoicing.Task{
		Record: r, Return: number, What: invoicing.TaskReturned, Lines: slices.Clone(quantities), Amounts: amounts, OpenedAt: i.co.Now(),
	})
}

// CloseTask ends a task with the document that a person has made of it. KindInvalid: document or day is missing.
func (i *Invoices) CloseTask(ctx context.Context, id int64, document string, on time.Time, note string) (invoicing.Task, error) {
	t, err := i.co.Store.Task(ctx, id)
	switch {
	case err != nil:
		return t, err
	case strings.TrimSpace(document) == "":
		return t, domain.Invalid("document", "required")
	case on.IsZero() || on.After(i.co.Now()):
		return t, domain.Invalid("date", "past")
	}
	t.Document, t.DocumentOn, t.Note, t.ClosedAt = strings.TrimSpace(domain.Line(document)), on, domain.Line(note), i.co.Now()
	return i.co.Store.SaveTask(ctx, t)
}

// endTasks ends the tasks of a draft that is deleted: nothing is left to do.
func (i *Invoices) endTasks(ctx context.Context, r invoicing.Record) error {
	open, err := i.co.Store.Tasks(ctx, false)
	if err != nil {
		return err
	}
	for _, t := range open {
		if t.Record.ID != r.ID {
			continue
		}
		t.ClosedAt = i.co.Now()
		if _, err := i.co.Store.SaveTask(ctx, t); err != nil {
			return err
		}
	}
	return nil
}
