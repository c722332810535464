package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Refused is Failed of writing at path: where its details say nothing, with the place of it that is wrong in the detail, and what
// is wrong there in the field (domain.AtNoFolder, AtFolder, AtNoRight or AtFile).
func Refused(op, path string, err error) error {
	if err == nil || hasKind(err) {
		return Failed(op, err)
	}
	e, folder := failure(op, err), filepath.Dir(path)
	switch {
	case e.Detail != "":
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		e.Field, e.Detail = domain.AtNoRight, folder
	case isFolder(path):
		e.Field, e.Detail = domain.AtFolder, path
	case errors.Is(err, syscall.ENOTDIR), errors.Is(err, fs.ErrNotExist): // of a file as a folder systems say the one or the other
		if e.Field, e.Detail = domain.AtNoFolder, folder; !isFolder(there(folder)) {
			e.Field, e.Detail = domain.AtFile, there(folder)
		}
	}
	return e
}

// there is the nearest at or above a folder that is there.
func there(folder string) string {
	for {
		if _, err := os.Stat(folder); err == nil || filepath.Dir(folder) == folder {
			return folder
		}
		folder = filepath.Dir(folder)
	}
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
