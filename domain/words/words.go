// Package words is how a thing is said in a person's language, once: an amount, a time, an error and its
// cure, why a row is where it is, how a transfer or a letter stands. Screen, report, letter, Excel and
// command line all ask here. The sentences themselves stand in assets; this room decides which of them.
package words

// Words says things in one language. The zero value says nothing; see New.
type Words struct {
	Lang string // "tr" or "en"
	say  func(key string, args ...any) string
}

// New gives the words of a language. say words a key, and gives the key itself where it has no words.
func New(lang string, say func(key string, args ...any) string) Words {
	return Words{Lang: lang, say: say}
}

// T words a key.
func (w Words) T(key string, args ...any) string { return w.say(key, args...) }

// Has tells whether a key has words.
func (w Words) Has(key string) bool { return w.say(key) != key }
