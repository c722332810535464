package files

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"errors"
	"io"
	"iter"
	"path"
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Limits of what is unpacked, in bytes: a file of a few kilobytes can unpack to terabytes.
const (
	maxPart   = 16 << 20  // workbook, relations
	maxShared = 256 << 20 // the table of shared texts, which is held in memory
	maxSheet  = 2 << 30   // a sheet, which is streamed
	maxToken  = 4 << 20   // one piece of XML
	maxTexts  = 16 << 20  // shared texts

	// Sheets shrink to a tenth or a hundredth. What shrinks to less was made to grow.
	maxRatio    = 200
	alwaysTaken = 64 << 20
)

// unpacked gives how many bytes of a part may come out, and refuses one that says it has more.
func unpacked(part *zip.File, most uint64) (int64, error) {
	limit := min(most, max(alwaysTaken, min(part.CompressedSize64, most)*maxRatio))
	if part.UncompressedSize64 > limit {
		return 0, refuse("file.too-large", 0, nil)
	}
	return int64(limit), nil // #nosec G115 -- at most one of the limits above
}

// xlsxSource is one sheet of a workbook. Excelize streams rows too, but does not say which cells are
// numbers: 8.69063205915E12 as a number is a whole barcode, as text a destroyed one.
type xlsxSource struct {
	sheet  *zip.File
	shared *texts
}

func (s *xlsxSource) rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		limit, err := unpacked(s.sheet, maxSheet)
		if err != nil {
			yield(Row{}, err)
			return
		}
		in, err := s.sheet.Open()
		if err != nil {
			yield(Row{}, broken(err))
			return
		}
		bounded := &budget{in: in, left: limit}
		err = readSheet(newXMLReader(bounded), s.shared, func(r Row) bool { return yield(r, nil) })
		switch {
		case errors.Is(err, errStopped):
			err = nil
		case err == nil:
			err = drain(bounded)
		}
		_ = in.Close() // what was read has been checked
		if err != nil {
			yield(Row{}, broken(err))
		}
	}
}

// openXLSX takes the sheet of that name, else the first visible one whose header has a known column, else
// the first with rows.
func openXLSX(doc *document, chosen string) (*File, error) {
	archive, err := zip.NewReader(doc, doc.size)
	if err != nil {
		return nil, broken(err)
	}
	book, err := readWorkbook(archive)
	if err != nil {
		return nil, err
	}
	shared := &texts{}
	if book.shared != nil {
		if shared, err = readTexts(book.shared); err != nil {
			return nil, broken(err)
		}
	}
	var first *File
	var names []string
	for _, sheet := range book.sheets {
		names = append(names, sheet.name)
	}
	if chosen != "" && !slices.Contains(names, chosen) {
		return nil, domain.Invalid("sheet", "file.unknown-sheet")
	}
	for _, sheet := range book.sheets {
		if chosen != "" && sheet.name != chosen {
			continue
		}
		src := &xlsxSource{sheet: sheet.part, shared: shared}
		f, err := newFile(src, Info{Format: FormatXLSX, Sheet: sheet.name, Sheets: names})
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

// broken gives err the kind of a workbook that cannot be read, unless it has one.
func broken(err error) error {
	if hasKind(err) {
		return err
	}
	return refuse("file.broken", 0, err)
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
	if parts[partName(root)] == nil || !strings.HasSuffix(partName(root), ".xml") {
		return workbook{}, refuse("file.not-a-table", 0, nil)
	}
	var names struct {
		Sheets []struct {
			Name  string `xml:"name,attr"`
			State string `xml:"state,attr"`
			RelID string `xml:"id,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := unmarshalPart(parts[partName(root)], &names); err != nil {
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
	if err := unmarshalPart(file, &list); err != nil {
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

func unmarshalPart(file *zip.File, into any) error {
	in, err := file.Open()
	if err != nil {
		return broken(err)
	}
	bounded := &budget{in: in, left: maxPart}
	if err = xml.NewDecoder(bounded).Decode(into); err == nil {
		err = drain(bounded)
	}
	_ = in.Close() // what was read has been checked
	if err != nil {
		return broken(err)
	}
	return nil
}

// drain reads what follows what was understood: only at the end of a part does its checksum tell whether
// the archive gave what had been put in.
func drain(part io.Reader) error {
	_, err := io.Copy(io.Discard, part)
	return err
}

// budget is a reader that refuses to go on when its bytes are used up.
type budget struct {
	in   io.Reader
	left int64
}

func (b *budget) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, refuse("file.too-large", 0, nil)
	}
	n, err := b.in.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}

// xmlReader gives raw tokens, each bounded. Raw tokens keep no stack of open elements, so depth costs
// nothing.
type xmlReader struct {
	decoder *xml.Decoder
	token   *budget
}

func newXMLReader(in io.Reader) *xmlReader {
	perToken := &budget{in: in}
	return &xmlReader{decoder: xml.NewDecoder(bufio.NewReaderSize(perToken, 64<<10)), token: perToken}
}

func (x *xmlReader) next() (xml.Token, error) {
	x.token.left = maxToken
	return x.decoder.RawToken()
}
