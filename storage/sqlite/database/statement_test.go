package database_test

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"testing"

	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// looked ends at the n-th look at it.
type looked struct {
	context.Context
	left atomic.Int64
	end  context.CancelFunc
}

func (l *looked) Done() <-chan struct{} {
	if l.left.Add(-1) == 0 {
		l.end()
	}
	return l.Context.Done()
}

// Wherever a transaction ends while its statements are being prepared, none of them keeps the file open behind Close: the journal, which the
// last connection takes away, goes.
func TestPrepareAll_leavesNothingOpenWhenItIsCutOff(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	d, err := openTest(t, path, testSchema(drawers))
	sqlitetest.Must(t, err)
	for i := range 20_000 {
		ctx, end := context.WithCancel(t.Context())
		cut := &looked{Context: ctx, end: end}
		err := d.View(cut, "prepare", func(tx *sql.Tx) error {
			cut.left.Store(int64(1 + i%12))
			var a, b, c, d database.Statement
			const find = `SELECT name FROM drawer WHERE id = ?`
			return database.PrepareAll(cut, tx, database.Prepare(&a, find), database.Prepare(&b, find), database.Prepare(&c, find), database.Prepare(&d, find))
		})
		end()
		if err != nil && ctx.Err() == nil {
			t.Fatal(err)
		}
	}
	for d.Reader.Stats().InUse > 0 { // package sql rolls back beside those who are told
		runtime.Gosched()
	}
	sqlitetest.Must(t, d.Close())
	if _, err := os.Stat(path + "-wal"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the file is open behind Close: %v", err)
	}
}
