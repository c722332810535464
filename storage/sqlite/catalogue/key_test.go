package catalogue_test

import (
	"fmt"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/history"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// The guards of prices: every field stored, told and taken away, and both sides of every bound.
func TestGuards_carryEveryFieldAndAreTold(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	tick := sqlitetest.Clock(c)
	products := sqlitetest.Put(t, c, domaintest.Fill[domain.Product](0), domaintest.Fill[domain.Product](1))
	another := domaintest.Fill[pricing.Guards](3)
	sqlitetest.Must(t, sqlitetest.Guard(t.Context(), c, products[1].ID, another))
	absent := pricing.Guards{}
	base := domaintest.Fill[pricing.Guards](0)
	all := []pricing.Guards{base}
	for _, other := range []pricing.Guards{domaintest.Fill[pricing.Guards](1), absent} {
		for _, changed := range domaintest.Changed(base, other) {
			all = append(all, changed)
		}
	}
	all = append(all, absent, absent, base)
	p := products[0]
	was, told := absent, history.Entry{}
	for _, g := range all {
		at := tick()
		sqlitetest.Must(t, sqlitetest.Guard(t.Context(), c, p.ID, g))
		got, err := c.ProductGuards(t.Context(), p.ID)
		sqlitetest.Must(t, err)
		sqlitetest.WantSame(t, "of the product", got, g)
		guards, err := c.Guards(t.Context())
		sqlitetest.Must(t, err)
		sqlitetest.WantSame(t, "among all", guards[p.ID], g)
		sqlitetest.WantSame(t, "of another one", guards[products[1].ID], another)
		if _, has := guards[p.ID]; has != (g != absent) || len(guards) != 1+map[bool]int{true: 1}[has] {
			t.Errorf("%+v: all %v", g, guards)
		}
		if g == was { // what is as before is not told
			sqlitetest.WantSame(t, "history", sqlitetest.LastDone(t, c), told)
			continue
		}
		of := func(g pricing.Guards) map[string]any {
			return map[string]any{"minimum": sqlitetest.DecText(g.Minimum), "cost": sqlitetest.DecText(g.Cost)}
		}
		detail := sqlitetest.Changes(of(was), of(g))
		detail["product"], detail["code"] = p.ID, p.Code
		sqlitetest.WantTold(t, c, at, "price-guard", detail)
		was, told = g, sqlitetest.LastDone(t, c)
	}

	for text, refused := range map[string]string{"": "", "0": "", "0.0001": "", "30.1234": "", "-0.0001": "negative", "30.12345": "decimals", "-1.00001": "negative"} {
		at := tick()
		before, err := c.MaxPriceChange(t.Context())
		sqlitetest.Must(t, err)
		percent := before
		percent.Valid = false
		percent.Decimal = sqlitetest.Dec("0").Decimal
		if text != "" {
			percent = sqlitetest.Dec(text)
		}
		err = c.SaveMaxPriceChange(t.Context(), percent)
		if (err != nil) != (refused != "") || err != nil && fmt.Sprint(err) != fmt.Sprint(domain.Invalid("max-change", refused)) {
			t.Errorf("%q: %v", text, err)
		}
		want := percent
		if refused != "" {
			want = before
		} else if percent.Valid != before.Valid || !percent.Decimal.Equal(before.Decimal) {
			sqlitetest.WantTold(t, c, at, "price-max-change", sqlitetest.Changes(map[string]any{"percent": sqlitetest.DecText(before)}, map[string]any{"percent": sqlitetest.DecText(percent)}))
		}
		got, err := c.MaxPriceChange(t.Context())
		sqlitetest.Must(t, err)
		sqlitetest.WantSame(t, text, got, want)
	}
}
