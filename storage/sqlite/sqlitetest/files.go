package sqlitetest

import (
	"errors"
	"io/fs"
	"path/filepath"
	"testing"
)

// Files gives the paths of all files under a folder, none where there is no folder.
func Files(t *testing.T, dir string) (paths []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return paths
}
