// Package backup writes and reads the files in which a company's data is kept, restored and handed over: the databases
// and documents of one company or several with a manifest before them, packed, and encrypted with a password. It knows no
// database: it is given a function that writes a consistent copy of one (orders-invoices.md §10).
//
// A file is one line that says what it is, then a tar archive behind gzip behind age (age-encryption.org/v1, a scrypt
// recipient). The line holds the number of the form and the sum of age's header, by which a header that was damaged is
// told from a password that is wrong. Without its first line the file is age's own: nobody needs this program to read it.
package backup

import (
	"context"
	"io"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/disk"
)

// magic begins a file; behind it stand the form's number, the sum of what follows in hexadecimal, and a line end.
const magic = "sopyoyedek "

// workFactor is the base-2 logarithm of scrypt's cost: 2^17 with 8 blocks takes 128 MB and about half a second, OWASP's
// least for a password that others may try at leisure. age's own 2^18 would take a quarter of a gigabyte. Tests lower it.
var workFactor = 17

// maxWorkFactor keeps a stranger's file from taking more than a gigabyte before its password is refused.
const maxWorkFactor = 20

// Limits of what is read before anything is known to be ours.
const (
	maxHeader   = 4 << 10  // age's header of one scrypt recipient has some 200 bytes
	maxManifest = 64 << 20 // some 400,000 documents
)

// manifestName is that of the first file of the archive.
const manifestName = "manifest.json"

// stopped is a reader that ends with its context.
type stopped struct {
	ctx context.Context
	r   io.Reader
}

func (s stopped) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(p)
}

// mapped gives err a kind: what was cancelled, what has no room, else what the disk says.
func mapped(ctx context.Context, op string, err error) error {
	if err != nil && ctx.Err() != nil {
		return domain.E(domain.KindCancelled, op, ctx.Err())
	}
	return disk.Failed(op, err)
}

func damaged(op string, err error) error { return domain.E(domain.KindBackupDamaged, op, err) }
