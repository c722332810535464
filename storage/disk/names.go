package disk

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxName is how many bytes of UTF-8 a name keeps: with a time, a number and an ending, and under a long
// home, Windows still takes its path.
const maxName = 80

// reserved are the devices that Windows sees in a name, whatever ending follows.
var reserved = []string{
	"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
	"COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "COM¹", "COM²", "COM³",
	"LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "LPT¹", "LPT²", "LPT³",
}

// Name makes a name for a file or folder that every system takes and shows: what one of them forbids
// becomes "-", and a long one is cut behind a letter. It is never empty.
func Name(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || strings.ContainsRune(`/\:*?"<>|`, r) || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
			return '-'
		}
		return r
	}, strings.ToValidUTF8(s, "-"))
	s = cut(s, maxName)
	kept := strings.TrimRight(s, ". ")
	s = kept + strings.Repeat("-", utf8.RuneCountInString(s)-utf8.RuneCountInString(kept))
	kept = strings.TrimLeft(s, ". ") // a leading dot hides a file
	s = strings.Repeat("-", len(s)-len(kept)) + kept
	device, rest, dotted := strings.Cut(s, ".")
	if slices.Contains(reserved, strings.TrimRight(upper(device), " ")) {
		s = device + "-"
		if dotted {
			s += "." + rest
		}
	}
	if s == "" {
		return "-"
	}
	return s
}

// cut shortens s to n bytes without parting a letter from its accents.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	for n > 0 {
		next, _ := utf8.DecodeRuneInString(s[n:])
		if !unicode.Is(unicode.M, next) {
			break
		}
		_, size := utf8.DecodeLastRuneInString(s[:n])
		n -= size
	}
	return s[:n]
}

// upper is the ASCII way to compare the names of devices.
func upper(s string) string {
	return strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}, s)
}
