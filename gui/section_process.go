package gui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// processSection is Süreç Seçimleri: the five choices of the source document.
type processSection struct {
	*form[domain.Settings]
	object   fyne.CanvasObject
	currency *widgets.Select
	pull     *widgets.Choice
	formal   *widgets.Choice
	scenario *widgets.Choice
	push     *widgets.Choice
	hints    struct{ currency, pull, formal, scenario, push *widgets.Row }
	flow     *processFlow
	around   domain.Circumstances
}

func newProcessSection(e *env, p pageControl) *processSection {
	s := &processSection{form: newForm[domain.Settings](e, p)}
	s.same = func(a, b domain.Settings) bool { return a == b }
	s.load = e.co.Settings.Settings
	s.check = func(v domain.Settings) error { return v.ValidateIn(s.around, s.kept) }
	s.store = func(ctx context.Context, v domain.Settings) (domain.Settings, error) {
		kept, err := e.co.Settings.Settings(ctx)
		if err != nil {
			return v, err
		}
		v.IntegrationOn = kept.IntegrationOn // section 2 owns it
		return v, e.co.Settings.SaveSettings(ctx, v)
	}
	s.fill = s.draw
	var names []string
	for _, c := range domain.Currencies() {
		names = append(names, e.t("currency."+string(c)))
	}
	s.currency = widgets.NewSelect(e.t("choose"), names, func(i int) {
		s.edit(func(v *domain.Settings) { v.Currency = domain.Currencies()[i] })
		s.hint()
	})
	s.pull = s.choice(yesNo(e), func(v *domain.Settings, i int) { v.Pull = i == 0 })
	s.formal = widgets.NewRowChoice(yesNo(e), s.chooseFormal)
	s.scenario = s.choice([]string{e.t("scenario.basic"), e.t("scenario.commercial")}, func(v *domain.Settings, i int) { v.Scenario = scenarios()[i] })
	s.push = widgets.NewChoice([]string{e.t("push.stock"), e.t("push.price"), e.t("push.both")}, func(i int) {
		s.edit(func(v *domain.Settings) { v.Push = pushes()[i] })
		s.hint()
	})
	s.hints.currency = s.row("currency", e.t("process.currency"), s.currency, e.t("process.currency.help"))
	s.hints.pull = s.row("pull", e.t("process.pull"), s.pull, e.t("process.pull.help"))
	s.hints.formal = s.row("auto_formalise", e.t("process.formal"), s.formal, e.t("process.formal.help"))
	s.hints.scenario = s.row("scenario", e.t("process.scenario"), s.scenario, e.t("process.scenario.help"))
	s.hints.push = s.row("push", e.t("process.push"), s.push, e.t("process.push.help"))
	later := widgets.NewBanner()
	later.Say(widgets.BannerInfo, e.t("process.later"))
	s.flow = newProcessFlow(e, func() {
		s.push.SetSelected(-1)
		s.edit(func(v *domain.Settings) { v.Push = domain.PushUnset })
		s.hint()
	})
	s.object = s.layout(s.hints.currency, s.hints.pull, s.hints.formal, s.hints.scenario, s.hints.push, s.flow.object, widgets.MaxWidth(flowMaxWidth, later))
	return s
}

// show fetches what the choices have to go with, and then the choices.
func (s *processSection) show() {
	s.loaded = false
	background(s.e, s.e.co.Settings.Circumstances, func(around domain.Circumstances, err error) {
		if err != nil {
			s.bar.SetError(errorText(s.e.text, err))
			return
		}
		s.around = around
		s.form.show()
	})
}

func scenarios() []domain.Scenario {
	return []domain.Scenario{domain.ScenarioBasic, domain.ScenarioCommercial}
}

func pushes() []domain.Push {
	return []domain.Push{domain.PushStock, domain.PushPrice, domain.PushBoth}
}

func yesNo(e *env) []string { return []string{e.t("yes"), e.t("no")} }

func yes(on bool) int {
	if on {
		return 0
	}
	return 1
}

func (s *processSection) choice(options []string, set func(v *domain.Settings, i int)) *widgets.Choice {
	return widgets.NewRowChoice(options, func(i int) {
		s.edit(func(v *domain.Settings) { set(v, i) })
		s.hint()
	})
}

func (s *processSection) content() fyne.CanvasObject { return s.object }

// draw shows v in the fields.
func (s *processSection) draw(v domain.Settings) {
	changed := s.currency.OnChanged
	s.currency.OnChanged = nil
	s.currency.SetSelectedIndex(slices.Index(domain.Currencies(), v.Currency))
	s.currency.OnChanged = changed
	s.pull.SetSelected(yes(v.Pull))
	s.formal.SetSelected(yes(v.AutoFormalise))
	s.scenario.SetSelected(slices.Index(scenarios(), v.Scenario))
	s.push.SetSelected(slices.Index(pushes(), v.Push))
	s.hint()
}

// hint says under each choice what it will do.
func (s *processSection) hint() {
	v, e := s.now, s.e
	pick := func(on bool) string {
		if on {
			return "yes"
		}
		return "no"
	}
	s.hints.currency.SetHint(e.t("process.currency.does", e.t("currency."+string(v.Currency))))
	s.hints.pull.SetHint(e.t("process.pull." + pick(v.Pull)))
	s.hints.formal.SetHint(e.t("process.formal." + pick(v.AutoFormalise)))
	s.hints.scenario.SetHint(e.t("process.scenario." + string(v.Scenario)))
	push := string(v.Push)
	if v.Push == domain.PushUnset {
		push = "unset"
	}
	s.hints.push.SetHint(e.t("process.push." + push))
	s.flow.draw(v, s.around)
	if err := s.check(v); err != nil { // said while it is chosen; saving refuses it
		if r, ok := s.rows[invalidField(err)]; ok {
			r.SetError(errorText(e.text, err))
		}
	}
}

// chooseFormal lets "Evet" through only after the person has typed the word: what is formalised cannot
// be taken back.
func (s *processSection) chooseFormal(i int) {
	if i != 0 {
		s.edit(func(v *domain.Settings) { v.AutoFormalise = false })
		s.hint()
		return
	}
	e := s.e
	word := e.t("formal.word")
	no := func() { s.formal.SetSelected(yes(s.now.AutoFormalise)) }
	typed := widgets.NewEntry(word)
	wrong := widgets.NewText("", "error", "helperText")
	wrong.Hide()
	var m *modal
	accept := func() {
		if domain.Fold(typed.Text) != domain.Fold(word) {
			wrong.SetText(e.t("formal.wrong", word))
			wrong.Show()
			e.win.Canvas().Focus(typed)
			return
		}
		e.closeModal(m)
		s.edit(func(v *domain.Settings) { v.AutoFormalise = true })
		s.hint()
	}
	text := widgets.FixedWidth(460, widgets.NewBody(e.t("formal.text", word)))
	m = e.askWith(e.t("formal.title"), container.NewVBox(text, typed, wrong),
		answer{label: e.t("formal.no"), act: no},
		answer{label: e.t("formal.yes"), importance: widget.DangerImportance, check: accept})
	if m == nil {
		no()
		return
	}
	typed.SetEscape(m.cancel)
	typed.OnSubmitted = func(string) { accept() }
	e.win.Canvas().Focus(typed)
}
