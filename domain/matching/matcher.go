package matching

import (
	"cmp"

	"github.com/sopyo/sopyo-desktop/domain"
)

// matcher is one run of Match. Slices of [2] are by side, then by product.
type matcher struct {
	remotes  []Remote
	locals   []Local
	remoteAt map[domain.RemoteID]int
	localAt  map[domain.ProductID]int
	class    [2][]domain.BarcodeClass
	graph    graph

	free      [2][]bool // takes part in the tiers to come
	partnered []bool    // locals that are bound or paired
	misbound  []bool    // remotes whose bindings contradict each other
	conflict  [2][]bool // what a conflict has taken out
	decisions []Decision
}

func newMatcher(in Input) *matcher {
	m := &matcher{}
	m.remotes, m.remoteAt = once(in.Remotes, func(r Remote) domain.RemoteID { return r.ID }, func(a, b Remote) int {
		return cmp.Or(cmp.Compare(a.Skip, b.Skip), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Barcode, b.Barcode))
	})
	m.locals, m.localAt = once(in.Locals, func(l Local) domain.ProductID { return l.ID }, func(a, b Local) int {
		return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Barcode, b.Barcode))
	})
	m.relate(in)
	m.partnered = make([]bool, len(m.locals))
	m.misbound = make([]bool, len(m.remotes))
	m.conflict = [2][]bool{make([]bool, len(m.remotes)), make([]bool, len(m.locals))}
	m.free = [2][]bool{make([]bool, len(m.remotes)), make([]bool, len(m.locals))}
	m.decisions = make([]Decision, len(m.remotes))
	for i, r := range m.remotes {
		m.free[remote][i] = r.Skip == ""
		m.decisions[i] = Decision{Remote: r.ID, Skipped: r.Skip != "", Reason: r.Skip}
	}
	for i := range m.locals {
		m.free[local][i] = true
	}
	return m
}

// once gives each id's product once, and where it stands. Of several with the same id the least counts,
// so that their order does not.
func once[T any, ID comparable](all []T, id func(T) ID, compare func(a, b T) int) ([]T, map[ID]int) {
	list := make([]T, 0, len(all))
	at := make(map[ID]int, len(all))
	for _, p := range all {
		i, again := at[id(p)]
		switch {
		case !again:
			at[id(p)] = len(list)
			list = append(list, p)
		case compare(p, list[i]) < 0:
			list[i] = p
		}
	}
	return list, at
}

// relate makes the graph: which products have equal keys.
func (m *matcher) relate(in Input) {
	var barcodes, gtins, codes, spellings [2][]string
	add := func(side int, code domain.Code, barcode domain.Barcode) {
		key, class := barcode.Key()
		m.class[side] = append(m.class[side], class)
		barcodes[side] = append(barcodes[side], when(in.ByBarcode && class.Pairs(), key))
		gtins[side] = append(gtins[side], when(class == domain.BarcodeGTIN, key))
		var k0, k1 string
		if in.ByCode {
			k0, k1 = code.K0(), code.K1()
		}
		codes[side] = append(codes[side], k0)
		spellings[side] = append(spellings[side], k1)
	}
	for _, r := range m.remotes {
		add(remote, r.Code, r.Barcode)
	}
	for _, l := range m.locals {
		add(local, l.Code, l.Barcode)
	}
	gtin := relate(gtins)
	g := &m.graph
	g.barcode = relate(barcodes)
	g.code = vetoed(relate(codes), gtin)
	g.spelling = vetoed(relate(spellings), gtin)
	g.barcodeCode = both(g.barcode, g.code)
	g.barcodeSpelling = both(g.barcode, g.spelling)

	seen := make(map[Pair]bool, len(in.Separated))
	for _, p := range in.Separated {
		i, known := m.remoteAt[p.Remote]
		j, here := m.localAt[p.Local]
		if known && here && !seen[p] {
			seen[p] = true
			g.separated = append(g.separated, [2]int32{int32(i), int32(j)})
		}
	}
}

func when(ok bool, s string) string {
	if !ok {
		return ""
	}
	return s
}

// where tells of each of n products whether f holds.
func where(n int, f func(i int) bool) []bool {
	out := make([]bool, n)
	for i := range out {
		out[i] = f(i)
	}
	return out
}
