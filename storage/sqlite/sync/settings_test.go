package sync_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestSyncSettings_areTheDefaultsUntilSaved(t *testing.T) {
	s := newShop(t)
	of := sqlitetest.Ok1[sync.Settings](t)(s.SyncSettings(t.Context()))
	sqlitetest.WantSame(t, "settings", of, sync.DefaultSettings())
	of.Owner[domain.SharedPrice] = domain.OwnerLater // they are the caller's own
	sqlitetest.WantSame(t, "settings", sqlitetest.Ok1[sync.Settings](t)(s.SyncSettings(t.Context())), sync.DefaultSettings())
}

// Every field is kept, under names that stay, and told in the history once.
func TestSaveSyncSettings_keepsEveryField(t *testing.T) {
	s := newShop(t)
	given := domaintest.Fill[sync.Settings](0,
		domaintest.OneOf(sync.ScheduleHourly, sync.ScheduleNightly), domaintest.OneOf(domain.SharedPrice), domaintest.OneOf(domain.OwnerLater, domain.OwnerBooks),
		domaintest.As(func(n int) decimal.Decimal { return decimal.New(int64(n)*100+int64(n), -2) }))
	s.hour(3)
	sqlitetest.Must(t, s.SaveSyncSettings(t.Context(), given))
	sqlitetest.WantSame(t, "settings", sqlitetest.Ok1[sync.Settings](t)(s.SyncSettings(t.Context())), given)
	sqlitetest.WantNoted(t, s.Company, "sync-settings", sqlitetest.Changes(told(sync.DefaultSettings()), told(given)))
	told := sqlitetest.Entries(t, s.Company)
	sqlitetest.Must(t, s.SaveSyncSettings(t.Context(), given))
	if n := sqlitetest.Entries(t, s.Company); n != told {
		t.Errorf("what is as before is told: %+v", sqlitetest.LastDone(t, s.Company))
	}
	bare := sync.Settings{}
	sqlitetest.Must(t, s.SaveSyncSettings(t.Context(), bare))
	bare.Owner = map[domain.Shared]domain.Owner{}
	sqlitetest.WantSame(t, "settings", sqlitetest.Ok1[sync.Settings](t)(s.SyncSettings(t.Context())), bare)
	// The company's other choices are theirs.
	if of := sqlitetest.Ok1[domain.Settings](t)(s.Settings(t.Context())); of.Push != domain.PushBoth || !of.Pull {
		t.Errorf("%+v", of)
	}
}

// told are settings as the history names them.
func told(of sync.Settings) map[string]any {
	var owner any
	if o, ok := of.Owner[domain.SharedPrice]; ok {
		owner = o
	}
	return map[string]any{
		"schedule": of.Schedule, "owner_price": owner, "jump": sqlitetest.DecText(of.Jump), "price_share": of.PriceShare.String(),
		"price_least": of.PriceLeast, "zeroed": of.Zeroed,
	}
}

func TestSaveSyncSettings_refusesWhatCannotBe(t *testing.T) {
	s := newShop(t)
	of := sync.DefaultSettings()
	of.PriceLeast = -1
	before := sqlitetest.Dump(t, s.DB)
	sqlitetest.WantKind(t, s.SaveSyncSettings(t.Context(), of), domain.KindInvalid)
	if after := sqlitetest.Dump(t, s.DB); after != before {
		t.Error(sqlitetest.Apart(before, after))
	}
}
