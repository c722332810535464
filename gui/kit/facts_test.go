package kit

import (
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

// The choices are made once they are saved; files from before that was noted tell it by what differs.
func TestFacts_choicesAreMadeOnceTheyAreSaved(t *testing.T) {
	fresh, on, confirmed, other := domain.DefaultSettings(), domain.DefaultSettings(), domain.DefaultSettings(), domain.DefaultSettings()
	on.IntegrationOn = true // section 2's
	confirmed.Confirmed = true
	other.Pull = true
	for name, c := range map[string]struct {
		of   domain.Settings
		want bool
	}{"of a new company": {fresh, false}, "switched on": {on, false}, "saved as they were": {confirmed, true}, "of an older file": {other, true}, "unread": {domain.Settings{}, false}} {
		if got := (Facts{Settings: c.of}).Chosen(); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
