package main

import (
	"os"
	"path/filepath"
	"testing"

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
		if got, err := readSecret(path); err != nil || got.Reveal() != "s3cret" {
			t.Errorf("%s: %q, %v", what, got.Reveal(), err)
		}
	}
	for content, want := range map[string]domain.Kind{"": domain.KindEmptyFile, "\xef\xbb\xbf \r\n": domain.KindEmptyFile, utf16("\xff\xfe", "\n", 0): domain.KindEmptyFile} {
		path := filepath.Join(t.TempDir(), "secret")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := readSecret(path); domain.KindOf(err) != want || !got.Empty() {
			t.Errorf("%q: %v", content, err)
		}
	}
}
