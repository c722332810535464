package catalogue_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// BenchmarkSearch types into the search of a list of 100,000 products, by age and by name: "worst" is the keystroke that takes
// longest. "scans" is how many times as long that is as a plain loop over the folded texts in memory.
func BenchmarkSearch(b *testing.B) {
	const products = 100_000
	kinds := []string{"Çay", "Şeker", "Bardak", "Zeytin", "Kâğıt", "Süt", "Peynir", "Işık", "Ütü"}
	makers := []string{"Rize", "İzmir", "Gönen", "Oğuz", "Ege", "Ağrı", "Uşak"}
	c, err := sqlitetest.OpenCompany(b.Context(), b.TempDir()+"/company.db")
	sqlitetest.Must(b, err)
	all, texts := make([]domain.Product, products), make([]string, products)
	for i := range all {
		all[i] = domain.Product{
			Name: fmt.Sprintf("%s %s %d gr", makers[i*7%len(makers)], kinds[i*5%len(kinds)], i%977),
			Code: domain.Code(fmt.Sprintf("STK-%06d", i)), Barcode: domain.Barcode(domaintest.GTIN13(i)),
		}
		texts[i] = domain.Fold(all[i].Name + "\n" + string(all[i].Code) + "\n" + string(all[i].Barcode))
	}
	sqlitetest.Fill(b, c, all)
	var typed []string
	for _, line := range []string{"zeytin ege 12", "STK-012345", domaintest.GTIN13(4711), "böyle bir şey yok", "gr s ç", "00000000"} {
		runes := []rune(line)
		for i := range runes {
			typed = append(typed, string(runes[:i+1]))
		}
	}
	for b.Loop() {
		from := time.Now()
		if slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, "yoktur") }) {
			b.Fatal("it is there")
		}
		scan := time.Since(from)
		for _, sort := range []domain.ProductSort{domain.ProductsByAge, domain.ProductsByName} {
			var worst time.Duration
			for _, search := range typed {
				from := time.Now()
				_, _, err := c.ListProducts(b.Context(), domain.ProductQuery{
					Group: domain.ProductsCurrent, Search: search, Most: domain.CountedHits, Sort: sort, Limit: 100,
				})
				sqlitetest.Must(b, err)
				worst = max(worst, time.Since(from))
			}
			name := "age"
			if sort != domain.ProductsByAge {
				name = string(sort)
			}
			b.ReportMetric(float64(worst.Microseconds())/1000, name+"-worst-ms")
			b.ReportMetric(float64(worst)/float64(scan), name+"-worst-scans")
		}
	}
	sqlitetest.Must(b, c.Close())
}
