package sync

import (
	"context"
	"iter"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// Books is İşbaşı as a sync reads it.
type Books interface {
	transfer.Books
	// Changed is Products of what changed at or after since. Where İşbaşı does not understand that it gives
	// everything: the rows tell (isbasi-api.md §12).
	Changed(ctx context.Context, since time.Time, in transfer.Range) iter.Seq2[transfer.Page, error]
	// Product reads one whole product. KindNotFound: it is gone.
	Product(ctx context.Context, ref domain.ProductRef) (domain.ProductDetail, error)
}

// Writer is İşbaşı as a sync writes it. An error of KindUnknown leaves open whether it has taken effect.
type Writer interface {
	// SaveProduct changes what is named of a product. KindState: its price is not what the change expects any more.
	SaveProduct(ctx context.Context, ref domain.ProductRef, change domain.ProductChange) (before domain.ProductDetail, err error)
	// SaveStock stores a stock receipt, if the key may.
	SaveStock(ctx context.Context, m domain.StockMovement) error
	// StockSaved tells whether a receipt of that number has moved the product's stock.
	StockSaved(ctx context.Context, ref domain.ProductRef, number string) (bool, error)
	// ProbeStock finds out whether the key may write stock, and remembers it.
	ProbeStock(ctx context.Context) (domain.AbilityAnswer, error)
}

// Abilities are what is remembered of what İşbaşı lets the key do.
type Abilities interface {
	Ability(ctx context.Context, a domain.Ability) (domain.AbilityAnswer, error)
	Remember(ctx context.Context, a domain.Ability, answer domain.AbilityAnswer) error
}

// Spending tells what the month has cost and whether work may begin.
type Spending interface {
	Usage(ctx context.Context) (quota.Usage, error)
	May(ctx context.Context, c quota.Cost, p quota.Purpose) error
}

// Runs keeps runs. Every method is one transaction, and gives the run as it was stored.
type Runs interface {
	CreateSync(ctx context.Context, r Run) (Run, error)
	SaveSync(ctx context.Context, r Run) (Run, error)
	// StopSync stores that a person wants a run stopped that is being worked on.
	StopSync(ctx context.Context, id int64) error
	// SeeProducts stores what a page said, as read by r at that time.
	SeeProducts(ctx context.Context, r Run, products []domain.RemoteProduct, at time.Time) (Run, error)
	// LastProductSeen gives the greatest id among the products that r has read, "" when there is none; ProductsSeenBelow counts those
	// with a smaller one.
	LastProductSeen(ctx context.Context, r Run) (domain.RemoteID, error)
	ProductsSeenBelow(ctx context.Context, r Run, id domain.RemoteID) (int, error)
	// UnseeBetween takes back that r has read the products from one id up to, and without, another ("": without end),
	// but for those that stay.
	UnseeBetween(ctx context.Context, r Run, from, to domain.RemoteID, stay []domain.RemoteID) (Run, error)
	// ForgetSync forgets what r has read: it reads anew.
	ForgetSync(ctx context.Context, r Run) (Run, error)
}

// Plans keeps what runs do. Every method is one transaction.
type Plans interface {
	// Missed gives the bound products that r, which read the whole list, has not seen and that are not known to be gone.
	Missed(ctx context.Context, r Run) ([]domain.ProductRef, error)
	// Gone stores that a bound product is gone at İşbaşı.
	Gone(ctx context.Context, ref domain.ProductRef) error
	// Pairs gives every bound product with both sides' values, as r has seen them.
	Pairs(ctx context.Context, r Run) ([]Pair, error)
	// SaveSyncPlan stores the plan of r.
	SaveSyncPlan(ctx context.Context, r Run, p Plan) (Run, error)
}

// Changes carries plans out. Every method is one transaction.
type Changes interface {
	// Pull writes the next n pulled values into the catalogue, before-images kept, and tells how many rows there
	// were and the name of the last.
	Pull(ctx context.Context, r Run, n int) (after Run, rows int, lastName string, err error)
	// BeginPush gives the changes of the next product whose values go out, now on their way; none: nothing is left.
	// What changed here since the plan has failed and is not among them.
	BeginPush(ctx context.Context, r Run) (Run, []Item, error)
	// EndPush stores what became of them.
	EndPush(ctx context.Context, r Run, items []Item) (Run, error)
	// LoseSent says of pushes on whose way the program ended that nobody knows what became of them.
	LoseSent(ctx context.Context) error
	// ReopenSync makes what failed planned again.
	ReopenSync(ctx context.Context, r Run) (Run, error)
}

// Pair is a bound product with what both sides have.
type Pair struct {
	Product      domain.ProductID
	Ref          domain.ProductRef
	Code         domain.Code
	Name         string
	OurCurrency  domain.Currency // of our price
	Currency     domain.Currency // of theirs, "" = TRY
	ModifiedAt   time.Time       // at İşbaşı; zero: unknown
	ReadAt       time.Time       // of their values; zero: never read
	Seen         bool            // their values were read by the run itself
	Gone         bool
	Stock, Price Value
}

// Value is one field of a pair.
type Value struct {
	Base, Ours, Theirs decimal.NullDecimal
	BaseAt, OursAt     time.Time // zero: unknown
	Push               *Item     // the last one that nobody has confirmed or refuted
	Refused            *Item     // the last push of the field, where İşbaşı, or we for it, refused the value
	Said               *Said     // what a person said of it
}

// Said is what a person has said of a field.
type Said struct {
	Owner        domain.Owner // whose value holds from now on; OwnerNobody: as the settings say
	Kind         SaidKind
	Ours, Theirs decimal.NullDecimal // of which Kind was said: another value, and it holds no more
}

// SaidKind is what was said of the values that stood.
type SaidKind string

// The kinds.
const (
	SaidNothing SaidKind = ""
	SaidOurs    SaidKind = "ours"   // the catalogue's is to be written to İşbaşı, whatever speaks against it but a setting
	SaidUndone  SaidKind = "undone" // the pull was taken back
	SaidNoted   SaidKind = "noted"  // entered at İşbaşı by hand
)

// Plan is what a run is to do about all pairs.
type Plan struct {
	Items []Item // in the order of doing
	Agree []Agreement
	Open  []Open // all there are now
	// Outdated are the fields of which a person said something of values that do not stand any more.
	Outdated []OpenKey
	// Confirmed and Refuted are the pushes that were seen, and those of which something else was.
	Confirmed, Refuted                   []int64
	Compared, Unchanged, Conflicts, Held int
	Brakes                               []Brake
}

// Agreement is a value that both sides have.
type Agreement struct {
	Product domain.ProductID
	Ref     domain.ProductRef
	Field   domain.Shared
	Value   decimal.Decimal
}

// Undoing decides what waits, and takes runs and decisions back.
type Undoing interface {
	// DecideFields carries out a decision, all of it or nothing; stock is what the key may.
	DecideFields(ctx context.Context, d Decision, stock domain.AbilityAnswer) (Decided, error)
	// PlanSyncUndo tells what taking r back would do now, and writes nothing.
	PlanSyncUndo(ctx context.Context, run int64) (UndoPlan, error)
	// UndoSync restores in the catalogue what the run has changed on either side, in one transaction.
	UndoSync(ctx context.Context, run int64) (UndoPlan, error)
}

// UndoPlan is what an undo does: pulled values are restored from their before-images; of a push the catalogue gets
// back what İşbaşı had before, which then goes out as a new push.
type UndoPlan struct {
	Run      Run
	Restored int // fields of pulls
	Return   int // fields of pushes
	Kept     int // fields that were changed since, and stay
}
