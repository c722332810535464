package app

import (
	"bytes"
	"context"
	"io"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain/monthend"
	"github.com/sopyo/sopyo-desktop/domain/report"
	reports "github.com/sopyo/sopyo-desktop/storage/report"
)

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
	settings, err := c.app.MailSettings(ctx)
	if err != nil {
		return report.Mailed{}, err
	}
	l, err := monthend.Letter(w, c.Info.Name, m, pack, file.Bytes(), settings)
	if err != nil {
		return report.Mailed{}, err
	}
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
	err := r.each(ctx, func(c *Company) error {
		mailed, err := c.MailMonth(ctx, m, a, p)
		if err == nil {
			all = append(all, mailed)
		}
		return err
	})
	return all, err
}
