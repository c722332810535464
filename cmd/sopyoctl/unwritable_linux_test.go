package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// nobody is the user that owns nothing.
const nobody = 65534

// unwritable lets this process read the data folder and not write into it, until the test ends. To the superuser that
// says nothing: the whole process asks the file system as nobody then.
func unwritable(t *testing.T, b *bench) {
	t.Helper()
	each := func(root string, do func(path string, dir bool) error) {
		if err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			return do(path, d.IsDir())
		}); err != nil {
			t.Fatal(err)
		}
	}
	root := os.Getuid() == 0
	if root {
		for _, dir := range []string{filepath.Dir(filepath.Dir(b.data)), filepath.Dir(b.dir), os.Getenv("HOME")} {
			each(dir, func(path string, _ bool) error { return os.Chown(path, nobody, nobody) })
		}
	}
	mode := func(file, folder fs.FileMode) func(string, bool) error {
		return func(path string, dir bool) error {
			if dir {
				return os.Chmod(path, folder)
			}
			return os.Chmod(path, file)
		}
	}
	each(b.data, mode(0o400, 0o500))
	fsuid := func(id uintptr) {
		if _, _, errno := syscall.AllThreadsSyscall(syscall.SYS_SETFSUID, id, 0, 0); errno != 0 {
			t.Skip(errno)
		}
	}
	if root {
		fsuid(nobody)
	}
	t.Cleanup(func() {
		if root {
			fsuid(0)
		}
		each(b.data, mode(0o600, 0o700))
	})
}
