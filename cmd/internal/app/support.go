package app

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/support"
	"github.com/sopyo/sopyo-desktop/storage/disk"
	"github.com/sopyo/sopyo-desktop/storage/documents"
	"github.com/sopyo/sopyo-desktop/storage/logfile"
	"github.com/sopyo/sopyo-desktop/storage/sqlite"
)

// Support writes what a person may send of the data folder that was named, or this user's, version being the program's. It
// opens nothing, so that it can be had when nothing else works, and while others are at work.
func Support(ctx context.Context, named, version string, now time.Time, out io.Writer) error {
	dir, err := dataFolder(named)
	if err != nil {
		return err
	}
	r := support.Report{MadeAt: now.UTC().Truncate(time.Second), Program: support.Program(version, named != "")}
	paths, err := filepath.Glob(filepath.Join(globbed(dir), "companies", "*.db"))
	if err != nil {
		return domain.E(domain.KindDisk, "look for the companies' files", err)
	}
	for _, path := range append([]string{filepath.Join(dir, "sopyo.db")}, paths...) {
		r.Files = append(r.Files, dataFile(ctx, path))
	}
	if ctx.Err() != nil {
		return domain.E(domain.KindCancelled, "make the support file", ctx.Err())
	}
	if r.Logs, err = logfile.Masked(filepath.Join(dir, "logs")); err != nil {
		return err
	}
	return r.Write(out)
}

// SupportFile writes it into a new file where the person finds it, and gives its path. A named folder that cannot be written is
// no reason to have none: it goes among the person's documents then.
func SupportFile(ctx context.Context, named, version string, now time.Time) (string, error) {
	folder, err := documents.Folders{Data: named, Named: named != ""}.Support()
	if err != nil {
		return "", err
	}
	path, err := supportIn(ctx, folder, named, version, now)
	if named == "" || domain.KindOf(err) != domain.KindDisk {
		return path, err
	}
	if folder, err = (documents.Folders{}).Support(); err != nil {
		return "", err
	}
	return supportIn(ctx, folder, named, version, now)
}

func supportIn(ctx context.Context, folder, named, version string, now time.Time) (string, error) {
	return disk.Create(folder, "sopyo-destek-"+now.In(domain.Istanbul).Format("2006-01-02-1504"), ".txt", func(out io.Writer) error {
		return Support(ctx, named, version, now, out)
	})
}

func dataFile(ctx context.Context, path string) support.DataFile {
	f := support.DataFile{Name: filepath.Base(path)}
	if info, err := os.Stat(path); err == nil {
		f.Size = info.Size()
	}
	var err error
	f.Version, f.Counts, err = sqlite.Counts(ctx, path)
	f.Wrong = domain.KindOf(err)
	return f
}

// globbed is a folder as a pattern of itself.
func globbed(dir string) string {
	return strings.NewReplacer("*", "[*]", "?", "[?]", "[", "[[]").Replace(dir)
}
