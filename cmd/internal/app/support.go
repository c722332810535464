package app

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/support"
	"github.com/sopyo/sopyo-desktop/storage/disk"
	"github.com/sopyo/sopyo-desktop/storage/sqlite"
)

// supportAmongDocuments is our folder of support files among the person's documents; supportInData that of a data folder that
// was named.
const (
	supportAmongDocuments = "Destek"
	supportInData         = "support"
)

// Support writes what a person may send of the data folder that was named, or this user's, version being the program's. It
// opens nothing, so that it can be had when nothing else works, and while others are at work.
func Support(ctx context.Context, named, version string, now time.Time, out io.Writer) error {
	dir, err := dataFolder(named)
	if err != nil {
		return err
	}
	r := support.Report{MadeAt: now.UTC().Truncate(time.Second), Program: program(version, named)}
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
	logs := filepath.Join(dir, "logs")
	names, err := os.ReadDir(logs)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return domain.E(domain.KindDisk, "look for the logs", err)
	}
	for _, d := range names {
		masked := support.NewLog
		switch name := d.Name(); {
		case strings.HasPrefix(name, "crash"):
			masked = support.NewCrash
		case !strings.HasPrefix(name, "sopyo") || filepath.Ext(name) != ".log":
			continue
		}
		text, err := os.ReadFile(filepath.Join(logs, d.Name()))
		if err != nil {
			return domain.E(domain.KindDisk, "read a log", err)
		}
		r.Logs = append(r.Logs, masked(d.Name(), string(text)))
	}
	return r.Write(out)
}

// SupportFile writes it into a new file where the person finds it, and gives its path. A named folder that cannot be written is
// no reason to have none: it goes among the person's documents then.
func SupportFile(ctx context.Context, named, version string, now time.Time) (string, error) {
	folder, err := supportFolder(named)
	if err != nil {
		return "", err
	}
	path, err := supportIn(ctx, folder, named, version, now)
	if named == "" || domain.KindOf(err) != domain.KindDisk {
		return path, err
	}
	if folder, err = supportFolder(""); err != nil {
		return "", err
	}
	return supportIn(ctx, folder, named, version, now)
}

func supportIn(ctx context.Context, folder, named, version string, now time.Time) (string, error) {
	return disk.Create(folder, "sopyo-destek-"+now.In(domain.Istanbul).Format("2006-01-02-1504"), ".txt", func(out io.Writer) error {
		return Support(ctx, named, version, now, out)
	})
}

func supportFolder(named string) (string, error) {
	if named != "" {
		return filepath.Join(named, supportInData), nil
	}
	dir, err := documentsOfAll()
	return filepath.Join(dir, supportAmongDocuments), err
}

// program tells of the program and the machine it runs on.
func program(version, named string) []support.Fact {
	folder := "the user's own"
	if named != "" {
		folder = "a named one"
	}
	facts := []support.Fact{
		{Name: "version", Value: version},
		{Name: "go", Value: runtime.Version()},
		{Name: "system", Value: runtime.GOOS + "/" + runtime.GOARCH},
		{Name: "processors", Value: strconv.Itoa(runtime.NumCPU())},
		{Name: "data folder", Value: folder},
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return facts
	}
	for _, s := range info.Settings {
		if slices.Contains([]string{"vcs.revision", "vcs.modified", "CGO_ENABLED", "-tags"}, s.Key) {
			facts = append(facts, support.Fact{Name: s.Key, Value: s.Value})
		}
	}
	for _, m := range info.Deps {
		facts = append(facts, support.Fact{Name: m.Path, Value: m.Version})
	}
	return facts
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
