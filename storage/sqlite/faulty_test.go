package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
)

// errFuse is what a connection says whose fuse has blown.
var errFuse = errors.New("the fuse has blown")

// fuse lets one call of a database's connections fail: the n-th after it was set. Calls are everything by
// which a statement can fail: to begin, prepare, execute, query, step to the next row, read a value of the
// row, ask for the result, commit.
type fuse struct {
	mu    sync.Mutex
	left  int // calls until it blows; 0: it is not set
	blown string
}

func (f *fuse) set(n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.left, f.blown = n, ""
}

// clear takes the fuse out and tells at what it has blown, "" when it has not.
func (f *fuse) clear() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.left = 0
	return f.blown
}

// burn gives the error of a call that is to fail.
func (f *fuse) burn(what ...string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.left == 0 {
		return nil
	}
	if f.left--; f.left > 0 {
		return nil
	}
	f.blown = strings.Join(what, " ")
	return errFuse
}

// fused gives the file connections with a fuse.
func fused(d *database) (*fuse, error) {
	f := &fuse{}
	opened := d.write.Driver()
	if err := d.close(); err != nil {
		return nil, err
	}
	d.write = sql.OpenDB(fusedConnector{opened, writerDSN(d.path), f})
	d.read = sql.OpenDB(fusedConnector{opened, readerDSN(d.path), f})
	d.write.SetMaxOpenConns(1)
	d.read.SetMaxOpenConns(1) // what is left open stops the next call
	return f, d.write.PingContext(context.Background())
}

type fusedConnector struct {
	driver driver.Driver
	dsn    string
	fuse   *fuse
}

func (c fusedConnector) Driver() driver.Driver { return c.driver }

func (c fusedConnector) Connect(context.Context) (driver.Conn, error) {
	conn, err := c.driver.Open(c.dsn)
	return fusedConn{conn, c.fuse}, err
}

type fusedConn struct {
	driver.Conn
	fuse *fuse
}

func (c fusedConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	if err := c.fuse.burn("begin"); err != nil {
		return nil, err
	}
	tx, err := c.Conn.(driver.ConnBeginTx).BeginTx(ctx, o)
	return fusedTx{tx, c.fuse}, err
}

func (c fusedConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	if err := c.fuse.burn("prepare", query); err != nil {
		return nil, err
	}
	s, err := c.Conn.(driver.ConnPrepareContext).PrepareContext(ctx, query)
	return fusedStmt{s, c.fuse, query}, err
}

func (c fusedConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if err := c.fuse.burn("execute", query); err != nil {
		return nil, err
	}
	r, err := c.Conn.(driver.ExecerContext).ExecContext(ctx, query, args)
	return fusedResult{r, c.fuse, query}, err
}

func (c fusedConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if err := c.fuse.burn("query", query); err != nil {
		return nil, err
	}
	rows, err := c.Conn.(driver.QueryerContext).QueryContext(ctx, query, args)
	return fusedRows{rows, c.fuse, query}, err
}

type fusedTx struct {
	driver.Tx
	fuse *fuse
}

func (t fusedTx) Commit() error {
	if err := t.fuse.burn("commit"); err != nil {
		return errors.Join(err, t.Rollback())
	}
	return t.Tx.Commit()
}

type fusedStmt struct {
	driver.Stmt
	fuse  *fuse
	query string
}

func (s fusedStmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	if err := s.fuse.burn("execute prepared", s.query); err != nil {
		return nil, err
	}
	r, err := s.Stmt.(driver.StmtExecContext).ExecContext(ctx, args)
	return fusedResult{r, s.fuse, s.query}, err
}

func (s fusedStmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	if err := s.fuse.burn("query prepared", s.query); err != nil {
		return nil, err
	}
	rows, err := s.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args)
	return fusedRows{rows, s.fuse, s.query}, err
}

type fusedResult struct {
	driver.Result
	fuse  *fuse
	query string
}

func (r fusedResult) LastInsertId() (int64, error) {
	if err := r.fuse.burn("number of", r.query); err != nil {
		return 0, err
	}
	return r.Result.LastInsertId()
}

func (r fusedResult) RowsAffected() (int64, error) {
	if err := r.fuse.burn("count of", r.query); err != nil {
		return 0, err
	}
	return r.Result.RowsAffected()
}

type fusedRows struct {
	driver.Rows
	fuse  *fuse
	query string
}

// unreadable is a value that no column can be read into.
type unreadable struct{}

func (r fusedRows) Next(dest []driver.Value) error {
	if err := r.fuse.burn("next row of", r.query); err != nil {
		return err
	}
	err := r.Rows.Next(dest)
	if err == nil && r.fuse.burn("values of", r.query) != nil {
		dest[0] = unreadable{}
	}
	return err
}

var _ io.Closer = fusedRows{}

// failing is an operation that is tried with every of its calls failing: its answer on an error must be the
// zero value, nil where it makes no promise.
type failing struct {
	name string
	do   func(ctx context.Context) (any, error)
}

// doing is an operation that gives an error only.
func doing(name string, do func(ctx context.Context) error) failing {
	return failing{name, func(ctx context.Context) (any, error) { return nil, do(ctx) }}
}

// failEverywhere lets the operations fail at each of their calls in turn, and then come through, one after
// the other. Of one that has failed the error arrives, and the file is what it was.
func failEverywhere(t *testing.T, d *database, operations ...failing) {
	t.Helper()
	f, err := fused(d)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range operations {
		before := contents(t, d)
		for n := 1; ; n += thinned {
			f.set(n)
			answer, err := o.do(t.Context())
			at := f.clear()
			if at == "" {
				if err != nil {
					t.Fatalf("%s: %v", o.name, err)
				}
				break
			}
			if err == nil {
				t.Errorf("%s: nobody is told that this failed: %s", o.name, at)
			} else if !strings.HasPrefix(at, "values of") && !errors.Is(err, errFuse) {
				t.Errorf("%s: failed at %s, says %v", o.name, at, err)
			}
			if answer != nil && err != nil && !reflect.ValueOf(answer).IsZero() {
				t.Errorf("%s: failed at %s, yet gives %+v", o.name, at, answer)
			}
			if after := contents(t, d); !slices.Equal(after, before) {
				t.Fatalf("%s: failed at %s, and is half done", o.name, at)
			}
		}
	}
}

// contents is everything that is in a file, table by table.
func contents(t *testing.T, d *database) (lines []string) {
	t.Helper()
	for table, rows := range tables(t, d.read) {
		for _, row := range rows {
			lines = append(lines, fmt.Sprint(table, row))
		}
	}
	slices.Sort(lines)
	return lines
}

// tables reads every table of a file: its rows by column, in the order of their keys.
func tables(t *testing.T, db *sql.DB) map[string][]map[string]any {
	t.Helper()
	names := rowsBy(t, db, `SELECT name FROM sqlite_schema WHERE type = 'table'`)
	all := map[string][]map[string]any{}
	for _, n := range names {
		name := n["name"].(string)
		all[name] = rowsBy(t, db, `SELECT * FROM `+name+` ORDER BY 1, 2`)
	}
	return all
}

// rowsBy gives the rows of a query by column.
func rowsBy(t *testing.T, db *sql.DB, query string, args ...any) (all []map[string]any) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		values := make([]any, len(columns))
		targets := make([]any, len(columns))
		for i := range values {
			targets[i] = &values[i]
		}
		if err := rows.Scan(targets...); err != nil {
			t.Fatal(err)
		}
		row := map[string]any{}
		for i, c := range columns {
			row[c] = values[i]
		}
		all = append(all, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// wantRow fails the test unless the row has these values and no others.
func wantRow(t *testing.T, what string, got, want map[string]any) {
	t.Helper()
	for _, column := range slices.Sorted(maps.Keys(got)) {
		value, known := want[column]
		if !known {
			t.Errorf("%s: column %s is not compared", what, column)
		} else if !reflect.DeepEqual(got[column], value) {
			t.Errorf("%s: %s is %v, want %v", what, column, got[column], value)
		}
	}
	for column := range want {
		if _, there := got[column]; !there {
			t.Errorf("%s: no column %s", what, column)
		}
	}
}
