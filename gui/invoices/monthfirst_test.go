package invoices

import (
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Until the tenth the month before is being closed; after that a package is of the month that runs.
func TestFirstMonth(t *testing.T) {
	for day, want := range map[int]int{1: 1, 10: 1, 11: 0, 27: 0} {
		if got := firstMonth(time.Date(2026, time.November, day, 23, 59, 0, 0, domain.Istanbul)); got != want {
			t.Errorf("on day %d: %d months back, want %d", day, got, want)
		}
	}
	if got := firstMonth(time.Date(2026, time.November, 10, 21, 30, 0, 0, time.UTC)); got != 0 { // it is the 11th in Istanbul
		t.Errorf("%d months back", got)
	}
}
