package report

import (
	"io"
	"os"

	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/storage/disk"
)

// Files keep a company's reports in the first of those folders that takes them.
type Files struct {
	Folders func(w words.Words) []string
}

// Create writes a new file and gives its path.
func (f Files) Create(w words.Words, stem, ending string, write func(io.Writer) error) (path string, err error) {
	for _, dir := range f.Folders(w) {
		if path, err = disk.Create(dir, stem, ending, write); err == nil {
			return path, nil
		}
	}
	return "", err
}

// Exists tells whether the file at path is there.
func (Files) Exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
