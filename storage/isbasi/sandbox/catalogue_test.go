package sandbox_test

import (
	"bytes"
	"encoding/csv"
	"flag"
	"os"
	"strconv"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

var update = flag.Bool("update", false, "write assets/demo/catalogue.csv anew")

const catalogueFile = "../../../assets/demo/catalogue.csv"

func TestDemoCatalogue_isTheCommittedFile(t *testing.T) {
	want, err := sandbox.DemoCatalogue()
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
		t.Errorf("%s differs from what the generator makes; run: go test ./storage/isbasi/sandbox -update", catalogueFile)
	}
}

// The demo has to show every outcome, most of them good.
func TestDemoCatalogue_meetsTheDemoFirm(t *testing.T) {
	in := matching.Input{ByBarcode: true, ByCode: true, Locals: demoLocals(t)}
	for _, p := range sandbox.DemoProducts() {
		if p.Type == sandbox.TypeService {
			continue
		}
		r := matching.Remote{ID: domain.RemoteID(strconv.FormatInt(p.ID, 10)), Code: domain.Code(p.Code), Barcode: domain.Barcode(p.Barcode)}
		if p.Passive {
			r.Skip = matching.ReasonPassive
		}
		in.Remotes = append(in.Remotes, r)
	}
	tiers, reasons, flags := map[matching.Tier]int{}, map[matching.Reason]int{}, map[matching.Flag]int{}
	for _, d := range matching.Match(in) {
		tiers[d.Tier]++
		reasons[d.Reason]++
		flags[d.Flag]++
	}
	if len(in.Locals) != 400 || tiers[matching.TierBarcode] != 240 || tiers[matching.TierCode] != 40 || tiers[matching.TierSpelling] != 20 {
		t.Errorf("%d products, pairs %v", len(in.Locals), tiers)
	}
	for reason, least := range map[matching.Reason]int{
		matching.ReasonRepeatedLocal: 6, matching.ReasonRepeatedRemote: 4, matching.ReasonConflict: 8,
		matching.ReasonPassive: 4, matching.ReasonNoCandidate: 700,
	} {
		if reasons[reason] < least {
			t.Errorf("%s: %d of %v", reason, reasons[reason], reasons)
		}
	}
	if flags[matching.FlagNotGTIN] < 4 || flags[matching.FlagVetoed] < 6 {
		t.Errorf("flags %v", flags)
	}
}

// demoLocals reads the catalogue as plainly as can be.
func demoLocals(t *testing.T) []matching.Local {
	t.Helper()
	raw, err := sandbox.DemoCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(raw))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var locals []matching.Local
	for i, row := range rows[1:] {
		locals = append(locals, matching.Local{ID: domain.ProductID(i + 1), Code: domain.Code(row[0]), Barcode: domain.Barcode(row[1])})
	}
	return locals
}
