package invoicing

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Record is an attempt with all that is kept of it: what was to be sent, and what İşbaşı has said of it since.
type Record struct {
	Attempt
	ID     int64
	Order  int64 // ID of the order that it was made of, 0: of none that is kept
	Serial int64 // the company's attempts counted, from 1 on: a file whose last one is not the latest was restored
	Token  Token
	// Draft is what was sent; Sums, Kind and Buyer (a name) are what it says. Number is that of TaxNumber.
	Draft     domain.InvoiceDraft
	Amounts   Amounts
	Kind      domain.InvoiceKind
	TaxNumber string
	Buyer     string
	// Formalise: it is to be formalised as soon as it is checked.
	Formalise bool
	// Remote, UUID (the ETTN) and Number are İşbaşı's, "" until it has answered. Scenario is what the customer's card
	// made of an e-Fatura; "" unknown. StatusText is İşbaşı's word for where it stands.
	Remote     domain.RemoteID
	UUID       string
	Number     string
	Scenario   domain.Scenario
	StatusText string
	Cancelled  bool // at İşbaşı
	// Read is İşbaşı's total, as it was read back; absent: it was not yet.
	Read decimal.NullDecimal
	// Cause and Detail say why it was rejected, or why nobody knows; Detail is İşbaşı's own words.
	Cause  domain.Kind
	Detail string
	// Missed counts the complete look-ups that have not found it, MissedAt is the time of the last that counts.
	Missed   int
	MissedAt time.Time
	// Linked: it was issued on İşbaşı's screen, and a person has entered its number.
	Linked bool
	// Changed is the fingerprint of what the order's source has said since, "" = nothing else.
	Changed string
	// IntentAt, SentAt (to be formalised), AskedAt (the list, for its state) and IssuedAt are UTC; zero: not yet.
	IntentAt, SentAt, AskedAt, IssuedAt time.Time
}

// Day is the invoice's own, midnight in domain.Istanbul.
func (r *Record) Day() time.Time { return domain.Day(r.Draft.Date) }

// Issued tells whether the invoice is formalised.
func (r *Record) Issued() bool { return r.State == AttemptIssued || r.State == AttemptDocumented }

// Open tells whether nobody knows what has become of it.
func (r *Record) Open() bool { return r.State.open() }

// Stands tells whether it has left an invoice at İşbaşı, be it a draft.
func (r *Record) Stands() bool { return r.State.stands() }

// Deletable tells whether it is a draft that can be taken back.
func (r *Record) Deletable() bool {
	return r.State == AttemptDrafted || r.State == AttemptChecked || r.State == AttemptMismatch
}

// ReturnLines are the lines of its draft, of which nothing has come back yet.
func (r *Record) ReturnLines() []ReturnLine {
	lines := make([]ReturnLine, len(r.Draft.Lines))
	for n, l := range r.Draft.Lines {
		lines[n] = ReturnLine{Sold: l.Quantity, Net: kurus(l.Quantity.Mul(l.Price)), VAT: decimal.NewNullDecimal(l.VATRate)}
	}
	return lines
}

// RecordQuery asks for one page of a company's invoices. The zero value is all of them, the newest first.
type RecordQuery struct {
	Group  RecordGroup
	Search string // every word has to be in the folded number, buyer, package, or kind
	Sort   RecordSort
	Asc    bool
	Limit  int // 0 = all
	Offset int
}

// RecordGroup is a part of the invoices.
type RecordGroup string

// The groups.
const (
	RecordsAll      RecordGroup = ""
	RecordsUnknown  RecordGroup = "unknown" // intent, unknown
	RecordsDrafts   RecordGroup = "drafts"  // drafted, checked, mismatch, formalising, deleting
	RecordsIssued   RecordGroup = "issued"  // issued, documented
	RecordsRejected RecordGroup = "rejected"
	RecordsGone     RecordGroup = "gone" // lost, deleted
)

// States are those of a group, nil: all.
func (g RecordGroup) States() []AttemptState {
	switch g {
	case RecordsUnknown:
		return []AttemptState{AttemptIntent, AttemptUnknown}
	case RecordsDrafts:
		return []AttemptState{AttemptDrafted, AttemptChecked, AttemptMismatch, AttemptFormalising, AttemptDeleting}
	case RecordsIssued:
		return []AttemptState{AttemptIssued, AttemptDocumented}
	case RecordsRejected:
		return []AttemptState{AttemptRejected}
	case RecordsGone:
		return []AttemptState{AttemptLost, AttemptDeleted}
	default:
		return nil
	}
}

// RecordSort is the column a list of invoices is sorted by.
type RecordSort string

// The sortable columns; RecordsByAge is the order in which they were made. Those of RecordsUnknown always come first.
const (
	RecordsByAge    RecordSort = ""
	RecordsByNumber RecordSort = "number"
	RecordsByDate   RecordSort = "date"
	RecordsByBuyer  RecordSort = "buyer"
	RecordsByKind   RecordSort = "kind"
	RecordsByTotal  RecordSort = "total"
	RecordsByState  RecordSort = "state"
)
