//go:build e2e && linux

package main_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/gui"
)

// How words lead to places on the screen. What is not found now may be there a moment later: the verbs of
// window ask again.

func onCard(s gui.Screen, word string) string {
	for _, card := range s.Places {
		if card.Type != "Counter" {
			continue
		}
		said, number := false, ""
		for _, p := range s.Places {
			x, y := middle(p.Area)
			if p.Type != "Text" || !holds(card.Area, x, y) {
				continue
			}
			if p.Text == word {
				said = true
			} else {
				number = p.Text
			}
		}
		if said {
			return number
		}
	}
	return ""
}

func words(s gui.Screen) string {
	var b strings.Builder
	last := ""
	for _, p := range s.Places {
		if strings.Contains(last, p.Text) && p.Type != "Button" && p.Type != "Entry" && p.Type != "Check" {
			continue // without words, or what a widget that has just been told is made of
		}
		last = p.Text
		fmt.Fprintf(&b, "  %-10s %q %q at %.0f,%.0f %.0f×%.0f disabled=%v\n", p.Type, p.Text, p.Hint, p.Area.X, p.Area.Y, p.Area.W, p.Area.H, p.Disabled)
	}
	return b.String()
}

func shows(s gui.Screen, text string) bool {
	return slices.ContainsFunc(s.Places, func(p gui.Place) bool {
		return strings.Contains(p.Text, text) || strings.Contains(p.Hint, text)
	})
}

// tappable finds the thing that says text word for word and takes clicks, itself or by what it is part of;
// one that is on before one that is off.
func tappable(s gui.Screen, text string) (gui.Place, bool) {
	var found gui.Place
	ok := false
	for _, p := range s.Places {
		if p.Text != text && p.Hint != text || !takesClicks(s, p) {
			continue
		}
		// The words of a button take no clicks while it takes none; what scrolls may lie under one that does not.
		x, y := middle(p.Area)
		p.Disabled = p.Disabled || slices.ContainsFunc(s.Places, func(q gui.Place) bool { return q.Taps && q.Disabled && q.Port == p.Port && holds(q.Area, x, y) })
		if !ok || found.Disabled && !p.Disabled {
			found, ok = p, true
		}
	}
	return found, ok
}

func takesClicks(s gui.Screen, p gui.Place) bool {
	x, y := middle(p.Area)
	return p.Taps || slices.ContainsFunc(s.Places, func(q gui.Place) bool { return q.Taps && holds(q.Area, x, y) })
}

// says finds the words.
func says(s gui.Screen, text string) (gui.Place, bool) {
	i := slices.IndexFunc(s.Places, func(p gui.Place) bool { return p.Text == text })
	if i < 0 {
		return gui.Place{}, false
	}
	return s.Places[i], true
}

// field finds the input of a kind that belongs to label: its own hint, on the label's line to the
// right, or right under it.
func field(s gui.Screen, label, kind string) (gui.Place, bool) {
	for _, p := range s.Places {
		if p.Type == kind && p.Hint == label {
			return p, true
		}
	}
	l, ok := says(s, label)
	if !ok {
		return gui.Place{}, false
	}
	var best gui.Place
	near := float32(0)
	for _, p := range s.Places {
		if p.Type != kind {
			continue
		}
		right, under := p.Area.X-l.Area.X, p.Area.Y-(l.Area.Y+l.Area.H)
		sameLine := right >= 0 && p.Area.Y < l.Area.Y+l.Area.H && l.Area.Y < p.Area.Y+p.Area.H // a label may have several lines
		far := right
		if !sameLine {
			if under < -4 || under > 60 || right < -20 || right > 200 {
				continue
			}
			far = 10000 + under
		}
		if best.Type == "" || far < near {
			best, near = p, far
		}
	}
	return best, best.Type != ""
}

// aim is where a person clicks: the middle, but a box to tick on the box.
func aim(p gui.Place) (x, y float32) {
	x, y = middle(p.Area)
	if p.Type == "Check" {
		x = p.Area.X + p.Area.H/2
	}
	return x, y
}

// beside finds the option that stands to the right of label, on the nearest line.
func beside(s gui.Screen, label, option string) (gui.Place, bool) {
	l, ok := says(s, label)
	if !ok {
		return l, false
	}
	_, ly := middle(l.Area)
	var best gui.Place
	near := float32(0)
	for _, p := range s.Places {
		if p.Text != option || p.Area.X <= l.Area.X {
			continue
		}
		_, y := middle(p.Area)
		if far := max(y-ly, ly-y); best.Type == "" || far < near {
			best, near = p, far
		}
	}
	return best, best.Type != ""
}

// within tells whether the words stand inside a place.
func within(s gui.Screen, place gui.Place, text string) bool {
	return slices.ContainsFunc(s.Places, func(p gui.Place) bool {
		x, y := middle(p.Area)
		return p.Text == text && holds(place.Area, x, y)
	})
}

func middle(a gui.Area) (x, y float32) { return a.X + a.W/2, a.Y + a.H/2 }

func holds(a gui.Area, x, y float32) bool {
	return x >= a.X && x < a.X+a.W && y >= a.Y && y < a.Y+a.H
}
