package sqlite

import (
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
)

// ordered joins expressions in one direction.
func ordered(desc bool, expressions ...string) string {
	if !desc {
		return strings.Join(expressions, `, `)
	}
	return strings.Join(expressions, ` DESC, `) + ` DESC`
}

// wordFilter asks for every word of search in the folded column.
func wordFilter(column, search string) (clause string, needles []any) {
	for _, word := range strings.Fields(domain.Fold(search)) {
		clause += ` AND instr(` + column + `, ?) > 0`
		needles = append(needles, word)
	}
	return clause, needles
}

// limit is SQLite's: -1 is none.
func limit(n int) int {
	if n <= 0 {
		return -1
	}
	return n
}
