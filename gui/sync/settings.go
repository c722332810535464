package sync

import (
	"context"
	"maps"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// draft is the settings as they are typed.
type draft struct {
	schedule      sync.Schedule
	owner         map[domain.Shared]domain.Owner
	jump, share   string
	least, zeroed string
	choices       domain.Settings // not edited: what holds where nobody is named
	kept          sync.Settings
}

func draftOf(s sync.Settings, choices domain.Settings, lang string) draft {
	return draft{
		schedule: s.Schedule, owner: s.Owner, choices: choices, kept: s,
		jump: kit.Typed(s.Jump, 0, lang), share: kit.Typed(decimal.NewNullDecimal(s.PriceShare), 0, lang),
		least: whole(s.PriceLeast), zeroed: whole(s.Zeroed),
	}
}

func whole(n int) string { return decimal.NewFromInt(int64(n)).String() }

func (d draft) same(o draft) bool {
	return d.schedule == o.schedule && maps.Equal(d.owner, o.owner) && d.jump == o.jump && d.share == o.share &&
		d.least == o.least && d.zeroed == o.zeroed
}

// settings reads what was typed. The error's Field is that of sync.Settings.Validate.
func (d draft) settings(lang string) (sync.Settings, error) {
	s := d.kept
	s.Schedule, s.Owner = d.schedule, d.owner
	var err error
	number := func(field, text string, into *decimal.Decimal) {
		if err != nil {
			return
		}
		if *into, err = domain.ParseNumber(text, lang); err != nil {
			err = domain.Invalid(field, "number")
		}
	}
	count := func(field, text string, into *int) {
		var n decimal.Decimal
		if number(field, text, &n); err != nil {
			return
		}
		if !n.IsInteger() || n.Abs().GreaterThan(decimal.NewFromInt(maxCount)) {
			err = domain.Invalid(field, "number")
			return
		}
		*into = int(n.IntPart())
	}
	s.Jump = decimal.NullDecimal{}
	if d.jump != "" {
		s.Jump.Valid = true
		number("jump", d.jump, &s.Jump.Decimal)
	}
	number("price_share", d.share, &s.PriceShare)
	count("price_least", d.least, &s.PriceLeast)
	count("zeroed", d.zeroed, &s.Zeroed)
	if err != nil {
		return s, err
	}
	return s, s.Validate()
}

// maxCount is more products than a catalogue has.
const maxCount = 10_000_000

// settingsSheet is when the company is synced, who owns what, and where a run stops and asks.
type settingsSheet struct {
	*kit.Form[draft]
	e        *env
	object   fyne.CanvasObject
	schedule *widgets.Select
	closed   *closedSwitch
	owners   map[domain.Shared]*widgets.Select
	entries  map[string]*widgets.Entry
	filling  bool
}

func newSettingsSheet(e *env) *settingsSheet {
	s := &settingsSheet{Form: kit.NewForm[draft](e.Env), e: e, owners: map[domain.Shared]*widgets.Select{}, entries: map[string]*widgets.Entry{}}
	s.Same = draft.same
	s.Load = func(ctx context.Context, _ draft) (draft, error) {
		choices, err := e.co.Settings(ctx)
		if err != nil {
			return draft{}, err
		}
		of, err := e.co.SyncSettings(ctx)
		return draftOf(of, choices, e.Lang), err
	}
	s.Check = func(d draft) error { _, err := d.settings(e.Lang); return err }
	s.Store = func(ctx context.Context, d draft) (draft, error) {
		of, err := d.settings(e.Lang)
		if err == nil {
			err = e.co.SaveSyncSettings(ctx, of)
		}
		if err != nil {
			return d, err
		}
		return draftOf(of, d.choices, e.Lang), nil
	}
	s.Fill = s.draw
	s.object = s.layout()
	return s
}

// owners are the choices of whose value holds, the first of them nobody's.
func owners() []domain.Owner {
	return []domain.Owner{domain.OwnerNobody, domain.OwnerBooks, domain.OwnerCatalogue, domain.OwnerLater}
}

func (s *settingsSheet) layout() fyne.CanvasObject {
	e := s.e
	back := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), s.leave)
	back.SetEscape(s.leave)
	s.schedule = widgets.NewSelect(e.T("choose"), names(e, "sync.schedule.", sync.Schedules()), func(i int) {
		s.Edit(func(d *draft) { d.schedule = sync.Schedules()[i] })
	})
	s.schedule.SetEscape(s.leave)
	s.closed = newClosedSwitch(e, s.leave)
	rows := []fyne.CanvasObject{
		s.Row("schedule", e.T("sync.schedule"), s.schedule, e.T("sync.schedule.help")),
		widgets.NewRow(e.T("sync.closed"), s.closed.object, e.T("sync.closed.help")),
	}
	for _, f := range domain.AllShared() {
		pick := widgets.NewSelect(e.T("choose"), names(e, "sync.owner.", owners()[1:]), nil)
		pick.SetEscape(s.leave)
		s.owners[f] = pick
		pick.OnChanged = func(string) { s.own(f, pick.SelectedIndex()) }
		rows = append(rows, s.Row("owner_"+string(f), e.T("sync.owner."+string(f)), pick, e.T("sync.owner.help")))
	}
	rows = append(rows,
		s.entry("jump", "sync.jump", func(d *draft) *string { return &d.jump }),
		s.entry("price_share", "sync.price-share", func(d *draft) *string { return &d.share }),
		s.entry("price_least", "sync.price-least", func(d *draft) *string { return &d.least }),
		s.entry("zeroed", "sync.zeroed", func(d *draft) *string { return &d.zeroed }))
	rows = append(rows, s.Bar)
	return widgets.NewBorder(
		widgets.NewBorder(nil, nil, back, nil, widgets.NewBody(e.T("sync.settings.title")).Bold()), nil, nil, nil,
		widgets.Scrolled(widgets.MaxWidth(settingsWidth, container.NewVBox(rows...))))
}

// settingsWidth is that of the form: its button stands at its end, not at the window's edge.
const settingsWidth = 720

func names[T ~string](e *env, key string, all []T) []string {
	said := make([]string, len(all))
	for i, v := range all {
		said[i] = e.T(key + string(v))
	}
	return said
}

// ownerNames are the choices of a field; the first says what holds where nobody is named.
func (s *settingsSheet) ownerNames(f domain.Shared, choices domain.Settings) []string {
	who := s.e.T("sync.owner.nobody")
	if o := choices.Direction(f).Owner; o != domain.OwnerNobody {
		who = s.e.T("sync.owner." + string(o))
	}
	return append([]string{s.e.T("sync.owner.none", who)}, names(s.e, "sync.owner.", owners()[1:])...)
}

func (s *settingsSheet) own(f domain.Shared, i int) {
	if s.filling || i < 0 {
		return
	}
	s.Edit(func(d *draft) {
		d.owner = maps.Clone(d.owner)
		if d.owner == nil {
			d.owner = map[domain.Shared]domain.Owner{}
		}
		if i == 0 {
			delete(d.owner, f)
		} else {
			d.owner[f] = owners()[i]
		}
	})
}

func (s *settingsSheet) entry(field, key string, of func(d *draft) *string) fyne.CanvasObject {
	f := widgets.NewEntry("")
	f.OnChanged = func(text string) {
		if !s.filling {
			s.Edit(func(d *draft) { *of(d) = text })
		}
	}
	f.OnSubmitted = func(string) { s.Save() }
	f.SetEscape(s.leave)
	s.entries[field] = f
	return s.Row(field, s.e.T(key), f, s.e.T(key+".help"))
}

// draw shows d in the fields.
func (s *settingsSheet) draw(d draft) {
	s.filling = true
	schedule := d.kept.ScheduleOf(d.choices)
	if d.schedule != "" {
		schedule = d.schedule
	}
	s.schedule.Quietly(func() { s.schedule.SetSelectedIndex(slices.Index(sync.Schedules(), schedule)) })
	for f, pick := range s.owners {
		pick.Quietly(func() {
			pick.SetOptions(s.ownerNames(f, d.choices))
			pick.SetSelectedIndex(slices.Index(owners(), d.owner[f]))
		})
	}
	for field, text := range map[string]string{"jump": d.jump, "price_share": d.share, "price_least": d.least, "zeroed": d.zeroed} {
		s.entries[field].SetText(text)
	}
	s.filling = false
}

// leave goes back to the sheet; changes ask first.
func (s *settingsSheet) leave() {
	if s.e.Modal == nil {
		s.e.Frame.Leave(s.e.Pop)
	}
}

// TypedKey takes Esc.
func (s *settingsSheet) TypedKey(k *fyne.KeyEvent) bool {
	if k.Name != fyne.KeyEscape {
		return false
	}
	s.leave()
	return true
}

// Show fetches what is kept, and how the system's task stands.
func (s *settingsSheet) Show() {
	s.Form.Show()
	s.closed.look()
}

// Content is always the same object.
func (s *settingsSheet) Content() fyne.CanvasObject { return s.object }
