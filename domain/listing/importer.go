package listing

import (
	"context"
	"errors"
	"iter"
	"path/filepath"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
)

// ProductRow is a row of a file as a product.
type ProductRow struct {
	Line     int
	Sheet    string         // of a workbook of which several are read
	Cells    []string       // of the row as it stands in the file
	Product  domain.Product // State is active; Currency is "" when the row names none
	Options  string         // "S / Mavi": the size, colour and the like by which it differs from others of its code, barcode and name
	Place    string         // where its stock lies, folded: stocks of several places are added up
	Problems []Problem
	Refused  bool // without code, barcode and name there is no product
	// NoProduct: it is a heading, a total, a header once more; its first problem says which.
	NoProduct bool
}

// Source is a product file that is open. Whoever opened it closes it.
type Source struct {
	Header  []string
	Columns Columns // that are taken
	// Rows are those below the header, from the first one each time. An error is the last thing they give.
	Rows iter.Seq2[ProductRow, error]
	// Account is what Rows have come by, once they have ended. Of the rows themselves it counts none.
	Account func() Account
	Close   func() error

	checked Answers // have to be to what it asks
}

// WithProblems are the rows in which something is wrong.
func (s Source) WithProblems() iter.Seq2[ProductRow, error] {
	return func(yield func(ProductRow, error) bool) {
		for row, err := range s.Rows {
			if err == nil && len(row.Problems) == 0 {
				continue
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

// Files opens product files.
type Files interface {
	// OpenOrder opens the file of an order, if it still is the one that was looked at.
	OpenOrder(ctx context.Context, o Order) (Source, error)
	// OpenChosen opens a file whose columns are found by their headers; chosen names some of them (field →
	// header, number or letter).
	OpenChosen(ctx context.Context, path string, r Reading, chosen map[Field]string) (Source, error)
}

// Catalogue takes products in.
type Catalogue interface {
	// ImportProducts takes all products or none, in one transaction; the history remembers file.
	ImportProducts(ctx context.Context, file string, in Intake) (Tally, error)
	// PlanImport gives what ImportProducts would give now, and writes nothing.
	PlanImport(ctx context.Context, in Intake) (Tally, error)
}

// Importer brings the products of files into a company's catalogue: all products of a file or, whatever goes
// wrong, none.
type Importer struct {
	files     Files
	catalogue Catalogue
}

// NewImporter makes the importer of a company.
func NewImporter(files Files, catalogue Catalogue) *Importer { return &Importer{files, catalogue} }

// Plan tells what Take would do now, and writes nothing.
func (i *Importer) Plan(ctx context.Context, o Order, count *Count) (r Result, err error) {
	source, err := i.files.OpenOrder(ctx, o)
	if err != nil {
		return Result{}, err
	}
	defer source.Close() //nolint:errcheck // only read
	return i.plan(ctx, source, o.Reading.Answers, count)
}

// Take brings the products of a file into the catalogue. KindState with Field "questions": some are open, and nothing was
// written; the result tells them.
func (i *Importer) Take(ctx context.Context, o Order, count *Count) (Result, error) {
	source, err := i.files.OpenOrder(ctx, o)
	if err != nil {
		return Result{}, err
	}
	defer source.Close() //nolint:errcheck // only read
	return i.take(ctx, source, o.Path, o.Reading.Answers, count)
}

// ImportFile is Take of a file that nobody has looked at. KindInvalid with Field "map": no column that a product
// can be known by was found; Err lists the headers. KindInvalid also: r answers what the file does not ask.
func (i *Importer) ImportFile(ctx context.Context, path string, r Reading, chosen map[Field]string, count *Count) (Result, error) {
	return i.fromFile(ctx, path, r, chosen, func(source Source) (Result, error) { return i.take(ctx, source, path, r.Answers, count) })
}

// PlanFile tells what ImportFile would do now, and writes nothing.
func (i *Importer) PlanFile(ctx context.Context, path string, r Reading, chosen map[Field]string, count *Count) (Result, error) {
	return i.fromFile(ctx, path, r, chosen, func(source Source) (Result, error) { return i.plan(ctx, source, r.Answers, count) })
}

func (i *Importer) fromFile(ctx context.Context, path string, r Reading, chosen map[Field]string, do func(Source) (Result, error)) (Result, error) {
	source, err := i.files.OpenChosen(ctx, path, r, chosen)
	if err != nil {
		return Result{}, err
	}
	defer source.Close() //nolint:errcheck // only read
	if !known(source.Columns) {
		unknown := domain.Invalid("map", "columns-unknown")
		unknown.Err = errors.New(strings.Join(source.Header, ", "))
		return Result{}, unknown
	}
	source.checked = r.Answers
	return do(source)
}

func (i *Importer) take(ctx context.Context, source Source, path string, answers Answers, count *Count) (r Result, err error) {
	in := source.intake(ctx, &r, answers, count)
	gathered := in.Gathered
	in.Gathered = func(g Gathered) error {
		if err := gathered(g); err != nil || len(r.Open()) == 0 {
			return err
		}
		return &domain.Error{Kind: domain.KindState, Op: "read the file", Field: "questions", Detail: "file.questions"}
	}
	r.Tally, err = i.catalogue.ImportProducts(ctx, filepath.Base(path), in)
	if domain.KindOf(err) != domain.KindState || len(r.Open()) == 0 {
		return r, err
	}
	planned, failed := i.plan(ctx, source, answers, new(Count)) // which rows are taken, and what would come of them
	if failed != nil {
		return planned, failed
	}
	return planned, err
}

func (i *Importer) plan(ctx context.Context, source Source, answers Answers, count *Count) (r Result, err error) {
	r.Tally, err = i.catalogue.PlanImport(ctx, source.intake(ctx, &r, answers, count))
	return r, err
}

// products streams the rows of a file that are products, and notes in r the rows, and what is wrong in which.
func (s Source) products(ctx context.Context, r *Result, count *Count) iter.Seq2[ProductRow, error] {
	return func(yield func(ProductRow, error) bool) {
		for row, err := range s.Rows {
			if err == nil && ctx.Err() != nil {
				err = domain.E(domain.KindCancelled, "read the file", ctx.Err())
			}
			if err != nil {
				yield(ProductRow{}, err)
				return
			}
			r.Rows++
			count.Read()
			row.Product.Name, row.Product.Brand = domain.ProductText(row.Product.Name), domain.ProductText(row.Product.Brand)
			for _, p := range row.Problems {
				r.Note(Noted{Problem: p, Line: row.Line, Sheet: row.Sheet, Refused: row.Refused, NoProduct: row.NoProduct})
			}
			switch {
			case row.NoProduct:
				r.NoProduct++
			case row.Refused:
				r.Refused++
			case !yield(row, nil):
				return
			}
		}
		r.tell(s.Account())
		if r.Rows == 0 {
			yield(ProductRow{}, &domain.Error{Kind: domain.KindEmptyFile, Op: "read the file", Detail: "file.empty"})
		}
	}
}

// tell takes over what the reader has come by; the rows are counted here.
func (r *Result) tell(a Account) {
	a.Rows, a.Refused, a.NoProduct = r.Rows, r.Refused, r.NoProduct
	r.Account = a
}
