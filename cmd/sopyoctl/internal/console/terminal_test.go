package console

import (
	"bufio"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/sopyo/sopyo-desktop/domain"
)

// A secret's file is whatever a person's editor, shell or clipboard made of it.
func TestReadSecret_takesTheSecretAlone(t *testing.T) {
	utf16 := func(bom string, text string, low int) string {
		raw := []byte(bom)
		for i := range text {
			pair := []byte{0, 0}
			pair[low] = text[i]
			raw = append(raw, pair...)
		}
		return string(raw)
	}
	for what, content := range map[string]string{
		"alone": "s3cret", "a line": "s3cret\n", "a line of Windows": "s3cret\r\n", "blank lines": "\n\n s3cret \n\n", "a mark": "\xef\xbb\xbfs3cret\r\n",
		"PowerShell": utf16("\xff\xfe", "s3cret\r\n", 0), "the other way round": utf16("\xfe\xff", "s3cret\r\n", 1), "wrapped": "s3c\r\nret\r\n",
	} {
		path := filepath.Join(t.TempDir(), "secret")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := ReadSecret(path); err != nil || got.Reveal() != "s3cret" {
			t.Errorf("%s: %q, %v", what, got.Reveal(), err)
		}
	}
	for content, want := range map[string]domain.Kind{"": domain.KindEmptyFile, "\xef\xbb\xbf \r\n": domain.KindEmptyFile, utf16("\xff\xfe", "\n", 0): domain.KindEmptyFile} {
		path := filepath.Join(t.TempDir(), "secret")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := ReadSecret(path); domain.KindOf(err) != want || !got.Empty() {
			t.Errorf("%q: %v", content, err)
		}
	}
}

// What Windows PowerShell pipes has a mark or is UTF-16; it is read as what it says, also by lines that are answered at once.
func TestStandardInput_isReadByItsMark(t *testing.T) {
	const line = `{"net":"100","rate":"21","note":"Ğış ₺"}` + "\n"
	utf16le := "\xff\xfe"
	for _, unit := range utf16.Encode([]rune(line)) {
		utf16le += string([]byte{byte(unit), byte(unit >> 8)})
	}
	for what, piped := range map[string]string{"plain": line, "with a mark": "\xef\xbb\xbf" + line, "UTF-16": utf16le, "cut short": "\xef\xbb"} {
		raw, err := io.ReadAll(plain(strings.NewReader(piped)))
		want := line
		if what == "cut short" {
			want = piped
		}
		if err != nil || string(raw) != want {
			t.Errorf("%s: %q, %v", what, raw, err)
		}
	}
	in, out := io.Pipe()
	lines := bufio.NewReader(plain(in))
	for range 3 { // the next line is written when the last was read
		go func() { _, _ = io.WriteString(out, line) }()
		if got, err := lines.ReadString('\n'); err != nil || got != line {
			t.Fatalf("%q, %v", got, err)
		}
	}
}
