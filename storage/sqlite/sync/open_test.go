package sync_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// open makes fields wait: since the second hour the tea's price and the heater's stock, since the third the tea's
// stock, the heater's price and the scarf's stock.
func (s *shop) open() []sync.Open {
	s.t.Helper()
	field := func(p domain.ProductID, f domain.Shared, a sync.Action, why sync.Why) sync.Open {
		v := s.product(p)
		o := sqlitetest.Waiting(p, sqlitetest.RefOf(p), f, why, "1", v.Price.Decimal.String(), "2")
		if f == domain.SharedStock {
			o.Ours = v.Stock
		}
		o.Action = a
		return o
	}
	all := []sync.Open{
		field(tea, domain.SharedPrice, sync.ActionConflict, sync.WhyNoWinner), field(heater, domain.SharedStock, sync.ActionHeld, sync.WhyPushOff),
		field(tea, domain.SharedStock, sync.ActionHeld, sync.WhyPushOff), field(heater, domain.SharedPrice, sync.ActionHeld, sync.WhyJump),
		field(scarf, domain.SharedStock, sync.ActionHeld, sync.WhyPushOff),
	}
	s.hour(2)
	s.planned(sync.Plan{Open: all[:2]})
	s.hour(3)
	s.planned(sync.Plan{Open: all})
	return all
}

func TestOpenFields_findsSortsAndPages(t *testing.T) {
	s := newShop(t)
	last := s.product(tea)
	last.Name = "Şekersiz çilek çayı"
	sqlitetest.Save(t, s.Company, last)
	s.open()
	const (
		teaPrice, teaStock, heaterPrice, heaterStock, scarfStock = "1 price", "1 stock", "2 price", "2 stock", "3 stock"
	)
	for name, tt := range map[string]struct {
		query sync.OpenQuery
		want  []string
		total int
	}{
		"everything, by since":        {sync.OpenQuery{}, []string{teaPrice, heaterStock, teaStock, heaterPrice, scarfStock}, 5},
		"the latest first":            {sync.OpenQuery{Desc: true}, []string{scarfStock, heaterPrice, teaStock, heaterStock, teaPrice}, 5},
		"by name, as Turkish sorts":   {sync.OpenQuery{Sort: sync.OpenByName}, []string{heaterPrice, heaterStock, scarfStock, teaPrice, teaStock}, 5},
		"by name, backwards":          {sync.OpenQuery{Sort: sync.OpenByName, Desc: true}, []string{teaStock, teaPrice, scarfStock, heaterStock, heaterPrice}, 5},
		"by code, as Turkish sorts":   {sync.OpenQuery{Sort: sync.OpenByCode}, []string{teaPrice, teaStock, scarfStock, heaterPrice, heaterStock}, 5},
		"by field":                    {sync.OpenQuery{Sort: sync.OpenByField}, []string{teaPrice, heaterPrice, teaStock, heaterStock, scarfStock}, 5},
		"of a group":                  {sync.OpenQuery{Why: sync.WhyPushOff}, []string{heaterStock, teaStock, scarfStock}, 3},
		"a page":                      {sync.OpenQuery{Limit: 2, Offset: 1}, []string{heaterStock, teaStock}, 5},
		"the last page":               {sync.OpenQuery{Limit: 2, Offset: 4}, []string{scarfStock}, 5},
		"behind the last":             {sync.OpenQuery{Limit: 2, Offset: 5}, nil, 5},
		"all but the first":           {sync.OpenQuery{Offset: 1}, []string{heaterStock, teaStock, heaterPrice, scarfStock}, 5},
		"searched, whatever the i's":  {sync.OpenQuery{Search: "ışikli İSİTİCİ"}, []string{heaterStock, heaterPrice}, 2},
		"searched without dots":       {sync.OpenQuery{Search: "cilek CAYI"}, []string{teaPrice, teaStock}, 2},
		"searched by code":            {sync.OpenQuery{Search: "esarp-3"}, []string{scarfStock}, 1},
		"searched by barcode":         {sync.OpenQuery{Search: "8690504012345"}, []string{teaPrice, teaStock}, 2},
		"every word has to be there":  {sync.OpenQuery{Search: "çilek eşarp"}, nil, 0},
		"searched in a group, a page": {sync.OpenQuery{Search: "i", Why: sync.WhyPushOff, Limit: 1, Offset: 1}, []string{scarfStock}, 2},
	} {
		fields, total, err := s.OpenFields(t.Context(), tt.query)
		sqlitetest.Must(t, err)
		var got []string
		for _, o := range fields {
			got = append(got, string(o.Ref.ID)+" "+string(o.Field))
		}
		sqlitetest.WantSame(t, name, got, tt.want)
		if total != tt.total {
			t.Errorf("%s: %d in all, want %d", name, total, tt.total)
		}
	}
	s.execute(`UPDATE sync_open SET decided = 9 WHERE product_id = 1`)
	if fields, total, err := s.OpenFields(t.Context(), sync.OpenQuery{}); len(fields) != 3 || total != 3 || err != nil {
		t.Errorf("decided upon: %+v, %d, %v", fields, total, err)
	}
	if fields, total, err := s.OpenFields(t.Context(), sync.OpenQuery{Search: "çilek"}); len(fields) != 0 || total != 0 || err != nil {
		t.Errorf("decided upon since it was searched: %+v, %d, %v", fields, total, err)
	}
	last = s.product(heater)
	last.Name = "Şofben"
	sqlitetest.Save(t, s.Company, last)
	if fields, total, err := s.OpenFields(t.Context(), sync.OpenQuery{Search: "ş", Sort: sync.OpenByName}); len(fields) != 2 || total != 2 || err != nil {
		t.Errorf("of another name since: %+v, %d, %v", fields, total, err)
	}
}

func TestOpenGroups_theLargestFirst(t *testing.T) {
	s := newShop(t)
	groups := func() []sync.OpenGroup { return sqlitetest.Ok1[[]sync.OpenGroup](t)(s.OpenGroups(t.Context())) }
	sqlitetest.WantSame(t, "none", groups(), nil)
	s.open()
	sqlitetest.WantSame(t, "groups", groups(), []sync.OpenGroup{
		{Why: sync.WhyPushOff, Action: sync.ActionHeld, Fields: 3},
		{Why: sync.WhyJump, Action: sync.ActionHeld, Fields: 1},
		{Why: sync.WhyNoWinner, Action: sync.ActionConflict, Fields: 1},
	})
	s.execute(`UPDATE sync_open SET decided = 9 WHERE product_id = 1`)
	sqlitetest.WantSame(t, "groups", groups(), []sync.OpenGroup{
		{Why: sync.WhyPushOff, Action: sync.ActionHeld, Fields: 2}, {Why: sync.WhyJump, Action: sync.ActionHeld, Fields: 1},
	})
	s.execute(`UPDATE sync_open SET why = 'push_off', action = 'conflict' WHERE field = 'price'`)
	sqlitetest.WantSame(t, "of one reason", groups(), []sync.OpenGroup{
		{Why: sync.WhyPushOff, Action: sync.ActionHeld, Fields: 2}, {Why: sync.WhyPushOff, Action: sync.ActionConflict, Fields: 1},
	})
}

func TestFindSyncItems_findsAsALoopDoes(t *testing.T) {
	s := newShop(t)
	var items []sync.Item
	for _, id := range []domain.ProductID{heater, tea, scarf} {
		for _, f := range domain.AllShared() {
			items = append(items, sqlitetest.Change(id, sqlitetest.RefOf(id), f, sync.WayPull, "1", "2", "3"))
		}
	}
	run := s.planned(sync.Plan{Items: items}).ID
	found := 0
	for n, name := range []string{"Şekersiz çilek çayı", "IŞIKLI İSİTİCİ", "İpek_%"} {
		p := s.product(tea)
		p.Name = name
		sqlitetest.Save(t, s.Company, p)
		all := s.items(run)
		for _, search := range []string{"", "ş", "i", "ışık isi", "CAYI cilek", "_%", string(p.Code), "k İ", "esarp", "yok"} {
			var want []int64
			for _, i := range all {
				text := domain.Fold(string(i.Code) + " " + i.Name)
				if !slices.ContainsFunc(strings.Fields(domain.Fold(search)), func(w string) bool { return !strings.Contains(text, w) }) {
					want = append(want, i.ID)
				}
			}
			found += len(want)
			for _, page := range [][2]int{{0, 0}, {1, 0}, {2, 1}, {9, len(want)}} {
				got, total, err := s.FindSyncItems(t.Context(), run, search, page[0], page[1])
				sqlitetest.Must(t, err)
				wanted := want[min(page[1], len(want)):]
				if page[0] > 0 {
					wanted = wanted[:min(page[0], len(wanted))]
				}
				var ids []int64
				for at, i := range got {
					ids = append(ids, i.ID)
					if whole := slices.IndexFunc(all, func(o sync.Item) bool { return o.ID == i.ID }); whole >= 0 {
						sqlitetest.WantSame(t, fmt.Sprint(search, " ", at), i, all[whole])
					}
				}
				if total != len(want) || !slices.Equal(ids, wanted) {
					t.Errorf("%d, %q, %v: %d of %d, want %d of %d", n, search, page, ids, total, wanted, len(want))
				}
			}
		}
	}
	if found < 30 {
		t.Errorf("%d are found: it looks for what is not there", found)
	}
}
