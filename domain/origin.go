package domain

import "time"

// Source is what a value of the catalogue came from.
type Source string

// The sources of a value.
const (
	SourceFile   Source = "file"
	SourceIsbasi Source = "isbasi" // a transfer
	SourceSync   Source = "sync"
	SourcePerson Source = "person"
	SourceUndo   Source = "undo" // of what is not known where it had come from
)

// Origin tells where a value came from when it last changed. The zero value is that of one that stood before
// this was kept, or that never was.
type Origin struct {
	At   time.Time
	From Source
	By   string // who worked with the program
}

// Origins are those of a product's price, its currency included, and stock.
type Origins struct{ Price, Stock Origin }
