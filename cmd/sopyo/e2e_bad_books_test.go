//go:build e2e && linux

package main_test

import (
	"testing"
	"time"
)

// TestEndToEnd_badBooks lets İşbaşı misbehave while products are read: what passes by itself is waited
// for, everything else pauses the transfer with a sentence and a way on.
func TestEndToEnd_badBooks(t *testing.T) {
	for _, c := range []struct{ name, lang, faults, sentence string }{
		{"html", "tr", "body route=products/products page=3 message=<html>bakım</html>", "error.bad-answer.what"},
		{"cut", "en", "cut route=products/products page=3", "error.network.what"},
		{"count", "tr", "count route=products/products by=7", "error.count.what"},
		{"passing", "en", "html route=products/products page=2 times=1; cut route=products/products page=4 times=1; rate route=products/products page=6 times=1 retry=1s", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			album := "e2e/bad-books-" + c.name
			emptyAlbum(t, album)
			world := newWorld(newDesktop(t), demoSupply(t), "-faults", c.faults)
			world.prepare(world.data)
			w := world.window(album, c.lang)
			w.startTransfer()
			if c.sentence == "" {
				w.finishTransfer(2 * time.Minute)
			} else {
				w.waitLong(2*time.Minute, w.say(c.sentence))
				w.reach(w.say("transfer.go-on"), w.say("transfer.read-anew"))
				w.shot("paused")
			}
			w.close()
		})
	}
}
