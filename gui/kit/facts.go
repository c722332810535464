package kit

import (
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// Facts are what stands around the pages: how far the company has come, what it has spent, and what waits for the person.
type Facts struct {
	Connection domain.Connection
	Settings   domain.Settings
	Rules      pricing.Rules
	Run        transfer.Run
	HasRun     bool
	Usage      quota.Usage
	Saved      int // reads of this month, where only what had changed was read
	Sync       sync.Standing
	Waiting    int       // fields of the sync that wait for a person
	Undecided  int       // products of Run that neither the transfer nor a person has made anything of
	Ready      int       // orders that an invoice can be made of
	Held       int       // orders that cannot be invoiced as they are
	Drafts     int       // invoices at İşbaşı that are not issued yet
	Unknown    int       // invoices of which nobody knows what has become
	Tasks      int       // of invoices, that are open
	HandedOver time.Time // since when the company goes on at another machine; zero: it does not
}

// Open tells whether İşbaşı may be asked: authorised, and switched on by the person.
func (f Facts) Open() bool { return f.Connection.Authorised && f.Settings.IntegrationOn }

// Uninvoiced are the orders of which no invoice was issued.
func (f Facts) Uninvoiced() int { return f.Ready + f.Held + f.Drafts }

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

// Step is one of the five of the set-up.
type Step struct {
	Key  string // of its words: guide.KEY.title, .todo, .done
	At   Place  // where it is done
	Done bool
}

// Steps are those of Kurulum Rehberi, in their order.
func (f Facts) Steps() []Step {
	return []Step{
		{"authorised", PlaceAPI, f.Connection.Authorised},
		{"open", PlaceAPI, f.Open()},
		{"chosen", PlaceProcess, f.Chosen()},
		{"priced", PlacePrices, f.Priced()},
		{"imported", PlaceTransfer, f.Imported()},
	}
}

// Wait is one thing that waits for the person.
type Wait struct {
	Key string // of its words: today.KEY with N, today.KEY.verb
	N   int    // 0: it is one, and needs no number
	At  Place  // where it is dealt with
	// Stage is that of the orders which wait, "" for what is none.
	Stage orders.Stage
}

// Waits gives what waits for the person, the most pressing first.
func (f Facts) Waits() []Wait {
	if !f.HandedOver.IsZero() { // what waits, waits elsewhere
		return []Wait{{Key: "handed", At: PlaceBackup}}
	}
	var all []Wait
	add := func(key string, n int, at Place) {
		if n > 0 {
			all = append(all, Wait{Key: key, N: n, At: at})
		}
	}
	add("unknown", f.Unknown, PlaceInvoices)
	if f.stuck() {
		all = append(all, Wait{Key: "transfer", At: PlaceTransfer})
	}
	if f.Sync.HasLast && f.Sync.Last.Braked() {
		all = append(all, Wait{Key: "braked", At: PlaceSync})
	}
	for _, s := range []struct {
		stage orders.Stage
		n     int
	}{{orders.StageReady, f.Ready}, {orders.StageHeld, f.Held}} {
		if s.n > 0 {
			all = append(all, Wait{string(s.stage), s.n, PlaceOrders, s.stage})
		}
	}
	add("drafts", f.Drafts, PlaceInvoices)
	add("tasks", f.Tasks, PlaceInvoices)
	add("undecided", f.Undecided, PlaceReview)
	add("waiting", f.Waiting, PlaceSync)
	return all
}

// stuck tells whether the last transfer waits for the person.
func (f Facts) stuck() bool {
	return f.HasRun && (f.Run.State == transfer.StatePaused || f.Run.State == transfer.StateFailed)
}

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
		if f.stuck() {
			return StandingAlert
		}
		return done(f.Imported())
	default:
		return standingNone
	}
}
