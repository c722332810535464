package transfer

// Query asks for one page of a run's rows.
type Query struct {
	RunID       int64
	Outcome     Outcome // "" = all that were applied; OutcomePending may be asked for by name
	Transferred bool    // matched and unmatched together (the blue counter); Outcome is ignored
	Part        Part    // of the unmatched rows; Outcome is OutcomeUnmatched then
	Deviating   bool    // only rows whose outcome differs from the plan, see Row.Deviation
	// Attention asks for the rows that a person should look at: without a partner, failed, with a note, or
	// paired although something was not as it should be. Outcome is ignored.
	Attention bool
	Search    string // folded text in name, code or barcode
	Sort      Sort
	Desc      bool
	Limit     int
	Offset    int
}

// Part is a part of the unmatched rows, by what a person has to do about them.
type Part string

// The parts. Undecided, conflict and ambiguous rows are those that neither a person nor the transfer made
// anything of: no decision, no created product.
const (
	PartAll       Part = ""
	PartUndecided Part = "undecided" // for whatever reason
	PartConflict  Part = "conflict"  // undecided, of ReasonConflict
	PartAmbiguous Part = "ambiguous" // undecided, of ReasonAmbiguous, ReasonRepeatedRemote, ReasonRepeatedLocal
	PartIgnored   Part = "ignored"   // by DecideIgnore
)

// Sort is the column a list of rows is sorted by.
type Sort string

// The sortable columns. SortRead is the order of reading. Each has its SQL in rowOrder of the store: without it the
// list stands in the order of reading.
const (
	SortRead    Sort = ""
	SortName    Sort = "name"
	SortCode    Sort = "code"
	SortBarcode Sort = "barcode"
	SortPrice   Sort = "price"
	SortStock   Sort = "stock"
	SortReason  Sort = "reason"
)

// Listed is a row with its partner's name, for lists.
type Listed struct {
	Row
	ProductName string
	ProductCode string
}
