package gui

import (
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/backup"
	"github.com/sopyo/sopyo-desktop/gui/catalogue"
	"github.com/sopyo/sopyo-desktop/gui/files"
	"github.com/sopyo/sopyo-desktop/gui/history"
	"github.com/sopyo/sopyo-desktop/gui/invoices"
	"github.com/sopyo/sopyo-desktop/gui/mail"
	"github.com/sopyo/sopyo-desktop/gui/orders"
	"github.com/sopyo/sopyo-desktop/gui/prices"
	"github.com/sopyo/sopyo-desktop/gui/process"
	"github.com/sopyo/sopyo-desktop/gui/review"
	"github.com/sopyo/sopyo-desktop/gui/signin"
	"github.com/sopyo/sopyo-desktop/gui/sync"
	transferpage "github.com/sopyo/sopyo-desktop/gui/transfer"
)

// Company is one opened company as the window needs it. Every method may block and is called off the
// interface's thread.
type Company struct {
	Info domain.Company
	// Runner is where the company's transfers are worked on: they go on when another company is shown.
	Runner *transfer.Runner
	// Syncing is where its syncs are.
	Syncing *transfer.Runner
	Ports
}

// Ports are what the pages ask of a company.
type Ports interface {
	backup.Company
	catalogue.Company
	files.Company
	history.Company
	invoices.Company
	mail.Company
	orders.Company
	prices.Company
	process.Company
	review.Company
	signin.Company
	sync.Company
	transferpage.Company
}

// Runners is where this program works on the transfers and syncs of all its companies.
type Runners interface {
	// Working gives the companies for which something is at work, always in the same order.
	Working() []domain.CompanyID
	// Rested tells whether nothing is at work, and nothing goes on soon by itself.
	Rested() bool
	// Stop asks all to stop; Interrupt ends them where they are, and they go on at the next start. Both
	// wait for the page or batch in flight, and take no new work.
	Stop()
	Interrupt()
}
