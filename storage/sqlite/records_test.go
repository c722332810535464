package sqlite

import (
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

func wantEqual[T any](t *testing.T, what string, got, want T, besides ...string) {
	t.Helper()
	for _, d := range domaintest.Differences(got, want, besides...) {
		t.Errorf("%s: %s", what, d)
	}
}

func ok1[T any](t *testing.T) func(v T, err error) T {
	t.Helper()
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestSaveSettings_carriesEachChoiceAndNotesIt(t *testing.T) {
	keys := map[string]string{
		"IntegrationOn": "integration", "Currency": "currency", "Pull": "pull", "AutoFormalise": "auto_formalise", "Scenario": "scenario", "Push": "push",
	}
	word := func(s domain.Settings, path string) string {
		if text := fmt.Sprint(reflect.ValueOf(s).FieldByName(path)); text != "" {
			return text
		}
		return "unset"
	}
	c := newCompany(t)
	clocked(c, 1)
	for path, want := range domaintest.Changed(domain.DefaultSettings(), domaintest.Fill[domain.Settings](0)) {
		for i, s := range []domain.Settings{want, domain.DefaultSettings()} { // there and back
			if err := c.SaveSettings(t.Context(), s, nil); err != nil {
				t.Fatal(err)
			}
			wantEqual(t, path, ok1[domain.Settings](t)(c.Settings(t.Context())), s)
			old := []domain.Settings{domain.DefaultSettings(), want}[i]
			wantNoted(t, c, "settings", map[string]any{"changes": map[string]any{keys[path]: []string{word(old, path), word(s, path)}}})
		}
	}
}

// Only the newest transfer that was confirmed counts, and only products that are bound and have a price.
func TestCircumstances_ofTransfersAndBoundPrices(t *testing.T) {
	c := newCompany(t)
	run := func(state transfer.State, confirmedAt time.Time) {
		t.Helper()
		if _, err := c.CreateRun(t.Context(), transfer.Run{State: state, Phase: transfer.PhaseRead, ConfirmedAt: confirmedAt}); err != nil {
			t.Fatal(err)
		}
	}
	transferring := func() bool { return ok1[domain.Circumstances](t)(c.Circumstances(t.Context())).Transferring }
	if transferring() {
		t.Error("no transfer, and it transfers")
	}
	run(transfer.StateApplying, domaintest.Moment)
	if !transferring() {
		t.Error("a transfer that applies")
	}
	run(transfer.StateDone, time.Time{})
	if !transferring() {
		t.Error("one that was never confirmed hides it")
	}
	run(transfer.StateDone, domaintest.Moment)
	run(transfer.StatePreparing, time.Time{})
	if transferring() {
		t.Error("one that is not confirmed, or an older one, counts")
	}
	products := save(t, c, domain.Product{Name: "a", Price: dec("1"), Currency: domain.USD}, domain.Product{Name: "b", Price: dec("1"), Currency: domain.USD},
		domain.Product{Name: "c", Currency: domain.USD}, domain.Product{Name: "d", Price: dec("1"), Currency: domain.EUR}, domain.Product{Name: "e", Price: dec("1"), Currency: domain.GBP})
	for _, p := range products[:4] {
		if _, err := c.db.write.ExecContext(t.Context(), `INSERT INTO binding VALUES (?, 1, ?, '')`, fmt.Sprint(p.ID), p.ID); err != nil {
			t.Fatal(err)
		}
	}
	around := ok1[domain.Circumstances](t)(c.Circumstances(t.Context()))
	wantEqual(t, "bound", around.BoundPrices, map[domain.Currency]int{domain.USD: 2, domain.EUR: 1})
}

func TestSaveConnection_carriesEachFieldAndNotesAnotherAccount(t *testing.T) {
	noted := map[string]bool{"Authorised": true, "UserName": true, "TenantID": true}
	base := domaintest.Fill[domain.Connection](0)
	base.KeyTail, base.SessionOnly = "", false // never stored
	for path, want := range domaintest.Changed(base, domaintest.Fill[domain.Connection](1)) {
		if path == "KeyTail" || path == "SessionOnly" {
			continue
		}
		c := newCompany(t)
		clocked(c, 1)
		for _, v := range []domain.Connection{base, want} {
			if err := c.SaveConnection(t.Context(), v); err != nil {
				t.Fatal(err)
			}
			wantEqual(t, path, ok1[domain.Connection](t)(c.Connection(t.Context())), v)
		}
		if n := entries(t, c); (n == 2) != noted[path] {
			t.Errorf("%s: %d entries in the history", path, n)
		}
		if noted[path] {
			wantNoted(t, c, "connection", map[string]any{"user": want.UserName, "tenant": want.TenantID})
		}
		if err := c.ForgetConnection(t.Context()); err != nil {
			t.Fatal(err)
		}
		wantNoted(t, c, "connection-forgotten", nil)
	}
}

func TestForgetConnection_closesTheIntegrationAlone(t *testing.T) {
	c := newCompany(t)
	s := domaintest.Fill[domain.Settings](0)
	if err := c.SaveSettings(t.Context(), s, nil); err != nil {
		t.Fatal(err)
	}
	if err := c.ForgetConnection(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.IntegrationOn = false
	wantEqual(t, "settings", ok1[domain.Settings](t)(c.Settings(t.Context())), s)
}

func TestSavePriceRules_carriesEachFieldOfEachRule(t *testing.T) {
	c := newCompany(t)
	version := int64(0)
	keep := func(what string, r pricing.Rules) {
		t.Helper()
		version++
		clocked(c, int(version))
		if err := c.SavePriceRules(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		r.Version = version
		wantEqual(t, what, ok1[pricing.Rules](t)(c.PriceRules(t.Context())), r)
		wantNoted(t, c, "price-rules", map[string]any{"version": version})
	}
	base := domaintest.Fill[pricing.Rules](0)
	for path, rule := range domaintest.Changed(domaintest.Fill[pricing.Rule](0), domaintest.Fill[pricing.Rule](1)) {
		global := base
		global.Global = &rule
		keep("global "+path, global)
		each := base
		each.Each = map[pricing.MarketplaceID]pricing.Rule{"n11": rule, "trendyol": *base.Global}
		keep("each "+path, each)
	}
	base.Each = map[pricing.MarketplaceID]pricing.Rule{}
	keep("none but the global one", base)
	keep("none", pricing.Rules{Each: base.Each, PerMarketplace: true})
	rows := rowsBy(t, c.db.read, `SELECT * FROM price_rule_version ORDER BY version DESC`)
	wantRow(t, "version", rows[0], map[string]any{"version": version, "per_marketplace": int64(1), "created_at": timed(c.db.now().UTC())})
	before := contents(t, c.db)
	bad := base
	bad.Each = map[pricing.MarketplaceID]pricing.Rule{everywhere: *base.Global}
	wantKind(t, c.SavePriceRules(t.Context(), bad), domain.KindInvalid)
	if !slices.Equal(contents(t, c.db), before) {
		t.Error("refused rules left something")
	}
}

func TestRates_carryEachField(t *testing.T) {
	c := newCompany(t)
	now := clocked(c, 1)
	var saved pricing.Rates
	for i, currency := range []domain.Currency{domain.EUR, domain.GBP, domain.USD} {
		saved = append(saved, pricing.Rate{Currency: currency, Day: pricing.Day(fmt.Sprintf("2026-11-2%d", i)), Value: decimal.New(int64(4125370+i), -5)})
	}
	for i, r := range saved {
		if err := c.SaveRates(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		wantNoted(t, c, "exchange-rate", map[string]any{"currency": r.Currency, "day": r.Day, "rate": r.Value.String()})
		if n := entries(t, c); n != i+1 {
			t.Errorf("%d entries", n)
		}
	}
	wantEqual(t, "rates", ok1[pricing.Rates](t)(c.Rates(t.Context())), saved)
	again := clocked(c, 2)
	saved[1].Value = decimal.New(9, 0)
	if err := c.SaveRates(t.Context(), saved[1]); err != nil {
		t.Fatal(err)
	}
	wantEqual(t, "rates again", ok1[pricing.Rates](t)(c.Rates(t.Context())), saved)
	for i, row := range rowsBy(t, c.db.read, `SELECT * FROM exchange_rate ORDER BY currency`) {
		at := now
		if i == 1 {
			at = again
		}
		wantRow(t, "rate", row, map[string]any{
			"currency": string(saved[i].Currency), "day": string(saved[i].Day), "rate": saved[i].Value.String(), "saved_at": timed(at),
		})
	}
	// A rate is taken away by currency and day; either alone is another rate.
	wantKind(t, c.RemoveRate(t.Context(), saved[0].Currency, saved[1].Day), domain.KindNotFound)
	wantKind(t, c.RemoveRate(t.Context(), saved[1].Currency, saved[0].Day), domain.KindNotFound)
	if err := c.RemoveRate(t.Context(), saved[1].Currency, saved[1].Day); err != nil {
		t.Fatal(err)
	}
	wantNoted(t, c, "exchange-rate-removed", map[string]any{"currency": saved[1].Currency, "day": saved[1].Day, "rate": "9"})
	wantEqual(t, "what is left", ok1[pricing.Rates](t)(c.Rates(t.Context())), pricing.Rates{saved[0], saved[2]})
}

func TestApprovePrices_carriesEachFieldThereAndBack(t *testing.T) {
	c := newCompany(t)
	c.actor = "zeynep"
	addProducts(t, c, 2)
	row := func(p pricing.Approved, at time.Time) map[string]any {
		return map[string]any{
			"product_id": int64(p.Product), "marketplace": string(p.Marketplace), "price": p.Price.String(), "base": p.Base.String(),
			"currency": string(p.Currency), "rate": decText(p.Rate), "version": p.Version, "approved_at": timed(at),
		}
	}
	stored := func(what string, want ...map[string]any) {
		t.Helper()
		rows := rowsBy(t, c.db.read, `SELECT * FROM approved_price ORDER BY product_id, marketplace`)
		if len(rows) != len(want) {
			t.Fatalf("%s: %d prices, want %d", what, len(rows), len(want))
		}
		for i, w := range want {
			wantRow(t, what, rows[i], w)
		}
	}
	approve := func(prices ...pricing.Approved) {
		t.Helper()
		if n, err := c.ApprovePrices(t.Context(), approvals(nil, prices...)); err != nil || n != len(prices) {
			t.Fatal(n, err)
		}
		wantNoted(t, c, "prices-approved", map[string]any{"prices": len(prices)})
	}
	undo := func(want int) {
		t.Helper()
		if n, err := c.UndoApproval(t.Context()); err != nil || n != want {
			t.Fatal(n, err)
		}
		wantNoted(t, c, "prices-approval-undone", map[string]any{"prices": want})
	}
	base := domaintest.Fill[pricing.Approved](0)
	base.Product, base.Marketplace = 1, "n11"
	hour := 1
	for path, p := range domaintest.Changed(base, domaintest.Fill[pricing.Approved](1)) {
		if path == "Product" {
			p.Product = 2
		}
		at := clocked(c, hour)
		approve(base)
		stored(path, row(base, at))
		again := clocked(c, hour+1)
		approve(p)
		switch path {
		case "Product", "Marketplace": // it stands beside the other one
			if path == "Marketplace" && p.Marketplace < base.Marketplace {
				stored(path, row(p, again), row(base, at))
			} else {
				stored(path, row(base, at), row(p, again))
			}
		default:
			stored(path, row(p, again))
		}
		clocked(c, hour+2)
		undo(1)
		stored(path+" taken back", row(base, at))
		noted := entries(t, c)
		if n, err := c.UndoApproval(t.Context()); n != 0 || err != nil || entries(t, c) != noted {
			t.Errorf("%s taken back twice: %d, %v", path, n, err)
		}
		hour += 3
	}
	// An approval of nothing is none: it leaves what the last one replaced.
	other := base
	other.Price = decimal.New(1, 0)
	approve(other)
	noted := entries(t, c)
	if n, err := c.ApprovePrices(t.Context(), approvals(nil)); n != 0 || err != nil || entries(t, c) != noted {
		t.Errorf("%d, %v", n, err)
	}
	undo(1)
	// Only the last approval is remembered.
	approve(other)
	second := other
	second.Product = 2
	approve(second)
	undo(1)
	rest := rowsBy(t, c.db.read, `SELECT price FROM approved_price`)
	if len(rest) != 1 || rest[0]["price"] != "1" {
		t.Errorf("%v", rest)
	}
}

func TestRemoveMarketplace_looksForWhatNamesIt(t *testing.T) {
	rule := domaintest.Fill[pricing.Rule](0)
	rules := func(t *testing.T, c *Company, ids ...pricing.MarketplaceID) {
		t.Helper()
		r := pricing.Rules{Each: map[pricing.MarketplaceID]pricing.Rule{}}
		for _, id := range ids {
			r.Each[id] = rule
		}
		if err := c.SavePriceRules(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	approve := func(t *testing.T, c *Company, m pricing.MarketplaceID) {
		t.Helper()
		if _, err := c.ApprovePrices(t.Context(), approvals(nil, pricing.Approved{Product: 1, Marketplace: m})); err != nil {
			t.Fatal(err)
		}
	}
	for name, test := range map[string]struct {
		named    func(t *testing.T, c *Company)
		refused  bool
		archived int
	}{
		"nothing":                    {func(*testing.T, *Company) {}, false, 0},
		"rules of another one":       {func(t *testing.T, c *Company) { t.Helper(); rules(t, c, "own-y"); approve(t, c, "own-y") }, false, 0},
		"a rule in force":            {func(t *testing.T, c *Company) { t.Helper(); rules(t, c); rules(t, c, "own-x") }, true, 0},
		"a rule of the past":         {func(t *testing.T, c *Company) { t.Helper(); rules(t, c, "own-x"); rules(t, c, "own-y") }, false, 1},
		"an approved price":          {func(t *testing.T, c *Company) { t.Helper(); approve(t, c, "own-x"); approve(t, c, "own-y") }, false, 1},
		"an approval to take back":   {func(t *testing.T, c *Company) { t.Helper(); approve(t, c, "own-x"); mustDelete(t, c, "approved_price") }, false, 1},
		"a price that was not to be": {func(t *testing.T, c *Company) { t.Helper(); approve(t, c, "own-x"); mustDelete(t, c, "approval_undo") }, false, 1},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCompany(t)
			addProducts(t, c, 1)
			for _, m := range []string{"x", "y"} {
				clocked(c, 1)
				addMarketplace(t, c, m)
				wantNoted(t, c, "marketplace-added", map[string]any{"marketplace": m})
			}
			test.named(t, c)
			noted, at := entries(t, c), clocked(c, 2)
			err := c.RemoveMarketplace(t.Context(), "own-x")
			if test.refused {
				wantKind(t, err, domain.KindInvalid)
				if ownNames(t, c) != "own-x=x own-y=y " || entries(t, c) != noted {
					t.Errorf("refused, and gone: %s", ownNames(t, c))
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			wantNoted(t, c, "marketplace-removed", map[string]any{"marketplace": "x"})
			if ownNames(t, c) != "own-y=y " {
				t.Errorf("left: %s", ownNames(t, c))
			}
			if n := count(t, c, `SELECT count(*) FROM marketplace WHERE id = 'own-x' AND archived_at = ?`, timed(at)); n != test.archived {
				t.Errorf("%d archived", n)
			}
		})
	}
}

func mustDelete(t *testing.T, c *Company, table string) {
	t.Helper()
	if _, err := c.db.write.ExecContext(t.Context(), `DELETE FROM `+table); err != nil {
		t.Fatal(err)
	}
}

func TestMarketplaces_comeBackAndAreRenamedByTheirID(t *testing.T) {
	c := newCompany(t)
	c.Shipped = shipped
	addProducts(t, c, 1)
	hour := 0
	tick := func() { hour++; clocked(c, hour) }
	archive := func(id pricing.MarketplaceID) {
		t.Helper()
		tick()
		if _, err := c.ApprovePrices(t.Context(), approvals(nil, pricing.Approved{Product: 1, Marketplace: id})); err != nil {
			t.Fatal(err)
		}
		if err := c.RemoveMarketplace(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
	rename := func(id pricing.MarketplaceID, name string) {
		t.Helper()
		tick()
		if err := c.RenameMarketplace(t.Context(), id, name); err != nil {
			t.Fatal(err)
		}
	}
	tick()
	addMarketplace(t, c, "Zeta")
	tick()
	addMarketplace(t, c, "Alfa")
	if got := ownNames(t, c); got != "own-zeta=Zeta own-alfa=Alfa " {
		t.Errorf("in the order of adding: %s", got)
	}
	rename("own-alfa", "Beta")
	wantNoted(t, c, "marketplace-renamed", map[string]any{"marketplace": "Alfa", "name": "Beta"})
	noted := entries(t, c)
	rename("own-alfa", " Beta ")
	if entries(t, c) != noted {
		t.Error("a name that stays is noted")
	}
	wantKind(t, c.RenameMarketplace(t.Context(), "Beta", "Gama"), domain.KindNotFound) // a name is no id
	rename("own-alfa", "BETA")                                                         // its own name in capitals
	archive("own-alfa")
	rename("own-zeta", "Beta") // the name is free
	archive("own-zeta")
	tick()
	if m := addMarketplace(t, c, "beta"); m.ID != "own-zeta" || m.Name != "beta" || !m.Own {
		t.Errorf("of two of that name %+v comes back, not the one that went last", m)
	}
	wantNoted(t, c, "marketplace-added", map[string]any{"marketplace": "beta"})
	all := ok1[pricing.Marketplaces](t)(c.Marketplaces(t.Context()))
	wantEqual(t, "all", all, append(slices.Clone(shipped), pricing.Marketplace{ID: "own-zeta", Name: "beta", Own: true}))
	tick()
	if m := addMarketplace(t, c, "Alfa"); m.ID != "own-alfa-2" { // the id of one that is archived is never given again
		t.Errorf("%+v", m)
	}
	rows := rowsBy(t, c.db.read, `SELECT * FROM marketplace WHERE id = 'own-alfa-2'`)
	wantRow(t, "added", rows[0], map[string]any{"id": "own-alfa-2", "name": "Alfa", "added_at": timed(c.db.now().UTC()), "archived_at": nil})
	// Added in the same moment, they stand by id.
	addMarketplace(t, c, "b")
	addMarketplace(t, c, "a")
	if got := ownNames(t, c); !strings.HasSuffix(got, "own-a=a own-alfa-2=Alfa own-b=b ") {
		t.Errorf("%s", got)
	}
}

func TestQuotaLimits_readWhatCanBeALimit(t *testing.T) {
	c := newCompany(t)
	clocked(c, 1)
	if err := c.SaveQuotaLimits(t.Context(), quota.Limits{Reads: 61, Writes: 72}); err != nil {
		t.Fatal(err)
	}
	wantNoted(t, c, "quota-limits", map[string]any{"reads": 61, "writes": 72})
	if err := c.SaveQuotaLimits(t.Context(), quota.Limits{Reads: 6, Writes: 7}); err != nil {
		t.Fatal(err)
	}
	wantEqual(t, "limits", ok1[quota.Limits](t)(c.QuotaLimits(t.Context())), quota.Limits{Reads: 6, Writes: 7})
	for value, want := range map[string]int{"0": 0, "-1": 0, "1": 1, "2": 2, "": 0, "x": 0, "1.5": 0} {
		for key, limits := range map[string]quota.Limits{settingReads: {Reads: want, Writes: 7}, settingWrites: {Reads: 6, Writes: want}} {
			if limits.Reads == 0 {
				limits.Reads = quota.ReadLimit
			}
			if limits.Writes == 0 {
				limits.Writes = quota.WriteLimit
			}
			if err := c.SaveQuotaLimits(t.Context(), quota.Limits{Reads: 6, Writes: 7}); err != nil {
				t.Fatal(err)
			}
			if _, err := c.db.write.ExecContext(t.Context(), `UPDATE setting SET value = ? WHERE key = ?`, value, key); err != nil {
				t.Fatal(err)
			}
			wantEqual(t, key+" "+value, ok1[quota.Limits](t)(c.QuotaLimits(t.Context())), limits)
		}
	}
}

func TestBook_countsByMonthAndKindAndNeverBelowZero(t *testing.T) {
	c := newCompany(t)
	want := map[string]map[quota.Kind]int{"2026-11": {}, "2026-12": {}}
	for i, n := range []int{20, 1, -1, -20, -1, 5, -4, -2, 7} {
		for month, kinds := range want {
			for j, k := range []quota.Kind{quota.Read, quota.Write, quota.SignIn} {
				calls := n + j*i
				if month == "2026-12" {
					calls = -calls
				}
				if err := c.Book(t.Context(), month, k, calls); err != nil {
					t.Fatal(err)
				}
				kinds[k] = max(0, kinds[k]+calls)
			}
		}
		for month, kinds := range want {
			wantEqual(t, fmt.Sprint(month, i), ok1[map[quota.Kind]int](t)(c.Booked(t.Context(), month)), kinds)
		}
	}
}

func TestSaveExhausted_carriesEachTimeAndNotesBeginAndEnd(t *testing.T) {
	c := newCompany(t)
	clocked(c, 1)
	base := domaintest.Fill[quota.Exhaustion](0)
	want := map[quota.Kind]quota.Exhaustion{}
	save := func(k quota.Kind, x quota.Exhaustion, what string) {
		t.Helper()
		noted := entries(t, c)
		if err := c.SaveExhausted(t.Context(), k, x); err != nil {
			t.Fatal(err)
		}
		if want[k] = x; !x.Is() {
			delete(want, k)
		}
		wantEqual(t, what, ok1[map[quota.Kind]quota.Exhaustion](t)(c.Exhausted(t.Context())), want)
		if what == "" {
			if entries(t, c) != noted {
				t.Errorf("%s: noted", k)
			}
			return
		}
		wantNoted(t, c, what, map[string]any{"kind": k})
	}
	save(quota.Write, quota.Exhaustion{}, "")
	save(quota.Read, base, "quota-exhausted")
	save(quota.Write, domaintest.Fill[quota.Exhaustion](2), "quota-exhausted")
	for _, x := range domaintest.Changed(base, domaintest.Fill[quota.Exhaustion](1)) {
		save(quota.Read, x, "")
	}
	save(quota.Read, quota.Exhaustion{}, "quota-reopened")
	save(quota.Read, quota.Exhaustion{}, "")
	save(quota.Write, quota.Exhaustion{}, "quota-reopened")
}

func TestRemember_keepsTheTimeOfTheLastAnswer(t *testing.T) {
	c := newCompany(t)
	for i, answer := range []string{"denied", "allowed"} {
		at := clocked(c, i)
		if err := c.Remember(t.Context(), "stock:1", answer); err != nil {
			t.Fatal(err)
		}
		wantRow(t, answer, rowsBy(t, c.db.read, `SELECT * FROM probe`)[0], map[string]any{"name": "stock:1", "answer": answer, "at": timed(at)})
	}
}

var letterStates = []mail.State{mail.StateQueued, mail.StateSending, mail.StateSent, mail.StateUnknown, mail.StateRefused, mail.StateDismissed}

// letterIn queues a letter of a seed and moves it.
func letterIn(t *testing.T, c *Company, seed int, state mail.State) mail.Letter {
	t.Helper()
	l := ok1[mail.Letter](t)(c.QueueLetter(t.Context(), domaintest.Fill[mail.Letter](seed)))
	return move(t, c, l, state)
}

func TestQueueLetter_carriesEachField(t *testing.T) {
	c := newCompany(t)
	now := clocked(c, 1)
	given := domaintest.Fill[mail.Letter](0)
	want := given
	want.ID, want.State, want.Attempts, want.NextAt, want.Cause, want.Detail, want.CreatedAt, want.ChangedAt = 1, mail.StateQueued, 0, time.Time{}, "", "", now, now
	queued := ok1[mail.Letter](t)(c.QueueLetter(t.Context(), given))
	wantEqual(t, "given", queued, want, "Attempts", "NextAt", "Cause", "Detail")
	wantEqual(t, "read", ok1[mail.Letter](t)(c.Letter(t.Context(), queued.ID)), want)
	short := want
	short.Content.Text, short.Content.HTML, short.Content.File.Type, short.Content.File.Data = "", "", "", nil
	listed, total, err := c.Letters(t.Context(), mail.Query{})
	if err != nil || total != 1 {
		t.Fatal(total, err)
	}
	wantEqual(t, "listed", listed, []mail.Letter{short})
	wantEqual(t, "due", ok1[[]mail.Letter](t)(c.DueLetters(t.Context(), now)), []mail.Letter{short})
	for search, n := range map[string]int{
		domain.Fold(given.To): 1, string(given.Content.Subject): 1, given.To + " " + given.Content.Subject: 1, given.Content.Text: 0, given.MessageID: 0,
		strings.ReplaceAll(given.To+given.Content.Subject, " ", ""): 0,
	} {
		if _, total, err := c.Letters(t.Context(), mail.Query{Search: search}); err != nil || total != n {
			t.Errorf("%q finds %d, %v", search, total, err)
		}
	}
	if entries(t, c) != 0 {
		t.Error("a letter that waits is noted")
	}
}

func TestSaveLetter_movesALetterFromWhereItStands(t *testing.T) {
	c := newCompany(t)
	clocked(c, 1)
	other := letterIn(t, c, 1, mail.StateUnknown)
	for i, from := range letterStates {
		for j, to := range letterStates {
			clocked(c, 1)
			l := letterIn(t, c, 10*i+j+3, from)
			stored := ok1[mail.Letter](t)(c.Letter(t.Context(), l.ID))
			noted := entries(t, c)
			// What the letter says and when it was made is no part of where it stands.
			moved := domaintest.Fill[mail.Letter](2)
			moved.ID, moved.State = l.ID, to
			now := clocked(c, 2)
			for _, wrong := range letterStates {
				if wrong != from {
					wantKind(t, c.SaveLetter(t.Context(), moved, wrong), domain.KindState)
				}
			}
			if err := c.SaveLetter(t.Context(), moved, from); err != nil {
				t.Fatal(err)
			}
			want := stored
			want.State, want.Attempts, want.NextAt, want.Cause, want.Detail, want.ChangedAt = to, moved.Attempts, moved.NextAt, moved.Cause, moved.Detail, now
			if to == mail.StateSent || to == mail.StateDismissed {
				want.Content.Text, want.Content.HTML, want.Content.File.Data = "", "", nil
			}
			wantEqual(t, fmt.Sprint(from, " to ", to), ok1[mail.Letter](t)(c.Letter(t.Context(), l.ID)), want)
			if to == mail.StateQueued || to == mail.StateSending {
				if entries(t, c) != noted {
					t.Errorf("%s is noted", to)
				}
			} else {
				wantNoted(t, c, "mail-"+string(to), map[string]any{"transfer": moved.RunID, "to": moved.To})
			}
			if kept := ok1[mail.Letter](t)(c.Letter(t.Context(), other.ID)); kept.Content.Text == "" || kept.Attempts != other.Attempts {
				t.Errorf("another letter: %+v", kept)
			}
		}
	}
	wantKind(t, c.SaveLetter(t.Context(), mail.Letter{ID: 4711}, mail.StateQueued), domain.KindState)
}

func TestLetters_inEveryStateListedDueAndRecovered(t *testing.T) {
	c := newCompany(t)
	now := clocked(c, 1)
	byState := map[mail.State][]int64{}
	var newest []int64
	for seed, at := range []time.Time{{}, now.Add(-time.Millisecond), now, now.Add(time.Millisecond)} {
		for i, s := range letterStates {
			l := domaintest.Fill[mail.Letter](10*seed + i)
			l = ok1[mail.Letter](t)(c.QueueLetter(t.Context(), l))
			l.NextAt = at
			l = move(t, c, l, s)
			byState[s] = append(byState[s], l.ID)
			newest = append([]int64{l.ID}, newest...)
		}
	}
	ids := func(letters []mail.Letter) (all []int64) {
		for _, l := range letters {
			all = append(all, l.ID)
		}
		return all
	}
	open := slices.DeleteFunc(slices.Clone(newest), func(id int64) bool {
		return slices.Contains(byState[mail.StateSent], id) || slices.Contains(byState[mail.StateDismissed], id)
	})
	for i, test := range []struct {
		q     mail.Query
		want  []int64
		total int
	}{
		{mail.Query{}, newest, 24},
		{mail.Query{Open: true}, open, 16},
		{mail.Query{Open: true, Limit: 3, Offset: 2}, open[2:5], 16},
		{mail.Query{Limit: 24}, newest, 24},
		{mail.Query{Limit: 5, Offset: 22}, newest[22:], 24},
		{mail.Query{Limit: 5, Offset: 24}, nil, 24},
	} {
		letters, total, err := c.Letters(t.Context(), test.q)
		if err != nil || total != test.total || !slices.Equal(ids(letters), test.want) {
			t.Errorf("%d: %v of %d, %v", i, ids(letters), total, err)
		}
	}
	if due := ids(ok1[[]mail.Letter](t)(c.DueLetters(t.Context(), now))); !slices.Equal(due, byState[mail.StateQueued][:3]) {
		t.Errorf("due %v of %v", due, byState[mail.StateQueued])
	}
	before := map[int64]mail.Letter{}
	for _, id := range newest {
		before[id] = ok1[mail.Letter](t)(c.Letter(t.Context(), id))
	}
	noted, at := entries(t, c), clocked(c, 2)
	if n, err := c.RecoverLetters(t.Context()); err != nil || n != 4 || entries(t, c) != noted+4 {
		t.Errorf("%d recovered, %v", n, err)
	}
	last := before[byState[mail.StateSending][3]]
	wantNoted(t, c, "mail-unknown", map[string]any{"transfer": last.RunID, "to": last.To})
	for id, want := range before {
		if want.State == mail.StateSending {
			want.State, want.Cause, want.ChangedAt = mail.StateUnknown, domain.KindMailUnknown, at
		}
		wantEqual(t, fmt.Sprint("recovered ", id), ok1[mail.Letter](t)(c.Letter(t.Context(), id)), want)
	}
}

func TestSaveCompany_carriesEachField(t *testing.T) {
	m := openMachine(t, filepath.Join(t.TempDir(), "sopyo.db"))
	at := domaintest.Moment
	m.db.now = func() time.Time { return at }
	base := domaintest.Fill[domain.Company](0)
	for path, c := range domaintest.Changed(base, domaintest.Fill[domain.Company](1)) {
		for _, v := range []domain.Company{base, c} {
			if err := m.SaveCompany(t.Context(), v); err != nil {
				t.Fatal(err)
			}
		}
		got := ok1[[]domain.Company](t)(m.Companies(t.Context()))
		want := []domain.Company{c}
		if path == "ID" {
			want = []domain.Company{base, c}
		}
		slices.SortFunc(want, func(a, b domain.Company) int { return strings.Compare(string(a.ID), string(b.ID)) })
		wantEqual(t, path, got, want)
		if path == "ID" {
			if err := m.RemoveCompany(t.Context(), c.ID); err != nil {
				t.Fatal(err)
			}
			wantEqual(t, "left", ok1[[]domain.Company](t)(m.Companies(t.Context())), []domain.Company{base})
		}
	}
	at = at.Add(-time.Hour) // the clock was set back: the order of adding is that of the clock
	first := domaintest.Fill[domain.Company](3)
	first.ID = "zzz"
	if err := m.SaveCompany(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	if got := ok1[[]domain.Company](t)(m.Companies(t.Context())); got[0].ID != "zzz" {
		t.Errorf("%+v", got)
	}
}

func TestHistory_carriesEachFieldPageByPage(t *testing.T) {
	c := newCompany(t)
	for i := range 5 {
		clocked(c, i)
		c.actor = fmt.Sprint("kişi ", i)
		if err := c.Remember(t.Context(), "no entry", ""); err != nil {
			t.Fatal(err)
		}
		if err := c.SaveRates(t.Context(), pricing.Rate{Currency: domain.USD, Day: pricing.Day(fmt.Sprintf("2026-11-0%d", i+1)), Value: decimal.New(1, 0)}); err != nil {
			t.Fatal(err)
		}
	}
	all, total, err := c.History(t.Context(), 0, 0)
	if err != nil || total != 5 || len(all) != 5 {
		t.Fatal(len(all), total, err)
	}
	for i, e := range all {
		n := 4 - i
		wantEqual(t, fmt.Sprint("entry ", n), e, HistoryEntry{
			At: clocked(c, n), Actor: fmt.Sprint("kişi ", n), What: "exchange-rate", Detail: fmt.Sprintf(`{"currency":"USD","day":"2026-11-0%d","rate":"1"}`, n+1),
		})
	}
	for skip := range 7 {
		page, total, err := c.History(t.Context(), 2, skip)
		if err != nil || total != 5 {
			t.Fatal(total, err)
		}
		wantEqual(t, fmt.Sprint("behind ", skip), page, all[min(skip, 5):min(skip+2, 5)])
	}
}
