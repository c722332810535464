package main

import (
	"runtime/debug"
	"time"
)

const (
	// startUp is how long a window takes at most to show its first page.
	startUp = 3 * time.Second
	// startUpPercent is how much garbage may lie in the heap until then, of what is in use. What stays is strewn among it, and holds a
	// whole page of memory for a few words; the more often is collected meanwhile, the fewer those are.
	startUpPercent = 20
)

// startLean keeps the heap small while a window starts. Then what was read for its first page and is not needed any more goes back to the
// system: the runtime would keep it until as much has come again, which in a window at rest takes minutes. Call stop when it closes.
func startLean() (stop func()) {
	usual := debug.SetGCPercent(startUpPercent)
	shown := time.AfterFunc(startUp, func() {
		debug.SetGCPercent(usual)
		debug.FreeOSMemory()
	})
	return func() {
		if shown.Stop() {
			debug.SetGCPercent(usual)
		}
	}
}
