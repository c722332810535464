package files

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/charset"
	"github.com/sopyo/sopyo-desktop/storage/files/export"
	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
)

// What a company writes out it can take in again, whatever a person's program makes of the file in between: every field of
// every product, and all rows are accounted for (files.md §3). CATALOGUES asks for more of them.
func TestCatalogues_comeBackAsTheyWereWritten(t *testing.T) {
	n := 100
	if asked, err := strconv.Atoi(os.Getenv("CATALOGUES")); err == nil {
		n = asked
	}
	for _, lang := range []string{"tr_TR.UTF-8", "en_US.UTF-8"} {
		t.Run(lang, func(t *testing.T) {
			t.Setenv("LANG", lang)
			t.Setenv("LC_ALL", lang)
			dir := t.TempDir()
			for seed := range uint64(n) {
				c := randomCatalogue(t, rand.New(rand.NewPCG(seed, uint64(lang[0]))))
				if wrong := c.wrong(t, dir); len(wrong) > 0 {
					t.Fatalf("seed %d: %s\n%s", seed, c.how, strings.Join(wrong, "\n"))
				}
			}
		})
	}
}

// catalogue is one as it is written, and what is to come of the file.
type catalogue struct {
	products  []domain.Product // each of them once
	table     [][]exports.Cell
	ignored   map[string]int // filled cells of the columns that are not ours
	repeated  int
	noProduct int
	zero      bool // there is a price of 0: a question
	ending    string
	encoding  string
	separator byte
	lineEnd   string
	how       string
}

// wrong writes the catalogue, takes it in, and tells what is not as it was.
func (c *catalogue) wrong(t *testing.T, dir string) (wrong []string) {
	t.Helper()
	path := filepath.Join(dir, "a"+c.ending)
	if err := os.WriteFile(path, c.written(t), 0o600); err != nil {
		t.Fatal(err)
	}
	got := &shelf{at: map[string]int{}}
	reading := listing.Reading{}
	if c.zero {
		reading.Answers = takesZero
	}
	r, err := listing.NewImporter(Folders{}, got).ImportFile(t.Context(), path, reading, nil, new(listing.Count))
	if err != nil {
		return []string{err.Error(), fmt.Sprint(r.Open())}
	}
	found, err := Folders{}.Inspect(t.Context(), path, reading)
	if err != nil {
		return []string{err.Error()}
	}
	differ := func(what string, got, want any) {
		if g, w := fmt.Sprint(got), fmt.Sprint(want); g != w {
			wrong = append(wrong, fmt.Sprintf("%s: %s, want %s", what, g, w))
		}
	}
	differ("rows", r.Rows, len(c.products)+c.repeated+c.noProduct)
	differ("taken", r.Taken(), len(c.products))
	differ("repeated, refused, no product", []int{r.Repeated, r.Refused, r.NoProduct}, []int{c.repeated, 0, c.noProduct})
	ignored := map[string]int{}
	for _, i := range r.Ignored {
		ignored[i.Header] = i.Filled
	}
	differ("columns that are not read", ignored, c.ignored)
	differ("fields", len(r.Columns), len(listing.Fields()))
	differ("fields at a look", len(found.Mapping.Columns()), len(listing.Fields()))
	asked := 0
	if c.zero {
		asked = 1
	}
	differ("questions, and at a look", []int{len(r.Questions), len(found.Account.Questions)}, []int{asked, asked})
	differ("problems", r.ProblemCount, c.noProduct) // which say why
	for _, n := range r.Notes {
		if n.Kind != listing.NoteGuard && n.Kind != listing.NoteDecorated {
			wrong = append(wrong, fmt.Sprintf("noted: %+v", n))
		}
	}
	for i := range min(len(got.products), len(c.products)) {
		want := c.products[i]
		want.Name, want.Brand = domain.ProductText(want.Name), domain.ProductText(want.Brand)
		for _, d := range domaintest.Differences(got.products[i], want, "ID", "Revision", "UpdatedAt") {
			wrong = append(wrong, fmt.Sprintf("product %d: %s: %+v, want %+v", i, d, got.products[i], want))
		}
	}
	return wrong
}

// shelf is a catalogue that keeps what it is given.
type shelf struct {
	products []domain.Product
	at       map[string]int
}

func (s *shelf) ImportProducts(_ context.Context, _ string, in listing.Intake) (tally listing.Tally, err error) {
	for row, err := range in.Rows {
		if err != nil {
			return tally, err
		}
		p := row.Product
		key := strings.Join([]string{string(p.Code), string(p.Barcode), p.Name}, "\x00")
		if at, known := s.at[key]; known {
			tally.Repeated++
			s.products[at] = p
			continue
		}
		s.at[key] = len(s.products)
		s.products = append(s.products, p)
	}
	tally.Added = len(s.products)
	return tally, in.Gathered(listing.Gathered{})
}

func (s *shelf) PlanImport(ctx context.Context, in listing.Intake) (listing.Tally, error) {
	*s = shelf{at: map[string]int{}}
	return s.ImportProducts(ctx, "", in)
}

// written gives the file, by our own writer and in the encoding that somebody's program has made of it.
func (c *catalogue) written(t *testing.T) []byte {
	t.Helper()
	var header []string
	for _, cell := range c.table[0] {
		header = append(header, cell.Text)
	}
	var out bytes.Buffer
	if err := export.Write(&out, c.ending, header, filestest.Each(c.table[1:], nil)); err != nil {
		t.Fatal(err)
	}
	if c.ending != ".csv" {
		return out.Bytes()
	}
	text := savedAgain(out.String(), c.separator, c.lineEnd)
	content, ok := encoded(text, c.encoding)
	if !ok { // it has letters that the encoding lacks
		c.how += " (is not)"
		return []byte(text)
	}
	return []byte(content)
}

// savedAgain gives a CSV of ours as another program saves it, by another separator and with other line ends.
func savedAgain(text string, separator byte, lineEnd string) string {
	var out, cell strings.Builder
	quoted := false
	end := func(behind string) {
		s := cell.String()
		if strings.IndexByte(s, separator) >= 0 && s[0] != '"' {
			s = `"` + s + `"`
		}
		out.WriteString(s + behind)
		cell.Reset()
	}
	for _, c := range []byte(text) {
		switch {
		case c == ';' && !quoted:
			end(string(separator))
		case c == '\n' && !quoted:
			end(lineEnd)
		default:
			quoted = quoted != (c == '"')
			cell.WriteByte(c)
		}
	}
	return out.String()
}

// encoded writes a text in an encoding; ok = false: not all of it can be.
func encoded(text, encoding string) (out string, ok bool) {
	if encoding == "" {
		return text, true
	}
	text = strings.TrimPrefix(text, "\ufeff")
	switch encoding {
	case "utf-8":
		return text, true
	case "utf-16le with a mark":
		return "\xff\xfe" + filestest.In16(text, true), true
	case "utf-16be with a mark":
		return "\xfe\xff" + filestest.In16(text, false), true
	case "utf-16le":
		return filestest.In16(text, true), true
	case "utf-16be":
		return filestest.In16(text, false), true
	}
	high := make([]byte, 0x80)
	for i := range high {
		high[i] = byte(0x80 + i)
	}
	page := []rune(charset.Of(encoding).Text(high))
	var b strings.Builder
	for _, r := range text {
		at := slices.Index(page, r)
		switch {
		case r < 0x80:
			b.WriteByte(byte(r))
		case at < 0:
			return "", false
		default:
			b.WriteByte(byte(0x80 + at))
		}
	}
	return b.String(), true
}

// randomCatalogue makes the products, and lays them out as a person's program may leave our file.
func randomCatalogue(t *testing.T, r *rand.Rand) *catalogue {
	t.Helper()
	c := &catalogue{ending: []string{".csv", ".csv", ".xlsx"}[r.IntN(3)], ignored: map[string]int{}}
	encodings := []string{
		"", "utf-8", "utf-16le with a mark", "utf-16be with a mark", "utf-16le", "utf-16be", "windows-1254", "iso-8859-9", "cp857", "x-mac-turkish",
	}
	c.encoding, c.separator, c.lineEnd = encodings[r.IntN(len(encodings))], ";,	|"[max(r.IntN(6)-2, 0)], []string{"\n", "\r\n", "\r"}[r.IntN(3)]
	m := maker{r: r, narrow: slices.Index(encodings, c.encoding) > 5}
	for i := range 1 + r.IntN(12) {
		p := m.product(i)
		c.zero = c.zero || p.Price.Valid && p.Price.Decimal.IsZero()
		c.products = append(c.products, p)
	}
	rows := slices.Clone(c.products)
	if r.IntN(4) == 0 {
		c.repeated = 1
		rows = append(rows, rows[r.IntN(len(rows))])
	}
	table := exports.Products(asKeys, filestest.Each(rows, nil))
	var header []exports.Cell
	for _, h := range table.Header(asKeys) {
		header = append(header, exports.Text(h))
	}
	c.table = [][]exports.Cell{header}
	for row, err := range table.Rows {
		if err != nil {
			t.Fatal(err)
		}
		c.table = append(c.table, row)
	}
	c.layOut(r)
	return c
}

// layOut adds a total, columns, titles and empty rows, and puts the columns into another order.
func (c *catalogue) layOut(r *rand.Rand) {
	c.how = fmt.Sprintf("%s %q %q %q", c.ending, c.encoding, c.separator, c.lineEnd)
	if r.IntN(3) == 0 {
		c.how += ", a total"
		c.noProduct = 1
		sum := make([]exports.Cell, len(c.table[0]))
		sum[[]int{0, 2}[r.IntN(2)]] = exports.Text([]string{"TOPLAM", "Genel Toplam:", "Toplam"}[r.IntN(3)])
		sum[5], sum[7] = exports.Number(decimal.NewNullDecimal(decimal.New(r.Int64N(1e9), -2))), exports.Count(r.IntN(9999))
		c.table = append(c.table, sum)
	}
	for _, extra := range []struct {
		header string
		cell   func() string
	}{
		{"Raf", func() string { return fmt.Sprintf("A-%d", r.IntN(90)) }},
		{"Desi", func() string { return fmt.Sprintf("%d,5", r.IntN(9)) }},
		{"Görsel", func() string { return fmt.Sprintf("https://example.com/%d.jpg?a=1&b=2;c", r.IntN(900)) }},
		{"Not", func() string { return []string{`5" boru`, "sorulacak; acil", "", "\"", "=A1"}[r.IntN(5)] }},
	} {
		if r.IntN(3) > 0 {
			continue
		}
		c.how += ", with " + extra.header
		for i := range c.table {
			cell := exports.Text(extra.header)
			if i > 0 {
				if cell = exports.Text(extra.cell()); i == len(c.table)-1 && c.noProduct > 0 {
					cell = exports.Text("")
				}
				if cell.Text != "" {
					c.ignored[extra.header]++
				}
			}
			c.table[i] = append(slices.Clone(c.table[i]), cell)
		}
	}
	if r.IntN(2) == 0 {
		c.how += ", shuffled"
		order := r.Perm(len(c.table[0]))
		for i, row := range c.table {
			shuffled := make([]exports.Cell, len(row))
			for to, from := range order {
				shuffled[to] = row[from]
			}
			c.table[i] = shuffled
		}
	}
	empty := make([]exports.Cell, len(c.table[0]))
	for range r.IntN(3) {
		c.table = append(c.table, empty)
	}
	for range r.IntN(3) {
		c.how += ", a title"
		title := slices.Clone(empty)
		if title[0] = exports.Text([]string{"Örnek Ticaret A.Ş.", "Ürün listesi; 26.11.2026", "Fiyatlar", ""}[r.IntN(4)]); r.IntN(2) == 0 {
			title = title[:1]
		}
		c.table = slices.Insert(c.table, 0, title)
	}
}

// maker makes random products.
type maker struct {
	r      *rand.Rand
	narrow bool // letters that 8-bit encodings have
}

func (m maker) product(i int) domain.Product {
	r := m.r
	p := domain.Product{
		Code: domain.Code(m.code(i)), Barcode: domain.Barcode(m.barcode()), Name: m.text(), Brand: m.text(), Description: m.text(),
		Price: m.amount(false), Stock: m.amount(true),
		Currency: append(domain.Currencies(), "")[r.IntN(5)],
		State:    []domain.ProductState{domain.ProductActive, domain.ProductPassive, domain.ProductDraft, domain.ProductArchived}[r.IntN(4)],
	}
	switch r.IntN(8) {
	case 0: // known by its barcode alone
		if p.Barcode != "" {
			p.Code = ""
		}
	case 1: // by its name
		p.Code, p.Barcode, p.Name = "", "", fmt.Sprintf("Yalnız ad; %d", i)
	case 2: // by its code
		p.Barcode, p.Name, p.Brand, p.Description = "", "", "", ""
	}
	if rate := []string{"0", "1", "8", "10", "18", "20", "8.5", "", "100"}[r.IntN(9)]; rate != "" {
		p.VATRate = decimal.NewNullDecimal(decimal.RequireFromString(rate))
	}
	return p
}

// code makes one that no other product of the catalogue has.
func (m maker) code(i int) string {
	return []string{
		fmt.Sprintf("%05d", i), fmt.Sprintf("K-%d", i), fmt.Sprintf("=1+%d", i), fmt.Sprintf("+90 %d", i), fmt.Sprintf("-%d", i), fmt.Sprintf("@%d", i),
		fmt.Sprintf("ŞĞİ/%d", i), fmt.Sprintf("1.00%d", i), fmt.Sprintf("%dE5", i), fmt.Sprintf(`%d"`, i), fmt.Sprintf(`"%d"`, i), fmt.Sprintf("a;b|%d", i),
		fmt.Sprintf("\"%d", i), fmt.Sprintf("'=%d", i), fmt.Sprintf("X\t%d", i), fmt.Sprintf("%d&amp;", i),
	}[m.r.IntN(16)]
}

func (m maker) barcode() string {
	switch n := m.r.Int64N(1e11); m.r.IntN(6) {
	case 0:
		return ""
	case 1:
		return strconv.FormatInt(n, 10)
	case 2:
		return fmt.Sprintf("%014d", n)
	case 3:
		return fmt.Sprintf("KUTU-%d", n%1000)
	case 4:
		return fmt.Sprintf("%020d", n)
	default:
		return gtin13(8_690_000_000_00 + n%1e9)
	}
}

// gtin13 adds the check digit to twelve digits.
func gtin13(n int64) string {
	digits := fmt.Sprintf("%012d", n)
	for check := range 10 {
		if s := digits + strconv.Itoa(check); looksGTIN(s) {
			return s
		}
	}
	return digits
}

// text makes what stands in names: Turkish words, quotes, separators, line ends, entities, formulas and numbers.
func (m maker) text() string {
	pieces := []string{
		"Çaydanlık", "ĞÜŞİÖÇ", "ığüşöç", "kupa", " ", " ", "  ", `"`, `""`, `5"`, "'", ";", ",", "\t", "|", "\n", "\r\n", "=1+1", "+90", "-5", "@", "1.234", "129,90", "1.234,567",
		"%", "&", "&amp;", "&quot;", "&amp", "&lt", "<b>", "Toplam", "TOPLAM", "sep=;", "8,69E+12", "TL", "Stok Kodu", "#YOK", "_x0041_", "12/05", "500 g", "KÂĞIT", "lâle", "©", "·", "(KDV Dahil)", "A-B",
	}
	if !m.narrow {
		pieces = append(pieces, "₺", "😀", "漢字", "\u00a0", "“tırnak”", "ş\u0327", "–", "™")
	}
	for {
		var b strings.Builder
		for range 1 + m.r.IntN(7) {
			b.WriteString(pieces[m.r.IntN(len(pieces))])
		}
		if s := strings.TrimSpace(b.String()); s != "#YOK" { // Excel's error, which no text is taken from
			return s
		}
	}
}

// amount makes a price or a stock: absent, 0, with up to four decimals, and large ones.
func (m maker) amount(negative bool) decimal.NullDecimal {
	r := m.r
	if r.IntN(8) == 0 {
		return decimal.NullDecimal{}
	}
	d := decimal.New(r.Int64N(int64(math.Pow10(1+r.IntN(18)))), -int32(r.IntN(5))) // #nosec G115 -- a few
	if negative && r.IntN(3) == 0 {
		d = d.Neg()
	}
	return decimal.NewNullDecimal(d)
}
