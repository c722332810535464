package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Files gives the paths of the files in a folder whose names begin so, in the order of their names; none where there is no
// folder. (A pattern would read what stands in the folder's own path.)
func Files(dir, prefix string) (paths []string, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, domain.E(domain.KindDisk, "list "+dir, err)
	}
	for _, e := range entries {
		if !e.IsDir() && strings.HasPrefix(e.Name(), prefix) {
			paths = append(paths, filepath.Join(dir, e.Name()))
		}
	}
	return paths, nil
}

// Holds tells whether there is a file at path with anything in it.
func Holds(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Size() > 0
}
