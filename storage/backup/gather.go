package backup

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/backup"
	"github.com/sopyo/sopyo-desktop/storage/disk"
)

// Source is a company that is to be backed up.
type Source struct {
	Company domain.Company
	// Copy writes a consistent copy of the company's database to path, while others may work on it, and tells what it holds.
	Copy func(ctx context.Context, path string, p *backup.Progress) (backup.Content, error)
	// Documents is the folder of its documents, which need not be there.
	Documents string
}

// Gathered is what will be in a backup, copied and counted. It is to be closed.
type Gathered struct {
	Manifest backup.Manifest
	temp     string
	paths    []string // of the parts
}

// Gather copies what sources hold into a new folder under temp, documents aside: those are written once and read where
// they lie. What is there in plain letters must not be where a person looks, nor where a cloud does.
func Gather(ctx context.Context, temp string, m backup.Manifest, sources []Source, p *backup.Progress) (_ *Gathered, err error) {
	const op = "gather what is backed up"
	if err := os.MkdirAll(temp, 0o700); err != nil {
		return nil, mapped(ctx, op, err)
	}
	g := &Gathered{Manifest: m}
	g.Manifest.Format = backup.Format
	if g.temp, err = os.MkdirTemp(temp, "gather-"); err != nil {
		return nil, mapped(ctx, op, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(mapped(ctx, op, err), g.Close())
		}
	}()
	for _, s := range sources {
		path := filepath.Join(g.temp, string(s.Company.ID)+".db")
		content, err := s.Copy(ctx, path, p)
		if err != nil {
			return nil, err
		}
		content.ID, content.Name, content.TenantID, content.Demo = s.Company.ID, s.Company.Name, s.Company.TenantID, s.Company.Demo
		g.add(s.Company.ID, backup.DatabasePart, path)
		documents, err := g.addDocuments(s)
		if err != nil {
			return nil, err
		}
		content.Documents = documents
		g.Manifest.Companies = append(g.Manifest.Companies, content)
	}
	return g, g.sum(ctx, p)
}

func (g *Gathered) add(id domain.CompanyID, name, path string) {
	g.Manifest.Parts = append(g.Manifest.Parts, backup.Part{Company: id, Name: name})
	g.paths = append(g.paths, path)
}

// addDocuments adds the files of a company's documents in the order of their names, and counts them.
func (g *Gathered) addDocuments(s Source) (n int, err error) {
	err = filepath.WalkDir(s.Documents, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && path == s.Documents {
			return nil
		}
		if err != nil || !d.Type().IsRegular() || filepath.Ext(path) == ".tmp" {
			return err
		}
		name, err := filepath.Rel(s.Documents, path)
		if err != nil {
			return err
		}
		g.add(s.Company.ID, filepath.ToSlash(name), path)
		n++
		return nil
	})
	return n, err
}

// sum fills in the sizes and sums of the parts.
func (g *Gathered) sum(ctx context.Context, p *backup.Progress) error {
	var all int64
	for i, path := range g.paths {
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		g.Manifest.Parts[i].Size = info.Size()
		all += info.Size()
	}
	p.Enter(backup.PhaseHashing, all)
	for i, path := range g.paths {
		part := &g.Manifest.Parts[i]
		h := sha256.New()
		n, err := copyFile(ctx, io.MultiWriter(h, counter{p}), path)
		if err != nil {
			return err
		}
		part.Size, part.SHA256 = n, hex.EncodeToString(h.Sum(nil))
	}
	return nil
}

// Digest is the same for the same content: a backup of which it is that of the last one need not be written.
func (g *Gathered) Digest() string {
	h := sha256.New()
	for _, p := range g.Manifest.Parts {
		fmt.Fprintf(h, "%s\n%s\n%d\n%s\n", p.Company, p.Name, p.Size, p.SHA256)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Close removes the copies.
func (g *Gathered) Close() error {
	if err := disk.RemoveAll(g.temp); err != nil {
		return domain.E(domain.KindDisk, "remove the copies", err)
	}
	return nil
}

// Clean removes what work that was killed has left: copies under temp, and files in the folder of backups that did not
// become whole. Nobody else may be at work in either.
func Clean(ctx context.Context, temp, folder string) (err error) {
	for _, left := range []struct{ dir, prefix, suffix string }{{temp, "gather-", ""}, {folder, ".sopyo-", ".tmp"}} {
		entries, unread := os.ReadDir(left.dir)
		if unread != nil && !errors.Is(unread, fs.ErrNotExist) {
			err = errors.Join(err, unread)
		}
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), left.prefix) && strings.HasSuffix(e.Name(), left.suffix) {
				err = errors.Join(err, disk.RemoveAll(filepath.Join(left.dir, e.Name())))
			}
		}
	}
	return mapped(ctx, "remove what was left of a backup", err)
}

// copyFile copies a whole file until ctx ends.
func copyFile(ctx context.Context, to io.Writer, path string) (n int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return io.Copy(to, stopped{ctx, f})
}

// counter counts what is written to it.
type counter struct{ p *backup.Progress }

func (c counter) Write(b []byte) (int, error) {
	c.p.Add(int64(len(b)))
	return len(b), nil
}

// now is when a file inside an archive was made: none of ours says.
var now = time.Unix(0, 0).UTC()
