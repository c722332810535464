package main

import (
	"bytes"
	"cmp"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// tortured is a command that writes, on a company that is prepared for it.
type tortured struct {
	name    string
	prepare func(t *testing.T) *bench
	line    func(b *bench) []string
	// settled are what a person does behind a disturbed one, besides giving the command again.
	settled func(b *bench)
	remote  bool // it talks with İşbaşı
	costly  bool // it derives keys of passwords, for half a second each: the short form leaves it out
}

const torturedGoods = 60

func (b *bench) password() string { return b.write("yedek-parola", "yedek parolası\n") }

// every is each command that writes much; those that write one row go the same ways.
func every() []tortured {
	again := func(*bench) {}
	list := func(b *bench, n int) string {
		lines := []string{"Stok Kodu;Ürün Adı;Satış Fiyatı;Stok"}
		for i := range n {
			lines = append(lines, fmt.Sprintf("L-%04d;Liste %d;%d,50;%d", i, i, i+1, i))
		}
		return b.write("liste.csv", strings.Join(lines, "\n")+"\n")
	}
	return []tortured{
		{"catalogue import", func(t *testing.T) *bench { return newBench(t, sandbox.Options{}) }, func(b *bench) []string {
			return []string{"catalogue", "import", list(b, 2000)}
		}, again, false, false},
		{"catalogue import --undo", func(t *testing.T) *bench {
			b := newBench(t, sandbox.Options{})
			b.catalogue("Stok Kodu;Ürün Adı;Satış Fiyatı", "L-0001;Liste 1;45", "L-0002;Başka;90", "X-1;Yalnız;5")
			b.json(0, "catalogue", "import", list(b, 2000))
			return b
		}, func(b *bench) []string { return b.undoing("catalogue", "liste.csv") }, again, false, false},
		{"orders import --undo", func(t *testing.T) *bench {
			b := newBench(t, sandbox.Options{})
			b.json(0, "orders", "import", sample(t, "orders/shopify/orders_export_1.csv"))
			b.json(0, "orders", "import", b.shopOrders(300, nil))
			return b
		}, func(b *bench) []string { return b.undoing("orders", filepath.Base(b.shopOrders(300, nil))) }, again, false, false},
		{"import", func(t *testing.T) *bench { return newStocked(t, 400, sandbox.Options{}) }, func(b *bench) []string {
			run, _ := b.json(0, "status")["transfer"].(map[string]any)
			if run != nil && run["state"] != "done" {
				return []string{"import", "--resume"}
			}
			return []string{"import", "--unmatched", "created"}
		}, again, true, false},
		{"sync", func(t *testing.T) *bench {
			b := newSynced(t, torturedGoods, sandbox.Options{})
			b.theirs(1, 5, "120.5", "")
			b.ours(21, 25, "90.5", "7")
			return b
		}, func(*bench) []string { return []string{"sync"} }, func(b *bench) { b.json(0, "sync") }, true, false},
		{"orders import", func(t *testing.T) *bench { return newBench(t, sandbox.Options{}) }, func(b *bench) []string {
			return []string{"orders", "import", b.shopOrders(300, nil)}
		}, again, false, false},
		{"invoices issue", func(t *testing.T) *bench { return newShop(t, 12, sandbox.Options{}) }, func(*bench) []string {
			return []string{"invoices", "issue", "--all", "--draft", "--yes"}
		}, func(b *bench) {
			for range 3 {
				b.do("--json", "invoices", "look-up", "--yes")
				b.do("--json", "invoices", "issue", "--all", "--draft", "--yes")
				for key, state := range b.stands() {
					if state == "lost" { // a person has looked, and says that it is not there
						b.json(0, "invoices", "free", key, "--yes")
					}
				}
			}
		}, true, false},
		{"backup", func(t *testing.T) *bench {
			b := newBench(t, sandbox.Options{})
			b.json(0, "catalogue", "import", list(b, 500))
			return b
		}, func(b *bench) []string {
			return []string{"backup", "--out", b.path("y.sopyoyedek"), "--password-file", b.password()}
		}, func(b *bench) { // what was packed is what is there
			b.data = filepath.Join(b.t.TempDir(), "ev")
			b.json(0, "restore", b.path("y.sopyoyedek"), "--password-file", b.password(), "--yes")
		}, false, true},
		{"restore", func(t *testing.T) *bench {
			b := newBench(t, sandbox.Options{})
			b.json(0, "catalogue", "import", list(b, 500))
			b.json(0, "backup", "--out", b.path("y.sopyoyedek"), "--password-file", b.password())
			b.catalogue("Stok Kodu;Ürün Adı", "YENİ-1;Sonradan")
			return b
		}, func(b *bench) []string {
			return []string{"restore", b.path("y.sopyoyedek"), "--password-file", b.password(), "--yes"}
		}, again, false, true},
	}
}

// undoing takes a file back, unless that is done.
func (b *bench) undoing(of, file string) []string {
	if code, _, _ := b.do("--json", of, "import", "--undo", file, "--dry-run"); code != 0 {
		return []string{of, "list"}
	}
	return []string{of, "import", "--undo", file, "--yes"}
}

// holds counts all that is there: products, orders, invoices of İşbaşı and companies, each as a line of what must not change.
func (b *bench) holds() map[string]int {
	b.t.Helper()
	all := map[string]int{}
	for _, p := range list(b.t, b.json(0, "--company", "Firmam", "catalogue", "list", "--limit", "0"), "products") {
		all[fmt.Sprint("product ", p["code"], p["barcode"], p["name"], p["price"], p["stock"])]++
	}
	for _, o := range list(b.t, b.json(0, "--company", "Firmam", "orders", "list", "--limit", "0"), "orders") {
		all[fmt.Sprint("order ", o["key"], o["total"])]++
	}
	for _, c := range list(b.t, b.json(0, "company", "list"), "companies") {
		all[fmt.Sprint("company ", c["name"])]++
	}
	for _, i := range b.server.Invoices() {
		all["invoice "+i.Total.String()]++
	}
	for _, p := range b.server.Products() {
		all[fmt.Sprint("theirs ", p.Code, p.Price.Decimal, p.Stock.Decimal)]++
	}
	return all
}

// apart counts what calm has and got lacks, and what got has more than once too often, or from nowhere.
func apart(calm, got map[string]int) (lost, doubled int) {
	for k, n := range calm {
		lost += max(0, n-got[k])
	}
	for k, n := range got {
		doubled += max(0, n-calm[k])
	}
	return lost, doubled
}

// cell is what a fault has done to a command.
type cell struct{ tried, lost, doubled int }

// faults are the ways in which a command is disturbed; each tells how often it struck.
var faults = []struct {
	name   string
	strike func(t *testing.T, c tortured, b *bench, rng *rand.Rand, span time.Duration) int
}{
	{"kill", func(t *testing.T, c tortured, b *bench, rng *rand.Rand, span time.Duration) int {
		struck, count := 0, filepath.Join(t.TempDir(), "end")
		for struck < 5 {
			logins := b.server.Count(sandbox.RouteLogin)
			p := b.start(append(os.Environ(), childSteps+"="+count), c.line(b))
			for b.server.Count(sandbox.RouteLogin) == logins {
				<-time.After(time.Millisecond)
			}
			<-time.After(time.Duration(rng.Int64N(int64(span) + 1)))
			_ = p.Process.Kill()
			p.end()
			if _, err := os.Stat(count); err == nil { // it had come to its end; ProcessState.Exited is true of a killed one too on Windows
				break
			}
			struck++
		}
		return struck
	}},
	{"storm", func(_ *testing.T, c tortured, b *bench, _ *rand.Rand, _ time.Duration) int {
		if !c.remote {
			return 0
		}
		for _, route := range []string{sandbox.RouteProducts, sandbox.RouteInvoices, sandbox.RouteDraft, sandbox.RouteProduct} {
			b.server.Fault(sandbox.Fault{Kind: sandbox.FaultHTML, Status: 503, Route: route, Every: 3})
			b.server.Fault(sandbox.Fault{Kind: sandbox.FaultCut, Route: route, Every: 4})
			b.server.Fault(sandbox.Fault{Kind: sandbox.FaultLost, Route: route, Every: 5})
		}
		b.do(append([]string{"--json"}, c.line(b)...)...)
		b.server.Mend()
		return 1
	}},
	{"two programs", func(_ *testing.T, c tortured, b *bench, _ *rand.Rand, _ time.Duration) int {
		line := c.line(b)
		first, second := b.child(line, ""), b.child(line, "")
		first.end()
		second.end()
		return 1
	}},
	{"disk full", func(t *testing.T, c tortured, b *bench, rng *rand.Rand, _ time.Duration) int {
		if !canLimitFiles {
			return 0
		}
		most := int64(0)
		for path, text := range filesIn(t, b.data) {
			if strings.HasSuffix(path, ".db") || strings.HasSuffix(path, ".db-wal") {
				most = max(most, int64(len(text)))
			}
		}
		b.child(c.line(b), fmt.Sprint(rng.Int64N(most+most/2))).end()
		return 1
	}},
	{"clock jump", func(_ *testing.T, c tortured, b *bench, rng *rand.Rand, _ time.Duration) int {
		days := []int{-400, -31, -1, 1, 31, 400}
		x := b.start(append(os.Environ(), fmt.Sprintf("%s=%dh", childClock, 24*days[rng.IntN(len(days))])), c.line(b))
		x.end()
		return 1
	}},
	{"damaged file", func(t *testing.T, c tortured, b *bench, rng *rand.Rand, _ time.Duration) int {
		before := filesIn(t, filepath.Join(b.data, "companies"))
		for path, text := range before {
			spoilt := []byte(text)
			if filepath.Ext(path) == ".db" {
				spoilt = spoilt[:len(spoilt)/2]
				copy(spoilt, strings.Repeat("bozuk ", 30))
				copy(spoilt[rng.IntN(len(spoilt)/2):], "bozuk")
			}
			if err := os.WriteFile(path, spoilt, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		code, _, errs := b.do(append([]string{"--json"}, c.line0(b)...)...)
		if c.name != "restore" && (code == 0 || errs == "") { // a restore is what cures it
			t.Errorf("%s on a damaged file: exit %d, %q", c.name, code, errs)
		}
		for path, text := range before { // a person brings the copy back
			for _, journal := range []string{path + "-wal", path + "-shm"} {
				_ = os.Remove(journal)
			}
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return 1
	}},
}

// line0 is the line of one that has not begun: what it needs to know of the company cannot be read.
func (c tortured) line0(b *bench) []string {
	if c.name == "import" {
		return []string{"import"}
	}
	return c.line(b)
}

// process is a command that works by itself.
type process struct {
	*exec.Cmd
	said *bytes.Buffer
}

// child starts a command in a process of its own, authorised there; no file of it grows beyond room bytes, "" = any.
func (b *bench) child(line []string, room string) process {
	return b.start(append(os.Environ(), childRoom+"="+room), line)
}

func (b *bench) start(env, line []string) process {
	b.t.Helper()
	global := []string{"--data", b.data, "--isbasi-url", b.server.URL(), "--json", "--retry-pause", "1ms"}
	var lines []string
	for _, args := range [][]string{signIn(b.path("key"), b.path("password")), line} {
		lines = append(lines, strings.Join(append(append([]string{}, global...), args...), "\t"))
	}
	p := process{exec.Command(os.Args[0]), &bytes.Buffer{}}
	p.Env = append(env, childArgs+"="+strings.Join(lines, "\n"))
	p.Stdout, p.Stderr = p.said, p.said
	if err := p.Start(); err != nil {
		b.t.Fatal(err)
	}
	return p
}

// end waits for it. One that is still there after a minute waits for something that does not come.
func (p process) end() {
	late := time.AfterFunc(time.Minute, func() { _ = p.Process.Kill() })
	_ = p.Wait()
	if !late.Stop() {
		fmt.Fprintf(p.said, "killed: it did not end\n")
	}
}

// finish does what a person does after a disturbance: sign in, and give the command again until it says that it is done.
func (c tortured) finish(t *testing.T, b *bench) {
	t.Helper()
	b.json(0, signIn(b.path("key"), b.path("password"))...)
	for try := range 5 {
		code, out, errs := b.do(append([]string{"--json"}, c.line(b)...)...)
		if code == 0 || code == console.ExitPartly {
			break
		}
		if try == 4 {
			t.Errorf("%s does not come to its end: exit %d, %s %s", c.name, code, out, errs)
		}
	}
	c.settled(b)
}

// TestTorture_everyCommand disturbs each command that writes in each way, ROUNDS times, and looks whether anything is lost or
// doubled when it has been given again: a table says how often each was tried.
func TestTorture_everyCommand(t *testing.T) {
	rounds, kills := int(given(t, "ROUNDS", torturedRounds)), int(given(t, "COMMAND_KILLS", torturedKills))
	seed := given(t, "SEED", 7)
	t.Logf("make torture ROUNDS=%d COMMAND_KILLS=%d SEED=%d", rounds, kills, seed)
	rng := rand.New(rand.NewPCG(seed, 3))
	table := map[string]map[string]*cell{}
	for _, c := range every() {
		// COMMAND asks for one of them alone.
		if only := os.Getenv("COMMAND"); only != "" && only != c.name || only == "" && c.costly && rounds == 1 {
			continue
		}
		b := c.prepare(t)
		p := b.child(c.line(b), "")
		for b.server.Count(sandbox.RouteLogin) < 1 {
			<-time.After(time.Millisecond)
		}
		began := time.Now()
		p.end()
		span := time.Since(began)
		c.finish(t, b)
		calm := b.holds()
		if len(calm) < 2 {
			t.Fatalf("%s has done nothing: %v", c.name, calm)
		}
		table[c.name] = map[string]*cell{}
		for _, f := range faults {
			got, began := &cell{}, time.Now()
			table[c.name][f.name] = got
			for round := 0; round < rounds && f.name != "kill" || f.name == "kill" && got.tried < kills && round < 4*kills; round++ {
				b := c.prepare(t)
				struck := f.strike(t, c, b, rng, span)
				if struck == 0 && f.name != "kill" {
					break
				}
				c.finish(t, b)
				lost, doubled := apart(calm, b.holds())
				got.tried, got.lost, got.doubled = got.tried+struck, got.lost+lost, got.doubled+doubled
				if lost+doubled > 0 {
					t.Errorf("%s, %s, round %d: %d lost, %d doubled", c.name, f.name, round, lost, doubled)
				}
				_ = b.server.Close()
			}
			t.Logf("%s, %s: %+v in %v", c.name, f.name, *got, time.Since(began).Round(time.Millisecond))
		}
	}
	t.Log("\n" + drawn(table))
}

// drawn is the table of all commands by faults: tried, lost, doubled.
func drawn(table map[string]map[string]*cell) string {
	var out strings.Builder
	w := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	fmt.Fprint(w, "tried/lost/doubled")
	for _, f := range faults {
		fmt.Fprint(w, "\t", f.name)
	}
	for _, c := range every() {
		fmt.Fprint(w, "\n", c.name)
		for _, f := range faults {
			got := cmp.Or(table[c.name][f.name], &cell{})
			fmt.Fprintf(w, "\t%d/%d/%d", got.tried, got.lost, got.doubled)
		}
	}
	fmt.Fprintln(w)
	_ = w.Flush()
	return out.String()
}
