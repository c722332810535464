package report

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

func TestFiles_areKeptInTheFirstFolderThatTakesThem(t *testing.T) {
	home := t.TempDir()
	documents, own := filepath.Join(home, "tr", "documents"), filepath.Join(home, "own")
	f := Files{Folders: func(w words.Words) []string { return []string{filepath.Join(home, w.Lang, "documents"), own} }}
	w := words.New("tr", nil)
	hello := func(out io.Writer) error { _, err := io.WriteString(out, "merhaba"); return err }
	for _, folder := range []string{documents, own} {
		path, err := f.Create(w, "r", ".html", hello)
		if raw, read := os.ReadFile(path); err != nil || read != nil || string(raw) != "merhaba" || path != filepath.Join(folder, "r.html") || !f.Exists(path) {
			t.Errorf("%s, %v, %v", path, err, read)
		}
		if err := os.RemoveAll(folder); err != nil { // and takes no more
			t.Fatal(err)
		}
		if f.Exists(path) {
			t.Errorf("%s was taken away", path)
		}
		if err := os.WriteFile(folder, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if path, err := f.Create(w, "r", ".html", hello); domain.KindOf(err) != domain.KindDisk || path != "" {
		t.Errorf("nowhere to save: %s, %v", path, err)
	}
}
