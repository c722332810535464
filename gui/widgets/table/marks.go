package table

import "slices"

// MarksLimit is how many rows one command of the keyboard or mouse marks at most.
const MarksLimit = 1000

// marks are the rows of a table that are marked.
type marks struct {
	pages    *pages
	handlers *Handlers
	refresh  func() // what shows them

	rows []Row // in the order in which they were marked
	// from is the row that a range begins at, before what was marked without the range.
	from   int
	before []Row
}

// possible tells whether rows can be marked at all.
func (m *marks) possible() bool { return m.handlers.OnMarked != nil }

// has tells whether the row with this key is marked.
func (m *marks) has(key string) bool { return indexOfKey(m.rows, key) >= 0 }

func indexOfKey(rows []Row, key string) int {
	return slices.IndexFunc(rows, func(r Row) bool { return r.Key == key })
}

// set marks these rows and no others.
func (m *marks) set(rows []Row) {
	m.rows = rows
	m.refresh()
	if m.possible() {
		m.handlers.OnMarked(len(rows))
	}
}

// only marks the rows with these keys among those that are at hand, and no others.
func (m *marks) only(keys []string) {
	var rows []Row
	for _, page := range m.pages.held {
		for _, r := range page {
			if slices.Contains(keys, r.Key) {
				rows = append(rows, r)
			}
		}
	}
	m.set(rows)
}

// none takes every mark away.
func (m *marks) none() {
	if len(m.rows) > 0 {
		m.set(nil)
	}
}

// all marks all rows, the first MarksLimit of them.
func (m *marks) all() {
	if m.possible() && m.pages.total > 0 {
		m.pages.withRows(0, min(m.pages.total, MarksLimit), m.set)
	}
}

// toggle marks row i, or takes its mark away; a range goes from there.
func (m *marks) toggle(i int, r Row) {
	if !m.possible() {
		return
	}
	rows := slices.Clone(m.rows)
	if at := indexOfKey(rows, r.Key); at >= 0 {
		rows = slices.Delete(rows, at, at+1)
	} else {
		rows = append(rows, r)
	}
	m.set(rows)
	m.anchor(i)
}

// anchor is where the next range begins.
func (m *marks) anchor(i int) { m.from, m.before = i, m.rows }

// to marks the rows from where the range began up to row i, beside what was marked before it.
func (m *marks) to(i int) {
	if !m.possible() {
		return
	}
	from := max(0, min(m.from, m.pages.total-1))
	lo, hi := min(from, i), max(from, i)+1
	if i < from {
		lo = max(lo, hi-MarksLimit)
	}
	before := m.before
	m.pages.withRows(lo, min(hi, lo+MarksLimit), func(rows []Row) {
		all := slices.Clone(before)
		for _, r := range rows {
			if indexOfKey(all, r.Key) < 0 {
				all = append(all, r)
			}
		}
		m.set(all)
	})
}

// renew keeps marked rows as they are now.
func (m *marks) renew(rows []Row) {
	if len(m.rows) == 0 {
		return
	}
	for _, r := range rows {
		if i := indexOfKey(m.rows, r.Key); i >= 0 {
			m.rows[i] = r
		}
	}
}
