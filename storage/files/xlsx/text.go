package xlsx

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/sopyo/sopyo-desktop/storage/files/document"
	"github.com/sopyo/sopyo-desktop/storage/files/refusal"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

// texts is a workbook's table of shared texts, end to end in one string: a million texts as strings
// of their own would cost several times as much.
type texts struct {
	all  string
	ends []uint32
}

// at gives text i; a number outside the table is a broken workbook.
func (t *texts) at(i int) (string, bool) {
	if i < 0 || i >= len(t.ends) {
		return "", false
	}
	begin := uint32(0)
	if i > 0 {
		begin = t.ends[i-1]
	}
	return t.all[begin:t.ends[i]], true
}

func readTexts(part *zip.File) (t *texts, err error) {
	err = document.Unpack(part, maxShared, func(in io.Reader) (err error) {
		t, err = parseTexts(document.NewXMLReader(in))
		return err
	})
	return t, err
}

func parseTexts(in *document.XMLReader) (*texts, error) {
	var all strings.Builder
	t := &texts{}
	var piece textPiece
	var text []byte
	for {
		token, err := in.Next()
		if errors.Is(err, io.EOF) {
			t.all = all.String()
			return t, nil
		}
		if err != nil {
			return nil, err
		}
		if text = piece.take(text, token); len(text) > table.MaxField {
			return nil, refusal.New("file.cell-too-long", 0, nil)
		}
		if end, _ := token.(xml.EndElement); end.Name.Local == "si" {
			all.WriteString(unescape(string(text)))
			if t.ends = append(t.ends, uint32(all.Len())); len(t.ends) > maxTexts { // #nosec G115 -- at most maxShared
				return nil, refusal.New("file.too-large", 0, nil)
			}
			text = text[:0]
		}
	}
}

// textPiece follows the <t> elements of a text; those inside <rPh> say how it is pronounced.
type textPiece struct{ inText, inPhonetic bool }

// take appends to text what token adds to it.
func (p *textPiece) take(text []byte, token xml.Token) []byte {
	switch e := token.(type) {
	case xml.StartElement:
		switch e.Name.Local {
		case "t":
			p.inText = true
		case "rPh":
			p.inPhonetic = true
		}
	case xml.EndElement:
		switch e.Name.Local {
		case "t":
			p.inText = false
		case "rPh":
			p.inPhonetic = false
		}
	case xml.CharData:
		if p.inText && !p.inPhonetic {
			return append(text, e...)
		}
	}
	return text
}

var escaped = regexp.MustCompile(`(?:_x[0-9A-Fa-f]{4}_)+`)

// unescape undoes _xHHHH_, Excel's way of writing characters that XML does not have.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escaped.ReplaceAllStringFunc(s, func(run string) string {
		var units []uint16
		for ; run != ""; run = run[7:] {
			u, _ := strconv.ParseUint(run[2:6], 16, 16) // four digits: the expression says so
			units = append(units, uint16(u))
		}
		return string(utf16.Decode(units))
	})
}
