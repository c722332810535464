package words

import (
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// Hit says why orders are held, of many that share the reason; it is one of orders.Verdict.Reasons.
func (w Words) Hit(reason string) string { return w.T("hit." + reason) }

// HitCure says what a person does about a reason.
func (w Words) HitCure(reason string) string { return w.T("hit." + reason + ".do") }

// OrderHit is Hit and HitCure of one order: of its status it says which one it is.
func (w Words) OrderHit(reason string, s orders.Status) (why, do string) {
	if particular := reason + "." + string(s); reason == string(invoicing.HitStatus) && w.Has("hit."+particular) {
		reason = particular
	}
	return w.Hit(reason), w.HitCure(reason)
}

// Warning says what is shown of an order and holds nothing, one of orders.Verdict.Warnings, and what a person does about it.
func (w Words) Warning(warning string) (what, do string) {
	return w.T("warning." + warning), w.T("warning." + warning + ".do")
}

// Stage says where an order stands; what waits in the queue says for what.
func (w Words) Stage(v orders.Verdict) string {
	switch {
	case v.Queued != orders.WishNothing:
		return w.T("stage.queued." + string(v.Queued))
	case v.Stage == "":
		return w.T("stage.unjudged")
	case v.Draft && v.Stage == orders.StageInvoiced:
		return w.T("stage.draft")
	default:
		return w.T("stage." + string(v.Stage))
	}
}

// Binding says by what the product of a line was found, or that it needs none.
func (w Words) Binding(p orders.LineProduct, said orders.SaidLine) string {
	switch {
	case said.Without:
		return w.T("binding.without")
	case p.By == orders.FoundByNothing:
		return w.T("binding.none")
	default:
		return w.T("binding." + string(p.By))
	}
}

// LineKind says what a line is charged for.
func (w Words) LineKind(k orders.LineKind) string { return w.T("line." + string(k)) }

// OrderStatus says where an order stands at its source.
func (w Words) OrderStatus(s orders.Status) string { return w.T("orders.status." + string(s)) }

// Attempt says where an invoice stands.
func (w Words) Attempt(r invoicing.Record) string {
	switch {
	case r.Cancelled:
		return w.T("attempt.cancelled")
	case r.Linked:
		return w.T("attempt.linked")
	default:
		return w.T("attempt." + string(r.State))
	}
}

// AttemptCure says what a person does about an invoice that stands so, "" for nothing.
func (w Words) AttemptCure(r invoicing.Record) string {
	key := "attempt." + string(r.State) + ".do"
	if r.Cancelled || r.Linked || !w.Has(key) {
		return ""
	}
	return w.T(key)
}

// AttemptCause says why an invoice was refused, or why nobody knows what became of it; "" where neither is so.
func (w Words) AttemptCause(r invoicing.Record) string {
	if r.Cause == "" {
		return ""
	}
	return w.Error(domain.Kept(r.Cause, r.Detail))
}

// InvoiceKind says which document an invoice is, of an e-Fatura with the scenario that İşbaşı has made of it.
func (w Words) InvoiceKind(k domain.InvoiceKind, s domain.Scenario) string {
	switch {
	case k == domain.InvoiceKindNone:
		return w.T("kind.none")
	case k == domain.InvoiceEInvoice && s != "":
		return w.T("kind.scenario", w.T("kind."+string(k)), w.T("scenario."+string(s)))
	default:
		return w.T("kind." + string(k))
	}
}

// Task says why there is a task.
func (w Words) Task(k invoicing.TaskKind) string { return w.T("task." + string(k)) }

// Cure says in a few words what a person does for a task, and how.
func (w Words) Cure(c invoicing.Cure) (what, how string) {
	return w.T("cure." + string(c)), w.T("cure." + string(c) + ".do")
}

// Phase says what a run does at the moment.
func (w Words) Phase(p issuing.Phase) string { return w.T("phase." + string(p)) }

// Issued says what a run has done; a zero is left out.
func (w Words) Issued(o issuing.Outcome) string {
	said := Listed(" · ",
		w.ifAny("issued.issued", o.Issued), w.ifAny("issued.drafted", o.Drafted), w.ifAny("issued.formalising", o.Formalising),
		w.ifAny("issued.adopted", o.Adopted), w.ifAny("issued.mismatch", o.Mismatch), w.ifAny("issued.rejected", o.Rejected),
		w.ifAny("issued.unknown", o.Unknown), w.ifAny("issued.held", o.Held), w.ifAny("issued.waiting", o.Waiting),
	)
	if said == "" {
		return w.T("issued.nothing")
	}
	return said
}

// LookedUp says what a look-up has found; a zero is left out.
func (w Words) LookedUp(l issuing.Looked) string {
	said := Listed(" · ",
		w.ifAny("looked.found", l.Found), w.ifAny("looked.absent", l.Absent), w.ifAny("looked.lost", l.Lost),
		w.ifAny("looked.still-unknown", l.StillUnknown),
	)
	if said == "" {
		return w.T("looked.nothing")
	}
	return said
}

// ifAny words a number, "" for none.
func (w Words) ifAny(key string, n int) string {
	if n == 0 {
		return ""
	}
	return w.T(key, n)
}
