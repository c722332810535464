package orders

import (
	"context"

	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// correction is what people said of orders before the last change.
type correction struct {
	keys  []orders.Key
	said  []orders.Said
	meant *meaning // nil: nothing that is remembered of products has changed
}

// meaning is what a marketplace was known to mean by a line of an order.
type meaning struct {
	line    int
	product domain.ProductID // 0: nothing was known
}

// corrected remembers what was said of an order before, and what was meant by a line if that has changed too.
func (p *Page) corrected(k orders.Key, before orders.Said, meant *meaning) {
	p.last = &correction{[]orders.Key{k}, []orders.Said{before}, meant}
}

// say changes what is said of orders, and remembers what was.
func (p *Page) say(these []orders.Kept, change func(s *orders.Said)) {
	var before, after correction
	for _, k := range these {
		s := k.Said
		change(&s)
		before.keys, before.said = append(before.keys, k.Key()), append(before.said, k.Said)
		after.keys, after.said = append(after.keys, k.Key()), append(after.said, s)
	}
	p.store(after, func() {
		p.last = &before
		p.list.Table.Unmark()
		p.tell(widgets.BannerGood, p.e.T("orders.said", len(these)), widgets.NewIconButton(p.e.T("orders.undo"), theme.ContentUndoIcon(), p.Undo))
	})
}

// Undo takes the last correction back; it is Ctrl+Z where no field has a use for it.
func (p *Page) Undo() {
	if p.last == nil || p.e.Modal != nil || p.Dirty() {
		return
	}
	back := *p.last
	p.last = nil
	p.store(back, func() {
		said := p.e.T("orders.undone", len(back.keys))
		if s, ok := p.Top().(*orderSheet); ok {
			s.Show()
			s.said.Say(widgets.BannerInfo, said)
			return
		}
		p.tell(widgets.BannerInfo, said)
	})
}

// store says c of its orders, one after the other; done is called when all of it is stored.
func (p *Page) store(c correction, done func()) {
	kit.Act(p.e.Env, "save", func(ctx context.Context) (last issuing.Examined, err error) {
		if m := c.meant; m != nil {
			if last, err = p.e.co.BindLine(ctx, c.keys[0], m.line, m.product, true); err != nil {
				return last, err
			}
		}
		for i, k := range c.keys {
			if last, err = p.e.co.CorrectOrder(ctx, k, c.said[i]); err != nil {
				return last, err
			}
		}
		return last, nil
	}, func(_ issuing.Examined, err error) {
		p.changed()
		if err != nil {
			p.tell(widgets.BannerError, p.e.Error(err))
			return
		}
		done()
	})
}
