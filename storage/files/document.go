package files

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// document is a file on the disk as it was when it was opened. Reading it ends when the context does,
// however much of it is still to come.
type document struct {
	ctx       context.Context // an io.ReaderAt is told of none
	file      regularFile
	size      int64
	changedAt time.Time
	failed    error // what the disk said last
}

// regularFile is what is asked of an open file.
type regularFile interface {
	io.ReaderAt
	io.Closer
	Stat() (os.FileInfo, error)
}

func openDocument(ctx context.Context, path string) (*document, error) {
	file, info, err := openRegular(path)
	if err != nil {
		return nil, err
	}
	return &document{ctx: ctx, file: file, size: info.Size(), changedAt: info.ModTime()}, nil
}

// openRegular opens a regular file. Opening anything else may wait for ever, or never end.
func openRegular(path string) (*os.File, os.FileInfo, error) {
	path = filepath.Clean(path)
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return nil, nil, refuse("file.folder", 0, nil)
	case err == nil && !info.Mode().IsRegular():
		return nil, nil, refuse("file.not-a-file", 0, nil)
	}
	file, err := os.Open(path)
	if err == nil {
		if info, err = file.Stat(); err == nil {
			return file, info, nil
		}
		err = errors.Join(err, file.Close())
	}
	return nil, nil, unopened(err)
}

func (d *document) ReadAt(p []byte, at int64) (int, error) {
	if err := d.ctx.Err(); err != nil {
		return 0, domain.E(domain.KindCancelled, "read the file", err)
	}
	n, err := d.file.ReadAt(p, at)
	if err != nil && !errors.Is(err, io.EOF) {
		d.failed = err
	}
	return n, err
}

// reader reads from the beginning to what was the end.
func (d *document) reader() io.Reader { return io.NewSectionReader(d, 0, d.size) }

// unchanged refuses a file that somebody wrote into since it was opened: what was read of it is neither
// the old one nor the new one.
func (d *document) unchanged() error {
	info, err := d.file.Stat()
	if err != nil {
		return err
	}
	if info.Size() != d.size || !info.ModTime().Equal(d.changedAt) {
		return refuse("file.changed", 0, nil)
	}
	return nil
}

// excuse gives the reason of an error where it is that the file changed meanwhile.
func (d *document) excuse(err error) error {
	if changed := d.unchanged(); changed != nil && domain.KindOf(err) != domain.KindCancelled {
		return changed
	}
	return err
}

func (d *document) close() error { return d.file.Close() }
