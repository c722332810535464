package widgets

import "slices"

// MarksLimit is how many rows one command of the keyboard or mouse marks at most.
const MarksLimit = 1000

// tableMarks are the rows of a table that are marked, in the order in which they were.
type tableMarks struct {
	rows []TableRow
	// from is the row that a range begins at, before what was marked without the range.
	from   int
	before []TableRow
}

// marked tells whether the row with this key is marked.
func (t *DataTable) marked(key string) bool { return indexOfKey(t.marks.rows, key) >= 0 }

func indexOfKey(rows []TableRow, key string) int {
	return slices.IndexFunc(rows, func(r TableRow) bool { return r.Key == key })
}

// Marked gives the rows that are marked, in the order in which they were.
func (t *DataTable) Marked() []TableRow { return slices.Clone(t.marks.rows) }

// Mark marks the rows with these keys among those that are at hand, and no others.
func (t *DataTable) Mark(keys ...string) {
	var rows []TableRow
	for _, page := range t.pages {
		for _, r := range page {
			if slices.Contains(keys, r.Key) {
				rows = append(rows, r)
			}
		}
	}
	t.setMarks(rows)
}

// Unmark takes every mark away.
func (t *DataTable) Unmark() {
	if len(t.marks.rows) > 0 {
		t.setMarks(nil)
	}
}

// MarkAll marks all rows, the first MarksLimit of them.
func (t *DataTable) MarkAll() {
	if t.OnMarked != nil && t.total > 0 {
		t.withRows(0, min(t.total, MarksLimit), t.setMarks)
	}
}

// toggle marks row i, or takes its mark away; a range goes from there.
func (t *DataTable) toggle(i int, r TableRow) {
	if t.OnMarked == nil {
		return
	}
	rows := slices.Clone(t.marks.rows)
	if at := indexOfKey(rows, r.Key); at >= 0 {
		rows = slices.Delete(rows, at, at+1)
	} else {
		rows = append(rows, r)
	}
	t.setMarks(rows)
	t.anchor(i)
}

// anchor is where the next range begins.
func (t *DataTable) anchor(i int) { t.marks.from, t.marks.before = i, t.marks.rows }

// markTo marks the rows from where the range began up to row i, beside what was marked before it.
func (t *DataTable) markTo(i int) {
	if t.OnMarked == nil {
		return
	}
	from := max(0, min(t.marks.from, t.total-1))
	lo, hi := min(from, i), max(from, i)+1
	if i < from {
		lo = max(lo, hi-MarksLimit)
	}
	before := t.marks.before
	t.withRows(lo, min(hi, lo+MarksLimit), func(rows []TableRow) {
		all := slices.Clone(before)
		for _, r := range rows {
			if indexOfKey(all, r.Key) < 0 {
				all = append(all, r)
			}
		}
		t.setMarks(all)
	})
}

// withRows gives f the rows lo to hi, now or when they have come.
func (t *DataTable) withRows(lo, hi int, f func([]TableRow)) {
	var rows []TableRow
	for i := lo; i < hi; i++ {
		page := t.pages[i/PageRows]
		if i%PageRows >= len(page) {
			break
		}
		rows = append(rows, page[i%PageRows])
	}
	if len(rows) == hi-lo {
		f(rows)
		return
	}
	generation := t.generation
	t.fetch(PageQuery{Sort: t.sort, Desc: t.desc, Limit: hi - lo, Offset: lo}, func(rows []TableRow, _ int, ok bool) {
		if ok && generation == t.generation {
			f(rows)
		}
	})
}

func (t *DataTable) setMarks(rows []TableRow) {
	t.marks.rows = rows
	t.list.Refresh()
	if t.OnMarked != nil {
		t.OnMarked(len(rows))
	}
}

// remark keeps marked rows as they are now.
func (t *DataTable) remark(rows []TableRow) {
	if len(t.marks.rows) == 0 {
		return
	}
	for _, r := range rows {
		if i := indexOfKey(t.marks.rows, r.Key); i >= 0 {
			t.marks.rows[i] = r
		}
	}
}
