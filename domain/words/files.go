package words

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// Field names a field of products.
func (w Words) Field(f listing.Field) string { return w.T("import.field." + string(f)) }

// Problem says what is wrong in a row of a file, and of which field.
func (w Words) Problem(p listing.Problem) string {
	why := w.FileReason(p)
	if p.Field == "" {
		return why
	}
	return w.T("import.problem", w.Field(p.Field), why)
}

// FileReason says what is wrong with a cell, and what it most probably was where something tells.
func (w Words) FileReason(p listing.Problem) string {
	key := "file.reason." + string(p.Reason)
	if p.Proposed == "" {
		return w.T(key)
	}
	return w.T(key+".proposed", p.Proposed)
}

// FileValue is the cell that a problem is about: as it was read, and written as all numbers are where only the number is known.
func (w Words) FileValue(p listing.Problem) string {
	if p.Reason != listing.RowDiffers || p.Field == listing.Name {
		return p.Value
	}
	number, currency, _ := strings.Cut(p.Value, " ")
	d, err := decimal.NewFromString(number)
	switch {
	case err != nil:
		return p.Value
	case p.Field == listing.Price:
		return domain.FormatMoney(d, domain.Currency(currency), w.Lang)
	case p.Field == listing.VAT:
		return domain.FormatPercent(d, w.Lang)
	default:
		return domain.FormatNumber(d, w.Lang)
	}
}

// FileNote says what was made of the cells of a column.
func (w Words) FileNote(n listing.Note) string {
	said := w.T("file.note."+string(n.Kind), n.Count)
	if n.Sample != "" {
		said = w.T("file.note.sample", said, n.Sample)
	}
	if n.Column != "" {
		said = w.T("file.note.of", n.Column, said)
	}
	return said
}

// Question asks what a file leaves open.
func (w Words) Question(q listing.Question) string {
	said := w.QuestionAlone(q)
	if samples := w.Samples(q); len(samples) > 0 {
		said = w.T("file.question.samples", said, strings.Join(samples, " · "))
	}
	return said
}

// QuestionAlone is the question without samples.
func (w Words) QuestionAlone(q listing.Question) string {
	about := q.About
	if q.Kind == listing.AskColumn {
		about = w.Field(listing.Field(q.About))
	}
	return w.T("file.question."+string(q.Kind), about)
}

// Samples are a few of the cells or rows that a question is about.
func (w Words) Samples(q listing.Question) []string {
	samples := slices.Clone(q.Samples)
	rates := slices.ContainsFunc(q.Rows, func(r listing.ProductRow) bool { // that differ
		return r.Product.VATRate.Valid != q.Rows[0].Product.VATRate.Valid || !r.Product.VATRate.Decimal.Equal(q.Rows[0].Product.VATRate.Decimal)
	})
	for _, r := range q.Rows {
		samples = append(samples, w.row(r, rates))
	}
	return samples
}

// row tells a row by what it can differ in from others of its product.
func (w Words) row(r listing.ProductRow, rates bool) string {
	p := r.Product
	said := w.T("file.row", r.Line)
	if r.Sheet != "" {
		said = w.T("file.row.sheet", r.Sheet, r.Line)
	}
	parts := []string{string(cmp.Or(p.Code, domain.Code(p.Barcode))), p.Name}
	if p.Price.Valid {
		parts = append(parts, domain.FormatMoney(p.Price.Decimal, p.Currency, w.Lang))
	}
	if p.Stock.Valid {
		parts = append(parts, w.T("file.row.stock", domain.FormatNumber(p.Stock.Decimal, w.Lang)))
	}
	if rates && p.VATRate.Valid {
		parts = append(parts, w.T("file.row.vat", domain.FormatPercent(p.VATRate.Decimal, w.Lang)))
	}
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	return w.T("file.row.of", said, strings.Join(parts, ", "))
}

// Repeated says how many rows are of products that the file has had before, and what counts; "" for none, and while that is asked.
func (w Words) Repeated(r listing.Result) string {
	if r.Repeated == 0 {
		return ""
	}
	for _, q := range r.Questions {
		switch {
		case q.Kind != listing.AskRepeated:
		case q.Open():
			return ""
		case q.Chosen == listing.ChooseSum:
			return w.T("import.repeated.sum", r.Repeated)
		}
	}
	return w.T("import.repeated", r.Repeated)
}

// Choice says what a choice of a question means.
func (w Words) Choice(q listing.Question, choice string) string {
	key := "file.question." + string(q.Kind)
	switch {
	case q.Kind == listing.AskColumn, q.Kind == listing.AskEncoding, q.Kind == listing.AskSheet && choice != listing.ChooseAll:
		return choice
	case q.Kind == listing.AskUnused && choice != listing.ChooseIgnore:
		return w.T(key+".take", w.Field(listing.Field(choice)))
	case q.Kind == listing.AskDecimals && len(q.Samples) > 0:
		return w.T(key+"."+choice+".sample", q.Samples[0], w.readAs(q.Samples[0], choice))
	default:
		return w.T(key + "." + choice)
	}
}

// readAs writes a number by what its last mark is taken for, in plain digits: they look the same in no two ways.
func (w Words) readAs(cell, choice string) string {
	number := strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune("0123456789.,", r) {
			return r
		}
		return -1
	}, cell), ".,")
	digits := strings.NewReplacer(".", "", ",", "")
	at := strings.LastIndexAny(number, ".,")
	if at < 0 || choice == listing.ChooseThousands {
		return digits.Replace(number)
	}
	mark := ","
	if w.Lang == "en" {
		mark = "."
	}
	return strings.TrimSuffix(digits.Replace(number[:at])+mark+strings.TrimRight(number[at+1:], "0"), mark)
}

// Jump says which price moves far, and how far.
func (w Words) Jump(j listing.Jump) string {
	return w.T("import.jump", Listed(" · ", string(j.Code), j.Name), w.Money(j.Was, j.Currency), w.Money(j.Is, j.Currency))
}

// TakingBack says what taking a file of products back would do, a sentence each; empty: nothing.
func (w Words) TakingBack(r listing.Return) []string {
	said := w.parts("import.undo", part{".restored", r.Restored}, part{".removed", r.Removed}, part{".left", r.Left})
	if values := Listed(", ", w.Counted("import.undo.prices", r.Prices), w.Counted("import.undo.stocks", r.Stocks)); values != "" {
		said[0] += " " + w.T("import.undo.values", values)
	}
	for _, j := range r.Examples {
		said = append(said, w.Jump(j))
	}
	return said
}

// TakenBack says what taking a file of products back has done.
func (w Words) TakenBack(file string, r listing.Return) string {
	said := w.parts("import.undone", part{".restored", r.Restored}, part{".removed", r.Removed}, part{".left", r.Left})
	if r.Prices > 0 {
		said = append(said, w.T("import.undone.prices"))
	}
	return w.undone(file, said)
}

// OrdersBack says what taking a file of orders back would do, a sentence each; empty: nothing.
func (w Words) OrdersBack(b orders.TakenBack) []string {
	return w.parts("orders.undo", part{".removed", b.Removed}, part{".left", b.Left})
}

// OrdersTakenBack says what taking a file of orders back has done.
func (w Words) OrdersTakenBack(file string, b orders.TakenBack) string {
	return w.undone(file, w.parts("orders.undone", part{".removed", b.Removed}, part{".left", b.Left}))
}

// OrdersElsewhere warns of a file whose orders other companies have already.
func (w Words) OrdersElsewhere(found []orders.Elsewhere) string {
	const most = 3
	names := make([]string, 0, most+1)
	for _, f := range found[:min(most, len(found))] {
		names = append(names, domain.Line(f.Company))
	}
	if n := len(found) - most; n > 0 {
		names = append(names, w.T("orders.elsewhere.more", n))
	}
	return w.T("orders.elsewhere", strings.Join(names, ", "), domain.Line(found[0].Number))
}

func (w Words) undone(file string, parts []string) string {
	return strings.Join(append([]string{w.T("import.undone", file)}, parts...), " ")
}

// part is something that is counted, under the end of its key.
type part struct {
	name string
	n    int
}

// parts say how many there are of each, and nothing of those of which there are none.
func (w Words) parts(key string, parts ...part) (said []string) {
	for _, p := range parts {
		if p.n > 0 {
			said = append(said, w.T(key+p.name, p.n))
		}
	}
	return said
}

// Imported says which file was taken in, when, and what it has brought.
func (w Words) Imported(i listing.Imported) string {
	return w.T("import.last", i.File, w.Moment(i.At), Listed(", ", w.Counted("import.done.added", i.Added), w.Counted("import.done.updated", i.Updated)))
}

// PriceOrigin says where a price has come from; of one that a file has brought, which file, and what it was before.
func (w Words) PriceOrigin(o domain.Origin, files []listing.Former) string {
	return w.origin(o, files, func(was domain.Product) string { return w.MoneyIf(was.Price, was.Currency) })
}

// StockOrigin says the same of a stock.
func (w Words) StockOrigin(o domain.Origin, files []listing.Former) string {
	return w.origin(o, files, func(was domain.Product) string { return w.AmountIf(was.Stock) })
}

func (w Words) origin(o domain.Origin, files []listing.Former, value func(was domain.Product) string) string {
	said := w.Origin(o)
	if o.From != domain.SourceFile {
		return said
	}
	for _, f := range files {
		switch {
		case !f.At.Equal(o.At):
		case value(f.Was) == "":
			return w.T("origin.file.name", said, f.File)
		default:
			return w.T("origin.file.was", said, f.File, value(f.Was))
		}
	}
	return said
}
