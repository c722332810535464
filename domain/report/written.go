package report

import (
	"context"
	"io"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// pageProblems is how many problems a page shows; the workbook has them all.
const pageProblems = 200

// Ended writes the report of a run that has ended, by itself and beside whatever else goes on, see Wait. What
// fails is logged and tried again at the next start: a report never fails a transfer.
func (r *Reporter) Ended(run transfer.Run) {
	r.work.Go(func() { r.end(context.Background(), run) })
}

// CatchUp is Ended for every run that a kill has left without its report.
func (r *Reporter) CatchUp(ctx context.Context) error {
	runs, err := r.deps.Store.UnreportedRuns(ctx)
	for _, run := range runs {
		r.Ended(run) //nolint:contextcheck // it goes on after this call
	}
	return err
}

// Wait waits for the reports that are written by themselves.
func (r *Reporter) Wait() { r.work.Wait() }

// SaveReports writes the reports of every run that has ended and has none: those that a kill has left out,
// and those that are about to be written anyway.
func (r *Reporter) SaveReports(ctx context.Context) error {
	runs, err := r.deps.Store.UnreportedRuns(ctx)
	for _, run := range runs {
		r.end(ctx, run)
	}
	return err
}

func (r *Reporter) end(ctx context.Context, run transfer.Run) {
	if _, err := r.ensure(ctx, run); err != nil {
		r.deps.Log.ErrorContext(ctx, "the report could not be saved", "transfer", run.ID, "error", err)
		return
	}
	r.deps.Outbox.Wake()
}

// ensure gives the report of a run as it stands, written now if there is none or if somebody has
// taken its page away. With the first report of an end goes the letter that the run asked for, or a draft of
// it where no mail server is set up.
func (r *Reporter) ensure(ctx context.Context, run transfer.Run) (Saved, error) {
	select {
	case r.writing <- struct{}{}:
	case <-ctx.Done():
		return Saved{}, domain.E(domain.KindCancelled, "write the report", ctx.Err())
	}
	defer func() { <-r.writing }()
	saved, ok, err := r.saved(ctx, run)
	if err != nil || saved.HTML != "" && r.deps.Files.Exists(saved.HTML) {
		return saved, err
	}
	w, err := r.deps.Words(ctx)
	if err != nil {
		return saved, err
	}
	value, err := r.report(ctx, run, pageProblems)
	if err != nil {
		return saved, err
	}
	next := Saved{RunID: run.ID, State: run.State, Open: open(run), SavedAt: r.deps.Now(), Draft: saved.Draft}
	stem := value.stem(w)
	if next.HTML, err = r.deps.Files.Create(w, stem, ".html", func(out io.Writer) error { return value.WriteHTML(out, w) }); err != nil {
		return saved, err
	}
	if next.XLSX, err = r.deps.Files.Create(w, stem, ".xlsx", r.workbook(ctx, value, w)); err != nil {
		return saved, err
	}
	var letter *mail.Letter
	if !ok && Due(run.State) && run.Options.ReportTo != "" {
		letter, next.Draft = r.announce(ctx, run, w, stem)
	}
	return next, r.deps.Store.SaveReport(ctx, next, letter)
}

func (r *Reporter) saved(ctx context.Context, run transfer.Run) (Saved, bool, error) {
	return r.deps.Store.ReportOf(ctx, run.ID, run.State, open(run))
}

// open counts the rows of a run that are not done with, see Saved.
func open(run transfer.Run) int { return run.Counters.Pending + run.Counters.Failed }

func (r *Reporter) workbook(ctx context.Context, value Report, w words.Words) func(io.Writer) error {
	return func(out io.Writer) error { return r.deps.Workbook(out, value, w, r.problems(ctx, value.Run.ID)) }
}

// announce makes the letter of a run that has ended, or saves it as a draft. A letter that cannot be made
// is logged: the report is there without it.
func (r *Reporter) announce(ctx context.Context, run transfer.Run, w words.Words, stem string) (_ *mail.Letter, draft string) {
	l, ready, err := r.letter(ctx, run, w)
	if err == nil {
		l.To = run.Options.ReportTo
		_, err = mail.ParseAddress(l.To)
	}
	if err == nil && ready {
		return &l, ""
	}
	if err == nil {
		draft, err = r.saveDraft(w, stem, l)
	}
	if err != nil {
		r.deps.Log.ErrorContext(ctx, "the report's letter could not be made", "transfer", run.ID, "error", err)
	}
	return nil, draft
}

// ReportFile gives the page of a run's report, which is written now if there is none.
func (r *Reporter) ReportFile(ctx context.Context, run int64) (string, error) {
	of, err := r.deps.Store.Run(ctx, run)
	if err != nil {
		return "", err
	}
	saved, err := r.ensure(ctx, of)
	return saved.HTML, err
}

// SavedReport gives what was written of a run's present end, ok = false when nothing was yet.
func (r *Reporter) SavedReport(ctx context.Context, run int64) (s Saved, ok bool, err error) {
	of, err := r.deps.Store.Run(ctx, run)
	if err != nil {
		return Saved{}, false, err
	}
	return r.saved(ctx, of)
}

// WriteReport writes a run's report into the file that a person named, in place of the one before, as a
// page (".html"), a workbook (".xlsx") or a draft to somebody ("" = nobody yet; ".eml").
func (r *Reporter) WriteReport(ctx context.Context, run int64, path, as, to string) error {
	w, err := r.deps.Words(ctx)
	if err != nil {
		return err
	}
	value, err := r.Report(ctx, run, pageProblems)
	if err != nil {
		return err
	}
	var write func(io.Writer) error
	switch as {
	case ".html":
		write = func(out io.Writer) error { return value.WriteHTML(out, w) }
	case ".xlsx":
		write = r.workbook(ctx, value, w)
	case ".eml":
		l, _, err := r.letter(ctx, value.Run, w)
		if err != nil {
			return err
		}
		l.To = to
		write = func(out io.Writer) error { return r.deps.Draft(out, l) }
	default:
		return &domain.Error{Kind: domain.KindFile, Op: "write the report", Detail: "file.unknown-ending"}
	}
	return r.deps.Write(path, write)
}
