package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// What a company's file held is not replaced by nothing: no command makes a file in the place of one that is gone.
func TestEveryCommand_leavesTheHoleOfALostFile(t *testing.T) {
	for name, lose := range map[string]func(path string) error{
		"gone":    os.Remove,
		"emptied": func(path string) error { return os.Truncate(path, 0) },
	} {
		t.Run("company "+name, func(t *testing.T) {
			b := newBench(t, sandbox.Options{})
			b.catalogue("Stok Kodu;Ürün Adı", "A-1;Bir", "A-2;İki")
			files, err := filepath.Glob(filepath.Join(filepath.Dir(b.data), "veri ?1", "companies", "*.db"))
			if err != nil || len(files) != 1 {
				t.Fatal(files, err)
			}
			if err := lose(files[0]); err != nil {
				t.Fatal(err)
			}
			for _, args := range [][]string{{"catalogue", "list"}, {"status"}, {"quota"}, {"settings", "set", "pull=yes"}, {"import"}} {
				code, _, errs := b.do(args...)
				if code != console.ExitError || !strings.Contains(errs, filepath.Base(files[0])) || !strings.Contains(errs, "yede") {
					t.Errorf("%v: exit %d, %q", args, code, errs)
				}
				if info, err := os.Stat(files[0]); err == nil && info.Size() > 0 || err != nil && !errors.Is(err, fs.ErrNotExist) {
					t.Fatalf("%v made the file anew: %v, %v", args, info, err)
				}
			}
			list := b.json(0, "company", "list") // the others work
			if all, _ := list["companies"].([]any); len(all) != 1 {
				t.Errorf("%v", list)
			}
		})
		// The list of companies is made anew of what their files know.
		t.Run("machine "+name, func(t *testing.T) {
			b := newBench(t, sandbox.Options{})
			b.catalogue("Stok Kodu;Ürün Adı", "A-1;Bir", "A-2;İki")
			before := b.json(0, "company", "list")
			if err := lose(filepath.Join(b.data, "sopyo.db")); err != nil {
				t.Fatal(err)
			}
			if after := b.json(0, "company", "list"); fmt.Sprint(after) != fmt.Sprint(before) {
				t.Errorf("%v, before %v", after, before)
			}
			if list := b.json(0, "catalogue", "list"); number0(list, "total") != 2 {
				t.Errorf("%v", list)
			}
		})
	}
}

// A company has its file from its first moment: a file that is missing later was lost.
func TestCompanyAdd_makesTheFile(t *testing.T) {
	b := newMachine(t, sandbox.Options{})
	b.json(0, "company", "add", "Yeni")
	names, err := os.ReadDir(filepath.Join(b.data, "companies"))
	if err != nil || !slices.ContainsFunc(names, func(e fs.DirEntry) bool { return strings.HasSuffix(e.Name(), ".db") }) {
		t.Errorf("%v, %v", names, err)
	}
	if code, _, errs := b.do("company", "add", "YENİ"); code != console.ExitUsage {
		t.Errorf("exit %d: %s", code, errs)
	}
	if after, err := os.ReadDir(filepath.Join(b.data, "companies")); err != nil || len(after) != len(names) {
		t.Errorf("a refused company leaves %v, %v", after, err)
	}
}
