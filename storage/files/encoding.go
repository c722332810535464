package files

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

var (
	bomUTF8    = []byte("\xef\xbb\xbf")
	bomUTF16LE = []byte("\xff\xfe")
	bomUTF16BE = []byte("\xfe\xff")
)

const utf8Name = "utf-8"

// charset is how the bytes of a text file become letters.
type charset struct {
	name    string
	decoder encoding.Encoding // passes over a byte order mark; that of UTF-8 replaces wrong bytes
}

// charsetOf knows the encodings of Turkish files by what they are called; the zero value is another one.
func charsetOf(label string) charset {
	switch strings.NewReplacer("_", "-", " ", "").Replace(asciiLower(label)) {
	case utf8Name, "utf8", "us-ascii", "ascii":
		return charset{utf8Name, unicode.UTF8BOM}
	case "windows-1254", "cp1254", "cp-1254", "x-cp1254":
		return charset{"windows-1254", charmap.Windows1254}
	case "iso-8859-9", "iso8859-9", "latin5", "latin-5", "l5", "iso-ir-148":
		return charset{"iso-8859-9", charmap.ISO8859_9}
	case "windows-1252", "cp1252", "iso-8859-1", "iso8859-1", "latin1", "latin-1":
		return charset{"windows-1252", charmap.Windows1252}
	case "iso-8859-15", "latin-9":
		return charset{"iso-8859-15", charmap.ISO8859_15}
	}
	return charset{}
}

// reader decodes r from its beginning.
func (c charset) reader(r io.Reader) io.Reader { return c.decoder.NewDecoder().Reader(r) }

// detectCharset reads the whole of r once: a Turkish letter may come late, and a guess from the
// beginning would spoil it. NUL bytes outside UTF-16 are refused.
func detectCharset(r io.Reader) (charset, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	head, err := in.Peek(3)
	if err != nil && !errors.Is(err, io.EOF) {
		return charset{}, err
	}
	switch {
	case bytes.HasPrefix(head, bomUTF16LE):
		return charset{"utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)}, nil
	case bytes.HasPrefix(head, bomUTF16BE):
		return charset{"utf-16be", unicode.UTF16(unicode.BigEndian, unicode.UseBOM)}, nil
	}
	marked := bytes.HasPrefix(head, bomUTF8)
	seen, err := countBytes(in)
	switch {
	case err != nil:
		return charset{}, err
	case marked, seen.wide >= 20*seen.wrong:
		return charsetOf(utf8Name), nil
	case seen.onlyISO:
		return charsetOf("iso-8859-9"), nil
	}
	// The two differ in 0x80–0x9F only; Turkish Windows is where such files come from.
	return charsetOf("windows-1254"), nil
}

// byteCount is what a look at every byte found.
type byteCount struct {
	wide, wrong int  // UTF-8 sequences longer than a byte; bytes that are no UTF-8
	onlyISO     bool // a byte that Windows-1254 does not have
}

func countBytes(in *bufio.Reader) (byteCount, error) {
	var c byteCount
	for line := 1; ; {
		head, err := in.Peek(utf8.UTFMax)
		if err != nil && !errors.Is(err, io.EOF) {
			return byteCount{}, err
		}
		if len(head) == 0 {
			return c, nil
		}
		r, n := utf8.DecodeRune(head)
		switch {
		case r == 0:
			return byteCount{}, refuse("file.nul", line, nil)
		case r == '\n':
			line++
		case r == utf8.RuneError && n == 1:
			c.wrong++
			c.onlyISO = c.onlyISO || strings.IndexByte("\x81\x8d\x8e\x8f\x90\x9d\x9e", head[0]) >= 0
		case n > 1:
			c.wide++
		}
		_, _ = in.Discard(n) // they are there
	}
}

// asciiLower is for names of formats; a person's text has domain.Fold.
func asciiLower(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}
