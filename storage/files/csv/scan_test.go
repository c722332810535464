package csv

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

// scanned gives the records of a text with their lines, as "2[a b]", and the error that ended it.
func scanned(in io.Reader, sep byte) (records []string, err error) {
	scan := newScanner(in, sep)
	for {
		line, cells, err := scan.record()
		if errors.Is(err, io.EOF) {
			return records, nil
		}
		if err != nil {
			if line != 0 || cells != nil {
				err = fmt.Errorf("line %d, %q beside %w", line, cells, err)
			}
			return records, err
		}
		records = append(records, fmt.Sprintf("%d%q", line, cells))
	}
}

func TestCSVScanner_marksAndEnds(t *testing.T) {
	blanks := func(n int) string { return strings.Repeat(" ", n) }
	for text, want := range map[string][]string{
		"":                          nil,
		"a":                         {`1["a"]`},
		"a;":                        {`1["a" ""]`},
		";":                         {`1["" ""]`},
		"\n":                        {`1[""]`},
		"\r":                        {`1[""]`},
		"\r\n":                      {`1[""]`},
		"\n\r":                      {`1[""]`, `2[""]`},
		"\r\r\n\na":                 {`1[""]`, `2[""]`, `3[""]`, `4["a"]`},
		"a\rb\r\nc\nd":              {`1["a"]`, `2["b"]`, `3["c"]`, `4["d"]`},
		"\"a\rb\r\nc\nd\";e\nf":     {`1["a\rb\r\nc\nd" "e"]`, `5["f"]`},
		`"";""`:                     {`1["" ""]`},
		`"""";"a"""`:                {`1["\"" "a\""]`},
		`"a""b"`:                    {`1["a\"b"]`},
		`a"b;"c`:                    nil, // open quote
		`a";b"`:                     {`1["a\"" "b\""]`},
		` "a";b`:                    {`1["a" "b"]`},
		`x; "a;c" ;b`:               {`1["x" "a;c " "b"]`},
		` "a" x;b`:                  {`1[" \"a\" x" "b"]`},
		`x; "a;b`:                   {`1["x" " \"a" "b"]`}, // behind a blank it is text
		blanks(64) + `"a";b`:        {`1["a" "b"]`},
		blanks(65) + `"a";b`:        {`1["` + blanks(65) + `\"a\"" "b"]`},
		"\"a\"\t \tb\";c":           {"1[\"a\\\"\\t \\tb\" \"c\"]"},
		"\"a\"\t ;c":                {"1[\"a\\t \" \"c\"]"},
		"\"a\" \r\"b\" \n\"c\"":     {`1["a "]`, `2["b "]`, `3["c"]`},
		`"a"` + blanks(63) + ";c":   {`1["a` + blanks(63) + `" "c"]`},
		`"a"` + blanks(64) + "\";c": {`1["a\"` + blanks(64) + `" "c"]`}, // too far behind to be the end of a cell
		`"a"` + blanks(62) + "\";c": {`1["a\"` + blanks(62) + `" "c"]`},
		`"a"` + blanks(64) + `;c"`:  {`1["a\"` + blanks(64) + `;c"]`},
		"\xff;\xfe":                 {`1["\xff" "\xfe"]`},
	} {
		got, err := scanned(strings.NewReader(text), ';')
		if want == nil && text != "" {
			if filestest.Detail(err) != "file.open-quote 1" {
				t.Errorf("%q: %q, %v", text, got, err)
			}
			continue
		}
		if !slices.Equal(got, want) || err != nil {
			t.Errorf("%q: %q, %v, want %q", text, got, err, want)
		}
	}
	// What is behind its own separator only is cut by it.
	if got, err := scanned(strings.NewReader("a,\"b\",c;d\n"), ','); err != nil || !slices.Equal(got, []string{`1["a" "b" "c;d"]`}) {
		t.Errorf("%q, %v", got, err)
	}
}

// Each limit just reached is taken, and one more is refused with the line where it began.
func TestCSVScanner_limits(t *testing.T) {
	x := func(n int) string { return strings.Repeat("x", n) }
	for name, c := range map[string]struct {
		text, detail string
		cells        int
	}{
		"as many cells as there may be": {"a\n" + strings.Repeat(";", table.MaxCells-1), "", table.MaxCells},
		"one cell more":                 {"a\n" + strings.Repeat(";", table.MaxCells), "file.too-many-cells 2", 0},
		"a cell as long as it may be":   {"a\n" + x(table.MaxField), "", 1},
		"a letter more":                 {"a\n" + x(table.MaxField+1), "file.cell-too-long 2", 0},
		"the same in quotes":            {"a\n\"\n" + x(table.MaxField-1) + "\"", "", 1},
		"a letter more in quotes":       {"a\nb;\"\n" + x(table.MaxField) + "\"", "file.open-quote 2", 0},
		"cells with as much together":   {"a\n" + strings.Repeat(x(table.MaxField)+";", table.MaxRowBytes/table.MaxField), "", table.MaxRowBytes/table.MaxField + 1},
		"a letter more together":        {"a\n" + strings.Repeat(x(table.MaxField)+";", table.MaxRowBytes/table.MaxField) + "x", "file.row-too-long 2", 0},
		"NUL":                           {"a\nb;c\n\nd;\x00", "file.nul 4", 0},
		"NUL in quotes":                 {"a\n\"b\n\x00\"", "file.nul 3", 0},
		"a quote that is never closed":  {"a\r\nb\rc;\"d\ne", "file.open-quote 3", 0},
	} {
		scan := newScanner(strings.NewReader(c.text), ';')
		var cells []string
		var err error
		for err == nil {
			line, more, ended := 0, []string(nil), error(nil)
			if line, more, ended = scan.record(); ended == nil {
				cells = more
			} else if line != 0 || more != nil {
				t.Errorf("%s: line %d, %d cells beside %v", name, line, len(more), ended)
			}
			err = ended
		}
		if errors.Is(err, io.EOF) {
			err = nil
		}
		if filestest.Detail(err) != c.detail || err != nil && domain.KindOf(err) != domain.KindFile {
			t.Errorf("%s: %v, want %q", name, err, c.detail)
		}
		if c.detail == "" && len(cells) != c.cells {
			t.Errorf("%s: %d cells, want %d", name, len(cells), c.cells)
		}
	}
}

// However quotes stand, a line is looked at a few times and not once for each of them.
func TestCSVScanner_isNotSlowedByQuotes(t *testing.T) {
	for name, text := range map[string]string{
		"a quote in every cell":       strings.Repeat(strings.Repeat("\"a;", table.MaxCells-1)+"b\n", 20),
		"and one that closes none":    strings.Repeat(strings.Repeat("\"a;", table.MaxCells-1)+"\"b \"c\"\n", 20),
		"a line of quotes":            strings.Repeat("\"x", table.MaxField/2-1) + "\n",
		"quotes that look far ahead":  strings.Repeat("A;\"B;\"\"\n", 200_000),
		"lines of old Macs":           strings.Repeat("A;B;C\r", 200_000),
		"a cell over very many lines": "\"" + strings.Repeat("A;B\n", 200_000) + "\";x\n",
	} {
		begun := time.Now()
		scan := newScanner(strings.NewReader(text), ';')
		scan.shape.width = 3
		for {
			if _, _, err := scan.record(); err != nil {
				break
			}
		}
		if took := time.Since(begun); took > 20*time.Second { // of hours
			t.Errorf("%s: %s", name, took)
		}
	}
}

// A reference that writes: whatever cells there are, quoted where they must be, they come back, and so do
// their lines.
func TestCSVScanner_readsWhatIsWritten(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	pieces := []string{"a", "ş", "\"", ";", "\n", "\r\n", "\r", " ", "\t", ",", "'"}
	for range 2000 {
		var text strings.Builder
		var want []string
		line := 1
		for range r.IntN(5) {
			begin := line
			row := make([]string, 1+r.IntN(4))
			for i := range row {
				for range r.IntN(6) {
					row[i] += pieces[r.IntN(len(pieces))]
				}
				quoted := strings.ContainsAny(row[i], ";\r\n") || strings.HasPrefix(strings.TrimLeft(row[i], " \t"), "\"") || r.IntN(3) == 0
				if i > 0 {
					text.WriteByte(';')
				}
				if quoted {
					text.WriteString("\"" + strings.ReplaceAll(row[i], "\"", "\"\"") + "\"")
				} else {
					text.WriteString(row[i])
				}
				whole := strings.ReplaceAll(row[i], "\r\n", "\n")
				line += strings.Count(whole, "\n") + strings.Count(whole, "\r")
			}
			want = append(want, fmt.Sprintf("%d%q", begin, row))
			text.WriteString([]string{"\n", "\r\n"}[r.IntN(2)])
			line++
		}
		if got, err := scanned(strings.NewReader(text.String()), ';'); err != nil || !slices.Equal(got, want) {
			t.Fatalf("%q: %q, %v, want %q", text.String(), got, err, want)
		}
	}
}

// hiccup gives a text until a place, fails there once, and goes on.
type hiccup struct {
	text   string
	at, to int
}

func (h *hiccup) Read(p []byte) (int, error) {
	switch {
	case h.at == h.to:
		h.to = len(h.text) + 1
		return 0, filestest.ErrDisk
	case h.at == len(h.text):
		return 0, io.EOF
	}
	n := copy(p, h.text[h.at:min(h.to, len(h.text))])
	h.at += n
	return n, nil
}

func TestCSVScanner_hearsOfAReadThatFailsAnywhere(t *testing.T) {
	const text = "Kod;\"A\"\"d\" \r\n1;\"a\r\nb\"\r2;c"
	for at := range len(text) + 1 {
		if got, err := scanned(&hiccup{text: text, to: at}, ';'); !errors.Is(err, filestest.ErrDisk) {
			t.Errorf("byte %d: %q, %v", at, got, err)
		}
		wantNothingBesideAnError(t, &hiccup{text: text, to: at})
	}
	for _, text := range []string{"\"", "a;\"b", "a\x00", strings.Repeat("x", table.MaxField+1), "\"" + strings.Repeat("x", table.MaxField+1)} {
		wantNothingBesideAnError(t, strings.NewReader(text))
	}
}

// wantNothingBesideAnError reads records until an error, and wants it to be alone.
func wantNothingBesideAnError(t *testing.T, in io.Reader) {
	t.Helper()
	scan := newScanner(in, ';')
	for {
		line, cells, err := scan.record()
		if err != nil {
			if line != 0 || cells != nil {
				t.Errorf("%d, %q beside %v", line, cells, err)
			}
			return
		}
	}
}

func TestTrySeparator_weighs(t *testing.T) {
	rows := func(n int, row string) string { return strings.Repeat(row+"\n", n) }
	for name, c := range map[string]struct {
		text string
		want split
	}{
		"nothing":    {"", split{}},
		"one record": {"a;b\n", split{0, 1, 2}},

		"blank rows only":                           {";;\n\n ; \n", split{}},
		"known columns of the best row":             {"Kod;x\nKod;Ad;Fiyat;y\n1;2;3;4\n", split{3, 2.0 / 3, 4}},
		"blank rows are none":                       {"a;b\n;;;\n\na;b\n", split{0, 1, 2}},
		"of two widths as often the wider":          {"a;b;c\na;b\nd;e\nd;e;f\n", split{0, 0.5, 3}},
		"the commoner width":                        {"a;b;c;d\na;b\nd;e\n", split{0, 2.0 / 3, 2}},
		"a header in the last row that is searched": {rows(table.HeaderSearch-1, "x;y") + "Kod;Ad\n", split{2, 1, 2}},
		"a header behind it":                        {rows(table.HeaderSearch, "x;y") + "Kod;Ad\n", split{0, 1, 2}},
		"as many records as are looked at":          {rows(sampleRecords-1, "x;y") + "a;b;c\n", split{0, float64(sampleRecords-1) / sampleRecords, 2}},
		"records behind them":                       {rows(sampleRecords, "x;y") + rows(300, "a;b;c"), split{0, 1, 2}},
		"a sample that ends in a quote":             {"a;b\nc;d\n\"e", split{0, 1, 2}},
	} {
		for range 20 { // widths lie in no order
			if got := trySeparator([]byte(c.text), ';', knownNames); got != c.want {
				t.Errorf("%s: %+v, want %+v", name, got, c.want)
			}
		}
	}
	// What is known goes before what is even, and that before what is wide.
	order := []split{{2, 0, 0}, {1, 0.9, 1}, {1, 0.5, 9}, {1, 0.5, 8}, {0, 1, 99}}
	for i, a := range order {
		for j, b := range order {
			if got := a.better(b); got != (i < j) {
				t.Errorf("%+v better than %+v: %v", a, b, got)
			}
		}
	}
}

func TestDetectSeparator_ofOneColumn(t *testing.T) {
	for text, want := range map[string]byte{
		"Ad\nÇay\n": ';', ";\nAd\nÇay\n": ',', "Ad\nx\ny\na;b\n": ',', "Ad\nx\ny\na;b,c\n": '\t', "Ad\nx\ny\na;b,c\td\n": '|', "Ad\nx\ny\na;b,c\td|e\n": ';',
		"a;b\nc;d\n": ';', "a;b\nc;d;e\n": ';', "a,b\nc,d\n": ',', "a\tb\nc\td\n": '\t', "a|b\nc|d\n": '|', "a;b\tc\nd;e\tf\n": ';', "a,b;c,d\n": ',',
	} {
		if got := detectSeparator([]byte(text), knownNames); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// knownNames counts the cells that are names of columns, as the reader of products does.
func knownNames(cells []string) (n int) {
	for _, c := range cells {
		if slices.Contains([]string{"Kod", "Ad", "Fiyat"}, c) {
			n++
		}
	}
	return n
}
