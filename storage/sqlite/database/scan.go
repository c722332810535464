package database

import (
	"context"
	"database/sql"
	"errors"
	"iter"
)

// scanner is a row of either database/sql kind.
type scanner interface{ Scan(dest ...any) error }

// SelectSeq yields the rows of a query, each read into its targets: where its columns go, in their order.
// An error comes at most once, last.
func SelectSeq[T any](ctx context.Context, tx *sql.Tx, targets func(*T) []any, query string, args ...any) iter.Seq2[T, error] {
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

// SelectAll gives the rows of a query.
func SelectAll[T any](ctx context.Context, tx *sql.Tx, targets func(*T) []any, query string, args ...any) ([]T, error) {
	var all []T
	for v, err := range SelectSeq(ctx, tx, targets, query, args...) {
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, nil
}

// SelectMap gives the rows of a query by their key; there is a map also when there are no rows.
func SelectMap[K comparable, V any](ctx context.Context, tx *sql.Tx, targets func(*K, *V) []any, query string, args ...any) (map[K]V, error) {
	type pair struct {
		key   K
		value V
	}
	all := map[K]V{}
	for p, err := range SelectSeq(ctx, tx, func(p *pair) []any { return targets(&p.key, &p.value) }, query, args...) {
		if err != nil {
			return nil, err
		}
		all[p.key] = p.value
	}
	return all, nil
}

// SelectOne gives the first row of a query; ok is false when there is none.
func SelectOne[T any](ctx context.Context, tx *sql.Tx, targets func(*T) []any, query string, args ...any) (v T, ok bool, err error) {
	return ScanOne(tx.QueryRowContext(ctx, query, args...), targets)
}

// ScanOne is selectOne of a query that was made already.
func ScanOne[T any](row scanner, targets func(*T) []any) (v T, ok bool, err error) {
	var none T
	switch err := row.Scan(targets(&v)...); {
	case errors.Is(err, sql.ErrNoRows):
		return none, false, nil
	case err != nil:
		return none, false, err
	}
	return v, true, nil
}

// SelectValue gives the one value of a query that has always one.
func SelectValue[T any](ctx context.Context, tx *sql.Tx, query string, args ...any) (v T, err error) {
	err = tx.QueryRowContext(ctx, query, args...).Scan(&v)
	return v, err
}

// ChangeOne carries out a statement that changes one row; ok is false when there is no such row.
func ChangeOne(ctx context.Context, tx *sql.Tx, statement string, args ...any) (ok bool, err error) {
	res, err := tx.ExecContext(ctx, statement, args...)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// Itself are the targets of a single column.
func Itself[T any](v *T) []any { return []any{v} }

// Keyed are the targets of a key and a single column.
func Keyed[K comparable, V any](k *K, v *V) []any { return []any{k, v} }
