package report

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/sopyo/sopyo-desktop/domain"
)

// maxSame ends the search for a free name.
const maxSame = 1000

// Save writes a new file dir/stem.ext and gives its path. A file of that name is never written over: the
// new one is called stem-2.ext and so on. The folder is made if it is missing. A file that could not be
// written whole is taken away again. Errors: those of write, domain.KindDisk.
func Save(dir, stem, ext string, write func(io.Writer) error) (string, error) {
	const op = "save the report"
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", domain.E(domain.KindDisk, op, err)
	}
	for n := 1; n <= maxSame; n++ {
		name := stem + ext
		if n > 1 {
			name = fmt.Sprintf("%s-%d%s", stem, n, ext)
		}
		path := filepath.Join(dir, name)
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", domain.E(domain.KindDisk, op, err)
		}
		if err := fill(f, write, f.Sync); err != nil {
			return "", errors.Join(err, os.Remove(path))
		}
		return path, nil
	}
	return "", &domain.Error{Kind: domain.KindDisk, Op: op, Detail: filepath.Join(dir, stem+ext)}
}

// WriteFile writes the file that a person named, in place of the one before, which stays until the new one
// is whole. What is no file, like a device, is written into. Errors as of Save.
func WriteFile(path string, write func(io.Writer) error) error {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target // the link stays one
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return domain.E(domain.KindDisk, opWrite, err)
		}
		return fill(f, write, func() error { return nil })
	}
	temp, err := os.CreateTemp(filepath.Dir(path), ".sopyo-*.tmp")
	if err != nil {
		return domain.E(domain.KindDisk, opWrite, err)
	}
	if err = fill(temp, write, temp.Sync); err == nil {
		if err = os.Rename(temp.Name(), path); err == nil {
			return nil
		}
		err = domain.E(domain.KindDisk, opWrite, err)
	}
	return errors.Join(err, os.Remove(temp.Name()))
}

const opWrite = "write the report"

// fill writes f and closes it; flush brings what was written to the disk.
func fill(f *os.File, write func(io.Writer) error, flush func() error) error {
	out := bufio.NewWriter(f)
	err := write(out)
	var known *domain.Error
	if errors.As(err, &known) {
		return errors.Join(err, f.Close())
	}
	if err == nil {
		err = out.Flush()
	}
	if err == nil {
		err = flush()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return domain.E(domain.KindDisk, opWrite, err)
	}
	return nil
}
