package disk

import (
	"os"
	"path/filepath"
	"testing"
)

func TestDocuments_areWhereThePersonLooks(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	t.Setenv("XDG_CONFIG_HOME", "")
	for _, made := range []string{"", "OneDrive/Belgeler", "OneDrive/Documents", "Belgeler", "Documents"} {
		want := filepath.Join(home, filepath.FromSlash(made))
		if err := os.MkdirAll(want, 0o700); err != nil {
			t.Fatal(err)
		}
		if got, err := Documents(); err != nil || got != want {
			t.Errorf("%s: %s, %v", made, got, err)
		}
	}
}
