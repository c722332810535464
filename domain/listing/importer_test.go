package listing

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

var errBroken = errors.New("broken")

// shop is a company in memory: one file, and a catalogue that takes every product.
type shop struct {
	rows    []ProductRow
	columns Columns
	torn    error // that the rows end with
	refused error // that opening ends with
	full    error // that taking ends with
	account Account
	opened  int // files that nobody has closed

	repeated []Noted // what the catalogue notes
	gathered Gathered

	asked     Order
	path      string
	chosen    map[Field]string
	imported  []string // the files that were taken
	products  []string // of the last plan or import
	differing string   // what it was told to do with rows that differ
}

func (s *shop) OpenOrder(_ context.Context, o Order) (Source, error) {
	s.asked = o
	return s.open(o.Mapping.Columns())
}

func (s *shop) OpenChosen(_ context.Context, path string, _ Reading, chosen map[Field]string) (Source, error) {
	s.path, s.chosen = path, chosen
	return s.open(s.columns)
}

func (s *shop) open(columns Columns) (Source, error) {
	if s.refused != nil {
		return Source{}, s.refused
	}
	s.opened++
	return Source{
		Header: []string{"Kod", "Raf"}, Columns: columns, Close: func() error { s.opened--; return nil },
		Rows: func(yield func(ProductRow, error) bool) {
			for _, row := range s.rows {
				if !yield(row, nil) {
					return
				}
			}
			if s.torn != nil {
				yield(ProductRow{}, s.torn)
			}
		},
		Account: func() Account { return s.account },
	}, nil
}

func (s *shop) ImportProducts(ctx context.Context, file string, in Intake) (Tally, error) {
	s.imported = append(s.imported, file)
	return s.PlanImport(ctx, in)
}

func (s *shop) PlanImport(_ context.Context, in Intake) (Tally, error) {
	s.products, s.differing = nil, in.Differing
	for row, err := range in.Rows {
		if err != nil {
			return Tally{}, err
		}
		s.products = append(s.products, string(row.Product.Code))
	}
	for _, n := range s.repeated {
		in.Note(n)
	}
	if err := in.Gathered(s.gathered); err != nil {
		return Tally{}, err
	}
	in.Watch(len(s.products), len(s.products))
	return Tally{Added: len(s.products)}, s.full
}

// stocked is a shop whose file has four rows: two products, one of them with a problem, and two refused rows.
func stocked() *shop {
	return &shop{columns: Columns{Code: {0}}, rows: []ProductRow{
		{Line: 2, Product: domain.Product{Code: "A"}},
		{Line: 3, Refused: true, Problems: []Problem{{Field: Name, Reason: NothingToKnowBy}}},
		{Line: 5, Product: domain.Product{Code: "B"}, Problems: []Problem{{Field: Price, Value: "x", Reason: BadNumber}, {Field: VAT, Value: "y", Reason: BadRate}}},
		{Line: 6, Refused: true},
	}}
}

// ways are all ways in which an importer goes through a file.
func ways(s *shop) map[string]func(ctx context.Context, count *Count) (Result, error) {
	i, o := NewImporter(s, s), Order{Path: "dir/liste.csv", Mapping: Mapping{Code, ""}}
	return map[string]func(ctx context.Context, count *Count) (Result, error){
		"plan": func(ctx context.Context, count *Count) (Result, error) { return i.Plan(ctx, o, count) },
		"take": func(ctx context.Context, count *Count) (Result, error) { return i.Take(ctx, o, count) },
		"file": func(ctx context.Context, count *Count) (Result, error) {
			return i.ImportFile(ctx, "dir/liste.csv", Reading{}, map[Field]string{Code: "Kod"}, count)
		},
	}
}

func TestImporter_tellsWhatCameOfAFile(t *testing.T) {
	want := Result{Tally: Tally{Added: 2}, Account: Account{Rows: 4, Refused: 2}, ProblemCount: 3, Problems: []Noted{
		{Problem: Problem{Field: Name, Reason: NothingToKnowBy}, Line: 3, Refused: true},
		{Problem: Problem{Field: Price, Value: "x", Reason: BadNumber}, Line: 5},
		{Problem: Problem{Field: VAT, Value: "y", Reason: BadRate}, Line: 5},
	}}
	for _, way := range []string{"plan", "take", "file"} {
		s := stocked()
		var count Count
		got, err := ways(s)[way](t.Context(), &count)
		if err != nil || !reflect.DeepEqual(got, want) || !slices.Equal(s.products, []string{"A", "B"}) || s.opened != 0 {
			t.Errorf("%s: %+v, %v, took %q, left %d files open", way, got, err, s.products, s.opened)
		}
		if read, written, of := count.Snapshot(); read != 4 || written != 2 || of != 2 {
			t.Errorf("%s: counted %d, %d of %d", way, read, written, of)
		}
		if way == "plan" != (len(s.imported) == 0) || way != "plan" && s.imported[0] != "liste.csv" {
			t.Errorf("%s: imported %q", way, s.imported)
		}
		switch {
		case way == "file" && (s.path != "dir/liste.csv" || s.chosen[Code] != "Kod"):
			t.Errorf("opened %s, %v", s.path, s.chosen)
		case way != "file" && (s.asked.Path != "dir/liste.csv" || !slices.Equal(s.asked.Mapping, Mapping{Code, ""})):
			t.Errorf("%s: opened %+v", way, s.asked)
		}
	}
}

func TestImporter_saysWhatEndsIt(t *testing.T) {
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for what, c := range map[string]struct {
		ctx   context.Context
		spoil func(s *shop)
		want  func(err error) bool
	}{
		"a file that cannot be opened":    {t.Context(), func(s *shop) { s.refused = errBroken }, func(err error) bool { return errors.Is(err, errBroken) }},
		"a file that is torn":             {t.Context(), func(s *shop) { s.torn = errBroken }, func(err error) bool { return errors.Is(err, errBroken) }},
		"a torn file without a row":       {t.Context(), func(s *shop) { s.torn, s.rows = errBroken, nil }, func(err error) bool { return errors.Is(err, errBroken) }},
		"a catalogue that takes no more":  {t.Context(), func(s *shop) { s.full = errBroken }, func(err error) bool { return errors.Is(err, errBroken) }},
		"a file without a row":            {t.Context(), func(s *shop) { s.rows = nil }, func(err error) bool { return domain.KindOf(err) == domain.KindEmptyFile }},
		"a person who wants no more":      {cancelled, func(*shop) {}, func(err error) bool { return domain.KindOf(err) == domain.KindCancelled }},
		"one who wants no more, too late": {cancelled, func(s *shop) { s.rows, s.torn = nil, errBroken }, func(err error) bool { return errors.Is(err, errBroken) }},
	} {
		for _, way := range []string{"plan", "take", "file"} {
			s := stocked()
			c.spoil(s)
			if _, err := ways(s)[way](c.ctx, &Count{}); !c.want(err) || s.opened != 0 {
				t.Errorf("%s, %s: %v, left %d files open", what, way, err, s.opened)
			}
		}
	}
}

func TestImportFile_wantsAColumnToKnowProductsBy(t *testing.T) {
	for _, f := range append(Fields(), "") {
		s := stocked()
		s.columns = Columns{f: {1}}
		_, err := NewImporter(s, s).ImportFile(t.Context(), "liste.csv", Reading{}, nil, &Count{})
		if f == Code || f == Barcode || f == Name {
			if err != nil {
				t.Errorf("%s: %v", f, err)
			}
			continue
		}
		var e *domain.Error
		if !errors.As(err, &e) || e.Kind != domain.KindInvalid || e.Field != "map" || e.Detail != "columns-unknown" || e.Err.Error() != "Kod, Raf" || len(s.imported) > 0 || s.opened != 0 {
			t.Errorf("%s: %v, imported %q, left %d files open", f, err, s.imported, s.opened)
		}
	}
}

// A catalogue may stop in the middle.
type lazy struct{ *shop }

func (lazy) PlanImport(_ context.Context, in Intake) (Tally, error) {
	in.Rows(func(ProductRow, error) bool { return false })
	return Tally{}, nil
}

func TestImporter_letsTheCatalogueStop(t *testing.T) {
	s := stocked()
	if r, err := NewImporter(s, lazy{s}).Plan(t.Context(), Order{Mapping: Mapping{Code}}, &Count{}); err != nil || r.Rows != 1 {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestSource_givesTheRowsWithProblems(t *testing.T) {
	s := stocked()
	s.torn = errBroken
	source, err := s.open(nil)
	if err != nil {
		t.Fatal(err)
	}
	var lines []int
	var last error
	for row, err := range source.WithProblems() {
		if last = err; err == nil {
			lines = append(lines, row.Line)
		}
	}
	if !slices.Equal(lines, []int{3, 5}) || !errors.Is(last, errBroken) {
		t.Errorf("%v, %v", lines, last)
	}
	for row, err := range source.WithProblems() { // a caller may stop
		if row.Line != 3 || err != nil {
			t.Errorf("line %d, %v", row.Line, err)
		}
		break
	}
}

// What shows only in the catalogue, that rows are repeated and differ, is told like all else, and asked: nothing is written before
// it is answered.
func TestImporter_asksAboutRowsThatDiffer(t *testing.T) {
	repeated := []Noted{{Problem: Problem{Field: Stock, Value: "5", Reason: RowDiffers}, Line: 7, Repeated: true}}
	gathered := Gathered{Differing: []ProductRow{{Line: 2, Product: domain.Product{Code: "A", Name: "a"}}}, Notes: []Note{{Kind: NoteSummed, Count: 2, Sample: "3 + 5"}}}
	for _, answer := range []string{"", ChooseSum, ChooseLast, ChooseSeparate, "another"} {
		answers := Answers{string(AskRepeated): answer}
		if answer == "" {
			answers = nil
		}
		for _, way := range []string{"plan", "take", "file", "plan file"} {
			s := stocked()
			s.repeated, s.gathered, s.account.Notes = repeated, gathered, []Note{{Kind: NoteUnit}}
			i, o := NewImporter(s, s), Order{Path: "liste.csv", Mapping: Mapping{Code}, Reading: Reading{Answers: answers}}
			r, err := map[string]func() (Result, error){
				"plan":      func() (Result, error) { return i.Plan(t.Context(), o, &Count{}) },
				"take":      func() (Result, error) { return i.Take(t.Context(), o, &Count{}) },
				"file":      func() (Result, error) { return i.ImportFile(t.Context(), "liste.csv", o.Reading, nil, &Count{}) },
				"plan file": func() (Result, error) { return i.PlanFile(t.Context(), "liste.csv", o.Reading, nil, &Count{}) },
			}[way]()
			choices := []string{ChooseSum, ChooseLast, ChooseSeparate}
			open := !slices.Contains(choices, answer)
			want := Question{ID: "repeated", Kind: AskRepeated, Choices: choices, Rows: gathered.Differing, Chosen: answer}
			if open {
				want.Chosen = ""
			}
			if !reflect.DeepEqual(r.Questions, []Question{want}) || !reflect.DeepEqual(r.Notes, append([]Note{{Kind: NoteUnit}}, gathered.Notes...)) ||
				!reflect.DeepEqual(r.Problems[len(r.Problems)-1], repeated[0]) || s.differing != answer {
				t.Errorf("%q, %s: %+v, told %q", answer, way, r, s.differing)
			}
			e := new(domain.Error)
			switch refused := errors.As(err, &e); {
			case answer == "another" && strings.HasSuffix(way, "file"): // nobody has looked at it: it is a slip
				if !refused || e.Kind != domain.KindInvalid || e.Field != "repeated=another" || r.Added != 0 {
					t.Errorf("%q, %s: %+v, %v", answer, way, r.Tally, err)
				}
			case !open || way == "plan" || way == "plan file":
				if err != nil || r.Added != 2 {
					t.Errorf("%q, %s: %+v, %v", answer, way, r.Tally, err)
				}
			case !refused || e.Kind != domain.KindState || e.Field != "questions" || r.Added != 2: // planned
				t.Errorf("%q, %s: %+v, %v", answer, way, r.Tally, err)
			}
		}
	}
}

func TestImporter_countsWhatIsNoProduct(t *testing.T) {
	for _, way := range []string{"plan", "take", "file"} {
		s := stocked()
		s.rows = append(s.rows, ProductRow{Line: 8, NoProduct: true, Problems: []Problem{{Field: Name, Value: "TOPLAM", Reason: Total}}})
		got, err := ways(s)[way](t.Context(), &Count{})
		if err != nil || got.Rows != 5 || got.Refused != 2 || got.NoProduct != 1 || got.Taken() != 2 || len(s.products) != 2 {
			t.Errorf("%s: %+v, %d taken, %v", way, got, got.Taken(), err)
		}
		want := Noted{Problem: Problem{Field: Name, Value: "TOPLAM", Reason: Total}, Line: 8, NoProduct: true}
		if last := got.Problems[len(got.Problems)-1]; !reflect.DeepEqual(last, want) {
			t.Errorf("%s: %+v", way, last)
		}
	}
	r := Result{Tally: Tally{Repeated: 3}, Account: Account{Rows: 20, Refused: 4, NoProduct: 5}}
	if r.Taken() != 8 {
		t.Errorf("%d taken", r.Taken())
	}
}

// A slip in an answer is said before what is still open.
func TestImporter_refusesASlipWhileAQuestionIsOpen(t *testing.T) {
	s := stocked()
	s.account.Questions = []Question{Answers{}.Ask(AskDecimals, "Fiyat", "", []string{ChooseThousands, ChooseDecimals}, nil)}
	_, err := NewImporter(s, s).ImportFile(t.Context(), "liste.csv", Reading{Answers: Answers{"decimals:Stok": ChooseDecimals}}, nil, &Count{})
	if e := new(domain.Error); !errors.As(err, &e) || e.Kind != domain.KindInvalid || e.Field != "decimals:Stok" {
		t.Error(err)
	}
}

// An import that stops at a question tells what would come of it, or why nobody can say.
func TestImporter_tellsWhyAStoppedImportCannotBePlanned(t *testing.T) {
	s := stocked()
	s.account.Questions = []Question{Answers{}.Ask(AskDecimals, "Fiyat", "", []string{ChooseThousands, ChooseDecimals}, nil)}
	s.full = domain.E(domain.KindDisk, "plan", nil)
	_, err := NewImporter(s, s).ImportFile(t.Context(), "liste.csv", Reading{}, nil, &Count{})
	if domain.KindOf(err) != domain.KindDisk {
		t.Error(err)
	}
}
