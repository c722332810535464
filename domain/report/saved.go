package report

import (
	"time"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// Saved is what was written of a transfer when it ended or was stopped. A transfer that is gone on with
// ends again, and gets another one.
type Saved struct {
	RunID   int64
	State   transfer.State
	Open    int    // rows pending or failed: with State it tells the ends of one run apart
	HTML    string // path; "" = none was written
	XLSX    string
	Draft   string // path of the letter that a person was to send themselves, "" = none
	SavedAt time.Time
}
