package orders

import (
	"bytes"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// buyerForm is the fields of a buyer: those that such a buyer has.
type buyerForm struct {
	e       *env
	edit    func(change func(b *buyerDraft))
	rows    map[string]*widgets.Row
	order   []fyne.CanvasObject
	filling bool

	kind      *widgets.Choice
	entries   map[string]*widgets.Entry
	province  *widgets.Select
	district  *widgets.Select
	provinces []string // by name
	near      *fyne.Container
	plate     string // whose districts are offered
}

// buyerKinds are what a buyer can be, in the order of the choice.
func buyerKinds() []orders.BuyerType {
	return []orders.BuyerType{orders.BuyerPerson, orders.BuyerCompany}
}

// fieldOf is where a draft holds a field.
func fieldOf(d *buyerDraft, field string) *string {
	switch field {
	case "first":
		return &d.first
	case "last":
		return &d.last
	case "name":
		return &d.name
	case "tax_number":
		return &d.number
	case "tax_office":
		return &d.office
	case "address":
		return &d.address
	case "postal":
		return &d.postal
	default:
		return &d.country
	}
}

// newBuyerForm makes them; row makes the form's row of a field, edit changes what is typed.
func newBuyerForm(e *env, row func(field, label string, o fyne.CanvasObject, help string) *widgets.Row, edit func(change func(b *buyerDraft)), escape func()) *buyerForm {
	f := &buyerForm{e: e, edit: edit, rows: map[string]*widgets.Row{}, entries: map[string]*widgets.Entry{}, near: container.NewHBox()}
	add := func(field string, o fyne.CanvasObject) {
		r := row(field, e.T("orders.buyer."+field), o, e.T("orders.buyer."+field+".help"))
		f.rows[field] = r
		f.order = append(f.order, r)
	}
	f.kind = widgets.NewRowChoice([]string{e.T("orders.buyer.kind.person"), e.T("orders.buyer.kind.company")}, func(i int) {
		f.edit(func(b *buyerDraft) { b.kind = buyerKinds()[i] })
		f.arrange()
	})
	f.kind.SetEscape(escape)
	add("type", f.kind)
	for _, field := range []string{"first", "last", "name", "tax_number", "tax_office", "address"} {
		add(field, f.entry(field, escape))
	}
	f.provinces = domain.Provinces()
	slices.SortFunc(f.provinces, func(a, b string) int { return bytes.Compare(domain.SortKey(a), domain.SortKey(b)) })
	f.province = widgets.NewSelect(e.T("orders.buyer.choose"), f.provinces, func(i int) {
		if !f.filling && i >= 0 {
			p, _ := domain.FindProvince(f.provinces[i])
			f.put(domain.Place{Province: p})
		}
	})
	f.district = widgets.NewSelect(e.T("orders.buyer.choose"), nil, func(i int) {
		if !f.filling && i >= 0 {
			p, _ := domain.FindProvince(f.plate)
			f.put(domain.Place{Province: p, District: f.district.Options[i]})
		}
	})
	f.province.SetEscape(escape)
	f.district.SetEscape(escape)
	add("city", f.province)
	add("district", f.district)
	f.order = append(f.order, f.near)
	add("postal", f.entry("postal", escape))
	add("country", f.entry("country", escape))
	return f
}

func (f *buyerForm) entry(field string, escape func()) *widgets.Entry {
	w := widgets.NewEntry("")
	w.OnChanged = func(text string) {
		if !f.filling {
			f.edit(func(b *buyerDraft) { *fieldOf(b, field) = text })
			if field == "tax_number" {
				f.arrange()
			}
		}
	}
	w.SetEscape(escape)
	f.entries[field] = w
	return w
}

// put takes a place of the official list.
func (f *buyerForm) put(p domain.Place) {
	var now buyerDraft
	f.edit(func(b *buyerDraft) {
		b.city, b.district, b.plate = p.Province.Name, p.District, p.Province.Plate
		now = *b
	})
	f.place(now)
}

// draw shows a buyer in the fields.
func (f *buyerForm) draw(b buyerDraft) {
	f.filling = true
	for field, w := range f.entries {
		w.SetText(*fieldOf(&b, field))
	}
	f.kind.SetSelected(slices.Index(buyerKinds(), b.kind))
	f.filling = false
	f.place(b)
	f.arrange()
}

// place shows where the buyer lives; what is in no list is said as it stands.
func (f *buyerForm) place(b buyerDraft) {
	f.filling = true
	defer func() { f.filling = false }()
	p, _ := domain.FindProvince(b.plate)
	f.plate = p.Plate
	f.district.Options = assets.Districts().Of(p.Plate)
	pick := func(s *widgets.Select, all []string, text string) {
		if i := slices.Index(all, text); i >= 0 {
			s.SetSelectedIndex(i)
			return
		}
		s.ClearSelected()
		s.PlaceHolder = f.e.T("orders.buyer.choose")
		if text != "" {
			s.PlaceHolder = f.e.T("orders.buyer.unlisted", text)
		}
		s.Refresh()
	}
	pick(f.province, f.provinces, p.Name)
	if p.Name == "" && b.city != "" {
		f.province.PlaceHolder = f.e.T("orders.buyer.unlisted", b.city)
		f.province.Refresh()
	}
	pick(f.district, f.district.Options, b.district)
	f.offer(b)
}

// offer shows what the address may mean, as far as that is not known.
func (f *buyerForm) offer(b buyerDraft) {
	const most = 3
	f.near.Objects = nil
	if !slices.Contains(f.district.Options, b.district) && b.country != "" && foreignCountry(b.country) == "" {
		_, may := assets.Districts().Locate(b.city, b.district)
		for _, p := range may[:min(most, len(may))] {
			f.near.Add(widgets.NewButton(p.District+" / "+p.Province.Name, func() { f.put(p) }))
		}
	}
	widgets.ShowIf(f.near, len(f.near.Objects) > 0)
	f.near.Refresh()
}

// arrange shows the fields that such a buyer has.
func (f *buyerForm) arrange() {
	company := f.kind.Selected() == slices.Index(buyerKinds(), orders.BuyerCompany)
	trader := company && len(strings.TrimSpace(f.entries["tax_number"].Text)) == domain.TCKNLength
	for field, shown := range map[string]bool{"first": !company || trader, "last": !company || trader, "name": company, "tax_office": company} {
		widgets.ShowIf(f.rows[field], shown)
	}
}

// enable turns the fields on or off.
func (f *buyerForm) enable(on bool) {
	for _, w := range f.entries {
		widgets.EnableIf(w, on)
	}
	widgets.EnableIf(f.kind, on)
	widgets.EnableIf(f.province, on)
	widgets.EnableIf(f.district, on)
}
