package review

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// decide carries out a decision about the row in view; i is the product that is picked for a pair.
func (p *decidePanel) decide(kind transfer.DecisionKind, i int) {
	if !p.loaded || !p.stop.ok || p.e.Modal != nil {
		p.sayRests()
		return
	}
	row := p.stop.row
	d := transfer.Decision{Kind: kind, Remote: row.Remote.ID}
	partner := ""
	if kind == transfer.DecidePair {
		if i < 0 || i >= len(p.offered) {
			return
		}
		d.Product, partner = p.offered[i].ID, p.offered[i].Name
	}
	if p.decider.busy {
		return
	}
	p.loaded = false // a second press does not decide about a row that has not come yet
	p.offer()
	p.decider.decide(p.walk.query.RunID, []transfer.Decision{d}, func(done transfer.Decided, err error) {
		if err != nil || len(done.Refused) > 0 {
			p.loaded = true
			p.offer()
		}
		switch {
		case err != nil:
			p.said.Say(widgets.BannerError, p.e.Error(err))
		case len(done.Refused) > 0:
			p.refuse(kind, i, done.Refused[0].Why)
		default:
			words := p.e.T("decide.did."+string(kind), row.Remote.Name)
			if partner != "" {
				words = p.e.T("decide.did.pair", row.Remote.Name, partner)
			}
			p.said.Say(widgets.BannerGood, words, p.back)
			p.moved = true
			at := p.stop.at
			p.come(func(ctx context.Context) (stop, error) { return p.walk.next(ctx, at, row.Remote.ID) })
		}
	})
}

// refuse says why not where the person looks: at the product that was picked, or at the row.
func (p *decidePanel) refuse(kind transfer.DecisionKind, i int, why transfer.RefusalReason) {
	words := refusedWords(p.e, why)
	switch {
	case kind == transfer.DecidePair && (why == transfer.RefusedBoundProduct || why == transfer.RefusedGone):
		p.local.Say(i, words)
	default:
		p.wrong.SetText(words)
		p.wrong.Show()
		p.scroll.ScrollToTop()
	}
	p.object.Refresh()
	switch m := p.stop.row.Remote; why {
	case transfer.RefusedCodeTaken:
		p.showTaken(string(m.Code), func(x domain.Product) bool { return x.Code.K0() == m.Code.K0() })
	case transfer.RefusedBarcodeTaken:
		p.showTaken(string(m.Barcode), func(x domain.Product) bool { return x.Barcode.PairingKey() == m.Barcode.PairingKey() })
	default:
	}
}

// showTaken brings the catalogue product into view that stands in the way of a new one: to be paired with, or to be opened
// and changed.
func (p *decidePanel) showTaken(sought string, inTheWay func(domain.Product) bool) {
	p.search.SetText(sought)
	p.sought = func() {
		for _, x := range p.offered {
			if !inTheWay(x) {
				continue
			}
			open := widgets.NewIconButton(p.e.T("decide.open-taken"), theme.NavigateNextIcon(), func() { p.e.Frame.OpenProduct(x.ID) })
			open.SetEscape(p.e.Pop)
			p.said.Say(widgets.BannerWarning, p.e.T("decide.taken", x.Name), open)
			p.object.Refresh()
			return
		}
	}
	p.seek()
}

// takenBack brings the row back that the decision was about.
func (p *decidePanel) takenBack(rows []domain.RemoteID, done transfer.Decided, err error) {
	switch {
	case err != nil:
		p.said.Say(widgets.BannerError, p.e.Error(err))
		return
	case p.decider.last():
		p.said.Say(widgets.BannerInfo, backWords(p.e, done), p.back)
	default:
		p.said.Say(widgets.BannerInfo, backWords(p.e, done))
	}
	at, id := p.stop.at, domain.RemoteID("")
	if len(rows) > 0 {
		id = rows[0]
	}
	p.come(func(ctx context.Context) (stop, error) { return p.walk.by(ctx, id, at) })
}

// TypedKey takes Enter while nothing has the focus: it is the primary button, where there is one.
func (p *decidePanel) TypedKey(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		switch {
		case p.over.Visible() && p.loaded && p.goOn != nil:
			p.goOn.OnTapped()
		case p.local.Len() > 0:
			p.local.TypedKey(k)
		default:
			p.decide(transfer.DecideCreate, 0)
		}
	case fyne.KeyDown, fyne.KeyUp:
		p.e.Win.Canvas().Focus(p.local)
		p.local.TypedKey(k)
	default:
		return false
	}
	return true
}
