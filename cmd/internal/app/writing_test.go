package app_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// writes are the ways of package os by which a file is made or written over.
var writes = regexp.MustCompile(`\bos\.(Create|CreateTemp|WriteFile|OpenFile|Rename|Link)\(`)

// otherwise are the files that write without storage/disk, and why they may.
var otherwise = map[string]string{
	"storage/disk/write.go":                  "it is the one way",
	"storage/disk/steps.go":                  "the one way, of names",
	"storage/sqlite/database/open.go":        "makes an empty database that nobody else may read",
	"storage/sqlite/database/migrate.go":     "SQLite writes the copy; it is synced and renamed",
	"storage/backup/read.go":                 "unpacks into a folder of its own, which is moved when it is whole",
	"storage/logfile/logfile.go":             "Go appends a crash to it",
	"cmd/internal/app/demo.go":               "a temporary file of the program's own",
	"storage/files/filestest/filestest.go":   "of tests",
	"storage/sqlite/sqlitetest/open.go":      "of tests",
	"storage/sqlite/sqlitetest/operation.go": "of tests",
}

// Files are written in one way, beside their place, synced and renamed, by storage/disk: any other may halve a
// person's file when the disk is full or the program is killed.
func TestFiles_areWrittenInOneWay(t *testing.T) {
	onlyIn(t, writes, otherwise, "writes files by itself")
}

// begins are the ways of package os/exec by which a program is begun.
var begins = regexp.MustCompile(`\bexec\.Command(Context)?\(`)

// beginners are the files that begin programs, and why no console of Windows flashes.
var beginners = map[string]string{
	"storage/schedule/start_windows.go": "CREATE_NO_WINDOW",
	"storage/schedule/start_other.go":   "not on Windows",
	"storage/transport/proxy_darwin.go": "not on Windows",
	"cmd/sopyo/background.go":           "hide, which is CREATE_NO_WINDOW on Windows",
	"cmd/internal/notices/gather.go":    "for developers",
	"cmd/internal/notices/main.go":      "for developers",
}

func TestPrograms_areBegunWithoutAConsole(t *testing.T) {
	onlyIn(t, begins, beginners, "begins programs")
}

// onlyIn looks through all sources but tests: what matches stands in the files that are listed with a reason, and in each of them.
func onlyIn(t *testing.T, what *regexp.Regexp, listed map[string]string, does string) {
	t.Helper()
	root, found := filepath.Join("..", "..", ".."), []string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && strings.HasPrefix(d.Name(), ".") && len(d.Name()) > 2 {
			return errorOrSkip(err)
		}
		if d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil || !what.Match(text) {
			return err
		}
		name, err := filepath.Rel(root, path)
		found = append(found, filepath.ToSlash(name))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range found {
		if listed[name] == "" {
			t.Errorf("%s %s", name, does)
		}
	}
	for name := range listed {
		if !slices.Contains(found, name) {
			t.Errorf("%s is listed, and no longer %s", name, does)
		}
	}
}

func errorOrSkip(err error) error {
	if err != nil {
		return err
	}
	return filepath.SkipDir
}
