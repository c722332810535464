package prices

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// ratesScreen is Döviz Kurları: a rate is typed above, all of them stand below.
type ratesScreen struct {
	*records[pricing.Rate]
	object fyne.CanvasObject

	currency   *widgets.Select
	value, day *widgets.Entry
	fields     map[string]*widgets.Row // by the Field of an error
	save       *widgets.Button
	missing    *widgets.Banner
	empty      *widgets.Text
	rates      pricing.Rates
}

// currency names a currency; one we have no word for, by its code.
func (e *env) currency(c domain.Currency) string {
	if key := "currency." + string(c); e.Has(key) {
		return e.T(key)
	}
	return string(c)
}

// foreign are the currencies that need a rate.
func foreign() []domain.Currency {
	var all []domain.Currency
	for _, c := range domain.Currencies() {
		if c != pricing.Target {
			all = append(all, c)
		}
	}
	return all
}

// rateLabelWidth is what the words beside the fields take, so that the button stands under the fields.
const rateLabelWidth = 232

func newRatesScreen(e *env) *ratesScreen {
	s := &ratesScreen{fields: map[string]*widgets.Row{}, missing: widgets.NewBanner(), empty: widgets.NewBody(e.T("rates.empty"))}
	s.records = newRecords[pricing.Rate](e, recordWords{edit: e.T("rates.edit"), remove: e.T("rates.remove"), undo: e.T("rates.undo")},
		table.Column{Title: e.T("rates.column.currency"), Width: 140, Grow: 1},
		table.Column{Title: e.T("rates.column.day"), Width: 110, Grow: 1},
		table.Column{Title: e.T("rates.column.rate"), Width: 110, Grow: 1, Right: true},
		table.Column{Title: e.T("rates.column.holds"), Width: 160, Grow: 2})
	s.correct, s.take, s.refuse, s.fetch = s.fill, s.drop, s.say, s.read
	s.fixed = func(pricing.Rate) string { return "" }
	back := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), e.Frame.Back)
	names := make([]string, len(foreign()))
	for i, c := range foreign() {
		names[i] = e.T("currency." + string(c))
	}
	s.currency = widgets.NewSelect(e.T("choose"), names, func(int) { s.typed() })
	s.value, s.day = widgets.NewEntry(e.T("rates.rate.hint")), widgets.NewEntry(e.T("rates.day.hint"))
	for _, f := range []*widgets.Entry{s.value, s.day} {
		f.OnChanged = func(string) { s.typed() }
		f.OnSubmitted = func(string) { s.store() }
		f.SetEscape(e.Frame.Back)
	}
	s.save = widgets.NewIconButton(e.T("rates.save"), theme.DocumentSaveIcon(), s.store).Primary()
	for _, k := range []interface{ SetEscape(func()) }{back, s.currency, s.save} {
		k.SetEscape(e.Frame.Back)
	}
	s.empty.Hide()
	form := container.NewVBox(
		s.row("currency", e.T("rates.currency"), s.currency, e.T("rates.currency.help")),
		s.row("rate", e.T("rates.rate"), s.value, e.T("rates.rate.help")),
		s.row("date", e.T("rates.day"), s.day, e.T("rates.day.help")))
	head := container.NewVBox(
		widgets.NewBorder(nil, nil, back, nil, widgets.NewTitle(e.T("rates.title")).OneLine()),
		widgets.NewMuted(e.T("rates.text")), s.missing,
		widgets.MaxWidth(640, container.NewVBox(form, container.NewHBox(widgets.FixedWidth(rateLabelWidth, widgets.NewMuted("")), s.save))), s.said)
	s.object = widgets.Inset(14, 6, widgets.NewBorder(head, s.foot(), nil, nil, container.NewStack(
		s.table, container.NewVBox(widgets.Gap(kit.UnderHead), s.empty))))
	return s
}

func (s *ratesScreen) row(field, label string, o fyne.CanvasObject, help string) fyne.CanvasObject {
	r := widgets.NewRow(label, o, help)
	s.fields[field] = r
	return r
}

func (s *ratesScreen) Content() fyne.CanvasObject { return s.object }

// Show begins with an empty form of today.
func (s *ratesScreen) Show() {
	s.currency.SetSelectedIndex(0)
	s.value.SetText("")
	s.day.SetText(pricing.DayOf(s.e.Now()).Words(s.e.Lang))
	s.begin()
	s.e.Win.Canvas().Focus(s.value)
}

// read fetches the rates, and which are missing.
func (s *ratesScreen) read() {
	type answer struct {
		rates   pricing.Rates
		missing []pricing.Missing
	}
	kit.Background(s.e.Env, func(ctx context.Context) (a answer, err error) {
		if a.rates, err = s.e.co.Rates(ctx); err == nil {
			a.missing, err = s.e.co.MissingRates(ctx)
		}
		return a, err
	}, func(a answer, err error) {
		if err != nil {
			s.said.Say(widgets.BannerError, s.e.Error(err))
			return
		}
		s.rates = a.rates
		s.missing.Hide()
		if len(a.missing) > 0 {
			text := ""
			for i, m := range a.missing {
				if i > 0 {
					text += "\n"
				}
				text += s.e.T("rates.missing", m.Products, s.e.currency(m.Currency))
			}
			s.missing.Say(widgets.BannerWarning, text)
		}
		widgets.ShowIf(s.empty, len(a.rates) == 0)
		s.count.SetText(s.e.T("rates.count", s.e.Count(len(a.rates))))
		s.list(s.lines())
		s.object.Refresh()
	})
}

// lines are the rates, ready to be shown.
func (s *ratesScreen) lines() []table.Row {
	today := pricing.DayOf(s.e.Now())
	rows := make([]table.Row, len(s.rates))
	for i, r := range s.rates {
		holds := s.e.T("rates.past")
		if now, ok := s.rates.On(r.Currency, today); ok && now.Day == r.Day {
			holds = s.e.T("rates.holds")
		} else if r.Day > today {
			holds = s.e.T("rates.later", r.Day.Words(s.e.Lang))
		}
		rows[i] = table.Row{
			Cells: []string{s.e.currency(r.Currency), r.Day.Words(s.e.Lang), s.exact(r), holds}, Data: r,
		}
	}
	return rows
}

// exact writes a rate with all its decimals.
func (s *ratesScreen) exact(r pricing.Rate) string { return plainNumber(r.Value, s.e.Lang) }

// fill brings a rate into the fields; saving it replaces the one of its day.
func (s *ratesScreen) fill(r pricing.Rate) {
	s.currency.SetSelectedIndex(at(foreign(), r.Currency))
	s.value.SetText(s.exact(r))
	s.day.SetText(r.Day.Words(s.e.Lang))
	s.e.Win.Canvas().Focus(s.value)
}

// typed says at its field what cannot be read; an empty one is only waited for.
func (s *ratesScreen) typed() {
	for _, r := range s.fields {
		r.SetError("")
	}
	if s.value.Text == "" {
		return
	}
	if _, err := s.typedRate(); err != nil {
		s.say(err)
	}
}

func (s *ratesScreen) typedRate() (pricing.Rate, error) {
	r := pricing.Rate{Currency: kit.Pick(foreign(), s.currency.SelectedIndex())}
	if s.value.Text == "" {
		return r, domain.Invalid("rate", "required")
	}
	var err error
	if r.Value, err = pricing.ParseRate(s.value.Text); err != nil {
		return r, err
	}
	if r.Day, err = pricing.ParseDay(s.day.Text); err != nil {
		return r, err
	}
	return r, r.Validate()
}

// say tells what went wrong, at its field if it has one.
func (s *ratesScreen) say(err error) {
	if r, ok := s.fields[words.RefusedField(err)]; ok {
		r.SetError(s.e.Error(err))
		return
	}
	s.said.Say(widgets.BannerError, s.e.Error(err))
}

func (s *ratesScreen) store() {
	r, err := s.typedRate()
	if err != nil {
		s.say(err)
		if row, ok := s.fields[words.RefusedField(err)]; ok {
			row.Focus(s.e.Win.Canvas())
		}
		return
	}
	back := func(ctx context.Context) error { return s.e.co.RemoveRate(ctx, r.Currency, r.Day) }
	for _, was := range s.rates {
		if was.Currency == r.Currency && was.Day == r.Day {
			back = func(ctx context.Context) error { return s.e.co.SaveRates(ctx, was) }
		}
	}
	s.change(func(ctx context.Context) error { return s.e.co.SaveRates(ctx, r) }, back, "rates.saved", r)
}

// drop removes a rate at once; it can be brought back.
func (s *ratesScreen) drop(r pricing.Rate) {
	s.change(func(ctx context.Context) error { return s.e.co.RemoveRate(ctx, r.Currency, r.Day) },
		func(ctx context.Context) error { return s.e.co.SaveRates(ctx, r) }, "rates.removed", r)
}

// change carries something out and says it, with the way back.
func (s *ratesScreen) change(do, back func(context.Context) error, key string, r pricing.Rate) {
	said := s.e.T(key, s.e.currency(r.Currency), s.exact(r), r.Day.Words(s.e.Lang))
	s.act(do, s.say, func() {
		s.done(said, back)
		s.value.SetText("")
	})
}
