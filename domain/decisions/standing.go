package decisions

import "github.com/sopyo/sopyo-desktop/domain/transfer"

// Standing is what has become of the rows of a transfer that did not match: Added + Ignored + Separated + Waiting are
// its unmatched ones.
type Standing struct {
	Added     int // have become products, by the transfer or by a person
	Paired    int // by a person: they are matched now
	Ignored   int
	Separated int // by a person, and nothing since
	Groups    []Group
}

// Group is a part of the rows that wait, never an empty one.
type Group struct {
	Part transfer.Part
	Rows int
}

// Waiting counts the rows that wait for a person.
func (s Standing) Waiting() int {
	n := 0
	for _, g := range s.Groups {
		n += g.Rows
	}
	return n
}

// Rows counts those of one part.
func (s Standing) Rows(p transfer.Part) int {
	for _, g := range s.Groups {
		if g.Part == p {
			return g.Rows
		}
	}
	return 0
}

// Count adds n rows such as r, of which it takes outcome, decision, product, reason and flag.
func (s *Standing) Count(r transfer.Row, n int) {
	switch {
	case r.Outcome == transfer.OutcomeMatched && r.Decided == transfer.DecidePair:
		s.Paired += n
	case r.Outcome != transfer.OutcomeUnmatched:
	case r.ProductID != 0:
		s.Added += n
	case r.Decided == transfer.DecideIgnore:
		s.Ignored += n
	case r.Decided == transfer.DecideSeparate:
		s.Separated += n
	case Waits(r):
		s.wait(PartOf(r.Reason, r.Flag), n)
	}
}

// wait adds to a group, which stands where Parts has it.
func (s *Standing) wait(p transfer.Part, n int) {
	var groups []Group
	for _, part := range Parts() {
		rows := s.Rows(part)
		if part == p {
			rows += n
		}
		if rows > 0 {
			groups = append(groups, Group{part, rows})
		}
	}
	s.Groups = groups
}
