package app

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain/report"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/storage/disk"
	reports "github.com/sopyo/sopyo-desktop/storage/report"
)

func (c *Company) newReporter() *report.Reporter {
	return report.NewReporter(report.Deps{
		Company: c.Info.Name, Store: c.Store, Files: reports.Files{Folders: func(w words.Words) []string { return c.documents.Reports(w.T("report.folder")) }}, Outbox: c.Outbox, Write: disk.Write,
		Workbook: reports.WriteXLSX, Draft: reports.WriteDraft,
		Words:  func(ctx context.Context) (words.Words, error) { return c.app.words(ctx, "") },
		Sender: c.app.MailSettings, Log: c.app.Log, Now: c.app.options.Now,
	})
}

// catchUp does when the company is opened what a kill has left undone: letters that were cut off are
// unknown now, as is what a sync was sending, a transfer that was stopping is stopped, and missing reports are
// written by themselves. It never keeps a company from opening.
func (c *Company) catchUp(ctx context.Context) {
	if _, err := c.RecoverStopped(ctx); err != nil {
		c.app.Log.WarnContext(ctx, "a transfer that was stopping is left as it is", "error", err)
	}
	if err := c.RecoverStoppedSyncs(ctx); err != nil {
		c.app.Log.WarnContext(ctx, "a sync that was stopping is left as it is", "error", err)
	}
	if err := c.LoseSent(ctx); err != nil {
		c.app.Log.WarnContext(ctx, "what a sync was sending is left as it is", "error", err)
	}
	n, err := c.RecoverLetters(ctx)
	if err != nil || n > 0 {
		c.app.Log.WarnContext(ctx, "letters were cut off while they were sent", "letters", n, "error", err)
	}
	if err := c.CatchUp(ctx); err != nil {
		c.app.Log.WarnContext(ctx, "missing reports cannot be looked for", "error", err)
	}
}
