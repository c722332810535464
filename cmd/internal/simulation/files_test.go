package simulation

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/backup"

	backups "github.com/sopyo/sopyo-desktop/storage/backup"
)

// backupPassword is that of all backups.
var backupPassword = domain.NewSecret("doğru at pil zımba")

// saves writes the catalogue over the file that was saved before.
func (m *machine) saves(ctx context.Context, c *app.Company, r *rand.Rand) error {
	folder := filepath.Join(m.dir, "saved")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	return c.ExportFile(ctx, filepath.Join(folder, []string{"ürünler.xlsx", "ürünler.csv"}[r.IntN(2)]))
}

// backsUp writes the company's backup over the one that was made before, while the company is open.
func (m *machine) backsUp(ctx context.Context, c *app.Company) error {
	_, err := m.app.BackUpTo(ctx, filepath.Join(m.dir, "yedek"+backup.Ending), backupPassword, []domain.Company{c.Info}, &backup.Progress{})
	return err
}

// seen is a file as it was when it was found whole.
type seen struct {
	size int64
	at   time.Time
}

// judgeFiles: whatever has a name for a person is whole, however the program ended (files are beside their place until they are),
// and is there once.
func (m *machine) judgeFiles() error {
	return filepath.WalkDir(m.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".sopyo-") {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		now := seen{info.Size(), info.ModTime()}
		if m.whole[path] == now {
			return nil
		}
		if err := judged(m.world.t.Context(), path); err != nil {
			m.world.violates("%s: %s is not whole: %v", m.name, path[len(m.dir):], err)
		}
		m.whole[path] = now
		return nil
	})
}

// judged tells what a file of ours lacks.
func judged(ctx context.Context, path string) error {
	switch filepath.Ext(path) {
	case ".xlsx":
		book, err := zip.OpenReader(path)
		if err != nil {
			return err
		}
		var errs []error
		for _, part := range book.File {
			in, err := part.Open()
			if err == nil {
				_, err = io.Copy(io.Discard, in) // compares the sums too
				err = errors.Join(err, in.Close())
			}
			errs = append(errs, err)
		}
		return errors.Join(append(errs, book.Close())...)
	case ".html", ".csv", ".json":
		text, err := os.ReadFile(path)
		if end := map[string]string{".html": "</html>", ".csv": "\n", ".json": "}"}[filepath.Ext(path)]; err == nil && !bytes.HasSuffix(bytes.TrimRight(text, "\r\n"), []byte(strings.TrimSpace(end))) {
			err = fmt.Errorf("its %d bytes end in the middle", len(text))
		}
		return err
	case backup.Ending:
		_, err := backups.Check(ctx, path, backupPassword, &backup.Progress{})
		return err
	default:
		return nil
	}
}
