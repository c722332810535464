package kittest

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
)

// PageSizes are what the smallest window and the one of the first start leave for a page; WindowSizes are those windows. In units
// of any scale: at 1.25 and 2.0 a screen of 1200 by 675 or 1920 by 1080 pixels is the smaller one.
var (
	PageSizes   = []fyne.Size{{Width: PageWidth, Height: 470}, {Width: 1000, Height: 680}}
	WindowSizes = []fyne.Size{{Width: 960, Height: 540}, {Width: 1180, Height: 760}}
	// SectionSizes are what they leave for a section of Logo İşbaşı Ayarları, right of the list of them.
	SectionSizes = []fyne.Size{{Width: 494, Height: 370}, {Width: 714, Height: 590}}
)

// InOrder fails where what is in view has Faults in one of the sizes, or makes the window grow. Every test of a screen ends
// with it.
func (s *Screen) InOrder() {
	s.T.Helper()
	if s.Win.Content() == nil {
		return
	}
	sizes := s.Sizes
	switch {
	case sizes != nil:
	case s.Section && s.Frame.Covering == nil:
		sizes = SectionSizes
	default:
		sizes = PageSizes
	}
	s.Win.SetPadded(false)
	var told []string
	for _, size := range sizes {
		s.Win.Resize(size)
		s.Settle()
		if least := s.Win.Content().MinSize(); least.Width > size.Width || least.Height > size.Height {
			s.T.Errorf("the window grows from %v to %v", size, least)
		}
		for _, f := range Faults(s.Win.Canvas()) {
			if !slices.Contains(told, f) && !slices.ContainsFunc(unmended, func(known string) bool { return strings.Contains(f, known) }) {
				told = append(told, f)
				s.T.Errorf("at %.0f×%.0f: %s", size.Width, size.Height, f)
			}
		}
	}
}

// unmended are faults that are known; the list only gets shorter.
var unmended = []string{
	"is cut by 0,410 787×15", // the list of doubts under an orders' file has no height left in the smallest window
}
