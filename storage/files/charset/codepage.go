package charset

import (
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/transform"
)

// codePage is an 8-bit encoding whose lower half is ASCII. golang.org/x/text has neither of the two Turkish ones below, and
// gives U+FFFD for bytes that Windows-1254 does not have, by which a text in UTF-8 among others would be lost.
type codePage struct {
	transform.NopResetter
	high [128]rune
}

// What MS-DOS (IBM, CCSID 857) and the old Mac OS (Apple, x-mac-turkish) wrote in Turkey.
var (
	dosTurkish = pageOf(
		"ÇüéâäàåçêëèïîıÄÅÉæÆôöòûùİÖÜø£ØŞş" +
			"áíóúñÑĞğ¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐" +
			"└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ºªÊËÈ€ÍÎÏ┘┌█▄¦Ì▀" +
			"ÓßÔÒõÕµ\ufffd×ÚÛÙìÿ¯´\u00ad±\ufffd¾¶§÷¸°¨·¹³²■\u00a0")
	macTurkish = pageOf(
		"ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü" +
			"†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø" +
			"¿¡¬√ƒ≈∆«»…\u00a0ÀÃÕŒœ–—“”‘’÷◊ÿŸĞğİıŞş" +
			"‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uf8ffÒÚÛÙ\uf8a0ˆ˜¯˘˙˚¸˝˛ˇ")
	windows1254 = pageOf(highOf(charmap.Windows1254))
	windows1252 = pageOf(highOf(charmap.Windows1252))
	iso88599    = pageOf(highOf(charmap.ISO8859_9))
	windows1251 = pageOf(highOf(charmap.Windows1251))
	windows1253 = pageOf(highOf(charmap.Windows1253))
	koi8r       = pageOf(highOf(charmap.KOI8R))
	dosCyrillic = pageOf(highOf(charmap.CodePage866))
	iso88595    = pageOf(highOf(charmap.ISO8859_5))
	dosLatin    = pageOf(highOf(charmap.CodePage850))
	dosUS       = pageOf(highOf(charmap.CodePage437))
	macRoman    = pageOf(highOf(charmap.Macintosh))
)

func pageOf(high string) *codePage {
	p, i := &codePage{}, 0
	for _, r := range high {
		p.high[i] = r
		i++
	}
	return p
}

// highOf gives the upper half of a table; what it lacks is the control character that it is in ISO 8859, as browsers have it.
func highOf(table *charmap.Charmap) string {
	var high [128]rune
	for i := range high {
		if high[i] = table.DecodeByte(byte(0x80 + i)); high[i] == utf8.RuneError {
			high[i] = rune(0x80 + i)
		}
	}
	return string(high[:])
}

func (p *codePage) rune(b byte) rune {
	if b < utf8.RuneSelf {
		return rune(b)
	}
	return p.high[b-0x80]
}

func (p *codePage) decoder() *encoding.Decoder { return &encoding.Decoder{Transformer: p} }

// Transform decodes, as transform.Transformer has it.
func (p *codePage) Transform(dst, src []byte, _ bool) (written, read int, err error) {
	for ; read < len(src); read++ {
		r := p.rune(src[read])
		if written+utf8.RuneLen(r) > len(dst) {
			return written, read, transform.ErrShortDst
		}
		written += utf8.EncodeRune(dst[written:], r)
	}
	return written, read, nil
}

// mixedUTF8 decodes UTF-8 in which bytes stand that are none of it: those are letters of another encoding, from rows that
// somebody pasted in.
type mixedUTF8 struct {
	other *codePage
	begun bool
}

// Reset begins a file.
func (m *mixedUTF8) Reset() { m.begun = false }

// Transform decodes, as transform.Transformer has it, and passes over a byte order mark.
func (m *mixedUTF8) Transform(dst, src []byte, atEOF bool) (written, read int, err error) {
	for read < len(src) {
		r, n := rune(src[read]), 1
		if r >= utf8.RuneSelf {
			if !atEOF && !utf8.FullRune(src[read:]) {
				return written, read, transform.ErrShortSrc
			}
			if r, n = utf8.DecodeRune(src[read:]); r == utf8.RuneError && n == 1 {
				r = m.other.rune(src[read])
			}
		}
		if written+utf8.RuneLen(r) > len(dst) {
			return written, read, transform.ErrShortDst
		}
		if m.begun || r != '\ufeff' {
			written += utf8.EncodeRune(dst[written:], r)
		}
		m.begun = true
		read += n
	}
	return written, read, nil
}
