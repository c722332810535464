package report

import (
	"bytes"
	"math"
	"strings"
	"time"
	"unicode"

	"codeberg.org/go-pdf/fpdf"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/monthend"
)

// A page of paper, in millimetres.
const (
	paperWidth, paperHeight = 210.0, 297.0
	margin                  = 16.0
	bottom                  = paperHeight - 18
	inner                   = paperWidth - 2*margin
	padding                 = 1.4 // beside the text of a cell
)

// Sizes of letters, in points.
const (
	titleSize   = 17.0
	headingSize = 11.0
	textSize    = 9.0
	tableSize   = 8.0
	footSize    = 7.5
	leastSize   = 5.0 // to which an amount shrinks that its column has no room for
)

const (
	plain  = ""
	strong = "B"
)

type colour struct{ r, g, b int }

var (
	ink   = colour{0x22, 0x26, 0x2B}
	faint = colour{0x6B, 0x72, 0x7B}
	line  = colour{0xC9, 0xCE, 0xD4}
	shade = colour{0xE4, 0xE7, 0xEB}
	alarm = colour{0x9C, 0x2B, 0x17}
)

// page makes the PDF of a page, its fonts cut to the letters that it uses. Errors: domain.KindInternal.
func (p Packages) page(page monthend.Page, at time.Time) ([]byte, error) {
	counted := p.draw(page, at, 0) // the foot of each page says how many there are
	drawn := p.draw(page, at, counted.pdf.PageCount())
	var out bytes.Buffer
	if err := drawn.pdf.Output(&out); err != nil {
		return nil, domain.E(domain.KindInternal, "make the PDF", err)
	}
	return out.Bytes(), nil
}

// drawing is a page on its way to paper.
type drawing struct {
	pdf *fpdf.Fpdf
}

func (p Packages) draw(page monthend.Page, at time.Time, pages int) *drawing {
	d := &drawing{fpdf.New("P", "mm", "A4", "")}
	d.pdf.SetCatalogSort(true) // else its objects stand in the order of a map
	d.pdf.SetCreationDate(at.In(domain.Istanbul))
	d.pdf.SetModificationDate(at.In(domain.Istanbul))
	d.pdf.SetProducer("Sopyo", true)
	d.pdf.SetTitle(page.Title+" · "+page.Subtitle, true)
	d.pdf.SetLang(page.Lang)
	d.pdf.SetMargins(margin, margin, margin)
	d.pdf.SetAutoPageBreak(false, 0)
	d.pdf.SetCellMargin(0)
	d.pdf.AddUTF8FontFromBytes(family, plain, p.Regular)
	d.pdf.AddUTF8FontFromBytes(family, strong, p.Bold)
	d.pdf.SetFooterFunc(func() {
		d.letters(plain, footSize, faint)
		d.text(margin, paperHeight-10, inner, "R", page.Footer(d.pdf.PageNo(), pages))
	})
	d.pdf.AddPage()
	d.letters(strong, titleSize, ink)
	d.paragraph(page.Title, 7.5)
	d.letters(plain, headingSize, faint)
	d.paragraph(page.Subtitle, 5.5)
	d.rule(d.pdf.GetY() + 1.5)
	d.pdf.SetY(d.pdf.GetY() + 3)
	for _, b := range page.Blocks {
		d.block(b)
	}
	return d
}

const family = "noto"

func (d *drawing) block(b monthend.Block) {
	const lead = 26.0 // a heading does not stand alone at the foot of a page
	if d.pdf.GetY()+lead > bottom {
		d.pdf.AddPage()
	}
	d.pdf.SetY(d.pdf.GetY() + 3)
	d.letters(strong, headingSize, ink)
	d.paragraph(b.Heading, 6)
	for _, n := range b.Notes {
		d.note(n)
	}
	if len(b.Rows) > 0 {
		d.pdf.SetY(d.pdf.GetY() + 1)
		d.table(b.Columns, b.Rows)
	}
}

// note writes a sentence, a warning with a mark before it.
func (d *drawing) note(n monthend.Note) {
	const height, indent = 4.6, 3.2
	d.letters(plain, textSize, ink)
	x := margin
	if n.Warning {
		d.letters(plain, textSize, alarm)
		x += indent
	}
	for i, l := range d.broken(n.Text, inner-(x-margin)) {
		d.room(height)
		if n.Warning && i == 0 {
			d.pdf.SetFillColor(alarm.r, alarm.g, alarm.b)
			d.pdf.Rect(margin, d.pdf.GetY()+1.5, 1.6, 1.6, "F")
		}
		d.text(x, d.pdf.GetY(), inner, "L", l)
		d.pdf.SetY(d.pdf.GetY() + height)
	}
}

// paragraph writes a text over the whole width.
func (d *drawing) paragraph(s string, height float64) {
	for _, l := range d.broken(s, inner) {
		d.room(height)
		d.textIn(margin, d.pdf.GetY(), inner, height, "L", l)
		d.pdf.SetY(d.pdf.GetY() + height)
	}
}

// room begins a new page when so much does not fit on this one, and tells whether it has.
func (d *drawing) room(height float64) bool {
	if d.pdf.GetY()+height <= bottom {
		return false
	}
	d.pdf.AddPage()
	return true
}

// letters chooses the font of what follows.
func (d *drawing) letters(style string, size float64, c colour) {
	d.pdf.SetFont(family, style, size)
	d.pdf.SetTextColor(c.r, c.g, c.b)
}

// text writes one line.
func (d *drawing) text(x, y, width float64, align, s string) { d.textIn(x, y, width, 4.6, align, s) }

func (d *drawing) textIn(x, y, width, height float64, align, s string) {
	d.pdf.SetXY(x, y)
	d.pdf.CellFormat(width, height, printable(s), "", 0, align+"M", false, 0, "")
	d.pdf.SetXY(margin, y)
}

func (d *drawing) rule(y float64) {
	d.pdf.SetDrawColor(line.r, line.g, line.b)
	d.pdf.SetLineWidth(0.2)
	d.pdf.Line(margin, y, margin+inner, y)
}

// broken parts a text into lines that fit, at blanks, and within a word that has no other place.
func (d *drawing) broken(s string, width float64) []string {
	var lines []string
	now := ""
	for _, word := range strings.Fields(printable(s)) {
		if next := strings.TrimSpace(now + " " + word); d.pdf.GetStringWidth(next) <= width {
			now = next
			continue
		}
		if now != "" {
			lines = append(lines, now)
		}
		now = ""
		for _, r := range word {
			if now != "" && d.pdf.GetStringWidth(now+string(r)) > width {
				lines, now = append(lines, now), ""
			}
			now += string(r)
		}
	}
	return append(lines, now)
}

// printable makes one line of a text, of characters that the PDF's fonts can have a place for: those beyond
// the first 65,536, like ornaments in the names of buyers, have none.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r > math.MaxUint16:
			return unicode.ReplacementChar
		case unicode.IsControl(r):
			return ' '
		default:
			return r
		}
	}, s)
}
