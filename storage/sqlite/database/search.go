package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"strings"
	"unicode"
	"unicode/utf8"

	"modernc.org/sqlite"

	"github.com/sopyo/sopyo-desktop/domain"
)

// What is searched of a row is one text: its words as they are folded, and, in front of them, the group it is in. A search
// index keeps the trigrams of that text, so everything that can be asked for is a phrase of three characters or more:
// a word that long as it is, a shorter one with the marks that stand before every word.
const (
	wordMark  = "\x02"
	groupMark = "\x03"
)

// trigram is how many characters a phrase has at least.
const trigram = 3

// SearchPhrases gives what has to stand in the search text of a row for search to find it: every word of it, anywhere; one
// of one or two characters at the beginning of a word.
func SearchPhrases(search string) []string {
	var phrases []string
	for _, word := range strings.Fields(domain.Fold(search)) {
		word = strings.Map(unmarked, word)
		for n := utf8.RuneCountInString(word); n < trigram; n++ {
			word = wordMark + word
		}
		phrases = append(phrases, word)
	}
	return phrases
}

// GroupPhrase is what stands in the search text of a row whose group, as search_text was given it, begins so.
func GroupPhrase(group string) string {
	return (strings.Repeat(groupMark, trigram) + group)[len(group):]
}

// Matching is the phrases as a query of FTS5.
func Matching(phrases []string) string {
	quoted := make([]string, len(phrases))
	for i, p := range phrases {
		quoted[i] = `"` + strings.ReplaceAll(p, `"`, `""`) + `"`
	}
	return strings.Join(quoted, " AND ")
}

// Holds tells of a folded text itself whether it has every phrase, as Matching asks of its index.
func Holds(folded string, phrases []string) bool {
	text := ""
	for _, p := range phrases {
		in := folded
		if strings.ContainsAny(p, wordMark+string(unicode.ReplacementChar)) {
			if text == "" {
				text = searchText(folded, "")
			}
			in = text
		}
		if !strings.Contains(in, p) {
			return false
		}
	}
	return true
}

// searchText makes the text of folded words in a group. What is no letter and no digit begins a word and ends one, also within
// what no blank parts: that goes on for one who types more of it, so where its parts begin is added behind.
func searchText(folded, group string) string {
	var text, starts strings.Builder
	text.WriteString(strings.Repeat(groupMark, trigram) + group)
	last := ' '
	for i, r := range folded {
		switch {
		case unicode.IsSpace(r):
		case unicode.IsSpace(last):
			text.WriteString(wordMark + wordMark)
			text.WriteRune(unmarked(r))
		default:
			text.WriteRune(unmarked(r))
			if !inWord(r) || !inWord(last) {
				starts.WriteString(wordMark + wordMark)
				starts.WriteRune(unmarked(r))
				_, size := utf8.DecodeRuneInString(folded[i:])
				if next, more := utf8.DecodeRuneInString(folded[i+size:]); more > 0 && !unicode.IsSpace(next) {
					starts.WriteRune(unmarked(next))
				}
			}
		}
		last = r
	}
	return text.String() + starts.String()
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }

// unmarked gives another character for those that are marks here, or an end for SQLite.
func unmarked(r rune) rune {
	if r < ' ' {
		return unicode.ReplacementChar
	}
	return r
}

func init() {
	sqlite.MustRegisterDeterministicScalarFunction("search_text", 2, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		folded, _ := args[0].(string)
		group, _ := args[1].(string)
		return searchText(folded, group), nil
	})
}

// settleSearch brings the search index up to date with the products: what is noted, and what is behind its last one.
func settleSearch(ctx context.Context, tx *sql.Tx) error {
	noted, err := SelectValue[bool](ctx, tx, `SELECT EXISTS (SELECT 1 FROM product_search_stale)`)
	if err == nil && noted {
		_, err = tx.ExecContext(ctx, `DELETE FROM product_search WHERE rowid IN (SELECT id FROM product_search_stale);
			INSERT INTO product_search (rowid, text) SELECT id, text FROM product_search_text WHERE id IN (SELECT id FROM product_search_stale);
			DELETE FROM product_search_stale`)
	}
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO product_search (rowid, text)
		SELECT id, text FROM product_search_text WHERE id > (SELECT coalesce(max(id), 0) FROM product_search_docsize)`)
	return err
}
