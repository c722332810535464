package database

import (
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Ordered joins expressions in one direction.
func Ordered(desc bool, expressions ...string) string {
	if !desc {
		return strings.Join(expressions, `, `)
	}
	return strings.Join(expressions, ` DESC, `) + ` DESC`
}

// Words gives the words of a search, as folded texts have them.
func Words(search string) []string { return strings.Fields(domain.Fold(search)) }

// WordFilter asks for every word of search in the folded column.
func WordFilter(column, search string) (clause string, needles []any) {
	return wordFilter(column, Words(search))
}

func wordFilter(column string, words []string) (clause string, needles []any) {
	for _, word := range words {
		clause += ` AND instr(` + column + `, ?) > 0`
		needles = append(needles, word)
	}
	return clause, needles
}

// Limit is SQLite's: -1 is none.
func Limit(n int) int {
	if n <= 0 {
		return -1
	}
	return n
}
