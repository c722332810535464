package database

import (
	"context"
	"database/sql"
	"errors"
)

// Statement is a statement that a transaction uses often, for one row each time. It asks whether ctx has ended before it begins
// and does not watch for it while it works: the driver watches with a goroutine for each execution, which costs as much as the row.
type Statement struct{ prepared *sql.Stmt }

// ExecContext carries the statement out.
func (s Statement) ExecContext(ctx context.Context, args ...any) (sql.Result, error) {
	return s.prepared.ExecContext(unwatched(ctx), args...)
}

// QueryRowContext asks for one row.
func (s Statement) QueryRowContext(ctx context.Context, args ...any) *sql.Row {
	return s.prepared.QueryRowContext(unwatched(ctx), args...)
}

// unwatched is ctx without its end, unless it has come.
func unwatched(ctx context.Context) context.Context {
	if ctx.Err() != nil {
		return ctx
	}
	return context.WithoutCancel(ctx)
}

// Prepare says where PrepareAll keeps a statement.
func Prepare(in *Statement, query string) Prepared { return Prepared{in, query} }

// Prepared is a statement and where it is kept.
type Prepared struct {
	in    *Statement
	query string
}

// PrepareAll prepares statements, which end with their transaction; ctx is the transaction's.
func PrepareAll(ctx context.Context, tx *sql.Tx, all ...Prepared) (err error) {
	for _, p := range all {
		if p.in.prepared, err = tx.PrepareContext(ctx, p.query); err != nil {
			return err
		}
		// Package sql ends a transaction with its context, beside this, and may not have known of the statement by then: nobody else would
		// close it, and SQLite keeps the file open as long as there is one.
		if err := ctx.Err(); err != nil {
			return errors.Join(err, p.in.prepared.Close())
		}
	}
	return nil
}
