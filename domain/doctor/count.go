package doctor

import "sync/atomic"

// Count is how far a look at the catalogue, or a repair, has come: whoever carries it out writes, whoever
// waits reads.
type Count struct{ done, of atomic.Int64 }

// Set notes that done of all were gone through.
func (c *Count) Set(done, all int) {
	c.of.Store(int64(all))
	c.done.Store(int64(done))
}

// Snapshot gives both; of = 0 while nobody knows how many there are.
func (c *Count) Snapshot() (done, of int) { return int(c.done.Load()), int(c.of.Load()) }
