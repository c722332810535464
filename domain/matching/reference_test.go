package matching

import (
	"slices"

	"github.com/sopyo/sopyo-desktop/domain"
)

// reference is rules.md §2 written down as slowly and plainly as possible: every pair of products is
// looked at in every tier. It shares nothing with Match but the types and the keys.
type reference struct {
	in        Input
	tierOf    map[domain.RemoteID]Tier
	partner   map[domain.RemoteID]domain.ProductID
	outRemote map[domain.RemoteID]bool
	outLocal  map[domain.ProductID]bool
	conflict  map[domain.RemoteID]bool
	spoiled   map[domain.ProductID]bool // by a conflict
	misbound  map[domain.RemoteID]bool
	taken     map[domain.ProductID]bool
}

func referenceMatch(in Input) []Decision {
	m := &reference{
		in: in, tierOf: map[domain.RemoteID]Tier{}, partner: map[domain.RemoteID]domain.ProductID{},
		outRemote: map[domain.RemoteID]bool{}, outLocal: map[domain.ProductID]bool{},
		conflict: map[domain.RemoteID]bool{}, misbound: map[domain.RemoteID]bool{}, taken: map[domain.ProductID]bool{},
		spoiled: map[domain.ProductID]bool{},
	}
	m.bind()
	m.conflicts()
	m.tier(m.barcodeEdge, TierBarcode)
	m.tier(m.codeEdge, TierCode)
	m.tier(m.spellingEdge, TierSpelling)
	var out []Decision
	for _, r := range in.Remotes {
		out = append(out, m.decide(r))
	}
	return out
}

type edge func(r Remote, l Local) bool

func (m *reference) apart(r Remote, l Local) bool {
	return slices.Contains(m.in.Separated, Pair{r.ID, l.ID})
}

func sameBarcode(r Remote, l Local) bool {
	a, ca := r.Barcode.Key()
	b, cb := l.Barcode.Key()
	return ca.Pairs() && cb.Pairs() && a == b
}

func veto(r Remote, l Local) bool {
	a, okA := r.Barcode.GTIN()
	b, okB := l.Barcode.GTIN()
	return okA && okB && a != b
}

func (m *reference) barcodeEdge(r Remote, l Local) bool {
	return m.in.ByBarcode && sameBarcode(r, l) && !m.apart(r, l)
}

func (m *reference) equalCode(r Remote, l Local) bool {
	return m.in.ByCode && r.Code.K0() != "" && r.Code.K0() == l.Code.K0() && !m.apart(r, l)
}

func (m *reference) codeEdge(r Remote, l Local) bool { return m.equalCode(r, l) && !veto(r, l) }

func (m *reference) equalSpelling(r Remote, l Local) bool {
	return m.in.ByCode && r.Code.K1() != "" && r.Code.K1() == l.Code.K1() && !m.apart(r, l)
}

func (m *reference) spellingEdge(r Remote, l Local) bool {
	return m.equalSpelling(r, l) && !veto(r, l)
}

func (m *reference) bind() {
	for _, p := range m.in.Bound {
		here := slices.ContainsFunc(m.in.Locals, func(l Local) bool { return l.ID == p.Local })
		if !here {
			continue
		}
		contradicted := slices.ContainsFunc(m.in.Bound, func(q Pair) bool {
			live := slices.ContainsFunc(m.in.Locals, func(l Local) bool { return l.ID == q.Local })
			return live && q != p && (q.Remote == p.Remote || q.Local == p.Local)
		})
		m.outRemote[p.Remote], m.outLocal[p.Local], m.taken[p.Local] = true, true, true
		if contradicted {
			m.misbound[p.Remote] = true
		} else {
			m.tierOf[p.Remote], m.partner[p.Remote] = TierKnown, p.Local
		}
	}
	for _, r := range m.in.Remotes {
		if r.Skip != "" {
			m.outRemote[r.ID] = true
			delete(m.tierOf, r.ID)
			delete(m.partner, r.ID)
		}
	}
}

func (m *reference) freeRemotes() (out []Remote) {
	for _, r := range m.in.Remotes {
		if !m.outRemote[r.ID] {
			out = append(out, r)
		}
	}
	return out
}

func (m *reference) freeLocals() (out []Local) {
	for _, l := range m.in.Locals {
		if !m.outLocal[l.ID] {
			out = append(out, l)
		}
	}
	return out
}

func (m *reference) conflicts() {
	remotes, locals := m.freeRemotes(), m.freeLocals()
	badRemote, badLocal := map[domain.RemoteID]bool{}, map[domain.ProductID]bool{}
	for _, r := range remotes {
		badRemote[r.ID] = contradicts(locals, m.in.Locals, func(l Local) (bool, bool) {
			return m.barcodeEdge(r, l), m.equalCode(r, l)
		})
	}
	asked := slices.DeleteFunc(slices.Clone(m.in.Remotes), func(r Remote) bool { return r.Skip != "" })
	for _, l := range locals {
		badLocal[l.ID] = contradicts(remotes, asked, func(r Remote) (bool, bool) {
			return m.barcodeEdge(r, l), m.equalCode(r, l)
		})
	}
	for _, r := range remotes {
		for _, l := range locals {
			if (m.barcodeEdge(r, l) || m.equalCode(r, l)) && (badRemote[r.ID] || badLocal[l.ID]) {
				m.outRemote[r.ID], m.outLocal[l.ID], m.conflict[r.ID], m.spoiled[l.ID] = true, true, true, true
			}
		}
	}
}

// contradicts tells whether barcode and code lead to free products, but both to none at all.
func contradicts[T any](free, all []T, edges func(T) (byBarcode, byCode bool)) bool {
	return slices.ContainsFunc(free, func(p T) bool { b, _ := edges(p); return b }) &&
		slices.ContainsFunc(free, func(p T) bool { _, c := edges(p); return c }) &&
		!slices.ContainsFunc(all, func(p T) bool { b, c := edges(p); return b && c })
}

func (m *reference) tier(e edge, tier Tier) {
	remotes, locals := m.freeRemotes(), m.freeLocals()
	ofRemote, ofLocal := map[domain.RemoteID]int{}, map[domain.ProductID]int{}
	for _, r := range remotes {
		for _, l := range locals {
			if e(r, l) {
				ofRemote[r.ID]++
				ofLocal[l.ID]++
			}
		}
	}
	for _, r := range remotes {
		for _, l := range locals {
			if !e(r, l) {
				continue
			}
			m.outRemote[r.ID], m.outLocal[l.ID] = true, true
			if ofRemote[r.ID] == 1 && ofLocal[l.ID] == 1 {
				m.tierOf[r.ID], m.partner[r.ID], m.taken[l.ID] = tier, l.ID, true
			}
		}
	}
}

func (m *reference) decide(r Remote) Decision {
	d := Decision{Remote: r.ID}
	if r.Skip != "" {
		d.Skipped, d.Reason = true, r.Skip
		return d
	}
	_, class := r.Barcode.Key()
	if tier := m.tierOf[r.ID]; tier != TierNone {
		d.Tier, d.Local = tier, m.partner[r.ID]
		l := m.in.Locals[slices.IndexFunc(m.in.Locals, func(l Local) bool { return l.ID == d.Local })]
		_, other := l.Barcode.Key()
		switch {
		case tier == TierSpelling:
			d.Flag = FlagSpelling
		case tier == TierBarcode && class == domain.BarcodeOther:
			d.Flag = FlagNotGTIN
		case tier == TierBarcode && (class == domain.BarcodeRestored || other == domain.BarcodeRestored):
			d.Flag = FlagRestored
		}
		return d
	}
	d.Flag = m.flag(r, class)
	d.Reason, d.Candidates = m.reason(r, class)
	nothing := []Reason{ReasonNoCandidate, ReasonInvalidBarcode, ReasonNothingToGoBy}
	if d.Flag == FlagNone && slices.Contains(nothing, d.Reason) && m.twice(r) {
		d.Flag = FlagRepeated
	}
	return d
}

// twice tells whether another İşbaşı product that is left has the barcode or code of r.
func (m *reference) twice(r Remote) bool {
	return slices.ContainsFunc(m.in.Remotes, func(o Remote) bool {
		if o.ID == r.ID || o.Skip != "" || m.tierOf[o.ID] != TierNone {
			return false
		}
		barcode := sameBarcode(r, Local{Barcode: o.Barcode})
		return m.in.ByBarcode && barcode || m.in.ByCode && r.Code.K0() != "" && r.Code.K0() == o.Code.K0()
	})
}

func (m *reference) flag(r Remote, class domain.BarcodeClass) Flag {
	for _, l := range m.in.Locals {
		if m.apart(r, l) && (m.in.ByBarcode && sameBarcode(r, l) || m.in.ByCode && r.Code.K1() != "" && r.Code.K1() == l.Code.K1()) {
			return FlagSeparated
		}
	}
	for _, l := range m.in.Locals {
		if !m.taken[l.ID] && m.equalSpelling(r, l) && veto(r, l) {
			return FlagVetoed
		}
	}
	if class == domain.BarcodeRestricted {
		return FlagRestricted
	}
	return FlagNone
}

func (m *reference) any(r Remote, l Local) bool { return m.barcodeEdge(r, l) || m.spellingEdge(r, l) }

func (m *reference) reason(r Remote, class domain.BarcodeClass) (Reason, int) {
	if m.misbound[r.ID] {
		return ReasonBoundElsewhere, 0
	}
	var mine []Local
	for _, l := range m.in.Locals {
		if m.any(r, l) && m.taken[l.ID] {
			return ReasonBoundElsewhere, 0
		}
		if m.any(r, l) {
			mine = append(mine, l)
		}
	}
	count := func(e edge, l Local) (n int) {
		for _, other := range m.in.Remotes {
			if other.Skip == "" && m.tierOf[other.ID] == TierNone && e(other, l) {
				n++
			}
		}
		return n
	}
	exact := []edge{m.barcodeEdge, m.codeEdge}
	for _, e := range exact {
		for _, l := range mine {
			if e(r, l) && count(e, l) > 1 {
				return ReasonRepeatedRemote, 0
			}
		}
	}
	for _, e := range exact {
		n := 0
		for _, l := range mine {
			if e(r, l) {
				n++
			}
		}
		if n > 1 {
			return ReasonRepeatedLocal, 0
		}
	}
	switch {
	case m.conflict[r.ID], slices.ContainsFunc(mine, func(l Local) bool { return m.spoiled[l.ID] }):
		return ReasonConflict, 0
	case len(mine) > 1:
		return ReasonAmbiguous, len(mine)
	case len(mine) == 1:
		return ReasonAmbiguous, count(m.any, mine[0])
	case r.Code.K0() == "" && (class == domain.BarcodeInvalid || class == domain.BarcodeSeveral):
		return ReasonInvalidBarcode, 0
	case r.Code.K0() == "" && class == domain.BarcodeNone:
		return ReasonNothingToGoBy, 0
	default:
		return ReasonNoCandidate, 0
	}
}
