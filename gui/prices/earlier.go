package prices

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// Undo brings into the fields what held before: first what is saved in place of what was typed, then the rules of before the last
// save, then those of before that. Nothing of it holds until it is saved.
func (s *Page) Undo() { s.stepBack(func(bool, string) {}) }

// stepBack is Undo that tells what came of it, once that is shown: whether something was brought, and the words for it.
func (s *Page) stepBack(then func(brought bool, said string)) {
	if !s.Loaded || s.Saving || s.e.Modal != nil {
		return
	}
	s.looking.Stop()
	s.Bar.SetBusy(false)
	bring := func(d priceDraft, said string) {
		s.bring(d, said)
		then(true, said)
	}
	if s.Dirty() && s.Now.version == s.Kept.version {
		bring(s.Kept, s.e.T("price.earlier.saved"))
		return
	}
	now := s.Now
	kit.Newest(s.e.Env, &s.stepping, func(ctx context.Context) (*pricing.SavedRules, error) {
		return s.earlierThan(ctx, now)
	}, func(r *pricing.SavedRules, err error) {
		switch {
		case err != nil:
			s.Bar.SetError(s.e.Error(err))
			then(false, s.e.Error(err))
		case r == nil:
			s.Bar.SetNote(s.e.T("price.earlier.none"))
			then(false, s.e.T("price.earlier.none"))
		case r.Version == 0:
			bring(s.drafted(r.Rules), s.e.T("price.earlier.first"))
		default:
			bring(s.drafted(r.Rules), s.e.T("price.earlier.brought", s.e.Moment(r.At)))
		}
	})
}

// earlierThan gives the newest earlier rules that say something else than d; nil: there are none.
func (s *Page) earlierThan(ctx context.Context, d priceDraft) (*pricing.SavedRules, error) {
	for version := d.version; version > 0; {
		r, err := s.e.co.EarlierRules(ctx, version)
		if err != nil {
			return nil, err
		}
		if !s.drafted(r.Rules).same(d) {
			return &r, nil
		}
		version = r.Version
	}
	return nil, nil
}

// drafted are earlier rules as they can be saved again: without marketplaces that there are no more.
func (s *Page) drafted(r pricing.Rules) priceDraft {
	d := draftOfRules(r, s.Kept.markets, s.e.Lang)
	for id := range d.each {
		if _, ok := d.markets.Find(string(id)); !ok {
			delete(d.each, id)
		}
	}
	return d
}

// bring shows d, at a marketplace where it differs from what was there, and says what it is.
func (s *Page) bring(d priceDraft, note string) {
	was, is := said(s.Now.each), said(d.each)
	for _, m := range d.markets {
		if d.per && was[m.ID] != is[m.ID] {
			s.chosen = m.ID
			break
		}
	}
	s.draw(d)
	s.Changed()
	s.Bar.SetNote(note)
}
