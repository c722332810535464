package sync_test

import (
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// Each part of what waits to go out alone: a tea whose price and stock a person has changed at the second hour, and
// what becomes of that.
func TestEdited_isWhatHasToGoOut(t *testing.T) {
	second, third := 2, 3
	for name, tt := range map[string]struct {
		change func(s *shop)
		n      int
		last   int // the hour
	}{
		"both fields":        {func(*shop) {}, 2, second},
		"nothing may go out": {func(s *shop) { s.push(domain.PushUnset) }, 0, 0},
		"prices only":        {func(s *shop) { s.push(domain.PushPrice) }, 1, second},
		"stocks only":        {func(s *shop) { s.push(domain.PushStock) }, 1, second},
		"another one, later": {func(s *shop) { s.edit(scarf, "301", "30") }, 3, third},
		"another one, earlier": {func(s *shop) {
			s.edit(scarf, "301", "30")
			s.hour(9)
			s.edit(heater, "201", "20")
			s.hour(1)
			s.edit(heater, "202", "20")
		}, 4, third},
		"set back by the person":    {func(s *shop) { s.edit(tea, "100", "10") }, 0, 0},
		"set back, spelt longer":    {func(s *shop) { s.execute(`UPDATE product SET price = '100.00' WHERE id = 1`) }, 1, second},
		"by a file":                 {func(s *shop) { s.execute(`UPDATE product SET price_from = 'file', stock_from = 'file' WHERE id = 1`) }, 2, second},
		"by an undo":                {func(s *shop) { s.execute(`UPDATE product SET price_from = 'undo' WHERE id = 1`) }, 2, second},
		"by a sync":                 {func(s *shop) { s.execute(`UPDATE product SET price_from = 'sync' WHERE id = 1`) }, 1, second},
		"by a transfer":             {func(s *shop) { s.execute(`UPDATE product SET stock_from = 'isbasi' WHERE id = 1`) }, 1, second},
		"by nobody knows whom":      {func(s *shop) { s.execute(`UPDATE product SET stock_from = '' WHERE id = 1`) }, 1, second},
		"archived":                  {func(s *shop) { s.execute(`UPDATE product SET state = 'archived' WHERE id = 1`) }, 0, 0},
		"gone at İşbaşı":            {func(s *shop) { sqlitetest.Must(s.t, s.Gone(s.t.Context(), sqlitetest.RefOf(tea))) }, 0, 0},
		"not bound":                 {func(s *shop) { s.execute(`DELETE FROM binding WHERE product_id = 1`) }, 0, 0},
		"never agreed on":           {func(s *shop) { s.execute(`DELETE FROM agreed WHERE product_id = 1 AND field = 'price'`) }, 1, second},
		"agreed on with another":    {func(s *shop) { s.execute(`UPDATE binding SET remote_id = 'x' WHERE product_id = 1`) }, 0, 0},
		"agreed on with other type": {func(s *shop) { s.execute(`UPDATE binding SET type = 9 WHERE product_id = 1`) }, 0, 0},
		"no value":                  {func(s *shop) { s.edit(tea, "", "11") }, 1, second},
		"a price in dollars":        {func(s *shop) { s.execute(`UPDATE product SET currency = 'USD' WHERE id = 1`) }, 1, second},
		"a price in no currency":    {func(s *shop) { s.execute(`UPDATE product SET currency = '' WHERE id = 1`) }, 2, second},
		"agreed on since":           {func(s *shop) { s.agree(tea, domain.SharedPrice, "120") }, 1, second},
		"on its way":                {func(s *shop) { s.onItsWay(tea, domain.SharedPrice, sync.ItemSent, "120") }, 1, second},
		"in doubt":                  {func(s *shop) { s.onItsWay(tea, domain.SharedPrice, sync.ItemUnknown, "120.0") }, 1, second},
		"answered":                  {func(s *shop) { s.onItsWay(tea, domain.SharedPrice, sync.ItemAnswered, "120") }, 1, second},
		"confirmed":                 {func(s *shop) { s.onItsWay(tea, domain.SharedPrice, sync.ItemConfirmed, "120") }, 2, second},
		"refused":                   {func(s *shop) { s.onItsWay(tea, domain.SharedPrice, sync.ItemFailed, "120") }, 2, second},
		"planned":                   {func(s *shop) { s.onItsWay(tea, domain.SharedPrice, sync.ItemPlanned, "120") }, 2, second},
		"another value on its way":  {func(s *shop) { s.onItsWay(tea, domain.SharedPrice, sync.ItemSent, "125") }, 2, second},
		"sent, and changed again": {func(s *shop) {
			s.onItsWay(tea, domain.SharedPrice, sync.ItemSent, "120")
			s.onItsWay(tea, domain.SharedPrice, sync.ItemSent, "125")
		}, 2, second},
		"changed again, and sent": {func(s *shop) {
			s.onItsWay(tea, domain.SharedPrice, sync.ItemSent, "125")
			s.onItsWay(tea, domain.SharedPrice, sync.ItemSent, "120")
		}, 1, second},
		"sent, and set back":         {func(s *shop) { s.onItsWay(tea, domain.SharedPrice, sync.ItemAnswered, "120"); s.edit(tea, "100", "11") }, 2, third},
		"waiting for a person":       {func(s *shop) { s.waits(tea, domain.SharedPrice, "120") }, 1, second},
		"waiting with another value": {func(s *shop) { s.waits(tea, domain.SharedPrice, "119") }, 2, second},
		"decided upon":               {func(s *shop) { s.waits(tea, domain.SharedPrice, "120"); s.execute(`UPDATE sync_open SET decided = 1`) }, 2, second},
		"kept by a person":           {func(s *shop) { s.said(tea, domain.SharedPrice, sync.SaidOurs, "120") }, 2, third},
		"only noted by a person":     {func(s *shop) { s.said(tea, domain.SharedPrice, sync.SaidNoted, "120") }, 2, second},
		"kept, though a sync's": {func(s *shop) {
			s.said(tea, domain.SharedPrice, sync.SaidOurs, "120")
			s.execute(`UPDATE product SET price_from = 'sync', stock_from = 'sync' WHERE id = 1`)
		}, 1, third},
		"another value was kept": {func(s *shop) {
			s.said(tea, domain.SharedPrice, sync.SaidOurs, "119")
			s.execute(`UPDATE product SET price_from = 'sync' WHERE id = 1`)
		}, 1, second},
		"kept, where İşbaşı alone had changed": {func(s *shop) {
			s.edit(tea, "100", "10")
			s.said(tea, domain.SharedPrice, sync.SaidOurs, "100")
		}, 1, third},
		"kept, where they had never agreed": {func(s *shop) {
			s.execute(`DELETE FROM agreed WHERE product_id = 1`)
			s.said(tea, domain.SharedPrice, sync.SaidOurs, "120")
		}, 1, third},
		"kept, and on its way": {func(s *shop) {
			s.said(tea, domain.SharedPrice, sync.SaidOurs, "120")
			s.onItsWay(tea, domain.SharedPrice, sync.ItemAnswered, "120")
		}, 1, second},
		"kept, and agreed on just then": {func(s *shop) {
			s.edit(tea, "100", "10")
			s.agree(tea, domain.SharedPrice, "99")
			s.agree(tea, domain.SharedPrice, "100")
			s.said(tea, domain.SharedPrice, sync.SaidOurs, "100")
		}, 1, third},
		"kept, and agreed on since": {func(s *shop) {
			s.edit(tea, "100", "10")
			s.said(tea, domain.SharedPrice, sync.SaidOurs, "100")
			s.hour(4)
			s.agree(tea, domain.SharedPrice, "99")
			s.agree(tea, domain.SharedPrice, "100")
		}, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			s.hour(second)
			s.edit(tea, "120", "11")
			s.hour(third)
			tt.change(s)
			n, last, err := s.Edited(t.Context())
			want := time.Time{}
			if tt.last > 0 {
				want = s.hour(tt.last)
			}
			if n != tt.n || !last.Equal(want) || err != nil {
				t.Errorf("%d since %v, %v, want %d since %v", n, last, err, tt.n, want)
			}
		})
	}
}

func (s *shop) push(p domain.Push) {
	s.t.Helper()
	of := sqlitetest.Ok1[domain.Settings](s.t)(s.Settings(s.t.Context()))
	of.Push = p
	s.choose(of)
}

func (s *shop) agree(p domain.ProductID, f domain.Shared, v string) {
	s.t.Helper()
	s.planned(sync.Plan{Agree: []sync.Agreement{{Product: p, Ref: sqlitetest.RefOf(p), Field: f, Value: number(v).Decimal}}})
}

// onItsWay puts a push of a value into the file, in that state.
func (s *shop) onItsWay(p domain.ProductID, f domain.Shared, state sync.ItemState, v string) {
	s.t.Helper()
	s.execute(`UPDATE sync_item SET value = ? WHERE id = ?`, v, s.pushedItem(p, f, state))
}

// waits lets a field wait for a person, with that value of the catalogue.
func (s *shop) waits(p domain.ProductID, f domain.Shared, v string) {
	s.t.Helper()
	s.planned(sync.Plan{Open: []sync.Open{sqlitetest.Waiting(p, sqlitetest.RefOf(p), f, sync.WhyJump, "100", v, "100")}})
}

// said lets a person have said something of a value of the catalogue.
func (s *shop) said(p domain.ProductID, f domain.Shared, kind sync.SaidKind, v string) {
	s.t.Helper()
	s.execute(`INSERT INTO sync_choice (product_id, field, owner, kind, ours, theirs, at, actor, sync_id) VALUES (?, ?, '', ?, ?, '1', ?, '', 9)`,
		p, f, kind, v, sqlitetest.Timed(s.DB.Now().UTC()))
}
