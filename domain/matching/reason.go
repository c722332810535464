package matching

import "github.com/sopyo/sopyo-desktop/domain"

// explain gives every İşbaşı product without a partner its reason and its flag. The reasons look at what
// is left when all tiers are done, so that they are the same when the pairs come back as bindings:
//
//   - bound elsewhere: a catalogue product it could be has another partner, from before or from this run;
//   - repeated at İşbaşı: a catalogue product has its barcode or code, and so has another İşbaşı product;
//   - repeated in the catalogue: several catalogue products have its barcode, or its code;
//   - conflict: it, or a catalogue product it could be, was taken out by one;
//   - ambiguous (n): there is a candidate, but more than one way to pair it; n candidates of this product
//     or, if it has only one, of that one.
func (m *matcher) explain() {
	rest := [2][]bool{
		where(len(m.remotes), func(i int) bool { return !m.verdicts[i].skipped && m.verdicts[i].tier == 0 }),
		where(len(m.locals), func(j int) bool { return !m.partnered[j] }),
	}
	elsewhere := some(m.candidates(remote, m.partnered))
	var repeated [2][]bool
	repeated[remote], repeated[local] = m.repeats(rest)
	candidates := [2][]degree{m.candidates(remote, rest[local]), m.candidates(local, rest[remote])}
	conflicting := some(m.candidates(remote, m.conflict[local]))
	flags := m.flagsOf(rest[local])
	twice := m.twice(rest[remote])
	for i := range m.verdicts {
		if !rest[remote][i] {
			continue
		}
		v := &m.verdicts[i]
		v.flag = flags[i]
		switch n := candidates[remote][i]; {
		case m.misbound[i] || elsewhere[i]:
			v.reason = m.reasons.place(ReasonBoundElsewhere)
		case repeated[remote][i]:
			v.reason = m.reasons.place(ReasonRepeatedRemote)
		case repeated[local][i]:
			v.reason = m.reasons.place(ReasonRepeatedLocal)
		case m.conflict[remote][i] || conflicting[i]:
			v.reason = m.reasons.place(ReasonConflict)
		case n.n > 1:
			v.reason, v.candidates = m.reasons.place(ReasonAmbiguous), n.n
		case n.n == 1:
			v.reason, v.candidates = m.reasons.place(ReasonAmbiguous), candidates[local][n.which].n
		default:
			v.reason = m.reasons.place(m.nothing(i))
			if v.flag == 0 && twice[i] {
				v.flag = m.flags.place(FlagRepeated)
			}
		}
	}
}

// some tells which have any.
func some(of []degree) []bool { return where(len(of), func(i int) bool { return of[i].n > 0 }) }

// candidates counts the products of the other side, among in, that one of side could be by any tier.
func (m *matcher) candidates(side int, in []bool) []degree {
	g := &m.graph
	out := g.degrees(g.barcode, side, in)
	spelling, common := g.degrees(g.spelling, side, in), g.degrees(g.barcodeSpelling, side, in)
	for i := range out {
		out[i] = out[i].plus(spelling[i]).minus(common[i])
	}
	return out
}

// repeats tells of the İşbaşı products whether, with exactly the same barcode or code, they share a
// candidate (atRemote), and whether they have several (atLocal).
func (m *matcher) repeats(rest [2][]bool) (atRemote, atLocal []bool) {
	g := &m.graph
	atRemote, atLocal = make([]bool, len(m.remotes)), make([]bool, len(m.remotes))
	for _, r := range []relation{g.barcode, g.code} {
		of := g.degrees(r, local, rest[remote])
		shared := g.degrees(r, remote, where(len(of), func(j int) bool { return of[j].n > 1 }))
		own := g.degrees(r, remote, rest[local])
		for i := range own {
			atRemote[i] = atRemote[i] || shared[i].n > 0
			atLocal[i] = atLocal[i] || own[i].n > 1
		}
	}
	return atRemote, atLocal
}

// twice tells of the İşbaşı products that are left whether another one of them has the same barcode or code.
func (m *matcher) twice(rest []bool) []bool {
	barcodes, codes := m.graph.barcode.shared(remote, rest), m.graph.code.shared(remote, rest)
	return where(len(rest), func(i int) bool { return barcodes[i] || codes[i] })
}

// nothing says why there is no candidate at all.
func (m *matcher) nothing(i int) Reason {
	noCode := m.remotes[i].Code.K0() == ""
	switch class := classOf(m.remotes[i].Barcode); {
	case noCode && (class == domain.BarcodeInvalid || class == domain.BarcodeSeveral):
		return ReasonInvalidBarcode
	case noCode && class == domain.BarcodeNone:
		return ReasonNothingToGoBy
	default:
		return ReasonNoCandidate
	}
}

// flagsOf gives the İşbaşı products that are left what a person may want to know of them: that it was
// taken apart from a product it would match, that a veto stands between it and one that is left, that
// its barcode is an in-store number. The first that holds.
func (m *matcher) flagsOf(rest []bool) []uint8 {
	g := &m.graph
	out := make([]uint8, len(m.remotes))
	spelling := g.spelling.open()
	with, without := g.degrees(spelling, remote, rest), g.degrees(g.spelling, remote, rest)
	for i := range out {
		switch {
		case with[i].n > without[i].n:
			out[i] = m.flags.place(FlagVetoed)
		case classOf(m.remotes[i].Barcode) == domain.BarcodeRestricted:
			out[i] = m.flags.place(FlagRestricted)
		}
	}
	for _, p := range g.separated {
		if g.barcode.joins(p) || spelling.joins(p) {
			out[p[remote]] = m.flags.place(FlagSeparated)
		}
	}
	return out
}
