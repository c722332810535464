package invoicing_test

import (
	"context"
	"reflect"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/monthend"
	storedinvoicing "github.com/sopyo/sopyo-desktop/storage/sqlite/invoicing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// The attempts of the world, and its task.
const (
	worldIssued, worldDraft, worldUnknown = 1, 2, 3
	worldTask                             = 1
)

func operations() []sqlitetest.Operation[*sqlitetest.Company] {
	op := func(name string, do func(ctx context.Context, c *sqlitetest.Company) error) sqlitetest.Operation[*sqlitetest.Company] {
		return sqlitetest.Op(name, do)
	}
	// moved is SaveRecord of a record in another state.
	moved := func(id int64, s invoicing.AttemptState) func(ctx context.Context, c *sqlitetest.Company) error {
		return func(ctx context.Context, c *sqlitetest.Company) error {
			r, err := c.Record(ctx, id)
			if err != nil {
				return err
			}
			r.State = s
			return sqlitetest.ErrOf2(c.SaveRecord(ctx, r))
		}
	}
	day := domain.Day(domaintest.Moment)
	return []sqlitetest.Operation[*sqlitetest.Company]{
		op("Begin", func(ctx context.Context, c *sqlitetest.Company) error {
			k := sqlitetest.WorldOrder
			return sqlitetest.ErrOf2(c.Begin(ctx, invoicing.Record{Attempt: invoicing.Attempt{Key: invoicing.Key{
				Marketplace: k.Marketplace, Package: k.Package, Direction: invoicing.DirectionSale,
			}}}))
		}),
		op("SaveRecord of a draft that is deleted", moved(worldDraft, invoicing.AttemptDeleted)),
		op("SaveRecord of one that its buyer rejects", moved(worldIssued, invoicing.AttemptRejected)),
		op("SaveRecord of one that is found", moved(worldUnknown, invoicing.AttemptDrafted)),
		op("Record", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.Record(ctx, worldDraft))
		}),
		op("RecordsIn", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.RecordsIn(ctx, invoicing.AttemptIssued, invoicing.AttemptUnknown))
		}),
		op("Attempts", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.Attempts(ctx)) }),
		op("LastSerial", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.LastSerial(ctx)) }),
		op("SentSince", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.SentSince(ctx, domaintest.Moment))
		}),
		op("RecordsOf", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.RecordsOf(ctx, sqlitetest.WorldOrder))
		}),
		op("RaiseSerial", func(ctx context.Context, c *sqlitetest.Company) error { return c.RaiseSerial(ctx, 99) }),
		op("ClosedMonths", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.ClosedMonths(ctx)) }),
		op("CloseMonth", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.CloseMonth(ctx, monthend.Closed{Month: monthend.MonthOf(domaintest.Moment), At: domaintest.Moment})
		}),
		op("ListInvoices", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf3(c.ListInvoices(ctx, invoicing.RecordQuery{Group: invoicing.RecordsDrafts, Search: "2", Limit: 1}))
		}),
		op("EachInvoice", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.Walked(c.EachInvoice(ctx, invoicing.RecordQuery{Group: invoicing.RecordsIssued}))
		}),
		op("InvoiceGroups", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.InvoiceGroups(ctx)) }),
		op("MonthRecords", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.MonthRecords(ctx, day.AddDate(-9999, 0, 0), day))
		}),
		op("SeeInvoices", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SeeInvoices(ctx, []domain.Invoice{{ID: "12", Number: "B"}, {ID: "13"}}, sqlitetest.StillNow())
		}),
		op("SeeTokens", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SeeTokens(ctx, "12", []invoicing.Token{"[SM:bcdefgha]"})
		}),
		op("SeenInvoices", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.SeenInvoices(ctx, day))
		}),
		op("LastSeen", func(ctx context.Context, c *sqlitetest.Company) error {
			_, _, err := c.LastSeen(ctx)
			return err
		}),
		op("Taxpayers", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.Taxpayers(ctx, domaintest.Moment, []string{"1234567890"}))
		}),
		op("SaveTaxpayer", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SaveTaxpayer(ctx, domain.Taxpayer{Number: "1234567890"}, domaintest.Moment)
		}),
		op("Tasks", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.Tasks(ctx, false)) }),
		op("Task", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.Task(ctx, worldTask))
		}),
		op("SaveTask", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.SaveTask(ctx, invoicing.Task{Record: invoicing.Record{ID: worldIssued}, Return: "R-1", What: invoicing.TaskReturned}))
		}),
		op("SaveTask that is closed", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.SaveTask(ctx, invoicing.Task{ID: worldTask, What: invoicing.TaskReturned, Document: "GP-1", ClosedAt: sqlitetest.StillNow()}))
		}),
		op("InvoiceSettings", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.InvoiceSettings(ctx))
		}),
		op("SaveInvoiceSettings", func(ctx context.Context, c *sqlitetest.Company) error {
			s := invoicing.DefaultSettings()
			s.ShippingNet = true
			return c.SaveInvoiceSettings(ctx, s)
		}),
	}
}

func TestStore_failsWholeAtEveryStep(t *testing.T) {
	sqlitetest.CompanyFailsWhole(t, reflect.TypeFor[storedinvoicing.Store](), operations())
}

// What is damaged in a file is said by whoever needs it, and nothing is written.
func TestStore_saysWhatIsDamaged(t *testing.T) {
	sqlitetest.SaysWhatIsDamaged(t, operations(), map[string][]string{
		`UPDATE invoice SET draft = '{'`:                         {"Record", "RecordsIn", "ListInvoices", "EachInvoice", "Tasks", "Task", "SaveTask", "SaveRecord of one that is found"},
		`UPDATE invoice SET lines = '{'`:                         {"Attempts"},
		`UPDATE invoice SET amounts = '{'`:                       {"Record"},
		`UPDATE invoice SET read_total = 'much'`:                 {"Record"},
		`UPDATE invoice SET asked_at = 'yesterday'`:              {"Record"},
		`UPDATE seen_invoice SET "row" = '{'`:                    {"SeenInvoices", "LastSeen"},
		`UPDATE seen_invoice SET tokens = '{'`:                   {"SeenInvoices"},
		`UPDATE invoice_task SET opened_at = 'today'`:            {"Task", "SaveTask that is closed"},
		`UPDATE sales_order SET later = '{'`:                     {"SaveRecord of a draft that is deleted"},
		`UPDATE setting SET value = '{' WHERE key = 'invoicing'`: {"InvoiceSettings"},
	})
}
