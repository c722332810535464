package disk

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/sopyo/sopyo-desktop/domain"
)

// CreateFolder makes the folder dir/name of what fill puts into an empty one beside it, and gives its path.
// It is there whole or not at all. A folder of that name is never written over: one that holds the same to
// the last byte is kept, beside any other the new one is called "name (2)" and so on. dir is made if it is
// missing. Errors as of Write.
func CreateFolder(dir, name string, fill func(folder string) error) (string, error) {
	path, err := createFolder(dir, name, fill)
	return path, Refused("write "+name, filepath.Join(dir, name), err)
}

func createFolder(dir, name string, fill func(folder string) error) (path string, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	sweep(dir)
	if err := step(OpCreate, filepath.Join(dir, unfinished), ""); err != nil {
		return "", err
	}
	beside, err := os.MkdirTemp(dir, unfinished)
	if err != nil {
		return "", err
	}
	letGo, err := keep(beside)
	if err != nil { // it was swept away in this very moment
		return "", err
	}
	defer letGo()
	defer func() {
		if gone := RemoveAll(beside); gone != nil && err == nil {
			path, err = "", gone
		}
	}()
	if err := fill(beside); err != nil {
		return "", err
	}
	for n := 1; n <= maxSame; n++ {
		path := filepath.Join(dir, name)
		if n > 1 {
			path = filepath.Join(dir, fmt.Sprintf("%s (%d)", name, n))
		}
		if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
			if err := Settle(beside); err != nil {
				return "", err
			}
			if err := Rename(beside, path); err != nil {
				return "", err
			}
			return path, nil
		}
		if same, err := alike(beside, path); same || err != nil {
			return path, err
		}
	}
	return "", &domain.Error{Kind: domain.KindDisk, Op: "find a free name", Detail: filepath.Join(dir, name)}
}

// alike tells whether two folders hold the same files with the same bytes. What is no folder is like none.
func alike(a, b string) (bool, error) {
	if info, err := os.Stat(b); err != nil || !info.IsDir() {
		return false, nil // nor is a link to nowhere one
	}
	files, err := listed(a)
	if err != nil {
		return false, err
	}
	others, err := listed(b)
	if err != nil || len(files) != len(others) {
		return false, err
	}
	for name := range files {
		if !others[name] {
			return false, nil
		}
		one, err := os.ReadFile(filepath.Join(a, name))
		if err != nil {
			return false, err
		}
		other, err := os.ReadFile(filepath.Join(b, name))
		if err != nil {
			return false, err
		}
		if !bytes.Equal(one, other) {
			return false, nil
		}
	}
	return true, nil
}

// listed gives the files in a folder and those under it, by their names from it.
func listed(folder string) (map[string]bool, error) {
	files := map[string]bool{}
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(folder, path)
		files[name] = true
		return err
	})
	return files, err
}
