package transfer

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

var errKilled = errors.New("the program is killed")

// Whatever comes and goes at İşbaşı, and wherever the program is killed between two calls or two writes: a product that was there all
// the time is read, once, or the run says that it cannot know. What the pages have told is told by nothing else, and gone with the
// program: it stands in the cursor, or is asked for again.
func TestJob_losesNothingWhereverItIsKilledWhileTheListMoves(t *testing.T) {
	t.Parallel()
	unsure := 0
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 15))
		b, s := &fakeBooks{products: dated(150 + r.IntN(400)), keyed: domain.AbilityDenied}, newFakeStore()
		if r.IntN(4) == 0 {
			b.keyed = domain.AbilityAllowed
		}
		stays := map[domain.RemoteID]bool{}
		for _, p := range b.products {
			stays[p.ID] = true
		}
		var events, dies, added int
		d := deps(b, s)
		move := func() {
			i := r.IntN(len(b.products))
			delete(stays, b.products[i].ID)
			b.products = slices.Delete(slices.Clone(b.products), i, i+1)
			if r.IntN(2) == 0 { // the count is as before
				added++
				b.products = append(b.products, domain.RemoteProduct{ID: domain.RemoteID(fmt.Sprint(90000 + added)), Active: true, ModifiedAt: d.Now().Truncate(time.Millisecond)})
			}
		}
		happens := func() error {
			if events++; dies > 0 && events >= dies {
				return errKilled
			}
			return nil
		}
		b.before = func(int) error {
			if dies > 0 && r.IntN(8) == 0 {
				move()
			}
			return happens()
		}
		s.before = func(string, Run) error { return happens() }
		run := Run{Options: DefaultOptions(domain.TRY)}
		for sitting := 0; run.State != StateDone; sitting++ {
			events, dies = 0, 1+r.IntN(12)
			if sitting > 3 {
				dies = 0
			}
			job := NewJob(d, run)
			if run.Options.Disagreed > 1 {
				job.TakeRead()
			}
			err := job.Run(t.Context())
			if err != nil && !errors.Is(err, errKilled) && domain.KindOf(err) != domain.KindCount || sitting > 8 {
				t.Fatalf("seed %d: %v", seed, err)
			}
			if kept, ok := s.runs[1]; ok {
				run = kept
			}
			if r.IntN(2) == 0 && run.State != StateDone {
				move()
			}
		}
		if run.Options.Unsure || run.Options.TakeRead {
			unsure++
			continue
		}
		read := map[domain.RemoteID]int{}
		for _, row := range s.rows {
			read[row.Remote.ID]++
		}
		for id := range stays {
			if read[id] != 1 {
				t.Errorf("seed %d: %s is read %d times", seed, id, read[id])
			}
		}
	}
	if unsure > 100 {
		t.Errorf("%d of 200 runs say that they cannot know", unsure)
	}
}
