package words

import (
	"strings"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// Why says why a row of a transfer is where it is, or will be: what a person decided, the tier that paired
// it or the reason that did not, what should be looked at, and what was not taken over. Of a failed row
// only its notes say why.
func (w Words) Why(r transfer.Row) string {
	var parts []string
	if r.Decided != "" {
		parts = append(parts, w.T("decided."+string(r.Decided)))
	}
	switch {
	case r.Outcome == transfer.OutcomeFailed:
	case r.Tier != "":
		parts = append(parts, w.T("tier."+string(r.Tier)))
	case r.Candidates > 0:
		parts = append(parts, w.T("reason."+string(r.Reason), r.Candidates))
	case r.Reason != "":
		parts = append(parts, w.T("reason."+string(r.Reason)))
	}
	if r.Flag != "" {
		parts = append(parts, w.T("flag."+string(r.Flag)))
	}
	notes := r.Notes
	if r.Outcome == transfer.OutcomePending {
		notes = r.Planned.Notes
	}
	for _, n := range notes {
		parts = append(parts, w.T("note."+string(n)))
	}
	return strings.Join(parts, " · ")
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
