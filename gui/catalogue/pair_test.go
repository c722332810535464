package catalogue

import (
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

func TestPairLines_sayWhyAProductIsBound(t *testing.T) {
	onPage(t, kittest.NewCatalogue(0), func(s *screen) {
		e := s.page.e
		remote := domain.RemoteProduct{ID: "1001", Code: "URN-1", Name: "Termos"}
		for name, tt := range map[string]struct {
			pair      transfer.Row
			ok        bool
			what, why string
		}{
			"unbound":               {transfer.Row{}, false, "products.pair.none", "products.pair.none.why"},
			"made by the transfer":  {transfer.Row{Remote: remote, Outcome: transfer.OutcomeUnmatched}, true, "", "products.pair.created"},
			"no transfer knows":     {transfer.Row{Remote: remote}, true, "", "products.pair.unknown"},
			"matched by its code":   {transfer.Row{Remote: remote, Outcome: transfer.OutcomeMatched, Tier: matching.TierCode}, true, "", ""},
			"matched, tier unknown": {transfer.Row{Remote: remote, Outcome: transfer.OutcomeMatched}, true, "", "products.pair.unknown"},
		} {
			what, why := pairLines(e, tt.pair, tt.ok)
			if tt.what != "" && what != e.T(tt.what) || tt.what == "" && what != "Termos · kod URN-1" {
				t.Errorf("%s: %s", name, what)
			}
			if strings.Contains(what, "1001") {
				t.Errorf("%s: %s has a number that says nothing", name, what)
			}
			if tt.why != "" && why != e.T(tt.why) || tt.why == "" && why != e.Why(tt.pair) {
				t.Errorf("%s: %s", name, why)
			}
		}
	})
}
