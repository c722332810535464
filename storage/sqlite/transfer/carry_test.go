package transfer_test

import (
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// The newest transfer that has the İşbaşı product tells of it; why they are a pair, the newest that did not
// only know them from before.
func TestPair_asTheTransfersReadIt(t *testing.T) {
	type read struct {
		run     int64
		remote  string
		kind    int
		product domain.ProductID
		tier    matching.Tier
	}
	for name, test := range map[string]struct {
		rows []read
		from int64 // the run that tells, 0: none
		tier matching.Tier
	}{
		"by none":                              {nil, 0, ""},
		"another product":                      {[]read{{1, "8", 1, 1, matching.TierCode}}, 0, ""},
		"a service of that number":             {[]read{{1, "7", 2, 1, matching.TierCode}}, 0, ""},
		"once":                                 {[]read{{1, "7", 1, 1, matching.TierCode}}, 1, matching.TierCode},
		"the newest":                           {[]read{{1, "7", 1, 1, matching.TierCode}, {2, "7", 1, 1, matching.TierBarcode}}, 2, matching.TierBarcode},
		"known from before":                    {[]read{{1, "7", 1, 1, matching.TierCode}, {2, "7", 1, 1, matching.TierKnown}, {3, "7", 1, 1, matching.TierKnown}}, 3, matching.TierCode},
		"only known":                           {[]read{{1, "7", 1, 1, matching.TierKnown}}, 1, matching.TierKnown},
		"not paired by the newest":             {[]read{{1, "7", 1, 1, matching.TierCode}, {2, "7", 1, 0, ""}}, 2, matching.TierCode},
		"paired with another one before":       {[]read{{1, "7", 1, 2, matching.TierCode}, {2, "7", 1, 1, matching.TierKnown}}, 2, matching.TierKnown},
		"without a reason before":              {[]read{{1, "7", 1, 1, ""}, {2, "7", 1, 1, matching.TierKnown}}, 2, matching.TierKnown},
		"nothing behind a reason of its own":   {[]read{{1, "7", 1, 1, matching.TierKnown}, {2, "7", 1, 1, matching.TierBarcode}}, 2, matching.TierBarcode},
		"the newest reason, not the first one": {[]read{{1, "7", 1, 1, matching.TierCode}, {2, "7", 1, 1, matching.TierBarcode}, {3, "7", 1, 1, matching.TierKnown}}, 3, matching.TierBarcode},
	} {
		t.Run(name, func(t *testing.T) {
			c := sqlitetest.NewCompany(t)
			sqlitetest.AddProducts(t, c, 2)
			if _, err := c.DB.Writer.ExecContext(t.Context(), `INSERT INTO binding (remote_id, type, product_id, created_at) VALUES ('7', 1, 1, '')`); err != nil {
				t.Fatal(err)
			}
			for range 3 {
				if _, err := c.CreateRun(t.Context(), transfer.Run{State: transfer.StateDone, ConfirmedAt: domaintest.Moment}); err != nil {
					t.Fatal(err)
				}
			}
			want := transfer.Row{}
			want.Remote.ID, want.Remote.Type = "7", 1
			for _, r := range test.rows {
				m := domaintest.Fill[domain.RemoteProduct](int(r.run))
				m.ID, m.Type = domain.RemoteID(r.remote), r.kind
				run, err := c.Run(t.Context(), r.run)
				if err != nil {
					t.Fatal(err)
				}
				if _, err = c.StagePage(t.Context(), run, []domain.RemoteProduct{m}); err != nil {
					t.Fatal(err)
				}
				if _, err := c.DB.Writer.ExecContext(t.Context(), `UPDATE transfer_outcome SET product_id = ?, tier = ? WHERE transfer_id = ?`, r.product, r.tier, r.run); err != nil {
					t.Fatal(err)
				}
				if r.run == test.from {
					want = transfer.Row{RunID: r.run, Remote: m, ProductID: r.product, Outcome: transfer.OutcomePending}
				}
			}
			want.Tier = test.tier
			pair, ok, err := c.Pair(t.Context(), 1)
			if d := domaintest.Differences(pair, want); err != nil || !ok || len(d) > 0 {
				t.Errorf("%v, %v: %q", ok, err, d)
			}
			if pair, ok, err := c.Pair(t.Context(), 2); err != nil || ok || pair.Remote.ID != "" {
				t.Errorf("one that is not bound: %+v, %v, %v", pair, ok, err)
			}
		})
	}
}
