package transfer

import (
	"context"
	"iter"

	"github.com/sopyo/sopyo-desktop/domain"
)

// keyFrom is how many pages a list has at least for which the filter by key is tried: where İşbaşı does not understand
// it, that costs one read, once.
const keyFrom = 20

// readByKey goes on with the list by key, id > last: whatever is added or goes meanwhile, no product is left out. It
// leaves the rest to be read by page where İşbaşı's filter is not known to work, and does not prove that it does.
//
// No public client is known to filter this list by id, and a condition that İşbaşı does not understand seems to be ignored
// (isbasi-api.md §12, to §3.2 and §4.1): so nothing but the rows and the count of an answer is believed. By key costs as
// many reads as by page; what it saves is reading again what has slipped. A product that goes after it was read stays, as
// it was then.
func (j *Job) readByKey(ctx context.Context) (whole bool, err error) {
	if j.readWhole() {
		return false, nil
	}
	answer, err := j.deps.Abilities.Ability(ctx, domain.AbilityKeysetFilter)
	if err != nil || answer == domain.AbilityDenied || answer == domain.AbilityUnasked && pages(j.Snapshot().Total) < keyFrom {
		return false, err
	}
	if r := j.Snapshot().Run; r.Counters.Read > (r.NextPage-1)*PageSize {
		return false, nil // the cursor stands in front of a seam, see readPages: behind the last product nothing would mend that
	}
	last, err := j.deps.Runs.LastStaged(ctx, j.Snapshot().Run)
	if err != nil || last.Number() == 0 {
		return false, err
	}
	for tried := false; ; {
		if answer == domain.AbilityAllowed && !tried {
			tried = true
			if last, whole, err = j.readBetween(ctx, last); err != nil || whole {
				return whole, err
			}
		}
		r := j.Snapshot().Run
		page, err := first(j.deps.Books.Products(ctx, Range{After: last, From: 1}))
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

// readBetween reads by key, pages side by side, what lies between the last product that was read and the last page of
// the list, and that page. What is added has the greatest id, so in between the count can only fall: while it stays,
// nothing has gone, and the pages fit together whichever was answered first. When it falls, the list goes on behind the
// last one that fitted. Where the count is not the one expected from the beginning, İşbaşı does not keep both bounds, or
// the list moves: then nothing is read that way. That the greatest id is the newest is not documented either: a smaller one
// makes the count rise, which ends this way too.
func (j *Job) readBetween(ctx context.Context, last domain.RemoteID) (_ domain.RemoteID, whole bool, err error) {
	r := j.Snapshot().Run
	end := pages(r.Total)
	if j.deps.Books.Abreast() < 2 || end-r.NextPage < 2 {
		return last, false, nil
	}
	tail, err := first(j.deps.Books.Products(ctx, Range{From: end}))
	if err != nil || len(tail.Products) == 0 || tail.Total != r.Total || !follow(tail.Products, last) {
		return last, false, domain.Wrap(err, "read the products, page %d", end)
	}
	left := (end-1)*PageSize - r.Counters.Read // in between, at most
	for proved, moved := false, true; moved; proved = true {
		moved = false
		read, all := j.Snapshot().Counters.Read, -1
		for page, err := range j.arriving(ctx, Range{After: last, Before: tail.Products[0].ID, From: 1, To: pages(left)}) {
			if err != nil {
				return last, false, domain.Wrap(err, "read the products behind %s", last)
			}
			if page.Number == 1 && (page.Total == left || proved && page.Total < left) {
				all = page.Total
			}
			if moved = page.Total != all || !follow(page.Products, last); moved {
				break
			}
			page.Number, _ = j.cursor()
			page.Total = read + all + len(tail.Products)
			if err := j.keep(ctx, page, min(page.Number+1, pages(page.Total))); err != nil {
				return last, false, err
			}
			if n := len(page.Products); n > 0 {
				last = page.Products[n-1].ID
			}
		}
		if err := j.flush(ctx); err != nil {
			return last, false, err
		}
		got := j.Snapshot().Counters.Read - read
		if moved && got == 0 || !moved && got != all {
			return last, false, ctx.Err()
		}
		left -= got
	}
	r = j.Snapshot().Run
	tail.Number, tail.Total = r.NextPage, r.Counters.Read+len(tail.Products)
	return last, true, j.stage(ctx, tail, max(r.NextPage, pages(tail.Total))+1)
}

// first gives the first of some pages; the others are not asked for.
func first(pages iter.Seq2[Page, error]) (p Page, err error) {
	for p, err = range pages {
		break
	}
	return p, err
}

// follow tells whether products stand in the order of their ids, all behind that one.
func follow(products []domain.RemoteProduct, id domain.RemoteID) bool {
	last := id.Number()
	for _, p := range products {
		n := p.ID.Number()
		if n <= last {
			return false
		}
		last = n
	}
	return true
}
