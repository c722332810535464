package transfer

import (
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Place is one entry of the machine's queue: a confirmed run that has not come to its end.
type Place struct {
	Company   domain.CompanyID
	Name      string // of the company
	Run       int64
	EnteredAt time.Time
	// Writing: this run has, or had when its program ended, the turn to write.
	Writing bool
	// Here: a program is waiting with this run or writes it. The places of others hold nobody up.
	Here bool
}

// Standing is how a run that waits for its turn stands.
type Standing struct {
	Number  int    // 1: it is the next; 0: not known yet
	Writing string // the company whose transfer is being written, "" while none is
}

// Stand tells how the run of company stands in line, whose places come in their order. Its turn may
// begin when its number is 1 and nobody writes.
func Stand(line []Place, company domain.CompanyID) Standing {
	s := Standing{Number: 1}
	behind := false
	for _, p := range line {
		switch {
		case p.Company == company:
			behind = true
		case !p.Here:
		case p.Writing:
			s.Writing = p.Name
		case !behind:
			s.Number++
		}
	}
	return s
}
