// Package disk is the one way by which files for a person are written: beside their place, brought to the
// disk and renamed. It knows names that every system takes, and the folders in which a person looks.
package disk

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

// Write puts what write gives in place of the file at path, which stays until the new one is whole. A link
// stays one, and what is no file, like a device, is written into. Errors: those of write that have a kind,
// domain.KindDisk.
func Write(path string, write func(io.Writer) error) error {
	return WriteChecked(path, write, func(string) error { return nil })
}

// WriteChecked is Write of a file that must be read back before it takes the place of another: check is given the path of
// the one that is whole and on the disk, and what it says against it is the error. Into what is no file it is written
// unchecked.
func WriteChecked(path string, write func(io.Writer) error, check func(path string) error) error {
	err := replace(path, write, check)
	op := "write " + filepath.Base(path)
	var known *domain.Error
	if err == nil || errors.As(err, &known) {
		return domain.Wrap(err, "%s", op)
	}
	return domain.E(domain.KindDisk, op, err)
}

func replace(path string, write func(io.Writer) error, check func(path string) error) error {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target // the link stays one
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		return fill(f, write, func() error { return nil })
	}
	beside, err := os.CreateTemp(filepath.Dir(path), ".sopyo-*.tmp")
	if err != nil {
		return err
	}
	err = fill(beside, write, beside.Sync)
	if err == nil {
		err = check(beside.Name())
	}
	if err == nil {
		err = os.Rename(beside.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(beside.Name()))
	}
	return nil
}

// fill writes f and closes it; flush brings what was written to the disk.
func fill(f *os.File, write func(io.Writer) error, flush func() error) error {
	out := bufio.NewWriterSize(f, 64<<10)
	err := write(out)
	if err == nil {
		err = out.Flush()
	}
	if err == nil {
		err = flush()
	}
	return errors.Join(err, f.Close())
}

// maxSame ends the search for a free name.
const maxSame = 1000

// Create writes a new file dir/stem+ending and gives its path. A file of that name is never written over:
// the new one is called "stem (2)" and so on. The folder is made if it is missing. Nothing is left of a file
// that could not be written whole. Errors as of Write.
func Create(dir, stem, ending string, write func(io.Writer) error) (string, error) {
	op := "write " + stem + ending
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", domain.E(domain.KindDisk, op, err)
	}
	for n := 1; n <= maxSame; n++ {
		name := stem
		if n > 1 {
			name = fmt.Sprintf("%s (%d)", stem, n)
		}
		path := filepath.Join(dir, name+ending)
		taken, err := claim(path)
		if taken {
			continue
		}
		if err != nil {
			return "", domain.E(domain.KindDisk, op, err)
		}
		if err := Write(path, write); err != nil {
			return "", errors.Join(err, os.Remove(path))
		}
		return path, nil
	}
	return "", &domain.Error{Kind: domain.KindDisk, Op: op, Detail: filepath.Join(dir, stem+ending)}
}

// claim makes an empty file that nobody else can make; taken: somebody has.
func claim(path string) (taken bool, err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return errors.Is(err, fs.ErrExist), err
	}
	return false, f.Close()
}
