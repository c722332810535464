package exports

import (
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

func TestCompanies_holdWhatThePageShows(t *testing.T) {
	text, err := assets.NewText("tr")
	if err != nil {
		t.Fatal(err)
	}
	w := words.New(text.Lang, text.T)
	table := Companies(w, []Company{
		{
			Name: "Alfa A.Ş.", State: "Bağlı", Decisions: 19, Held: 7, Orders: 1234, RunAt: time.Date(2026, 11, 25, 15, 40, 0, 0, time.UTC),
			ReadsLeft: decimal.NewNullDecimal(decimal.NewFromInt(2412)),
		},
		{Name: "Ilgaz Gıda", State: "Bağlı değil"},
	})
	if got, want := table.Header(w), []string{"Şirket", "Durum", "Karar", "Eksik bilgi", "Faturasız", "Son aktarım", "Kalan okuma"}; !slices.Equal(got, want) {
		t.Errorf("header %q, want %q", got, want)
	}
	want := [][]string{{"Alfa A.Ş.", "Bağlı", "19", "7", "1234", "25.11.2026 18:40", "2412"}, {"Ilgaz Gıda", "Bağlı değil", "0", "0", "0", "", ""}}
	for i, row := range cellsOf(t, table) {
		var got []string
		for _, c := range row {
			if c.Number.Valid {
				got = append(got, c.Number.Decimal.String())
			} else {
				got = append(got, c.Text)
			}
		}
		if i >= len(want) || !slices.Equal(got, want[i]) {
			t.Errorf("row %d: %q", i, got)
		}
	}
}
