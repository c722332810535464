package intake

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// mapView asks which columns of a file say what: fields left, the choice of a column right, with what stands in it.
type mapView struct {
	e      *env
	acts   mapActs
	header []string
	sample []string // of each column

	object fyne.CanvasObject
	said   *widgets.Banner
	market *widgets.Select
	name   *widgets.Row
	fields map[orders.Field]*mapField
	reads  *widgets.Button
}

// mapField is the choice of one field's column.
type mapField struct {
	pick   *widgets.Select
	sample *widgets.Text
}

// mapActs is what the view does with the sheet around it.
type mapActs struct {
	read    func(c orders.Choice)
	another func()
	escape  func()
}

// mapFields are the fields that can be chosen, in their groups.
func mapFields() []struct {
	group  string
	fields []orders.Field
} {
	return []struct {
		group  string
		fields []orders.Field
	}{
		{"order", []orders.Field{orders.FieldNumber, orders.FieldPackage, orders.FieldOrderedAt, orders.FieldShippedAt, orders.FieldStatus}},
		{"buyer", []orders.Field{
			orders.FieldBuyer, orders.FieldFirst, orders.FieldLast, orders.FieldCompany, orders.FieldTaxNumber, orders.FieldIdentity, orders.FieldTaxOffice,
			orders.FieldAddress, orders.FieldDistrict, orders.FieldCity, orders.FieldPostal,
		}},
		{"line", []orders.Field{
			orders.FieldProduct, orders.FieldCode, orders.FieldBarcode, orders.FieldQuantity, orders.FieldUnit, orders.FieldAmount,
			orders.FieldDiscount, orders.FieldInvoiced, orders.FieldVAT,
		}},
		{"rest", []orders.Field{orders.FieldShipping, orders.FieldOrderCoupon, orders.FieldTotal}},
	}
}

// labelWidth is what the names of the fields take: as much as those of form rows.
const labelWidth = 284

func newMapView(e *env, rows []listing.Row, why error, missing []string, acts mapActs) *mapView {
	v := &mapView{e: e, acts: acts, said: widgets.NewBanner(), fields: map[orders.Field]*mapField{}}
	v.take(rows)
	if why != nil {
		said := e.Error(why)
		if len(missing) > 0 {
			said += " " + strings.Join(missing, ", ")
		}
		v.said.Say(widgets.BannerWarning, said)
	}
	names := make([]string, 0, len(orders.Profiles())+1)
	for _, p := range orders.Profiles() {
		names = append(names, p.Title)
	}
	names = append(names, e.T("orders.map.other"))
	name := widgets.NewEntry("")
	name.OnChanged = func(string) { v.offer() }
	name.SetEscape(acts.escape)
	v.name = widgets.NewRow(e.T("orders.map.name"), name, e.T("orders.map.name.help"))
	v.market = widgets.NewSelect(e.T("orders.map.choose"), names, func(int) { v.offer() })
	v.market.SetEscape(acts.escape)
	box := container.NewVBox(widgets.NewRow(e.T("orders.map.market"), v.market, e.T("orders.map.market.help")), v.name)
	options := append([]string{e.T("orders.map.nothing")}, v.header...)
	for _, g := range mapFields() {
		box.Add(widgets.NewSection(e.T("orders.map." + g.group)))
		for _, f := range g.fields {
			m := &mapField{sample: widgets.NewCaption("").OneLine()}
			m.sample.Truncation = fyne.TextTruncateEllipsis
			m.pick = widgets.NewSelect(options[0], options, func(int) { v.show(m); v.offer() })
			m.pick.SetEscape(acts.escape)
			v.fields[f] = m
			box.Add(widgets.NewBorder(nil, nil, container.NewHBox(widgets.FixedWidth(labelWidth, widgets.NewBody(fieldWords(e, f))), widgets.FixedWidth(240, m.pick)), nil,
				widgets.Centred(m.sample)))
		}
	}
	another := widgets.NewIconButton(e.T("import.another"), theme.NavigateBackIcon(), acts.another)
	v.reads = widgets.NewIconButton(e.T("orders.map.go"), theme.NavigateNextIcon(), v.read).Primary()
	another.SetEscape(acts.escape)
	v.reads.SetEscape(acts.escape)
	foot := container.NewVBox(widget.NewSeparator(), widgets.NewBorder(nil, nil, another, v.reads, widgets.NewMuted(e.T("orders.map.remembered"))))
	v.object = widgets.NewBorder(container.NewVBox(widgets.NewBody(e.T("orders.map.text")), v.said), foot, nil, nil, container.NewVScroll(box))
	v.suggest()
	v.offer()
	return v
}

// take finds the header among the first rows: the one that names most of what is known, else the first with several cells.
func (v *mapView) take(rows []listing.Row) {
	const several = 3
	at, best := -1, 0
	for i, r := range rows {
		if n := orders.Known(r.Cells); n > best {
			at, best = i, n
		}
	}
	if at < 0 {
		at = max(0, slices.IndexFunc(rows, func(r listing.Row) bool { return len(kit.Filled(r.Cells...)) >= several }))
	}
	if at >= len(rows) {
		return
	}
	for column, name := range rows[at].Cells {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		sample := ""
		for _, r := range rows[at+1:] {
			if column < len(r.Cells) && sample == "" {
				sample = strings.TrimSpace(r.Cells[column])
			}
		}
		v.header, v.sample = append(v.header, name), append(v.sample, sample)
	}
}

// show says what stands in the column that was chosen.
func (v *mapView) show(m *mapField) {
	said := ""
	if i := m.pick.SelectedIndex(); i > 0 {
		said = v.sample[i-1]
	}
	m.sample.SetText(said)
}

// suggest chooses the columns that known files call so.
func (v *mapView) suggest() {
	for f, m := range v.fields {
		for _, p := range orders.Profiles() {
			for _, name := range p.Columns[f] {
				if i := slices.Index(v.header, name); i >= 0 && m.pick.SelectedIndex() < 0 {
					m.pick.SetSelectedIndex(i + 1)
				}
			}
		}
	}
}

// choose takes a known profile as the one that the columns add to.
func (v *mapView) choose(profile string) {
	for i, p := range orders.Profiles() {
		if p.Name == profile {
			v.market.SetSelectedIndex(i)
		}
	}
	v.offer()
}

// builtIn is the known profile that was chosen, "" for none.
func (v *mapView) builtIn() string {
	if i := v.market.SelectedIndex(); i >= 0 && i < len(orders.Profiles()) {
		return orders.Profiles()[i].Name
	}
	return ""
}

// offer turns the button on while it is said whose file it is.
func (v *mapView) offer() {
	if v.reads == nil {
		return
	}
	other := v.market.SelectedIndex() == len(orders.Profiles())
	widgets.ShowIf(v.name, other)
	widgets.EnableIf(v.reads, v.builtIn() != "" || other && strings.TrimSpace(v.entry().Text) != "")
}

func (v *mapView) entry() *widgets.Entry { return v.name.Field().(*widgets.Entry) }

// read reads the file by the columns that were chosen.
func (v *mapView) read() {
	if v.reads.Disabled() {
		return
	}
	c := orders.Choice{Profile: v.builtIn(), Columns: map[orders.Field]string{}}
	if c.Profile == "" {
		c.Marketplace = strings.TrimSpace(v.entry().Text)
	}
	for f, m := range v.fields {
		if i := m.pick.SelectedIndex(); i > 0 {
			c.Columns[f] = v.header[i-1]
		}
	}
	v.said.Hide()
	v.acts.read(c)
}

// refuse says why the file cannot be read so.
func (v *mapView) refuse(err error) {
	said := v.e.Error(err)
	if f := orders.Field(words.RefusedField(err)); v.fields[f] != nil {
		said = fieldWords(v.e, f) + ": " + said
		v.e.Win.Canvas().Focus(v.fields[f].pick)
	}
	if inner := unwrapped(err); inner != "" && words.RefusedField(err) == "map" {
		said += " " + inner
	}
	v.said.Say(widgets.BannerError, said)
	v.object.Refresh()
}
