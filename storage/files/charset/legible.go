package charset

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// misreadings are the encodings that a text in UTF-8 is taken for when it is encoded once more (files.md §2, 09): ç becomes
// Ã§ by Windows, ├º by MS-DOS, √ß by the Mac. Each gives the byte of a letter.
var misreadings = func() (all []map[rune]byte) {
	for _, page := range []*codePage{windows1252, windows1254, dosTurkish, dosLatin, dosUS, macRoman, macTurkish} {
		byteOf := map[rune]byte{}
		for i, r := range page.high {
			byteOf[r] = byte(0x80 + i)
		}
		if page == windows1252 { // in ISO 8859 they are control characters
			for b := rune(0x80); b < 0xa0; b++ {
				byteOf[b] = byte(b)
			}
		}
		all = append(all, byteOf)
	}
	return all
}()

// suspicious tells whether a text may have been encoded twice, or has control characters. It is asked of every name.
func suspicious(s string) bool {
	for i := range len(s) {
		switch b := s[i]; {
		case b >= ' ' && b < 0x7f, b == '\n', b == '\t', b == '\r':
		case b < ' ', b == 0x7f:
			return true
		case i+1 == len(s):
		case b == 0xc3 && (s[i+1] >= 0x82 && s[i+1] <= 0x85 || strings.IndexByte("\x94\xa2\xb0", s[i+1]) >= 0), // Â Ã Ä Å Ô â ð
			b == 0xc2 && (s[i+1] < 0xa0 || s[i+1] == 0xac),                                             // control, ¬
			b == 0xe2 && (s[i+1] >= 0x88 && s[i+1] <= 0x95),                                            // √ ≈, boxes
			b == 0xc6 && s[i+1] == 0x92, b == 0xc4 && i+3 < len(s) && s[i+1] == 0x9f && s[i+2] == 0xc5: // ƒ, ğŸ
			return true
		}
	}
	return false
}

// Legible undoes what was encoded twice, up to three times over, and leaves control characters out; line ends and tabs stay.
func Legible(s string) string {
	if !suspicious(s) {
		return s
	}
	for range 3 {
		was := s
		for _, byteOf := range misreadings {
			s = undone(s, byteOf)
		}
		if s == was {
			break
		}
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' {
			return -1
		}
		return r
	}, s)
}

// undone puts one letter in the place of those that its bytes were taken for.
func undone(s string, byteOf map[rune]byte) string {
	letters := []rune(s)
	var out []rune // nil: nothing was undone yet
	for i := 0; i < len(letters); i++ {
		var raw [utf8.UTFMax]byte
		n := 0
		for n < len(raw) && i+n < len(letters) {
			b, high := byteOf[letters[i+n]]
			if !high {
				break
			}
			raw[n] = b
			n++
		}
		r, size := utf8.DecodeRune(raw[:n])
		if size < 2 || r == utf8.RuneError || !plausible(r) {
			if out != nil {
				out = append(out, letters[i])
			}
			continue
		}
		if out == nil {
			out = slices.Clone(letters[:i])
		}
		out = append(out, r)
		i += size - 1
	}
	if out == nil {
		return s
	}
	return string(out)
}

// plausible tells whether a letter that comes out is one that texts of shops have.
func plausible(r rune) bool {
	switch {
	case r >= 0x80 && r <= 0xff, strings.ContainsRune("ğĞıİşŞŸŠšŽžŒœƒˆ˜", r):
		return true
	case r >= 0x2010 && r <= 0x203a, r >= 0x20a0 && r <= 0x20bf, r == '™', r >= 0x2190 && r <= 0x21ff, r >= 0x2600 && r <= 0x27bf:
		return true
	}
	return r == 0xfe0f || r >= 0x1f300 && r <= 0x1faff // what emoji are made of
}
