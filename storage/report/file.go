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
		if err := fill(f, write); err != nil {
			return "", errors.Join(err, os.Remove(path))
		}
		return path, nil
	}
	return "", &domain.Error{Kind: domain.KindDisk, Op: op, Detail: filepath.Join(dir, stem+ext)}
}

// WriteFile writes the file that a person named, in place of the one before.
func WriteFile(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return domain.E(domain.KindDisk, "write the report", err)
	}
	return fill(f, write)
}

func fill(f *os.File, write func(io.Writer) error) error {
	out := bufio.NewWriter(f)
	err := write(out)
	var known *domain.Error
	if err != nil && errors.As(err, &known) {
		return errors.Join(err, f.Close())
	}
	if err == nil {
		err = out.Flush()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return domain.E(domain.KindDisk, "write the report", err)
	}
	return nil
}
