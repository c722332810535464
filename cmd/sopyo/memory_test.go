package main

import (
	"runtime"
	"runtime/debug"
	"testing"
	"testing/synctest"
	"time"
)

func TestStartLean_untilTheFirstPageIsShown(t *testing.T) {
	const own = 70
	usual := debug.SetGCPercent(own)
	defer debug.SetGCPercent(usual)
	percent := func() int {
		p := debug.SetGCPercent(own)
		debug.SetGCPercent(p)
		return p
	}
	freed := func() uint32 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.NumForcedGC
	}
	for name, closes := range map[string]time.Duration{"it is shown": startUp, "it closes before": startUp - 1} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				before := freed()
				stop := startLean()
				time.Sleep(startUp - 1)
				if p := percent(); p != startUpPercent || freed() != before {
					t.Errorf("while it starts: %d %%, freed %d times; want %d %%, never", p, freed()-before, startUpPercent)
				}
				time.Sleep(closes - startUp + 1)
				synctest.Wait()
				stop()
				if p, shown := percent(), closes == startUp; p != own || freed() > before != shown {
					t.Errorf("then: %d %%, freed %d times; want %d %%, freed when it was shown", p, freed()-before, own)
				}
			})
		})
	}
}
