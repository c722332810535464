package app

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/monthend"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/report"
	"github.com/sopyo/sopyo-desktop/domain/signin"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/documents"
	"github.com/sopyo/sopyo-desktop/storage/files"
	"github.com/sopyo/sopyo-desktop/storage/isbasi"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
	"github.com/sopyo/sopyo-desktop/storage/sqlite"
)

// Store is a company's file. What a screen or a command asks of nothing else it asks of it directly.
type Store = sqlite.Company

// Company is one company, opened: this process holds it until Close. It is what the window's ports and
// the command line work with.
type Company struct {
	*Store        // deeper than what decides with it, whose methods hide those of the same name that only keep
	*mail.Account // the machine's
	*mail.Outbox
	*pricing.Engine
	*report.Reporter
	*exports.Exporter
	*listing.Importer
	*doctor.Examiner
	*transfer.Jobs
	*syncs
	*issuing.Invoices
	*monthend.Maker
	*orderImporter
	*quota.KeyedLedger // counts what İşbaşı is asked
	*signin.Authorisation[*isbasi.Client]
	files.Folders
	Info domain.Company

	app       *App
	documents documents.Company
	release   func() error // gives the company back to other programs
	demo      *sandbox.Server

	// Letters are sent beside the work of a caller. alive ends when the company closes, and Close waits for work.
	work      sync.WaitGroup
	alive     context.Context
	end       context.CancelFunc
	mailing   sync.Once // KeepMailing
	syncing   sync.Once // KeepSyncing
	invoicing sync.Once // KeepInvoicing
}

// Close interrupts what is at work and gives the company back: unused bookings first, then files and lock.
func (c *Company) Close() error {
	if c.Jobs != nil {
		c.Runner.Close() // first: what ends there is reported
	}
	if c.syncs != nil {
		c.Syncing.Close()
	}
	if c.Invoices != nil {
		c.Invoices.Close()
	}
	c.end()
	c.work.Wait()
	var errs []error
	if c.KeyedLedger != nil {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		errs = append(errs, c.Ledger.Close(ctx))
	}
	if c.Reporter != nil { // opening has come as far as that
		c.Reporter.Wait()
	}
	if c.Store != nil {
		errs = append(errs, c.Store.Close())
	}
	if c.demo != nil {
		errs = append(errs, c.demo.Close())
	}
	if c.release != nil { // a reader has taken none
		errs = append(errs, c.release())
	}
	return errors.Join(errs...)
}
