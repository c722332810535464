package orders

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Kept is an order as a company keeps it: what its source says, and what people say besides.
type Kept struct {
	ID     int64
	Order         // as its source said it last; see Standing
	Source Source // how it came here
	From   string // name of the file
	// AddedAt is when it was read for the first time, ChangedAt when the source last said something else.
	AddedAt, ChangedAt time.Time
	Said               Said
	// Later is what the source says now of an order that stays as it was invoiced; nil: nothing else.
	Later *Order
	// Products are what the lines of Standing are of, as many and in their order.
	Products []LineProduct
	Verdict  Verdict
}

// Source is how an order came here.
type Source string

// The sources.
const (
	SourceFile  Source = "file"
	SourceTyped Source = "typed"
)

// Said is what people say of an order, beside its source or in its place. It stays when the order is read again; what
// it says of lines ends when the source says other lines.
type Said struct {
	Held  bool `json:"held,omitempty"`  // it is not invoiced before somebody lets it go
	Never bool `json:"never,omitempty"` // it is not invoiced here at all
	// Buyer: what is filled stands in the place of the source's.
	Buyer      Buyer            `json:"buyer"`
	PublicBody bool             `json:"public_body,omitempty"`
	Lines      map[int]SaidLine `json:"lines,omitempty"` // by their place in Order.Lines
	Added      []Line           `json:"added,omitempty"` // that the source left out: shipping, a fee
	// Discount, Total: in the place of the source's Discount and StatedTotal. Rate is that of the currency in TRY.
	Discount decimal.NullDecimal `json:"discount"`
	Total    decimal.NullDecimal `json:"total"`
	Rate     decimal.NullDecimal `json:"rate"`
	// InvoiceDate is the day that the invoice is to have, midnight in domain.Istanbul; zero: that of its issue.
	InvoiceDate time.Time `json:"invoice_date,omitzero"`
}

// SaidLine is what people say of one line.
type SaidLine struct {
	Name      string              `json:"name,omitempty"` // in the place of the source's, like the numbers
	Quantity  decimal.NullDecimal `json:"quantity"`
	Unit      decimal.NullDecimal `json:"unit"`
	Discount  decimal.NullDecimal `json:"discount"`
	VAT       decimal.NullDecimal `json:"vat"`
	Exemption string              `json:"exemption,omitempty"` // code of the reason for VAT 0
	// Product is the catalogue's that the line is of, 0: the one that is found. Without: it is invoiced without one.
	Product domain.ProductID `json:"product,omitempty"`
	Without bool             `json:"without,omitempty"`
}

// LineProduct is what is known of the product that a line is of. The zero value: nothing is.
type LineProduct struct {
	ID      domain.ProductID
	Code    domain.Code // İşbaşı's where the product is bound, else the catalogue's
	Name    string
	Unit    string              // İşbaşı's; "" = not known
	VATRate decimal.NullDecimal // percent
	Bound   bool                // to a product of İşbaşı's
	By      FoundBy
}

// FoundBy says by what a line's product was found.
type FoundBy string

// The ways, from the surest on.
const (
	FoundByNothing FoundBy = ""
	FoundByPerson  FoundBy = "person"  // who said it of this order
	FoundByPair    FoundBy = "pair"    // what a person said of an earlier order
	FoundByBarcode FoundBy = "barcode" // of exactly one product
	FoundByCode    FoundBy = "code"    // of exactly one product
)

// Stage is where an order stands on its way to an invoice.
type Stage string

// The stages.
const (
	StageReady    Stage = "ready"
	StageHeld     Stage = "held"     // Verdict.Reasons say why
	StageInvoiced Stage = "invoiced" // be it by a draft
	StageTask     Stage = "task"     // invoiced, then cancelled or returned at its source
	StageNever    Stage = "never"    // a person said so, or its source has called it off (Status.Over)
)

// Stages are all of them, in the order in which they are shown.
func Stages() []Stage { return []Stage{StageReady, StageHeld, StageInvoiced, StageTask, StageNever} }

// Verdict is what was judged of an order last, as it is listed. Reasons and Warnings are words of domain/invoicing.
type Verdict struct {
	Stage    Stage
	Reasons  []string
	Warnings []string
	Total    decimal.Decimal
	At       time.Time // zero: never
	// Invoice is the number of the invoice that stands, "" while there is none or it has none.
	Invoice string
	// Draft: what stands is a draft at İşbaşı, nothing was issued yet.
	Draft bool
	// Queued is what it waits for in the queue, "" for nothing.
	Queued Wish
}

// Holding are the reasons for which an order is held now, or why its source has called it off: of one that was invoiced
// meanwhile, or that a person wants never to be, there are none.
func (k *Kept) Holding() []string {
	switch v := &k.Verdict; {
	case v.Stage == StageHeld, v.Stage == StageNever && !k.Said.Never && k.Status.Over():
		return v.Reasons
	default:
		return nil
	}
}

// Wish is what an order in the queue waits for.
type Wish string

// The wishes.
const (
	WishNothing   Wish = ""
	WishDraft     Wish = "draft"     // an invoice left as a draft
	WishFormalise Wish = "formalise" // one that is signed and sent at once: it cannot be taken back
)

// Standing is the order with what people say in the place of what its source says.
func (k *Kept) Standing() Order {
	o := k.Order
	o.Buyer = o.Buyer.with(k.Said.Buyer)
	o.Lines = make([]Line, 0, len(k.Lines)+len(k.Said.Added))
	for i, l := range k.Lines {
		o.Lines = append(o.Lines, l.with(k.Said.Lines[i]))
	}
	o.Lines = append(o.Lines, k.Said.Added...)
	if k.Said.Discount.Valid {
		o.Discount = k.Said.Discount.Decimal
	}
	if k.Said.Total.Valid {
		o.StatedTotal = k.Said.Total
	}
	return o
}

// with puts what is filled of another one in the place of b's.
func (b Buyer) with(said Buyer) Buyer {
	if said.Type != "" {
		b.Type = said.Type
	}
	for _, f := range []struct {
		to   *string
		from string
	}{
		{&b.First, said.First},
		{&b.Last, said.Last},
		{&b.Name, said.Name},
		{&b.TaxNumber, said.TaxNumber},
		{&b.TaxOffice, said.TaxOffice},
		{&b.Address, said.Address},
		{&b.City, said.City},
		{&b.District, said.District},
		{&b.PostalCode, said.PostalCode},
		{&b.Plate, said.Plate},
		{&b.Country, said.Country},
	} {
		if f.from != "" {
			*f.to = f.from
		}
	}
	return b
}

// with puts what people say in the place of what the source says. A price of theirs is what the line costs: the
// source's amount, which would contradict it, goes.
func (l Line) with(said SaidLine) Line {
	if said.Name != "" {
		l.Name = said.Name
	}
	if said.Quantity.Valid {
		l.Quantity, l.Amount = said.Quantity.Decimal, decimal.NullDecimal{}
	}
	if said.Unit.Valid {
		l.Unit, l.Amount = said.Unit.Decimal, decimal.NullDecimal{}
	}
	if said.Discount.Valid {
		l.Discount, l.PerUnit = said.Discount.Decimal, false
	}
	if said.VAT.Valid {
		l.VAT = said.VAT
	}
	return l
}

// Query asks for one page of a company's orders. The zero value is all of them.
type Query struct {
	Stage       Stage  // "" = any
	Marketplace string // "" = any
	Search      string // every word has to be in the folded key, number, buyer or a line's name
	Sort        Sort
	Desc        bool
	Limit       int // 0 = all
	Offset      int
}

// Sort is the column a list of orders is sorted by.
type Sort string

// The sortable columns; SortByAge is the order in which they came.
const (
	SortByAge         Sort = ""
	SortByMarketplace Sort = "marketplace"
	SortByNumber      Sort = "number"
	SortByOrdered     Sort = "ordered"
	SortByBuyer       Sort = "buyer"
	SortByTotal       Sort = "total"
	SortByStage       Sort = "stage"
)

// Taken is what became of orders that were read.
type Taken struct {
	New, Same, Changed int
	// Frozen are those whose source says something else since they were invoiced: they stay as they are, and what it
	// says now is kept beside.
	Frozen int
	IDs    []int64 // of New and Changed
}

// Pair is a product that a person has said is what a source means by a code, a barcode or a name.
type Pair struct {
	Marketplace string
	Key         string // Line.PairKey
	Product     domain.ProductID
}

// PairKey is what a source calls the product of a line by, "" when by nothing: its code, else its barcode, else its
// name.
func (l *Line) PairKey() string {
	for _, key := range []struct{ kind, text string }{
		{"code", domain.Code(l.Code).K1()}, {"barcode", domain.Code(l.Barcode).K1()}, {"name", domain.Fold(l.Name)},
	} {
		if key.text != "" {
			return key.kind + ":" + key.text
		}
	}
	return ""
}
