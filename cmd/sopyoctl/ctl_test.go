package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
	"github.com/sopyo/sopyo-desktop/storage/keyring"
)

// bench is one person at a command line: a data folder, secret files and an İşbaşı.
type bench struct {
	t      *testing.T
	server *sandbox.Server
	data   string
	dir    string
	later  int // hours, by which the clock of commands is ahead; 0: it is the system's
}

// newBench is a bench with one company, as the first command that needs one makes it. The company is made
// once and copied: every migration of its file costs more than most commands.
func newBench(t *testing.T, o sandbox.Options) *bench {
	t.Helper()
	b := newMachine(t, o)
	if prepared == nil {
		b.json(0, "company", "add", "Firmam")
		b.json(0, "settings", "show") // makes its file
		prepared = map[string][]byte{}
		for _, path := range []string{"sopyo.db", "companies/*.db"} {
			files, err := filepath.Glob(filepath.Join(strings.ReplaceAll(b.data, "#", "?"), path))
			if err != nil || len(files) != 1 {
				t.Fatal(files, err)
			}
			name, err := filepath.Rel(b.data, files[0])
			if err != nil {
				t.Fatal(err)
			}
			prepared[name] = []byte(read(t, files[0]))
		}
		return b
	}
	for name, content := range prepared {
		path := filepath.Join(b.data, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

// prepared are the files of a data folder with one company, by their names in it; nil: not made yet.
var prepared map[string][]byte

// newMachine is a bench without a data folder.
func newMachine(t *testing.T, o sandbox.Options) *bench {
	t.Helper()
	keyring.InMemory(nil)
	home := t.TempDir() // whose documents are written to
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	server, err := sandbox.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	b := &bench{t: t, server: server, data: filepath.Join(t.TempDir(), "veri #1"), dir: t.TempDir()}
	b.write("key", sandbox.DemoKey+"\r\n")
	b.write("password", sandbox.DemoPassword+"\n")
	return b
}

func (b *bench) write(name, text string) string {
	b.t.Helper()
	path := filepath.Join(b.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		b.t.Fatal(err)
	}
	return path
}

func (b *bench) path(name string) string { return filepath.Join(b.dir, name) }

// do runs one command line and gives exit code, standard output and standard error.
func (b *bench) do(args ...string) (code int, out, errs string) {
	b.t.Helper()
	var o, e bytes.Buffer
	all := append([]string{"--data", b.data, "--isbasi-url", b.server.URL(), "--lang", "tr", "--retry-pause", "1ms"}, args...)
	said := console.Streams{In: strings.NewReader(""), Out: &o, Err: &e}
	if b.later > 0 {
		said.Now = func() time.Time { return time.Now().Add(time.Duration(b.later) * time.Hour) }
	}
	code = run(context.Background(), all, said)
	return code, o.String(), e.String()
}

// json runs one command line with --json and gives its object; standard output must hold nothing else.
func (b *bench) json(want int, args ...string) map[string]any {
	b.t.Helper()
	code, out, errs := b.do(append([]string{"--json"}, args...)...)
	if code != want {
		b.t.Fatalf("%v: exit %d, want %d\n%s%s", args, code, want, out, errs)
	}
	dec := json.NewDecoder(strings.NewReader(out))
	var m map[string]any
	if err := dec.Decode(&m); err != nil {
		b.t.Fatalf("%v: %v in %q", args, err, out)
	}
	if dec.More() {
		b.t.Fatalf("%v: more than one object: %q", args, out)
	}
	return m
}

func (b *bench) authorize() {
	b.t.Helper()
	b.json(0, "authorize", "--api-key-file", b.path("key"), "--username", sandbox.DemoUser, "--password-file", b.path("password"), "--yes")
}

func (b *bench) catalogue(lines ...string) {
	b.t.Helper()
	b.json(0, "catalogue", "import", b.write("katalog.csv", strings.Join(lines, "\n")+"\n"))
}

func number0(m map[string]any, key string) int {
	n, _ := m[key].(float64)
	return int(n)
}

// checkRun compares a run's object with wanted numbers and the invariants of rules.md §2.
func checkRun(t *testing.T, m map[string]any, want map[string]int) {
	t.Helper()
	for k, n := range want {
		if number0(m, k) != n {
			t.Errorf("%s = %v, want %d in %v", k, m[k], n, m)
		}
	}
	n := func(k string) int { return number0(m, k) }
	if n("read") != n("transferred")+n("skipped")+n("failed")+n("pending") || n("transferred") != n("matched")+n("unmatched") {
		t.Errorf("the numbers do not add up: %v", m)
	}
}

func TestMainJob_onTheCommandLine(t *testing.T) {
	b := newBench(t, sandbox.Options{Products: sandbox.Products(350, 7)})
	products := sandbox.Products(350, 7)
	b.catalogue("Stok Kodu;Barkod;Ürün Adı", products[0].Code+";;bir", "k-2;"+products[1].Barcode+";iki")
	b.authorize()
	plan := b.json(0, "import", "--plan", "--include-passive")
	if plan["state"] != "planned" || number0(plan, "pending") != 350 {
		t.Fatalf("plan: %v", plan)
	}
	done := b.json(0, "import", "--include-passive")
	if done["state"] != "done" {
		t.Fatalf("%v", done)
	}
	checkRun(t, done, map[string]int{"read": 350, "api_reads": 4, "api_writes": 0, "pending": 0, "failed": 0})
	if b.server.Count(sandbox.RouteProducts) != 8 {
		t.Errorf("plan and import cost %d list reads, want 8", b.server.Count(sandbox.RouteProducts))
	}
	rows := b.json(0, "import", "rows", "--outcome", "matched")
	if number0(rows, "total") != number0(done, "matched") || number0(rows, "total") == 0 {
		t.Errorf("rows: %v of %v", rows["total"], done["matched"])
	}
	before := b.json(0, "catalogue", "list", "--limit", "0")
	again := b.json(0, "import", "--include-passive")
	for _, k := range []string{"read", "matched", "unmatched", "skipped", "failed"} {
		if again[k] != done[k] {
			t.Errorf("second run: %s %v, first %v", k, again[k], done[k])
		}
	}
	after := b.json(0, "catalogue", "list", "--limit", "0")
	if x, y := mustJSON(t, before), mustJSON(t, after); x != y {
		t.Errorf("a second run changed the catalogue:\n%s\n%s", x, y)
	}
	status := b.json(0, "status")
	if status["authorised"] != true || number0(status, "reads") < 12 {
		t.Errorf("status: %v", status)
	}
}

func mustJSON(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestImport_limitStopsAndResumeGoesOn(t *testing.T) {
	b := newBench(t, sandbox.Options{Products: sandbox.Products(120, 3)})
	b.authorize()
	part := b.json(console.ExitPartly, "import", "--limit", "20")
	checkRun(t, part, map[string]int{"read": 120, "pending": 100})
	if part["state"] != "stopped" {
		t.Errorf("%v", part)
	}
	rest := b.json(0, "import", "--resume")
	checkRun(t, rest, map[string]int{"read": 120, "pending": 0, "api_reads": 2})
	if rest["id"] != part["id"] {
		t.Error("--resume began another transfer")
	}
	if same := b.json(0, "import", "--resume"); same["id"] != part["id"] || b.server.Count(sandbox.RouteProducts) != 2 {
		t.Errorf("--resume of a finished transfer read again: %v", same)
	}
}

func TestImport_resumeWithoutAnyBeginsNothing(t *testing.T) {
	b := newBench(t, sandbox.Options{Products: sandbox.Products(10, 3)})
	b.authorize()
	m := b.json(console.ExitError, "import", "--resume", "--read-anew")
	if e, _ := m["error"].(map[string]any); e["kind"] != "nothing-to-resume" || e["message"] == "" {
		t.Errorf("%v", m)
	}
	if n := b.server.Count(sandbox.RouteProducts); n != 0 {
		t.Errorf("%d reads", n)
	}
	if list, _ := b.json(0, "transfer", "list")["transfers"].([]any); len(list) != 0 {
		t.Errorf("begun: %v", list)
	}
	// What was chosen for a transfer that has ended is not taken up by another one.
	done := b.json(0, "import", "--unmatched", "created")
	same := b.json(0, "import", "--resume")
	if same["id"] != done["id"] || same["resumed"] != false {
		t.Errorf("%v", same)
	}
	if _, _, errs := b.do("import", "--resume"); !strings.Contains(errs, "Sürdürülecek aktarım yok") {
		t.Errorf("%q", errs)
	}
}

func TestImport_goesOnWithWhatWasReadWhereTheCountNeverAgrees(t *testing.T) {
	b := newBench(t, sandbox.Options{Products: sandbox.Products(250, 3)})
	b.authorize()
	b.server.Fault(sandbox.Fault{Kind: sandbox.FaultCount, Route: sandbox.RouteProducts, By: 7})
	b.json(console.ExitLater, "import")
	second := b.json(console.ExitLater, "import", "--resume")
	if offers, _ := second["offers"].([]any); second["cause"] != "count" || len(offers) != 1 || offers[0] != "accept-count" {
		t.Errorf("%v", second)
	}
	reads := b.server.Count(sandbox.RouteProducts)
	if _, out, _ := b.do("import", "--resume"); !strings.Contains(out, "--accept-count") || !strings.Contains(out, "3 kez") {
		t.Errorf("%s", out)
	}
	reads = b.server.Count(sandbox.RouteProducts) - reads // of one that reads anew
	before := b.server.Count(sandbox.RouteProducts)
	done := b.json(0, "import", "--resume", "--accept-count")
	counted := number0(done, "counted")
	checkRun(t, done, map[string]int{"read": counted - 7})
	if done["state"] != "done" || b.server.Count(sandbox.RouteProducts) != before || reads > 3+4 {
		t.Errorf("%v, %d reads", done, reads)
	}
	if _, out, _ := b.do("import", "--resume"); !strings.Contains(out, "silinmiş sayılmadı") {
		t.Errorf("%s", out)
	}
}

// What goes while the list is read costs its seam, and that of each page that was on its way then. A list whose filter by key
// works costs one read a page, whatever comes and goes.
func TestImport_readsAListThatMovesOnce(t *testing.T) {
	const pages, search, onTheirWay = 60, 6, 3
	for name, c := range map[string]struct {
		byKey bool
		reads int // at most
	}{"by page": {false, pages + 2 + (1+onTheirWay)*(search+1)}, "by key": {true, pages}} {
		b := newBench(t, sandbox.Options{Products: sandbox.Products(pages*transfer.PageSize, 3), KeyIgnored: !c.byKey})
		b.authorize()
		b.server.Fault(sandbox.Fault{Kind: sandbox.FaultShrink, Route: sandbox.RouteProducts, Nth: 30})
		done := b.json(0, "import")
		if done["state"] != "done" || number0(done, "api_reads") > c.reads {
			t.Errorf("%s: %v", name, done)
		}
		again := b.json(0, "import") // by page the filter is not asked about again
		if again["state"] != "done" || number0(again, "api_reads") != pages {
			t.Errorf("%s, again: %v", name, again)
		}
	}
}

func TestImport_resumeDoesNotConfirmAPlan(t *testing.T) {
	b := newBench(t, sandbox.Options{Products: sandbox.Products(10, 3)})
	b.authorize()
	b.json(0, "import", "--plan")
	b.json(console.ExitError, "import", "--resume")
	if list, _ := b.json(0, "transfer", "list")["transfers"].([]any); len(list) != 0 {
		t.Errorf("a plan that nobody confirmed was applied: %v", list)
	}
}

func TestExitCodes(t *testing.T) {
	for name, c := range map[string]struct {
		code int
		kind string
		do   func(b *bench) []string
	}{
		"no company":        {console.ExitAuthorise, "needs-sign-in", func(*bench) []string { return []string{"import"} }},
		"unknown command":   {console.ExitUsage, "usage", func(*bench) []string { return []string{"imprt"} }},
		"unknown flag":      {console.ExitUsage, "usage", func(*bench) []string { return []string{"import", "--fast"} }},
		"json without yes":  {console.ExitUsage, "usage", func(b *bench) []string { return []string{"authorize", "--api-key-file", b.path("key")} }},
		"no key file named": {console.ExitUsage, "usage", func(*bench) []string { return []string{"authorize", "--yes"} }},
		"key file missing":  {console.ExitError, "file", func(b *bench) []string { return []string{"authorize", "--api-key-file", b.path("none"), "--yes"} }},
		"key file empty":    {console.ExitError, "empty-file", func(b *bench) []string { return []string{"authorize", "--api-key-file", b.write("e", " \n"), "--yes"} }},
		"unknown company":   {console.ExitError, "not-found", func(*bench) []string { return []string{"--company", "yok", "status"} }},
		"bad setting":       {console.ExitUsage, "invalid", func(*bench) []string { return []string{"settings", "set", "currency=XYZ"} }},
		"no such setting":   {console.ExitUsage, "usage", func(*bench) []string { return []string{"settings", "set", "colour=red"} }},
		"bad outcome":       {console.ExitUsage, "usage", func(*bench) []string { return []string{"import", "rows", "--outcome", "x"} }},
		"file missing":      {console.ExitError, "file", func(*bench) []string { return []string{"catalogue", "import", "/yok.csv"} }},
		"file empty":        {console.ExitError, "empty-file", func(b *bench) []string { return []string{"catalogue", "import", b.write("e.csv", "")} }},
		"wrong API key":     {console.ExitAuthorise, "wrong-key", func(b *bench) []string { return signIn(b.write("w", "yanlis"), b.path("password")) }},
		"wrong password":    {console.ExitAuthorise, "wrong-password", func(b *bench) []string { return signIn(b.path("key"), b.write("w", "yanlis")) }},
		"İşbaşı gone":       {console.ExitLater, "network", func(b *bench) []string { _ = b.server.Close(); return signIn(b.path("key"), b.path("password")) }},
		"integration closed": {console.ExitUsage, "invalid", func(b *bench) []string {
			b.authorize()
			b.json(0, "settings", "set", "integration=off")
			return []string{"import"}
		}},
		"HTML instead of JSON": {console.ExitLater, "bad-answer", func(b *bench) []string {
			b.authorize()
			b.server.Fault(sandbox.Fault{Kind: sandbox.FaultBody, Route: sandbox.RouteProducts, Message: "<html>bakım</html>"})
			return []string{"import"}
		}},
		"count disagrees": {console.ExitLater, "count", func(b *bench) []string {
			b.authorize()
			b.server.Fault(sandbox.Fault{Kind: sandbox.FaultCount, Route: sandbox.RouteProducts, By: 7})
			return []string{"import"}
		}},
		"key lacks the right": {console.ExitError, "forbidden", func(b *bench) []string {
			b.authorize()
			b.server.Fault(sandbox.Fault{Kind: sandbox.FaultStatus, Route: sandbox.RouteProducts, Status: 403, Message: "API yetkilendirilmedi"})
			return []string{"import"}
		}},
		"key lacks the right behind a page": {console.ExitLater, "forbidden", func(b *bench) []string {
			b.authorize()
			b.server.Fault(sandbox.Fault{Kind: sandbox.FaultStatus, Route: sandbox.RouteProducts, Page: 2, Status: 403})
			return []string{"import"}
		}},
		"paused for a redirect": {console.ExitLater, "host", func(b *bench) []string {
			b.authorize()
			b.server.Fault(sandbox.Fault{Kind: sandbox.FaultRedirect, Route: sandbox.RouteProducts, Page: 2, Location: "http://127.0.0.1:1/"})
			return []string{"import"}
		}},
		"paused for a sign-in": {console.ExitLater, "needs-sign-in", func(b *bench) []string {
			b.authorize()
			b.server.Fault(sandbox.Fault{Kind: sandbox.FaultToken, Route: sandbox.RouteProducts, Page: 2})
			return []string{"import"}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			b := newMachine(t, sandbox.Options{Products: sandbox.Products(130, 1)})
			m := b.json(c.code, c.do(b)...)
			kind, _ := m["cause"].(string)
			if e, ok := m["error"].(map[string]any); ok {
				kind, _ = e["kind"].(string)
				if s, _ := e["message"].(string); s == "" || strings.Contains(s, "error.") || strings.Contains(s, "invalid.") {
					t.Errorf("no sentence: %q", s)
				}
			}
			if kind != c.kind {
				t.Errorf("kind %q, want %q in %v", kind, c.kind, m)
			}
		})
	}
}

func signIn(key, password string) []string {
	return []string{"authorize", "--api-key-file", key, "--username", sandbox.DemoUser, "--password-file", password, "--yes"}
}

func TestAuthorize_withoutConfirmationStoresNothing(t *testing.T) {
	b := newMachine(t, sandbox.Options{})
	code, _, errs := b.do("authorize", "--api-key-file", b.path("key"), "--username", sandbox.DemoUser, "--password-file", b.path("password"))
	if code != console.ExitPartly || !strings.Contains(errs, sandbox.DemoTenant) {
		t.Errorf("exit %d, %q; want the firm shown and nothing done", code, errs)
	}
	if m := b.json(0, "status"); m["authorised"] != false {
		t.Errorf("%v", m)
	}
}

func TestAuthorize_anotherFirmIsRefused(t *testing.T) {
	b := newMachine(t, sandbox.Options{})
	b.authorize()
	b.server.Change(func(o *sandbox.Options) { o.TenantID = "00000000-0000-4000-8000-000000000002" })
	m := b.json(console.ExitAuthorise, signIn(b.path("key"), b.path("password"))...)
	if e, _ := m["error"].(map[string]any); e["kind"] != "other-firm" {
		t.Errorf("%v", m)
	}
}

func TestCatalogue_roundTrip(t *testing.T) {
	b := newMachine(t, sandbox.Options{})
	file := b.write("k.csv", "Stok Kodu;Barkod;Ürün Adı;Satış Fiyatı (KDV Dahil);Stok\n007;8690632059150;KıSA LM;1.234,50;-3\n;8,69E+12;Çikolata;5;1\n")
	m := b.json(0, "catalogue", "import", file)
	checkRun(t, m, map[string]int{"rows": 2, "added": 2})
	if problems := mustJSON(t, m["problems"]); !strings.Contains(problems, "8,69E+12") || strings.Contains(problems, `"message":"problem.`) {
		t.Errorf("the lost barcode is not named: %s", problems)
	}
	if m := b.json(0, "catalogue", "import", file); number0(m, "unchanged") != 2 {
		t.Errorf("importing again: %v", m)
	}
	if m := b.json(0, "catalogue", "list", "--search", "cikolata"); number0(m, "total") != 1 {
		t.Errorf("search: %v", m)
	}
	for _, name := range []string{"out.xlsx", "out.csv"} {
		b.json(0, "catalogue", "export", b.path(name))
		if m := b.json(0, "catalogue", "import", b.path(name)); number0(m, "unchanged") != 2 || number0(m, "rows") != 2 {
			t.Errorf("%s read back: %v", name, m)
		}
	}
}

func TestCatalogue_anUnknownHeaderIsAskedForAndNothingIsTaken(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	file := b.write("k.csv", "alfa;beta\n1;2\n")
	m := b.json(console.ExitUsage, "catalogue", "import", file)
	if s := mustJSON(t, m); !strings.Contains(s, "alfa") {
		t.Errorf("the headers are not named: %s", s)
	}
	if m := b.json(0, "catalogue", "import", file, "--map", "code=alfa,name=2"); number0(m, "added") != 1 {
		t.Errorf("%v", m)
	}
}

func TestSettings(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	b.json(0, "settings", "set", "currency=EUR", "pull=yes", "auto_formalise=no", "scenario=commercial", "push=both")
	m := b.json(0, "settings", "show")
	for k, v := range map[string]string{"currency": "EUR", "integration": "off", "pull": "yes", "scenario": "commercial", "push": "both"} {
		if m[k] != v {
			t.Errorf("%s = %v, want %s", k, m[k], v)
		}
	}
}

func TestCompany_isHeldByOneProcess(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	b.catalogue("Stok Kodu;Ad", "1;bir")
	c := &console.Console{Streams: console.Streams{In: strings.NewReader(""), Out: &bytes.Buffer{}, Err: &bytes.Buffer{}}, DataDir: b.data}
	if _, err := c.Open(context.Background(), false); err != nil {
		t.Fatal(err)
	}
	m := b.json(console.ExitLater, "settings", "set", "currency=EUR")
	if e, _ := m["error"].(map[string]any); e["kind"] != "busy" {
		t.Errorf("%v", m)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	b.json(0, "settings", "set", "currency=EUR")
}

func TestSettings_askForTheWordBeforeInvoicesAreFormalised(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	for _, tt := range []struct {
		typed string
		args  []string
		want  int
	}{
		{"", nil, console.ExitPartly}, {"evet\n", nil, console.ExitPartly}, {"resmileştir\n", nil, console.ExitOK},
	} {
		var said strings.Builder
		code := run(context.Background(), append([]string{"--data", b.data, "--lang", "tr", "settings", "set", "auto_formalise=yes"}, tt.args...),
			console.Streams{In: strings.NewReader(tt.typed), Out: &said, Err: &said})
		if code != tt.want || !strings.Contains(said.String(), "RESMİLEŞTİR") {
			t.Errorf("%q: exit %d, %s", tt.typed, code, said.String())
		}
	}
	b.json(0, "settings", "set", "auto_formalise=no")
	if m := b.json(0, "settings", "set", "auto_formalise=yes", "--yes"); m["auto_formalise"] != "yes" {
		t.Errorf("%v", m)
	}
	_, out, _ := b.do("history")
	if !strings.Contains(out, "Faturalar otomatik resmileşsin: “evet” yerine “hayır”") {
		t.Errorf("%s", out)
	}
}

func TestSettings_refuseWhatCannotBe(t *testing.T) {
	b := newBench(t, sandbox.Options{Products: sandbox.Products(30, 1)})
	b.authorize()
	b.json(0, "settings", "set", "integration=on", "push=price")
	b.json(0, "import", "--unmatched", "created")
	for _, args := range [][]string{{"currency=USD"}, {"currency=USD", "push=both"}} {
		m := b.json(console.ExitUsage, append([]string{"settings", "set"}, args...)...)
		if said := mustJSON(t, m); !strings.Contains(said, "currency: Bağlı ürünlerinizin fiyatları eski para biriminde") {
			t.Errorf("%v: %s", args, said)
		}
	}
	b.json(0, "settings", "set", "currency=USD", "push=unset")
	if said := mustJSON(t, b.json(console.ExitUsage, "settings", "set", "push=price")); !strings.Contains(said, "başka bir para biriminde") {
		t.Errorf("%s", said)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// newStocked is a bench that is signed in to an İşbaşı of n products, every third of which is in the catalogue
// too, by barcode or by code.
func newStocked(t *testing.T, n int, o sandbox.Options) *bench {
	t.Helper()
	o.Products, o.Plain = sandbox.Products(n, 5), true
	b := newBench(t, o)
	lines := []string{"Stok Kodu;Barkod;Ürün Adı"}
	for i, p := range o.Products {
		if i%3 == 0 {
			lines = append(lines, p.Code+";"+p.Barcode+";"+strings.ReplaceAll(p.Name, ";", " "))
		}
	}
	b.catalogue(lines...)
	b.authorize()
	return b
}
