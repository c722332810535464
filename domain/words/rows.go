package words

import (
	"strings"

	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// Why says why a row of a transfer is where it is, or will be: what a person decided, the tier that paired
// it or the reason that did not, what should be looked at, and what was not taken over. Of a failed row
// only its notes say why; what stood against a pair that a person made anyway is said no more.
func (w Words) Why(r transfer.Row) string { return strings.Join(w.Reasons(r), " · ") }

// Reasons are the parts of Why, in its order.
func (w Words) Reasons(r transfer.Row) []string {
	var parts []string
	if r.Decided != "" {
		parts = append(parts, w.T("decided."+string(r.Decided)))
	}
	paired := r.Decided == transfer.DecidePair
	switch {
	case r.Outcome == transfer.OutcomeFailed, paired:
	case r.Tier != "":
		parts = append(parts, w.T("tier."+string(r.Tier)))
	case r.Reason != "":
		parts = append(parts, w.Reason(r.Reason, r.Candidates))
	}
	if r.Flag != "" && !paired {
		parts = append(parts, w.T("flag."+string(r.Flag)))
	}
	return append(parts, w.notes(r)...)
}

// Reason words why a row found no partner. candidates is how many products it fits, 0 where that is
// nobody's number, for instance of many rows that share the reason.
func (w Words) Reason(r matching.Reason, candidates int) string {
	switch {
	case candidates > 0:
		return w.T("reason."+string(r), candidates)
	case r == matching.ReasonAmbiguous:
		return w.T("plan.ambiguous")
	default:
		return w.T("reason." + string(r))
	}
}

// notes words what a person should know of a row's values; of a row that waits, what the plan foresees.
func (w Words) notes(r transfer.Row) []string {
	notes := r.Notes
	if r.Outcome == transfer.OutcomePending {
		notes = r.Planned.Notes
	}
	var said []string
	for _, n := range notes {
		said = append(said, w.T("note."+string(n)))
	}
	return said
}

// Partner names the catalogue product of a row, with its code where it tells more.
func Partner(r transfer.Listed) string {
	switch {
	case r.ProductName == "":
		return r.ProductCode
	case r.ProductCode == "":
		return r.ProductName
	default:
		return r.ProductName + " (" + r.ProductCode + ")"
	}
}

// Named is a row's product with its partner.
func Named(r transfer.Listed) string {
	if partner := Partner(r); partner != "" {
		return r.Remote.Name + " = " + partner
	}
	return r.Remote.Name
}
