package doctor

import (
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestReport_list(t *testing.T) {
	t.Parallel()
	r := Report{Findings: []Finding{
		{Kind: LostZero, Product: 1, Code: "B", Name: "ÇİKOLATA", Value: "36000291452", Proposed: "036000291452"},
		{Kind: Exponent, Product: 2, Code: "ç", Name: "Armut", Value: "8,69E+12"},
		{Kind: CheckDigit, Product: 3, Code: "C", Name: "ışık", Value: "8690632059157", Proposed: "8690632059150"},
		{Kind: Doubled, Product: 4, Name: "Ispanak", Value: "4006381333931"},
	}}
	for _, tt := range []struct {
		name string
		q    Query
		want []domain.ProductID
	}{
		{"all", Query{}, []domain.ProductID{1, 2, 3, 4}},
		{"backwards", Query{Desc: true}, []domain.ProductID{4, 3, 2, 1}},
		{"one kind", Query{Kind: Exponent}, []domain.ProductID{2}},
		{"with a proposal", Query{Mendable: true}, []domain.ProductID{1, 3}},
		{"Turkish folding", Query{Search: "cikolata"}, []domain.ProductID{1}},
		{"every word", Query{Search: "ISIK 8690"}, []domain.ProductID{3}},
		{"the proposal", Query{Search: "036000"}, []domain.ProductID{1}},
		{"nothing", Query{Search: "cikolata 8690"}, nil},
		{"by code, the Turkish way, none last", Query{Sort: ByCode}, []domain.ProductID{1, 3, 2, 4}},
		{"none last backwards too", Query{Sort: ByCode, Desc: true}, []domain.ProductID{2, 3, 1, 4}},
		{"by name", Query{Sort: ByName}, []domain.ProductID{2, 1, 4, 3}},
		{"by proposal", Query{Sort: ByProposed}, []domain.ProductID{1, 3, 2, 4}},
		{"by value", Query{Sort: ByValue}, []domain.ProductID{1, 4, 2, 3}},
	} {
		var got []domain.ProductID
		for _, f := range r.List(tt.q) {
			got = append(got, f.Product)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
	if c := r.Counts(); c[LostZero] != 1 || c[Box] != 0 || len(c) != 4 {
		t.Errorf("%v", c)
	}
}
