package matching

import (
	"runtime"

	"github.com/sopyo/sopyo-desktop/domain"
)

// manyRemotes is how many İşbaşı products take so much room that what is not needed any more is given back at once.
const manyRemotes = 200_000

// Match pairs the two sides, tier by tier, and gives one decision for each of in.Remotes, in their
// order. A pair is made only where neither side has another candidate in the tier; whatever is contested
// is left to a person. The order of either side changes nothing, and running it again with the pairs as
// bindings gives the same pairs and the same reasons. An id that stands twice on a side counts once.
func Match(in Input) []Decision {
	m := newMatcher(in)
	m.known(in.Bound)
	m.conflicts()
	m.tier(m.graph.barcode, TierBarcode)
	m.tier(m.graph.code, TierCode)
	m.tier(m.graph.spelling, TierSpelling)
	m.explain()

	m.graph = graph{}
	if len(m.remotes) >= manyRemotes {
		runtime.GC() // else the decisions come beside what was the graph
	}
	out := make([]Decision, len(in.Remotes))
	for i, r := range in.Remotes {
		at := i
		if len(m.remotes) != len(in.Remotes) {
			at, _ = m.remoteAt(r.ID)
		}
		out[i] = m.decision(at)
	}
	return out
}

// known is T1. A binding whose catalogue product is gone is ignored. Bindings are one to one; where they
// are not, nobody can say which holds, and all their products stay out.
func (m *matcher) known(bound []Pair) {
	partners := make([]int32, len(m.remotes)) // of those that are here, the last one's place, from 1; several: -1
	remotes := make([]int32, len(m.locals))
	seen := map[Pair]bool{} // of the few that are not here
	for _, p := range bound {
		j, here := m.localAt(p.Local)
		if !here {
			continue
		}
		i, read := m.remoteAt(p.Remote)
		switch {
		case !read && seen[p], read && partners[i] == int32(j+1):
			continue
		case !read:
			seen[p] = true
		case partners[i] == 0:
			partners[i] = int32(j + 1)
		default:
			partners[i] = -1
		}
		remotes[j]++
		m.free[local][j], m.partnered[j] = false, true
	}
	for i, partner := range partners {
		if partner == 0 {
			continue
		}
		m.free[remote][i] = false
		switch v := &m.verdicts[i]; {
		case v.skipped:
		case partner > 0 && remotes[partner-1] == 1:
			v.tier, v.local = m.tiers.place(TierKnown), partner-1
		default:
			m.misbound[i] = true
		}
	}
}

// conflicts takes out the products that their barcode and their code lead to different partners, with
// every end of their edges. A partner that is bound already is none to be led to, but one to which both
// lead shows that the two do not contradict each other; else a second run, with the pairs of the first
// one bound, would find conflicts that the first did not.
func (m *matcher) conflicts() {
	g, code := &m.graph, m.graph.code.open()
	asked := [2][]bool{
		where(len(m.remotes), func(i int) bool { return !m.verdicts[i].skipped }),
		where(len(m.locals), func(int) bool { return true }),
	}
	var hit [2][]bool
	for side := range hit {
		other := m.free[1-side]
		byBarcode, byCode := g.degrees(g.barcode, side, other), g.degrees(code, side, other)
		byBoth := g.degrees(g.barcodeCode, side, asked[1-side])
		hit[side] = where(len(byBoth), func(i int) bool {
			return m.free[side][i] && byBarcode[i].n > 0 && byCode[i].n > 0 && byBoth[i].n == 0
		})
	}
	g.barcodeCode = relation{} // nothing else asks for it
	for side := range hit {
		byBarcode, byCode := g.degrees(g.barcode, side, hit[1-side]), g.degrees(code, side, hit[1-side])
		for i := range m.free[side] {
			if m.free[side][i] && (hit[side][i] || byBarcode[i].n > 0 || byCode[i].n > 0) {
				m.free[side][i], m.conflict[side][i] = false, true
			}
		}
	}
}

// tier pairs what has one candidate on both sides, and takes out what has more, with every end of its
// edges.
func (m *matcher) tier(r relation, tier Tier) {
	g := &m.graph
	var of [2][]degree
	var many [2][]bool
	for side := range of {
		of[side] = g.degrees(r, side, m.free[1-side])
		many[side] = where(len(of[side]), func(i int) bool { return m.free[side][i] && of[side][i].n > 1 })
	}
	for i, d := range of[remote] {
		if m.free[remote][i] && d.n == 1 && of[local][d.which].n == 1 {
			m.pair(i, int(d.which), tier)
		}
	}
	for side := range of {
		contested := g.degrees(r, side, many[1-side])
		for i := range m.free[side] {
			if many[side][i] || contested[i].n > 0 {
				m.free[side][i] = false
			}
		}
	}
}

func (m *matcher) pair(i, j int, tier Tier) {
	m.free[remote][i], m.free[local][j], m.partnered[j] = false, false, true
	v := &m.verdicts[i]
	v.tier, v.local = m.tiers.place(tier), int32(j)
	switch tier {
	case TierSpelling:
		v.flag = m.flags.place(FlagSpelling)
	case TierBarcode:
		switch theirs := classOf(m.remotes[i].Barcode); {
		case theirs == domain.BarcodeOther:
			v.flag = m.flags.place(FlagNotGTIN)
		case theirs == domain.BarcodeRestored, classOf(m.locals[j].Barcode) == domain.BarcodeRestored:
			v.flag = m.flags.place(FlagRestored)
		}
	default:
	}
}
