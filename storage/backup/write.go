package backup

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"

	"filippo.io/age"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/backup"
	"github.com/sopyo/sopyo-desktop/storage/disk"
)

// Write encrypts what was gathered into the file at path, which stays as it was until the new one is whole, on the disk,
// and has been read back. KindInvalid (field "password"): there is none; KindDisk, its detail "full" where there is no
// room; KindBackupDamaged: the disk gives back something else than it was given; KindBusy: a document was changed
// meanwhile; KindCancelled.
func (g *Gathered) Write(ctx context.Context, path string, password domain.Secret, p *backup.Progress) (backup.Made, error) {
	if password.Empty() {
		return backup.Made{}, domain.Invalid("password", "required")
	}
	err := disk.WriteChecked(path, func(out io.Writer) error {
		p.Enter(backup.PhaseWriting, g.Manifest.Size())
		return g.encrypt(ctx, out, password, p)
	}, func(written string) error {
		_, err := Check(ctx, written, password, p)
		return err
	})
	if err != nil {
		return backup.Made{}, mapped(ctx, "write the backup", err)
	}
	made := backup.Made{Manifest: g.Manifest, Path: path}
	if info, err := os.Stat(path); err == nil {
		made.Size = info.Size()
	}
	return made, nil
}

// encrypt writes the whole file.
func (g *Gathered) encrypt(ctx context.Context, out io.Writer, password domain.Secret, p *backup.Progress) error {
	recipient, err := age.NewScryptRecipient(backup.Key(password))
	if err != nil {
		return domain.E(domain.KindInternal, "make a key of the password", err)
	}
	recipient.SetWorkFactor(workFactor)
	to := &signed{out: out}
	cipher, err := age.Encrypt(to, recipient)
	if err != nil {
		return err
	}
	debug.FreeOSMemory() // what scrypt took: it is taken once more when the file is read back
	if err := to.sign(); err != nil {
		return err
	}
	packed, err := gzip.NewWriterLevel(cipher, gzip.BestSpeed)
	if err != nil {
		return err
	}
	if err := g.pack(ctx, tar.NewWriter(packed), p); err != nil {
		return err
	}
	return errors.Join(packed.Close(), cipher.Close())
}

// signed holds back what comes first, which is age's header, until its sum can stand before it.
type signed struct {
	out    io.Writer
	header bytes.Buffer
	done   bool
}

func (s *signed) Write(b []byte) (int, error) {
	if s.done {
		return s.out.Write(b)
	}
	return s.header.Write(b)
}

// sign writes the first line and what was held back.
func (s *signed) sign() error {
	s.done = true
	header, _, err := cutHeader(s.header.Bytes())
	if err != nil {
		return err
	}
	if _, err := io.WriteString(s.out, firstLine(backup.Format, header)); err != nil {
		return err
	}
	_, err = s.header.WriteTo(s.out)
	return err
}

// firstLine says what a file is.
func firstLine(format int, header []byte) string {
	begin := fmt.Sprintf("%s%d ", magic, format)
	h := sha256.New()
	h.Write([]byte(begin))
	h.Write(header)
	return begin + hex.EncodeToString(h.Sum(nil)) + "\n"
}

// cutHeader parts age's header, which ends with the line of its own sum, from what follows.
func cutHeader(b []byte) (header, rest []byte, err error) {
	at := bytes.Index(b, []byte("\n--- "))
	if at < 0 {
		return nil, nil, errors.New("no end of the header")
	}
	end := bytes.IndexByte(b[at+1:], '\n')
	if end < 0 {
		return nil, nil, errors.New("the header is cut off")
	}
	end += at + 2
	return b[:end], b[end:], nil
}

// pack writes the archive: the manifest, then each part in its order.
func (g *Gathered) pack(ctx context.Context, archive *tar.Writer, p *backup.Progress) error {
	manifest, err := json.Marshal(g.Manifest)
	if err != nil {
		return err
	}
	if err := archive.WriteHeader(head(manifestName, int64(len(manifest)))); err != nil {
		return err
	}
	if _, err := archive.Write(manifest); err != nil {
		return err
	}
	for i, part := range g.Manifest.Parts {
		if err := archive.WriteHeader(head(inside(part), part.Size)); err != nil {
			return err
		}
		h := sha256.New()
		n, err := copyFile(ctx, io.MultiWriter(archive, h, counter{p}), g.paths[i])
		if errors.Is(err, tar.ErrWriteTooLong) || err == nil && (n != part.Size || hex.EncodeToString(h.Sum(nil)) != part.SHA256) {
			err = domain.E(domain.KindBusy, "pack "+part.Name, nil)
		}
		if err != nil {
			return err
		}
	}
	return archive.Close()
}

// inside is the path of a part in the archive.
func inside(p backup.Part) string {
	if p.Database() {
		return "companies/" + string(p.Company) + "/" + p.Name
	}
	return "companies/" + string(p.Company) + "/documents/" + p.Name
}

func head(name string, size int64) *tar.Header {
	return &tar.Header{Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o600, ModTime: now}
}
