package table

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// PageRows is how many rows a Table asks for at once.
const PageRows = 100

// Row is one row as it is shown.
type Row struct {
	Cells  []string
	Detail string // the whole of what the cells may cut off
	// Tones colour cells that say the same in words: by their places, the others are plain.
	Tones []widget.Importance
	Key   string // what a mark is kept by; only rows that can be marked need one
	Data  any    // what the row was made of; the table does not look at it
}

// Query asks for some rows.
type Query struct {
	Sort   string
	Desc   bool
	Limit  int
	Offset int
}

// Fetch brings rows from elsewhere: it is called on the interface's thread, must not block, and gives
// its answer there with one call of done. Not ok leaves the table as it is.
type Fetch func(q Query, done func(rows []Row, total int, ok bool))

// Handlers are told what happens in a table. Each may be nil.
type Handlers struct {
	// OnSelected is told of the row a person chose, by mouse or keyboard.
	OnSelected func(Row)
	// OnLoaded is told how many rows there are, each time the list was asked for anew.
	OnLoaded func(total int)
	// OnOpen is told of the row that was pressed twice, or Enter was pressed on.
	OnOpen func(Row)
	// OnMenu is asked for the commands of a row: by right click, Shift+F10 or the menu key. at is where,
	// on the canvas.
	OnMenu func(r Row, at fyne.Position)
	// OnKey is given the keys that the table has no use for.
	OnKey func(k *fyne.KeyEvent)
	// OnMarked is told how many rows are marked. With it rows have a box that Space, Ctrl and the mouse
	// mark, Shift marks as far as the row one comes to, Ctrl+A all; without it none can be marked.
	OnMarked func(n int)
}
