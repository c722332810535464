//go:build e2e && linux

package main_test

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/gui"
)

// TestBench prints how long the window takes to show its first page with PRODUCTS products (100,000) and 5,000 orders beside a bare
// window of Fyne's that is as large, what it holds and does while nobody touches it, also with the cursor in a field, and what a step of
// the wheel over the products costs. It fails where one of them is above its bar.
func TestBench(t *testing.T) {
	n := cmp.Or(os.Getenv("PRODUCTS"), "100000")
	d := newDesktop(t)
	data := filepath.Join(d.home, "data")
	w := newWorld(d, supply{catalogue: generated(t, n)})
	w.ctl(data, "catalogue", "import", w.catalogue)
	w.ctl(data, "orders", "import", generatedOrders(t, 5000))
	bare := filepath.Join(d.home, "bin", "bare")
	build := exec.CommandContext(t.Context(), "go", "build", "-tags", "e2e,migrated_fynedo", "-o", bare, "./cmd/sopyo/testdata/bare")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}

	var own, floor []started
	for range 5 { // by turns: what else the machine does meets both
		floor = append(floor, w.started("bare", bare))
		own = append(own, w.started("Bugün", program(t, "sopyo"), "--data", data, "--isbasi-url", w.url, "--lang", "tr", "--no-update-check"))
	}
	win := w.desktop.open(albumDir(t, "bench"), "tr", "--data", data, "--isbasi-url", w.url)
	steps := win.wheelSteps()
	typing := win.typingRests()
	for i := range typing {
		typing[i] -= floor[i].busy()
	}
	win.close()
	fmt.Printf("\nthe window with %s products and 5,000 orders: the middle of %d runs (least … most)\n", n, len(own))
	kind := func(name string) func(started) float64 {
		return func(s started) float64 { return float64(s.kinds[name]) / 1e6 }
	}
	for _, bar := range []struct {
		what        string
		values      []float64
		unit        string
		atMost, aim float64 // 0: only told
	}{
		{"first page behind a bare window's", apart(own, floor, started.shown), "s", 0.3, 0.1},
		{"memory above a bare window's", apart(own, floor, started.held), "MB", 50, 0},
		{"  of it the program's file", apart(own, floor, kind("program")), "MB", 0, 0},
		{"  of it Go's heap, SQLite's pages, threads", apart(own, floor, kind("anonymous")), "MB", 0, 0},
		{"  of it C's heap", apart(own, floor, kind("C")), "MB", 0, 0},
		{"  of it libraries and other files", apart(own, floor, kind("files")), "MB", 0, 0},
		{"  what of Go's heap is in use", apart(own, floor, started.used), "MB", 0, 0},
		{"CPU while nobody touches it, above a bare window's", apart(own, floor, started.busy), "%", 0.2, 0},
		{"the same with the cursor in the search of the products", typing, "%", 0.2, 0},
		{"a step of the wheel, CPU of the interface's thread", steps, "ms", 16, 8},
	} {
		slices.Sort(bar.values)
		value := bar.values[len(bar.values)/2]
		fmt.Printf("%-52s %8.2f %-2s (%.2f … %.2f)", bar.what, value, bar.unit, bar.values[0], bar.values[len(bar.values)-1])
		if bar.atMost > 0 {
			fmt.Printf(" at most %v, aim %v", bar.atMost, cmp.Or(bar.aim, bar.atMost))
		}
		fmt.Println()
		if bar.atMost > 0 && value > bar.atMost {
			t.Errorf("%s: %.2f %s, at most %v", bar.what, value, bar.unit, bar.atMost)
		}
	}
}

// started is one start of a window.
type started struct {
	after time.Duration    // until its words stood on the screen
	rss   int64            // bytes
	kinds map[string]int64 // the same by what it holds
	heap  int64            // bytes of Go's heap that were in use when it was last swept
	idle  time.Duration    // CPU in a rest
}

const (
	settling = 6 * time.Second // what is fetched behind the first page ends
	rest     = 15 * time.Second
)

func (s started) shown() float64 { return s.after.Seconds() }
func (s started) held() float64  { return float64(s.rss) / 1e6 }
func (s started) used() float64  { return float64(s.heap) / 1e6 }
func (s started) busy() float64  { return s.idle.Seconds() / rest.Seconds() * 100 }

// apart gives by how much a value is above the one of the bare window that was started right before.
func apart(own, floor []started, value func(started) float64) (all []float64) {
	for i := range own {
		all = append(all, value(own[i])-value(floor[i]))
	}
	return all
}

// started starts a program that opens a window, waits for a text on it, lets it rest, and ends it.
func (w *world) started(text, path string, args ...string) started {
	w.t.Helper()
	win := &window{desktop: w.desktop, socket: filepath.Join(w.home, "run", "inspect-bench"), album: w.home}
	win.cmd = w.command(path, args...)
	win.cmd.Env = append(win.cmd.Env, "SOPYO_INSPECT="+win.socket, "GODEBUG=gctrace=1")
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
	time.Sleep(settling) //nolint:forbidigo // nothing tells of its end
	before, _ := costOf(w.t, win.cmd)
	time.Sleep(rest) //nolint:forbidigo // it is the time that is measured
	after, rss := costOf(w.t, win.cmd)
	s.idle, s.rss, s.kinds = after-before, rss, heldBy(w.t, win.cmd)
	if swept := sweep.FindAllStringSubmatch(w.log(filepath.Base(path)), -1); len(swept) > 0 {
		megabytes, _ := strconv.ParseInt(swept[len(swept)-1][1], 10, 64) // the pattern has digits only
		s.heap = megabytes << 20
	}
	_ = win.cmd.Process.Signal(syscall.SIGTERM)
	<-win.ended
	return s
}

var (
	// sweep is how the runtime tells of a collection: the heap at its beginning, at its end, and what of it is in use.
	sweep = regexp.MustCompile(`(?m)^gc \d+ @.* \d+->\d+->(\d+) MB,`)
	// mapping is the first line of a piece of memory in /proc/PID/smaps.
	mapping = regexp.MustCompile(`^[0-9a-f]+-[0-9a-f]+ \S+ \S+ \S+ \d+ *(.*)$`)
)

// heldBy gives what a running program holds, in bytes, by kind.
func heldBy(t *testing.T, cmd *exec.Cmd) map[string]int64 {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps", cmd.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	held, kind := map[string]int64{}, ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		if m := mapping.FindStringSubmatch(line); m != nil {
			switch name := m[1]; {
			case name == cmd.Path:
				kind = "program"
			case name == "[heap]":
				kind = "C"
			case strings.HasPrefix(name, "/"):
				kind = "files"
			default:
				kind = "anonymous"
			}
		}
		if rss, ok := strings.CutPrefix(line, "Rss:"); ok {
			kilobytes, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(rss, "kB")), 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			held[kind] += kilobytes << 10
		}
	}
	return held
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

// wheelSteps gives what a step of the wheel over the list of products costs the interface's thread, in milliseconds of CPU, five times
// over.
func (w *window) wheelSteps() (all []float64) {
	w.t.Helper()
	const steps = 100
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
	time.Sleep(settling) //nolint:forbidigo // as above
	first, _ := w.look()
	for range 5 {
		before := drawn(w.t, w.cmd)
		for range steps {
			w.run("xdotool", "click", "5")
			time.Sleep(20 * time.Millisecond) //nolint:forbidigo // a step a frame, as a hand on the wheel makes them
		}
		all = append(all, float64((drawn(w.t, w.cmd)-before).Milliseconds())/steps)
	}
	w.expect("the list has moved", patience, func(s gui.Screen) bool { return words(s) != words(first) })
	w.shot("wheel")
	return all
}

// typingRests gives what the program does while the cursor stands in the search and nobody types, in percent of a processor, three times over.
func (w *window) typingRests() (all []float64) {
	w.t.Helper()
	w.key("ctrl+f")
	w.expect("the search has the focus", patience, func(s gui.Screen) bool {
		return slices.ContainsFunc(s.Places, func(p gui.Place) bool { return p.Type == "Entry" && p.Focused })
	})
	time.Sleep(2 * settling) //nolint:forbidigo // its cursor blinks ten seconds
	for range 3 {
		before, _ := costOf(w.t, w.cmd)
		time.Sleep(rest) //nolint:forbidigo // it is the time that is measured
		after, _ := costOf(w.t, w.cmd)
		all = append(all, started{idle: after - before}.busy())
	}
	return all
}

// generatedOrders is a list of so many orders of Trendyol.
func generatedOrders(t *testing.T, count int) string {
	t.Helper()
	var list strings.Builder
	list.WriteString(trendyolColumns + "\n")
	day := today().AddDate(0, 0, -1).Format("02.01.2006") + " 10:15"
	for i := range count {
		pack := strconv.Itoa(3_000_000_000 + i)
		said := map[string]string{
			"Paket No": pack, "Sipariş Numarası": "109" + pack, "Sipariş Tarihi": day, "Kargoya Teslim Tarihi": day, "Alıcı": "Ayşe Gül",
			"Alıcı - Fatura Adresi": "Ayşe Gül", "Teslimat Adresi": "Moda Cad. No: 5", "Fatura Adresi": "Moda Cad. No: 5", "İl": "İstanbul", "İlçe": "Kadıköy",
			"Ürün Adı": fmt.Sprint("Çay Ürünü ", i), "Sipariş Statüsü": "Teslim Edildi", "Stok Kodu": fmt.Sprintf("STK-%06d", i), "Adet": "1",
			"Birim Fiyatı": "100", "Satış Tutarı": "100", "İndirim Tutarı": "0", "Trendyol İndirim Tutarı": "0", "Faturalanacak Tutar": "100",
			"Kurumsal Faturalı Sipariş": "Hayır", "Mikro İhracat": "Hayır", "Ülke": "Türkiye",
		}
		var cells []string
		for _, c := range strings.Split(trendyolColumns, ";") {
			cells = append(cells, said[c])
		}
		list.WriteString(strings.Join(cells, ";") + "\n")
	}
	path := filepath.Join(t.TempDir(), "orders.csv")
	if err := os.WriteFile(path, []byte(list.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
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
