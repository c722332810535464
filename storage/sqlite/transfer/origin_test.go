package transfer_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func wantOrigins(t *testing.T, c *sqlitetest.Company, what string, id domain.ProductID, want domain.Origins) {
	t.Helper()
	got, err := c.Origins(t.Context(), id)
	sqlitetest.Must(t, err)
	sqlitetest.WantSame(t, what, got, want)
}

// What a transfer and a person's decisions in it write comes from İşbaşı; taken apart, taken back and undone
// the values come from where they came before.
func TestOrigins_goTheWayOfTheValues(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	tick := sqlitetest.Clock(c)
	c.DB.Actor = "ayşe"
	products := sqlitetest.Put(t, c, domain.Product{Code: "KOD-00001", Name: "Bir", Price: sqlitetest.Dec("1"), Currency: domain.TRY, Stock: sqlitetest.Dec("3")},
		domain.Product{Code: "X", Name: "İki", Currency: domain.TRY})
	first, second := products[0].ID, products[1].ID
	file := origins(products[0].UpdatedAt, domain.SourceFile, "ayşe")
	never := domain.Origins{}

	c.DB.Actor = "ümit"
	at := tick()
	run := sqlitetest.Transferred(t, c, transfer.DefaultOptions(domain.TRY), sqlitetest.Remotes(3)...)
	taken := origins(at, domain.SourceIsbasi, "ümit")
	priced := domain.Origins{Price: taken.Price, Stock: file.Stock} // the stock was the same
	wantOrigins(t, c, "transferred", first, priced)
	wantOrigins(t, c, "not transferred", second, never)

	tick()
	apart := sqlitetest.Decide(t, c, run.ID, transfer.Decision{Kind: transfer.DecideSeparate, Remote: "1"})
	wantOrigins(t, c, "taken apart", first, file)
	tick()
	takeBack(t, c, apart.ID)
	wantOrigins(t, c, "together again", first, priced)

	at = tick()
	paired := sqlitetest.Decide(t, c, run.ID, transfer.Decision{Kind: transfer.DecidePair, Remote: "2", Product: second}, transfer.Decision{Kind: transfer.DecideCreate, Remote: "3"})
	made := origins(at, domain.SourceIsbasi, "ümit")
	wantOrigins(t, c, "paired", second, made)
	wantOrigins(t, c, "made", sqlitetest.ProductByCode(t, c, "KOD-00003").ID, made)
	tick()
	takeBack(t, c, paired.ID)
	wantOrigins(t, c, "taken back", second, never)

	tick()
	undo(t, c, run.ID, 1)
	wantOrigins(t, c, "undone", first, file)
}

// Older programs did not keep where values came from: what their transfer wrote is put back by the undo.
func TestUndo_ofAnOlderTransferIsWhereItsValuesComeFrom(t *testing.T) {
	path := filepath.Join(t.TempDir(), "company.db")
	text, err := os.ReadFile("../testdata/company_0008.sql")
	sqlitetest.Must(t, err)
	sqlitetest.Restore(t, path, string(text)+`; UPDATE product SET stock = '4' WHERE id = 1`) // as in the image
	c := sqlitetest.Reopen(t, path)
	tick := sqlitetest.Clock(c)
	c.DB.Actor = "ayşe"
	wantOrigins(t, c, "as it was left", 1, domain.Origins{})
	at := tick()
	undo(t, c, 1, 10)
	wantOrigins(t, c, "undone", 1, domain.Origins{Price: origins(at, domain.SourceUndo, "ayşe").Price})
}
