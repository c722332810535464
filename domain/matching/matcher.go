package matching

import (
	"cmp"
	"slices"

	"github.com/sopyo/sopyo-desktop/domain"
)

// matcher is one run of Match. Slices of [2] are by side, then by product.
type matcher struct {
	remotes  []Remote
	locals   []Local
	remoteAt find[domain.RemoteID]
	localAt  find[domain.ProductID]
	graph    graph

	free      [2][]bool // takes part in the tiers to come
	partnered []bool    // locals that are bound or paired
	misbound  []bool    // remotes whose bindings contradict each other
	conflict  [2][]bool // what a conflict has taken out
	verdicts  []verdict
	tiers     list[Tier]
	reasons   list[Reason]
	flags     list[Flag]
}

// verdict is the decision on one İşbaşı product while there is none on all: a few bytes, as there may be millions.
type verdict struct {
	skipped            bool
	tier, reason, flag uint8 // places in the matcher's lists; 0 is none
	local              int32 // place in the catalogue's; of a tier
	candidates         int32
}

// list holds each of a few texts once, the empty one first.
type list[T ~string] []T

func (l *list[T]) place(text T) uint8 {
	i := slices.Index(*l, text)
	if i < 0 {
		i = len(*l)
		*l = append(*l, text)
	}
	return uint8(i)
}

func newMatcher(in Input) *matcher {
	m := &matcher{tiers: list[Tier]{TierNone}, reasons: list[Reason]{""}, flags: list[Flag]{FlagNone}}
	m.remotes, m.remoteAt = once(in.Remotes, func(r Remote) domain.RemoteID { return r.ID }, byNumber, func(a, b Remote) int {
		return cmp.Or(cmp.Compare(a.Skip, b.Skip), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Barcode, b.Barcode))
	})
	m.locals, m.localAt = once(in.Locals, func(l Local) domain.ProductID { return l.ID }, cmp.Compare, func(a, b Local) int {
		return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Barcode, b.Barcode))
	})
	m.relate(in)
	m.partnered = make([]bool, len(m.locals))
	m.misbound = make([]bool, len(m.remotes))
	m.conflict = [2][]bool{make([]bool, len(m.remotes)), make([]bool, len(m.locals))}
	m.free = [2][]bool{make([]bool, len(m.remotes)), make([]bool, len(m.locals))}
	m.verdicts = make([]verdict, len(m.remotes))
	for i, r := range m.remotes {
		m.free[remote][i] = r.Skip == ""
		m.verdicts[i] = verdict{skipped: r.Skip != "", reason: m.reasons.place(r.Skip)}
	}
	for i := range m.locals {
		m.free[local][i] = true
	}
	return m
}

// decision is that on the İşbaşı product at i.
func (m *matcher) decision(i int) Decision {
	v := m.verdicts[i]
	d := Decision{
		Remote: m.remotes[i].ID, Skipped: v.skipped, Tier: m.tiers[v.tier], Reason: m.reasons[v.reason],
		Candidates: int(v.candidates), Flag: m.flags[v.flag],
	}
	if d.Tier != TierNone {
		d.Local = m.locals[v.local].ID
	}
	return d
}

// find tells where the product of an id stands.
type find[ID any] func(ID) (i int, ok bool)

// once gives each id's product once, and finds it. Of several with the same id the least counts,
// so that their order does not. Where the ids ascend, each stands once, and that is all itself.
func once[T, ID comparable](all []T, id func(T) ID, order func(a, b ID) int, compare func(a, b T) int) ([]T, find[ID]) {
	for i := range all {
		if i > 0 && order(id(all[i-1]), id(all[i])) >= 0 {
			list, at := least(all, id, compare)
			return list, func(want ID) (int, bool) { i, ok := at[want]; return i, ok }
		}
	}
	return all, func(want ID) (int, bool) {
		return slices.BinarySearchFunc(all, want, func(p T, want ID) int { return order(id(p), want) })
	}
}

// byNumber orders ids: those that are numbers, as such.
func byNumber(a, b domain.RemoteID) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
}

func least[T, ID comparable](all []T, id func(T) ID, compare func(a, b T) int) ([]T, map[ID]int) {
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
	g := &m.graph
	names := newNumbers[string](len(m.remotes))
	g.barcode = m.relation(names, func(_ domain.Code, barcode domain.Barcode) string {
		key, class := barcode.Key()
		return when(in.ByBarcode && class.Pairs(), key)
	})
	gtin := m.relation(names, func(_ domain.Code, barcode domain.Barcode) string {
		key, class := barcode.Key()
		return when(class == domain.BarcodeGTIN, key)
	})
	spell := func(key func(domain.Code) string) relation {
		return m.relation(names, func(code domain.Code, _ domain.Barcode) string {
			if !in.ByCode {
				return ""
			}
			return key(code)
		})
	}
	g.code, g.spelling = spell(domain.Code.K0), spell(domain.Code.K1)
	names.of = nil
	pairs := newNumbers[[2]int32](len(m.remotes))
	g.code, g.spelling = vetoed(pairs, g.code, gtin), vetoed(pairs, g.spelling, gtin)
	g.barcodeCode = both(pairs, g.barcode, g.code)
	g.barcodeSpelling = both(pairs, g.barcode, g.spelling)

	seen := make(map[Pair]bool, len(in.Separated))
	for _, p := range in.Separated {
		i, known := m.remoteAt(p.Remote)
		j, here := m.localAt(p.Local)
		if known && here && !seen[p] {
			seen[p] = true
			g.separated = append(g.separated, [2]int32{int32(i), int32(j)})
		}
	}
}

// relation makes that of equal keys.
func (m *matcher) relation(names *numbers[string], key func(code domain.Code, barcode domain.Barcode) string) relation {
	k := newKeyed(names, len(m.remotes), len(m.locals))
	for i, r := range m.remotes {
		k.put(remote, i, key(r.Code, r.Barcode))
	}
	for i, l := range m.locals {
		k.put(local, i, key(l.Code, l.Barcode))
	}
	return k.relation()
}

func classOf(b domain.Barcode) domain.BarcodeClass {
	_, class := b.Key()
	return class
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
