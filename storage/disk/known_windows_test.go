package disk

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/sys/windows/registry"
)

// Documents that a person or OneDrive has moved are found where Windows says they are, and only for who is signed in.
func TestDocuments_areWhereWindowsHasThem(t *testing.T) {
	moved := filepath.Join(t.TempDir(), "OneDrive - Ayşe", "Belgeler")
	if err := os.MkdirAll(moved, 0o700); err != nil {
		t.Fatal(err)
	}
	const shell = `Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders`
	key, err := registry.OpenKey(registry.CURRENT_USER, shell, registry.ALL_ACCESS)
	if err != nil {
		t.Skip(err)
	}
	before, _, err := key.GetStringValue("Personal")
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(key.SetExpandStringValue("Personal", before), key.Close()); err != nil {
			t.Error(err)
		}
	})
	if err := key.SetExpandStringValue("Personal", moved); err != nil {
		t.Fatal(err)
	}
	home, err := os.UserHomeDir()
	if err != nil {
		t.Fatal(err)
	}
	if got, err := Documents(); err != nil || got != moved {
		t.Errorf("%s, %v, want %s", got, err, moved)
	}
	if all := Usual(home); !slices.Contains(all, moved) {
		t.Errorf("%q is not among %q", moved, all)
	}
	other := t.TempDir()
	t.Setenv("USERPROFILE", other)
	if got, err := Documents(); err != nil || got != other {
		t.Errorf("of another home: %s, %v", got, err)
	}
}
