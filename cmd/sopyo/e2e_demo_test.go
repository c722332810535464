//go:build e2e && linux

package main_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"
)

// TestDemo is "make run" on a machine without a display: the demo company from authorisation to the
// three counters.
func TestDemo(t *testing.T) {
	emptyAlbum(t, "demo")
	d := newDesktop(t)
	w := d.open(albumDir(t, "demo"), "tr", "--demo", "--data", filepath.Join(d.home, "data"))
	w.shot("start")
	w.authorise("")
	w.startTransfer()
	transferred, matched, unmatched := w.finishTransfer(5 * time.Minute)
	if transferred == "0" || matched == "0" || unmatched == "0" {
		t.Errorf("the demo company is meant to show all three counters")
	}
	fmt.Printf("\n  Aktarılan %s · Eşleşen %s · Eşleşmeyen %s\n  resimler / pictures: build/demo/\n\n", transferred, matched, unmatched)
	w.close()
}
