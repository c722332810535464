// Package words is how a thing is said in a person's language, once: an amount, a time, an error and its
// cure, why a row is where it is, how a transfer or a letter stands. Screen, report, letter, Excel and
// command line all ask here. The sentences themselves stand in assets; this room decides which of them.
package words

import (
	"reflect"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Words says things in one language. The zero value says nothing; see New.
type Words struct {
	Lang string // "tr" or "en"
	say  func(key string, args ...any) string
}

// New gives the words of a language. say words a key, and gives the key itself where it has no words. The texts in a
// sentence are foreign, names of products, buyers and files, and stay on their line.
func New(lang string, say func(key string, args ...any) string) Words {
	return Words{Lang: lang, say: func(key string, args ...any) string {
		lines := make([]any, len(args))
		for i, a := range args {
			lines[i] = onLine(a)
		}
		return say(key, lines...)
	}}
}

// onLine makes a text one that draws only itself, whatever type it has; other values stay what they are.
func onLine(a any) any {
	if err, ok := a.(error); ok {
		return domain.Line(err.Error())
	}
	if v := reflect.ValueOf(a); v.Kind() == reflect.String {
		return domain.Line(v.String())
	}
	return a
}

// T words a key.
func (w Words) T(key string, args ...any) string { return w.say(key, args...) }

// Has tells whether a key has words.
func (w Words) Has(key string) bool { return w.say(key) != key }
