//go:build e2e && linux

package main_test

import (
	"path/filepath"
	"testing"
)

// TestSmoke opens the real window, sees the first page, and closes it as a person does.
func TestSmoke(t *testing.T) {
	emptyAlbum(t, "smoke")
	d := newDesktop(t)
	w := d.open(albumDir(t, "smoke"), "tr", "--demo", "--data", filepath.Join(d.home, "data"))
	w.waitFor(w.say("menu.today"), w.say("today.welcome"))
	if n := w.colours(w.shot("window")); n < 50 {
		t.Errorf("the picture of the window has %d colours: nothing is drawn", n)
	}
	w.close()
}
