package table

import (
	"slices"

	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// pagesKept bounds what a table holds of a long list.
const pagesKept = 40

// pages are the rows of a list of any length, as far as they have come.
type pages struct {
	fetch Fetch
	// came is told of each page that has come.
	came func(page int, rows []Row, way loading)

	sort       string
	desc       bool
	total      int
	held       map[int][]Row
	generation int
	loading    bool
	next       int // the page to fetch when the one in flight has come; -1: none
}

// The ways of loading a page: beside those that are there, in their place from the top, or in their place
// without moving.
type loading int

const (
	adding loading = iota
	anew
	staying
)

// clear forgets all rows, and the answers under way.
func (p *pages) clear() {
	p.generation++
	p.held, p.total = map[int][]Row{}, 0
}

// renew asks for the list anew, beginning with one page.
func (p *pages) renew(page int, way loading) {
	p.generation++
	p.next = -1
	p.load(page, way)
}

func (p *pages) load(page int, way loading) {
	p.loading = true
	generation := p.generation
	q := Query{Sort: p.sort, Desc: p.desc, Limit: PageRows, Offset: page * PageRows}
	p.fetch(q, func(rows []Row, total int, ok bool) {
		if generation != p.generation {
			return // an answer to an older question
		}
		p.loading = false
		if !ok {
			p.next = -1
			return
		}
		if way != adding {
			p.held = map[int][]Row{}
		}
		rows = onLines(rows)
		p.total = total
		p.held[page] = rows
		p.forget(page)
		p.came(page, rows, way)
		if next := p.next; next >= 0 {
			p.next = -1
			if _, have := p.held[next]; !have {
				p.load(next, adding)
			}
		}
	})
}

// onLines gives rows as they may be drawn: what stands in their cells came from files and from others' systems.
func onLines(rows []Row) []Row {
	rows = slices.Clone(rows)
	for i := range rows {
		rows[i].Cells, rows[i].Detail = slices.Clone(rows[i].Cells), widgets.Drawn(rows[i].Detail)
		for j, cell := range rows[i].Cells {
			rows[i].Cells[j] = widgets.OneLine(cell)
		}
	}
	return rows
}

// forget drops the pages farthest from page when there are too many.
func (p *pages) forget(page int) {
	for len(p.held) > pagesKept {
		far, distance := page, 0
		for at := range p.held {
			if d := max(at-page, page-at); d > distance {
				far, distance = at, d
			}
		}
		delete(p.held, far)
	}
}

// row gives row i, or asks for its page and gives ok = false.
func (p *pages) row(i int) (r Row, ok bool) {
	page, at := i/PageRows, i%PageRows
	rows, have := p.held[page]
	switch {
	case have && at < len(rows):
		return rows[at], true
	case have:
		return Row{}, false // shorter than it was counted
	case p.loading:
		p.next = page
	default:
		p.load(page, adding)
	}
	return Row{}, false
}

// withRows gives f the rows lo to hi, now or when they have come.
func (p *pages) withRows(lo, hi int, f func([]Row)) {
	var rows []Row
	for i := lo; i < hi; i++ {
		page := p.held[i/PageRows]
		if i%PageRows >= len(page) {
			break
		}
		rows = append(rows, page[i%PageRows])
	}
	if len(rows) == hi-lo {
		f(rows)
		return
	}
	generation := p.generation
	p.fetch(Query{Sort: p.sort, Desc: p.desc, Limit: hi - lo, Offset: lo}, func(rows []Row, _ int, ok bool) {
		if ok && generation == p.generation {
			f(rows)
		}
	})
}
