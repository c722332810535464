package documents

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestDocuments_goWhereThePersonLooks(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	midnight := time.Date(2026, 11, 26, 21, 5, 0, 0, time.UTC)
	c := Company{Folders: Folders{Data: t.TempDir()}, ID: "deneme", Stem: "Deneme A-B- Ltd. Şti-"}
	write := func(path, text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	hello := func(w io.Writer) error { _, err := io.WriteString(w, "merhaba"); return err }
	for _, made := range []string{"", "OneDrive/Documents", "Belgeler", "Documents"} {
		if err := os.MkdirAll(filepath.Join(home, filepath.FromSlash(made)), 0o700); err != nil {
			t.Fatal(err)
		}
		path, err := c.Create("liste", ".html", midnight, hello)
		if err != nil || filepath.Dir(path) != filepath.Join(home, filepath.FromSlash(made), "Sopyo", "Deneme A-B- Ltd. Şti-") {
			t.Errorf("%s: %s, %v", made, path, err)
		}
		if name := filepath.Base(path); name != "liste 2026-11-27 0005.html" {
			t.Error(name)
		}
		if raw, err := os.ReadFile(path); err != nil || string(raw) != "merhaba" {
			t.Errorf("%q, %v", raw, err)
		}
	}
	// A file of that name is no documents folder.
	other := t.TempDir()
	t.Setenv("HOME", other)
	t.Setenv("USERPROFILE", other)
	write(filepath.Join(other, "Documents"), "x")
	if dir, err := c.Folder(); err != nil || dir != filepath.Join(other, "Sopyo", "Deneme A-B- Ltd. Şti-") {
		t.Errorf("%s, %v", dir, err)
	}
	write(filepath.Join(other, "Sopyo"), "x")
	own := filepath.Join(c.Folders.Data, "reports", "deneme")
	if path, err := c.Create("liste", ".xlsx", midnight, hello); err != nil || path != filepath.Join(own, "liste 2026-11-27 0005.xlsx") {
		t.Errorf("a file in the way: %s, %v", path, err)
	}
	t.Setenv("HOME", "")
	t.Setenv("USERPROFILE", "")
	if path, err := c.Create("liste", ".csv", midnight, hello); err != nil || path != filepath.Join(own, "liste 2026-11-27 0005.csv") {
		t.Errorf("no home: %s, %v", path, err)
	}
	c.Folders.Data = filepath.Join(own, "liste 2026-11-27 0005.csv")
	_, err := c.Create("liste", ".xlsx", midnight, hello)
	if domain.KindOf(err) != domain.KindDisk {
		t.Errorf("nowhere at all: %v", err)
	}
}

func TestReports_goToThePersonsDocumentsUnlessAFolderWasNamed(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	c := Company{Folders: Folders{Data: filepath.Join(home, "veri")}, ID: "kimlik", Stem: "A-B Ltd-"}
	own, documents := filepath.Join(home, "veri", "reports", "kimlik"), filepath.Join(home, "Sopyo", "Raporlar", "A-B Ltd-")
	want := func(want ...string) {
		t.Helper()
		if got := c.Reports("Raporlar"); !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
	want(documents, own)
	c.Folders.Named = true
	want(own)
	c.Folders.Named = false
	t.Setenv("HOME", "")
	t.Setenv("USERPROFILE", "")
	want(own)
}
