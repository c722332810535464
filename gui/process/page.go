// Package process is section 3, Süreç Seçimleri: which side follows which.
package process

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// Page is Süreç Seçimleri: the five choices of the source document.
type Page struct {
	*kit.Form[domain.Settings]
	e        *env
	object   fyne.CanvasObject
	currency *widgets.Select
	pull     *widgets.Choice
	formal   *widgets.Choice
	scenario *widgets.Choice
	push     *widgets.Choice
	hints    struct{ currency, pull, formal, scenario, push *widgets.Row }
	flow     *processFlow
	around   domain.Circumstances
	standing sync.Standing // of the sync, under the choices that are kept
}

// New makes the page.
func New(k *kit.Env, co Company) *Page {
	e := &env{k, co}
	s := &Page{Form: kit.NewForm[domain.Settings](e.Env), e: e}
	s.Same = func(a, b domain.Settings) bool { return a == b }
	s.Load = func(ctx context.Context, _ domain.Settings) (domain.Settings, error) { return e.co.Settings(ctx) }
	s.Check = func(v domain.Settings) error { return v.ValidateIn(s.around, s.Kept) }
	s.Store = func(ctx context.Context, v domain.Settings) (domain.Settings, error) {
		kept, err := e.co.Settings(ctx)
		if err != nil {
			return v, err
		}
		v.IntegrationOn, v.Confirmed = kept.IntegrationOn, true // section 2 owns the switch
		return v, e.co.SaveSettings(ctx, v)
	}
	s.Fresh = func(v domain.Settings) bool { return !v.Confirmed }
	s.Fill = s.draw
	s.Bar = widgets.NewSaveBar(e.T("save"), s.Save)
	var names []string
	for _, c := range domain.Currencies() {
		names = append(names, e.T("currency."+string(c)))
	}
	s.currency = widgets.NewSelect(e.T("choose"), names, func(i int) {
		s.Edit(func(v *domain.Settings) { v.Currency = domain.Currencies()[i] })
		s.hint()
	})
	s.pull = s.choice(yesNo(e), func(v *domain.Settings, i int) { v.Pull = i == 0 })
	s.formal = widgets.NewRowChoice(yesNo(e), s.chooseFormal)
	s.scenario = s.choice([]string{e.T("scenario.basic"), e.T("scenario.commercial")}, func(v *domain.Settings, i int) { v.Scenario = scenarios()[i] })
	s.push = widgets.NewChoice([]string{e.T("push.stock"), e.T("push.price"), e.T("push.both")}, func(i int) {
		s.Edit(func(v *domain.Settings) { v.Push = pushes()[i] })
		s.hint()
	})
	s.hints.currency = s.Row("currency", e.T("process.currency"), s.currency, e.T("process.currency.help"))
	s.hints.pull = s.Row("pull", e.T("process.pull"), s.pull, e.T("process.pull.help"))
	s.hints.formal = s.Row("auto_formalise", e.T("process.formal"), s.formal, e.T("process.formal.help"))
	s.hints.scenario = s.Row("scenario", e.T("process.scenario"), s.scenario, e.T("process.scenario.help"))
	s.hints.push = s.Row("push", e.T("process.push"), s.push, e.T("process.push.help"))
	s.flow = newProcessFlow(e, func() {
		s.push.SetSelected(-1)
		s.Edit(func(v *domain.Settings) { v.Push = domain.PushUnset })
		s.hint()
	}, s.askStock)
	s.object = s.Layout(s.hints.currency, s.hints.pull, s.hints.formal, s.hints.scenario, s.hints.push, s.flow.object)
	return s
}

// setting is what the choices have to go with.
type setting struct {
	around   domain.Circumstances
	standing sync.Standing
}

func (e *env) find(ctx context.Context) (f setting, err error) {
	if f.around, err = e.co.Circumstances(ctx); err != nil {
		return f, err
	}
	f.standing, err = e.co.SyncStanding(ctx)
	return f, err
}

// Show fetches what the choices have to go with, and then the choices.
func (s *Page) Show() {
	s.Loaded = false
	kit.Background(s.e.Env, s.e.find, func(f setting, err error) {
		if err != nil {
			s.Fail(err)
			return
		}
		s.around, s.standing = f.around, f.standing
		s.Form.Show()
	})
}

// Save saves the choices.
func (s *Page) Save() { s.SaveThen(nil) }

// SaveThen saves them, and says how the sync stands under them.
func (s *Page) SaveThen(then func()) {
	s.Form.SaveThen(func() {
		kit.Background(s.e.Env, s.e.co.SyncStanding, func(st sync.Standing, err error) {
			if err != nil {
				s.Bar.SetError(s.e.Error(err))
				return
			}
			s.standing = st
			s.hint()
		})
		if then != nil {
			then()
		}
	})
}

// askStock asks İşbaşı whether the key may write stock.
func (s *Page) askStock() {
	s.flow.asking(true)
	kit.Act(s.e.Env, "ask", s.e.co.ProbeStock, func(answer domain.AbilityAnswer, err error) {
		s.flow.asking(false)
		if err != nil {
			s.Bar.SetError(s.e.Error(err))
			return
		}
		s.around.Abilities = maps.Clone(s.around.Abilities)
		if s.around.Abilities == nil {
			s.around.Abilities = domain.Abilities{}
		}
		s.around.Abilities[domain.AbilityStockWrite] = answer
		s.Clear()
		s.hint()
		s.e.Frame.Refresh()
	})
}

func scenarios() []domain.Scenario {
	return []domain.Scenario{domain.ScenarioBasic, domain.ScenarioCommercial}
}

func pushes() []domain.Push {
	return []domain.Push{domain.PushStock, domain.PushPrice, domain.PushBoth}
}

func yesNo(e *env) []string { return []string{e.T("yes"), e.T("no")} }

func (s *Page) choice(options []string, set func(v *domain.Settings, i int)) *widgets.Choice {
	return widgets.NewRowChoice(options, func(i int) {
		s.Edit(func(v *domain.Settings) { set(v, i) })
		s.hint()
	})
}

// Content is always the same object.
func (s *Page) Content() fyne.CanvasObject { return s.object }

// draw shows v in the fields.
func (s *Page) draw(v domain.Settings) {
	s.currency.Quietly(func() { s.currency.SetSelectedIndex(slices.Index(domain.Currencies(), v.Currency)) })
	s.pull.SetSelected(kit.Yes(v.Pull))
	s.formal.SetSelected(kit.Yes(v.AutoFormalise))
	s.scenario.SetSelected(slices.Index(scenarios(), v.Scenario))
	s.push.SetSelected(slices.Index(pushes(), v.Push))
	s.hint()
}

// hint says under each choice that was changed what it will do. What is kept is said by the choice itself; only what cannot
// be taken back is always said.
func (s *Page) hint() {
	v, kept, e := s.Now, s.Kept, s.e
	says := func(r *widgets.Row, changed bool, key string, args ...any) {
		text := ""
		if changed {
			text = e.T(key, args...)
		}
		r.SetHint(text)
	}
	pick := func(on bool) string {
		if on {
			return "yes"
		}
		return "no"
	}
	says(s.hints.currency, v.Currency != kept.Currency, "process.currency.does", e.T("currency."+string(v.Currency)))
	says(s.hints.pull, v.Pull != kept.Pull, "process.pull."+pick(v.Pull))
	says(s.hints.formal, v.AutoFormalise || kept.AutoFormalise, "process.formal."+pick(v.AutoFormalise))
	says(s.hints.scenario, v.Scenario != kept.Scenario, "process.scenario."+string(v.Scenario))
	says(s.hints.push, v.Push != kept.Push || v.Push == domain.PushUnset, "process.push."+cmp.Or(string(v.Push), "unset"))
	s.hintSync()
	s.flow.draw(v, v != kept, s.standing.Settings, s.around)
	if err := s.Check(v); err != nil { // said while it is chosen; saving refuses it
		if r, ok := s.Rows[words.RefusedField(err)]; ok {
			r.SetError(e.Error(err))
		}
	}
}

// hintSync says, under the first choice that makes one, what the last sync did and when the next one begins.
func (s *Page) hintSync() {
	v, now := s.Now, s.e.Now()
	text := s.e.LastSync(s.standing, now) + " " + s.e.NextSync(s.standing, now)
	switch {
	case !s.Kept.IntegrationOn:
	case v.Pull && s.Kept.Pull:
		s.hints.pull.SetHint(text)
	case v.Push != domain.PushUnset && v.Push == s.Kept.Push:
		s.hints.push.SetHint(text)
	}
}

// chooseFormal lets "Evet" through only after the person has typed the word: what is formalised cannot
// be taken back.
func (s *Page) chooseFormal(i int) {
	if i != 0 {
		s.Edit(func(v *domain.Settings) { v.AutoFormalise = false })
		s.hint()
		return
	}
	e := s.e
	word := e.T("formal.word")
	no := func() { s.formal.SetSelected(kit.Yes(s.Now.AutoFormalise)) }
	typed := widgets.NewEntry(word)
	wrong := widgets.NewText("", "error", "helperText")
	wrong.Hide()
	var m *kit.Modal
	accept := func() {
		if domain.Fold(typed.Text) != domain.Fold(word) {
			wrong.SetText(e.T("formal.wrong", word))
			wrong.Show()
			e.Win.Canvas().Focus(typed)
			return
		}
		e.CloseModal(m)
		s.Edit(func(v *domain.Settings) { v.AutoFormalise = true })
		s.hint()
	}
	text := widgets.FixedWidth(460, widgets.NewBody(e.T("formal.text", word)))
	m = e.AskWith(e.T("formal.title"), container.NewVBox(text, typed, wrong),
		kit.Answer{Label: e.T("formal.no"), Act: no},
		kit.Answer{Label: e.T("formal.yes"), Importance: widget.DangerImportance, Check: accept})
	if m == nil {
		no()
		return
	}
	typed.SetEscape(m.Cancel)
	typed.OnSubmitted = func(string) { accept() }
	e.Win.Canvas().Focus(typed)
}
