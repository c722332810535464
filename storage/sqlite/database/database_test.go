package database_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestOpenCompany_makesTheFileWhereItsPathSays(t *testing.T) {
	names := []string{
		"plain.db", "with space.db", "şirket ığüöç İ.db", "hash#1.db", "percent%20.db", "it's.db", "a+b&c=d;e.db", "ünvan %C5%9F.db",
	}
	if runtime.GOOS != "windows" { // where a name cannot hold a question mark
		names = append(names, "what?.db", "x?mode=memory.db")
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), name+" klasör")
			if err := os.Mkdir(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(dir, name)
			c := sqlitetest.Reopen(t, path)
			if err := c.Book(t.Context(), "2026-11", quota.Read, 7); err != nil {
				t.Fatal(err)
			}
			if err := c.Close(); err != nil {
				t.Fatal(err)
			}
			files, err := os.ReadDir(dir)
			if err != nil || len(files) != 1 || files[0].Name() != name {
				t.Fatalf("in the folder: %v, %v", files, err)
			}
			used, err := sqlitetest.Reopen(t, path).Booked(t.Context(), "2026-11")
			if err != nil || used[quota.Read] != 7 {
				t.Errorf("after reopening: %v, %v", used, err)
			}
		})
	}
}

func TestOpenCompany_keepsTheFileFromOtherUsers(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // permissions are the folder's there
	}
	c := sqlitetest.NewCompany(t)
	if err := c.SaveSettings(t.Context(), domain.DefaultSettings(), nil); err != nil {
		t.Fatal(err)
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		info, err := os.Stat(c.DB.Path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%q has mode %v", suffix, info.Mode())
		}
	}
}

func TestOpenCompany_setsEveryPooledConnection(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	pools := map[string]*sql.DB{"write": c.DB.Writer, "read": c.DB.Reader}
	if n := c.DB.Reader.Stats().MaxOpenConnections; n != database.Readers {
		t.Errorf("%d connections may read", n)
	}
	if u, err := user.Current(); err == nil && c.DB.Actor != u.Username {
		t.Errorf("%q works with it", c.DB.Actor)
	}
	for name, pool := range pools {
		for i := range pool.Stats().MaxOpenConnections { // held until the end, so each is another one
			conn, err := pool.Conn(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = conn.Close() }()
			var keys, busy, synchronous int
			var mode string
			err = conn.QueryRowContext(t.Context(), `SELECT (SELECT foreign_keys FROM pragma_foreign_keys),
				(SELECT timeout FROM pragma_busy_timeout), (SELECT synchronous FROM pragma_synchronous),
				(SELECT journal_mode FROM pragma_journal_mode)`).Scan(&keys, &busy, &synchronous, &mode)
			if err != nil {
				t.Fatal(err)
			}
			if keys != 1 || busy != 5000 || mode != "wal" || name == "write" && synchronous != 2 {
				t.Errorf("%s connection %d: foreign_keys %d, busy_timeout %d, synchronous %d, journal %s",
					name, i, keys, busy, synchronous, mode)
			}
		}
	}
}

func TestOpenCompany_readersCannotWrite(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	_, err := c.DB.Reader.ExecContext(t.Context(), `DELETE FROM setting`)
	sqlitetest.WantKind(t, database.Mapped(t.Context(), "write", err), domain.KindDisk)
}

func TestCompany_enforcesForeignKeys(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	_, err := c.DB.Writer.ExecContext(t.Context(), `INSERT INTO binding (remote_id, type, product_id, created_at) VALUES ('1', 1, 99, '')`)
	if err == nil {
		t.Error("a binding to no product was stored")
	}
}

func TestCompany_concurrentWritersWaitForEachOther(t *testing.T) {
	path := filepath.Join(t.TempDir(), "company.db")
	// Two handles are what two processes are: each has a writer of its own.
	handles := []*sqlitetest.Company{sqlitetest.Reopen(t, path), sqlitetest.Reopen(t, path)}
	const writers, each = 4, 25
	var wg sync.WaitGroup
	errs := make(chan error, len(handles)*writers*each)
	for _, c := range handles {
		for range writers {
			wg.Go(func() {
				for range each {
					errs <- c.DB.Update(t.Context(), "read, then write", func(tx *sql.Tx) error {
						var used int
						err := tx.QueryRowContext(t.Context(), `SELECT coalesce(sum(used), 0) FROM quota`).Scan(&used)
						if err != nil {
							return err
						}
						_, err = tx.ExecContext(t.Context(), `INSERT OR REPLACE INTO quota VALUES ('2026-11', 'read', ?)`, used+1)
						return err
					})
				}
			})
		}
	}
	wg.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
	if n := sqlitetest.Count(t, handles[0], `SELECT used FROM quota`); n != len(handles)*writers*each {
		t.Errorf("%d of %d writes counted", n, len(handles)*writers*each)
	}
}

func TestMapped_namesTheKind(t *testing.T) {
	dir := t.TempDir()
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	damaged := filepath.Join(dir, "damaged.db")
	if err := os.WriteFile(damaged, []byte("this is no database, but it is long enough to look at"), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		err  func() error
		want domain.Kind
	}{
		{"cancelled", func() error { return open(cancelled, filepath.Join(dir, "a.db")) }, domain.KindCancelled},
		{"no folder", func() error { return open(t.Context(), filepath.Join(dir, "none", "a.db")) }, domain.KindDisk},
		{"no database", func() error { return open(t.Context(), damaged) }, domain.KindData},
		{"locked", func() error { return locked(t) }, domain.KindBusy},
		{"a defect", func() error {
			_, err := sqlitetest.NewCompany(t).DB.Writer.ExecContext(t.Context(), `SELECT nothing`)
			return database.Mapped(t.Context(), "ask", err)
		}, domain.KindInternal},
		{"none", func() error { return database.Mapped(cancelled, "nothing", nil) }, ""},
		{"known", func() error { return database.Mapped(t.Context(), "save", domain.Invalid("x", "y")) }, domain.KindInvalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { sqlitetest.WantKind(t, tt.err(), tt.want) })
	}
}

func open(ctx context.Context, path string) error {
	c, err := sqlitetest.OpenCompany(ctx, path)
	if err == nil {
		err = c.Close()
	}
	return err
}

// locked is what a writer says who cannot wait while another one writes.
func locked(t *testing.T) error {
	t.Helper()
	c := sqlitetest.NewCompany(t)
	var err error
	held := c.DB.Update(t.Context(), "hold", func(*sql.Tx) error {
		impatient, openErr := sql.Open("sqlite", database.DSN(c.DB.Path, nil))
		if openErr != nil {
			return openErr
		}
		_, err = impatient.ExecContext(t.Context(), `DELETE FROM setting`)
		return impatient.Close()
	})
	if held != nil {
		t.Fatal(held)
	}
	return database.Mapped(t.Context(), "write", err)
}

func TestCompany_fullDiskIsADiskError(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	// The page limit stands for the disk's end.
	if _, err := c.DB.Writer.ExecContext(t.Context(), `PRAGMA max_page_count = 1`); err != nil {
		t.Fatal(err)
	}
	var products []domain.Product
	for i := range 3000 {
		products = append(products, domain.Product{Code: domain.Code(fmt.Sprint(i)), Description: fmt.Sprintf("%0200d", i)})
	}
	_, err := c.ImportProducts(t.Context(), "", sqlitetest.Intake(products...))
	sqlitetest.WantKind(t, err, domain.KindDisk)
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM product`); n != 0 {
		t.Errorf("%d products of a failed import are there", n)
	}
}
