package prices

import (
	"context"

	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// askSharp looks what saving d would do to the catalogue, and asks where that is more than a few prices.
func (s *Page) askSharp(d priceDraft, goOn func()) {
	rules, _, err := d.rules(s.e.Lang)
	if err != nil {
		s.Refuse(err)
		return
	}
	s.Bar.SetBusy(true)
	s.Bar.SetNote(s.e.T("price.sharp.looking"))
	type looked struct {
		lab     *pricing.Laboratory
		alarm   pricing.Alarm
		largest []pricing.Tried
	}
	kit.StartTask(&s.looking, "", func(ctx context.Context, w *pricing.Watch) (l looked, err error) {
		if l.lab, err = s.e.co.TryRules(ctx, rules, w); err != nil {
			return l, err
		}
		if l.alarm = l.lab.Alarm(); l.alarm.Loud() && l.alarm.Changed > 0 {
			q := pricing.TrialQuery{Found: pricing.FoundChange, Column: int(l.alarm.Largest.Column) + 1, Sort: pricing.TrialsByChange, Desc: true, Limit: 1}
			l.largest, _, err = s.e.co.Trials(ctx, l.lab, q)
		}
		return l, err
	}, func(w *pricing.Watch) {
		if done, of := w.Snapshot(); of > 0 {
			s.Bar.SetNote(s.e.T("price.sharp.far", s.e.Count(done), s.e.Count(of)))
		}
	}, func(l looked, err error) {
		s.Bar.SetBusy(false)
		s.Bar.SetNote("")
		switch {
		case err != nil:
			s.Bar.SetError(s.e.Error(err))
		case !s.Now.same(d): // it was edited on, or given up
		case !l.alarm.Loud():
			goOn()
		default:
			s.ask(l.lab, s.sharpWords(d.markets, l.alarm, l.largest), goOn)
		}
	})
}

func (s *Page) ask(lab *pricing.Laboratory, text string, goOn func()) {
	s.e.Ask(s.e.T("price.sharp.title"), text,
		kit.Answer{Label: s.e.T("cancel")},
		kit.Answer{Label: s.e.T("price.sharp.look"), Act: func() { s.openLaboratory(lab) }},
		kit.Answer{Label: s.e.T("price.sharp.save"), Importance: widget.DangerImportance, Act: goOn})
}

// sharpWords say what saving would do.
func (s *Page) sharpWords(markets pricing.Marketplaces, a pricing.Alarm, largest []pricing.Tried) string {
	lines := []string{placeNames(s.e, markets, a.Marketplaces) + ":"}
	if a.Changed > 0 {
		lines = append(lines, s.e.T("price.sharp.changed", a.Changed, domain.FormatPercent(a.Percent, s.e.Lang)))
	}
	for _, t := range largest {
		lines = append(lines, s.e.T("price.sharp.largest", t.Product.Name, s.e.MoneyIf(t.Old, pricing.Target), s.e.MoneyIf(t.Price, pricing.Target)))
	}
	lines = append(lines, s.e.Counted("price.sharp.blocked", a.Blocked))
	return words.Listed("\n", lines...)
}
