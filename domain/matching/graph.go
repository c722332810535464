package matching

// The two sides of the graph.
const (
	remote = 0
	local  = 1
)

// none is the group of a product that has no such key.
const none int32 = -1

// relation joins the products of the two sides that have the same key: each group of keys is complete,
// but for the pairs that were separated and those that are vetoed.
type relation struct {
	group  [2][]int32 // of each product, or none
	groups int32
	// With a veto, two products of a group that both have a GTIN are joined only if it is the same.
	// Class is the group of (group, GTIN), or none for a product without a GTIN.
	veto    bool
	class   [2][]int32
	classes int32
}

// open is the relation with its vetoed pairs.
func (r relation) open() relation {
	r.veto = false
	return r
}

// joins tells whether i of İşbaşı and j of the catalogue have the same key and are not vetoed.
func (r relation) joins(p [2]int32) bool {
	g, h := r.group[remote][p[remote]], r.group[local][p[local]]
	if g == none || g != h {
		return false
	}
	if !r.veto {
		return true
	}
	c, d := r.class[remote][p[remote]], r.class[local][p[local]]
	return c == none || d == none || c == d
}

// shared tells, for every product of side, whether others of the same side among in have its key; it is to be among them
// itself.
func (r relation) shared(side int, in []bool) []bool {
	total := make([]int32, r.groups)
	for i, k := range r.group[side] {
		if k != none && in[i] {
			total[k]++
		}
	}
	return where(len(r.group[side]), func(i int) bool {
		k := r.group[side][i]
		return k != none && total[k] > 1
	})
}

// degree is the number of a product's neighbours, and their numbers, one bit beside the other (xor): with one neighbour
// that says which. So the graph is never spelled out, and a key that thousands share costs no more than
// one that two share.
type degree struct{ n, which int32 }

func (d *degree) add(i int) { *d = d.plus(degree{1, int32(i)}) }

func (d degree) plus(e degree) degree  { return degree{d.n + e.n, d.which ^ e.which} }
func (d degree) minus(e degree) degree { return degree{d.n - e.n, d.which ^ e.which} }

// graph holds the relations between the two sides, and the pairs that are never an edge of any.
type graph struct {
	separated [][2]int32 // each once
	barcode   relation   // T3
	code      relation   // T4, with veto
	spelling  relation   // T5, with veto; every edge of code is one of it
	// The edges that barcode and code, barcode and spelling have in common.
	barcodeCode, barcodeSpelling relation

	room [3][]degree // for counting: degrees is asked for again and again
}

// counters gives n cleared ones, in the room of that number.
func (g *graph) counters(room int, n int32) []degree {
	if int(n) > cap(g.room[room]) {
		g.room[room] = make([]degree, n)
	}
	d := g.room[room][:n]
	clear(d)
	return d
}

// degrees counts, for every product of side, its neighbours among those of the other side that are in.
func (g *graph) degrees(r relation, side int, in []bool) []degree {
	other := 1 - side
	total := g.counters(0, r.groups)
	var same, unclassed []degree
	if r.veto {
		same, unclassed = g.counters(1, r.classes), g.counters(2, r.groups)
	}
	for i, k := range r.group[other] {
		if k == none || !in[i] {
			continue
		}
		total[k].add(i)
		if !r.veto {
			continue
		}
		if c := r.class[other][i]; c != none {
			same[c].add(i)
		} else {
			unclassed[k].add(i)
		}
	}
	out := make([]degree, len(r.group[side]))
	for i, k := range r.group[side] {
		switch {
		case k == none:
		case r.veto && r.class[side][i] != none:
			out[i] = same[r.class[side][i]].plus(unclassed[k])
		default:
			out[i] = total[k]
		}
	}
	for _, p := range g.separated {
		if i := p[other]; in[i] && r.joins(p) {
			out[p[side]] = out[p[side]].minus(degree{1, i})
		}
	}
	return out
}

// numbers gives equal keys equal numbers, counted from 0. One relation after the other uses the same room, which is large.
type numbers[K comparable] struct{ of map[K]int32 }

func newNumbers[K comparable](n int) *numbers[K] { return &numbers[K]{make(map[K]int32, n)} }

// anew forgets all keys.
func (n *numbers[K]) anew() { clear(n.of) }

func (n *numbers[K]) number(k K) int32 {
	i, ok := n.of[k]
	if !ok {
		i = int32(len(n.of))
		n.of[k] = i
	}
	return i
}

// keyed makes the relation of equal texts; the empty text is no key.
type keyed struct {
	group [2][]int32
	names *numbers[string]
}

func newKeyed(names *numbers[string], remotes, locals int) keyed {
	names.anew()
	return keyed{[2][]int32{make([]int32, remotes), make([]int32, locals)}, names}
}

// put gives a product its key.
func (k *keyed) put(side, i int, key string) {
	k.group[side][i] = none
	if key != "" {
		k.group[side][i] = k.names.number(key)
	}
}

func (k *keyed) relation() relation { return relation{group: k.group, groups: int32(len(k.names.of))} }

// both makes the relation of the edges that a and b have in common.
func both(pairs *numbers[[2]int32], a, b relation) relation {
	var r relation
	r.group, r.groups = cross(pairs, a.group, b.group)
	return r
}

// vetoed is r with a veto between products of different GTINs.
func vetoed(pairs *numbers[[2]int32], r, gtin relation) relation {
	r.veto = true
	r.class, r.classes = cross(pairs, r.group, gtin.group)
	return r
}

func cross(pairs *numbers[[2]int32], a, b [2][]int32) (groups [2][]int32, n int32) {
	pairs.anew()
	for side := range a {
		groups[side] = make([]int32, len(a[side]))
		for i, g := range a[side] {
			if h := b[side][i]; g == none || h == none {
				groups[side][i] = none
			} else {
				groups[side][i] = pairs.number([2]int32{g, h})
			}
		}
	}
	return groups, int32(len(pairs.of))
}
