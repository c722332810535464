package words_test

import (
	"testing"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain/backup"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

func TestBackupHolds_leavesZerosOut(t *testing.T) {
	for _, lang := range assets.Languages() {
		text, err := assets.NewText(lang)
		if err != nil {
			t.Fatal(err)
		}
		w := words.New(text.Lang, text.T)
		for _, c := range []struct {
			is     backup.Content
			tr, en string
		}{
			{
				backup.Content{Name: "Alfa", Products: 1200, Orders: 3, Invoices: 1, Documents: 2},
				"Alfa: 1.200 ürün, 3 sipariş, 1 fatura, 2 belge", "Alfa: 1,200 products, 3 orders, 1 invoice, 2 documents",
			},
			{backup.Content{Name: "Alfa", Products: 1}, "Alfa: 1 ürün", "Alfa: 1 product"},
			{backup.Content{Name: "Alfa"}, "Alfa: henüz boş", "Alfa: nothing yet"},
		} {
			want := map[string]string{"tr": c.tr, "en": c.en}[lang]
			if got := w.BackupHolds(c.is); got != want {
				t.Errorf("%q, want %q", got, want)
			}
		}
	}
}
