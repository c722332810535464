package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"iter"
)

// scanner is a row of either database/sql kind.
type scanner interface{ Scan(dest ...any) error }

// selectSeq yields the rows of a query, each read into its targets: where its columns go, in their order.
// An error comes at most once, last.
func selectSeq[T any](ctx context.Context, tx *sql.Tx, targets func(*T) []any, query string, args ...any) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		rows, err := tx.QueryContext(ctx, query, args...)
		if err != nil {
			yield(none, err)
			return
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var v T
			if err := rows.Scan(targets(&v)...); err != nil {
				yield(none, err)
				return
			}
			if !yield(v, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(none, err)
		}
	}
}

// selectAll gives the rows of a query.
func selectAll[T any](ctx context.Context, tx *sql.Tx, targets func(*T) []any, query string, args ...any) ([]T, error) {
	var all []T
	for v, err := range selectSeq(ctx, tx, targets, query, args...) {
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, nil
}

// selectMap gives the rows of a query by their key; there is a map also when there are no rows.
func selectMap[K comparable, V any](ctx context.Context, tx *sql.Tx, targets func(*K, *V) []any, query string, args ...any) (map[K]V, error) {
	type pair struct {
		key   K
		value V
	}
	all := map[K]V{}
	for p, err := range selectSeq(ctx, tx, func(p *pair) []any { return targets(&p.key, &p.value) }, query, args...) {
		if err != nil {
			return nil, err
		}
		all[p.key] = p.value
	}
	return all, nil
}

// selectOne gives the first row of a query; ok is false when there is none.
func selectOne[T any](ctx context.Context, tx *sql.Tx, targets func(*T) []any, query string, args ...any) (v T, ok bool, err error) {
	return scanOne(tx.QueryRowContext(ctx, query, args...), targets)
}

// scanOne is selectOne of a query that was made already.
func scanOne[T any](row scanner, targets func(*T) []any) (v T, ok bool, err error) {
	var none T
	switch err := row.Scan(targets(&v)...); {
	case errors.Is(err, sql.ErrNoRows):
		return none, false, nil
	case err != nil:
		return none, false, err
	}
	return v, true, nil
}

// selectValue gives the one value of a query that has always one.
func selectValue[T any](ctx context.Context, tx *sql.Tx, query string, args ...any) (v T, err error) {
	err = tx.QueryRowContext(ctx, query, args...).Scan(&v)
	return v, err
}

// changeOne carries out a statement that changes one row; ok is false when there is no such row.
func changeOne(ctx context.Context, tx *sql.Tx, statement string, args ...any) (ok bool, err error) {
	res, err := tx.ExecContext(ctx, statement, args...)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// prepare says where a statement that is used often in a transaction is kept.
func prepare(in **sql.Stmt, query string) prepared { return prepared{in, query} }

type prepared struct {
	in    **sql.Stmt
	query string
}

// prepareAll prepares statements, which end with their transaction.
func prepareAll(ctx context.Context, tx *sql.Tx, all ...prepared) (err error) {
	for _, p := range all {
		if *p.in, err = tx.PrepareContext(ctx, p.query); err != nil { //nolint:sqlclosecheck // ends with its transaction
			return err
		}
	}
	return nil
}

// itself are the targets of a single column.
func itself[T any](v *T) []any { return []any{v} }

// keyed are the targets of a key and a single column.
func keyed[K comparable, V any](k *K, v *V) []any { return []any{k, v} }
