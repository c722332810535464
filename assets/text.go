// Package assets holds what ships inside the program: words, guide, icon, marketplaces, districts and the
// demo catalogue. Everything is embedded; nothing is read from disk or network.
package assets

import (
	"embed"
	"encoding/json"
	"fmt"
	"path"
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
// of package fmt. A key that stands in two files is a defect of the build.
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
	return t.printer.Sprintf(words, args...) // which is in no catalogue of the printer's: one would hold all words once more
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
