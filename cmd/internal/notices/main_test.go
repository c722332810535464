package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/assets"
)

// What is embedded is what go.mod, the module cache and assets hold now.
func TestNotices_areOfAllThatTheProgramsAreBuiltOf(t *testing.T) {
	root, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	now, err := document(t.Context(), root)
	if err != nil {
		download := exec.CommandContext(t.Context(), "go", "mod", "download")
		download.Dir = root
		if out, failed := download.CombinedOutput(); failed != nil {
			t.Skipf("the modules of other systems can't be had here: %v: %v\n%s", err, failed, out)
		}
		t.Fatal(err)
	}
	embedded := strings.ReplaceAll(assets.Notices(), "\r\n", "\n")
	if now != embedded {
		t.Errorf("assets/notices/notices.txt is not of these modules; run: go generate ./assets\n%s", difference(embedded, now))
	}
	var names []string
	for _, work := range assets.Works() {
		name, _, _ := strings.Cut(work.Name, " v")
		names = append(names, name)
		if len(work.Text) < 20 || !strings.HasPrefix(work.Text, "---- ") {
			t.Errorf("%s has no licence: %q", work.Name, work.Text)
		}
	}
	// Of every system, of each program, of Go, and of what is embedded.
	for _, want := range []string{
		"Go", "fyne.io/fyne/v2", "modernc.org/sqlite", "github.com/danieljoos/wincred", "github.com/inconshreveable/mousetrap",
		"github.com/godbus/dbus/v5", "github.com/go-gl/glfw/v3.4/glfw", "github.com/spf13/cobra", "filippo.io/age", "Noto Sans", "il-ilce",
	} {
		if !slices.Contains(names, want) {
			t.Errorf("%s is not thanked", want)
		}
	}
	for _, want := range []string{"Marcus Geelnard", "SIL OPEN FONT LICENSE", "SQLite Is Public Domain", "rsms/inter"} {
		if !strings.Contains(assets.Notices(), want) {
			t.Errorf("%q is missing: of what lies inside a module", want)
		}
	}
}

// difference lists the works that only one of two texts has.
func difference(a, b string) string {
	heads := func(text string) (all []string) {
		for line := range strings.Lines(text) {
			if strings.HasPrefix(line, "==== ") || strings.HasPrefix(line, "---- ") {
				all = append(all, line)
			}
		}
		return all
	}
	var lines []string
	for _, h := range heads(a) {
		if !slices.Contains(heads(b), h) {
			lines = append(lines, "gone: "+h)
		}
	}
	for _, h := range heads(b) {
		if !slices.Contains(heads(a), h) {
			lines = append(lines, "new: "+h)
		}
	}
	return strings.Join(lines, "")
}

func TestNotices_areOfTheFoldersThatAreBuilt(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("licence.go", "package x")
	write("testdata/LICENSE", "of a test")
	write(".github/LICENSE", "of a workflow")
	if _, err := notices(dir); err == nil {
		t.Error("a work without a licence is taken")
	}
	write("COPYING", "\ufeffone  \r\n\ftwo\t\r\n\r\n")
	write("c/src/LICENSE.md", "of its C")
	found, err := notices(dir)
	if err != nil || len(found) != 2 || found["COPYING"] != "one\ntwo" || found["c/src/LICENSE.md"] != "of its C" {
		t.Errorf("%q %v", found, err)
	}
}
