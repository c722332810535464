package disk

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// The desktop's own setting, wherever its settings lie, comes before all names; a folder that is the home itself is none.
func TestDocuments_areWhereTheDesktopHasThem(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	own, config := filepath.Join(home, `Evrak "ş" $1`), filepath.Join(t.TempDir(), "ayar")
	for _, dir := range []string{own, filepath.Join(home, "Documents"), filepath.Join(home, ".config"), config} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	const said = "# xdg-user-dirs\nXDG_DOWNLOAD_DIR=\"$HOME/Documents\"\nXDG_DESKTOP_DIR=\"$HOME/\"\nXDG_DOCUMENTS_DIR=\"$HOME/Evrak \\\"ş\\\" \\$1\"\n"
	for set, dir := range map[string]string{"": filepath.Join(home, ".config"), config: config} {
		t.Setenv("XDG_CONFIG_HOME", set)
		if got, err := Documents(); err != nil || got != filepath.Join(home, "Documents") {
			t.Errorf("without a setting: %s, %v", got, err)
		}
		if err := os.WriteFile(filepath.Join(dir, "user-dirs.dirs"), []byte(said), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := Documents(); err != nil || got != own {
			t.Errorf("%s: %s, %v", set, got, err)
		}
		if all := Usual(home); !slices.Equal(all[:2], []string{filepath.Join(home, "Documents"), own}) || slices.Contains(all, home) {
			t.Errorf("%q", all)
		}
		if err := os.Remove(filepath.Join(dir, "user-dirs.dirs")); err != nil {
			t.Fatal(err)
		}
	}
}
