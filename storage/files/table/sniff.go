package table

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"
	"unicode/utf16"

	"github.com/sopyo/sopyo-desktop/storage/files/charset"
	"github.com/sopyo/sopyo-desktop/storage/files/document"
	"github.com/sopyo/sopyo-desktop/storage/files/refusal"
)

// Sniff tells CSV, XLSX and XML apart by the first bytes, and refuses what is neither, as what it is: a name proves nothing,
// many a ".xls" of a marketplace is text or a web page.
func Sniff(doc *document.Document) (Format, error) {
	head := make([]byte, min(doc.Size, 512))
	if _, err := doc.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	text := charset.Beginning(head)
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m.bytes)) {
			return "", refusal.New(m.detail, 0, nil)
		}
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return XLSX, nil // or another archive: the reader of workbooks tells
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return "", refuseOLE(doc)
	case bytes.HasPrefix(text, []byte("%PDF-")):
		return "", refusal.New("file.pdf", 0, nil)
	case bytes.HasPrefix(head, []byte("RIFF")) && bytes.HasPrefix(head[min(8, len(head)):], []byte("WEBP")),
		bytes.HasPrefix(head[min(4, len(head)):], []byte("ftyp")):
		return "", refusal.New("file.image", 0, nil)
	case bytes.HasPrefix(head, []byte("MZ")) && bytes.IndexByte(head, 0) > 0:
		return "", refusal.New("file.program", 0, nil)
	case webPage(text):
		return "", refusal.New("file.markup", 0, nil)
	case jsonText.Match(text):
		return "", refusal.New("file.json", 0, nil)
	case statements.Match(text):
		return "", refusal.New("file.not-a-table", 0, nil)
	case bytes.HasPrefix(text, []byte("<")):
		return XML, nil
	}
	return CSV, nil
}

// magics are how files begin that hold no table we read, and the refusal that says what they are.
var magics = []struct{ bytes, detail string }{
	{"\x09\x00\x04\x00", "file.old-excel"},
	{"\x09\x02\x06\x00", "file.old-excel"},
	{"\x09\x04\x06\x00", "file.old-excel"}, // Excel 2, 3, 4
	{"\x1f\x8b", "file.archive"},
	{"Rar!", "file.archive"},
	{"7z\xbc\xaf", "file.archive"},
	{"BZh9", "file.archive"},
	{"\xfd7zXZ", "file.archive"},
	{"\x89PNG", "file.image"},
	{"\xff\xd8\xff", "file.image"},
	{"GIF87a", "file.image"},
	{"GIF89a", "file.image"},
	{"II*\x00", "file.image"},
	{"MM\x00*", "file.image"},
	{"{\\rtf", "file.document"},
	{"SQLite format 3\x00", "file.not-a-table"},
	{"sopyoyedek ", "file.backup"},
	{"\x7fELF", "file.program"},
}

var (
	// jsonText has what no header has: a quoted name in braces, or a list of such.
	jsonText = regexp.MustCompile(`^(?:\{\s*(?:"[^"]*"\s*:|\}|$)|\[\s*(?:\{\s*"|\[\s*["\d]|\]))`)
	// statements are those of a copy of a database.
	statements = regexp.MustCompile(`^(?:-- [^\n]*\n|/\*[^\n]*\n|\s)*(?:INSERT INTO|CREATE TABLE|DROP TABLE|SET) `)
)

// webPage knows what programs save under the name of a table although it is a page: its names of
// elements are none that a feed begins with. A page with its pictures is a letter in MIME.
func webPage(text []byte) bool {
	start := charset.ASCIILower(string(text[:min(len(text), 64)]))
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<table", "<meta", "<style", "<div", "<script", "mime-version:"} {
		if rest, ok := strings.CutPrefix(start, tag); ok && (rest == "" || strings.ContainsAny(rest[:1], " \t\r\n>/")) {
			return true
		}
	}
	return false
}

// oleSearch is how much of an old container is searched for the mark of a password.
const oleSearch = 64 << 20

// refuseOLE tells a workbook behind a password from one of before 2007: both are the same container.
func refuseOLE(doc *document.Document) error {
	mark := make([]byte, 0, 32)
	for _, u := range utf16.Encode([]rune("EncryptedPackage")) {
		mark = append(mark, byte(u&0xff), byte(u>>8))
	}
	raw, err := io.ReadAll(io.LimitReader(doc.Reader(), oleSearch))
	if err != nil {
		return err
	}
	if bytes.Contains(raw, mark) {
		return refusal.New("file.password", 0, nil)
	}
	return refusal.New("file.old-excel", 0, nil)
}
