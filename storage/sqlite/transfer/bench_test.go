package transfer_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// BenchmarkSearch types into the search of the rows of a transfer, which have been listed in that order before, and tells for
// each column the letter that takes longest, first page and count. "first" is the first letter of all, "list" the first list
// by the column. "scans" is how many times as long the worst is as a plain loop over the folded texts in memory.
func BenchmarkSearch(b *testing.B) {
	for _, rows := range []int{100_000, 1_000_000} {
		b.Run(fmt.Sprint(rows), func(b *testing.B) { benchSearch(b, rows) })
	}
}

func benchSearch(b *testing.B, rows int) {
	kinds := []string{"Çay", "Şeker", "Bardak", "Zeytin", "Kâğıt", "Süt", "Peynir", "Işık", "Ütü"}
	makers := []string{"Rize", "İzmir", "Gönen", "Oğuz", "Ege", "Ağrı", "Uşak"}
	c, err := sqlitetest.OpenCompany(b.Context(), b.TempDir()+"/company.db")
	sqlitetest.Must(b, err)
	all, texts := sqlitetest.Remotes(rows), make([]string, rows)
	for i := range all {
		p := &all[i]
		p.Name = fmt.Sprintf("%s %s %d gr", makers[i*7%len(makers)], kinds[i*5%len(kinds)], i%977)
		p.Code, p.Barcode = domain.Code(fmt.Sprintf("STK-%06d", i)), domain.Barcode(domaintest.GTIN13(i))
		p.Price, p.Stock = sqlitetest.Dec(fmt.Sprint(i*31%9973)), sqlitetest.Dec(fmt.Sprint(i*17%331))
		texts[i] = domain.Fold(p.Name + " " + string(p.Code) + " " + string(p.Barcode))
	}
	r, err := c.CreateRun(b.Context(), transfer.Run{State: transfer.StatePreparing, Phase: transfer.PhaseRead, NextPage: 1})
	sqlitetest.Must(b, err)
	for some := range slices.Chunk(all, 5_000) {
		r, err = c.StagePage(b.Context(), r, some)
		sqlitetest.Must(b, err)
	}
	sqlitetest.Must(b, c.DB.Execute(b.Context(), "decide", `UPDATE transfer_outcome SET outcome = iif(id % 5 = 0, 'unmatched', 'matched'),
		reason = iif(id % 5 = 0, iif(id % 3 = 0, 'conflict', 'no-candidate'), ''), tier = iif(id % 5 = 0, '', 'code')`))
	sqlitetest.Must(b, c.DB.Execute(b.Context(), "end the read", `UPDATE transfer SET phase = 'apply', read_at = '2026-11-27T10:00:00.000Z'`))
	var typed []string
	for _, line := range []string{"zeytin ege 12", "STK-012345", domaintest.GTIN13(4711), "böyle bir şey yok", "gr s ç", "00000000", "a e"} {
		runes := []rune(line)
		for i := range runes {
			typed = append(typed, string(runes[:i+1]))
		}
	}
	list := func(q transfer.Query) time.Duration {
		q.RunID, q.Limit = r.ID, 100
		from := time.Now()
		_, _, err := c.Rows(b.Context(), q)
		sqlitetest.Must(b, err)
		return time.Since(from)
	}
	for b.Loop() {
		from := time.Now()
		if slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, "yoktur") }) {
			b.Fatal("it is there")
		}
		scan := time.Since(from)
		for n, q := range []transfer.Query{
			{Transferred: true},
			{Transferred: true, Sort: transfer.SortName},
			{Transferred: true, Sort: transfer.SortCode},
			{Transferred: true, Sort: transfer.SortBarcode},
			{Transferred: true, Sort: transfer.SortPrice},
			{Transferred: true, Sort: transfer.SortStock},
			{Transferred: true, Sort: transfer.SortReason},
			{Part: transfer.PartUndecided},
		} {
			name := string(q.Sort)
			if name == "" {
				name = map[bool]string{false: "read", true: "undecided"}[n > 0]
			}
			b.ReportMetric(list(q).Seconds()*1000, name+"-list-ms")
			if n == 0 {
				q.Search = "z"
				b.ReportMetric(list(q).Seconds()*1000, "first-ms")
			}
			var worst time.Duration
			for _, search := range typed {
				for _, desc := range []bool{false, true} {
					q.Search, q.Desc = search, desc
					took := list(q)
					for range 2 { // the fastest is what a letter takes
						took = min(took, list(q))
					}
					worst = max(worst, took)
				}
			}
			b.ReportMetric(worst.Seconds()*1000, name+"-worst-ms")
			b.ReportMetric(float64(worst)/float64(scan), name+"-worst-scans")
		}
	}
	sqlitetest.Must(b, c.Close())
}
