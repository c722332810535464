// Package prices is section 4, Fiyat Kurallarını Belirle, with what stands behind it: the laboratory, approvals, exchange
// rates, marketplaces and commissions.
package prices

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// Page is Fiyat Kurallarını Belirle: one rule for every marketplace, or one each, with a live
// example.
type Page struct {
	*kit.Form[priceDraft]
	e       *env
	object  fyne.CanvasObject
	per     *widgets.Choice
	rule    *ruleForm
	places  *marketList
	title   *widgets.Text
	chosen  pricing.MarketplaceID // whose rule is in the fields; "" = the global one
	example *priceExample
	// The list of marketplaces stands left of the rule where there is one.
	middle        *fyne.Container
	alone, beside fyne.CanvasObject
	samples       []domain.Product
	rates         pricing.Rates // of the day, for samples in another currency
	sample        *widgets.Select
	earlier       *widgets.Button
	looking       kit.Task // looks what saving would do
	stepping      int
}

// New makes the page.
func New(k *kit.Env, co Company) *Page {
	e := &env{k, co}
	s := &Page{e: e}
	// the laboratory stands with the saving button: it is what a person should look at before
	s.Form = kit.NewForm[priceDraft](e.Env, widgets.NewIconButton(e.T("lab.open"), theme.SearchIcon(), func() { s.openLaboratory(nil) }))
	s.looking.E = e.Env
	s.earlier = widgets.NewIconButton(e.T("price.earlier"), theme.ContentUndoIcon(), s.Undo)
	s.Same = priceDraft.same
	s.Load = func(ctx context.Context, _ priceDraft) (priceDraft, error) {
		r, err := e.co.PriceRules(ctx)
		if err != nil {
			return priceDraft{}, err
		}
		markets, err := e.co.Marketplaces(ctx)
		return draftOfRules(r, markets, e.Lang), err
	}
	s.Check = func(d priceDraft) error {
		_, where, err := d.rules(e.Lang)
		if err != nil && d.per {
			s.choosePlace(where)
		}
		return err
	}
	s.Store = func(ctx context.Context, d priceDraft) (priceDraft, error) {
		r, _, err := d.rules(e.Lang)
		if err != nil {
			return d, err
		}
		if err := e.co.SavePriceRules(ctx, r); err != nil {
			return d, err
		}
		return s.Load(ctx, d)
	}
	s.Ask = s.askSharp
	s.Fill = s.draw
	s.Fresh = func(d priceDraft) bool { return d.version == 0 }
	s.per = widgets.NewRowChoice([]string{e.T("no"), e.T("yes")}, s.switchPer)
	perRow := s.Row("per_marketplace", e.T("price.per"), s.per, e.T("price.per.help"))
	s.places = newMarketList(e, s.choosePlace)
	s.title = widgets.NewTitle("")
	s.rule = newRuleForm(e, s.Form, s.setDraft)
	s.example = newPriceExample(e)
	s.sample = widgets.NewSelect(e.T("price.sample.made"), nil, func(int) { s.live() })
	head := widgets.NewBorder(nil, nil, nil, newTools(e, s.earlier, s.fillPercent, s.setMarkets), s.title)
	fields := append([]fyne.CanvasObject{widgets.MaxWidth(widgets.MaxRowWidth, head)}, s.rule.objects()...)
	s.alone = container.NewVBox(append(fields, widgets.NewRow(e.T("price.sample"), s.sample, e.T("price.sample.help")), widgets.MaxWidth(widgets.MaxRowWidth, widgets.NewCaption(e.T("price.leaves"))))...)
	s.beside = widgets.Pair(besideWidth, listShare, s.places.object, s.alone, widgets.Gap(1))
	s.middle = container.NewStack(s.alone)
	s.Accept(draftOfRules(pricing.Rules{}, nil, e.Lang))
	// the example stands still while the fields scroll: it is what they are typed for
	s.object = s.Await(widgets.Footed(container.NewVBox(s.example.object, s.Bar), perRow, s.middle))
	return s
}

// From besideWidth on the list of marketplaces and a rule stand beside each other; the list gets its share.
const besideWidth, listShare = 660, 0.27

// show puts the rule into the middle, alone or beside the list.
func (s *Page) show(o fyne.CanvasObject) {
	if s.middle.Objects[0] != o {
		s.middle.Objects[0] = o
		s.middle.Refresh()
	}
}

// Content is always the same object.
func (s *Page) Content() fyne.CanvasObject { return s.object }

// Show fetches the rules and up to three products for the example.
func (s *Page) Show() {
	s.Form.Show()
	type found struct {
		products []domain.Product
		rates    pricing.Rates
	}
	kit.Background(s.e.Env, func(ctx context.Context) (f found, err error) {
		if f.products, err = s.e.co.SamplePrices(ctx, 3); err == nil {
			f.rates, err = s.e.co.Rates(ctx)
		}
		return f, err
	},
		func(f found, err error) {
			products := f.products
			if err != nil {
				products = nil // the made-up price does as well
			}
			s.samples, s.rates = products, f.rates
			names := make([]string, len(products))
			for i, p := range products {
				names[i] = widgets.Brief(p.Name, sampleShown)
			}
			s.sample.SetOptions(names)
			if len(names) > 0 {
				s.sample.SetSelectedIndex(0)
				s.sample.Enable()
			} else {
				s.sample.ClearSelected()
				s.sample.Disable()
			}
			s.live()
		})
}

// sampleShown is how much of a product's name its choice shows: the narrowest window has room for so much.
const sampleShown = 28

// draw shows d in the fields.
func (s *Page) draw(d priceDraft) {
	s.Now = d.clone()
	if d.per {
		s.per.SetSelected(1)
		if _, ok := d.markets.Find(string(s.chosen)); !ok && len(d.markets) > 0 {
			s.chosen = d.markets[0].ID
		}
		s.show(s.beside)
	} else {
		s.per.SetSelected(0)
		s.chosen = ""
		s.show(s.alone)
	}
	s.fields()
}

// fields shows the chosen rule.
func (s *Page) fields() {
	s.title.SetText(s.e.T("price.all"))
	if s.chosen != "" {
		s.title.SetText(s.Now.markets.Name(s.chosen))
	}
	s.rule.fill(s.draft())
	s.live()
}

func (s *Page) draft() ruleDraft {
	if s.chosen == "" {
		return s.Now.global
	}
	if d, ok := s.Now.each[s.chosen]; ok {
		return d
	}
	return newRuleDraft()
}

// setDraft takes what was typed.
func (s *Page) setDraft(d ruleDraft) {
	if s.chosen == "" {
		s.Now.global = d
	} else {
		s.Now.each[s.chosen] = d
	}
	s.Changed()
	if _, err := d.rule(s.e.Lang); err != nil { // said while typing, at the field
		if r, ok := s.Rows[words.RefusedField(err)]; ok {
			r.SetError(s.e.Error(err))
		}
	}
	s.live()
}

// switchPer changes between one rule and one each; what is switched off is kept, but for rules that the switching alone has made.
func (s *Page) switchPer(i int) {
	s.Now.per = i == 1
	spread := s.Now.per && s.Now.spread()
	if !s.Now.per && s.Now.isSpread() {
		s.Now.each = s.Kept.clone().each
	}
	s.draw(s.Now)
	s.Changed()
	s.Bar.SetNote("")
	if spread {
		s.Bar.SetNote(s.e.T("price.spread"))
	}
}

func (s *Page) choosePlace(id pricing.MarketplaceID) {
	if s.chosen == id || id == "" && s.Now.per {
		return
	}
	s.chosen = id
	s.Clear()
	s.fields()
}

// base is the price of the example: a product of the catalogue, else a made-up one.
func (s *Page) base() (decimal.Decimal, domain.Currency) {
	if i := s.sample.SelectedIndex(); i >= 0 && i < len(s.samples) && s.samples[i].Price.Valid {
		return s.samples[i].Price.Decimal, s.samples[i].Currency
	}
	return decimal.New(24990, -2), domain.TRY
}

// live computes the example anew: for the rule in the fields, and for every marketplace of the list.
func (s *Page) live() {
	base, currency := s.base()
	s.example.show(s.draft(), base, currency, s.rates)
	if s.Now.per {
		s.places.show(s.Now.markets, s.Now.each, s.chosen, base, currency, s.rates)
	}
}

// setMarkets takes the marketplaces as they are now; what is edited stays.
func (s *Page) setMarkets(all pricing.Marketplaces) {
	s.Kept.markets, s.Now.markets = all, all
	s.draw(s.Now)
}

// openLaboratory tries the rules as they are edited; what cannot be read is said at its field. ready is what came of it, nil: not
// tried yet.
func (s *Page) openLaboratory(ready *pricing.Laboratory) {
	if err := s.Check(s.Now); err != nil {
		s.Refuse(err)
		return
	}
	s.e.Frame.Cover(newLaboratory(s.e, s, ready))
}

// fillPercent writes an increase by percent into the rule that is edited.
func (s *Page) fillPercent(percent decimal.Decimal) {
	d := s.draft()
	d.direction, d.kind, d.amount = pricing.Increase, pricing.Percent, plainNumber(percent, s.e.Lang)
	s.rule.fill(d)
	s.setDraft(d)
	s.Bar.SetNote(s.e.T("commission.filled"))
}
