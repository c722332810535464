// Package document is a file on the disk as it was when it was opened, whatever it is made of: bytes that end when a person stops, and a word
// where somebody has changed them meanwhile. What is packed in it, and its XML, come out in bounds.
package document

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/files/refusal"
)

// Document is a file on the disk as it was when it was opened. Reading it ends when the context does,
// however much of it is still to come.
type Document struct {
	ctx       context.Context // an io.ReaderAt is told of none
	file      File
	Size      int64 // bytes
	changedAt time.Time
	said      error // by the disk, last
}

// File is what is asked of an open file.
type File interface {
	io.ReaderAt
	io.Closer
	Stat() (os.FileInfo, error)
}

// Open opens a regular file; reading it ends when ctx does. Errors are those of OpenRegular.
func Open(ctx context.Context, path string) (*Document, error) {
	file, info, err := OpenRegular(path)
	if err != nil {
		return nil, err
	}
	return Of(ctx, file, info.Size(), info.ModTime()), nil
}

// Of is an open file of size bytes that was changed last at changedAt.
func Of(ctx context.Context, file File, size int64, changedAt time.Time) *Document {
	return &Document{ctx: ctx, file: file, Size: size, changedAt: changedAt}
}

// OpenRegular opens a regular file. Opening anything else may wait for ever, or never end. Errors are domain.KindFile: file.folder,
// file.not-a-file, file.not-found, file.no-permission, file.unreadable.
func OpenRegular(path string) (*os.File, os.FileInfo, error) {
	path = filepath.Clean(path)
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return nil, nil, refusal.New("file.folder", 0, nil)
	case err == nil && !info.Mode().IsRegular():
		return nil, nil, refusal.New("file.not-a-file", 0, nil)
	}
	file, err := os.Open(path)
	if err == nil {
		if info, err = file.Stat(); err == nil {
			return file, info, nil
		}
		err = errors.Join(err, file.Close())
	}
	return nil, nil, refusal.Unopened(err)
}

// ReadAt is io.ReaderAt; its error is domain.KindCancelled once the context has ended.
func (d *Document) ReadAt(p []byte, at int64) (int, error) {
	if err := d.ctx.Err(); err != nil {
		return 0, domain.E(domain.KindCancelled, "read the file", err)
	}
	n, err := d.file.ReadAt(p, at)
	if err != nil && !errors.Is(err, io.EOF) {
		d.said = err
	}
	return n, err
}

// Reader reads from the beginning to what was the end.
func (d *Document) Reader() io.Reader { return io.NewSectionReader(d, 0, d.Size) }

// Unchanged refuses a file that somebody wrote into since it was opened: what was read of it is neither
// the old one nor the new one.
func (d *Document) Unchanged() error {
	info, err := d.file.Stat()
	if err != nil {
		return err
	}
	if info.Size() != d.Size || !info.ModTime().Equal(d.changedAt) {
		return refusal.New("file.changed", 0, nil)
	}
	return nil
}

// Excuse gives the reason of an error where it is that the file changed meanwhile.
func (d *Document) Excuse(err error) error {
	if changed := d.Unchanged(); changed != nil && domain.KindOf(err) != domain.KindCancelled {
		return changed
	}
	return err
}

// Close closes the file.
func (d *Document) Close() error { return d.file.Close() }

// Failed is what the disk said last, nil where it gave all that was asked of it.
func (d *Document) Failed() error { return d.said }
