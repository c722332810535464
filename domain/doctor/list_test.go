package doctor

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
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

// listed is the list of q by its definition: every finding is asked by itself, and every pair is compared.
func listed(findings []Finding, q Query) []Finding {
	shown := func(f Finding) string {
		return map[Sort]string{ByCode: string(f.Code), ByName: f.Name, ByValue: f.Value, ByProposed: f.Proposed}[q.Sort]
	}
	var list []Finding
	for _, f := range findings {
		text := strings.Join([]string{domain.Fold(f.Proposed), domain.Fold(f.Value), domain.Fold(string(f.Code)), domain.Fold(f.Name)}, "\n")
		missing := slices.ContainsFunc(strings.Fields(q.Search), func(w string) bool { return !strings.Contains(text, domain.Fold(w)) })
		if missing || q.Mendable && f.Proposed == "" || q.Kind != "" && f.Kind != q.Kind {
			continue
		}
		list = append(list, f)
	}
	sorted := make([]Finding, len(list))
	for i, f := range list {
		at := 0
		for j, o := range list {
			order := bytes.Compare(domain.SortKey(shown(o)), domain.SortKey(shown(f)))
			if q.Desc {
				order = -order
			}
			switch {
			case i == j:
				continue
			case q.Sort == ByKind:
				order = 0
			case shown(o) == "" && shown(f) == "":
				order = 0
			case shown(o) == "":
				order = 1
			case shown(f) == "":
				order = -1
			}
			if before := order < 0 || order == 0 && (j < i) != (q.Sort == ByKind && q.Desc); before {
				at++
			}
		}
		sorted[at] = f
	}
	return sorted
}

// Few words, so that they meet: every query and every order, against the definition, with every field.
func TestReport_List_givesWhatIsAskedFor(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(91, 92))
	words := []string{"", "", "ç", "Ç", "ı", "İ", "i", "b 1", "1"}
	word := func() string { return words[r.IntN(len(words))] }
	for range 5_000 {
		all := make([]Finding, r.IntN(8))
		for i := range all {
			f := domaintest.Fill[Finding](i)
			f.Kind, f.Code, f.Name, f.Value, f.Proposed = Kinds()[r.IntN(3)], domain.Code(word()), word(), word(), word()
			all[i] = f
		}
		q := Query{Search: word(), Mendable: r.IntN(3) == 0, Sort: []Sort{ByKind, ByCode, ByName, ByValue, ByProposed}[r.IntN(5)], Desc: r.IntN(2) == 0}
		if r.IntN(3) == 0 {
			q.Kind = Kinds()[r.IntN(3)]
		}
		before := slices.Clone(all)
		if off := domaintest.Differences(Report{Findings: all}.List(q), listed(all, q)); len(off) > 0 {
			t.Fatalf("%+v of %+v: %q", q, all, off)
		}
		if len(domaintest.Differences(all, before)) > 0 {
			t.Fatal("the report itself was sorted")
		}
	}
}
