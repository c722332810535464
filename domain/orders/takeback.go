package orders

import "time"

// TakenFile is a file whose orders were taken, and can be taken back.
type TakenFile struct {
	At    time.Time
	File  string // its name, without the folder
	Added int    // orders that are here since
}

// TakenBack is what taking a file back does to its orders.
type TakenBack struct {
	Removed int
	// Left are those that somebody has worked with, or another file has told of since: corrected, queued, invoiced.
	Left int
}
