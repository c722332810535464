package doctor

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Repair is a set of fixes that a person has confirmed.
type Repair struct {
	// What names it in the history: a Kind, "pad-code" or "pad-barcode", or Chosen.
	What  string
	Width int // that a column is filled up to, 0 for the others
	Fixes []Fix
}

// Chosen is the name of a repair of findings of several kinds.
const Chosen = "chosen"

// padding begins the name of a repair that fills up a column.
const padding = "pad-"

// Filling gives the repair that fills up a column.
func (p Padded) Filling(column Column, width int) Repair {
	return Repair{What: padding + string(column), Width: width, Fixes: p.Fixes}
}

// RepairOf gives the repair that carries out the proposals of findings.
func RepairOf(findings []Finding) Repair {
	r := Repair{Fixes: FixesOf(findings)}
	for _, f := range findings {
		switch {
		case f.Proposed == "" || r.What == string(f.Kind):
		case r.What == "":
			r.What = string(f.Kind)
		default:
			r.What = Chosen
		}
	}
	return r
}

// Validate refuses a repair that nobody could word afterwards.
func (r Repair) Validate() error {
	column, fills := strings.CutPrefix(r.What, padding)
	switch {
	case fills && (column == string(Code) || column == string(Barcode)) && r.Width >= 1 && r.Width <= Widest:
	case r.Width == 0 && (r.What == Chosen || slices.Contains(Kinds(), Kind(r.What))):
	default:
		return fmt.Errorf("repair %q, width %d", r.What, r.Width)
	}
	for _, f := range r.Fixes {
		if f.Column != Code && f.Column != Barcode {
			return fmt.Errorf("column %q", f.Column)
		}
	}
	return nil
}

// Repaired is a repair that was carried out, or taken back.
type Repaired struct {
	ID    int64 // what takes it back
	At    time.Time
	What  string
	Width int
	Done  int // values that were changed
	Left  int // values that are no longer what they were, or that another product has meanwhile
}
