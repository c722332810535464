package files

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
	"github.com/sopyo/sopyo-desktop/storage/files/refusal"
)

func TestFileError_saysWhyAFileCannotBeLookedAt(t *testing.T) {
	for reason, cause := range map[string]error{"file.not-found": os.ErrNotExist, "file.no-permission": os.ErrPermission, "file.unreadable": os.ErrClosed} {
		var e *domain.Error
		if err := refusal.Looking(fmt.Errorf("open: %w", cause)); !errors.As(err, &e) || e.Kind != domain.KindFile || e.Detail != reason || e.Op == "" || e.Field != "" || !errors.Is(err, cause) {
			t.Errorf("%v, want %s", err, reason)
		}
	}
}

// ending is a context that ends when it is asked for the n-th time.
type ending struct {
	context.Context
	left int
}

func (e *ending) Err() error {
	if e.left--; e.left <= 0 {
		return context.Canceled
	}
	return nil
}

// What a look at a file says of it, in each format, and that it says it whole or not at all.
func TestInspect_saysWhatIsInAFile(t *testing.T) {
	const header = "Stok Kodu;Barkod;Ürün Adı;Marka;Açıklama;Fiyat;Para Birimi;Stok;KDV;Raf"
	mapping := listing.Mapping{listing.Code, listing.Barcode, listing.Name, listing.Brand, listing.Description, listing.Price, listing.Currency, listing.Stock, listing.VAT, ""}
	rows := []string{"K-1;" + domaintest.GTIN13(1) + ";Bir;Marka;Uzun;12,5;USD;3;20;A1", "K-2;8,69E+12;İki;;;on;;;;A2"}
	for i := range listing.SampleRows {
		rows = append(rows, fmt.Sprintf("S-%d;;Sıra %d;;;1,00;;;;", i, i))
	}
	csv := "\n" + header + "\n" + strings.Join(rows, "\n") + "\n"
	sampled := func(first int, rows ...string) (all []listing.Row) {
		for i, r := range rows {
			all = append(all, listing.Row{Line: first + i, Cells: strings.Split(r, ";")})
		}
		return all
	}
	book := filestest.WorkbookOf(t, "", filestest.SheetOf(filestest.Inline("Kod", "Ad", "Fiyat"), filestest.Inline("1", "a", "1.234,5")), filestest.SheetOf(filestest.Inline("x"), filestest.Inline("1")))
	for name, c := range map[string]struct {
		content string
		reading listing.Reading
		want    listing.Found
		account listing.Account // beside its columns
	}{
		"a long CSV": {csv, listing.Reading{}, listing.Found{
			Format: "csv", Reading: listing.Reading{Separator: ";", Encoding: "utf-8", Decimal: ","}, HeaderRow: 2,
			Header: strings.Split(header, ";"), Mapping: mapping, Rows: sampled(3, rows[:listing.SampleRows]...),
		}, listing.Account{Ignored: []listing.Ignored{{Header: "Raf", Filled: 2, Sample: "A1"}}}},
		"as it is told": {"Kod;Fiyat\nK;1.234\n", listing.Reading{Encoding: "windows-1254", Separator: ";", Decimal: "."}, listing.Found{
			Format: "csv", Reading: listing.Reading{Separator: ";", Encoding: "windows-1254", Decimal: "."}, HeaderRow: 1,
			Header: []string{"Kod", "Fiyat"}, Mapping: listing.Mapping{listing.Code, listing.Price}, Rows: sampled(2, "K;1.234"),
		}, listing.Account{}},
		"what shows no mark": {"Kod\tFiyat\nK\t1.234\n", listing.Reading{}, listing.Found{
			Format: "csv", Reading: listing.Reading{Separator: "\t", Encoding: "utf-8"}, HeaderRow: 1,
			Header: []string{"Kod", "Fiyat"}, Mapping: listing.Mapping{listing.Code, listing.Price}, Rows: sampled(2, "K;1.234"),
		}, listing.Account{Questions: []listing.Question{{
			ID: "decimals:Fiyat", Kind: listing.AskDecimals, About: "Fiyat", Choices: []string{"thousands", "decimals"}, Samples: []string{"1.234"},
		}}}},
		"a workbook": {book, listing.Reading{}, listing.Found{
			Format: "xlsx", Reading: listing.Reading{Sheet: "S1", Decimal: ","}, Sheets: []string{"S1", "S2"}, HeaderRow: 1,
			Header: []string{"Kod", "Ad", "Fiyat"}, Mapping: listing.Mapping{listing.Code, listing.Name, listing.Price}, Rows: sampled(2, "1;a;1.234,5"),
		}, listing.Account{Sheets: []listing.Sheet{{Name: "S1", Rows: 1, Read: true}, {Name: "S2", Rows: 1}}}},
		"another sheet, a mark for columns that are still to be named": {book, listing.Reading{Sheet: "S2", Decimal: "."}, listing.Found{
			Format: "xlsx", Reading: listing.Reading{Sheet: "S2", Decimal: "."}, Sheets: []string{"S1", "S2"}, HeaderRow: 1,
			Header: []string{"x"}, Mapping: listing.Mapping{""}, Rows: sampled(2, "1"),
		}, listing.Account{Sheets: []listing.Sheet{{Name: "S1", Rows: 1}, {Name: "S2", Rows: 1, Read: true}}, Ignored: []listing.Ignored{{Header: "x", Filled: 1, Sample: "1"}}}},
		"a feed": {"<r>\n<p><kod>1</kod><y/><fiyat>2.5</fiyat></p></r>", listing.Reading{}, listing.Found{
			Format: "xml", Reading: listing.Reading{Encoding: "utf-8", Decimal: "."}, Element: "r/p",
			Header: []string{"kod", "y", "fiyat"}, Mapping: listing.Mapping{listing.Code, "", listing.Price}, Rows: sampled(2, "1;;2.5"),
		}, listing.Account{}},
	} {
		c.want.Path = filestest.Written(t, "a", c.content)
		info, err := os.Stat(c.want.Path)
		if err != nil {
			t.Fatal(err)
		}
		c.want.Stamp = listing.Stamp{Size: info.Size(), ModifiedAt: info.ModTime()}
		c.want.Account = c.account
		c.want.Account.Columns = map[listing.Field]string{}
		for i, f := range c.want.Mapping {
			if f != "" {
				c.want.Account.Columns[f] = c.want.Header[i]
			}
		}
		for n := 1; ; n++ {
			ctx := &ending{Context: t.Context(), left: n}
			got, err := Folders{}.Inspect(ctx, c.want.Path, c.reading)
			if err == nil {
				for _, d := range domaintest.Differences(got, c.want) {
					t.Errorf("%s: %s", name, d)
				}
				if n == 1 || ctx.left <= 0 {
					t.Errorf("%s: nobody heard that the context had ended at look %d", name, n)
				}
				break
			}
			if domain.KindOf(err) != domain.KindCancelled || got.Path != "" {
				t.Errorf("%s, ended at look %d: %v, %v", name, n, got, err)
			}
		}
	}
	for path, c := range map[string]struct {
		reading listing.Reading
		kind    domain.Kind
	}{
		filepath.Join(t.TempDir(), "yok"): {listing.Reading{}, domain.KindFile}, filestest.Written(t, "a", "Kod\n"): {listing.Reading{}, domain.KindEmptyFile},
		filestest.Written(t, "a", "Kod\n1\n"): {listing.Reading{Encoding: "klingon"}, domain.KindInvalid}, filestest.Written(t, "a", "Kod;Ad\n1;a\n\"x"): {listing.Reading{}, domain.KindFile},
	} {
		if got, err := (Folders{}).Inspect(t.Context(), path, c.reading); domain.KindOf(err) != c.kind || got.Path != "" {
			t.Errorf("%v, %v, want %s", got, err, c.kind)
		}
	}
}

// An order is for the file that was looked at: not for another one, nor for one that has changed.
func TestOpenOrder_opensTheFileThatWasLookedAt(t *testing.T) {
	path := filestest.Written(t, "liste.csv", "Kod;Fiyat;Raf\nK;1.234;A1\n")
	found, err := Folders{}.Inspect(t.Context(), path, listing.Reading{Decimal: "."})
	if err != nil {
		t.Fatal(err)
	}
	order := listing.Order{Path: path, Reading: found.Reading, Mapping: found.Mapping, Stamp: found.Stamp}
	for name, c := range map[string]struct {
		change func(*listing.Order)
		want   string
	}{
		"itself":             {func(*listing.Order) {}, ""},
		"the same moment":    {func(o *listing.Order) { o.Stamp.ModifiedAt = o.Stamp.ModifiedAt.UTC() }, ""},
		"written since":      {func(o *listing.Order) { o.Stamp.ModifiedAt = o.Stamp.ModifiedAt.Add(time.Second) }, "invalid (path) file-changed"},
		"longer now":         {func(o *listing.Order) { o.Stamp.Size-- }, "invalid (path) file-changed"},
		"fewer columns":      {func(o *listing.Order) { o.Mapping = o.Mapping[:2] }, "invalid (path) file-changed"},
		"more columns":       {func(o *listing.Order) { o.Mapping = append(o.Mapping[:3:3], "") }, "invalid (path) file-changed"},
		"nothing to know by": {func(o *listing.Order) { o.Mapping = listing.Mapping{"", listing.Price, ""} }, "invalid (mapping) mapping-unknown"},
		"gone":               {func(o *listing.Order) { o.Path += "x" }, "file () file.not-found"},
		"no such encoding":   {func(o *listing.Order) { o.Reading.Encoding = "klingon" }, "invalid (encoding) file.unknown-charset"},
	} {
		o := order
		c.change(&o)
		f, err := Folders{}.OpenOrder(t.Context(), o)
		got := ""
		if e := new(domain.Error); errors.As(err, &e) {
			got = fmt.Sprintf("%s (%s) %s", domain.KindOf(err), e.Field, e.Detail)
		}
		if got != c.want || (f.Rows != nil) != (c.want == "") {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
		if f.Rows == nil {
			continue
		}
		for row, err := range f.Rows { // by the mark that was chosen
			if err != nil || row.Product.Code != "K" || plain(row.Product.Price) != "1.234" {
				t.Errorf("%s: %+v, %v", name, row, err)
			}
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}
