package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"modernc.org/sqlite"

	"github.com/sopyo/sopyo-desktop/storage/disk"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// dying has this process killed by the system before its n-th step on the disk, a commit of a database being one, and gives
// how many it has taken; "": none is counted.
func dying(n string) (steps func() int64) {
	var taken atomic.Int64
	at, err := strconv.ParseInt(n, 10, 64)
	if err != nil {
		return taken.Load
	}
	step := func() {
		if taken.Add(1) != at {
			return
		}
		self, err := os.FindProcess(os.Getpid())
		if err == nil {
			err = self.Kill()
		}
		if err != nil {
			panic(err)
		}
		select {} // until it is dead
	}
	disk.Intercept(func(disk.Op, string, string) error { step(); return nil })
	sqlite.RegisterConnectionHook(func(c sqlite.ExecQuerierContext, dsn string) error {
		if !strings.Contains(dsn, "mode=ro") {
			c.(sqlite.HookRegisterer).RegisterCommitHook(func() int32 { step(); return 0 })
		}
		return nil
	})
	return taken.Load
}

// restoring restores a file in a process of its own, which is killed before a step on the disk; it gives the steps that were taken, 0
// where it was killed.
func (b *bench) restoring(file, secret string, dies int64) (steps int64) {
	b.t.Helper()
	count := filepath.Join(b.t.TempDir(), "adım")
	cmd := exec.CommandContext(context.WithoutCancel(b.t.Context()), os.Args[0])
	line := []string{"--data", b.data, "--isbasi-url", b.server.URL(), "--json", "restore", file, "--password-file", secret, "--yes"}
	cmd.Env = append(os.Environ(), childArgs+"="+strings.Join(line, "\t"), fmt.Sprintf("%s=%d", childDies, dies), childSteps+"="+count)
	said, err := cmd.CombinedOutput()
	raw, failed := os.ReadFile(count)
	if failed != nil && dies > 0 {
		return 0
	}
	if err != nil || failed != nil {
		b.t.Fatalf("%v, %v: %s", err, failed, said)
	}
	steps, err = strconv.ParseInt(string(raw), 10, 64)
	if err != nil {
		b.t.Fatal(err)
	}
	return steps
}

// A restore that is killed leaves what was there or what is restored, whole, and says a sentence where there is nothing yet;
// given again it comes to its end, and nothing of the first try is left. A fifth of COMMAND_KILLS are tried on each machine.
func TestTorture_restoreKilled(t *testing.T) {
	kills, seed := max(1, int(given(t, "COMMAND_KILLS", 1))/5), given(t, "SEED", 7) // each derives keys of passwords for a second or two
	rng := rand.New(rand.NewPCG(seed, 5))
	b := newBench(t, sandbox.Options{})
	b.catalogue("Stok Kodu;Ürün Adı;Satış Fiyatı;Stok", "ESKİ-1;Şık Kupa;12,50;3", "ESKİ-2;Bal;100;1")
	file, secret := b.path("y.sopyoyedek"), b.password()
	b.json(0, "backup", "--out", file, "--password-file", secret)
	packed := b.holds()
	b.catalogue("Stok Kodu;Ürün Adı", "YENİ-1;Sonradan")
	there, full := b.holds(), b.data
	for _, machine := range []string{"over a company", "on an empty machine"} {
		prepare := func() {
			b.data = filepath.Join(t.TempDir(), "ev")
			if machine != "over a company" {
				return
			}
			if err := os.CopyFS(b.data, os.DirFS(full)); err != nil {
				t.Fatal(err)
			}
		}
		prepare()
		steps := b.restoring(file, secret, 0)
		if lost, more := apart(packed, b.holds()); lost+more > 0 || steps < 10 {
			t.Fatalf("%s, undisturbed: %d lost, %d too many, %d steps", machine, lost, more, steps)
		}
		found := map[string]int{}
		for range kills {
			prepare()
			at := 1 + rng.Int64N(steps)
			if b.restoring(file, secret, at) != 0 {
				t.Fatalf("%s: not killed at step %d of %d", machine, at, steps)
			}
			code, _, errs := b.do("--json", "--company", "Firmam", "catalogue", "list", "--limit", "0")
			switch {
			case code != 0 && machine == "over a company", code != 0 && errs == "":
				t.Errorf("%s, killed at step %d of %d: exit %d, %s", machine, at, steps, code, errs)
			case code != 0:
				found["nothing, a sentence"]++
			default:
				got := b.holds()
				lost, more := apart(packed, got)
				before, after := apart(there, got)
				if switched := lost+more == 0; switched {
					found["what is restored"]++
				} else if before+after == 0 && machine == "over a company" {
					found["what was there"]++
				} else {
					t.Errorf("%s, killed at step %d of %d: %v", machine, at, steps, got)
				}
			}
			b.json(0, "restore", file, "--password-file", secret, "--yes")
			if lost, more := apart(packed, b.holds()); lost+more > 0 {
				t.Errorf("%s, killed at step %d of %d, again: %d lost, %d too many", machine, at, steps, lost, more)
			}
			for path := range filesIn(t, b.data) {
				if strings.HasSuffix(path, ".tmp") || strings.Contains(path, string(filepath.Separator)+"restore"+string(filepath.Separator)) {
					t.Errorf("%s, killed at step %d of %d: %s is left", machine, at, steps, path)
				}
			}
		}
		t.Logf("restore %s, %d steps: %d kills, found behind them %v", machine, steps, kills, found)
	}
}
