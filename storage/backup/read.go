package backup

import (
	"archive/tar"
	"bufio"
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
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"

	"filippo.io/age"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/backup"
)

// Read gives the manifest of the file at path; of the rest nothing is read, nor checked. version is the newest of a
// database that this program knows. KindFile (detail "backup"): the file cannot be read; KindNoBackup; KindBackupNewer;
// KindBackupPassword; KindBackupDamaged; KindCancelled; KindInvalid (field "password"): there is none.
func Read(ctx context.Context, path string, password domain.Secret, version int) (backup.Manifest, error) {
	r, err := open(ctx, path, password)
	if err != nil {
		return backup.Manifest{}, err
	}
	if err := errors.Join(r.manifest.Validate(version), r.close()); err != nil {
		return backup.Manifest{}, err
	}
	return r.manifest, nil
}

// Check reads the whole file at path and compares every sum. Errors are those of Read.
func Check(ctx context.Context, path string, password domain.Secret, p *backup.Progress) (backup.Manifest, error) {
	return read(ctx, path, password, backup.PhaseChecking, p, func(backup.Manifest) error { return nil },
		func(backup.Part) (io.WriteCloser, error) { return discard{}, nil })
}

// Unpack reads the whole file at path into the folder dir: DIR/ID.db and DIR/ID/… for its documents. What it has written is
// on the disk. Errors are those of Read, and KindDisk.
func Unpack(ctx context.Context, path string, password domain.Secret, version int, dir string, p *backup.Progress) (backup.Manifest, error) {
	return read(ctx, path, password, backup.PhaseUnpacking, p, func(m backup.Manifest) error { return m.Validate(version) },
		func(part backup.Part) (io.WriteCloser, error) {
			target := filepath.Join(dir, string(part.Company), filepath.FromSlash(part.Name))
			if part.Database() {
				target = filepath.Join(dir, string(part.Company)+".db")
			}
			if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
				return nil, err
			}
			return os.OpenFile(target, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		})
}

type discard struct{}

func (discard) Write(b []byte) (int, error) { return len(b), nil }
func (discard) Close() error                { return nil }

// read goes through the whole file, once may has nothing against its manifest; each part is written into what to gives for it.
func read(ctx context.Context, path string, password domain.Secret, phase backup.Phase, p *backup.Progress, may func(backup.Manifest) error,
	to func(backup.Part) (io.WriteCloser, error),
) (_ backup.Manifest, err error) {
	r, err := open(ctx, path, password)
	if err != nil {
		return backup.Manifest{}, err
	}
	defer func() { err = errors.Join(err, r.close()) }()
	if err := may(r.manifest); err != nil {
		return backup.Manifest{}, err
	}
	p.Enter(phase, r.manifest.Size())
	for _, part := range r.manifest.Parts {
		if err := r.part(ctx, part, p, to); err != nil {
			return backup.Manifest{}, err
		}
	}
	return r.manifest, r.end(ctx)
}

// reader is an open backup, its manifest read.
type reader struct {
	file     *os.File
	from     *source
	unpacked *gzip.Reader
	archive  *tar.Reader
	manifest backup.Manifest
}

// source remembers what the disk itself has said: what is read wrong from a sound disk is damage.
type source struct {
	r   io.Reader
	err error
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}

const openOp = "open the backup"

func open(ctx context.Context, path string, password domain.Secret) (_ *reader, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &domain.Error{Kind: domain.KindFile, Op: openOp, Detail: "backup", Err: err}
	}
	r := &reader{file: f, from: &source{r: stopped{ctx, f}}}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.Close())
		}
	}()
	in := bufio.NewReaderSize(r.from, 64<<10)
	if err := r.recognise(ctx, in); err != nil {
		return nil, err
	}
	if password.Empty() {
		return nil, domain.Invalid("password", "required")
	}
	identity, err := age.NewScryptIdentity(backup.Key(password))
	if err != nil {
		return nil, domain.E(domain.KindInternal, openOp, err)
	}
	identity.SetMaxWorkFactor(maxWorkFactor)
	plain, err := age.Decrypt(in, identity)
	debug.FreeOSMemory() // what scrypt took
	var wrong *age.NoIdentityMatchError
	switch {
	case errors.As(err, &wrong):
		return nil, domain.E(domain.KindBackupPassword, openOp, err)
	case err != nil:
		return nil, r.broken(ctx, err)
	}
	if r.unpacked, err = gzip.NewReader(plain); err != nil {
		return nil, r.broken(ctx, err)
	}
	r.archive = tar.NewReader(r.unpacked)
	return r, r.readManifest(ctx)
}

// recognise reads the first line and compares its sum with the header that follows, which stays to be read.
func (r *reader) recognise(ctx context.Context, in *bufio.Reader) error {
	begin, err := in.Peek(maxHeader)
	if err != nil && !errors.Is(err, io.EOF) {
		return r.broken(ctx, err)
	}
	line, rest, cut := bytes.Cut(begin, []byte("\n"))
	word, ours := strings.CutPrefix(string(line), magic)
	if !ours {
		if bytes.Contains(begin, []byte("age-encryption.org/v")) && bytes.Contains(begin, []byte("-> scrypt ")) || wipedFrom(begin) {
			return damaged(openOp, errors.New("its first line is not ours"))
		}
		return domain.E(domain.KindNoBackup, openOp, nil)
	}
	number, _, _ := strings.Cut(word, " ")
	format, err := strconv.Atoi(number)
	header, _, noEnd := cutHeader(rest)
	if !cut || err != nil || noEnd != nil || firstLine(format, header) != string(line)+"\n" {
		return damaged(openOp, errors.New("the sum of its header differs"))
	}
	if format > backup.Format {
		return domain.E(domain.KindBackupNewer, openOp, fmt.Errorf("form %d", format))
	}
	_, err = in.Discard(len(line) + 1)
	return err
}

// wipedFrom tells whether what begins a file is ours but for a few bits of its first line.
func wipedFrom(begin []byte) bool {
	if len(begin) < len(magic) {
		return false
	}
	same := 0
	for i := range len(magic) {
		if begin[i] == magic[i] {
			same++
		}
	}
	return same >= len(magic)-2
}

func (r *reader) readManifest(ctx context.Context) error {
	h, err := r.archive.Next()
	if err != nil {
		return r.broken(ctx, err)
	}
	if h.Name != manifestName || h.Size > maxManifest {
		return damaged(openOp, errors.New("it does not begin with a manifest"))
	}
	raw, err := io.ReadAll(r.archive)
	if err != nil {
		return r.broken(ctx, err)
	}
	if err := json.Unmarshal(raw, &r.manifest); err != nil {
		return damaged(openOp, err)
	}
	return nil
}

// part reads the next part and compares it with what the manifest says of it.
func (r *reader) part(ctx context.Context, part backup.Part, p *backup.Progress, to func(backup.Part) (io.WriteCloser, error)) (err error) {
	op := "read " + part.Name + " of the backup"
	h, err := r.archive.Next()
	if err != nil {
		return r.broken(ctx, err)
	}
	if h.Name != inside(part) || h.Size != part.Size {
		return damaged(op, fmt.Errorf("%s of %d bytes in its place", h.Name, h.Size))
	}
	out, err := to(part)
	if err != nil {
		return mapped(ctx, op, err)
	}
	defer func() {
		if closed := out.Close(); closed != nil && err == nil {
			err = mapped(ctx, op, closed)
		}
	}()
	sum := sha256.New()
	writing := &sink{to: out}
	if _, err := io.Copy(io.MultiWriter(writing, sum, counter{p}), r.archive); err != nil {
		if writing.err != nil {
			return mapped(ctx, op, writing.err)
		}
		return r.broken(ctx, err)
	}
	if hex.EncodeToString(sum.Sum(nil)) != part.SHA256 {
		return damaged(op, errors.New("its sum differs"))
	}
	if f, ok := out.(*os.File); ok {
		return mapped(ctx, op, f.Sync())
	}
	return nil
}

// sink remembers what the writer itself has said.
type sink struct {
	to  io.Writer
	err error
}

func (s *sink) Write(b []byte) (int, error) {
	n, err := s.to.Write(b)
	s.err = err
	return n, err
}

// end makes sure that nothing follows, to the last block of the cipher: a file that was cut off there is not whole.
func (r *reader) end(ctx context.Context) error {
	if _, err := r.archive.Next(); !errors.Is(err, io.EOF) {
		if err == nil {
			return damaged(openOp, errors.New("more follows than the manifest says"))
		}
		return r.broken(ctx, err)
	}
	if n, err := io.Copy(io.Discard, r.unpacked); err != nil || n > 0 {
		return r.broken(ctx, errors.Join(err, fmt.Errorf("%d bytes behind the archive", n)))
	}
	return nil
}

// broken says why reading has ended: cancelled, a disk that does not read, else damage.
func (r *reader) broken(ctx context.Context, err error) error {
	switch {
	case ctx.Err() != nil:
		return domain.E(domain.KindCancelled, openOp, ctx.Err())
	case r.from.err != nil:
		return &domain.Error{Kind: domain.KindFile, Op: openOp, Detail: "backup", Err: r.from.err}
	default:
		return damaged(openOp, err)
	}
}

func (r *reader) close() error {
	if err := r.file.Close(); err != nil {
		return domain.E(domain.KindFile, "close the backup", err)
	}
	return nil
}
