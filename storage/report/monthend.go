package report

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/monthend"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/storage/disk"
)

// sumsName is the file that says how the others begin and end: "sha256sum -c" reads it.
const sumsName = "SHA256SUMS"

// Packages write month-end packages (orders-invoices.md §9). Of the same packages they make the same bytes,
// on whatever day and machine: nothing they write knows another time than the end of its month.
type Packages struct {
	Regular, Bold []byte // TrueType, of the pages
}

// Save writes packages, each into a folder of its own, and gives the paths that are there. A path that ends
// in ".zip" is one file with all of them, in place of the one before; any other is the folder that they stand
// in, see disk.CreateFolder. Nothing that is not whole is left; of several folders those are that were written
// before the error. Errors: those of the packages and their files, domain.KindCancelled, domain.KindDisk.
func (p Packages) Save(ctx context.Context, w words.Words, path string, packages iter.Seq2[monthend.Package, error]) ([]string, error) {
	if domain.Fold(filepath.Ext(path)) == ".zip" {
		err := disk.Write(path, func(out io.Writer) error { return p.WriteZIP(ctx, w, out, packages) })
		if err != nil {
			return nil, err
		}
		return []string{path}, nil
	}
	var paths []string
	for pack, err := range packages {
		if err != nil {
			return paths, err
		}
		folder, err := disk.CreateFolder(path, disk.Name(pack.Name), func(folder string) error { return p.fill(ctx, w, folder, pack) })
		if err != nil {
			return paths, err
		}
		paths = append(paths, folder)
	}
	return paths, nil
}

// fill writes the files of a package into a folder.
func (p Packages) fill(ctx context.Context, w words.Words, folder string, pack monthend.Package) error {
	return p.each(ctx, w, pack, func(name string, data []byte) error {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return domain.E(domain.KindDisk, "make a folder", err)
		}
		return disk.Write(path, func(out io.Writer) error { _, err := out.Write(data); return err })
	})
}

// WriteZIP writes packages as one zip with a folder for each. Errors as of Save, and those of out.
func (p Packages) WriteZIP(ctx context.Context, w words.Words, out io.Writer, packages iter.Seq2[monthend.Package, error]) error {
	archive := zip.NewWriter(out)
	folders := taken{}
	for pack, err := range packages {
		if err != nil {
			return err
		}
		folder := folders.free("", disk.Name(pack.Name), "")
		err := p.each(ctx, w, pack, func(name string, data []byte) error {
			return put(archive, folder+"/"+name, pack.At, data)
		})
		if err != nil {
			return err
		}
	}
	return archive.Close()
}

// put adds a file to a zip. Its clock is Istanbul's in both of the times that a zip keeps.
func put(archive *zip.Writer, name string, at time.Time, data []byte) error {
	entry, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: at.In(domain.Istanbul)})
	if err != nil {
		return err
	}
	_, err = entry.Write(data)
	return err
}

// PackUBL makes the zip of an invoice's XML, of the same XML always the same.
func PackUBL(name string, content []byte) ([]byte, error) {
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	err := put(archive, name, time.Date(2000, time.January, 1, 0, 0, 0, 0, domain.Istanbul), content)
	if err == nil {
		err = archive.Close()
	}
	return out.Bytes(), err
}

// each makes the files of a package, one at a time, and at last the sums of them all.
func (p Packages) each(ctx context.Context, w words.Words, pack monthend.Package, put func(name string, data []byte) error) error {
	var sums strings.Builder
	names := taken{}
	for _, f := range pack.Files {
		if ctx.Err() != nil {
			return domain.E(domain.KindCancelled, "write the month-end package", ctx.Err())
		}
		data, err := p.bytes(ctx, w, f.Content, pack.At)
		if err != nil {
			return domain.Wrap(err, "%s%s", f.Stem, f.Ending)
		}
		name := names.free(f.Folder, disk.Name(f.Stem), f.Ending)
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(data), name)
		if err := put(name, data); err != nil {
			return err
		}
	}
	return put(sumsName, []byte(sums.String()))
}

func (p Packages) bytes(ctx context.Context, w words.Words, c monthend.Content, at time.Time) ([]byte, error) {
	switch c := c.(type) {
	case monthend.Text:
		return []byte(c), nil
	case monthend.Load:
		return c(ctx)
	case monthend.Sheet:
		return sheet(c, w, at)
	case monthend.Page:
		return p.page(c, at)
	default:
		return nil, domain.E(domain.KindInternal, fmt.Sprintf("write %T", c), nil)
	}
}

// taken are the names that are used up, as a system sees them that takes capitals for small letters.
type taken map[string]bool

// free gives folder/stem+ending, with a number where two names have become one.
func (t taken) free(folder, stem, ending string) string {
	if folder != "" {
		folder += "/"
	}
	for n := 1; ; n++ {
		name := folder + stem
		if n > 1 {
			name += fmt.Sprintf(" (%d)", n)
		}
		name += ending
		if key := domain.Fold(name); !t[key] {
			t[key] = true
			return name
		}
	}
}
