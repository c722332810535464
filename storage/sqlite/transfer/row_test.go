package transfer_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// listedRun is a run of five rows: two matched, one unmatched, one skipped, one failed.
func listedRun(t *testing.T, c *sqlitetest.Company) transfer.Run {
	t.Helper()
	sqlitetest.AddProducts(t, c, 2)
	r := sqlitetest.Staged(t, c, []domain.RemoteProduct{
		{ID: "10", Type: 1, Code: "Ç-1", Barcode: "8690504012345", Name: "ÇİKOLATA 80 GR", Price: sqlitetest.Dec("9.90"), Stock: sqlitetest.Dec("-2")},
		{ID: "11", Type: 1, Code: "C-2", Name: "Isırgan çayı", Price: sqlitetest.Dec("100"), Stock: sqlitetest.Dec("10")},
		{ID: "12", Type: 1, Code: "D-3", Barcode: "8690504", Name: "dondurma", Price: sqlitetest.Dec("25.5"), Stock: sqlitetest.Dec("9")},
		{ID: "13", Type: 1, Code: "", Name: "İncir", Price: sqlitetest.Dec("0.4")},
		{ID: "14", Type: 1, Code: "A_100%", Name: "Zeytin"},
	})
	plan := []matching.Decision{
		{Remote: "10", Tier: matching.TierBarcode, Local: 1},
		{Remote: "11", Tier: matching.TierCode, Local: 2},
		{Remote: "12", Reason: matching.ReasonNoCandidate},
		{Remote: "13", Reason: matching.ReasonPassive, Skipped: true},
		{Remote: "14", Tier: matching.TierCode, Local: 2},
	}
	if err := c.SavePlan(t.Context(), r, plan, nil, sqlitetest.Foreseen); err != nil {
		t.Fatal(err)
	}
	outcomes := map[domain.RemoteID]transfer.Outcome{
		"10": transfer.OutcomeMatched, "11": transfer.OutcomeMatched, "12": transfer.OutcomeUnmatched,
		"13": transfer.OutcomeSkipped, "14": transfer.OutcomeFailed,
	}
	r, _, err := c.Apply(t.Context(), r, 10, func(cand transfer.Candidate) transfer.Effect {
		return transfer.Effect{Outcome: outcomes[cand.Row.Remote.ID]}
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRows(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.Staged(t, c, sqlitetest.Remotes(3)) // another run's rows never show
	r := listedRun(t, c)
	tests := []struct {
		name  string
		query transfer.Query
		want  string
		total int
	}{
		{"all, as read", transfer.Query{}, "10 11 12 13 14", 5},
		{"as read, backwards", transfer.Query{Desc: true}, "14 13 12 11 10", 5},
		{"matched", transfer.Query{Outcome: transfer.OutcomeMatched}, "10 11", 2},
		{"unmatched", transfer.Query{Outcome: transfer.OutcomeUnmatched}, "12", 1},
		{"skipped", transfer.Query{Outcome: transfer.OutcomeSkipped}, "13", 1},
		{"failed", transfer.Query{Outcome: transfer.OutcomeFailed}, "14", 1},
		{"pending", transfer.Query{Outcome: transfer.OutcomePending}, "", 0},
		{"transferred", transfer.Query{Transferred: true, Outcome: transfer.OutcomeFailed}, "10 11 12", 3},
		{"search without diacritics", transfer.Query{Search: "cikolata"}, "10", 1},
		{"search in capitals", transfer.Query{Search: "ISIRGAN ÇAYI"}, "11", 1},
		{"words in any order", transfer.Query{Search: " gr  çik"}, "10", 1},
		{"search by code", transfer.Query{Search: "c-"}, "10 11", 2},
		{"search by barcode", transfer.Query{Search: "0504"}, "10 12", 2},
		{"% and _ are letters", transfer.Query{Search: "_100%"}, "14", 1},
		{"% alone is no joker", transfer.Query{Search: "z%n"}, "", 0},
		{"a needle does not span two fields", transfer.Query{Search: "dondurmad-3"}, "", 0},
		{"search and outcome", transfer.Query{Search: "c-", Outcome: transfer.OutcomeUnmatched}, "", 0},
		{"by name, the Turkish way", transfer.Query{Sort: transfer.SortName}, "10 12 11 13 14", 5},
		{"by name, backwards", transfer.Query{Sort: transfer.SortName, Desc: true}, "14 13 11 12 10", 5},
		{"by code, none last", transfer.Query{Sort: transfer.SortCode}, "14 11 10 12 13", 5},
		{"by code, backwards, none last", transfer.Query{Sort: transfer.SortCode, Desc: true}, "12 10 11 14 13", 5},
		{"by barcode", transfer.Query{Sort: transfer.SortBarcode}, "12 10 11 13 14", 5},
		{"by price, as numbers", transfer.Query{Sort: transfer.SortPrice}, "13 10 12 11 14", 5},
		{"by price, backwards", transfer.Query{Sort: transfer.SortPrice, Desc: true}, "11 12 10 13 14", 5},
		{"by stock, negative first", transfer.Query{Sort: transfer.SortStock}, "10 12 11 13 14", 5},
		{"by reason", transfer.Query{Sort: transfer.SortReason}, "10 11 14 12 13", 5},
		{"a page", transfer.Query{Limit: 2, Offset: 1}, "11 12", 5},
		{"the last page", transfer.Query{Limit: 2, Offset: 4, Sort: transfer.SortName}, "14", 5},
		{"beyond the end", transfer.Query{Limit: 2, Offset: 9}, "", 5},
		{"a page of a search", transfer.Query{Search: "c-", Limit: 1, Offset: 1}, "11", 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.query.RunID = r.ID
			rows, total, err := c.Rows(t.Context(), tt.query)
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, row := range rows {
				ids = append(ids, string(row.Remote.ID))
			}
			if got := strings.Join(ids, " "); got != tt.want || total != tt.total {
				t.Errorf("got %q of %d, want %q of %d", got, total, tt.want, tt.total)
			}
		})
	}
}

func TestRows_nameThePartner(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	r := listedRun(t, c)
	rows, _, err := c.Rows(t.Context(), transfer.Query{RunID: r.ID, Transferred: true})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, row := range rows {
		names = append(names, row.ProductCode+" "+row.ProductName)
	}
	if want := []string{"KOD-00001 Ürün 1", "KOD-00002 Ürün 2", " "}; !slices.Equal(names, want) {
		t.Errorf("%q", names)
	}
}
