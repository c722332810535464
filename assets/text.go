// Package assets holds what ships inside the program: words, guide, icon, marketplaces, districts and the
// demo catalogue. Everything is embedded; nothing is read from disk or network.
package assets

import (
	"embed"
	"encoding/json"
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

//go:embed translations
var translations embed.FS

// Text words keys in one language. Numbers in a sentence (%d) are grouped the language's way.
type Text struct {
	Lang    string // "tr" or "en"
	words   map[string]string
	printer *message.Printer
}

// Languages are those the program speaks, the first one by default.
func Languages() []string { return []string{"tr", "en"} }

// Each language is loaded when it is first asked for, and once: that takes longer than most commands.
var (
	turkish = sync.OnceValues(func() (*Text, error) { return load("tr") })
	english = sync.OnceValues(func() (*Text, error) { return load("en") })
)

// NewText gives the words of a language, Turkish unless it is "en".
func NewText(lang string) (*Text, error) {
	if lang == "en" {
		return english()
	}
	return turkish()
}

// load reads a language: every translations/*.LANG.json, each a flat object of key → sentence in the verbs
// of package fmt, and with words for one and for many behind a number: "%d {product is|products are} new".
// A key that stands in two files is a defect of the build.
func load(lang string) (*Text, error) {
	t := &Text{Lang: lang, words: map[string]string{}}
	files, err := translations.ReadDir("translations")
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), "."+lang+".json") {
			continue
		}
		raw, err := translations.ReadFile(path.Join("translations", f.Name()))
		if err != nil {
			return nil, err
		}
		var words map[string]string
		if err := json.Unmarshal(raw, &words); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name(), err)
		}
		for k, v := range words {
			if _, twice := t.words[k]; twice {
				return nil, fmt.Errorf("%s: key %q stands in two files", f.Name(), k)
			}
			t.words[k] = v
		}
	}
	t.printer = message.NewPrinter(language.MustParse(lang))
	return t, nil
}

// T words key; a key without words shows itself, so that a gap is seen and tested.
func (t *Text) T(key string, args ...any) string {
	words, ok := t.words[key]
	if !ok {
		return key
	}
	return t.printer.Sprintf(agree(words, args), args...) // which is in no catalogue of the printer's: one would hold all words once more
}

// verbOrWords are a verb of package fmt, with its argument if it names one, or the words for one and for many.
var verbOrWords = regexp.MustCompile(`%(?:\[(\d+)\])?[-+0-9.]*[a-zA-Z%]|\{([^{}|"]*)\|([^{}|"]*)\}`)

// agree chooses each of a sentence's words for one and for many by the argument of the last verb before them: one is the number 1,
// or the text "1" of a number that was written before. (A catalogue of x/text's with its plurals names each such word apart from
// its sentence, and those of Fyne's take templates and one number a sentence.)
func agree(words string, args []any) string {
	if !strings.Contains(words, "|") {
		return words
	}
	var b strings.Builder
	end, last, next := 0, 0, 1 // arguments are counted from 1
	for _, m := range verbOrWords.FindAllStringSubmatchIndex(words, -1) {
		switch {
		case m[4] >= 0:
			b.WriteString(words[end:m[0]])
			if last > 0 && last <= len(args) && fmt.Sprint(args[last-1]) == "1" {
				b.WriteString(words[m[4]:m[5]])
			} else {
				b.WriteString(words[m[6]:m[7]])
			}
			end = m[1]
		case words[m[1]-1] == '%':
		default:
			if m[2] >= 0 {
				next, _ = strconv.Atoi(words[m[2]:m[3]]) // digits
			}
			last, next = next, next+1
		}
	}
	return b.String() + words[end:]
}

// Has tells whether key has words.
func (t *Text) Has(key string) bool { _, ok := t.words[key]; return ok }

// Keys lists every key.
func (t *Text) Keys() []string {
	keys := make([]string, 0, len(t.words))
	for k := range t.words {
		keys = append(keys, k)
	}
	return keys
}
