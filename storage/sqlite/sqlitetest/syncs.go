package sqlitetest

import (
	"database/sql"
	"fmt"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"

	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	storedtransfer "github.com/sopyo/sopyo-desktop/storage/sqlite/transfer"
)

// RefOf is the İşbaşı product that Bind binds a product to.
func RefOf(id domain.ProductID) domain.ProductRef {
	return domain.ProductRef{ID: domain.RemoteID(fmt.Sprint(id)), Type: storedtransfer.TypeProduct}
}

// Bind binds products, and makes their prices and stocks what both sides agree on.
func Bind(t testing.TB, c *Company, products ...domain.Product) {
	t.Helper()
	err := c.DB.Update(t.Context(), "bind", func(tx *sql.Tx) error {
		var agreed []catalogue.Agreement
		for _, p := range products {
			ref := RefOf(p.ID)
			if _, err := tx.ExecContext(t.Context(), `INSERT INTO binding (remote_id, type, product_id, created_at) VALUES (?, ?, ?, '')`, ref.ID, ref.Type, p.ID); err != nil {
				return err
			}
			pair := domain.Binding{ProductID: p.ID, RemoteID: ref.ID, Type: ref.Type}
			agreed = append(agreed, catalogue.Agreement{Pair: pair, On: catalogue.Bases{Price: p.Price, Stock: p.Stock}})
		}
		return catalogue.Agree(t.Context(), tx, c.DB.Now(), catalogue.AgreedBy{}, agreed)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Swept makes a confirmed run that has read the whole list, in which these products are.
func Swept(t testing.TB, c *Company, products []domain.RemoteProduct) sync.Run {
	t.Helper()
	r, err := c.CreateSync(t.Context(), sync.Run{
		Run:     transfer.Run{State: transfer.StatePreparing, Phase: transfer.PhaseRead, NextPage: 1, ConfirmedAt: c.DB.Now()},
		Request: sync.Request{Scope: sync.ScopeFull, Occasion: sync.OccasionPerson},
	})
	for from := 0; from < len(products) && err == nil; from += transfer.PageSize {
		r.NextPage++
		r, err = c.SeeProducts(t.Context(), r, products[from:min(from+transfer.PageSize, len(products))], c.DB.Now())
	}
	if err == nil {
		r.ReadAt, r.Total, r.Phase = c.DB.Now(), len(products), transfer.PhaseMatch
		r, err = c.SaveSync(t.Context(), r)
	}
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Change is a change of a plan, of what stands on both sides.
func Change(p domain.ProductID, ref domain.ProductRef, f domain.Shared, way sync.Way, base, ours, theirs string) sync.Item {
	i := sync.Item{
		Product: p, Ref: ref, Field: f, Way: way, Why: sync.WhyTheirsChanged, Base: Dec(base), Ours: Dec(ours), Theirs: Dec(theirs), Value: Dec(theirs),
		Attempt: 1, State: sync.ItemPlanned,
	}
	if way == sync.WayPush {
		i.Why, i.Value = sync.WhyOursChanged, i.Ours
	}
	if f == domain.SharedPrice {
		i.Currency = domain.TRY
	}
	return i
}

// Waiting is a field that waits for a person, of what stands on both sides.
func Waiting(p domain.ProductID, ref domain.ProductRef, f domain.Shared, why sync.Why, base, ours, theirs string) sync.Open {
	return sync.Open{
		Product: p, Ref: ref, Field: f, Action: sync.ActionHeld, Why: why, Way: sync.WayPush, Base: Dec(base), Ours: Dec(ours), Theirs: Dec(theirs),
	}
}

// worldSyncs are the syncs of World, of two products of their own.
func worldSyncs(t *testing.T, c *Company) {
	t.Helper()
	ctx := t.Context()
	products := Put(t, c,
		domain.Product{Code: "EŞ-1", Name: "Eşarp", Price: Dec("11"), Currency: domain.TRY, Stock: Dec("9")},
		domain.Product{Code: "EŞ-2", Name: "Eşofman", Price: Dec("24"), Currency: domain.TRY, Stock: Dec("2")})
	a, x := products[0].ID, products[1].ID
	Bind(t, c, products...)
	Must(t, c.SaveSettings(ctx, domain.Settings{IntegrationOn: true, Currency: domain.TRY, Pull: true, Push: domain.PushBoth, Scenario: domain.ScenarioBasic}, nil))
	refA, refX := RefOf(a), RefOf(x)
	seen := []domain.RemoteProduct{
		{ID: refA.ID, Type: refA.Type, Price: Dec("11"), Stock: Dec("8"), Currency: domain.TRY},
		{ID: refX.ID, Type: refX.Type, Price: Dec("25"), Stock: Dec("2"), Currency: domain.TRY},
	}
	done := Swept(t, c, seen)
	done, err := c.SaveSyncPlan(ctx, done, sync.Plan{Items: []sync.Item{
		Change(a, refA, domain.SharedStock, sync.WayPull, "9", "9", "8"),
		Change(x, refX, domain.SharedPrice, sync.WayPush, "25", "24", "25"),
	}})
	Must(t, err)
	done, _, _, err = c.Pull(ctx, done, 9)
	Must(t, err)
	done, items, err := c.BeginPush(ctx, done)
	Must(t, err)
	items[0].State, items[0].EndedAt = sync.ItemAnswered, StillNow()
	done.State, done.Phase, done.FinishedAt = transfer.StateDone, transfer.PhaseEnd, StillNow()
	done, err = c.EndPush(ctx, done, items)
	Must(t, err)

	waiting := Swept(t, c, seen)
	waiting, err = c.SaveSyncPlan(ctx, waiting, sync.Plan{
		Items: []sync.Item{
			Change(a, refA, domain.SharedPrice, sync.WayPull, "11", "10.99", "12"),
			Change(x, refX, domain.SharedStock, sync.WayPush, "1", "2", "1"),
			Change(a, refA, domain.SharedStock, sync.WayPull, "8", "8", "7"),
			Change(a, refA, domain.SharedPrice, sync.WayPush, "12", "11", "12"),
		},
		Open: []sync.Open{
			Waiting(a, refA, domain.SharedPrice, sync.WhyPushOff, "9", "11", "9"),
			Waiting(a, refA, domain.SharedStock, sync.WhyNoWinner, "8", "8", "7"),
			Waiting(x, refX, domain.SharedPrice, sync.WhyNeverAgreed, "25", "24", "25"),
			Waiting(x, refX, domain.SharedStock, sync.WhyPushOff, "1", "2", "1"),
		},
		Brakes: []sync.Brake{{ID: "zeroed-1", Kind: sync.BrakeZeroed, Changed: 1}},
	})
	Must(t, err)
	waiting, _, _, err = c.Pull(ctx, waiting, 1) // of another price than the catalogue's
	Must(t, err)
	waiting, _, err = c.BeginPush(ctx, waiting)
	Must(t, err)
	waiting.State = transfer.StateStopped
	waiting, err = c.SaveSync(ctx, waiting)
	Must(t, err)
	Must(t, c.Gone(ctx, refX))
	taken, err := c.DecideFields(ctx, sync.Decision{Verdict: sync.VerdictTheirs, Remember: true, Keys: []sync.OpenKey{{Product: x, Field: domain.SharedPrice}}}, "")
	Must(t, err)
	if a != WorldSynced || done.ID != WorldSync || waiting.ID != WorldWaiting || taken.Run.ID != WorldChoice {
		t.Fatalf("product %d, syncs %d, %d and %d", a, done.ID, waiting.ID, taken.Run.ID)
	}
}
