package app

import (
	"bytes"
	"context"
	"io"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/monthend"
	"github.com/sopyo/sopyo-desktop/domain/report"
	reports "github.com/sopyo/sopyo-desktop/storage/report"
)

// maxMailed is how large a package may be that goes by mail, in bytes: servers take about 25 MB, and a letter is a third
// larger than its file.
const maxMailed = 18 << 20

// MailMonth queues the month-end package of the company as a zip for the address that reports go to, and keeps that the
// month was sent; where no mail server is set up it saves a draft, and the month is not sent yet. KindInvalid (field
// "size"): it is too large for a letter.
func (c *Company) MailMonth(ctx context.Context, m monthend.Month, a monthend.Ask, p *monthend.Progress) (report.Mailed, error) {
	pack, err := c.makeMonth(ctx, m, a, p)
	if err != nil {
		return report.Mailed{}, err
	}
	w, err := c.app.words(ctx, "")
	if err != nil {
		return report.Mailed{}, err
	}
	var file bytes.Buffer
	regular, bold := assets.Fonts()
	if err := (reports.Packages{Regular: regular, Bold: bold}).WriteZIP(ctx, w, &file, func(yield func(monthend.Package, error) bool) { yield(pack, nil) }); err != nil {
		return report.Mailed{}, err
	}
	if file.Len() > maxMailed {
		return report.Mailed{}, domain.Invalid("size", "mail-size")
	}
	settings, err := c.app.MailSettings(ctx)
	if err != nil {
		return report.Mailed{}, err
	}
	subject := w.T("invoices.month.subject", c.Info.Name, w.T("monthend.month", w.T(monthKey(m)), m.Begin().Format("2006")))
	l := mail.Letter{To: settings.To, MessageID: mail.NewMessageID(settings.From), Content: mail.Content{
		Subject: subject, Text: w.T("invoices.month.letter", subject, pack.Summary.Issued, pack.Summary.Missing),
		File: mail.File{Name: pack.Name + ".zip", Type: "application/zip", Data: file.Bytes()},
	}}
	if !settings.Ready() {
		path, err := c.create(pack.Name, ".eml", func(out io.Writer) error { return reports.WriteDraft(out, l) })
		return report.Mailed{Draft: path}, err
	}
	if l, err = c.QueueLetter(ctx, l); err != nil {
		return report.Mailed{}, err
	}
	c.Wake()
	return report.Mailed{Letter: l}, c.SendMonth(ctx, m)
}

// MailMonths is MailMonth for every company: each has a letter of its own.
func (r *Runners) MailMonths(ctx context.Context, m monthend.Month, a monthend.Ask, p *monthend.Progress) ([]report.Mailed, error) {
	var all []report.Mailed
	for c, err := range r.everyCompany(ctx) {
		if err != nil {
			return all, err
		}
		mailed, err := c.MailMonth(ctx, m, a, p)
		if err != nil {
			return all, domain.Wrap(err, "%s", c.Info.Name)
		}
		all = append(all, mailed)
	}
	return all, nil
}

func monthKey(m monthend.Month) string { return "month." + m.Begin().Format("01") }
