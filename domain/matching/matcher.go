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
// so that their order does not. Where every id stands once, that is all itself.
func once[T any, ID comparable](all []T, id func(T) ID, compare func(a, b T) int) ([]T, map[ID]int) {
	at := make(map[ID]int, len(all))
	for i, p := range all {
		if _, again := at[id(p)]; again {
			return least(all, id, compare)
		}
		at[id(p)] = i
	}
	return all, at
}

func least[T any, ID comparable](all []T, id func(T) ID, compare func(a, b T) int) ([]T, map[ID]int) {
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

// relate makes the graph: which products have equal keys. One key after the other is made of all products, and let go.
func (m *matcher) relate(in Input) {
	m.class = [2][]domain.BarcodeClass{make([]domain.BarcodeClass, len(m.remotes)), make([]domain.BarcodeClass, len(m.locals))}
	barcodes, gtins := m.keys(), m.keys()
	m.each(func(side, i int, _ domain.Code, barcode domain.Barcode) {
		key, class := barcode.Key()
		m.class[side][i] = class
		barcodes[side][i] = when(in.ByBarcode && class.Pairs(), key)
		gtins[side][i] = when(class == domain.BarcodeGTIN, key)
	})
	g, gtin := &m.graph, relate(gtins)
	g.barcode = relate(barcodes)
	codes := gtins // which are no longer needed
	spell := func(key func(domain.Code) string) relation {
		m.each(func(side, i int, code domain.Code, _ domain.Barcode) {
			codes[side][i] = ""
			if in.ByCode {
				codes[side][i] = key(code)
			}
		})
		return vetoed(relate(codes), gtin)
	}
	g.code, g.spelling = spell(domain.Code.K0), spell(domain.Code.K1)
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

// keys has room for a key of every product.
func (m *matcher) keys() [2][]string {
	return [2][]string{make([]string, len(m.remotes)), make([]string, len(m.locals))}
}

// each goes through the products of both sides.
func (m *matcher) each(do func(side, i int, code domain.Code, barcode domain.Barcode)) {
	for i, r := range m.remotes {
		do(remote, i, r.Code, r.Barcode)
	}
	for i, l := range m.locals {
		do(local, i, l.Code, l.Barcode)
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
