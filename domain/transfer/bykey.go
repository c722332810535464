package transfer

import (
	"context"
	"strconv"

	"github.com/sopyo/sopyo-desktop/domain"
)

// keyFrom is how many pages a list has at least for which the filter by key is tried: where İşbaşı does not understand
// it, that costs one read, once.
const keyFrom = 20

// readByKey goes on with the list by key, id > last: whatever is added or goes meanwhile, no product is left out. It
// leaves the rest to be read by page where İşbaşı's filter is not known to work, and does not prove that it does.
func (j *Job) readByKey(ctx context.Context) (whole bool, err error) {
	if j.readWhole() {
		return false, nil
	}
	answer, err := j.deps.Abilities.Ability(ctx, domain.AbilityKeysetFilter)
	if err != nil || answer == domain.AbilityDenied || answer == domain.AbilityUnasked && pages(j.Snapshot().Total) < keyFrom {
		return false, err
	}
	last, err := j.deps.Runs.LastStaged(ctx, j.Snapshot().Run)
	if err != nil || number(last) == 0 {
		return false, err
	}
	for {
		r := j.Snapshot().Run
		page, err := j.deps.Books.ProductsAfter(ctx, last)
		if err != nil {
			return false, domain.Wrap(err, "read the products behind %s", last)
		}
		switch left := r.Total - r.Counters.Read; {
		case !follow(page.Products, last) || page.Total < left-PageSize:
			return false, j.deps.Abilities.Remember(ctx, domain.AbilityKeysetFilter, domain.AbilityDenied)
		case answer == domain.AbilityUnasked && page.Total != left: // the list moves: it proves nothing now
			return false, nil
		case answer == domain.AbilityUnasked:
			answer = domain.AbilityAllowed
			if err := j.deps.Abilities.Remember(ctx, domain.AbilityKeysetFilter, answer); err != nil {
				return false, err
			}
		}
		page.Number, page.Total = r.NextPage, r.Counters.Read+page.Total
		if err := j.stage(ctx, page, r.NextPage+1); err != nil {
			return false, err
		}
		if n := len(page.Products); n > 0 {
			last = page.Products[n-1].ID // they stand in the order of their ids, all behind it
		}
		if page.Last {
			j.set(func(r *Run) { r.NextPage = max(r.NextPage, pages(r.Total)+1) })
			return true, ctx.Err()
		}
	}
}

// follow tells whether products stand in the order of their ids, all behind that one.
func follow(products []domain.RemoteProduct, id domain.RemoteID) bool {
	last := number(id)
	for _, p := range products {
		n := number(p.ID)
		if n <= last {
			return false
		}
		last = n
	}
	return true
}

// number is an id as a number, 0 for one that is none.
func number(id domain.RemoteID) int64 {
	n, err := strconv.ParseInt(string(id), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}
