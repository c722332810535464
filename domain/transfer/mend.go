package transfer

import (
	"context"
	"math/bits"
	"slices"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// seam is the border in front of a page, as İşbaşı has it now.
type seam struct {
	page int             // of which first is the first product
	from domain.RemoteID // "" at both ends of the list
	off  int             // how many more products are staged in front of it than İşbaşı has there
}

// mender finds where what was read and İşbaşı's list part. The pages of a list that is sorted by id say of each
// product how many stand in front of it: where as many are staged, nothing in front is missing or too much.
type mender struct {
	*Job
	reads int // that may still be spent
	rows  map[int][]domain.RemoteProduct
}

// mend makes what was read agree with the list, without reading all of it anew: log₂ of its pages, for each page in
// which something has come or gone since it was read. Where the count agrees nothing may have moved but as much was
// added as went, and what is added stands at the end: then as many borders are looked at. What lies between
// those cannot be known.
func (j *Job) mend(ctx context.Context) error {
	m := &mender{Job: j, reads: backLimit + 3*bits.Len(uint(pages(j.Snapshot().Total)))} // #nosec G115 -- at least one page
	if err := m.settle(ctx); err != nil || m.differs() != 0 || !j.mayHaveMoved() {
		return err
	}
	if err := m.lookFor(ctx); err != nil {
		return err
	}
	m.reads = backLimit + 2*bits.Len(uint(pages(j.Snapshot().Total))) // #nosec G115 -- at least one page
	return m.settle(ctx)
}

// settle mends page by page until what was read agrees with the count, or nothing helps.
func (m *mender) settle(ctx context.Context) error {
	for m.differs() != 0 && m.reads > 0 {
		before := m.Snapshot().Run
		m.rows = map[int][]domain.RemoteProduct{}
		if err := m.between(ctx, seam{page: 1}, m.end()); err != nil {
			return err
		}
		if after := m.Snapshot().Run; after.Counters == before.Counters && after.Total == before.Total {
			return nil // it is the count that is wrong
		}
	}
	return nil
}

// differs tells by how many products what was read is more than İşbaşı has.
func (m *mender) differs() int {
	r := m.Snapshot().Run
	return r.Counters.Read - r.Total
}

func (m *mender) end() seam { return seam{page: pages(m.Snapshot().Total) + 1, off: m.differs()} }

// between mends one page between two borders that do not agree, if it can be found.
func (m *mender) between(ctx context.Context, lo, hi seam) error {
	for hi.page-lo.page > 1 {
		mid, ok, err := m.seam(ctx, (lo.page+hi.page)/2)
		if err != nil || !ok {
			return err
		}
		if mid.off == lo.off {
			lo = mid
		} else {
			hi = mid
		}
	}
	rows, ok, err := m.page(ctx, lo.page)
	if err != nil || !ok {
		return err
	}
	r, err := m.deps.Runs.StageRange(ctx, m.current(), lo.from, hi.from, rows)
	if err != nil {
		return domain.Wrap(err, "mend page %d", lo.page)
	}
	m.written(r, "")
	return nil
}

// seam looks at the border in front of a page.
func (m *mender) seam(ctx context.Context, n int) (s seam, ok bool, err error) {
	rows, ok, err := m.page(ctx, n)
	if err != nil || !ok || len(rows) == 0 {
		return seam{}, false, err
	}
	below, err := m.deps.Runs.StagedBelow(ctx, m.Snapshot().Run, rows[0].ID)
	return seam{page: n, from: rows[0].ID, off: below - (n-1)*PageSize}, true, err
}

// page reads a page once; ok = false: the list has moved meanwhile, is in no order that is known, or has cost enough.
func (m *mender) page(ctx context.Context, n int) (rows []domain.RemoteProduct, ok bool, err error) {
	if rows, ok := m.rows[n]; ok {
		return rows, true, nil
	}
	if m.reads--; m.reads < 0 {
		return nil, false, nil
	}
	for page, err := range m.deps.Books.Products(ctx, Range{From: n}) {
		if err != nil {
			return nil, false, domain.Wrap(err, "read the products again, page %d", n)
		}
		if page.Total != m.Snapshot().Total {
			m.set(func(r *Run) { r.Total = page.Total })
			return nil, false, nil
		}
		if !follow(page.Products, "0") {
			return nil, false, nil
		}
		m.rows[n] = page.Products
		return page.Products, true, nil
	}
	return nil, false, ctx.Err()
}

// mayHaveMoved tells whether the last product of the list was dated since the read has begun: it may have been added
// meanwhile, and hide that another one has gone.
func (j *Job) mayHaveMoved() bool {
	const tolerance = 5 * time.Minute // between the clocks
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.lastDated.After(j.run.CreatedAt.Add(-tolerance)) && pages(j.run.Total) > 1
}

// noteRead remembers when a page was read, and of when its last product is.
func (j *Job) noteRead(page int, dated time.Time) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if page >= j.readFrom+len(j.readAt)-1 { // not one that is read again behind others
		j.lastDated = dated
	}
	if page != j.readFrom+len(j.readAt) {
		if page < j.readFrom+len(j.readAt) { // read again
			return
		}
		j.readFrom, j.readAt = page, nil
	}
	j.readAt = append(j.readAt, j.deps.Now())
}

// seen tells whether this sitting has read a page, so that it knows of when the last product is.
func (j *Job) seen() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return len(j.readAt) > 0
}

// suspects are the pages behind which something may have slipped: if the last product was added between two pages, what
// it hides has slipped to the first of them. Clocks differ a little.
func (j *Job) suspects(end int) (suspects []int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	at, _ := slices.BinarySearchFunc(j.readAt, j.lastDated, time.Time.Compare)
	for _, d := range []int{-1, 0, -2, 1, -3} {
		if n := j.readFrom + at + d; n >= 1 && n < end {
			suspects = append(suspects, n)
		}
	}
	return suspects
}

// lookFor finds what the count does not tell: first on the pages that were read when the last product was added, then
// at borders, the middle ones first. What it mends the count tells then.
func (m *mender) lookFor(ctx context.Context) error {
	end := m.end().page
	looks := bits.Len(uint(end)) // #nosec G115 -- at least two
	m.reads, m.rows = looks+1, map[int][]domain.RemoteProduct{}
	for i, n := range m.suspects(end) {
		if i == looks {
			break
		}
		rows, ok, err := m.page(ctx, n)
		if err != nil || !ok || len(rows) == 0 {
			return err
		}
		before := m.Snapshot().LastName
		r, err := m.deps.Runs.StageRange(ctx, m.current(), rows[0].ID, rows[len(rows)-1].ID, rows)
		if err != nil {
			return domain.Wrap(err, "mend page %d", n)
		}
		same := r.Counters == m.Snapshot().Counters
		m.written(r, before)
		if !same {
			return nil
		}
	}
	for _, n := range middles(end, looks) {
		if len(m.rows) >= looks && m.rows[n] == nil {
			continue
		}
		s, ok, err := m.seam(ctx, n)
		if err != nil || !ok {
			return err
		}
		if s.off != 0 {
			m.reads = backLimit + looks
			return m.between(ctx, seam{page: 1}, s)
		}
	}
	m.set(func(r *Run) { r.Options.Unsure = true })
	return nil
}

// middles gives n places between 1 and end, each in the middle of the largest gap that is left.
func middles(end, n int) []int {
	places := []int{1, end}
	var order []int
	for range n {
		at := 0
		for i := range len(places) - 1 {
			if places[i+1]-places[i] > places[at+1]-places[at] {
				at = i
			}
		}
		middle := (places[at] + places[at+1]) / 2
		if middle == places[at] {
			break
		}
		places = slices.Insert(places, at+1, middle)
		order = append(order, middle)
	}
	return order
}
