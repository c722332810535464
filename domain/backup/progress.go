package backup

import "sync/atomic"

// Phase is what a backup or restore is at.
type Phase string

// The phases, in the order of a backup, then of a restore. Each is a key of the words.
const (
	PhaseCopying   Phase = "copying"   // the database is copied while others work on it
	PhaseHashing   Phase = "hashing"   // the sums of the parts are made
	PhaseWriting   Phase = "writing"   // packed and encrypted
	PhaseChecking  Phase = "checking"  // read back whole
	PhaseUnpacking Phase = "unpacking" // read whole, checked and laid beside what is here
	PhaseReplacing Phase = "replacing" // takes the place of what was here
)

// Progress is how far it is; whoever does the work writes, anybody reads. The zero value is ready.
type Progress struct {
	phase              atomic.Value
	done, of           atomic.Int64
	company, companies atomic.Int64
}

// Now is how far it is at a moment.
type Now struct {
	Phase   Phase // "" before the first
	Percent int   // of the phase, -1 where it has none
	// Company is the one that is worked on, counted from 1, of so many; both are 0 where they do not come one after the other.
	Company, Companies int
}

// Come begins with the n-th company, counted from 1, of so many.
func (p *Progress) Come(n, of int) {
	p.companies.Store(int64(of))
	p.company.Store(int64(n))
}

// Enter begins a phase of so many bytes, 0 where that is not known.
func (p *Progress) Enter(phase Phase, of int64) {
	p.phase.Store(phase)
	p.done.Store(0)
	p.of.Store(of)
}

// Add counts bytes.
func (p *Progress) Add(n int64) { p.done.Add(n) }

// Set is how many bytes are done.
func (p *Progress) Set(n int64) { p.done.Store(n) }

// Snapshot tells it.
func (p *Progress) Snapshot() Now {
	now := Now{Percent: -1, Company: int(p.company.Load()), Companies: int(p.companies.Load())}
	now.Phase, _ = p.phase.Load().(Phase)
	if of := p.of.Load(); of > 0 {
		now.Percent = int(min(100*p.done.Load()/of, 100))
	}
	return now
}
