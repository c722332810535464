package sqlitetest

import (
	"database/sql"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// NewCompany opens an empty company in a folder of its own and closes it when the test ends.
func NewCompany(t *testing.T) *Company {
	t.Helper()
	return Reopen(t, EmptyFile(t))
}

// empty is the file of a company in which nothing is yet: the migrations are most of the time of a small test.
var empty struct {
	once sync.Once
	file []byte
}

// EmptyFile gives the path of an empty company's file.
func EmptyFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "company.db")
	empty.once.Do(func() {
		c, err := OpenCompany(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
		if empty.file, err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	})
	if err := os.WriteFile(path, empty.file, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Reopen opens the file at path and closes it when the test ends; its index of words has to be right then.
func Reopen(t *testing.T, path string) *Company {
	t.Helper()
	c, err := OpenCompany(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		wantSearchRight(t, c)
		if err := c.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return c
}

// Restore makes a file of a dump, as an older program would have left it.
func Restore(t *testing.T, path, dump string) {
	t.Helper()
	db, err := sql.Open("sqlite", database.DSN(path, nil))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), dump); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// Clock is a company's clock that goes on by a second whenever it is told to.
func Clock(c *Company) (tick func() time.Time) {
	at := domaintest.Moment
	c.DB.Now = func() time.Time { return at }
	return func() time.Time {
		at = at.Add(1001 * time.Millisecond)
		return at
	}
}

// Clocked lets the company's clock stand at the n-th hour.
func Clocked(c *Company, n int) time.Time {
	at := domaintest.Moment.Add(time.Duration(n)*time.Hour + 7*time.Millisecond)
	c.DB.Now = func() time.Time { return at.Add(300 * time.Microsecond).In(time.FixedZone("elsewhere", 3*3600)) }
	return at
}

// StillNow is a moment that does not pass, so that what is done twice is the same.
func StillNow() time.Time { return time.Date(2026, 11, 24, 10, 11, 12, 131e6, time.UTC) }
