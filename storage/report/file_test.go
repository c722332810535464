package report

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestSave_neverWritesOver(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "Raporlar ş#")
	write := func(text string) func(io.Writer) error {
		return func(w io.Writer) error { _, err := io.WriteString(w, text); return err }
	}
	for i, want := range []string{"rapor.html", "rapor-2.html", "rapor-3.html"} {
		path, err := Save(dir, "rapor", ".html", write(want))
		if err != nil || filepath.Base(path) != want {
			t.Fatalf("%d: %s, %v", i, path, err)
		}
	}
	for _, name := range []string{"rapor.html", "rapor-2.html", "rapor-3.html"} {
		if raw, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(raw) != name {
			t.Errorf("%s holds %q, %v", name, raw, err)
		}
	}
	if _, err := Save(dir, "yarim", ".html", func(io.Writer) error { return errors.New("power cut") }); domain.KindOf(err) != domain.KindDisk {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "yarim.html")); err == nil {
		t.Error("half a file was left")
	}
	if _, err := Save(filepath.Join(dir, "rapor.html", "x"), "rapor", ".html", write("")); domain.KindOf(err) != domain.KindDisk {
		t.Errorf("%v", err)
	}
}
