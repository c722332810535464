package files

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/storage/disk"
)

// From the top of a drive a person gets to the others.
func TestFolder_atTheTopOfADriveShowsTheOthers(t *testing.T) {
	drives := disk.Drives()
	if !slices.Contains(drives, `C:\`) {
		t.Fatalf("%q", drives)
	}
	top, err := Folders{}.Folder(t.Context(), `C:\`)
	if err != nil || top.Parent != "" {
		t.Fatalf("%+v, %v", top, err)
	}
	for _, d := range drives {
		if slices.Contains(top.Folders, d) != (d != `C:\`) {
			t.Errorf("%s is offered among %q", d, top.Folders)
		}
	}
	below, err := Folders{}.Folder(t.Context(), filepath.Join(`C:\`, "windows"))
	if err != nil || slices.ContainsFunc(drives, func(d string) bool { return slices.Contains(below.Folders, d) }) {
		t.Errorf("%q, %v", below.Folders, err)
	}
}
