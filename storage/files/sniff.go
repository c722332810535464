package files

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf16"
)

// sniff tells CSV, XLSX and XML apart by the first bytes, and refuses what is neither: a name proves nothing,
// many a ".xls" of a marketplace is text or a web page.
func sniff(doc *document) (Format, error) {
	head := make([]byte, min(doc.size, 512))
	if _, err := doc.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	text := beginning(head)
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return FormatXLSX, nil
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return "", refuseOLE(doc)
	case webPage(text):
		return "", refuse("file.markup", 0, nil)
	case bytes.HasPrefix(text, []byte("<")):
		return FormatXML, nil
	case bytes.HasPrefix(head, []byte("%PDF")), bytes.HasPrefix(head, []byte("\x89PNG")),
		bytes.HasPrefix(head, []byte("\xff\xd8\xff")), bytes.HasPrefix(head, []byte("Rar!")),
		bytes.HasPrefix(head, []byte("\x1f\x8b")), bytes.HasPrefix(head, []byte("7z\xbc\xaf")):
		return "", refuse("file.not-a-table", 0, nil)
	}
	return FormatCSV, nil
}

// beginning is the first text of a file in ASCII, without mark and white space: of two-byte text every
// other byte.
func beginning(head []byte) []byte {
	if utf16Of(head[:min(len(head), 64)]).name != "" {
		head = bytes.ReplaceAll(bytes.TrimPrefix(bytes.TrimPrefix(head, bomUTF16LE), bomUTF16BE), []byte{0}, nil)
	}
	return bytes.TrimLeft(bytes.TrimPrefix(head, bomUTF8), " \t\r\n")
}

// webPage knows what programs save under the name of a table although it is a page: its names of
// elements are none that a feed begins with.
func webPage(text []byte) bool {
	start := asciiLower(string(text[:min(len(text), 64)]))
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<table", "<meta", "<style", "<div", "<script"} {
		if rest, ok := strings.CutPrefix(start, tag); ok && (rest == "" || strings.ContainsAny(rest[:1], " \t\r\n>/")) {
			return true
		}
	}
	return false
}

// oleSearch is how much of an old container is searched for the mark of a password.
const oleSearch = 64 << 20

// refuseOLE tells a workbook behind a password from one of before 2007: both are the same container.
func refuseOLE(doc *document) error {
	mark := make([]byte, 0, 32)
	for _, u := range utf16.Encode([]rune("EncryptedPackage")) {
		mark = append(mark, byte(u&0xff), byte(u>>8))
	}
	raw, err := io.ReadAll(io.LimitReader(doc.reader(), oleSearch))
	if err != nil {
		return err
	}
	if bytes.Contains(raw, mark) {
		return refuse("file.password", 0, nil)
	}
	return refuse("file.old-excel", 0, nil)
}
