package transfer

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// transferStatus is Aktarım Durumu: how a working transfer stands.
type transferStatus struct {
	e      *env
	object fyne.CanvasObject

	steps  *widgets.Steps
	says   *widgets.Text // what goes on, and that it goes by itself
	line   *widgets.Text // what is counted, and how far it is
	figure *widgets.Text
	bar    *widgets.Progress
	speed  *widgets.Text
	sums   []*soFar
	stop   *widgets.Button

	arrived   int       // products read, when it last grew
	arrivedAt time.Time // and when that was
}

// soFar is one of the three counters in small: a square in its colour, its word and its number.
type soFar struct {
	word string
	text *widgets.Text
}

func newTransferStatus(e *env, stop func()) *transferStatus {
	v := &transferStatus{e: e, bar: kit.NewProgress(e.Env)}
	v.steps = widgets.NewSteps(
		widgets.StepName{Now: e.T("status.prepare.now"), Done: e.T("status.prepare.done")},
		widgets.StepName{Coming: e.T("status.queue"), Now: e.T("status.queue"), Done: e.T("status.queue")},
		widgets.StepName{Coming: e.T("status.apply.coming"), Now: e.T("status.apply.now"), Done: e.T("status.apply.done")},
	)
	v.says = widgets.NewMuted("")
	v.line, v.figure = widgets.NewBody("").Bold(), widgets.NewBody("").OneLine()
	v.speed = widgets.NewMuted("").OneLine()
	v.speed.Truncation = fyne.TextTruncateEllipsis // a long name must not make the page jump
	v.stop = widgets.NewIconButton(e.T("status.stop"), theme.MediaStopIcon(), func() {
		v.stop.Disable()
		stop()
		v.says.SetText(e.T("status.stopping"))
	})
	sums := container.NewHBox(widgets.NewMuted(e.T("status.so-far")).OneLine())
	for _, c := range []struct {
		word  string
		color fyne.ThemeColorName
	}{
		{"counters.transferred", widgets.ColorBlue},
		{"counters.matched", widgets.ColorGreen},
		{"counters.unmatched", widgets.ColorOrange},
	} {
		s := &soFar{word: e.T(c.word), text: widgets.NewBody("").OneLine()}
		v.sums = append(v.sums, s)
		sums.Add(container.NewHBox(container.NewCenter(widgets.Swatch(c.color)), s.text))
	}
	v.object = container.NewVScroll(widgets.MaxWidth(bodyWidth, container.NewVBox(
		widgets.NewTitle(e.T("status.title")),
		v.steps, v.says, widgets.Gap(4),
		widgets.NewPanel(container.NewVBox(
			widgets.NewBorder(nil, nil, nil, v.figure, v.line), v.bar, v.speed, sums)),
		container.NewHBox(layout.NewSpacer(), v.stop),
	)))
	return v
}

// begin shows a transfer that has just been started.
func (v *transferStatus) begin(now transfer.Snapshot) {
	v.stop.Enable()
	v.set(now, false)
}

// rest stops whatever moves: the view is about to go.
func (v *transferStatus) rest() { v.bar.Rest() }

// set draws how the job stands; stopping: a person has pressed Durdur.
func (v *transferStatus) set(now transfer.Snapshot, stopping bool) {
	stopping = stopping || now.State == transfer.StateStopping
	v.steps.Set(stepOf(now))
	v.says.SetText(saysOf(v.e, now, stopping))
	v.line.SetText(v.e.T(lineOf(now)))
	if now.State == transfer.StateQueued && now.Queue.Number > 0 {
		v.line.SetText(v.e.T("status.queued.number", now.Queue.Number))
	}
	widgets.ShowIf(v.stop, now.State.Active() || !now.State.Finished())
	if stopping {
		v.stop.Disable()
	}
	if now.Of > 0 && now.Phase != transfer.PhaseMatch {
		v.bar.Set(now.Done, now.Of)
		v.figure.SetText(v.e.T("status.of", now.Done, now.Of))
	} else {
		v.bar.Set(0, 0)
		v.figure.SetText("")
	}
	v.speed.SetText(speedLine(v.e, now))
	if now.State == transfer.StateQueued {
		v.speed.SetText(queueLine(v.e, now.Queue))
	}
	if waits := v.waits(now); waits >= tellWait {
		v.speed.SetText(v.e.T("status.waiting", v.e.Duration(waits)))
	}
	numbers := []int{now.Counters.Transferred, now.Counters.Matched, now.Counters.Unmatched}
	for i, s := range v.sums {
		s.text.SetText(v.e.T("status.so-far.one", s.word, numbers[i]))
	}
}

// tellWait is how long İşbaşı may take for a page before the page says that it is waited for: a call
// that fails is tried again by itself, and meanwhile nothing else would move.
const tellWait = 3 * time.Second

// waits tells for how long no further product has arrived while reading.
func (v *transferStatus) waits(now transfer.Snapshot) time.Duration {
	at := v.e.Now()
	if now.Phase != transfer.PhaseRead || now.Done != v.arrived || v.arrivedAt.IsZero() {
		v.arrived, v.arrivedAt = now.Done, at
	}
	return at.Sub(v.arrivedAt).Truncate(time.Second)
}

// stepOf gives the present one of preparing, queued, applying.
func stepOf(now transfer.Snapshot) int {
	switch {
	case now.State == transfer.StateQueued:
		return 1
	case now.Phase == transfer.PhaseEnd:
		return 3
	case now.State == transfer.StateApplying, now.State == transfer.StateStopping && now.Phase == transfer.PhaseApply:
		return 2
	default:
		return 0
	}
}

// saysOf says what goes on, and who is told when it ends.
func saysOf(e *env, now transfer.Snapshot, stopping bool) string {
	ends := e.T("status.ends.here")
	if to := now.Options.ReportTo; to != "" {
		ends = e.T("status.ends.mail", to)
	}
	switch {
	case stopping:
		return e.T("status.stopping")
	case now.State == transfer.StateQueued:
		return e.T("status.queued") + " " + ends
	case now.State == transfer.StateApplying:
		return e.T("status.applying.says")
	default:
		return e.T("status.preparing") + " " + ends
	}
}

func lineOf(now transfer.Snapshot) string {
	switch {
	case now.State == transfer.StateQueued:
		return "status.queue"
	case now.Phase == transfer.PhaseApply || now.Phase == transfer.PhaseEnd:
		return "status.applying"
	case now.Phase == transfer.PhaseMatch:
		return "status.matching"
	case now.Done == 0:
		return "status.starting"
	default:
		return "status.reading"
	}
}

// queueLine says whose products are being written meanwhile, "" while nobody's are.
func queueLine(e *env, s transfer.Standing) string {
	if s.Writing == "" {
		return ""
	}
	return e.T("status.queued.writing", s.Writing)
}

// speedLine says what can be said of speed, time left and the last product.
func speedLine(e *env, now transfer.Snapshot) string {
	var parts []string
	if now.Rate >= 1 {
		parts = append(parts, e.T("status.rate", int(now.Rate+0.5)))
	}
	if now.Left > 0 {
		parts = append(parts, e.T("status.left", e.Duration(now.Left)))
	}
	if now.LastName != "" {
		parts = append(parts, e.T("status.last", now.LastName))
	}
	return strings.Join(parts, " · ")
}
