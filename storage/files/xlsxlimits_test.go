package files

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

// Which sheet is read: the one that was chosen, else the first where something is known, else the first with rows.
func TestOpen_sheetsOfAWorkbook(t *testing.T) {
	known, unknown, blank := filestest.SheetOf(filestest.Inline("Kod", "Ad"), filestest.Inline("1", "a")), filestest.SheetOf(filestest.Inline("x", "y"), filestest.Inline("1", "a")), filestest.SheetOf()
	for _, c := range []struct {
		sheets []string
		chosen string
		want   string
		header []string
	}{
		{[]string{unknown, known, known}, "", "S2", []string{"Kod", "Ad"}},
		{[]string{unknown, known, known}, "S3", "S3", []string{"Kod", "Ad"}},
		{[]string{unknown, known}, "S1", "S1", []string{"x", "y"}},
		{[]string{unknown, filestest.SheetOf(filestest.Inline("x", "Ad"), filestest.Inline("1", "a"))}, "", "S2", []string{"x", "Ad"}},
		{[]string{blank, unknown, unknown}, "", "S2", []string{"x", "y"}},
		{[]string{known, blank}, "S2", "!file.empty", nil},
		{[]string{"hidden!" + known, unknown}, "S1", "!file.unknown-sheet sheet", nil},
		{[]string{blank, blank}, "", "!file.empty", nil},
		{[]string{known, "<x"}, "", "S1", []string{"Kod", "Ad"}},
		{[]string{unknown, "<x"}, "", "!file.broken", nil},
	} {
		f, err := Open(t.Context(), filestest.Written(t, "a.xlsx", filestest.WorkbookOf(t, "", c.sheets...)), listing.Reading{Sheet: c.chosen})
		if key, refused := strings.CutPrefix(c.want, "!"); refused {
			if filestest.Detail(err) != key {
				t.Errorf("%d sheets, %q: %v, want %s", len(c.sheets), c.chosen, err, key)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		info := f.Info()
		names := []string{"S1", "S2", "S3"}[:len(c.sheets)]
		if want := (table.Info{Format: table.XLSX, Sheet: c.want, Sheets: names, HeaderRow: 1}); !reflect.DeepEqual(info, want) || !slices.Equal(f.Header(), c.header) {
			t.Errorf("%+v %q, want %+v %q", info, f.Header(), want, c.header)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}
