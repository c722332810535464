//go:build e2e && linux

package main_test

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/gui"
)

// TestBench prints how long the window takes to show its first page with PRODUCTS products (100,000) beside a bare window of
// Fyne's, what it holds and does while nobody touches it, and what a step of the wheel over the products costs. It fails where
// the first page or a step are above their bar.
func TestBench(t *testing.T) {
	n := cmp.Or(os.Getenv("PRODUCTS"), "100000")
	d := newDesktop(t)
	data := filepath.Join(d.home, "data")
	w := newWorld(d, supply{catalogue: generated(t, n)})
	w.ctl(data, "catalogue", "import", w.catalogue)
	bare := filepath.Join(d.home, "bin", "bare")
	build := exec.CommandContext(t.Context(), "go", "build", "-tags", "e2e,migrated_fynedo", "-o", bare, "./cmd/sopyo/testdata/bare")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}

	var own, floor []started
	for range 5 { // by turns: what else the machine does meets both
		floor = append(floor, w.started("bare", bare))
		own = append(own, w.started("Bugün", program(t, "sopyo"), "--data", data, "--isbasi-url", w.url, "--lang", "tr"))
	}
	late := middleOf(own, started.shown) - middleOf(floor, started.shown)
	more := (middleOf(own, started.held) - middleOf(floor, started.held)) / 1e6
	idle := middleOf(own, started.busy) - middleOf(floor, started.busy)
	win := w.desktop.open(albumDir(t, "bench"), "tr", "--data", data, "--isbasi-url", w.url)
	step := win.wheelStep()
	win.close()
	fmt.Printf("\nthe window with %s products\n", n)
	for _, bar := range []struct {
		what        string
		value       float64
		unit        string
		atMost, aim float64 // 0: only told
	}{
		{"first page behind a bare window's", late, "s", 0.3, 0.1},
		{"memory above a bare window's", more, "MB", 0, 0},
		{"CPU while nobody touches it, above a bare window's", idle * 100, "%", 0, 0},
		{"a step of the wheel, CPU of the interface's thread", step, "ms", 16, 8},
	} {
		if bar.atMost == 0 {
			fmt.Printf("%-52s %8.2f %s\n", bar.what, bar.value, bar.unit)
			continue
		}
		fmt.Printf("%-52s %8.2f %-3s at most %v, aim %v\n", bar.what, bar.value, bar.unit, bar.atMost, bar.aim)
		if bar.value > bar.atMost {
			t.Errorf("%s: %.2f %s, at most %v", bar.what, bar.value, bar.unit, bar.atMost)
		}
	}
}

// started is one start of a window.
type started struct {
	after time.Duration // until its words stood on the screen
	rss   int64         // bytes
	idle  time.Duration // CPU in a rest
}

const rest = 3 * time.Second

func (s started) shown() float64 { return s.after.Seconds() }
func (s started) held() float64  { return float64(s.rss) }
func (s started) busy() float64  { return s.idle.Seconds() / rest.Seconds() }

func middleOf(all []started, value func(started) float64) float64 {
	var values []float64
	for _, s := range all {
		values = append(values, value(s))
	}
	slices.Sort(values)
	return values[len(values)/2]
}

// started starts a program that opens a window, waits for a text on it, lets it rest, and ends it.
func (w *world) started(text, path string, args ...string) started {
	w.t.Helper()
	win := &window{desktop: w.desktop, socket: filepath.Join(w.home, "run", "inspect-bench"), album: w.home}
	win.cmd = w.command(path, args...)
	win.cmd.Env = append(win.cmd.Env, "SOPYO_INSPECT="+win.socket)
	begun := time.Now()
	win.ended = w.spawn(win.cmd)
	for {
		s, err := win.look()
		if err == nil && shows(s, text) {
			break
		}
		if time.Since(begun) > patience {
			w.t.Fatalf("%s does not show %q", path, text)
		}
		time.Sleep(5 * time.Millisecond) //nolint:forbidigo // as often as makes no difference to what is measured
	}
	s := started{after: time.Since(begun)}
	time.Sleep(rest) //nolint:forbidigo // what is fetched behind the first page ends, and nothing tells of it
	before, _ := costOf(w.t, win.cmd)
	time.Sleep(rest) //nolint:forbidigo // it is the time that is measured
	after, rss := costOf(w.t, win.cmd)
	s.idle, s.rss = after-before, rss
	_ = win.cmd.Process.Signal(syscall.SIGTERM)
	<-win.ended
	return s
}

// costOf gives the CPU time that a running program has taken, and the memory that it holds.
func costOf(t *testing.T, cmd *exec.Cmd) (cpu time.Duration, rss int64) {
	t.Helper()
	return costIn(t, fmt.Sprintf("/proc/%d/stat", cmd.Process.Pid))
}

// drawn gives the CPU time that the interface's thread, a program's first, has taken: without a graphics card others
// fill in the pixels.
func drawn(t *testing.T, cmd *exec.Cmd) time.Duration {
	t.Helper()
	cpu, _ := costIn(t, fmt.Sprintf("/proc/%d/task/%[1]d/stat", cmd.Process.Pid))
	return cpu
}

func costIn(t *testing.T, path string) (cpu time.Duration, rss int64) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:])) // from the third on, see proc(5)
	number := func(n int) int64 {
		v, err := strconv.ParseInt(fields[n-3], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	const tick = 10 * time.Millisecond // USER_HZ is 100 on every architecture of ours
	return time.Duration(number(14)+number(15)) * tick, number(24) * int64(os.Getpagesize())
}

// wheelStep gives what a step of the wheel over the list of products costs the interface's thread, in milliseconds of CPU.
func (w *window) wheelStep() float64 {
	w.t.Helper()
	const steps = 200
	w.tap("Ürünler")
	var list gui.Area
	w.expect("products", patience, func(s gui.Screen) bool {
		for _, p := range s.Places {
			if p.Port != (gui.Area{}) && p.Port.Y > 100 && p.Port.W > 400 && p.Port.H > 200 {
				list = p.Port
				return true
			}
		}
		return false
	})
	w.moveTo(middle(list))
	time.Sleep(rest) //nolint:forbidigo // as above
	first, _ := w.look()
	before := drawn(w.t, w.cmd)
	for range steps {
		w.run("xdotool", "click", "5")
		time.Sleep(20 * time.Millisecond) //nolint:forbidigo // a step a frame, as a hand on the wheel makes them
	}
	after := drawn(w.t, w.cmd)
	w.expect("the list has moved", patience, func(s gui.Screen) bool { return words(s) != words(first) })
	w.shot("wheel")
	return float64((after - before).Milliseconds()) / steps
}

// generated is a file of so many products.
func generated(t *testing.T, n string) string {
	t.Helper()
	count, err := strconv.Atoi(n)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "products.csv")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintln(f, "Stok Kodu;Ürün Adı;Marka;Satış Fiyatı;Stok")
	for i := range count {
		fmt.Fprintf(f, "STK-%06d;%s Ürünü %d;Marka %d;%d,%02d;%d\n", i, []string{"Çay", "Şeker", "Zeytin", "Işık"}[i%4], i, i%50, i%900+1, i%100, i%70)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}
