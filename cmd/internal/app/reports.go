package app

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/report"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/storage/disk"
	reports "github.com/sopyo/sopyo-desktop/storage/report"
)

// The problems that a report shows: on the page, and in a letter, which people read on a telephone. The
// workbook has them all.
const (
	pageProblems = 200
	mailProblems = 50
)

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// Ended writes the report of a run that has ended, by itself and beside whatever else goes on. What fails
// is logged and tried again at the next start: a report never fails a transfer.
func (c *Company) Ended(r transfer.Run) {
	c.work.Go(func() { c.endReport(context.WithoutCancel(c.alive), r) })
}

func (c *Company) endReport(ctx context.Context, r transfer.Run) {
	if _, err := c.ensureReport(ctx, r); err != nil {
		c.app.Log.ErrorContext(ctx, "the report could not be saved", "transfer", r.ID, "error", err)
		return
	}
	c.Outbox.Wake()
}

// SaveReports writes the reports of every run that has ended and has none: those that a kill has left out,
// and those that are about to be written anyway.
func (c *Company) SaveReports(ctx context.Context) error {
	runs, err := c.Store.UnreportedRuns(ctx)
	for _, r := range runs {
		c.endReport(ctx, r)
	}
	return err
}

// catchUp does when the company is opened what a kill has left undone: letters that were cut off are
// unknown now, a transfer that was stopping is stopped, and missing reports are written by themselves. It never keeps a company from opening.
func (c *Company) catchUp(ctx context.Context) {
	if _, err := c.RecoverStopped(ctx); err != nil {
		c.app.Log.WarnContext(ctx, "a transfer that was stopping is left as it is", "error", err)
	}
	n, err := c.Store.RecoverLetters(ctx)
	if err != nil || n > 0 {
		c.app.Log.WarnContext(ctx, "letters were cut off while they were sent", "letters", n, "error", err)
	}
	runs, err := c.Store.UnreportedRuns(ctx)
	if err != nil {
		c.app.Log.WarnContext(ctx, "missing reports cannot be looked for", "error", err)
	}
	for _, r := range runs {
		c.Ended(r) //nolint:contextcheck // it goes on after the call that opens the company
	}
}

// ensureReport gives the report of a run as it stands, written now if there is none or if somebody has
// taken its page away. With the first report of an end goes the letter that the run asked for, or a draft of
// it where no mail server is set up.
func (c *Company) ensureReport(ctx context.Context, r transfer.Run) (report.Saved, error) {
	c.reporting.Lock()
	defer c.reporting.Unlock()
	open := r.Counters.Pending + r.Counters.Failed
	saved, ok, err := c.Store.SavedReport(ctx, r.ID, r.State, open)
	if err != nil {
		return saved, err
	}
	if ok && saved.HTML != "" {
		if _, err := os.Stat(saved.HTML); err == nil {
			return saved, nil
		}
	}
	lang, err := c.words(ctx)
	if err != nil {
		return saved, err
	}
	value, err := c.report(ctx, r, pageProblems)
	if err != nil {
		return saved, err
	}
	next := report.Saved{RunID: r.ID, State: r.State, Open: open, SavedAt: time.Now(), Draft: saved.Draft}
	stem := reportName(lang, value)
	if next.HTML, err = c.saveFile(lang, stem, ".html", func(w io.Writer) error { return value.WriteHTML(w, lang) }); err != nil {
		return saved, err
	}
	if next.XLSX, err = c.saveFile(lang, stem, ".xlsx", func(w io.Writer) error { return c.writeXLSX(ctx, w, value, lang) }); err != nil {
		return saved, err
	}
	var letter *mail.Letter
	if !ok && report.Due(r.State) && r.Options.ReportTo != "" {
		letter, next.Draft = c.announce(ctx, r, lang, stem)
	}
	return next, c.Store.SaveReport(ctx, next, letter)
}

// announce makes the letter of a run that has ended, or saves it as a draft. A letter that cannot be made
// is logged: the report is there without it.
func (c *Company) announce(ctx context.Context, r transfer.Run, lang words.Words, stem string) (l *mail.Letter, draft string) {
	made, ready, err := c.letter(ctx, r, lang)
	if err == nil {
		_, err = mail.ParseAddress(r.Options.ReportTo)
		made.To = r.Options.ReportTo
	}
	if err == nil && ready {
		return &made, ""
	}
	if err == nil {
		draft, err = c.saveFile(lang, stem, ".eml", func(w io.Writer) error { return reports.WriteDraft(w, "", made) })
	}
	if err != nil {
		c.app.Log.ErrorContext(ctx, "the report's letter could not be made", "transfer", r.ID, "error", err)
	}
	return nil, draft
}

// reportName is the stem of a report's files: the day first, so that a folder sorts by it.
func reportName(lang words.Words, value report.Report) string {
	return fmt.Sprintf("%s-%s-%d", value.At().In(domain.Istanbul).Format("2006-01-02-1504"), lang.T("report.file"), value.Run.ID)
}

// saveFile saves a new file in the first of the report folders that takes it.
func (c *Company) saveFile(lang words.Words, stem, ext string, write func(io.Writer) error) (path string, err error) {
	for _, dir := range c.reportFolders(lang) {
		if path, err = disk.Create(dir, stem, ext, write); err == nil {
			return path, nil
		}
	}
	return "", err
}

// report makes the value of a run's report, with at most n of its problems.
func (c *Company) report(ctx context.Context, r transfer.Run, n int) (report.Report, error) {
	groups, err := c.Store.RowGroups(ctx, r.ID)
	if err != nil {
		return report.Report{}, err
	}
	value := report.New(c.Info.Name, r, groups, time.Now())
	value.Problems, value.ProblemCount, err = c.Store.Rows(ctx, transfer.Query{RunID: r.ID, Attention: true, Limit: n})
	if err != nil {
		return value, err
	}
	if plan, ok, err := c.Store.Plan(ctx, r.ID); err != nil {
		return value, err
	} else if ok {
		value.Plan = &plan
	}
	value.Deviations, value.DeviationCount, err = c.Deviations(ctx, r.ID, report.PageDeviations, 0)
	return value, err
}

// everyProblem gives all rows of a run that need a person.
func (c *Company) everyProblem(ctx context.Context, runID int64) iter.Seq2[transfer.Listed, error] {
	return c.Store.EachRow(ctx, transfer.Query{RunID: runID, Attention: true})
}

func (c *Company) writeXLSX(ctx context.Context, w io.Writer, r report.Report, lang words.Words) error {
	return reports.WriteXLSX(w, r, lang, c.everyProblem(ctx, r.Run.ID))
}

// letter makes the letter of a run's report, to nobody yet, tax numbers masked; ready tells whether this
// machine can send it.
func (c *Company) letter(ctx context.Context, r transfer.Run, lang words.Words) (l mail.Letter, ready bool, err error) {
	settings, err := c.app.MailSettings(ctx)
	if err != nil {
		return l, false, err
	}
	value, err := c.report(ctx, r, mailProblems)
	if err != nil {
		return l, false, err
	}
	value = value.Masked()
	var page, book bytes.Buffer
	if err := value.WriteHTML(&page, lang); err != nil {
		return l, false, domain.E(domain.KindInternal, "write the report", err)
	}
	masked := func(yield func(transfer.Listed, error) bool) {
		for row, err := range c.everyProblem(ctx, r.ID) {
			if !yield(report.MaskedRow(row), err) {
				return
			}
		}
	}
	if err := reports.WriteXLSX(&book, value, lang, masked); err != nil {
		return l, false, err
	}
	return mail.Letter{
		RunID: r.ID, MessageID: mail.NewMessageID(settings.From),
		Content: mail.Content{
			Subject: value.Title(lang), Text: lang.T("report.mail.greeting", value.Company) + value.Text(lang), HTML: page.String(),
			File: mail.File{Name: fmt.Sprintf("%s-%d.xlsx", lang.T("report.file"), r.ID), Type: xlsxType, Data: book.Bytes()},
		},
	}, settings.Ready(), nil
}

// reportFolders are where reports are saved: a folder of the company among the person's documents, where
// they find them, and every browser and mail program may read them (those of Ubuntu cannot look into
// hidden folders such as ours). Who names a data folder wants everything in it, and what documents do not
// take goes there too.
func (c *Company) reportFolders(lang words.Words) []string {
	own := filepath.Join(c.app.dir, "reports", string(c.Info.ID))
	if c.app.options.DataDir != "" {
		return []string{own}
	}
	documents, err := disk.Documents()
	if err != nil {
		return []string{own}
	}
	return []string{filepath.Join(documents, documentsFolder, lang.T("report.folder"), disk.Name(c.Info.Name)), own}
}

// ReportFile gives the page of a run's report, which is written now if there is none.
func (c *Company) ReportFile(ctx context.Context, runID int64) (string, error) {
	r, err := c.Store.Run(ctx, runID)
	if err != nil {
		return "", err
	}
	saved, err := c.ensureReport(ctx, r)
	return saved.HTML, err
}

// Report gives the value of a run's report as it is now, with at most n of its problems (0 = all).
func (c *Company) Report(ctx context.Context, runID int64, n int) (report.Report, error) {
	r, err := c.Store.Run(ctx, runID)
	if err != nil {
		return report.Report{}, err
	}
	return c.report(ctx, r, n)
}

// WriteReport writes a run's report into the file that a person named, in place of the one before, as a
// page (".html"), a workbook (".xlsx") or a draft to somebody ("" = nobody yet; ".eml").
func (c *Company) WriteReport(ctx context.Context, runID int64, path, as, to string) error {
	lang, err := c.words(ctx)
	if err != nil {
		return err
	}
	value, err := c.Report(ctx, runID, pageProblems)
	if err != nil {
		return err
	}
	switch as {
	case ".html":
		return disk.Write(path, func(w io.Writer) error { return value.WriteHTML(w, lang) })
	case ".xlsx":
		return disk.Write(path, func(w io.Writer) error { return c.writeXLSX(ctx, w, value, lang) })
	case ".eml":
		l, _, err := c.letter(ctx, value.Run, lang)
		if err != nil {
			return err
		}
		l.To = to
		return disk.Write(path, func(w io.Writer) error { return reports.WriteDraft(w, "", l) })
	default:
		return &domain.Error{Kind: domain.KindFile, Op: "write the report", Detail: "file.unknown-ending"}
	}
}

// Mailed is what became of a report that was to be mailed: a letter in the queue, or the path of a draft
// for the person's own mail program where nothing can be sent.
type Mailed struct {
	Letter mail.Letter
	Draft  string
}

// MailReport queues a run's report for an address, or saves a draft when no mail server is set up; the
// draft may be to nobody yet.
func (c *Company) MailReport(ctx context.Context, runID int64, to string) (Mailed, error) {
	value, err := c.Report(ctx, runID, 1)
	if err != nil {
		return Mailed{}, err
	}
	lang, err := c.words(ctx)
	if err != nil {
		return Mailed{}, err
	}
	l, ready, err := c.letter(ctx, value.Run, lang)
	if err != nil {
		return Mailed{}, err
	}
	if l.To = strings.TrimSpace(to); ready || l.To != "" {
		if _, err := mail.ParseAddress(l.To); err != nil {
			return Mailed{}, mail.Named(err, "to")
		}
	}
	if !ready {
		l.CreatedAt = time.Now()
		path, err := c.saveFile(lang, reportName(lang, value), ".eml", func(w io.Writer) error { return reports.WriteDraft(w, "", l) })
		return Mailed{Draft: path}, err
	}
	if l, err = c.Store.QueueLetter(ctx, l); err != nil {
		return Mailed{}, err
	}
	c.Outbox.Wake()
	return Mailed{Letter: l}, nil
}
