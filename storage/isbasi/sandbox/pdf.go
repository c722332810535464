package sandbox

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// What fits on a page of A4 in Helvetica of 9 points.
const (
	pdfRows    = 55
	pdfColumns = 85
)

// pdf prints lines of text, broken where they are too long. Letters beyond ASCII get a code each, whose name
// in the font and whose Unicode are told, so that they are seen and can be copied: a font that every reader
// has by itself knows Turkish by the names of its letters only.
func pdf(lines []string) []byte {
	var codes pdfCodes
	var pages []string
	var page strings.Builder
	rows := 0
	for _, line := range lines {
		for _, row := range broken(line, pdfColumns) {
			if rows == pdfRows {
				pages, rows = append(pages, page.String()), 0
				page.Reset()
			}
			page.WriteString("(" + codes.encode(row) + ") Tj T*\n")
			rows++
		}
	}
	pages = append(pages, page.String())

	const first = 6 // the objects before those of the pages
	var kids strings.Builder
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", first+2*i)
	}
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids.String(), len(pages)),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding 4 0 R/ToUnicode 5 0 R>>",
		"<</Type/Encoding/BaseEncoding/WinAnsiEncoding/Differences[128" + codes.names() + "]>>",
		pdfStream(codes.unicode()),
	}
	for i, text := range pages {
		objects = append(objects,
			fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>", first+2*i+1),
			pdfStream("BT /F1 9 Tf 14 TL 40 800 Td\n"+text+"ET"))
	}
	return pdfFile(objects)
}

// broken cuts a line into rows of so many letters.
func broken(line string, columns int) (rows []string) {
	letters := []rune(line)
	for len(letters) > columns {
		rows, letters = append(rows, string(letters[:columns])), letters[columns:]
	}
	return append(rows, string(letters))
}

func pdfStream(text string) string {
	return fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(text), text)
}

// pdfFile writes the objects, the first of which is the catalogue, and the table of their places.
func pdfFile(objects []string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	places := make([]int, len(objects))
	for i, object := range objects {
		places[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj%s\nendobj\n", i+1, object)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, place := range places {
		fmt.Fprintf(&b, "%010d 00000 n \n", place)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}

// pdfCodes are the letters beyond ASCII of one document; the first has the code 128.
type pdfCodes []rune

// encode writes a text as a PDF's, between its brackets. What has no code any more is a question mark.
func (p *pdfCodes) encode(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '(' || r == ')' || r == '\\':
			b.WriteString(`\` + string(r))
		case r >= ' ' && r < 0x7F:
			b.WriteByte(byte(r))
		case r < ' ' || r == 0x7F || r == utf8.RuneError:
			b.WriteByte(' ')
		default:
			b.WriteString(p.code(r))
		}
	}
	return b.String()
}

func (p *pdfCodes) code(r rune) string {
	i := slices.Index(*p, r)
	switch {
	case i < 0 && (len(*p) == 128 || r > 0xFFFF):
		return "?"
	case i < 0:
		i = len(*p)
		*p = append(*p, r)
	}
	return fmt.Sprintf(`\%03o`, 128+i)
}

// names are the letters' in fonts: Adobe's where fonts of before Unicode have the letter.
func (p pdfCodes) names() string {
	adobe := map[rune]string{
		'ç': "ccedilla", 'Ç': "Ccedilla", 'ğ': "gbreve", 'Ğ': "Gbreve", 'ı': "dotlessi", 'İ': "Idotaccent", 'ö': "odieresis",
		'Ö': "Odieresis", 'ş': "scedilla", 'Ş': "Scedilla", 'ü': "udieresis", 'Ü': "Udieresis", 'â': "acircumflex", 'Â': "Acircumflex",
		'î': "icircumflex", 'Î': "Icircumflex", 'û': "ucircumflex", 'Û': "Ucircumflex", '₺': "uni20BA", '–': "endash", '’': "quoteright",
	}
	var b strings.Builder
	for _, r := range p {
		name, ok := adobe[r]
		if !ok {
			name = fmt.Sprintf("uni%04X", r)
		}
		b.WriteString("/" + name)
	}
	return b.String()
}

// unicode is the CMap that says which letter a code is.
func (p pdfCodes) unicode() string {
	var b strings.Builder
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Letters def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n1 beginbfrange\n<20> <7E> <0020>\nendbfrange\n")
	for from := 0; from < len(p); from += 100 { // as many as one block may have
		block := p[from:min(from+100, len(p))]
		fmt.Fprintf(&b, "%d beginbfchar\n", len(block))
		for i, r := range block {
			fmt.Fprintf(&b, "<%02X> <%04X>\n", 128+from+i, r)
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend")
	return b.String()
}
