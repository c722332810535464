package transfer

// Query asks for one page of a run's rows.
type Query struct {
	RunID       int64
	Outcome     Outcome // "" = all that were applied; OutcomePending may be asked for by name
	Transferred bool    // matched and unmatched together (the blue counter); Outcome is ignored
	Search      string  // folded text in name, code or barcode
	Sort        Sort
	Desc        bool
	Limit       int
	Offset      int
}

// Sort is the column a list of rows is sorted by.
type Sort string

// The sortable columns. SortRead is the order of reading.
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
