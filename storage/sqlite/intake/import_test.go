package intake_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/intake"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestImportProducts_leavesEverythingWhenCancelled(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	products := make([]domain.Product, 3*intake.ItemsAtOnce)
	for i := range products {
		products[i].Code = domain.Code(fmt.Sprint("K", i))
	}
	in := sqlitetest.Intake(products...)
	in.Watch = func(n, _ int) {
		if n == intake.ItemsAtOnce {
			cancel()
		}
	}
	_, err := c.ImportProducts(ctx, "liste.csv", in)
	sqlitetest.WantKind(t, err, domain.KindCancelled)
	wantEmpty(t, c)
	sqlitetest.Fill(t, c, products) // and goes on working
}

// The file is read ahead of the writing, and no further than that: whoever closes it finds nobody reading.
func TestImportProducts_hasEndedReadingWhenItEnds(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	in, n, reading := sqlitetest.Intake(), 0, true
	in.Rows = func(yield func(listing.ProductRow, error) bool) {
		defer func() { reading = false }()
		for yield(listing.ProductRow{Line: n + 2, Product: domain.Product{Code: domain.Code(fmt.Sprint("K", n))}}, nil) {
			if n++; n == 1_000 {
				cancel()
			}
		}
	}
	_, err := c.ImportProducts(ctx, "liste.csv", in)
	sqlitetest.WantKind(t, err, domain.KindCancelled)
	if reading || n < 1_000 || n > 2_000 {
		t.Errorf("%d rows were read, still reading: %v", n, reading)
	}
	wantEmpty(t, c)
}

func TestImportProducts_leavesEverythingWhenTheFileBreaksOff(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	broken := sqlitetest.Intake()
	broken.Rows = func(yield func(listing.ProductRow, error) bool) {
		_ = yield(listing.ProductRow{Product: domain.Product{Code: "A"}}, nil) && yield(listing.ProductRow{}, &domain.Error{Kind: domain.KindFile, Detail: "file.broken"})
	}
	for range 2 { // the second finds the connection as the first did
		_, err := c.ImportProducts(t.Context(), "liste.csv", broken)
		sqlitetest.WantKind(t, err, domain.KindFile)
		_, err = c.PlanImport(t.Context(), broken)
		sqlitetest.WantKind(t, err, domain.KindFile)
	}
	wantEmpty(t, c)
}

func wantEmpty(t *testing.T, c *sqlitetest.Company) {
	t.Helper()
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM product`); n != 0 {
		t.Errorf("%d products stayed", n)
	}
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM history`); n != 0 {
		t.Errorf("%d entries in the history", n)
	}
}

func TestImportProducts_neverDoubles(t *testing.T) {
	const gtin, other = "8690504012345", "8690504012352"
	tests := []struct {
		name          string
		first, second []domain.Product
		want          listing.Tally // of the second
		products      int
	}{
		{
			"by code, however it is spaced",
			[]domain.Product{{Code: "K-1", Name: "Kalem"}},
			[]domain.Product{{Code: "\u00a0K-1 ", Name: "Kalem"}},
			listing.Tally{Updated: 1},
			1,
		},
		{
			"codes are text",
			[]domain.Product{{Code: "007"}},
			[]domain.Product{{Code: "7"}},
			listing.Tally{Added: 1},
			2,
		},
		{
			"by barcode, however long it is",
			[]domain.Product{{Barcode: "0012345678905", Name: "A"}},
			[]domain.Product{{Barcode: "012345678905", Name: "A"}},
			listing.Tally{Updated: 1},
			1,
		},
		{
			"by a shop's own barcode",
			[]domain.Product{{Barcode: "RAF-12", Name: "A"}},
			[]domain.Product{{Barcode: "RAF-12", Name: "A", Brand: "B"}},
			listing.Tally{Updated: 1},
			1,
		},
		{
			"by name, when there is nothing better",
			[]domain.Product{{Name: "DOMATES", Barcode: "8,69E+12"}},
			[]domain.Product{{Name: " domates ", Stock: sqlitetest.Dec("4")}},
			listing.Tally{Updated: 1},
			1,
		},
		{
			"the name of a product with a code is nobody else's",
			[]domain.Product{{Name: "Domates", Code: "D"}},
			[]domain.Product{{Name: "Domates"}},
			listing.Tally{Added: 1},
			2,
		},
		{
			"a code that comes later",
			[]domain.Product{{Barcode: gtin, Name: "Kalem"}},
			[]domain.Product{{Barcode: gtin, Name: "Kalem", Code: "K-1"}},
			listing.Tally{Updated: 1},
			1,
		},
		{
			"a code that is left out later",
			[]domain.Product{{Barcode: gtin, Code: "K-1"}},
			[]domain.Product{{Barcode: gtin, Name: "Kalem"}},
			listing.Tally{Updated: 1},
			1,
		},
		{
			"two codes on one barcode are two products",
			[]domain.Product{{Barcode: gtin, Code: "K-1"}, {Barcode: gtin, Code: "K-2"}},
			[]domain.Product{{Barcode: gtin, Code: "K-2"}, {Barcode: gtin, Code: "K-1"}},
			listing.Tally{Unchanged: 2},
			2,
		},
		{
			"variants that share a code stay apart, in any order",
			[]domain.Product{{Code: "M", Barcode: gtin, Name: "S"}, {Code: "M", Barcode: other, Name: "L"}},
			[]domain.Product{{Code: "M", Barcode: other, Name: "L"}, {Code: "M", Barcode: gtin, Name: "S"}},
			listing.Tally{Unchanged: 2},
			2,
		},
		{
			"one of two variants alone",
			[]domain.Product{{Code: "M", Barcode: gtin, Name: "S"}, {Code: "M", Barcode: other, Name: "L"}},
			[]domain.Product{{Code: "M", Barcode: other, Name: "Large"}},
			listing.Tally{Updated: 1},
			2,
		},
		{
			"a new barcode of a known code",
			[]domain.Product{{Code: "M", Barcode: gtin}},
			[]domain.Product{{Code: "M", Barcode: other}},
			listing.Tally{Updated: 1},
			1,
		},
		{
			"a row that is there twice is one product",
			nil,
			[]domain.Product{{Code: "K-1", Name: "Kalem"}, {Code: "K-1", Name: "KALEM", Stock: sqlitetest.Dec("3")}},
			listing.Tally{Added: 1, Repeated: 1},
			1,
		},
		{
			"of two rows of a product the last one counts, also again",
			[]domain.Product{{Code: "K-1", Price: sqlitetest.Dec("5")}, {Code: "K-1", Price: sqlitetest.Dec("6")}, {Code: "K-1", Stock: sqlitetest.Dec("1")}},
			[]domain.Product{{Code: "K-1", Price: sqlitetest.Dec("5")}, {Code: "K-1", Price: sqlitetest.Dec("6")}, {Code: "K-1", Stock: sqlitetest.Dec("1")}},
			listing.Tally{Unchanged: 1, Repeated: 2},
			1,
		},
		{
			"a code that one of two rows leaves out",
			nil,
			[]domain.Product{{Barcode: gtin, Name: "Kalem", Price: sqlitetest.Dec("5")}, {Barcode: gtin, Name: "KALEM", Code: "K-1"}},
			listing.Tally{Added: 1, Repeated: 1},
			1,
		},
		{
			"a product that changed its name leaves the others theirs",
			[]domain.Product{{Code: "M", Name: "A"}, {Code: "M", Name: "B"}},
			[]domain.Product{{Code: "M", Name: "C"}, {Code: "M", Name: "A"}},
			listing.Tally{Updated: 1, Unchanged: 1},
			2,
		},
		{
			"one name on two in-store numbers is two products",
			[]domain.Product{{Name: "PEYNİR", Barcode: "2700001000003"}, {Name: "PEYNİR", Barcode: "2700002000002"}},
			[]domain.Product{{Name: "PEYNİR", Barcode: "2700002000002"}, {Name: "PEYNİR", Barcode: "2700001000003"}},
			listing.Tally{Unchanged: 2},
			2,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := sqlitetest.NewCompany(t)
			sqlitetest.ImportAll(t, c, tt.first)
			if got := sqlitetest.ImportAll(t, c, tt.second); got != tt.want {
				t.Errorf("second: %+v, want %+v", got, tt.want)
			}
			if got := sqlitetest.ImportAll(t, c, tt.second); got.Added+got.Updated != 0 {
				t.Errorf("third: %+v", got)
			}
			if n := sqlitetest.Count(t, c, `SELECT count(*) FROM product`); n != tt.products {
				t.Errorf("%d products, want %d", n, tt.products)
			}
		})
	}
}

func TestImportProducts_knowsWhatTheDoctorMended(t *testing.T) {
	file := []domain.Product{
		{Code: "4201951", Name: "Ayva"},
		{Code: "4201952", Name: "Armut"},
		{Code: "K-1", Name: "Kalem", Barcode: "8690504012340"},
		{Name: "Defter", Barcode: "8690504012341"},
	}
	c := sqlitetest.NewCompany(t)
	sqlitetest.ImportAll(t, c, file)
	fixes := []doctor.Fix{
		{Product: 1, Column: doctor.Code, From: "4201951", To: "04201951"},
		{Product: 2, Column: doctor.Code, From: "4201952", To: "04201952"},
		{Product: 3, Column: doctor.Barcode, From: "8690504012340", To: "8690504012345"},
		{Product: 4, Column: doctor.Barcode, From: "8690504012341", To: "8690504012352"},
	}
	done, err := c.Repair(t.Context(), doctor.Repair{What: doctor.Chosen, Fixes: fixes}, sqlitetest.Quiet)
	if err != nil || done.Done != 4 {
		t.Fatalf("mended %+v, %v", done, err)
	}
	if got := sqlitetest.ImportAll(t, c, file); got != (listing.Tally{Unchanged: 4}) {
		t.Errorf("the same file again: %+v", got)
	}
	file[0].Name, file[1].Code, file[2].Price = "Ayva, yeni", "4201953", sqlitetest.Dec("5")
	if got := sqlitetest.ImportAll(t, c, file); got != (listing.Tally{Added: 1, Updated: 2, Unchanged: 1}) {
		t.Errorf("a changed one: %+v", got)
	}
	if p := sqlitetest.ProductByCode(t, c, "04201951"); p.ID != 1 || p.Name != "Ayva, yeni" {
		t.Errorf("%+v", p)
	}
	// What was taken back is the file's to say again.
	if _, err := c.UndoRepair(t.Context(), done, sqlitetest.Quiet); err != nil {
		t.Fatal(err)
	}
	if got := sqlitetest.ImportAll(t, c, file); got.Added != 0 || sqlitetest.ProductByCode(t, c, "4201951").ID != 1 {
		t.Errorf("taken back: %+v", got)
	}
}

// A person has given a value its old form back, and let it be mended anew: two repairs say the same of it.
func TestImportProducts_knowsWhatWasMendedTwice(t *testing.T) {
	file := []domain.Product{{Code: "4201951", Name: "Ayva", Barcode: "8690504012340"}}
	c := sqlitetest.NewCompany(t)
	sqlitetest.ImportAll(t, c, file)
	for range 2 {
		p := sqlitetest.ProductByCode(t, c, "4201951")
		for _, f := range []doctor.Fix{
			{Product: p.ID, Column: doctor.Code, From: "4201951", To: "04201951"},
			{Product: p.ID, Column: doctor.Barcode, From: "8690504012340", To: "8690504012345"},
		} {
			if done, err := c.Repair(t.Context(), doctor.Repair{What: doctor.Chosen, Fixes: []doctor.Fix{f}}, sqlitetest.Quiet); err != nil || done.Done != 1 {
				t.Fatalf("%+v, %v", done, err)
			}
		}
		if got := sqlitetest.ImportAll(t, c, file); got != (listing.Tally{Unchanged: 1}) {
			t.Errorf("%+v", got)
		}
		p = sqlitetest.ProductByCode(t, c, "04201951")
		p.Code, p.Barcode = file[0].Code, file[0].Barcode
		sqlitetest.Save(t, c, p)
	}
}

func TestImportProducts_absentValuesBlankNothing(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	want := domain.Product{
		Code: "K-1", Barcode: "8690504012345", Name: "Kalem", Brand: "Faber", Description: "Kurşun", Price: sqlitetest.Dec("12.5"),
		Currency: domain.EUR, Stock: sqlitetest.Dec("0"), VATRate: sqlitetest.Dec("20"), State: domain.ProductDraft,
	}
	sqlitetest.ImportAll(t, c, []domain.Product{want})
	if got := sqlitetest.ImportAll(t, c, []domain.Product{{Code: "K-1"}}); got != (listing.Tally{Unchanged: 1}) {
		t.Errorf("%+v", got)
	}
	got := sqlitetest.ProductByCode(t, c, "K-1")
	if !catalogue.SameContent(got, want) || got.Revision != 1 {
		t.Errorf("got %+v", got)
	}
}

func TestImportProducts_growsTheRevisionOfWhatChanged(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.ImportAll(t, c, []domain.Product{{Code: "A", Price: sqlitetest.Dec("1.50")}, {Code: "B", Price: sqlitetest.Dec("2")}})
	sqlitetest.ImportAll(t, c, []domain.Product{{Code: "A", Price: sqlitetest.Dec("1.5")}, {Code: "B", Price: sqlitetest.Dec("2.01")}})
	if a, b := sqlitetest.ProductByCode(t, c, "A"), sqlitetest.ProductByCode(t, c, "B"); a.Revision != 1 || b.Revision != 2 || b.Price.Decimal.String() != "2.01" {
		t.Errorf("revisions %d and %d", a.Revision, b.Revision)
	}
}

func TestImportProducts_newOnesGetTheCompanysCurrency(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	s := domain.DefaultSettings()
	s.Currency = domain.USD
	if err := c.SaveSettings(t.Context(), s, nil); err != nil {
		t.Fatal(err)
	}
	sqlitetest.ImportAll(t, c, []domain.Product{{Code: "A"}, {Code: "B", Currency: domain.GBP}})
	if a, b := sqlitetest.ProductByCode(t, c, "A"), sqlitetest.ProductByCode(t, c, "B"); a.Currency != domain.USD || b.Currency != domain.GBP || a.State != domain.ProductActive {
		t.Errorf("%+v, %+v", a, b)
	}
}
