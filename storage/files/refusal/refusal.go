// Package refusal makes the errors of files that cannot be taken: what is wrong is a translation key "file.…", and where is a line. It is what
// each room of files says no with, so that a person reads one kind of sentence whatever the file is made of.
package refusal

import (
	"errors"
	"io"
	"io/fs"
	"strconv"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/disk"
)

// New makes the error of a file that cannot be taken, domain.KindFile: key is a translation key "file.…", line where it is, from 1; 0: the
// whole file.
func New(key string, line int, cause error) *domain.Error {
	e := &domain.Error{Kind: domain.KindFile, Detail: key, Err: cause}
	if line > 0 {
		e.Field = strconv.Itoa(line)
	}
	return e
}

// Empty is the error of a file that has nothing below its header.
func Empty() *domain.Error {
	return &domain.Error{Kind: domain.KindEmptyFile, Detail: "file.empty"}
}

// Located adds the file's name to err, and a kind if it has none.
func Located(name string, err error) error {
	var e *domain.Error
	if !errors.As(err, &e) {
		e = New("file.unreadable", 0, err)
		if errors.Is(err, io.ErrUnexpectedEOF) {
			e.Detail = "file.broken"
		}
	}
	named := *e
	named.Op = "read " + name
	return &named
}

// HasKind tells whether err says already what is wrong with the file.
func HasKind(err error) bool {
	var e *domain.Error
	return errors.As(err, &e)
}

// Unopened is the error of a file or folder that the system does not open.
func Unopened(err error) *domain.Error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return New("file.not-found", 0, err)
	case errors.Is(err, fs.ErrPermission):
		return New("file.no-permission", 0, err)
	case disk.IsHeld(err):
		return New("file.held", 0, err)
	}
	return New("file.unreadable", 0, err)
}

// Looking is Unopened for a file or folder that somebody looks at.
func Looking(err error) error {
	e := Unopened(err)
	e.Op = "look at the file"
	return e
}

// Foreign gives an error of whoever gives the rows a kind, so that it is not taken for one of the disk.
func Foreign(err error) error {
	if HasKind(err) {
		return err
	}
	return domain.E(domain.KindInternal, "read the rows", err)
}
