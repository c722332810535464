package transfer

import (
	"context"
	"time"
)

// Job carries one run. Its methods that take a context block and are called off the interface's
// thread; Snapshot and Stop may be called from anywhere at any time.
type Job struct{}

// Cost is what going on with a run will spend at İşbaşı.
type Cost struct {
	Products int
	Reads    int
	Writes   int
}

// Snapshot is how a job stands at this moment.
type Snapshot struct {
	Run
	Rate     float64       // rows (or products read) per second, 0 while unknown
	Left     time.Duration // 0 while unknown
	LastName string
	// RetryAt is when a waiting call goes on by itself, zero when nothing waits.
	RetryAt time.Time
}

// Measure reads the first page, if it was not read, and tells what the whole costs.
func (j *Job) Measure(ctx context.Context) (Cost, error) { panic("not yet") }

// Prepare reads and matches; the run is then planned, or paused, stopped or failed with the error.
func (j *Job) Prepare(ctx context.Context) error { panic("not yet") }

// Run carries the job to its end from wherever it stands: calling it is the confirmation of the plan.
func (j *Job) Run(ctx context.Context) error { panic("not yet") }

// Stop asks the job to end after the page or batch in flight.
func (j *Job) Stop() {}

// Snapshot gives how the job stands.
func (j *Job) Snapshot() Snapshot { return Snapshot{} }
