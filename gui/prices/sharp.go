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
	kit.StartTask(&s.looking, "", func(ctx context.Context, w *pricing.Watch) (looked, error) {
		lab, err := s.e.co.TryRules(ctx, rules, w)
		if err != nil {
			return looked{}, err
		}
		return s.e.look(ctx, lab)
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
			s.e.askSharp(d.markets, l, kit.Answer{Label: s.e.T("price.sharp.look"), Act: func() { s.openLaboratory(l.lab) }}, goOn)
		}
	})
}

// looked is what saving the tried rules would do, with the change that is told of it.
type looked struct {
	lab     *pricing.Laboratory
	alarm   pricing.Alarm
	largest []pricing.Tried
}

// look finds the change that is told, if a person is to be asked. It may block.
func (e *env) look(ctx context.Context, lab *pricing.Laboratory) (l looked, err error) {
	l.lab, l.alarm = lab, lab.Alarm()
	if l.alarm.Loud() && l.alarm.Changed > 0 {
		l.largest, err = e.co.Explain(ctx, lab, l.alarm.Largest)
	}
	return l, err
}

// askSharp asks before the tried rules are saved; closer is the way to look at their prices first.
func (e *env) askSharp(markets pricing.Marketplaces, l looked, closer kit.Answer, goOn func()) {
	e.Ask(e.T("price.sharp.title"), e.sharpWords(markets, l.alarm, l.largest),
		kit.Answer{Label: e.T("cancel")}, closer,
		kit.Answer{Label: e.T("price.sharp.save"), Importance: widget.DangerImportance, Act: goOn})
}

// sharpWords say what saving would do.
func (e *env) sharpWords(markets pricing.Marketplaces, a pricing.Alarm, largest []pricing.Tried) string {
	lines := []string{placeNames(e, markets, a.Marketplaces) + ":"}
	if a.Changed > 0 {
		lines = append(lines, e.T("price.sharp.changed", a.Changed, domain.FormatPercent(a.Percent, e.Lang)))
	}
	for _, t := range largest {
		lines = append(lines, e.T("price.sharp.largest", t.Product.Name, e.MoneyIf(t.Old, pricing.Target), e.MoneyIf(t.Price, pricing.Target)))
	}
	lines = append(lines, e.Counted("price.sharp.blocked", a.Blocked))
	return words.Listed("\n", lines...)
}
