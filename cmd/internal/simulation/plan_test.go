package simulation

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"
)

// event is something that happens on a day; its seed decides all that is not said. What other events do changes nothing of it.
type event struct {
	Day, Minute int
	Do          deed
	Seed        uint64
}

func (e event) String() string {
	return fmt.Sprintf("day %d %02d:%02d %s (%x)", e.Day+1, e.Minute/60, e.Minute%60, e.Do, e.Seed)
}

func (e event) random() *rand.Rand { return rand.New(rand.NewPCG(e.Seed, 3)) }

// deed is what happens.
type deed string

// What happens at İşbaşı, what people do with the program, and what goes wrong.
const (
	reprice deed = "prices change at İşbaşı"
	restock deed = "stocks change at İşbaşı"
	add     deed = "a product is added at İşbaşı"
	remove  deed = "a product is deleted at İşbaşı"

	edit      deed = "the catalogue is edited"
	filing    deed = "a file is imported, and taken back"
	choose    deed = "settings are chosen"
	decide    deed = "what waits is decided"
	importing deed = "İşbaşı's products are imported"
	syncing   deed = "both sides are synced"
	trying    deed = "an import is tried and undone"
	selling   deed = "orders are taken from a file"
	making    deed = "invoices are issued"
	sending   deed = "drafts are formalised"
	looking   deed = "lost invoices are looked up"
	saving    deed = "the catalogue is saved as a file"
	backing   deed = "a backup is made"

	storm  deed = "the line is bad"
	calm   deed = "the line is good again"
	kill   deed = "the program will be killed"
	full   deed = "the disk is full"
	second deed = "a second program will come"
	edited deed = "somebody will edit meanwhile"
	skew   deed = "the machine's clock is set"
	copies deed = "the other machine's file is copied, or put back"
)

// often is how often each happens, in a day's hundredths.
var often = []struct {
	deed
	times int
}{
	{reprice, 80},
	{restock, 60},
	{add, 25},
	{remove, 12},
	{edit, 100},
	{choose, 25},
	{decide, 60},
	{importing, 60},
	{syncing, 130},
	{trying, 20},
	{selling, 60},
	{making, 90},
	{sending, 40},
	{looking, 40},
	{storm, 50},
	{calm, 40},
	{kill, 240},
	{full, 15},
	{second, 25},
	{edited, 50},
	{skew, 12},
	{copies, 25},
	{saving, 30},
	{backing, 6},
	{filing, 40},
}

// life is everything that happens in some days.
type life struct {
	Seed   uint64
	Days   int
	Events []event
}

func newLife(seed uint64, days int) life {
	l := life{Seed: seed, Days: days}
	r := rand.New(rand.NewPCG(seed, 1))
	for day := range days {
		for _, o := range often {
			n := o.times / 100
			if r.IntN(100) < o.times%100 {
				n++
			}
			for range n {
				l.Events = append(l.Events, event{day, 8*60 + r.IntN(15*60), o.deed, r.Uint64() >> 40})
			}
		}
	}
	slices.SortStableFunc(l.Events, func(a, b event) int { return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Minute, b.Minute)) })
	return l
}

// begins is the first midnight of a life: within a year, at times just before a month's end.
func (l life) begins() time.Time {
	r := rand.New(rand.NewPCG(l.Seed, 2))
	return time.Date(2026, time.Month(1+r.IntN(12)), 1+r.IntN(28), 0, 0, 0, 0, time.UTC).Add(-3 * time.Hour)
}
