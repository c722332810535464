package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Steps shows a row of steps: those behind with a tick, the present one in bold, those to come muted.
// The sign beside each word says the same as its colour.
type Steps struct {
	widget.BaseWidget
	names []StepName
	at    int
	icons []*widget.Icon
	words []*widget.Label
}

// StepName is what a step is called before, while and after it is worked on.
type StepName struct{ Coming, Now, Done string }

// NewSteps makes the row; the first step is the present one.
func NewSteps(names ...StepName) *Steps {
	s := &Steps{names: names}
	for range names {
		s.icons = append(s.icons, widget.NewIcon(nil))
		s.words = append(s.words, widget.NewLabel(""))
	}
	s.ExtendBaseWidget(s)
	s.paint()
	return s
}

// Set makes step i (from 0) the present one; len(names) = all are done.
func (s *Steps) Set(i int) {
	if s.at != i {
		s.at = i
		s.paint()
		s.Refresh()
	}
}

func (s *Steps) paint() {
	for i, name := range s.names {
		word, icon := s.words[i], s.icons[i]
		word.TextStyle.Bold = i == s.at
		switch {
		case i < s.at:
			word.Importance = widget.SuccessImportance
			word.SetText(name.Done)
			icon.SetResource(theme.NewSuccessThemedResource(theme.ConfirmIcon()))
		case i == s.at:
			word.Importance = widget.MediumImportance
			word.SetText(name.Now)
			icon.SetResource(theme.NewPrimaryThemedResource(theme.MediaPlayIcon()))
		default:
			word.Importance = widget.LowImportance
			word.SetText(name.Coming)
			icon.SetResource(theme.NewDisabledResource(theme.MoreHorizontalIcon()))
		}
	}
}

// CreateRenderer lays the steps out in a row.
func (s *Steps) CreateRenderer() fyne.WidgetRenderer {
	row := container.NewHBox()
	for i := range s.names {
		row.Add(container.NewHBox(s.icons[i], s.words[i]))
	}
	return widget.NewSimpleRenderer(row)
}
