package sandbox

import "time"

// sending is a document that GİB is at work on.
type sending struct {
	path    []int // the states that it goes through before it is done
	reads   int   // how many answers have shown it
	limit   int   // how many do before it is done
	delay   time.Duration
	since   time.Time
	refusal *refusal
}

// refusal is what GİB says against a document.
type refusal struct {
	code int
	note string
}

// newRefusal reads a fault; without settings it is GİB's most usual one, of a rule that the XML breaks.
func newRefusal(f Fault) *refusal {
	r := refusal{1150, "SCHEMATRON KONTROL SONUCU HATALI"}
	if f.Status != 0 {
		r.code = f.Status
	}
	if f.Message != "" {
		r.note = f.Message
	}
	return &r
}

// send hands a document to GİB, which refuses it at the end when r is set.
func (s *Server) send(v *Invoice, r *refusal) {
	w := sending{path: []int{StatusQueued, StatusSigned, StatusSent}, limit: s.o.GIBReads, delay: s.o.GIBDelay, since: s.now(), refusal: r}
	if w.limit == 0 && w.delay == 0 && v.ID%2 == 0 {
		w.path, w.limit = []int{StatusSigned}, 1
	}
	v.sending, v.Status, v.ModifiedAt = &w, w.path[0], s.now()
	v.GIBCode, v.RejectNote = 0, "" // of a sending before
	s.invoices.changed()
	s.passTime()
}

// underWay tells whether GİB has the document and has not decided.
func (v *Invoice) underWay() bool {
	return v.Status == StatusQueued || v.Status == StatusSigned || v.Status == StatusSent
}

// seen counts an answer that shows the document's state.
func (v *Invoice) seen() {
	if v.sending != nil {
		v.sending.reads++
	}
}

// passTime moves on the documents at GİB whose time has come. The lock is held.
func (s *Server) passTime() {
	if s.o.SlowGIB {
		return
	}
	for i := range s.invoices.rows {
		v := &s.invoices.rows[i]
		if v.sending == nil || !v.underWay() {
			continue
		}
		w, before := v.sending, v.Status
		if at := w.reached(s.now()); at < len(w.path) {
			v.Status = w.path[at]
		} else {
			v.sending, v.Status = nil, StatusDone
			if w.refusal != nil {
				v.Status, v.GIBCode, v.RejectNote = StatusRefused, w.refusal.code, w.refusal.note
				if s.o.RefusedIsDraft {
					v.Status = StatusDraft
				}
			}
		}
		if v.Status != before {
			v.ModifiedAt = s.now()
			s.invoices.changed()
		}
	}
}

// reached is the place on the path that the document has come to, its length behind it.
func (w *sending) reached(now time.Time) int {
	at := len(w.path)
	if w.limit > 0 {
		at = min(at, w.reads*len(w.path)/w.limit)
	}
	if w.delay > 0 {
		at = min(at, int(now.Sub(w.since)*time.Duration(len(w.path))/w.delay))
	}
	return max(at, 0)
}
