//go:build e2e && linux

package main_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// world is what a test of the whole job happens in: a shop's catalogue and a stand-in İşbaşı, both
// filled with real products where they are to be had.
type world struct {
	*desktop
	data      string // folder of the program
	url       string // of the stand-in
	key       string // that it accepts
	catalogue string // file of the shop's products

	books      *exec.Cmd
	booksEnded <-chan struct{}
	flags      []string
}

// user is the account of the stand-in; its name is no secret.
const user = "demo@isbasi.example"

// newWorld starts the stand-in on the desktop. The data folder's name has what breaks careless paths.
func newWorld(d *desktop, with supply, flags ...string) *world {
	d.t.Helper()
	w := &world{
		desktop: d, data: filepath.Join(d.home, "Sopyo verisi ğİ #1?"), key: "e2e-gizli-anahtar-7f3a",
		catalogue: with.catalogue, flags: append(with.flags, flags...),
	}
	w.startBooks("127.0.0.1:0")
	return w
}

// secondKey is that of another firm of the same stand-in.
func (w *world) secondKey() string { return w.key + "-2" }

// startBooks starts the stand-in İşbaşı and waits until it serves.
func (w *world) startBooks(address string) {
	w.t.Helper()
	_ = os.Remove(filepath.Join(w.home, "logs", "isbasi-sandbox.log"))
	w.books = w.command(program(w.t, "isbasi-sandbox"), append(w.flags, "-addr", address, "-key", w.key+","+w.secondKey())...)
	w.booksEnded = w.spawn(w.books)
	url := regexp.MustCompile(`(?m)^url:\s+(\S+)`)
	w.until("stand-in İşbaşı", func() bool {
		m := url.FindStringSubmatch(w.log("isbasi-sandbox"))
		if m != nil {
			w.url = m[1]
		}
		return m != nil
	})
}

// stopBooks makes İşbaşı unreachable.
func (w *world) stopBooks() {
	w.t.Helper()
	if err := w.books.Process.Kill(); err != nil {
		w.t.Fatal(err)
	}
	<-w.booksEnded
}

// restartBooks starts the stand-in anew at its address, with other faults than before or with none.
func (w *world) restartBooks(faults ...string) {
	w.t.Helper()
	if w.books.ProcessState == nil {
		w.stopBooks()
	}
	if i := slices.Index(w.flags, "-faults"); i >= 0 {
		w.flags = slices.Delete(slices.Clone(w.flags), i, i+2)
	}
	if len(faults) > 0 {
		w.flags = append(slices.Clone(w.flags), "-faults", strings.Join(faults, "; "))
	}
	w.startBooks(w.url[len("http://"):])
}

// supply is what a world is filled with.
type supply struct {
	catalogue string   // file of the shop's products
	flags     []string // of the stand-in: its products
}

// demoSupply is the demo company's: believable, with prices and stock.
func demoSupply(t *testing.T) supply {
	t.Helper()
	return supply{catalogue: rooted(t, "assets/demo/catalogue.csv")}
}

// realSupply is a real shop's catalogue and a real list of 38,760 products; as many generated ones where
// the files are not to be had.
func realSupply(t *testing.T) supply {
	t.Helper()
	given := realData()
	if given == "" {
		t.Log("no real data (SOPYO_TESTDATA): the demo catalogue and generated products stand in")
		return supply{catalogue: demoSupply(t).catalogue, flags: []string{"-n", "38760"}}
	}
	return supply{
		catalogue: filepath.Join(given, "bufe-pos", "products.csv"),
		flags:     []string{"-products", filepath.Join(given, "netdata-barkod", "urunler.xlsx")},
	}
}

// realData is the folder of real product files: SOPYO_TESTDATA, else shared/data beside the checkout;
// "" when there is none.
func realData() string {
	for _, dir := range []string{os.Getenv("SOPYO_TESTDATA"), filepath.Join(root, "../shared/data")} {
		if _, err := os.Stat(filepath.Join(dir, "netdata-barkod", "urunler.xlsx")); dir != "" && err == nil {
			if abs, err := filepath.Abs(dir); err == nil {
				return abs
			}
		}
	}
	return ""
}

func rooted(t *testing.T, path string) string {
	t.Helper()
	abs, err := filepath.Abs(filepath.Join(root, path))
	if err != nil {
		t.Fatal(err)
	}
	return abs
}

// window opens the program on the world.
func (w *world) window(album, lang string, args ...string) *window {
	w.t.Helper()
	return w.open(albumDir(w.t, album), lang, append(args, "--data", w.data, "--isbasi-url", w.url)...)
}

// ctl runs sopyoctl on a data folder and gives its JSON.
func (w *world) ctl(data string, args ...string) map[string]any {
	w.t.Helper()
	out := w.run(program(w.t, "sopyoctl"), append(args, "--data", data, "--isbasi-url", w.url, "--json", "--lang", "tr")...)
	var answer map[string]any
	if err := json.Unmarshal([]byte(out), &answer); err != nil {
		w.t.Fatalf("sopyoctl %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return answer
}

// prepare fills the catalogue of a data folder and signs it in by account.
func (w *world) prepare(data string) {
	w.t.Helper()
	w.ctl(data, "catalogue", "import", w.catalogue)
	w.signIn(data)
}

// signIn signs a data folder in by account.
func (w *world) signIn(data string) {
	w.t.Helper()
	w.ctl(data, "authorize", "--yes", "--username", user,
		"--api-key-file", w.write("key.txt", w.key), "--password-file", w.write("password.txt", "demo-parola"))
}

// secrets gives everything the program keeps in the keyring, and what was typed.
func (w *world) secrets() []string {
	w.t.Helper()
	found := []string{w.key, "demo-parola"}
	out := w.run("secret-tool", "search", "--all", "--unlock", "service", "sopyo")
	for _, line := range strings.Split(out, "\n") {
		if secret, ok := strings.CutPrefix(line, "secret = "); ok && len(secret) > 6 && secret != user {
			found = append(found, secret)
		}
	}
	if len(found) < 4 {
		w.t.Errorf("the keyring holds %d secrets of ours; a session has more", len(found)-2)
	}
	return found
}

// searchFor looks for secrets in every file of the home folder that is not the keyring's or the
// browser's own: data, logs, exports, caches, and what the programs printed.
func (w *world) searchFor(secrets []string) {
	w.t.Helper()
	files := 0
	err := filepath.WalkDir(w.home, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() && (e.Name() == "keyrings" || e.Name() == "chromium" || e.Name() == "in") {
			return fs.SkipDir
		}
		if !e.Type().IsRegular() {
			return nil
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		if filepath.Base(path) == "isbasi-sandbox.log" {
			return nil // the stand-in tells its key: that is how a person learns it
		}
		for _, s := range secrets {
			if bytes.Contains(raw, []byte(s)) {
				w.t.Errorf("a secret (%d letters, %s…) stands in %s", len(s), s[:3], path)
			}
		}
		return nil
	})
	if err != nil || files < 5 {
		w.t.Errorf("searched %d files: %v", files, err)
	}
}

// write makes a file of a person's own in the home folder, apart from the program's.
func (w *world) write(name, text string) string {
	w.t.Helper()
	path := filepath.Join(w.home, "in", name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		w.t.Fatal(err)
	}
	return path
}
