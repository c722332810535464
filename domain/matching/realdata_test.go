package matching

import (
	"archive/zip"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

// realData finds a file of the real product lists, which are no part of the project: in
// SOPYO_TESTDATA, or in shared/data beside it.
func realData(t *testing.T, name string) string {
	t.Helper()
	dirs := []string{os.Getenv("SOPYO_TESTDATA")}
	for up := ".."; len(up) < 20; up = filepath.Join(up, "..") {
		dirs = append(dirs, filepath.Join(up, "shared", "data"))
	}
	for _, dir := range dirs {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if _, err := os.Stat(path); dir != "" && err == nil {
			return path
		}
	}
	t.Skipf("%s is not here; SOPYO_TESTDATA names the folder of the real lists", name)
	return ""
}

// A kiosk's own list against a public list of barcodes. They have 65 barcodes in common as text; all are
// GTINs with a right check digit, none is an in-store number, none stands twice on a side, so the rules
// exclude none of them. Padding and restored zeros add none either.
func TestMatch_kioskAgainstPublicList(t *testing.T) {
	t.Parallel()
	in := Input{ByBarcode: true, ByCode: true}
	for i, b := range csvColumn(t, realData(t, "bufe-pos/products.csv"), "barcode") {
		in.Locals = append(in.Locals, Local{ID: domain.ProductID(i + 1), Barcode: domain.Barcode(b)})
	}
	for i, b := range sheetColumnA(t, realData(t, "netdata-barkod/urunler.xlsx")) {
		in.Remotes = append(in.Remotes, Remote{ID: domain.RemoteID(fmt.Sprint(i + 1)), Barcode: domain.Barcode(b)})
	}
	if len(in.Locals) != 261 || len(in.Remotes) != 38_760 {
		t.Fatalf("read %d and %d products, want 261 and 38,760", len(in.Locals), len(in.Remotes))
	}
	local := map[domain.Barcode]bool{}
	for _, l := range in.Locals {
		local[l.Barcode] = true
	}
	common := map[domain.Barcode]bool{}
	for _, r := range in.Remotes {
		if local[r.Barcode] {
			common[r.Barcode] = true
		}
	}
	if len(common) != 65 {
		t.Errorf("%d barcodes in common, want 65", len(common))
	}
	paired := 0
	for i, d := range Match(in) {
		switch {
		case d.Tier == TierNone && common[in.Remotes[i].Barcode]:
			t.Errorf("%s stands in both lists: %+v", in.Remotes[i].Barcode, d)
		case d.Tier != TierNone && (d.Tier != TierBarcode || d.Flag != FlagNone):
			t.Errorf("%s: %+v", in.Remotes[i].Barcode, d)
		case d.Tier != TierNone:
			paired++
		}
	}
	if paired != 65 {
		t.Errorf("%d pairs, want 65", paired)
	}
}

func csvColumn(t *testing.T, path, column string) (values []string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := -1
	for i, name := range rows[0] {
		if name == column {
			at = i
		}
	}
	if at < 0 {
		t.Fatalf("%s has no column %s", path, column)
	}
	for _, row := range rows[1:] {
		values = append(values, row[at])
	}
	return values
}

// sheetColumnA reads the first column of a sheet whose cells are inline texts, without its header.
func sheetColumnA(t *testing.T, path string) (values []string) {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	sheet, err := z.Open("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer sheet.Close()
	decoder := xml.NewDecoder(sheet)
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return values[1:]
		}
		if err != nil {
			t.Fatal(err)
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "row" {
			continue
		}
		var row struct {
			Cells []struct {
				Ref  string `xml:"r,attr"`
				Text string `xml:"is>t"`
			} `xml:"c"`
		}
		if err := decoder.DecodeElement(&row, &start); err != nil {
			t.Fatal(err)
		}
		for _, c := range row.Cells {
			if c.Ref[0] == 'A' && c.Ref[1] <= '9' {
				values = append(values, c.Text)
			}
		}
	}
}
