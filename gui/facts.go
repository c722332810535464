package gui

import (
	"context"
	"errors"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// facts are what stands around the sections: how far the company has come and what it has spent.
type facts struct {
	connection domain.Connection
	settings   domain.Settings
	rules      pricing.Rules
	run        transfer.Run
	hasRun     bool
	usage      quota.Usage
}

// fetchFacts asks every port once; what fails stays empty, and the errors come back joined.
func fetchFacts(ctx context.Context, co Company) (facts, error) {
	var f facts
	var errs [5]error
	f.connection, errs[0] = co.Connection.Connection(ctx)
	f.settings, errs[1] = co.Settings.Settings(ctx)
	f.rules, errs[2] = co.Prices.PriceRules(ctx)
	f.run, f.hasRun, errs[3] = co.Transfers.Latest(ctx)
	f.usage, errs[4] = co.Quota.Usage(ctx)
	return f, errors.Join(errs[:]...)
}

// open tells whether İşbaşı may be asked: authorised, and switched on by the person.
func (f facts) open() bool { return f.connection.Authorised && f.settings.IntegrationOn }

// chosen tells whether the person has been through Süreç Seçimleri: something differs from what a new
// company begins with.
func (f facts) chosen() bool {
	first := domain.DefaultSettings()
	first.IntegrationOn = f.settings.IntegrationOn
	return f.settings != first && f.settings != domain.Settings{}
}

// priced tells whether price rules were saved once.
func (f facts) priced() bool { return f.rules.Version > 0 }

// imported tells whether products have come.
func (f facts) imported() bool { return f.hasRun && f.run.Counters.Transferred > 0 }

// state gives the sign of a section in the section list.
func (f facts) state(section int) state {
	done := func(ok bool) state {
		if ok {
			return stateDone
		}
		return stateTodo
	}
	switch section {
	case sectionGuide:
		return done(f.open() && f.chosen() && f.priced() && f.imported())
	case sectionAPI:
		return done(f.open())
	case sectionProcess:
		return done(f.chosen())
	case sectionPrice:
		return done(f.priced())
	case sectionTransfer:
		if f.hasRun && (f.run.State == transfer.StatePaused || f.run.State == transfer.StateFailed) {
			return stateAlert
		}
		return done(f.imported())
	default:
		return stateNone
	}
}
