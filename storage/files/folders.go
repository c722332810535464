package files

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/disk"
	"github.com/sopyo/sopyo-desktop/storage/files/refusal"
)

// Folders are those of the person, and the product files in them.
type Folders struct {
	Own       func() (string, error) // where this program puts the person's lists; nil for none
	Districts domain.Districts       // where buyers of orders live
}

// recentFiles is how many files a person is offered.
const recentFiles = 12

// Recent gives the product files that lie in the person's usual folders and beside the file at beside
// ("" = none), the newest first. A folder that cannot be read has none.
func (d Folders) Recent(ctx context.Context, beside string) ([]listing.File, error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return nil, domain.E(domain.KindDisk, "find the home folder", err)
	}
	folders := disk.Usual(home)
	if d.Own != nil {
		if own, err := d.Own(); err == nil {
			folders = append(folders, own)
		}
	}
	if beside != "" {
		folders = append(folders, filepath.Dir(beside))
	}
	var all []listing.File
	for i, dir := range folders {
		if ctx.Err() != nil {
			return nil, domain.E(domain.KindCancelled, "look for files", ctx.Err())
		}
		if slices.Contains(folders[:i], dir) {
			continue
		}
		entries, _ := os.ReadDir(dir) // none where it is not there, or not ours
		for _, entry := range entries {
			if f, ok := productFile(dir, entry); ok {
				all = append(all, f)
			}
		}
	}
	sortFiles(all)
	return all[:min(len(all), recentFiles)], nil
}

// productFile tells whether an entry's name is one of a product file.
func productFile(dir string, entry fs.DirEntry) (listing.File, bool) {
	name := entry.Name()
	if !slices.Contains([]string{".csv", ".xlsx", ".xml", ".txt", ".tsv"}, strings.ToLower(filepath.Ext(name))) || //nolint:forbidigo // an ending, not a person's text
		strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") { // ~$: what Excel keeps beside an open file
		return listing.File{}, false
	}
	info, err := entry.Info()
	if err != nil || !info.Mode().IsRegular() {
		return listing.File{}, false
	}
	return listing.File{Path: filepath.Join(dir, name), Size: info.Size(), ModifiedAt: info.ModTime()}, true
}

func sortFiles(all []listing.File) {
	slices.SortFunc(all, func(a, b listing.File) int {
		return cmp.Or(b.ModifiedAt.Compare(a.ModifiedAt), cmp.Compare(a.Path, b.Path))
	})
}

// Folder gives what lies in a folder, "" = the person's home. Hidden folders are left out.
func (Folders) Folder(_ context.Context, path string) (listing.Folder, error) {
	if path == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return listing.Folder{}, domain.E(domain.KindDisk, "find the home folder", err)
		}
		path = home
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return listing.Folder{}, refusal.Looking(err)
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		if info, known := os.Stat(path); known == nil && !info.IsDir() {
			err = &os.PathError{Op: "list", Path: path, Err: errors.New("a file")} // Windows would say that it cannot find the path
		}
		return listing.Folder{}, refusal.Looking(err)
	}
	out := listing.Folder{Path: path}
	if parent := filepath.Dir(path); parent != path {
		out.Parent = parent
	}
	var others []string // beside the top of a drive there are the other ones
	if out.Parent == "" {
		others = slices.DeleteFunc(disk.Drives(), func(drive string) bool { return drive == path })
	}
	for _, entry := range entries {
		full := filepath.Join(path, entry.Name())
		if strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		if info, err := os.Stat(full); err == nil && info.IsDir() { // a link to a folder is one
			out.Folders = append(out.Folders, full)
		}
		if f, ok := productFile(path, entry); ok {
			out.Files = append(out.Files, f)
		}
	}
	slices.SortStableFunc(out.Folders, func(a, b string) int { return bytes.Compare(domain.SortKey(a), domain.SortKey(b)) })
	out.Folders = append(others, out.Folders...)
	sortFiles(out.Files)
	return out, nil
}
