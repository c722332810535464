package xlsx

import (
	"archive/zip"
	"strconv"

	"github.com/sopyo/sopyo-desktop/storage/files/document"
)

// tables are the parts of a workbook that its sheets refer to.
type tables struct {
	texts   *texts
	formats []*numberFormat // by style; nil for numbers that are shown as they are
	// pending: the program that wrote the workbook left it to Excel to calculate the formulas, and stored zeros.
	pending bool
	// formulas whose result is not stored are told; else their cells are empty.
	formulas bool
}

// format gives the number format of a style, nil also for one that is not there.
func (t *tables) format(style int) *numberFormat {
	if style < 0 || style >= len(t.formats) {
		return nil
	}
	return t.formats[style]
}

// formatUse is what says which format a style has.
type formatUse struct {
	Format string `xml:"numFmtId,attr"`
	Named  string `xml:"xfId,attr"`
	Apply  string `xml:"applyNumberFormat,attr"`
}

// readFormats gives the number format of each style of cells.
func readFormats(part *zip.File, era1904 bool) ([]*numberFormat, error) {
	var sheet struct {
		Codes []struct {
			ID   string `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Named []formatUse `xml:"cellStyleXfs>xf"`
		Cells []formatUse `xml:"cellXfs>xf"`
	}
	if err := document.Unpack(part, maxStyles, decode(&sheet)); err != nil {
		return nil, err
	}
	codes := map[int]string{}
	for _, c := range sheet.Codes {
		codes[styleOf(c.ID)] = c.Code
	}
	parsed := map[int]*numberFormat{}
	formats := make([]*numberFormat, len(sheet.Cells))
	for i, use := range sheet.Cells {
		id := use.of(sheet.Named)
		f, known := parsed[id]
		if !known {
			code, own := codes[id]
			if !own {
				code = builtInFormat(id)
			}
			f = parseFormat(code, era1904)
			parsed[id] = f
		}
		formats[i] = f
	}
	return formats, nil
}

// of gives the number of a style's format: its own, or that of the named style it goes by where it has none.
func (u formatUse) of(named []formatUse) int {
	own := max(styleOf(u.Format), 0)
	if i := styleOf(u.Named); own == 0 && !isTrue(u.Apply) && i >= 0 && i < len(named) {
		return max(styleOf(named[i].Format), 0)
	}
	return own
}

func isTrue(attribute string) bool { return attribute == "1" || attribute == "true" }

// builtInFormat gives those that workbooks do not spell out, as a Turkish Excel shows them, and of them only those that add
// something to a number. Those with a currency (5–8, 37–44) have the machine's, so they say none.
func builtInFormat(id int) string {
	switch {
	case id == 9, id == 10:
		return "0%"
	case id >= 27 && id <= 36, id >= 50 && id <= 58:
		return "yyyy.mm.dd"
	}
	return map[int]string{
		14: "dd.mm.yyyy", 15: "dd.mmm.yy", 16: "dd.mmm", 17: "mmm.yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "hh:mm", 21: "hh:mm:ss",
		22: "dd.mm.yyyy hh:mm", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
	}[id]
}

// styleOf reads a number of a style or format, -1 for none.
func styleOf(attribute string) int {
	if n, err := strconv.Atoi(attribute); err == nil {
		return n
	}
	return -1
}
