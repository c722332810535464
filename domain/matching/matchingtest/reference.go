// Package matchingtest is what tests hold the matching against: its rules, written down as slowly and plainly as possible.
// It shares nothing with the package matching but the types and the keys.
package matchingtest

import (
	"slices"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
)

// reference is rules.md §2: every pair of products is looked at in every tier.
type reference struct {
	in        matching.Input
	tierOf    map[domain.RemoteID]matching.Tier
	partner   map[domain.RemoteID]domain.ProductID
	outRemote map[domain.RemoteID]bool
	outLocal  map[domain.ProductID]bool
	conflict  map[domain.RemoteID]bool
	spoiled   map[domain.ProductID]bool // by a conflict
	misbound  map[domain.RemoteID]bool
	taken     map[domain.ProductID]bool
}

// Reference gives what matching.Match has to give, in a time that grows with the product of the sides.
func Reference(in matching.Input) []matching.Decision {
	m := &reference{
		in: in, tierOf: map[domain.RemoteID]matching.Tier{}, partner: map[domain.RemoteID]domain.ProductID{},
		outRemote: map[domain.RemoteID]bool{}, outLocal: map[domain.ProductID]bool{},
		conflict: map[domain.RemoteID]bool{}, misbound: map[domain.RemoteID]bool{}, taken: map[domain.ProductID]bool{},
		spoiled: map[domain.ProductID]bool{},
	}
	m.bind()
	m.conflicts()
	m.tier(m.barcodeEdge, matching.TierBarcode)
	m.tier(m.codeEdge, matching.TierCode)
	m.tier(m.spellingEdge, matching.TierSpelling)
	var out []matching.Decision
	for _, r := range in.Remotes {
		out = append(out, m.decide(r))
	}
	return out
}

type edge func(r matching.Remote, l matching.Local) bool

func (m *reference) apart(r matching.Remote, l matching.Local) bool {
	return slices.Contains(m.in.Separated, matching.Pair{Remote: r.ID, Local: l.ID})
}

// SameBarcode tells whether r and l are a pair by their barcodes.
func SameBarcode(r matching.Remote, l matching.Local) bool {
	a, ca := r.Barcode.Key()
	b, cb := l.Barcode.Key()
	return ca.Pairs() && cb.Pairs() && a == b
}

// Veto tells whether r and l have different GTINs.
func Veto(r matching.Remote, l matching.Local) bool {
	a, okA := r.Barcode.GTIN()
	b, okB := l.Barcode.GTIN()
	return okA && okB && a != b
}

func (m *reference) barcodeEdge(r matching.Remote, l matching.Local) bool {
	return m.in.ByBarcode && SameBarcode(r, l) && !m.apart(r, l)
}

func (m *reference) equalCode(r matching.Remote, l matching.Local) bool {
	return m.in.ByCode && r.Code.K0() != "" && r.Code.K0() == l.Code.K0() && !m.apart(r, l)
}

func (m *reference) codeEdge(r matching.Remote, l matching.Local) bool {
	return m.equalCode(r, l) && !Veto(r, l)
}

func (m *reference) equalSpelling(r matching.Remote, l matching.Local) bool {
	return m.in.ByCode && r.Code.K1() != "" && r.Code.K1() == l.Code.K1() && !m.apart(r, l)
}

func (m *reference) spellingEdge(r matching.Remote, l matching.Local) bool {
	return m.equalSpelling(r, l) && !Veto(r, l)
}

func (m *reference) bind() {
	for _, p := range m.in.Bound {
		here := slices.ContainsFunc(m.in.Locals, func(l matching.Local) bool { return l.ID == p.Local })
		if !here {
			continue
		}
		contradicted := slices.ContainsFunc(m.in.Bound, func(q matching.Pair) bool {
			live := slices.ContainsFunc(m.in.Locals, func(l matching.Local) bool { return l.ID == q.Local })
			return live && q != p && (q.Remote == p.Remote || q.Local == p.Local)
		})
		m.outRemote[p.Remote], m.outLocal[p.Local], m.taken[p.Local] = true, true, true
		if contradicted {
			m.misbound[p.Remote] = true
		} else {
			m.tierOf[p.Remote], m.partner[p.Remote] = matching.TierKnown, p.Local
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

func (m *reference) freeRemotes() (out []matching.Remote) {
	for _, r := range m.in.Remotes {
		if !m.outRemote[r.ID] {
			out = append(out, r)
		}
	}
	return out
}

func (m *reference) freeLocals() (out []matching.Local) {
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
		badRemote[r.ID] = contradicts(locals, m.in.Locals, func(l matching.Local) (bool, bool) {
			return m.barcodeEdge(r, l), m.equalCode(r, l)
		})
	}
	asked := slices.DeleteFunc(slices.Clone(m.in.Remotes), func(r matching.Remote) bool { return r.Skip != "" })
	for _, l := range locals {
		badLocal[l.ID] = contradicts(remotes, asked, func(r matching.Remote) (bool, bool) {
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

func (m *reference) tier(e edge, tier matching.Tier) {
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

func (m *reference) decide(r matching.Remote) matching.Decision {
	d := matching.Decision{Remote: r.ID}
	if r.Skip != "" {
		d.Skipped, d.Reason = true, r.Skip
		return d
	}
	_, class := r.Barcode.Key()
	if tier := m.tierOf[r.ID]; tier != matching.TierNone {
		d.Tier, d.Local = tier, m.partner[r.ID]
		l := m.in.Locals[slices.IndexFunc(m.in.Locals, func(l matching.Local) bool { return l.ID == d.Local })]
		_, other := l.Barcode.Key()
		switch {
		case tier == matching.TierSpelling:
			d.Flag = matching.FlagSpelling
		case tier == matching.TierBarcode && class == domain.BarcodeOther:
			d.Flag = matching.FlagNotGTIN
		case tier == matching.TierBarcode && (class == domain.BarcodeRestored || other == domain.BarcodeRestored):
			d.Flag = matching.FlagRestored
		}
		return d
	}
	d.Flag = m.flag(r, class)
	d.Reason, d.Candidates = m.reason(r, class)
	nothing := []matching.Reason{matching.ReasonNoCandidate, matching.ReasonInvalidBarcode, matching.ReasonNothingToGoBy}
	if d.Flag == matching.FlagNone && slices.Contains(nothing, d.Reason) && m.twice(r) {
		d.Flag = matching.FlagRepeated
	}
	return d
}

// twice tells whether another İşbaşı product that is left has the barcode or code of r.
func (m *reference) twice(r matching.Remote) bool {
	return slices.ContainsFunc(m.in.Remotes, func(o matching.Remote) bool {
		if o.ID == r.ID || o.Skip != "" || m.tierOf[o.ID] != matching.TierNone {
			return false
		}
		barcode := SameBarcode(r, matching.Local{Barcode: o.Barcode})
		return m.in.ByBarcode && barcode || m.in.ByCode && r.Code.K0() != "" && r.Code.K0() == o.Code.K0()
	})
}

func (m *reference) flag(r matching.Remote, class domain.BarcodeClass) matching.Flag {
	for _, l := range m.in.Locals {
		if m.apart(r, l) && (m.in.ByBarcode && SameBarcode(r, l) || m.in.ByCode && r.Code.K1() != "" && r.Code.K1() == l.Code.K1()) {
			return matching.FlagSeparated
		}
	}
	for _, l := range m.in.Locals {
		if !m.taken[l.ID] && m.equalSpelling(r, l) && Veto(r, l) {
			return matching.FlagVetoed
		}
	}
	if class == domain.BarcodeRestricted {
		return matching.FlagRestricted
	}
	return matching.FlagNone
}

func (m *reference) any(r matching.Remote, l matching.Local) bool {
	return m.barcodeEdge(r, l) || m.spellingEdge(r, l)
}

func (m *reference) reason(r matching.Remote, class domain.BarcodeClass) (matching.Reason, int) {
	if m.misbound[r.ID] {
		return matching.ReasonBoundElsewhere, 0
	}
	var mine []matching.Local
	for _, l := range m.in.Locals {
		if m.any(r, l) && m.taken[l.ID] {
			return matching.ReasonBoundElsewhere, 0
		}
		if m.any(r, l) {
			mine = append(mine, l)
		}
	}
	count := func(e edge, l matching.Local) (n int) {
		for _, other := range m.in.Remotes {
			if other.Skip == "" && m.tierOf[other.ID] == matching.TierNone && e(other, l) {
				n++
			}
		}
		return n
	}
	exact := []edge{m.barcodeEdge, m.codeEdge}
	for _, e := range exact {
		for _, l := range mine {
			if e(r, l) && count(e, l) > 1 {
				return matching.ReasonRepeatedRemote, 0
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
			return matching.ReasonRepeatedLocal, 0
		}
	}
	switch {
	case m.conflict[r.ID], slices.ContainsFunc(mine, func(l matching.Local) bool { return m.spoiled[l.ID] }):
		return matching.ReasonConflict, 0
	case len(mine) > 1:
		return matching.ReasonAmbiguous, len(mine)
	case len(mine) == 1:
		return matching.ReasonAmbiguous, count(m.any, mine[0])
	case r.Code.K0() == "" && (class == domain.BarcodeInvalid || class == domain.BarcodeSeveral):
		return matching.ReasonInvalidBarcode, 0
	case r.Code.K0() == "" && class == domain.BarcodeNone:
		return matching.ReasonNothingToGoBy, 0
	default:
		return matching.ReasonNoCandidate, 0
	}
}
