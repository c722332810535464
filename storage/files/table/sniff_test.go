package table

import (
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/files/document"
	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
)

// What a file is stands in its first bytes, whatever its name.
func TestSniff(t *testing.T) {
	cases := map[string]string{
		"PK\x03\x04": "xlsx", "PK\x05\x06": "xlsx", "PK\x01\x02": "csv", "PK": "csv",
		"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "!file.old-excel", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe2": "csv",
		"%PDF-": "!file.pdf", "%PD": "csv", "\x89PNG": "!file.image", "\xff\xd8\xff": "!file.image", "\xff\xd8\xfe": "csv",
		"sopyoyedek 1 ab\n": "!file.backup", "sopyoyedek;": "csv", "\x7fELF\x02": "!file.program", "MZ\x90\x00\x03": "!file.program", "MZ;Ad\n": "csv",
		"Rar!": "!file.archive", "\x1f\x8b": "!file.archive", "7z\xbc\xaf": "!file.archive", "7z": "csv",
		"<": "xml", " \t\r\n<a": "xml", "\ufeff\n<a": "xml", "\xff\xfe" + filestest.In16(" <a", true): "xml", "\xfe\xff" + filestest.In16("\r\n<a", false): "xml",
		"a<": "csv", "": "csv", "\x0b<a": "csv", "\xff\xfe" + filestest.In16("<html>", true): "!file.markup", "\xfe\xff" + filestest.In16("<TABLE ", false): "!file.markup",
		strings.Repeat(" ", 511) + "<": "xml", strings.Repeat(" ", 512) + "<": "csv", // as far as is looked
		"<htm>": "xml", "<tables>": "xml", "<bodyx": "xml", "<divx>": "xml", "<html": "!file.markup", "<html<": "xml", "<!doctype html": "!file.markup",
		"<!DOCTYPE  html>": "xml", "<!doctype x>": "xml", "<html:a>": "xml",
	}
	for _, tag := range []string{"!DOCTYPE HTML", "html", "HEAD", "Body", "table", "META", "style", "div", "Script"} {
		for _, behind := range []string{" ", "\t", "\r", "\n", ">", "/", ""} {
			cases["\ufeff <"+tag+behind] = "!file.markup"
		}
	}
	for content, want := range cases {
		got, err := Sniff(inMemory(t, content))
		if key, refused := strings.CutPrefix(want, "!"); refused {
			if filestest.Refusal(err) != "!"+key+" ()" || domain.KindOf(err) != domain.KindFile || got != "" {
				t.Errorf("%q: %s, %v, want %s", content, got, err, key)
			}
			continue
		}
		if err != nil || string(got) != want {
			t.Errorf("%q: %s, %v, want %s", content, got, err, want)
		}
	}
	// The mark of a password may stand anywhere in the container.
	password := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 100_001) + filestest.In16("EncryptedPackage", true)
	if _, err := Sniff(inMemory(t, password)); filestest.Refusal(err) != "!file.password ()" {
		t.Errorf("%v, want file.password", err)
	}
	if _, err := Sniff(inMemory(t, password[:len(password)-1])); filestest.Refusal(err) != "!file.old-excel ()" {
		t.Errorf("half a mark: %v, want file.old-excel", err)
	}
}

func TestColumnOf(t *testing.T) {
	for name, want := range map[string]int{"A": 0, "z": 25, "AA": 26, "aZ": 51, "ZZ": 701, "AAA1": 702, "XFD": 16383, "ZZZZ": 475253, "ZZZZZ": 475253, "B-": 1, "": -1, "1A": -1, "@": -1, "[": -1, "`": -1, "{": -1} {
		letters := min(4, len(strings.TrimRight(name, "-1")))
		if want < 0 {
			letters = 0
		}
		if got, n := ColumnOf(name); got != want || n != letters {
			t.Errorf("%q is %d of %d letters, want %d of %d", name, got, n, want, letters)
		}
	}
}

// inMemory is a file with content.
func inMemory(t *testing.T, content string) *document.Document {
	t.Helper()
	f := filestest.Faulty(content, 0)
	return document.Of(t.Context(), f, f.Size(), time.Time{})
}
