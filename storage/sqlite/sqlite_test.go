package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// newCompany opens an empty company in a folder of its own and closes it when the test ends.
func newCompany(t *testing.T) *Company {
	t.Helper()
	return reopen(t, emptyFile(t))
}

// empty is the file of a company in which nothing is yet: the migrations are most of the time of a small test.
var empty struct {
	once sync.Once
	file []byte
}

// emptyFile gives the path of an empty company's file.
func emptyFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "company.db")
	empty.once.Do(func() {
		c, err := OpenCompany(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
		if empty.file, err = os.ReadFile(path); err != nil { //nolint:gosec // the test's own
			t.Fatal(err)
		}
	})
	if err := os.WriteFile(path, empty.file, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func reopen(t *testing.T, path string) *Company {
	t.Helper()
	c, err := OpenCompany(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return c
}

func dec(s string) decimal.NullDecimal {
	return decimal.NewNullDecimal(decimal.RequireFromString(s))
}

// remotes are n İşbaşı products with the ids 1…n.
func remotes(n int) []domain.RemoteProduct {
	all := make([]domain.RemoteProduct, n)
	for i := range all {
		all[i] = domain.RemoteProduct{
			ID: domain.RemoteID(fmt.Sprint(i + 1)), Type: typeProduct, Code: domain.Code(fmt.Sprintf("KOD-%05d", i+1)),
			Name: fmt.Sprintf("ÜRÜN %d", i+1), Active: true, Currency: domain.TRY, Price: dec("12.50"), Stock: dec("3"),
		}
	}
	return all
}

// rowsOf are products as the rows of a file.
func rowsOf(products []domain.Product) iter.Seq2[domain.Product, error] {
	return func(yield func(domain.Product, error) bool) {
		for _, p := range products {
			if !yield(p, nil) {
				return
			}
		}
	}
}

// fill imports products.
func fill(t testing.TB, c *Company, products []domain.Product) listing.Tally {
	t.Helper()
	done, err := c.ImportProducts(t.Context(), "", rowsOf(products), func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// addProducts imports n products, with the ids and codes of remotes.
func addProducts(t *testing.T, c *Company, n int) {
	t.Helper()
	var products []domain.Product
	for _, r := range remotes(n) {
		products = append(products, domain.Product{Code: r.Code, Name: "Ürün " + string(r.ID), Price: dec("1"), Stock: dec("1")})
	}
	fill(t, c, products)
}

// planned makes a run whose n rows are read; each has a partner in the catalogue, of the same number.
func planned(t *testing.T, c *Company, n int) transfer.Run {
	t.Helper()
	addProducts(t, c, n)
	r := staged(t, c, remotes(n))
	sides, err := c.Sides(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	plan := make([]matching.Decision, len(sides.Remotes))
	for i, p := range sides.Remotes {
		plan[i] = matching.Decision{Remote: p.ID, Tier: matching.TierCode, Local: sides.Locals[i].ID}
	}
	r.State, r.Phase = transfer.StateApplying, transfer.PhaseApply
	if err := c.SavePlan(t.Context(), r, plan, sides.Revisions, foreseen); err != nil {
		t.Fatal(err)
	}
	return r
}

// staged makes a run in which the products are read.
func staged(t *testing.T, c *Company, products []domain.RemoteProduct) transfer.Run {
	t.Helper()
	r, err := c.CreateRun(t.Context(), transfer.Run{
		State: transfer.StatePreparing, Phase: transfer.PhaseRead, NextPage: 1, Options: transfer.DefaultOptions(domain.TRY),
	})
	if err != nil {
		t.Fatal(err)
	}
	if r, err = c.StagePage(t.Context(), r, products); err != nil {
		t.Fatal(err)
	}
	return r
}

// foreseen plans a row as takePrice applies it; without a partner it is unmatched.
func foreseen(c transfer.Candidate) transfer.Planned {
	if c.Product == nil {
		return transfer.Planned{Outcome: transfer.OutcomeUnmatched, Becomes: transfer.UnmatchedListed}
	}
	return transfer.Planned{
		Outcome: transfer.OutcomeMatched, Before: transfer.ValuesOf(c.Product), After: transfer.ValuesOf(takePrice(c).Product),
	}
}

// takePrice is a decide that takes the row's price and stock and binds.
func takePrice(c transfer.Candidate) transfer.Effect {
	p := *c.Product
	p.Price, p.Stock = c.Row.Remote.Price, c.Row.Remote.Stock
	return transfer.Effect{Outcome: transfer.OutcomeMatched, Product: &p, Bind: true}
}

// count asks the file itself.
func count(t *testing.T, c *Company, query string, args ...any) int {
	t.Helper()
	var n int
	if err := c.db.read.QueryRowContext(t.Context(), query, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func productByCode(t *testing.T, c *Company, code domain.Code) domain.Product {
	t.Helper()
	var found []domain.Product
	err := c.db.view(t.Context(), "find", func(tx *sql.Tx) (err error) {
		found, err = selectProducts(t.Context(), tx, `WHERE code_k0 = ?`, code.K0())
		return err
	})
	if err != nil || len(found) != 1 {
		t.Fatalf("code %s: %d products, %v", code, len(found), err)
	}
	return found[0]
}

// guard gives a product other guards, as a person does it in the product's page.
func guard(ctx context.Context, c *Company, id domain.ProductID, g pricing.Guards) error {
	var p domain.Product
	err := c.db.view(ctx, "find", func(tx *sql.Tx) (err error) {
		p, _, err = selectProduct(ctx, tx, id)
		return err
	})
	if err != nil {
		return err
	}
	p.ID = id
	_, err = c.SaveEdits(ctx, pricing.Edit{Product: p, Guards: &g})
	return err
}

func storedRun(t *testing.T, c *Company, id int64) transfer.Run {
	t.Helper()
	r, err := c.Run(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// wantKind fails the test unless err is of that kind.
func wantKind(t *testing.T, err error, kind domain.Kind) {
	t.Helper()
	if domain.KindOf(err) != kind {
		t.Errorf("error %v is of kind %q, want %q", err, domain.KindOf(err), kind)
	}
}

// restore makes a file of a dump, as an older program would have left it.
func restore(t *testing.T, path, dump string) {
	t.Helper()
	db, err := sql.Open("sqlite", dsn(path, nil))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), dump); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}
