package charset

import (
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
)

// The bytes decide the encoding; wrong ones in what is right are of rows that were pasted in.
func TestDetectCharset(t *testing.T) {
	wide := strings.Repeat("ş", 20)
	wrong := func(n int) string { return strings.Repeat("\xff-", n) }
	for name, c := range map[string]struct{ content, want string }{
		"nothing":                        {"", "utf-8"},
		"a letter":                       {"a", "utf-8"},
		"right":                          {wide, "utf-8"},
		"as many wrong bytes as letters": {wide + wrong(20), "utf-8"},
		"one more":                       {wide + wrong(21), "windows-1254"},
		"a mark":                         {"\xef\xbb\xbf" + "a", "utf-8"},
		"a mark, and wrong":              {"\xef\xbb\xbf" + "a\xff", "utf-8"},
		"little":                         {"\xff\xfea\x00", "utf-16le"},
		"big":                            {"\xfe\xff\x00a", "utf-16be"},
		"only a mark":                    {"\xff\xfe", "utf-16le"},
		"the sign of a letter that was lost before": {"a\ufffd", "utf-8"},
		"half a letter at the end":                  {"a\xc5", "windows-1254"},
	} {
		got, err := GuessOf(strings.NewReader(c.content))
		if err != nil || got.Name != c.want {
			t.Errorf("%s: %s, %v", name, got.Name, err)
		}
	}
	// What stands far behind a mark does not make it forgotten.
	if got, err := GuessOf(strings.NewReader("\ufeff" + strings.Repeat("a", 200_000) + "\xff")); err != nil || got.Name != "utf-8" {
		t.Errorf("a mark of a long file: %s, %v", got.Name, err)
	}
	// Bytes that Windows-1254 leaves open, and those that it has for what ISO-8859-9 has no sign for.
	for b := 0x80; b < 0x100; b++ {
		want := "windows-1254"
		if slices.Contains([]int{0x81, 0x8d, 0x8e, 0x8f, 0x90, 0x9d, 0x9e}, b) {
			want = "iso-8859-9"
		}
		if got, err := GuessOf(strings.NewReader("a" + string([]byte{byte(b)}) + "\xfe")); err != nil || got.Name != want {
			t.Errorf("byte %x: %s, %v, want %s", b, got.Name, err, want)
		}
	}
	_, err := GuessOf(strings.NewReader("a\nb\n\nc\x00"))
	if filestest.Detail(err) != "file.nul 4" {
		t.Errorf("NUL: %v", err)
	}
}

// Names of the format are the same in capitals; letters of people are left alone.
func TestASCIILower(t *testing.T) {
	if got := ASCIILower("@AMZ[`amz{İIıŞ"); got != "@amz[`amz{İiıŞ" {
		t.Errorf("%q", got)
	}
}
