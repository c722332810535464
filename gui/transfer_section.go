package gui

import "fyne.io/fyne/v2/widget"

func newTransferSection(e *env, p pageControl) section {
	return placeholder{widget.NewLabel("")}
}

func newCountersSection(e *env, p pageControl) section {
	return placeholder{widget.NewLabel("")}
}
