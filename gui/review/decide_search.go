package review

import (
	"context"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// seek looks for products in the whole catalogue; without words the suggestions come back.
func (p *decidePanel) seek() {
	p.typing.Stop()
	sought := strings.TrimSpace(p.search.Text)
	if sought == "" {
		p.seeking++
		p.suggest()
		return
	}
	type answer struct {
		products []domain.ListedProduct
		total    int
	}
	asked := p.asked
	kit.Newest(p.e.Env, &p.seeking, func(ctx context.Context) (answer, error) {
		products, total, err := p.e.co.ListProducts(ctx, domain.ProductQuery{
			Group: domain.ProductsCurrent, Search: sought, Most: domain.CountedHits, Sort: domain.ProductsByName, Limit: foundShown,
		})
		return answer{products, total}, err
	}, func(a answer, err error) {
		switch {
		case asked != p.asked:
		case err != nil:
			p.lead.SetText(p.e.Error(err))
		default:
			p.found(a.products, a.total, sought)
			if then := p.sought; then != nil {
				p.sought = nil
				then()
			}
		}
	})
}

func (p *decidePanel) found(products []domain.ListedProduct, total int, sought string) {
	p.offered = nil
	var all []compared
	for _, f := range products {
		p.offered = append(p.offered, f.Product)
		all = append(all, productCompared(p.e, p.stop.row.Remote, f.Product, "", f.Bound))
	}
	switch {
	case total == 0:
		p.lead.SetText(p.e.T("rows.none.search", sought))
	case total > domain.CountedHits:
		p.lead.SetText(p.e.T("decide.found.more", domain.CountedHits, len(products)))
	case total > len(products):
		p.lead.SetText(p.e.T("decide.found.first", total, len(products)))
	default:
		p.lead.SetText(p.e.T("decide.found", total))
	}
	p.compare(all, -1)
}

// otherUnits asks İşbaşı for the barcodes of the other units, which costs a read.
func (p *decidePanel) otherUnits() {
	asked, run, id := p.asked, p.walk.query.RunID, p.stop.row.Remote.ID
	p.units.Disable()
	p.units.SetText(p.e.T("decide.units.asking"))
	had := len(p.choices.Suggestions)
	kit.Background(p.e.Env, func(ctx context.Context) (transfer.Choices, error) {
		return p.e.co.OtherUnits(ctx, run, id, suggestionsFound)
	}, func(c transfer.Choices, err error) {
		p.e.Frame.Refresh()
		if asked != p.asked {
			return
		}
		p.units.SetText(p.e.T("decide.units"))
		if err != nil {
			p.units.Enable()
			p.said.Say(widgets.BannerError, p.e.Error(err))
			return
		}
		p.choices = c
		p.showRivals()
		p.suggest()
		p.focus()
		words := p.e.T("decide.units.none")
		if n := len(c.Suggestions) - had; n > 0 {
			words = p.e.T("decide.units.found", n)
		}
		p.said.Say(widgets.BannerInfo, words)
	})
}
