// Package quota counts the calls to İşbaşı that users pay for: reads and writes of a calendar month in
// Europe/Istanbul (rules.md §4). Calls are booked before they are sent, in blocks, and what was not
// used is given back, so that a kill leaves the ledger at most one block too high and never too low.
package quota

import (
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// BlockSize is the largest number of calls booked at once.
const BlockSize = 20

// Kind is what a call counts as. Lists are POST and still reads (isbasi-api.md §3.3). Sign-ins are
// logged apart.
type Kind string

// The kinds.
const (
	Read   Kind = "read"
	Write  Kind = "write"
	SignIn Kind = "sign_in"
)

// The monthly limits İşbaşı names.
const (
	ReadLimit  = 3000
	WriteLimit = 7000
)

// Usage is what a month has cost so far.
type Usage struct {
	Month                 string // "2026-11"
	Reads, Writes         int
	SignIns               int
	ReadLimit, WriteLimit int
}

// Month names the calendar month of t in Europe/Istanbul.
func Month(t time.Time) string { return t.In(Istanbul).Format("2006-01") }

// Istanbul is the zone in which months are counted.
var Istanbul = domain.Istanbul
