package listing

import "sync/atomic"

// Order says which file is taken, how it is read and what its columns become.
type Order struct {
	Path    string
	Reading Reading
	Mapping Mapping
	// Stamp is of the file that was looked at; another one is refused (KindInvalid "file-changed").
	Stamp Stamp
}

// Tally is what becomes of a file's products. Rows of one and the same product are one product.
type Tally struct {
	Added, Updated, Unchanged int
	Repeated                  int // rows of a product that the file has had before: the last row counts
}

// Result is what comes, or came, of an order.
type Result struct {
	Tally
	Account
	// Problems are the first ProblemLimit of ProblemCount; refused rows are among them.
	Problems     []Noted
	ProblemCount int
	// Jumps are the first JumpLimit of JumpCount.
	Jumps     []Jump
	JumpCount int
}

// Taken is how many rows are products that the file has not had before.
func (r *Result) Taken() int { return r.Rows - r.Repeated - r.Refused - r.NoProduct }

// ProblemLimit is how many problems a Result lists.
const ProblemLimit = 1000

// Noted is a problem and where it is.
type Noted struct {
	Problem
	Line  int
	Sheet string // of a workbook of which several are read
	// What became of the row; none of these: it is taken.
	Refused, NoProduct, Repeated bool
}

// Note adds a problem.
func (r *Result) Note(n Noted) {
	if r.ProblemCount++; r.ProblemCount <= ProblemLimit {
		r.Problems = append(r.Problems, n)
	}
}

// Count is how far an order has come: whoever carries it out writes, whoever waits reads.
type Count struct {
	read, written atomic.Int64
	of            atomic.Int64
}

// Read counts a row of the file.
func (c *Count) Read() { c.read.Add(1) }

// Wrote notes that n of all products have been gone through.
func (c *Count) Wrote(n, all int) {
	c.of.Store(int64(all))
	c.written.Store(int64(n))
}

// Snapshot gives the rows read, the products gone through, and how many those are; 0 while the file is
// being read.
func (c *Count) Snapshot() (read, written, of int) {
	return int(c.read.Load()), int(c.written.Load()), int(c.of.Load())
}
