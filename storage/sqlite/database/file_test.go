package database_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	lib "modernc.org/sqlite/lib"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestMigrate_recordsEachStepWithItsTime(t *testing.T) {
	d, err := openTest(t, filepath.Join(t.TempDir(), "a.db"), testSchema(first))
	if err != nil {
		t.Fatal(err)
	}
	d.Now = func() time.Time { return domaintest.Moment }
	if err := d.Migrate(t.Context(), testSchema(first, second)); err != nil {
		t.Fatal(err)
	}
	sqlitetest.WantRow(t, "step", sqlitetest.RowsBy(t, d.Reader, `SELECT * FROM migration WHERE version = 2`)[0], map[string]any{
		"version": int64(2), "name": "0002_second.sql", "applied_at": sqlitetest.Timed(domaintest.Moment),
	})
	if id := sqlitetest.RowsBy(t, d.Reader, `PRAGMA application_id`)[0]["application_id"]; id != int64(7) {
		t.Errorf("marked as %v", id)
	}
}

func TestMigrations_refusesWhatIsNoRowOfSteps(t *testing.T) {
	step := &fstest.MapFile{Data: []byte(first)}
	for name, files := range map[string]fs.FS{
		"no number":        fstest.MapFS{"first.sql": step},
		"begins with 2":    fstest.MapFS{"0002_a.sql": step},
		"begins with 0":    fstest.MapFS{"0000_a.sql": step},
		"a number twice":   fstest.MapFS{"0001_a.sql": step, "0001_b.sql": step},
		"a folder":         fstest.MapFS{"0001_a.sql/b": step},
		"without a place":  unreadableFS{},
		"not to be listed": unlistedFS{},
	} {
		path := filepath.Join(t.TempDir(), "a.db")
		if d, err := database.Create(t.Context(), path, database.Schema{Files: files, ApplicationID: 7}, database.Driver); err == nil {
			t.Errorf("%s: accepted", name)
			_ = d.Close()
		}
	}
	unpadded := fstest.MapFS{}
	for n := range 12 {
		unpadded[fmt.Sprint(n+1, "_a.sql")] = step
	}
	if steps, err := (database.Schema{Files: unpadded}).Migrations(); err != nil || len(steps) != 12 || steps[11].Version() != 12 || steps[1].Name() != "2_a.sql" {
		t.Errorf("in the order of their numbers: %v, %v", steps, err)
	}
	steps, err := database.Schema{Files: fstest.MapFS{"0010_j.sql": step, "0002_b.sql": step, "0001_a.sql": step, "0003_readme.txt": step}}.Migrations()
	if err == nil || steps != nil {
		t.Errorf("a gap of seven: %v, %v", steps, err)
	}
}

// unreadableFS has a step that cannot be read.
type unreadableFS struct{}

func (unreadableFS) Open(string) (fs.File, error) { return nil, fs.ErrPermission }

func (unreadableFS) Glob(string) ([]string, error) { return []string{"0001_a.sql"}, nil }

// unlistedFS does not tell what is in it.
type unlistedFS struct{ unreadableFS }

func (unlistedFS) Glob(string) ([]string, error) { return nil, fs.ErrPermission }

// A file that belongs to nobody, or to somebody else, is not written into.
func TestMigrate_leavesForeignFilesUntouched(t *testing.T) {
	for name, test := range map[string]struct {
		made string
		kind domain.Kind
	}{
		"ours, without a record":      {`PRAGMA application_id = 7; CREATE TABLE other (id integer, name text)`, ""},
		"another program's":           {`PRAGMA application_id = 8; CREATE TABLE other (id integer, name text)`, domain.KindData},
		"no program's":                {`CREATE TABLE other (id integer, name text)`, domain.KindData},
		"another one's with a record": {`PRAGMA application_id = 8; CREATE TABLE migration (version integer, name text)`, domain.KindData},
		"of a version that is to be":  {`PRAGMA application_id = 7; CREATE TABLE migration (version integer PRIMARY KEY, name text, applied_at text); INSERT INTO migration VALUES (3, '', '')`, domain.KindData},
		"of this version":             {`PRAGMA application_id = 7; CREATE TABLE thing (id integer, name text); CREATE TABLE migration (version integer PRIMARY KEY, name text, applied_at text); INSERT INTO migration VALUES (2, '', '')`, ""},
		"without a step":              {`PRAGMA application_id = 7; CREATE TABLE migration (version integer PRIMARY KEY, name text NOT NULL, applied_at text NOT NULL)`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.db")
			sqlitetest.Restore(t, path, test.made)
			before := sqlitetest.ContentsOf(t, path)
			d, err := openTest(t, path, testSchema(first, second))
			sqlitetest.WantKind(t, err, test.kind)
			if err == nil {
				things(t, d)
				// What held something was copied before its first step.
				backups, _ := filepath.Glob(path + ".v0.bak")
				if (len(backups) == 1) != (name != "of this version") {
					t.Errorf("copied: %v", backups)
				}
				return
			}
			var e *domain.Error
			if !errors.As(err, &e) || e.Field == "" || e.Detail == "" {
				t.Errorf("it does not say why: %v", err)
			}
			if after := sqlitetest.ContentsOf(t, path); !reflect.DeepEqual(after, before) {
				t.Errorf("the file was changed: %v, was %v", after, before)
			}
			if backups, _ := filepath.Glob(path + ".*.bak*"); len(backups) > 0 {
				t.Errorf("copied: %v", backups)
			}
		})
	}
}

const wide = `CREATE TABLE thing (id integer PRIMARY KEY, colour text) STRICT; INSERT INTO thing VALUES (1, 'mavi'), (2, 'sarı');`

// Without its copy no older file is changed.
func TestMigrate_changesNothingThatCannotBeCopied(t *testing.T) {
	for name, inTheWay := range map[string]string{"the copy": ".v1.bak", "its first name": ".v1.bak.part"} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.db")
			d, err := openTest(t, path, testSchema(wide))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.MkdirAll(filepath.Join(path+inTheWay, "klasör"), 0o700); err != nil {
				t.Fatal(err)
			}
			before := sqlitetest.Contents(t, d)
			sqlitetest.WantKind(t, d.Migrate(t.Context(), testSchema(wide, second)), domain.KindDisk)
			if after := sqlitetest.Contents(t, d); !reflect.DeepEqual(after, before) {
				t.Error("it was changed")
			}
		})
	}
}

func TestOpen_ofAFolderIsADiskError(t *testing.T) {
	dir := t.TempDir()
	sqlitetest.WantKind(t, open(t.Context(), dir), domain.KindDisk)
	_, err := sqlitetest.OpenMachine(t.Context(), filepath.Join(dir, "none", "sopyo.db"))
	sqlitetest.WantKind(t, err, domain.KindDisk)
	if err == nil || !strings.Contains(err.Error(), "open sopyo.db") {
		t.Errorf("it does not say which: %v", err)
	}
}

func TestDSN_isAnAddressThatGivesThePathBack(t *testing.T) {
	for path, want := range map[string]string{"/a b/ş?#%.db": "/a b/ş?#%.db", "C:/Veri/a.db": "/C:/Veri/a.db"} {
		for name, text := range map[string]string{"writer": database.WriterDSN(path), "reader": database.ReaderDSN(path)} {
			u, err := url.Parse(text)
			if err != nil || u.Scheme != "file" || u.Path != want || u.Host != "" {
				t.Errorf("%s of %s: %s, %v", name, path, text, err)
			}
			q := u.Query()
			if p := q["_pragma"]; len(p) == 0 || p[0] != "busy_timeout(5000)" || q.Get("_dqs") != "0" || (q.Get("mode") == "ro") != (name == "reader") {
				t.Errorf("%s: %v", name, q)
			}
		}
	}
}

func TestPatiently_waitsForABusyFileAsLongAsAStatementWould(t *testing.T) {
	busy := domain.E(domain.KindBusy, "", nil)
	for name, test := range map[string]struct {
		answers []error // the last one holds
		tries   int
		took    time.Duration
	}{
		"free":                 {[]error{nil}, 1, 0},
		"broken":               {[]error{domain.E(domain.KindDisk, "", nil)}, 1, 0},
		"busy at first":        {[]error{busy, busy, busy, nil}, 4, 3 * database.BusyTimeout / 200},
		"busy, then broken":    {[]error{busy, domain.E(domain.KindFile, "", nil)}, 2, database.BusyTimeout / 200},
		"busy to the very end": {[]error{busy}, 0, database.BusyTimeout},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tries, began := 0, time.Now()
				err := database.Patiently(t.Context(), func() error {
					tries++
					return test.answers[min(tries, len(test.answers))-1]
				})
				if want := test.answers[len(test.answers)-1]; !errors.Is(err, want) {
					t.Errorf("%v, want %v", err, want)
				}
				if took := time.Since(began); took != test.took {
					t.Errorf("took %v, want %v", took, test.took)
				}
				if test.tries != 0 && tries != test.tries || test.tries == 0 && tries < 100 {
					t.Errorf("%d tries, want %d", tries, test.tries)
				}
			})
		})
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := database.Patiently(ended, func() error { return busy }); !errors.Is(err, busy) {
		t.Errorf("cancelled: %v", err)
	}
}

// One connection writes: whoever else wants to waits for it in the program, and not for its lock on the disk.
func TestWriting_isDoneByOneConnection(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	if n := c.DB.Writer.Stats().MaxOpenConnections; n != 1 {
		t.Errorf("%d connections may write", n)
	}
}

func TestWriting_keepsAllOrNothing(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	write := func(ctx context.Context, end func(cancel context.CancelFunc) error) error {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		return c.DB.Update(ctx, "write", func(tx *sql.Tx) error {
			if _, err := tx.ExecContext(ctx, `INSERT INTO setting VALUES ('a', 'b')`); err != nil {
				return err
			}
			return end(cancel)
		})
	}
	broken := errors.New("broken")
	if err := write(t.Context(), func(context.CancelFunc) error { return broken }); !errors.Is(err, broken) || domain.KindOf(err) != domain.KindInternal {
		t.Errorf("%v", err)
	}
	sqlitetest.WantKind(t, write(t.Context(), func(cancel context.CancelFunc) error { cancel(); return nil }), domain.KindCancelled)
	func() {
		defer func() { _ = recover() }()
		_ = write(t.Context(), func(context.CancelFunc) error { panic("a defect") })
	}()
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM setting`); n != 0 {
		t.Errorf("%d settings stayed", n)
	}
	if err := write(t.Context(), func(context.CancelFunc) error { return nil }); err != nil {
		t.Error(err)
	}
}

func TestRecord_refusesWhatCannotBeWritten(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	err := c.DB.Update(t.Context(), "note", func(tx *sql.Tx) error { return c.DB.Author().Record(t.Context(), tx, "something", make(chan int)) })
	if err == nil || sqlitetest.Entries(t, c) != 0 {
		t.Errorf("%v, and %d entries", err, sqlitetest.Entries(t, c))
	}
}

func TestMapped_saysWhatAPersonCanActOn(t *testing.T) {
	late, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancel()
	stopped, stop := context.WithCancel(t.Context())
	stop()
	dir := t.TempDir()
	for name, test := range map[string]struct {
		ctx    context.Context
		err    error
		kind   domain.Kind
		detail string
	}{
		"no time left":           {late, errors.New("interrupted"), domain.KindBusy, ""},
		"cancelled":              {stopped, errors.New("interrupted"), domain.KindCancelled, ""},
		"known, and cancelled":   {stopped, domain.Invalid("code", "taken"), domain.KindInvalid, "taken"},
		"of a path":              {t.Context(), &fs.PathError{Op: "open", Path: "a", Err: fs.ErrPermission}, domain.KindDisk, ""},
		"of two paths":           {t.Context(), &os.LinkError{Op: "rename", Old: "a", New: "b", Err: fs.ErrExist}, domain.KindDisk, ""},
		"of nobody":              {t.Context(), errors.New("a defect"), domain.KindInternal, ""},
		"a file that is no file": {t.Context(), driverError(t, dir, "no database, but long enough to be looked at: "+strings.Repeat("x", 4096)), domain.KindData, domain.DataDamaged},
		"no file":                {t.Context(), driverError(t, filepath.Join(dir, "none"), ""), domain.KindDisk, ""},
		"damaged within":         {t.Context(), damagedError(t), domain.KindData, domain.DataDamaged},
	} {
		got := database.Mapped(test.ctx, "do it", test.err)
		var e *domain.Error
		if !errors.As(got, &e) || e.Kind != test.kind || e.Detail != test.detail || !strings.Contains(got.Error(), "do it") || !errors.Is(got, test.err) && test.ctx == t.Context() {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestKindOfCode_tellsWhatToDo(t *testing.T) {
	meant := map[domain.Kind][]int{
		domain.KindBusy: {lib.SQLITE_BUSY, lib.SQLITE_LOCKED, lib.SQLITE_BUSY_SNAPSHOT, lib.SQLITE_BUSY_RECOVERY, lib.SQLITE_LOCKED_SHAREDCACHE},
		domain.KindDisk: {
			lib.SQLITE_FULL, lib.SQLITE_READONLY, lib.SQLITE_READONLY_DBMOVED, lib.SQLITE_IOERR, lib.SQLITE_IOERR_WRITE, lib.SQLITE_IOERR_FSYNC,
			lib.SQLITE_CANTOPEN, lib.SQLITE_CANTOPEN_ISDIR, lib.SQLITE_PERM,
		},
		domain.KindData: {lib.SQLITE_CORRUPT, lib.SQLITE_CORRUPT_INDEX, lib.SQLITE_NOTADB},
	}
	primary := map[int]bool{}
	for kind, codes := range meant {
		for _, code := range codes {
			primary[code&0xff] = true
			got, detail := database.KindOfCode(code)
			if got != kind || (detail == domain.DataDamaged) != (kind == domain.KindData) || (detail == "full") != (code == lib.SQLITE_FULL) {
				t.Errorf("code %d: %s %q, want %s", code, got, detail, kind)
			}
		}
	}
	for code := lib.SQLITE_ERROR; code <= lib.SQLITE_WARNING; code++ { // anything else is a defect of ours
		if kind, detail := database.KindOfCode(code); !primary[code] && (kind != domain.KindInternal || detail != "") {
			t.Errorf("code %d: %s %q", code, kind, detail)
		}
	}
}

// driverError is what the driver says of a file with such a content, "" being none.
func driverError(t *testing.T, dir, content string) error {
	t.Helper()
	path := filepath.Join(dir, "x.db")
	if content != "" {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	db, err := sql.Open("sqlite", database.ReaderDSN(path))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	_, err = db.ExecContext(t.Context(), `SELECT * FROM sqlite_schema`)
	if err == nil {
		t.Fatal("no error")
	}
	return err
}

// damagedError is what the driver says of a file whose pages were overwritten.
func damagedError(t *testing.T) error {
	t.Helper()
	path := filepath.Join(t.TempDir(), "company.db")
	c := sqlitetest.Reopen(t, path)
	sqlitetest.AddProducts(t, c, 200)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 4096; i < len(content); i++ {
		content[i] = 0xa5
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", database.ReaderDSN(path))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	var n int
	if err = db.QueryRowContext(t.Context(), `SELECT count(*) FROM product`).Scan(&n); err == nil {
		t.Fatal("a damaged file was read")
	}
	return err
}

func TestTimes_areReadAsTheyWereWritten(t *testing.T) {
	for text, want := range map[any]time.Time{
		nil:                        {},
		"2026-11-23T09:00:01.007Z": time.Date(2026, time.November, 23, 9, 0, 1, 7e6, time.UTC),
	} {
		got := domaintest.Moment
		if err := database.TimeInto(&got).Scan(text); err != nil || !got.Equal(want) || got.Location() != time.UTC && !want.IsZero() {
			t.Errorf("%v: %v, %v", text, got, err)
		}
		if back := database.TimeText(want.In(time.FixedZone("elsewhere", 7200))); back != text {
			t.Errorf("%v is written as %v", text, back)
		}
	}
	for _, bad := range []any{"2026-11-23", "", int64(7), 1.5, []byte("2026-11-23T09:00:01.007Z"), true} {
		var got time.Time
		if err := database.TimeInto(&got).Scan(bad); err == nil {
			t.Errorf("%v was read as %v", bad, got)
		}
	}
}

func TestRecord_notesWhoDidWhatAndWhen(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	c.DB.Actor, c.DB.Now = "ayşe", func() time.Time { return domaintest.Moment }
	sqlitetest.Must(t, c.DB.Update(t.Context(), "note", func(tx *sql.Tx) error {
		return c.DB.Author().Record(t.Context(), tx, "something", map[string]int{"n": 7})
	}))
	rows := sqlitetest.RowsBy(t, c.DB.Reader, `SELECT at, actor, what, detail FROM history`)
	if len(rows) != 1 {
		t.Fatalf("%v", rows)
	}
	sqlitetest.WantRow(t, "entry", rows[0], map[string]any{"at": sqlitetest.Timed(domaintest.Moment), "actor": "ayşe", "what": "something", "detail": `{"n":7}`})
	err := c.DB.Update(t.Context(), "note", func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(t.Context(), `DROP TABLE history`); err != nil {
			return err
		}
		return c.DB.Author().Record(t.Context(), tx, "something", nil)
	})
	sqlitetest.WantKind(t, err, domain.KindInternal)
}

// The mark in a file's header is four letters that a person can read there.
func TestSchemas_markTheirFiles(t *testing.T) {
	for mark, s := range map[string]database.Schema{"SOPc": database.CompanySchema(), "SOPm": database.MachineSchema()} {
		path := filepath.Join(t.TempDir(), "a.db")
		d, err := database.Create(t.Context(), path, s, database.Driver)
		sqlitetest.Must(t, err)
		steps, err := s.Migrations()
		sqlitetest.Must(t, err, d.Close())
		raw, err := os.ReadFile(path)
		if err != nil || string(raw[68:72]) != mark || len(steps) == 0 {
			t.Errorf("marked %q, want %q, %d steps, %v", raw[68:72], mark, len(steps), err)
		}
	}
}

// The writing connection, the one of the copy and the reading ones: without any of them the file is not opened.
func TestOpen_saysWhichConnectionItCannotMake(t *testing.T) {
	refused := errors.New("refused")
	for n := 1; n <= 4; n++ {
		path := filepath.Join(t.TempDir(), "a.db")
		d, err := openTest(t, path, testSchema(drawers))
		sqlitetest.Must(t, err, d.Close())
		made := 0
		d, err = database.Create(t.Context(), path, testSchema(drawers, `ALTER TABLE drawer ADD COLUMN depth integer`), func(dsn string) (*sql.DB, error) {
			if made++; made == n {
				return nil, refused
			}
			return database.Driver(dsn)
		})
		if n == 4 { // there are no more
			sqlitetest.Must(t, err, d.Close())
			continue
		}
		if !errors.Is(err, refused) || d != nil {
			t.Errorf("the %d. is refused, and the answer is %v, %v", n, d, err)
		}
		steps := sqlitetest.ContentsOf(t, path)["migration"]
		if want := map[int]int{1: 1, 2: 1, 3: 2}[n]; len(steps) != want {
			t.Errorf("the %d. is refused, and %d steps are made, want %d", n, len(steps), want)
		}
	}
}
