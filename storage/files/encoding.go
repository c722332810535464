package files

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/sopyo/sopyo-desktop/storage/files/refusal"
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
	decoder func() *encoding.Decoder // passes over a byte order mark
}

// charsetOf knows the encodings of Turkish files by what they are called; the zero value is another one.
func charsetOf(label string) charset {
	switch strings.NewReplacer("_", "-", " ", "").Replace(asciiLower(label)) {
	case utf8Name, "utf8", "us-ascii", "ascii":
		return charset{utf8Name, unicode.UTF8BOM.NewDecoder}
	case "windows-1254", "cp1254", "cp-1254", "x-cp1254":
		return charset{"windows-1254", windows1254.decoder}
	case "iso-8859-9", "iso8859-9", "latin5", "latin-5", "l5", "iso-ir-148":
		return charset{"iso-8859-9", iso88599.decoder}
	case "windows-1252", "cp1252", "iso-8859-1", "iso8859-1", "latin1", "latin-1":
		return charset{"windows-1252", windows1252.decoder}
	case "iso-8859-15", "latin-9":
		return charset{"iso-8859-15", charmap.ISO8859_15.NewDecoder}
	case "cp857", "ibm857", "ibm-857", "857", "csibm857":
		return charset{"cp857", dosTurkish.decoder}
	case "windows-1251", "cp1251", "cp-1251":
		return charset{"windows-1251", windows1251.decoder}
	case "koi8-r", "koi8r", "koi8":
		return charset{"koi8-r", koi8r.decoder}
	case "cp866", "ibm866", "866", "csibm866":
		return charset{"cp866", dosCyrillic.decoder}
	case "iso-8859-5", "iso8859-5", "cyrillic":
		return charset{"iso-8859-5", iso88595.decoder}
	case "windows-1253", "cp1253":
		return charset{"windows-1253", windows1253.decoder}
	case "windows-1256", "cp1256":
		return charset{"windows-1256", charmap.Windows1256.NewDecoder}
	case "x-mac-turkish", "macturkish", "mac-turkish", "x-macturkish":
		return charset{"x-mac-turkish", macTurkish.decoder}
	}
	return charset{}
}

// reader decodes r from its beginning.
func (c charset) reader(r io.Reader) io.Reader { return c.decoder().Reader(r) }

// guess is what the bytes of a file say about its encoding.
type guess struct {
	charset
	plain bool // all of it is ASCII
	mixed bool // UTF-8 with letters of an 8-bit encoding in it
	six   bool // it has letters by which Windows-1254 and 1252 differ: Turkish ones there, Icelandic ones here
	// others are encodings that it may as well be, charset among them; nil where it is certain. sample is a word of it.
	others []string
	sample []byte
	seen   *byteCount // what it is guessed by
}

// detectCharset is the encoding of r by its bytes alone.
func detectCharset(r io.Reader) (charset, error) {
	g, err := guessCharset(r)
	return g.charset, err
}

// guessCharset reads the whole of r once: a Turkish letter may come late, and a guess from the
// beginning would spoil it. NUL bytes outside UTF-16 are refused.
func guessCharset(r io.Reader) (guess, error) {
	head := make([]byte, 64)
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return guess{}, err
	}
	head = head[:n]
	if wide := utf16Of(head); wide.name != "" {
		return guess{charset: wide}, nil
	}
	var seen byteCount
	if err := seen.count(io.MultiReader(bytes.NewReader(head), r)); err != nil {
		return guess{}, err
	}
	utf := guess{charset: charsetOf(utf8Name), plain: seen.wide == 0}
	if seen.wrong == 0 {
		return utf, nil
	}
	eight, page := seen.eightBit()
	eight.seen = &seen
	for _, b := range []byte("\xd0\xdd\xde\xf0\xfd\xfe") {
		eight.six = eight.six || seen.used[b-0x80] != (byteUse{})
	}
	if bytes.HasPrefix(head, bomUTF8) || seen.wide >= seen.wrong {
		utf.mixed = true
		utf.decoder = func() *encoding.Decoder {
			return &encoding.Decoder{Transformer: &mixedUTF8{other: page}}
		}
		return utf, nil
	}
	return eight, nil
}

// utf16Of knows UTF-16 by its mark, or by the half of its bytes that is NUL.
func utf16Of(head []byte) charset {
	var zeros [2]int
	for i, b := range head[:len(head)&^1] {
		if b == 0 {
			zeros[i%2]++
		}
	}
	pairs := len(head) / 2
	switch {
	case bytes.HasPrefix(head, bomUTF16LE):
		return charset{"utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder}
	case bytes.HasPrefix(head, bomUTF16BE):
		return charset{"utf-16be", unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder}
	case pairs < 4:
	case zeros[0] == 0 && zeros[1]*10 >= pairs*7:
		return charset{"utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder}
	case zeros[1] == 0 && zeros[0]*10 >= pairs*7:
		return charset{"utf-16be", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder}
	}
	return charset{}
}

// byteCount is what a look at every byte found.
type byteCount struct {
	wide, wrong int          // UTF-8 sequences longer than a byte; bytes that are no UTF-8
	used        [128]byteUse // bytes above ASCII that are no UTF-8, from 0x80
	steps       [8][8]int    // such bytes behind another one above ASCII, by the upper halves of both
	sample      []byte       // the text around the first of them
}

// byteUse counts a byte by what stands before and behind it.
type byteUse [4][4]int

// What a byte is to its neighbours.
const (
	besideNothing = iota
	besideLower
	besideUpper
	besideHigh // perhaps a letter
)

func neighbour(b byte) int {
	switch {
	case b >= utf8.RuneSelf:
		return besideHigh
	case b >= 'a' && b <= 'z':
		return besideLower
	case b >= 'A' && b <= 'Z':
		return besideUpper
	}
	return besideNothing
}

func (c *byteCount) count(r io.Reader) error {
	buf := make([]byte, 64<<10)
	line, have, run, before := 1, 0, 0, byte(0)
	for ended := false; !ended; {
		n, err := io.ReadFull(r, buf[have:])
		if ended = errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF); err != nil && !ended {
			return err
		}
		have += n
		last := have
		if !ended {
			last -= utf8.UTFMax // a sequence may go on behind the buffer
		}
		i := 0
		for i < last {
			b := buf[i]
			switch b {
			case 0:
				return refusal.New("file.nul", line, nil)
			case '\n':
				line++
			}
			if b < utf8.RuneSelf {
				before = b
				i++
				continue
			}
			if _, size := utf8.DecodeRune(buf[i:have]); size > 1 {
				c.wide++
				i += size
				before = b
				continue
			}
			behind := byte(0)
			if rest := buf[i:have]; len(rest) > 1 {
				behind = rest[1]
			}
			if run++; b != before {
				run = 0
			}
			if run > 1 { // a line that is drawn
				c.wrong++
				i++
				continue
			}
			if c.wrong++; c.sample == nil {
				c.sample = wordAt(buf[:have], i)
			}
			c.used[b-0x80][neighbour(before)][neighbour(behind)]++
			if before >= utf8.RuneSelf {
				c.steps[before>>4-8][b>>4-8]++
			}
			before = b
			i++
		}
		have = copy(buf, buf[i:have])
	}
	return nil
}

// wordAt is the text around a place, to the next separators.
func wordAt(text []byte, at int) []byte {
	const around = 40
	begin := max(bytes.LastIndexAny(text[:at], "\n\r\t;,|<>\"")+1, at-around)
	end := at + max(bytes.IndexAny(text[at:min(len(text), at+around)], "\n\r\t;,|<>\""), 1)
	return slices.Clone(text[begin:end])
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
