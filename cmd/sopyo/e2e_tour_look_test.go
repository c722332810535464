//go:build e2e && linux

package main_test

import (
	"fmt"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// look is how a window is shown: "tr-light", "en-dark-960x540", "tr-light-1920x1080@1.25".
type look struct {
	lang, theme   string
	width, height int // of what the menu bar leaves, in units
	scale         float64
}

// firstSize is that of a window on its first start, which the menu bar is a part of.
const firstWidth, firstHeight, menuBar = 1180, 760, 28

var lookWords = regexp.MustCompile(`^(tr|en)-(light|dark)(?:-(\d+)x(\d+))?(?:@([\d.]+))?$`)

// parseLook reads a look; its size is that of the first start and its scale 1 where it names none.
func parseLook(s string) (look, error) {
	m := lookWords.FindStringSubmatch(s)
	if m == nil {
		return look{}, fmt.Errorf("%q is no look: want tr|en-light|dark[-WIDTHxHEIGHT][@SCALE]", s)
	}
	l := look{lang: m[1], theme: m[2], width: firstWidth, height: firstHeight - menuBar, scale: 1}
	if m[3] != "" {
		l.width, _ = strconv.Atoi(m[3])
		l.height, _ = strconv.Atoi(m[4])
	}
	if m[5] != "" {
		var err error
		if l.scale, err = strconv.ParseFloat(m[5], 32); err != nil || l.scale < 0.5 || l.scale > 4 {
			return look{}, fmt.Errorf("%q: no scale: %q", s, m[5])
		}
	}
	return l, nil
}

// eachLook runs a tour in the looks that LOOKS names, else in the usual ones. Its album is build/tour/NAMELOOK.
func eachLook(t *testing.T, name, usual string, tour func(t *testing.T, l look, album string)) {
	t.Helper()
	wanted := strings.Fields(os.Getenv("LOOKS"))
	if len(wanted) == 0 {
		wanted = strings.Fields(usual)
	}
	for _, s := range wanted {
		l, err := parseLook(s)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(s, func(t *testing.T) {
			album := "tour/" + name + s
			emptyAlbum(t, album)
			tour(t, l, album)
		})
	}
}

// desktop makes one on whose screen the window has room.
func (l look) desktop(t *testing.T) *desktop {
	t.Helper()
	return newScreenDesktop(t, strconv.FormatFloat(l.scale, 'f', -1, 64), fmt.Sprintf("%dx%dx24", l.pixels(l.width)+100, l.pixels(l.height+menuBar)+100))
}

func (l look) pixels(units int) int { return int(math.Round(float64(units) * l.scale)) }

// open opens the program on the world as the look says.
func (l look) open(w *world, album string) *window {
	w.t.Helper()
	v := w.window(album, l.lang, "--theme", l.theme)
	v.resize(l.width, l.height+menuBar)
	return v
}

// tour begins one through the window of a world.
func (l look) tour(w *world, album string) *tour {
	w.t.Helper()
	return &tour{window: l.open(w, album), world: w, in: l}
}
