package domain

// Page is one page of a list of İşbaşı's.
type Page[T any] struct {
	Number int // 1-based
	Rows   []T
	Total  int // what İşbaşı says the whole list holds; it may change from page to page
	Last   bool
	// LeftOut counts the rows of the page that a condition of the query plainly does not hold for: İşbaşı ignores a
	// condition that it does not understand, and then gives the whole list (isbasi-api.md §12 "To §3.2").
	LeftOut int
}

// ListQuery asks for a part of a list (isbasi-api.md §3.2). The zero value is the whole list, by id where its
// records have one.
type ListQuery struct {
	Filters []Filter
	Sort    string // column; "" = the one that keeps pages stable while records change
	Desc    bool
	From    int // first page, 1-based; 0 = 1
}

// Filter is one condition on a column, by İşbaşı's names. All conditions of a query hold together.
type Filter struct {
	Column   string
	Operator Operator
	// Value is a string, bool, int, decimal.Decimal or time.Time, as the column is; a []string or []int for In,
	// NotIn and IsBetween; nil for IsNull and its like.
	Value any
}

// Operator is a comparison by İşbaşı's name.
type Operator string

// The operators (isbasi-api.md §3.2).
const (
	IsLessThan             Operator = "IsLessThan"
	IsLessThanOrEqualTo    Operator = "IsLessThanOrEqualTo"
	IsEqualTo              Operator = "IsEqualTo"
	IsNotEqualTo           Operator = "IsNotEqualTo"
	IsGreaterThanOrEqualTo Operator = "IsGreaterThanOrEqualTo"
	IsGreaterThan          Operator = "IsGreaterThan"
	StartsWith             Operator = "StartsWith"
	EndsWith               Operator = "EndsWith"
	Contains               Operator = "Contains"
	DoesNotContain         Operator = "DoesNotContain"
	IsNull                 Operator = "IsNull"
	IsNotNull              Operator = "IsNotNull"
	IsEmpty                Operator = "IsEmpty"
	IsNotEmpty             Operator = "IsNotEmpty"
	TextSearch             Operator = "TextSearch"
	IsBetween              Operator = "IsBetween"
	In                     Operator = "In"
	NotIn                  Operator = "NotIn"
)
