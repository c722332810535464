package transfer_test

import (
	"fmt"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
	storedtransfer "github.com/sopyo/sopyo-desktop/storage/sqlite/transfer"
)

// What is decided, renamed or taken away while a list leaves is in the list as it was when it began.
func TestEach_isOneSnapshot(t *testing.T) {
	const n = 1500
	c := sqlitetest.NewCompany(t)
	var far []domain.RemoteProduct
	var own []domain.Product
	for i := range n {
		far = append(far, domain.RemoteProduct{
			ID: domain.RemoteID(fmt.Sprint(i + 1)), Type: storedtransfer.TypeProduct, Code: domain.Code(fmt.Sprintf("UZAK-%04d", i)), Name: fmt.Sprintf("Uzak %d", i),
			Active: true, Currency: domain.TRY, Price: sqlitetest.Dec("1"), Stock: sqlitetest.Dec("1"),
		})
		own = append(own, domain.Product{Code: domain.Code(fmt.Sprintf("BİZİM-%04d", i)), Name: fmt.Sprintf("Bizim %04d", i)})
	}
	sqlitetest.Fill(t, c, own)
	run := sqlitetest.Transferred(t, c, transfer.DefaultOptions(domain.TRY), far...)
	if run.Counters.Unmatched != n {
		t.Fatalf("%+v", run.Counters)
	}
	seen := map[domain.RemoteID]bool{}
	for l, err := range c.EachRow(t.Context(), transfer.Query{RunID: run.ID, Part: transfer.PartUndecided, Sort: transfer.SortReason}) {
		if err != nil {
			t.Fatal(err)
		}
		if len(seen) == 0 {
			sqlitetest.Decide(t, c, run.ID, transfer.Decision{Kind: transfer.DecideIgnore, Remote: "1"}, transfer.Decision{Kind: transfer.DecideIgnore, Remote: "700"})
		}
		if l.Decided != "" {
			t.Errorf("row %s is decided already", l.Remote.ID)
		}
		seen[l.Remote.ID] = true
	}
	if len(seen) != n {
		t.Errorf("%d rows, want %d", len(seen), n)
	}
	if _, total, err := c.Rows(t.Context(), transfer.Query{RunID: run.ID, Part: transfer.PartUndecided, Limit: 1}); err != nil || total != n-2 {
		t.Errorf("%d undecided afterwards, %v", total, err)
	}
	var names []string
	for p, err := range c.EachProduct(t.Context(), domain.ProductQuery{Group: domain.ProductsCurrent, Sort: domain.ProductsByName}) {
		if err != nil {
			t.Fatal(err)
		}
		if len(names) == 0 { // the first becomes the last, and the last is taken away
			first, last := sqlitetest.ProductByCode(t, c, "BİZİM-0000"), sqlitetest.ProductByCode(t, c, "BİZİM-1499")
			first.Name, last.State = "Zzz", domain.ProductArchived
			sqlitetest.Save(t, c, first, last)
		}
		if want := fmt.Sprintf("Bizim %04d", len(names)); p.Name != want {
			t.Fatalf("%s, want %s", p.Name, want)
		}
		names = append(names, p.Name)
	}
	if len(names) != n {
		t.Errorf("%d products, want %d", len(names), n)
	}
	// Who has seen enough gets nothing more, and no error.
	for _, err := range c.EachRow(t.Context(), transfer.Query{RunID: run.ID}) {
		if err != nil {
			t.Fatal(err)
		}
		break
	}
}
