package charset

import (
	"html"
	"regexp"
	"strings"
)

var entity = regexp.MustCompile(`&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});`)

// Unescaped puts letters in the place of HTML's entities, also of those that were escaped once more.
func Unescaped(s string) string {
	for range 2 {
		if strings.IndexByte(s, '&') < 0 {
			break
		}
		s = entity.ReplaceAllStringFunc(s, letterOf)
	}
	return s
}

// letterOf is what an entity stands for, itself if HTML knows none of its name.
func letterOf(entity string) string {
	if letter := html.UnescapeString(entity); letter == ";" || !strings.HasSuffix(letter, ";") {
		return letter
	}
	return entity
}

// NotEscaped tells whether a text has signs that one which was escaped for HTML cannot have.
func NotEscaped(s string) bool {
	if strings.IndexByte(s, '<') >= 0 {
		return true
	}
	if strings.IndexByte(s, '&') < 0 {
		return false
	}
	rest := entity.ReplaceAllStringFunc(s, func(e string) string {
		if letterOf(e) == e {
			return e
		}
		return ""
	})
	return strings.IndexByte(rest, '&') >= 0
}

// halfEntity is the end of a cell that the semicolon of an entity has cut.
var halfEntity = regexp.MustCompile(`&(?:#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]+)$`)

// WholeEntities joins, in their place, the cells of a row that the semicolon of an entity has cut: "Bardak &amp", " Tabak".
func WholeEntities(cells []string) []string {
	out, from := cells[:0], 0
	for i, c := range cells {
		if i+1 < len(cells) && cutEntity(c) {
			continue
		}
		out = append(out, strings.Join(cells[from:i+1], ";"))
		from = i + 1
	}
	return out
}

func cutEntity(cell string) bool {
	if strings.IndexByte(cell, '&') < 0 {
		return false
	}
	half := halfEntity.FindString(cell)
	return half != "" && letterOf(half+";") != half+";"
}
