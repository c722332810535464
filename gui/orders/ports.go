package orders

import (
	"context"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/orders/intake"
)

// Company is what the screen asks of the company. Every method may block.
type Company interface {
	intake.Company
	Orders
	Typing
	Judge
	Runs
	Strays
	Products
}

// Orders are what the company keeps of its orders.
type Orders interface {
	// ListOrders gives one page and how many orders q finds in all.
	ListOrders(ctx context.Context, q orders.Query) ([]orders.Kept, int, error)
	// OrderStages counts them by stage.
	OrderStages(ctx context.Context) (map[orders.Stage]int, error)
	// ExportOrders writes the orders of q, all pages, as an Excel file in the words of lang and gives its path.
	ExportOrders(ctx context.Context, lang string, q orders.Query) (path string, err error)
}

// Typing takes down orders that come by telephone and the like.
type Typing interface {
	// AddOrder stores an order that a person has typed; without a package its number is that. KindInvalid: the key is
	// there already (field "package").
	AddOrder(ctx context.Context, o orders.Order) (orders.Kept, error)
	// JudgeOrders judges orders anew, all that have no invoice where no key is given, and stores the verdicts.
	JudgeOrders(ctx context.Context, keys ...orders.Key) error
}

// Judge examines orders, and takes down what a person says of them. It asks İşbaşı nothing.
type Judge interface {
	ExamineOrder(ctx context.Context, k orders.Key) (issuing.Examined, error)
	// CorrectOrder stores what a person says of an order in the place of what was said before, and judges it anew.
	// KindState: it has an invoice.
	CorrectOrder(ctx context.Context, k orders.Key, said orders.Said) (issuing.Examined, error)
	// BindLine says of which product a line of an order is, and remembers it for other orders of the marketplace.
	BindLine(ctx context.Context, k orders.Key, line int, product domain.ProductID, remember bool) (issuing.Examined, error)
}

// Runs make invoices.
type Runs interface {
	// PlanInvoices tells what a run would do now. It asks İşbaşı nothing.
	PlanInvoices(ctx context.Context, r issuing.Request) (issuing.Plan, error)
	// StartInvoices puts orders into the queue and begins to work on it.
	StartInvoices(ctx context.Context, r issuing.Request) (*issuing.Work, error)
	// Working gives the run at work, or the last one; nil: there was none.
	Working() *issuing.Work
	// InvoiceStanding tells how the invoices stand; it asks İşbaşı nothing.
	InvoiceStanding(ctx context.Context) (issuing.Standing, error)
}

// Strays are invoices that did not go the usual way.
type Strays interface {
	// LinkInvoice says that an order was invoiced on İşbaşı's own screen. KindState: it has an invoice that stands.
	LinkInvoice(ctx context.Context, k orders.Key, number string, day time.Time) error
	// LookUpCost tells how many attempts are to be looked up, and what that costs at least.
	LookUpCost(ctx context.Context) (n int, c quota.Cost, err error)
	// LookUpInvoices looks for what has become of attempts of which nobody knows.
	LookUpInvoices(ctx context.Context) (issuing.Looked, error)
}

// Products is the company's own catalogue.
type Products interface {
	// ListProducts gives one page and how many products q finds in all.
	ListProducts(ctx context.Context, q domain.ProductQuery) ([]domain.ListedProduct, int, error)
}

// env is what everything of the screen is given.
type env struct {
	*kit.Env
	co Company
	*kit.Leaves
}
