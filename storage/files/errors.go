package files

import (
	"errors"
	"io"
	"io/fs"
	"strconv"

	"github.com/sopyo/sopyo-desktop/domain"
)

// refuse makes the error of a file that cannot be taken; line 0 = the whole file.
func refuse(key string, line int, cause error) *domain.Error {
	e := &domain.Error{Kind: domain.KindFile, Detail: key, Err: cause}
	if line > 0 {
		e.Field = strconv.Itoa(line)
	}
	return e
}

func empty() *domain.Error {
	return &domain.Error{Kind: domain.KindEmptyFile, Detail: "file.empty"}
}

// located adds the file's name to err, and a kind if it has none.
func located(name string, err error) error {
	var e *domain.Error
	if !errors.As(err, &e) {
		e = refuse("file.unreadable", 0, err)
		if errors.Is(err, io.ErrUnexpectedEOF) {
			e.Detail = "file.broken"
		}
	}
	named := *e
	named.Op = "read " + name
	return &named
}

func hasKind(err error) bool {
	var e *domain.Error
	return errors.As(err, &e)
}

// unopened is the error of a file or folder that the system does not open.
func unopened(err error) *domain.Error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return refuse("file.not-found", 0, err)
	case errors.Is(err, fs.ErrPermission):
		return refuse("file.no-permission", 0, err)
	}
	return refuse("file.unreadable", 0, err)
}

func fileError(err error) error {
	e := unopened(err)
	e.Op = "look at the file"
	return e
}

// foreign gives an error of whoever gives the rows a kind, so that it is not taken for one of the disk.
func foreign(err error) error {
	if hasKind(err) {
		return err
	}
	return domain.E(domain.KindInternal, "read the rows", err)
}
