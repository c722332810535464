package kittest

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// WordCount counts the words that a page has on the screen, scrolled out of view or not: what a person has to read.
func WordCount(o fyne.CanvasObject) int {
	n := 0
	Walk(o, func(o fyne.CanvasObject) {
		text, ok := o.(*canvas.Text)
		if !ok {
			return
		}
		for _, word := range strings.Fields(text.Text) {
			if strings.ContainsFunc(word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
				n++
			}
		}
	})
	return n
}
