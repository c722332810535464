package files

import (
	"cmp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// readingPick is something about the reading of a file that a person may say otherwise.
type readingPick struct {
	label         string // a key
	values, names []string
	now           string
	width         float32 // of its field; all of them stand beside each other at 1180
	set           func(r *listing.Reading, v string)
	// anew: the columns are others then, and what they became before is nothing to them.
	anew bool
}

// foundLine says how the file was understood, with what a person may change.
func (s *importSheet) foundLine() fyne.CanvasObject {
	e, f := s.e, s.found
	words := e.T("import.found."+f.Format, f.HeaderRow)
	switch {
	case f.Format == "xml":
		words = e.T("import.found.xml", f.Element, f.Reading.Encoding)
	case len(s.above) > 0: // the choice of the header says where it stands
		words = e.T("import.format." + f.Format)
	}
	line := widgets.Wrap(widgets.NewMuted(words).OneLine())
	for _, p := range s.readingPicks() {
		w := widgets.NewSelect(e.T("import.decimal.none"), p.names, nil)
		if i := slices.Index(p.values, p.now); i >= 0 {
			w.SetSelectedIndex(i)
		}
		w.OnChanged = func(string) {
			i := w.SelectedIndex()
			if i < 0 || p.values[i] == p.now || s.taking {
				return
			}
			r, mapping := s.asked, s.mapping
			if p.set(&r, p.values[i]); p.anew {
				mapping = nil
			}
			s.acts.open(f.Path, r, mapping)
		}
		w.SetEscape(s.escape)
		line.Add(container.NewHBox(widgets.NewMuted(e.T(p.label)).OneLine(), widgets.FixedWidth(p.width, w)))
	}
	return line
}

func (s *importSheet) readingPicks() (picks []readingPick) {
	e, f := s.e, s.found
	if f.Format == "csv" {
		encodings := listing.Encodings()
		if !slices.Contains(encodings, f.Reading.Encoding) {
			encodings = append([]string{f.Reading.Encoding}, encodings...)
		}
		picks = append(picks, readingPick{
			label: "import.separator", width: 136, values: listing.Separators(), names: separatorNames(e), now: f.Reading.Separator,
			set: func(r *listing.Reading, v string) { r.Separator = v },
		}, readingPick{
			label: "import.encoding", width: 148, values: encodings, names: encodings, now: f.Reading.Encoding,
			set: func(r *listing.Reading, v string) { r.Encoding = v },
		})
	}
	if len(f.Sheets) > 0 {
		now := cmp.Or(f.Reading.Sheet, s.asked.Answers[string(listing.AskSheet)])
		if now == listing.ChooseAll {
			now = listing.AllSheets
		}
		sheets := readingPick{
			label: "import.sheet", width: 140, values: slices.Clone(f.Sheets), names: slices.Clone(f.Sheets), now: now, anew: true,
			set: func(r *listing.Reading, v string) { r.Sheet = v },
		}
		if len(f.Sheets) > 1 {
			sheets.values, sheets.names = append(sheets.values, listing.AllSheets), append(sheets.names, e.T("import.sheet.all"))
		}
		picks = append(picks, sheets)
	}
	if len(s.above) > 0 {
		picks = append(picks, s.headerPick())
	}
	return append(picks, readingPick{
		label: "import.decimal", width: 128, values: []string{",", "."}, names: []string{e.T("import.decimal.,"), e.T("import.decimal..")}, now: f.Reading.Decimal,
		set: func(r *listing.Reading, v string) { r.Decimal = v },
	})
}

// headerShown is how much of a row is shown where the header is chosen.
const headerShown = 14

// headerPick is the choice of the row with the header among the first ones.
func (s *importSheet) headerPick() readingPick {
	e := s.e
	p := readingPick{label: "import.header", width: 204, now: e.Count(s.found.HeaderRow), anew: true}
	lines := map[string]int{}
	for _, r := range s.above {
		words := widgets.Brief(oneLine(strings.Join(kit.Filled(r.Cells...), " · ")), headerShown)
		number := e.Count(r.Line)
		lines[number] = r.Line
		p.values, p.names = append(p.values, number), append(p.names, e.T("import.header.row", r.Line, words))
	}
	p.set = func(r *listing.Reading, v string) { r.HeaderRow = lines[v] }
	return p
}

func separatorNames(e *env) []string {
	return []string{e.T("import.separator.;"), e.T("import.separator.,"), e.T("import.separator.tab"), e.T("import.separator.|")}
}
