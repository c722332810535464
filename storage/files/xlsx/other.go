package xlsx

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"

	"github.com/sopyo/sopyo-desktop/storage/files/document"
	"github.com/sopyo/sopyo-desktop/storage/files/refusal"
)

// notAWorkbook names an archive that is no workbook of Excel by the parts that it has.
func notAWorkbook(parts map[string]*zip.File) error {
	if parts["mimetype"] != nil {
		return refuseOpenDocument(parts["mimetype"])
	}
	for name := range parts {
		switch {
		case name == "xl/workbook.bin":
			return refusal.New("file.old-excel", 0, nil)
		case strings.HasPrefix(name, "word/"), strings.HasPrefix(name, "ppt/"):
			return refusal.New("file.document", 0, nil)
		case strings.HasPrefix(name, "index/") && strings.HasSuffix(name, ".iwa"), name == "index.zip":
			return refusal.New("file.numbers", 0, nil)
		}
	}
	if parts["[content_types].xml"] != nil || parts["_rels/.rels"] != nil {
		return refusal.New("file.not-a-table", 0, nil)
	}
	return refusal.New("file.archive", 0, nil)
}

// refuseOpenDocument tells a sheet of LibreOffice from its other documents.
func refuseOpenDocument(mimetype *zip.File) error {
	detail := "file.document"
	err := document.Unpack(mimetype, maxPart, func(in io.Reader) error {
		kind, err := io.ReadAll(in)
		if bytes.Contains(kind, []byte("spreadsheet")) {
			detail = "file.ods"
		}
		return err
	})
	if err != nil {
		return err
	}
	return refusal.New(detail, 0, nil)
}
