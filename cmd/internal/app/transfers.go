package app

import (
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/files"
)

// New makes a job that has not started. KindNeedsSignIn: the company is not authorised;
// KindInvalid (field "integration"): the integration is closed.
func (c *Company) New(ctx context.Context, o transfer.Options) (*transfer.Job, error) {
	settings, err := c.Store.Settings(ctx)
	if err != nil {
		return nil, err
	}
	if err := c.signedIn(ctx); err != nil {
		return nil, err
	}
	if !settings.IntegrationOn {
		return nil, domain.Invalid("integration", "integration-closed")
	}
	if err := o.Validate(); err != nil {
		return nil, err
	}
	if o.ReportTo != "" {
		if _, err := mail.ParseAddress(o.ReportTo); err != nil {
			return nil, mail.Named(err, "report_to")
		}
	}
	o.Currency = settings.Currency
	return c.job(transfer.Run{Options: o}), nil
}

// Resume gives a job for the newest run that is confirmed and not finished, nil when there is none.
func (c *Company) Resume(ctx context.Context) (*transfer.Job, error) {
	run, ok, err := c.Store.UnfinishedRun(ctx)
	if err != nil || !ok {
		return nil, err
	}
	return c.job(run), nil
}

// interrupted gives the job that may go on by itself, nil when there is none: a closed integration is left
// alone.
func (c *Company) interrupted(ctx context.Context) (*transfer.Job, error) {
	settings, err := c.Store.Settings(ctx)
	if err != nil || !settings.IntegrationOn {
		return nil, err
	}
	return c.Resume(ctx)
}

func (c *Company) job(run transfer.Run) *transfer.Job {
	return transfer.NewJob(transfer.Deps{
		Books: books{c}, Runs: c.Store, Catalogue: c.Store, Reporter: c, Now: time.Now,
		Queue: queue{machine: c.app.Machine, dir: c.app.dir, company: c.Info.ID},
	}, run)
}

// books are the company's İşbaşı, signed in when the first page is asked for: a run that resumes in
// its last phase needs no session at all.
type books struct{ c *Company }

func (b books) Calls() (reads, writes int) { return b.c.client.Load().Calls() }

func (b books) Products(ctx context.Context, from int) iter.Seq2[transfer.Page, error] {
	return func(yield func(transfer.Page, error) bool) {
		if err := b.c.signedIn(ctx); err != nil {
			yield(transfer.Page{}, err)
			return
		}
		b.c.client.Load().Products(ctx, from)(yield)
	}
}

// exportPage is how many rows are in memory while a list is exported.
const exportPage = 1000

// Export writes all rows of q as an Excel file into the person's documents and gives its path.
func (c *Company) Export(ctx context.Context, q transfer.Query) (string, error) {
	text, err := c.words(ctx)
	if err != nil {
		return "", err
	}
	path, err := exportPath(fmt.Sprintf("isbasi-aktarim-%d", q.RunID))
	if err != nil {
		return "", err
	}
	var header []string
	for _, key := range []string{"id", "code", "barcode", "name", "price", "stock", "outcome", "product", "reason", "notes"} {
		header = append(header, text.T("export."+key))
	}
	return path, files.WriteTable(path, header, c.exportRows(ctx, text, q))
}

func (c *Company) exportRows(ctx context.Context, text *assets.Text, q transfer.Query) iter.Seq2[[]files.Cell, error] {
	return func(yield func([]files.Cell, error) bool) {
		q.Limit, q.Offset = exportPage, 0
		for {
			rows, _, err := c.Store.Rows(ctx, q)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, r := range rows {
				if !yield(exportRow(text, r), nil) {
					return
				}
			}
			if len(rows) < exportPage {
				return
			}
			q.Offset += exportPage
		}
	}
}

func exportRow(text *assets.Text, r transfer.Listed) []files.Cell {
	notes := ""
	for i, n := range r.Notes {
		if i > 0 {
			notes += "; "
		}
		notes += text.T("note." + string(n))
	}
	return []files.Cell{
		{Text: string(r.Remote.ID)},
		{Text: string(r.Remote.Code)},
		{Text: string(r.Remote.Barcode)},
		{Text: r.Remote.Name},
		{Number: r.Remote.Price},
		{Number: r.Remote.Stock},
		{Text: text.T("outcome." + string(r.Outcome))},
		{Text: r.ProductName},
		{Text: Why(text, r.Row)},
		{Text: notes},
	}
}

// Why words the reason of a row: what a person decided, the tier of a pair, or why there is none.
func Why(text *assets.Text, r transfer.Row) string {
	why := ""
	switch {
	case r.Decided == transfer.DecidePair:
		return text.T("decided.pair")
	case r.Tier != "":
		why = text.T("tier." + string(r.Tier))
	case r.Reason != "" && r.Candidates > 0:
		why = text.T("reason."+string(r.Reason), r.Candidates)
	case r.Reason != "":
		why = text.T("reason." + string(r.Reason))
	}
	if r.Flag != "" {
		why += " · " + text.T("flag."+string(r.Flag))
	}
	if r.Decided != "" {
		why = text.T("decided."+string(r.Decided)) + " · " + why
	}
	return why
}
