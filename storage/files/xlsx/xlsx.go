// Package xlsx reads the sheets of a workbook as rows of what a person sees in Excel: a number with its zeros, its percent sign and its currency,
// a date where the format shows one. Archives that are no workbook are refused as what they are.
package xlsx

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"iter"
	"path"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/files/charset"
	"github.com/sopyo/sopyo-desktop/storage/files/document"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

// Limits of a workbook's parts, in bytes.
const (
	maxPart   = 16 << 20  // workbook, relations
	maxStyles = 64 << 20  // Excel has at most 65,490 styles
	maxShared = 256 << 20 // the table of shared texts, which is held in memory
	maxSheet  = 2 << 30   // a sheet, which is streamed
	maxTexts  = 16 << 20  // shared texts, which are counted
)

// Sheet is one sheet of a workbook. Excelize streams rows too, but does not say which cells are
// numbers: 8.69063205915E12 as a number is a whole barcode, as text a destroyed one.
type Sheet struct {
	Name   string // as it stands on its tab
	Hidden bool
	sheet  *zip.File
	book   *tables
}

// Rows gives every row that is not empty, as table.Source has it.
func (s *Sheet) Rows() iter.Seq2[table.Row, error] {
	return func(yield func(table.Row, error) bool) {
		err := document.Unpack(s.sheet, maxSheet, func(in io.Reader) error {
			return readSheet(document.NewXMLReader(in), s.book, func(r table.Row) bool { return yield(r, nil) })
		})
		if err != nil && !errors.Is(err, document.ErrStopped) {
			yield(table.Row{}, err)
		}
	}
}

// OpenStored gives the visible sheets, or the chosen one alone, and the names of all, with their numbers as they are stored. Errors are those of
// Open, and domain.KindInvalid where there is no chosen one.
func OpenStored(doc *document.Document, chosen string) (sheets []*Sheet, names []string, err error) {
	all, err := Open(doc)
	if err != nil {
		return nil, nil, err
	}
	for _, sheet := range all {
		sheet.book.formats, sheet.book.formulas = nil, false
		if sheet.Hidden {
			continue
		}
		names = append(names, sheet.Name)
		if chosen == "" || sheet.Name == chosen {
			sheets = append(sheets, sheet)
		}
	}
	if chosen != "" && len(sheets) == 0 {
		return nil, nil, domain.Invalid("sheet", "file.unknown-sheet")
	}
	return sheets, names, nil
}

// Open gives all sheets of a workbook, in their order. None is hidden if all are. Errors are domain.KindFile.
func Open(doc *document.Document) ([]*Sheet, error) {
	archive, err := zip.NewReader(doc, doc.Size)
	if err != nil {
		return nil, document.Broken(err)
	}
	book, err := readWorkbook(archive)
	if err != nil {
		return nil, err
	}
	parts := &tables{texts: &texts{}, formulas: true, pending: book.pending}
	if book.shared != nil {
		if parts.texts, err = readTexts(book.shared); err != nil {
			return nil, err
		}
	}
	if book.styles != nil {
		if parts.formats, err = readFormats(book.styles, book.era1904); err != nil {
			return nil, err
		}
	}
	var sheets []*Sheet
	for _, s := range book.sheets {
		sheets = append(sheets, &Sheet{Name: s.name, Hidden: s.hidden, sheet: s.part, book: parts})
	}
	return sheets, nil
}

// workbook is what of a workbook matters here.
type workbook struct {
	sheets  []sheet // in their order; none is hidden if all are
	shared  *zip.File
	styles  *zip.File
	era1904 bool
	pending bool // its formulas are still to be calculated
}

type sheet struct {
	name   string
	hidden bool
	part   *zip.File
}

type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

func readWorkbook(archive *zip.Reader) (workbook, error) {
	parts := make(map[string]*zip.File, len(archive.File))
	for _, f := range archive.File {
		parts[partName(f.Name)] = f
	}
	root := "xl/workbook.xml"
	rels, err := relations(parts, "")
	if err != nil {
		return workbook{}, err
	}
	for _, r := range rels {
		if strings.HasSuffix(r.Type, "/officeDocument") {
			root = r.Target
		}
	}
	if at := partName(root); parts[at] == nil || !strings.HasSuffix(at, ".xml") || strings.HasPrefix(at, "word/") || strings.HasPrefix(at, "ppt/") {
		return workbook{}, notAWorkbook(parts)
	}
	var names struct {
		Sheets []struct {
			Name  string `xml:"name,attr"`
			State string `xml:"state,attr"`
			RelID string `xml:"id,attr"`
		} `xml:"sheets>sheet"`
		Properties struct {
			Era1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Calculation struct {
			OnLoad string `xml:"fullCalcOnLoad,attr"`
		} `xml:"calcPr"`
	}
	if err := document.Unpack(parts[partName(root)], maxPart, decode(&names)); err != nil {
		return workbook{}, err
	}
	if rels, err = relations(parts, root); err != nil {
		return workbook{}, err
	}
	book := workbook{era1904: isTrue(names.Properties.Era1904), pending: isTrue(names.Calculation.OnLoad)}
	targets := map[string]*zip.File{}
	for _, r := range rels {
		switch {
		case strings.HasSuffix(r.Type, "/worksheet"):
			targets[r.ID] = parts[partName(r.Target)]
		case strings.HasSuffix(r.Type, "/sharedStrings"):
			book.shared = parts[partName(r.Target)]
		case strings.HasSuffix(r.Type, "/styles"):
			book.styles = parts[partName(r.Target)]
		}
	}
	visible := false
	for _, s := range names.Sheets {
		if part := targets[s.RelID]; part != nil { // else a chart, or a sheet that is not there
			shows := s.State == "" || s.State == "visible"
			book.sheets = append(book.sheets, sheet{s.Name, !shows, part})
			visible = visible || shows
		}
	}
	for i := range book.sheets {
		book.sheets[i].hidden = book.sheets[i].hidden && visible
	}
	return book, nil
}

// relations reads the relations of a part ("" = of the package), with targets as names from the root.
func relations(parts map[string]*zip.File, of string) ([]relation, error) {
	dir, base := path.Split(of)
	file := parts[partName(dir+"_rels/"+base+".rels")]
	if file == nil {
		return nil, nil
	}
	var list struct {
		Relations []relation `xml:"Relationship"`
	}
	if err := document.Unpack(file, maxPart, decode(&list)); err != nil {
		return nil, err
	}
	for i, r := range list.Relations {
		if !strings.HasPrefix(r.Target, "/") {
			list.Relations[i].Target = path.Join(dir, r.Target)
		}
	}
	return list.Relations, nil
}

// partName makes names comparable: writers differ in capitals, slashes and the leading one.
func partName(name string) string {
	name = strings.ReplaceAll(name, `\`, "/")
	return charset.ASCIILower(strings.TrimPrefix(path.Clean("/"+name), "/"))
}

func decode(into any) func(io.Reader) error {
	return func(in io.Reader) error { return xml.NewDecoder(in).Decode(into) }
}
