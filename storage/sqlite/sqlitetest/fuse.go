package sqlitetest

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"strings"
	"sync"

	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// ErrFuse is what a connection says whose fuse has blown.
var ErrFuse = errors.New("the fuse has blown")

// Fuse lets one call of a database's connections fail: the n-th after it was set. Calls are everything by
// which a statement can fail: to connect, begin, prepare, execute, query, step to the next row, read a value of the
// row, ask for the result, commit.
type Fuse struct {
	mu    sync.Mutex
	left  int // calls until it blows; 0: it is not set
	blown string
}

// Set lets the n-th call from now on fail.
func (f *Fuse) Set(n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.left, f.blown = n, ""
}

// Clear takes the fuse out and tells at what it has blown, "" when it has not.
func (f *Fuse) Clear() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.left = 0
	return f.blown
}

// burn gives the error of a call that is to fail.
func (f *Fuse) burn(what ...string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.left == 0 {
		return nil
	}
	if f.left--; f.left > 0 {
		return nil
	}
	f.blown = strings.Join(what, " ")
	return ErrFuse
}

// Fused gives the file connections with a fuse.
func Fused(d *database.File) (*Fuse, error) {
	f := &Fuse{}
	opened := d.Writer.Driver()
	if err := d.Close(); err != nil {
		return nil, err
	}
	d.Writer = sql.OpenDB(fusedConnector{opened, database.WriterDSN(d.Path), f})
	d.Reader = sql.OpenDB(fusedConnector{opened, database.ReaderDSN(d.Path), f})
	d.Writer.SetMaxOpenConns(1)
	d.Reader.SetMaxOpenConns(1) // what is left open stops the next call
	return f, d.Writer.PingContext(context.Background())
}

// Open is an opener of connections with the fuse.
func (f *Fuse) Open(dsn string) (*sql.DB, error) {
	pool, err := database.Driver(dsn)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(fusedConnector{pool.Driver(), dsn, f}), pool.Close()
}

type fusedConnector struct {
	driver driver.Driver
	dsn    string
	fuse   *Fuse
}

func (c fusedConnector) Driver() driver.Driver { return c.driver }

func (c fusedConnector) Connect(context.Context) (driver.Conn, error) {
	if err := c.fuse.burn("connect"); err != nil {
		return nil, err
	}
	conn, err := c.driver.Open(c.dsn)
	return fusedConn{conn, c.fuse}, err
}

type fusedConn struct {
	driver.Conn
	fuse *Fuse
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
	fuse *Fuse
}

func (t fusedTx) Commit() error {
	if err := t.fuse.burn("commit"); err != nil {
		return errors.Join(err, t.Rollback())
	}
	return t.Tx.Commit()
}

type fusedStmt struct {
	driver.Stmt
	fuse  *Fuse
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
	fuse  *Fuse
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
	fuse  *Fuse
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
