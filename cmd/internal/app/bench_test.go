//go:build bench && linux

package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/storage/keyring"
)

// benchErrand marks a process of this test binary as one that does a single piece of work and is measured from outside.
const benchErrand = "BENCH_ERRAND"

// errandOf is what such a process is told.
type errandOf struct {
	Do       string
	Dir, URL string
	File     string
	Sort     string
	Pages    int
	Products int
	Paced    bool // the pace of calls is kept
}

// spent is what a piece of work has cost a process.
type spent struct {
	cpu, wall time.Duration
	memory    int64         // peak, bytes
	written   int64         // handed to the system, bytes
	answer    int64         // what the piece of work has measured itself, ns
	floor     time.Duration // and the plain loop beside it, in the same process
}

// bar is a line of the table: a ratio of two pieces of work, or a figure by itself, and what it may be at most.
type bar struct {
	work   string
	value  float64
	unit   string
	atMost float64 // 0: only told
	aim    float64
}

// bench is a run of all of it.
type bench struct {
	t    *testing.T
	n    int // products
	dir  string
	bars []bar

	errands int // that were begun
}

// TestBench prints what the program costs beside plain loops over the same data, measured in the same run, and fails where a
// ratio is above its bar. PRODUCTS says how large the firm is (100,000), ROWS which of the rows below are measured (all of
// them; "imports,searches"), PROFILES the folder that CPU profiles are put into.
func TestBench(t *testing.T) {
	b := &bench{t: t, n: sizeOf(t), dir: t.TempDir()}
	rows := os.Getenv("ROWS")
	for _, of := range []struct {
		rows    string
		measure func()
	}{
		{"imports", b.imports}, {"lists", b.lists}, {"prices", b.prices}, {"searches", b.searches}, {"matching", b.matching}, {"latency", b.latency}, {"calls", b.calls}, {"growth", b.growth},
	} {
		if rows == "" || slices.Contains(strings.Split(rows, ","), of.rows) {
			of.measure()
		}
	}

	out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(out, "\nwork\tmeasured\t\tat most\taim\n")
	for _, b := range b.bars {
		most, aim := "–", "–"
		if b.atMost > 0 {
			most = fmt.Sprintf("%.4g", b.atMost)
		}
		if b.aim > 0 {
			aim = fmt.Sprintf("%.4g", b.aim)
		}
		fmt.Fprintf(out, "%s\t%.4g\t%s\t%s\t%s\n", b.work, b.value, b.unit, most, aim)
		if b.atMost > 0 && b.value > b.atMost {
			t.Errorf("%s: %.4g %s, at most %.4g", b.work, b.value, b.unit, b.atMost)
		}
	}
	_ = out.Flush()
}

// add adds a line to the table.
func (b *bench) add(work string, value float64, unit string, atMost, aim float64) {
	b.bars = append(b.bars, bar{work, value, unit, atMost, aim})
	b.t.Logf("%s: %.2f %s", work, value, unit)
}

// beside adds the line of a ratio.
func (b *bench) beside(work string, ours, floor time.Duration, atMost, aim float64) {
	b.add(work, float64(ours)/float64(floor), "× plain loop", atMost, aim)
}

// grows adds the line of an exponent: what ten times as many products cost as a power of ten.
func (b *bench) grows(work string, all, tenth time.Duration, atMost, aim float64) {
	b.add(work, math.Log10(float64(all)/float64(tenth)), "exponent", atMost, aim)
}

// at is a path in the folder of the run.
func (b *bench) at(name string) string { return filepath.Join(b.dir, name) }

func sizeOf(t *testing.T) int {
	t.Helper()
	text := os.Getenv("PRODUCTS")
	if text == "" {
		return 100_000
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// do does a piece of work in a process of its own.
func (b *bench) do(e errandOf) spent {
	t := b.t
	t.Helper()
	text, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestBench_errand$")
	if path := os.Getenv("PROFILES"); path != "" {
		b.errands++
		cmd.Args = append(cmd.Args, "-test.cpuprofile", filepath.Join(path, fmt.Sprintf("%02d-%s.prof", b.errands, e.Do)))
	}
	cmd.Env = append(os.Environ(), benchErrand+"="+string(text))
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	begun := time.Now()
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", e.Do, err, out.String())
	}
	s := spent{wall: time.Since(begun), cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
	for line := range strings.Lines(out.String()) {
		name, value, _ := strings.Cut(line, ":")
		n, _ := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "kB")), 10, 64)
		switch name {
		case "wchar":
			s.written = n
		case "answer":
			s.answer = n
		case "floor":
			s.floor = time.Duration(n)
		case "VmHWM": // what the system says of an ended process may be its parent's
			s.memory = n * 1024
		}
	}
	return s
}

// TestBench_errand is the work of a process of its own.
func TestBench_errand(t *testing.T) {
	var e errandOf
	if text := os.Getenv(benchErrand); text == "" {
		t.Skip("no errand")
	} else if err := json.Unmarshal([]byte(text), &e); err != nil {
		t.Fatal(err)
	}
	work := map[string]func(context.Context, errandOf) error{
		"new": makeFirm, "import": importAll, "import-floor": readPlainly, "undo": undoImport,
		"catalogue": takeList, "csv-floor": takeCSVPlainly, "xlsx-floor": takeXLSXPlainly, "export": exportAll, "export-floor": exportPlainly,
		"prices": computePrices, "prices-floor": multiplyPlainly, "search": typeSearches, "matching": match,
	}[e.Do]
	if err := work(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"/proc/self/io", "/proc/self/status"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Print(string(text))
	}
}

func opened(ctx context.Context, e errandOf, do func(*app.Company) error) error {
	keyring.InMemory(nil)
	a, err := app.Open(ctx, app.Options{DataDir: e.Dir, IsbasiURL: e.URL, RetryPause: time.Millisecond, PaceEverywhere: e.Paced})
	if err != nil {
		return err
	}
	defer func() { _ = a.Close() }()
	info, err := a.FindCompany(ctx, "Deneme")
	if err != nil {
		return err
	}
	c, err := a.OpenCompany(ctx, info)
	if err != nil {
		return err
	}
	if err := do(c); err != nil {
		return err
	}
	return c.Close()
}

// companyFile is the file of the only company of a data folder.
func companyFile(dir string) (string, error) {
	files, err := filepath.Glob(filepath.Join(dir, "companies", "*.db"))
	if err != nil || len(files) != 1 {
		return "", fmt.Errorf("%v, %w", files, err)
	}
	return files[0], nil
}

func makeFirm(ctx context.Context, e errandOf) error {
	a, err := app.Open(ctx, app.Options{DataDir: e.Dir})
	if err != nil {
		return err
	}
	if _, err := a.NewCompany(ctx, "Deneme", false); err != nil {
		return err
	}
	return a.Close()
}
