package transport

import (
	"strings"
	"unicode"
)

const (
	// messageLimit is the longest message of a remote that is handed on, in characters.
	messageLimit = 500
	// cutMark stands where a message was cut off.
	cutMark = "…"
)

// Message is a remote's own text, made fit to be shown: several lines stay lines, what cannot be printed
// goes, and an endless one ends.
func Message(s string) string {
	s = strings.Map(func(r rune) rune {
		if r != '\n' && !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, strings.ReplaceAll(strings.TrimSpace(s), "\r\n", "\n"))
	if r := []rune(s); len(r) > messageLimit {
		return string(r[:messageLimit]) + cutMark
	}
	return s
}

// Impersonal takes out of a message what may name a person, a firm or a credential: words with an @,
// numbers as long as a tax number, and what a header puts before a token.
func Impersonal(message string) string {
	words := strings.Split(strings.ReplaceAll(message, "Bearer", "•••"), " ")
	for i, w := range words {
		if strings.Contains(w, "@") {
			words[i] = "•••"
		}
	}
	return maskDigits(strings.Join(words, " "))
}

func maskDigits(s string) string {
	const shortest = 9
	var b strings.Builder
	s = strings.ToValidUTF8(s, " ")
	run := 0 // where the run of digits before i began
	flush := func(end int) {
		if end-run >= shortest {
			b.WriteString("•••")
		} else {
			b.WriteString(s[run:end])
		}
	}
	for i, r := range s {
		if r >= '0' && r <= '9' {
			continue
		}
		flush(i)
		b.WriteRune(r)
		run = i + len(string(r))
	}
	flush(len(s))
	return b.String()
}
