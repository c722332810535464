// Package charset makes text of bytes: it finds out by what stands in a file in which encoding it was written, and undoes what was encoded
// twice or escaped as HTML. The bytes decide, whatever the file or a person says of them.
package charset

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

// Byte order marks; BOM is that of UTF-8.
var (
	BOM        = []byte("\xef\xbb\xbf")
	bomUTF16LE = []byte("\xff\xfe")
	bomUTF16BE = []byte("\xfe\xff")
)

// UTF8 is what UTF-8 is called in Charset.Name.
const UTF8 = "utf-8"

// Charset is how the bytes of a text file become letters.
type Charset struct {
	Name    string                   // utf-8, utf-16le, windows-1254, iso-8859-9, cp857 …; "" for none
	decoder func() *encoding.Decoder // passes over a byte order mark
}

// Of knows the encodings of Turkish files by what they are called, in declarations and in Charset.Name; the zero value is another one.
func Of(label string) Charset {
	switch strings.NewReplacer("_", "-", " ", "").Replace(ASCIILower(label)) {
	case UTF8, "utf8", "us-ascii", "ascii":
		return Charset{UTF8, unicode.UTF8BOM.NewDecoder}
	case "windows-1254", "cp1254", "cp-1254", "x-cp1254":
		return Charset{"windows-1254", windows1254.decoder}
	case "iso-8859-9", "iso8859-9", "latin5", "latin-5", "l5", "iso-ir-148":
		return Charset{"iso-8859-9", iso88599.decoder}
	case "windows-1252", "cp1252", "iso-8859-1", "iso8859-1", "latin1", "latin-1":
		return Charset{"windows-1252", windows1252.decoder}
	case "iso-8859-15", "latin-9":
		return Charset{"iso-8859-15", charmap.ISO8859_15.NewDecoder}
	case "cp857", "ibm857", "ibm-857", "857", "csibm857":
		return Charset{"cp857", dosTurkish.decoder}
	case "windows-1251", "cp1251", "cp-1251":
		return Charset{"windows-1251", windows1251.decoder}
	case "koi8-r", "koi8r", "koi8":
		return Charset{"koi8-r", koi8r.decoder}
	case "cp866", "ibm866", "866", "csibm866":
		return Charset{"cp866", dosCyrillic.decoder}
	case "iso-8859-5", "iso8859-5", "cyrillic":
		return Charset{"iso-8859-5", iso88595.decoder}
	case "windows-1253", "cp1253":
		return Charset{"windows-1253", windows1253.decoder}
	case "windows-1256", "cp1256":
		return Charset{"windows-1256", charmap.Windows1256.NewDecoder}
	case "x-mac-turkish", "macturkish", "mac-turkish", "x-macturkish":
		return Charset{"x-mac-turkish", macTurkish.decoder}
	}
	return Charset{}
}

// Reader decodes r from its beginning.
func (c Charset) Reader(r io.Reader) io.Reader { return c.decoder().Reader(r) }

// Text decodes raw.
func (c Charset) Text(raw []byte) string {
	text, _ := c.decoder().Bytes(raw) // a table decodes every byte
	return string(text)
}

// Guess is what the bytes of a file say about its encoding.
type Guess struct {
	Charset
	Plain bool // all of it is ASCII
	Mixed bool // UTF-8 with letters of an 8-bit encoding in it
	Six   bool // it has letters by which Windows-1254 and 1252 differ: Turkish ones there, Icelandic ones here
	// Others are encodings that it may as well be, its own among them; nil where it is certain. Sample is a word of it, as it is in the file.
	Others []string
	Sample []byte
	seen   *byteCount // what it is guessed by
}

// GuessOf reads the whole of r once: a Turkish letter may come late, and a guess from the
// beginning would spoil it. NUL bytes outside UTF-16 are refused, as file.nul with their line; other errors are those of r.
func GuessOf(r io.Reader) (Guess, error) {
	head := make([]byte, 64)
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return Guess{}, err
	}
	head = head[:n]
	if wide := UTF16Of(head); wide.Name != "" {
		return Guess{Charset: wide}, nil
	}
	var seen byteCount
	if err := seen.count(io.MultiReader(bytes.NewReader(head), r)); err != nil {
		return Guess{}, err
	}
	utf := Guess{Charset: Of(UTF8), Plain: seen.wide == 0}
	if seen.wrong == 0 {
		return utf, nil
	}
	eight, page := seen.eightBit()
	eight.seen = &seen
	for _, b := range []byte("\xd0\xdd\xde\xf0\xfd\xfe") {
		eight.Six = eight.Six || seen.used[b-0x80] != (byteUse{})
	}
	if bytes.HasPrefix(head, BOM) || seen.wide >= seen.wrong {
		utf.Mixed = true
		utf.decoder = func() *encoding.Decoder {
			return &encoding.Decoder{Transformer: &mixedUTF8{other: page}}
		}
		return utf, nil
	}
	return eight, nil
}

// UTF16Of knows UTF-16 by its mark, or by the half of its bytes that is NUL.
func UTF16Of(head []byte) Charset {
	var zeros [2]int
	for i, b := range head[:len(head)&^1] {
		if b == 0 {
			zeros[i%2]++
		}
	}
	pairs := len(head) / 2
	switch {
	case bytes.HasPrefix(head, bomUTF16LE):
		return Charset{"utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder}
	case bytes.HasPrefix(head, bomUTF16BE):
		return Charset{"utf-16be", unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder}
	case pairs < 4:
	case zeros[0] == 0 && zeros[1]*10 >= pairs*7:
		return Charset{"utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder}
	case zeros[1] == 0 && zeros[0]*10 >= pairs*7:
		return Charset{"utf-16be", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder}
	}
	return Charset{}
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

// ASCIILower is for names of formats; a person's text has domain.Fold.
func ASCIILower(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// Beginning is the first text of a file in ASCII, without mark and white space: of two-byte text every
// other byte.
func Beginning(head []byte) []byte {
	if UTF16Of(head[:min(len(head), 64)]).Name != "" {
		head = bytes.ReplaceAll(bytes.TrimPrefix(bytes.TrimPrefix(head, bomUTF16LE), bomUTF16BE), []byte{0}, nil)
	}
	return bytes.TrimLeft(bytes.TrimPrefix(head, BOM), " \t\r\n")
}
