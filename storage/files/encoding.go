package files

import (
	"bufio"
	"bytes"
	"errors"
	"io"
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

// charset is how the bytes of a text file become letters.
type charset struct {
	name    string
	skip    int64             // length of the byte order mark
	decoder encoding.Encoding // nil: UTF-8 as it is
}

// charsetOf gives the character set of that name, without a mark; the zero value for a name not known.
func charsetOf(name string) charset {
	switch name {
	case "utf-8":
		return charset{name: name, decoder: unicode.UTF8BOM}
	case "windows-1254":
		return charset{name: name, decoder: charmap.Windows1254}
	case "iso-8859-9":
		return charset{name: name, decoder: charmap.ISO8859_9}
	}
	return charset{}
}

// reader decodes r, which begins after the mark.
func (c charset) reader(r io.Reader) io.Reader {
	if c.decoder == nil {
		return r
	}
	return c.decoder.NewDecoder().Reader(r)
}

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
		return charset{"utf-16le", 2, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)}, nil
	case bytes.HasPrefix(head, bomUTF16BE):
		return charset{"utf-16be", 2, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)}, nil
	}
	seen, err := countBytes(in)
	if err != nil {
		return charset{}, err
	}
	switch {
	case bytes.HasPrefix(head, bomUTF8):
		return charset{name: "utf-8", skip: 3, decoder: seen.repair()}, nil
	case seen.wrong == 0 || seen.wide >= 20*seen.wrong:
		return charset{name: "utf-8", decoder: seen.repair()}, nil
	case seen.onlyISO:
		return charset{name: "iso-8859-9", decoder: charmap.ISO8859_9}, nil
	default:
		// The two differ in 0x80–0x9F only; Turkish Windows is where such files come from.
		return charset{name: "windows-1254", decoder: charmap.Windows1254}, nil
	}
}

// byteCount is what a look at every byte found.
type byteCount struct {
	wide, wrong int  // UTF-8 sequences longer than a byte; bytes that are no UTF-8
	onlyISO     bool // a byte that Windows-1254 does not have
}

// repair gives the decoder that replaces wrong bytes, nil when there are none.
func (c byteCount) repair() encoding.Encoding {
	if c.wrong == 0 {
		return nil
	}
	return unicode.UTF8
}

func countBytes(in *bufio.Reader) (byteCount, error) {
	var c byteCount
	line := 1
	for {
		r, n, err := in.ReadRune()
		switch {
		case errors.Is(err, io.EOF):
			return c, nil
		case err != nil:
			return c, err
		case r == 0:
			return c, refuse("file.nul", line, nil)
		case r == '\n':
			line++
		case r == utf8.RuneError && n == 1:
			c.wrong++
			if err := in.UnreadRune(); err != nil {
				return c, err
			}
			b, err := in.ReadByte()
			if err != nil {
				return c, err
			}
			c.onlyISO = c.onlyISO || bytes.IndexByte([]byte{0x81, 0x8d, 0x8e, 0x8f, 0x90, 0x9d, 0x9e}, b) >= 0
		case n > 1:
			c.wide++
		}
	}
}
