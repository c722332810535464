package kit

import (
	"slices"

	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// MadeOf gives the T that a row was made of, the zero T if it was made of something else.
func MadeOf[T any](r table.Row) T {
	x, _ := r.Data.(T)
	return x
}

// Marked gives what the marked rows of a table were made of.
func Marked[T any](t *table.Table) []T {
	var all []T
	for _, r := range t.Marked() {
		all = append(all, MadeOf[T](r))
	}
	return all
}

// MarkedAt gives Marked if r is one of them, else r alone: what the menu of r is for.
func MarkedAt[T any](t *table.Table, r table.Row) []T {
	if slices.ContainsFunc(t.Marked(), func(m table.Row) bool { return m.Key == r.Key }) {
		return Marked[T](t)
	}
	return []T{MadeOf[T](r)}
}

// Chosen gives Marked, or else the row that the keyboard stands on: what a key or a button is for.
func Chosen[T any](t *table.Table) []T {
	if all := Marked[T](t); len(all) > 0 {
		return all
	}
	if r, ok := t.Current(); ok {
		return []T{MadeOf[T](r)}
	}
	return nil
}
