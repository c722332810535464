package kit

import (
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// Facts are what stands around the sections: how far the company has come and what it has spent.
type Facts struct {
	Connection domain.Connection
	Settings   domain.Settings
	Rules      pricing.Rules
	Run        transfer.Run
	HasRun     bool
	Usage      quota.Usage
	Saved      int // reads of this month, where only what had changed was read
	Waiting    int // fields of the sync that wait for a person
	Orders     int // that are ready or held
	Invoices   int // of which nobody knows what has become, and tasks that are open
}

// Open tells whether İşbaşı may be asked: authorised, and switched on by the person.
func (f Facts) Open() bool { return f.Connection.Authorised && f.Settings.IntegrationOn }

// Chosen tells whether the person has been through Süreç Seçimleri: it was saved, or, in a file from before that was
// noted, something differs from what a new company begins with.
func (f Facts) Chosen() bool {
	first := domain.DefaultSettings()
	first.IntegrationOn = f.Settings.IntegrationOn
	return f.Settings.Confirmed || f.Settings != first && f.Settings != domain.Settings{}
}

// Priced tells whether price rules were saved once.
func (f Facts) Priced() bool { return f.Rules.Version > 0 }

// Imported tells whether products have come.
func (f Facts) Imported() bool { return f.HasRun && f.Run.Counters.Transferred > 0 }

// Standing is how far a section has come: the sign beside its name.
type Standing int

// The standings.
const (
	standingNone  Standing = iota // nothing to tell
	StandingTodo                  // waits for the person
	StandingDone                  // done
	StandingAlert                 // something is wrong
)

// Standing tells how far a section has come.
func (f Facts) Standing(p Place) Standing {
	done := func(ok bool) Standing {
		if ok {
			return StandingDone
		}
		return StandingTodo
	}
	switch p {
	case PlaceGuide:
		return done(f.Open() && f.Chosen() && f.Priced() && f.Imported())
	case PlaceAPI:
		return done(f.Open())
	case PlaceProcess:
		return done(f.Chosen())
	case PlacePrices:
		return done(f.Priced())
	case PlaceTransfer:
		if f.HasRun && (f.Run.State == transfer.StatePaused || f.Run.State == transfer.StateFailed) {
			return StandingAlert
		}
		return done(f.Imported())
	default:
		return standingNone
	}
}
