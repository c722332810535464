package sqlite

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// lay puts a file where one is to lie.
func lay(t *testing.T, path, text string) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o600)); err != nil {
		t.Fatal(err)
	}
}

func TestArchive_saysWhatIsInTheWay(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 5, 0, 0, time.FixedZone("elsewhere", 3*3600))
	for name, tt := range map[string]struct {
		lies   []string // beside the database "a.db"
		blocks string
		target bool
		kind   domain.Kind
	}{
		"whole":                            {[]string{"a.db", "a.db-wal", "a.db-shm", "a.db.v1.bak"}, "", true, ""},
		"nothing to keep":                  {nil, "", false, ""},
		"no folder can be made":            {[]string{"a.db"}, "removed", false, domain.KindDisk},
		"the journal cannot be moved":      {[]string{"a.db", "a.db-wal"}, "removed/a-20261123-060500.db-wal/x", false, domain.KindDisk},
		"the database cannot be moved":     {[]string{"a.db"}, "removed/a-20261123-060500.db/x", false, domain.KindDisk},
		"behind its journal":               {[]string{"a.db", "a.db-wal", "a.db-shm"}, "removed/a-20261123-060500.db/x", false, domain.KindDisk},
		"a backup cannot be moved":         {[]string{"a.db", "a.db.v1.bak"}, "removed/a-20261123-060500.db.v1.bak/x", false, domain.KindDisk},
		"a file of another kind stays":     {[]string{"a.db", "b.db"}, "", true, ""},
		"a journal alone is left where is": {[]string{"b.db-wal"}, "", false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for _, l := range tt.lies {
				lay(t, filepath.Join(dir, l), l)
			}
			if tt.blocks != "" {
				lay(t, filepath.Join(dir, filepath.FromSlash(tt.blocks)), "x")
			}
			target := filepath.Join(dir, "removed", "a-20261123-060500.db")
			got, err := Archive(filepath.Join(dir, "a.db"), filepath.Join(dir, "removed"), now)
			if domain.KindOf(err) != tt.kind || (got == target) != tt.target || got != "" && got != target {
				t.Errorf("%q, %v", got, err)
			}
			for _, l := range tt.lies {
				where := filepath.Join(dir, l)
				if rest, ours := strings.CutPrefix(l, "a.db"); ours && tt.kind == "" {
					where = target + rest
				}
				if raw, err := os.ReadFile(where); err != nil || string(raw) != l {
					t.Errorf("%s: %q, %v", l, raw, err)
				}
			}
		})
	}
}

// What a kill leaves is a database and, beside it, what was written last.
func TestMergeJournal_leavesOneFileThatHoldsEverything(t *testing.T) {
	dir := t.TempDir()
	alive, killed := filepath.Join(dir, "a.db"), filepath.Join(dir, "b.db")
	c, err := CreateCompany(t.Context(), alive)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.SaveProducts(t.Context(), domain.Product{Name: "Bal"}); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"", "-wal"} {
		raw, err := os.ReadFile(alive + part)
		if err != nil {
			t.Fatal(err)
		}
		lay(t, killed+part, string(raw))
	}
	if err := errors.Join(c.Close(), MergeJournal(t.Context(), killed)); err != nil {
		t.Fatal(err)
	}
	if all, _ := filepath.Glob(killed + "*"); len(all) != 1 {
		t.Errorf("beside each other: %v", all)
	}
	if c, err = CreateCompany(t.Context(), killed); err != nil {
		t.Fatal(err)
	}
	if _, n, err := c.Products(t.Context(), domain.ProductQuery{Search: "bal"}); n != 1 || err != nil {
		t.Errorf("%d products, %v", n, err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if err := MergeJournal(t.Context(), filepath.Join(dir, "none.db")); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "none.db")); err == nil {
		t.Error("a file is made where none was")
	}
	lay(t, filepath.Join(dir, "c.db"), "no database at all, whatever it is")
	lay(t, filepath.Join(dir, "c.db-wal"), "nor a journal")
	if err := MergeJournal(t.Context(), filepath.Join(dir, "c.db")); err == nil {
		t.Error("what is no database has been merged")
	}
}

func TestNeverAuthorised_isSureOfWhatItSays(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.db")
	if !NeverAuthorised(t.Context(), path) {
		t.Error("a company that was never opened")
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("a file is made where none was")
	}
	for _, authorised := range []bool{false, true} {
		c, err := CreateCompany(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(c.SaveConnection(t.Context(), domain.Connection{Authorised: authorised}), c.Close()); err != nil {
			t.Fatal(err)
		}
		if NeverAuthorised(t.Context(), path) == authorised {
			t.Errorf("authorised %v: it says otherwise", authorised)
		}
	}
	lay(t, filepath.Join(dir, "b.db"), "no database at all, whatever it is")
	if NeverAuthorised(t.Context(), filepath.Join(dir, "b.db")) {
		t.Error("what cannot be read cannot tell")
	}
	lay(t, filepath.Join(dir, "c.db", "x"), "x")
	if NeverAuthorised(t.Context(), filepath.Join(dir, "c.db")) {
		t.Error("what cannot be opened cannot tell")
	}
}
