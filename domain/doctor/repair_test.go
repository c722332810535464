package doctor

import (
	"testing"

	"github.com/sopyo/sopyo-desktop/domain/domaintest"
)

func TestRepair_carriesTheProposalsItIsMadeOf(t *testing.T) {
	t.Parallel()
	filled := func(n int, k Kind) Finding {
		f := domaintest.Fill[Finding](n)
		f.Kind = k
		return f
	}
	none := filled(9, Box)
	none.Proposed = ""
	a, b, c := filled(1, LostZero), filled(2, LostZero), filled(3, Exponent)
	fix := func(f Finding) Fix { return Fix{Product: f.Product, Column: f.Column, From: f.Value, To: f.Proposed} }
	for _, tt := range []struct {
		name     string
		findings []Finding
		want     Repair
	}{
		{"nothing", nil, Repair{}},
		{"no proposal", []Finding{none}, Repair{}},
		{"of one kind", []Finding{a, none, b}, Repair{What: "lost-zero", Fixes: []Fix{fix(a), fix(b)}}},
		{"of several", []Finding{none, a, c, b}, Repair{What: Chosen, Fixes: []Fix{fix(a), fix(c), fix(b)}}},
	} {
		if off := domaintest.Differences(RepairOf(tt.findings), tt.want); len(off) > 0 {
			t.Errorf("%s: %q", tt.name, off)
		}
	}
	r := Report{Findings: []Finding{a, c, none, b}}
	for k, want := range map[Kind][]Fix{LostZero: {fix(a), fix(b)}, Exponent: {fix(c)}, Box: nil} {
		if off := domaintest.Differences(r.Fixes(k), want); len(off) > 0 {
			t.Errorf("%s: %q", k, off)
		}
	}
	p := domaintest.Fill[Padded](0)
	for column, what := range map[Column]string{Code: "pad-code", Barcode: "pad-barcode"} {
		if off := domaintest.Differences(p.Filling(column, 8), Repair{What: what, Width: 8, Fixes: p.Fixes}); len(off) > 0 {
			t.Errorf("%s: %q", column, off)
		}
	}
}

func TestRepair_ThatNobodyCouldWordIsRefused(t *testing.T) {
	t.Parallel()
	good := []Fix{{Column: Code}, {Column: Barcode}}
	for _, tt := range []struct {
		repair Repair
		ok     bool
	}{
		{Repair{"pad-code", 1, good}, true},
		{Repair{"pad-barcode", 64, good}, true},
		{Repair{"pad-barcode", 13, nil}, true},
		{Repair{"pad-code", 0, good}, false},
		{Repair{"pad-code", -1, good}, false},
		{Repair{"pad-code", 65, good}, false},
		{Repair{"pad-name", 8, good}, false},
		{Repair{"pad-", 8, good}, false},
		{Repair{"code", 8, good}, false},
		{Repair{"chosen", 0, good}, true},
		{Repair{"chosen", 8, good}, false},
		{Repair{"pad-chosen", 8, good}, false},
		{Repair{"pad-doubled", 0, good}, false},
		{Repair{"doubled", 0, good}, true},
		{Repair{"lost-zero", 0, nil}, true},
		{Repair{"lost-zero", 1, good}, false},
		{Repair{"lost", 0, good}, false},
		{Repair{"", 0, good}, false},
		{Repair{"chosen", 0, []Fix{{Column: Code}, {Column: "name"}}}, false},
		{Repair{"chosen", 0, []Fix{{}}}, false},
	} {
		if err := tt.repair.Validate(); (err == nil) != tt.ok {
			t.Errorf("%+v: %v", tt.repair, err)
		}
	}
}

func TestCount_saysHowFarItCame(t *testing.T) {
	t.Parallel()
	var c Count
	c.Set(3, 8)
	if done, of := c.Snapshot(); done != 3 || of != 8 {
		t.Errorf("%d of %d", done, of)
	}
}
