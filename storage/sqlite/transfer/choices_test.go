package transfer_test

import (
	"fmt"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
	storedtransfer "github.com/sopyo/sopyo-desktop/storage/sqlite/transfer"
)

// A catalogue in which products are free, bound, taken apart from the row or from another one, archived:
// what a row could be is chosen from all that the field says, and every suggestion and rival comes whole.
func TestChoices_areThoseOfTheField(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	wanted := anyRemote(0)
	wanted.Code, wanted.Name = "KOD-7", "Çiçek balı 450 gr"
	like := func(seed int, change func(p *domain.Product)) domain.Product {
		p := domaintest.Fill[domain.Product](seed)
		p.State, p.Name = domain.ProductActive, "Zeytin"
		change(&p)
		return p
	}
	products := sqlitetest.Put(t, c,
		like(0, func(p *domain.Product) { p.Code = wanted.Code }),
		like(1, func(p *domain.Product) { p.Barcode = wanted.Barcode }),
		like(2, func(p *domain.Product) { p.Name = wanted.Name }),
		like(3, func(p *domain.Product) { p.Name = wanted.Name }),
		like(4, func(p *domain.Product) { p.Code, p.State = wanted.Code, domain.ProductArchived }),
		like(5, func(p *domain.Product) { p.Barcode, p.State = wanted.Barcode, domain.ProductDraft }),
		like(6, func(p *domain.Product) { p.Code = "kod 7" }),
		like(7, func(p *domain.Product) { p.Barcode = domain.Barcode(domaintest.GTIN13(77)) }),
		like(8, func(p *domain.Product) { p.Name = wanted.Name }),
	)
	rival, passive, stranger := anyRemote(1), anyRemote(2), anyRemote(3)
	rival.Code, passive.Barcode = wanted.Code, wanted.Barcode
	r := sqlitetest.Staged(t, c, []domain.RemoteProduct{rival, wanted, passive, stranger})
	sqlitetest.Must(t, c.SavePlan(t.Context(), r, []matching.Decision{{Remote: passive.ID, Skipped: true}, {Remote: rival.ID, Local: 2}}, nil, sqlitetest.Foreseen))
	confirm(t, c, r)
	bound := map[domain.ProductID]domain.RemoteID{1: rival.ID, 4: "başka"}
	for id, remote := range bound {
		bind(t, c, remote, id)
	}
	apart := map[domain.ProductID]bool{2: true}
	for _, s := range []struct {
		remote  domain.RemoteID
		kind    int
		product domain.ProductID
	}{{wanted.ID, storedtransfer.TypeProduct, 2}, {wanted.ID, 2, 3}, {rival.ID, storedtransfer.TypeProduct, 6}} {
		if _, err := c.DB.Writer.ExecContext(t.Context(), `INSERT INTO separation VALUES (?, ?, ?, '')`, s.remote, s.kind, s.product); err != nil {
			t.Fatal(err)
		}
	}

	field := transfer.Field{Row: rowOfRemote(t, c, r.ID, wanted.ID)}
	for _, m := range []domain.RemoteProduct{rival, wanted, stranger} { // in the order of reading, without what is skipped
		field.Remotes = append(field.Remotes, matching.Remote{ID: m.ID, Code: m.Code, Barcode: m.Barcode})
	}
	byID := map[domain.ProductID]domain.Product{}
	for _, p := range products {
		byID[p.ID] = p
		if p.State == domain.ProductArchived {
			continue
		}
		_, isBound := bound[p.ID]
		field.Offers = append(field.Offers, matching.Offer{
			Local: matching.Local{ID: p.ID, Code: p.Code, Barcode: p.Barcode}, K1: p.Code.K1(), Key: sqlitetest.KeyOf(p.Barcode), NameFold: domain.Fold(p.Name),
			Bound: isBound, Separated: apart[p.ID],
		})
	}
	for _, others := range [][]domain.Barcode{nil, {products[7].Barcode}} {
		for _, n := range []int{1, 3, 20} {
			best, rivals := field.Choose(others, n)
			want := transfer.Choices{Row: transfer.Listed{Row: field.Row}}
			for _, b := range best {
				want.Suggestions = append(want.Suggestions, transfer.Suggestion{Product: byID[b.Local], Score: b.Score, Why: b.Why, Against: b.Against, BoundTo: bound[b.Local]})
			}
			for _, id := range rivals {
				l := transfer.Listed{Row: rowOfRemote(t, c, r.ID, id)}
				if p, ok := byID[l.ProductID]; ok {
					l.ProductName, l.ProductCode = p.Name, string(p.Code)
				}
				want.Rivals = append(want.Rivals, l)
			}
			got, err := c.Choices(t.Context(), r.ID, wanted.ID, others, n)
			sqlitetest.Must(t, err)
			sqlitetest.WantSame(t, fmt.Sprintf("%d of %v", n, others), got, want)
			if n == 20 && (len(best) < 6 || len(rivals) != 1) {
				t.Errorf("the field proves little: %+v, %v", best, rivals)
			}
		}
	}
	for run, id := range map[int64]domain.RemoteID{r.ID: "yok", r.ID + 1: wanted.ID} {
		_, err := c.Choices(t.Context(), run, id, nil, 3)
		sqlitetest.WantKind(t, err, domain.KindNotFound)
	}
}
