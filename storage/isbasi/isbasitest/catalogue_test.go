package isbasitest_test

import (
	"bytes"
	"encoding/csv"
	"flag"
	"os"
	"testing"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/isbasitest"
)

var update = flag.Bool("update", false, "write assets/demo/catalogue.csv anew")

const catalogueFile = "../../../assets/demo/catalogue.csv"

func TestDemoCatalogue_isTheCommittedFile(t *testing.T) {
	want, err := isbasitest.DemoCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(catalogueFile, want, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(catalogueFile)
	if err != nil {
		t.Fatal(err)
	}
	// A checkout on Windows may have changed the line ends.
	if !bytes.Equal(bytes.ReplaceAll(have, []byte("\r\n"), []byte("\n")), want) {
		t.Errorf("%s differs from what the generator makes; run: go test ./storage/isbasi/isbasitest -update", catalogueFile)
	}
}

func TestDemoCatalogue_meetsTheDemoFirm(t *testing.T) {
	raw, err := isbasitest.DemoCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(raw))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows = rows[1:]
	atFirm := map[string]int{}
	for _, p := range isbasitest.DemoProducts() {
		if p.Barcode != "" {
			atFirm[p.Barcode]++
		}
	}
	here := map[string]int{}
	for _, row := range rows {
		here[row[1]]++
	}
	pairs := 0
	for _, row := range rows {
		if atFirm[row[1]] == 1 && here[row[1]] == 1 {
			pairs++
		}
	}
	if len(rows) != 400 || pairs < 230 || pairs > 270 {
		t.Errorf("%d rows, %d of them with one partner by barcode", len(rows), pairs)
	}
}
