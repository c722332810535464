package files

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"iter"
	"path"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
)

// xlsxSource is one sheet of a workbook. Excelize streams rows too, but does not say which cells are
// numbers: 8.69063205915E12 as a number is a whole barcode, as text a destroyed one.
type xlsxSource struct {
	name   string
	sheet  *zip.File
	shared *texts
}

func (s *xlsxSource) rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		err := unpack(s.sheet, maxSheet, func(in io.Reader) error {
			return readSheet(newXMLReader(in), s.shared, func(r Row) bool { return yield(r, nil) })
		})
		if err != nil && !errors.Is(err, errStopped) {
			yield(Row{}, err)
		}
	}
}

// openXLSX takes the sheet of that name, else the first visible one whose header has a known column, else
// the first with rows.
func openXLSX(doc *document, chosen string) (*File, error) {
	sheets, names, err := openSheets(doc, chosen)
	if err != nil {
		return nil, err
	}
	var first *File
	for _, s := range sheets {
		f, err := newFile(s, Info{Format: FormatXLSX, Sheet: s.name, Sheets: names})
		switch {
		case isEmpty(err):
		case err != nil:
			return nil, err
		case len(Columns(f.header)) > 0:
			return f, nil
		case first == nil:
			first = f
		}
	}
	if first == nil {
		return nil, empty()
	}
	return first, nil
}

// openSheets gives the visible sheets, or the chosen one alone, and the names of all.
func openSheets(doc *document, chosen string) (sheets []*xlsxSource, names []string, err error) {
	archive, err := zip.NewReader(doc, doc.size)
	if err != nil {
		return nil, nil, broken(err)
	}
	book, err := readWorkbook(archive)
	if err != nil {
		return nil, nil, err
	}
	shared := &texts{}
	if book.shared != nil {
		if shared, err = readTexts(book.shared); err != nil {
			return nil, nil, err
		}
	}
	for _, sheet := range book.sheets {
		names = append(names, sheet.name)
		if chosen == "" || sheet.name == chosen {
			sheets = append(sheets, &xlsxSource{name: sheet.name, sheet: sheet.part, shared: shared})
		}
	}
	if chosen != "" && len(sheets) == 0 {
		return nil, nil, domain.Invalid("sheet", "file.unknown-sheet")
	}
	return sheets, names, nil
}

// workbook is what of a workbook matters here.
type workbook struct {
	sheets []sheet // the visible ones, in their order; the hidden ones if there are no others
	shared *zip.File
}

type sheet struct {
	name string
	part *zip.File
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
	}
	if err := unpack(parts[partName(root)], maxPart, decode(&names)); err != nil {
		return workbook{}, err
	}
	if rels, err = relations(parts, root); err != nil {
		return workbook{}, err
	}
	var book workbook
	targets := map[string]*zip.File{}
	for _, r := range rels {
		switch {
		case strings.HasSuffix(r.Type, "/worksheet"):
			targets[r.ID] = parts[partName(r.Target)]
		case strings.HasSuffix(r.Type, "/sharedStrings"):
			book.shared = parts[partName(r.Target)]
		}
	}
	var hidden []sheet
	for _, s := range names.Sheets {
		part := targets[s.RelID]
		switch {
		case part == nil: // a chart, or a sheet that is not there
		case s.State == "" || s.State == "visible":
			book.sheets = append(book.sheets, sheet{s.Name, part})
		default:
			hidden = append(hidden, sheet{s.Name, part})
		}
	}
	if len(book.sheets) == 0 {
		book.sheets = hidden
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
	if err := unpack(file, maxPart, decode(&list)); err != nil {
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
	return asciiLower(strings.TrimPrefix(path.Clean("/"+name), "/"))
}

func decode(into any) func(io.Reader) error {
	return func(in io.Reader) error { return xml.NewDecoder(in).Decode(into) }
}
