package database

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/disk"
)

// Mapped gives err a kind that a person can act on; nil stays nil, and an error with a kind keeps it.
// A context that has ended explains whatever the driver says of it.
func Mapped(ctx context.Context, op string, err error) error {
	if err == nil {
		return nil
	}
	var known *domain.Error
	if errors.As(err, &known) {
		return domain.Wrap(err, "%s", op)
	}
	if ended := ctx.Err(); ended != nil {
		kind := domain.KindCancelled
		if errors.Is(ended, context.DeadlineExceeded) {
			kind = domain.KindBusy
		}
		return domain.E(kind, op, ended)
	}
	var path *fs.PathError
	var paths *os.LinkError
	if errors.As(err, &path) || errors.As(err, &paths) {
		return disk.Failed(op, err)
	}
	var se *sqlite.Error
	if !errors.As(err, &se) {
		return domain.E(domain.KindInternal, op, err)
	}
	kind, detail := kindOfCode(se.Code())
	return &domain.Error{Kind: kind, Op: op, Detail: detail, Err: err}
}

// kindOfCode gives what a result code of SQLite, extended or not, means to a person.
func kindOfCode(code int) (kind domain.Kind, detail string) {
	switch code & 0xff { // the low byte is the primary result code
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return domain.KindBusy, ""
	case lib.SQLITE_FULL:
		return domain.KindDisk, "full"
	case lib.SQLITE_READONLY, lib.SQLITE_IOERR, lib.SQLITE_CANTOPEN, lib.SQLITE_PERM:
		return domain.KindDisk, ""
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		return domain.KindData, domain.DataDamaged
	default:
		return domain.KindInternal, ""
	}
}
