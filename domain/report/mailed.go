package report

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// mailProblems is how many problems a letter shows, which people read on a telephone.
const mailProblems = 50

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// letter makes the letter of a run's report, to nobody yet, tax numbers masked; ready tells whether this
// machine can send it.
func (r *Reporter) letter(ctx context.Context, run transfer.Run, w words.Words) (l mail.Letter, ready bool, err error) {
	settings, err := r.deps.Sender(ctx)
	if err != nil {
		return l, false, err
	}
	value, err := r.report(ctx, run, mailProblems)
	if err != nil {
		return l, false, err
	}
	value = value.Masked()
	var page, book bytes.Buffer
	if err := value.WriteHTML(&page, w); err != nil {
		return l, false, domain.E(domain.KindInternal, "write the report", err)
	}
	masked := func(yield func(transfer.Listed, error) bool) {
		for row, err := range r.problems(ctx, run.ID) {
			if !yield(MaskedRow(row), err) {
				return
			}
		}
	}
	if err := r.deps.Workbook(&book, value, w, masked); err != nil {
		return l, false, err
	}
	return mail.Letter{
		RunID: run.ID, MessageID: mail.NewMessageID(settings.From),
		Content: mail.Content{
			Subject: value.Title(w), Text: w.T("report.mail.greeting", value.Company) + value.Text(w), HTML: page.String(),
			File: mail.File{Name: fmt.Sprintf("%s-%d.xlsx", w.T("report.file"), run.ID), Type: xlsxType, Data: book.Bytes()},
		},
	}, settings.Ready(), nil
}

// saveDraft saves a letter for the person's own mail program, and gives its path.
func (r *Reporter) saveDraft(w words.Words, stem string, l mail.Letter) (string, error) {
	return r.deps.Files.Create(w, stem, ".eml", func(out io.Writer) error { return r.deps.Draft(out, l) })
}

// Mailed is what became of a report that was to be mailed: a letter in the queue, or the path of a draft
// for the person's own mail program where nothing can be sent.
type Mailed struct {
	Letter mail.Letter
	Draft  string
}

// MailReport queues a run's report for an address, or saves a draft when no mail server is set up; the
// draft may be to nobody yet.
func (r *Reporter) MailReport(ctx context.Context, run int64, to string) (Mailed, error) {
	value, err := r.Report(ctx, run, 1)
	if err != nil {
		return Mailed{}, err
	}
	w, err := r.deps.Words(ctx)
	if err != nil {
		return Mailed{}, err
	}
	l, ready, err := r.letter(ctx, value.Run, w)
	if err != nil {
		return Mailed{}, err
	}
	if l.To = strings.TrimSpace(to); ready || l.To != "" {
		if _, err := mail.ParseAddress(l.To); err != nil {
			return Mailed{}, mail.Named(err, "to")
		}
	}
	if !ready {
		path, err := r.saveDraft(w, value.stem(w), l)
		return Mailed{Draft: path}, err
	}
	if l, err = r.deps.Store.QueueLetter(ctx, l); err != nil {
		return Mailed{}, err
	}
	r.deps.Outbox.Wake()
	return Mailed{Letter: l}, nil
}

// SendReport is MailReport that sends at once: the letter is given as it stands then.
func (r *Reporter) SendReport(ctx context.Context, run int64, to string) (l mail.Letter, draft string, err error) {
	mailed, err := r.MailReport(ctx, run, to)
	if err != nil || mailed.Draft != "" {
		return mail.Letter{}, mailed.Draft, err
	}
	l, err = r.deps.Outbox.Delivered(ctx, mailed.Letter.ID)
	return l, "", err
}
