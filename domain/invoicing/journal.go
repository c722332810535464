package invoicing

import "slices"

// Attempt is an earlier attempt to invoice an order.
type Attempt struct {
	Key         Key
	State       AttemptState
	Fingerprint string   // of the order as it was
	Lines       []string // ids of the lines that it invoiced
}

// AttemptState is where an attempt stands (orders-invoices.md §4).
type AttemptState string

// The states of an attempt.
const (
	AttemptIntent      AttemptState = "intent"   // about to be sent
	AttemptUnknown     AttemptState = "unknown"  // the answer is lost
	AttemptDrafted     AttemptState = "drafted"  // İşbaşı has the draft
	AttemptChecked     AttemptState = "checked"  // and read back it is what was sent
	AttemptMismatch    AttemptState = "mismatch" // or its total differs
	AttemptFormalising AttemptState = "formalising"
	AttemptIssued      AttemptState = "issued"
	AttemptDocumented  AttemptState = "documented" // its PDF is here
	AttemptDeleting    AttemptState = "deleting"
	AttemptRejected    AttemptState = "rejected"
	AttemptLost        AttemptState = "lost" // looked for twice and not found: a person may issue it again
	AttemptDeleted     AttemptState = "deleted"
)

// AttemptStates lists them in the order of an attempt's life.
func AttemptStates() []AttemptState {
	return []AttemptState{
		AttemptIntent, AttemptUnknown, AttemptDrafted, AttemptChecked, AttemptMismatch, AttemptFormalising,
		AttemptIssued, AttemptDocumented, AttemptDeleting, AttemptRejected, AttemptLost, AttemptDeleted,
	}
}

// open tells whether nobody knows what will have become of the attempt.
func (s AttemptState) open() bool { return s == AttemptIntent || s == AttemptUnknown }

// stands tells whether the attempt has left an invoice at İşbaşı, be it a draft.
func (s AttemptState) stands() bool {
	switch s {
	case AttemptDrafted, AttemptChecked, AttemptMismatch, AttemptFormalising, AttemptIssued, AttemptDocumented, AttemptDeleting:
		return true
	default:
		return false
	}
}

// past is what earlier attempts mean for an order.
type past struct{ already, unknown, changed bool }

func (c *Case) past() past {
	var p past
	for _, a := range c.Journal {
		switch {
		case a.Key != c.Key:
		case a.State.open():
			p.unknown = true
		case !a.State.stands():
		case a.Fingerprint == c.Fingerprint:
			p.already = true
		default:
			p.changed = true
		}
	}
	if !p.already && !p.changed {
		p.already = c.lineInvoiced()
	}
	return p
}

// lineInvoiced tells whether an attempt has invoiced a line of this order, under whatever key: a package that
// is split takes its lines along.
func (c *Case) lineInvoiced() bool {
	ids := map[string]bool{}
	for _, l := range c.Lines {
		ids[l.ID] = !blank(l.ID)
	}
	return slices.ContainsFunc(c.Journal, func(a Attempt) bool {
		return a.State.stands() && slices.ContainsFunc(a.Lines, func(id string) bool { return ids[id] })
	})
}
