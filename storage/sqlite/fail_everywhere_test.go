package sqlite

import (
	"context"
	"database/sql"
	"iter"
	"path/filepath"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// walked goes to the end of a sequence and gives its error; one that goes on behind its error, or ends
// without one, is told of by the answer.
func walked[T any](seq iter.Seq2[T, error]) (err error) {
	for _, e := range seq {
		if err != nil {
			panic("the sequence goes on behind its error")
		}
		err = e
	}
	return err
}

func TestCatalogue_failsWhole(t *testing.T) {
	c := newCompany(t)
	addProducts(t, c, 3)
	if _, err := c.db.write.ExecContext(t.Context(), `INSERT INTO binding VALUES ('1', 1, 1, '')`); err != nil {
		t.Fatal(err)
	}
	page := func(q domain.ProductQuery) failing {
		return doing("list "+string(q.Sort), func(ctx context.Context) error {
			_, _, err := c.ListProducts(ctx, q)
			return err
		})
	}
	find := func(code string) failing {
		return doing("find "+code, func(ctx context.Context) error {
			_, err := c.FindProducts(ctx, code)
			return err
		})
	}
	changed := func() []domain.Product {
		all, _, err := c.Products(t.Context(), domain.ProductQuery{})
		if err != nil {
			t.Fatal(err)
		}
		all[0].Name, all[1].Code, all[2].State = "Yeni", "YENİ", domain.ProductArchived
		return append(all, domain.Product{Code: "EK", Name: "Ek"})
	}()
	file := rowsOf([]domain.Product{
		{Code: "YENİ", Price: dec("3")},
		{Code: "KOD-00001"},
		{Barcode: "8690504012344", Name: "Bir"},
		{Code: "B", Barcode: "8690504012344", Name: "bir"},
		{Name: "Kodsuz"},
	})
	repair := doctor.Repair{What: doctor.Chosen, Fixes: []doctor.Fix{
		{Product: 1, Column: doctor.Code, From: "KOD-00001", To: "0001"},
		{Product: 3, Column: doctor.Barcode, To: "8690504012344"},
		{Product: 2, Column: doctor.Barcode, To: "8690504012351"},
	}}
	failEverywhere(t, c.db,
		page(domain.ProductQuery{}), page(domain.ProductQuery{Sort: domain.ProductsByBrand, Search: "ü"}),
		doing("page", func(ctx context.Context) error {
			_, _, err := c.Products(ctx, domain.ProductQuery{Sort: domain.ProductsByBinding, Limit: 2})
			return err
		}),
		find("KOD-00002"), find("8690504012344"),
		doing("all", func(ctx context.Context) error { return walked(c.AllProducts(ctx)) }),
		doing("each", func(ctx context.Context) error {
			return walked(c.EachProduct(ctx, domain.ProductQuery{Sort: domain.ProductsByBrand, Search: "ü"}))
		}),
		doing("rank", func(ctx context.Context) error {
			_, err := c.RankProducts(ctx, domain.ProductQuery{Sort: domain.ProductsByBrand})
			return err
		}),
		doing("pair", func(ctx context.Context) error {
			_, _, err := c.Pair(ctx, 1)
			return err
		}),
		doing("no pair", func(ctx context.Context) error {
			_, _, err := c.Pair(ctx, 2)
			return err
		}),
		failing{"save", func(ctx context.Context) (any, error) { return c.SaveProducts(ctx, changed...) }},
		failing{"plan an import", func(ctx context.Context) (any, error) { return c.PlanImport(ctx, file, quiet2) }},
		failing{"import", func(ctx context.Context) (any, error) { return c.ImportProducts(ctx, "a.csv", file, quiet2) }},
		failing{"repair", func(ctx context.Context) (any, error) { return c.Repair(ctx, repair, quiet) }},
		failing{"the last repair", func(ctx context.Context) (any, error) {
			_, ok, err := c.LastRepair(ctx)
			return ok, err
		}},
		failing{"take back", func(ctx context.Context) (any, error) { return c.UndoRepair(ctx, doctor.Repaired{ID: 1}, quiet) }},
		failing{"no last repair", func(ctx context.Context) (any, error) {
			_, ok, err := c.LastRepair(ctx)
			return ok, err
		}},
	)
	if done, err := c.ImportProducts(t.Context(), "a.csv", file, quiet2); err != nil || done != (listing.Tally{Unchanged: 4, Repeated: 1}) {
		t.Errorf("in the end: %+v, %v", done, err)
	}
}

func TestPrices_failWhole(t *testing.T) {
	c := newCompany(t)
	addProducts(t, c, 2)
	c.Shipped = shipped
	rule := domaintest.Fill[pricing.Rule](0)
	rules := pricing.Rules{Global: &rule, Each: map[pricing.MarketplaceID]pricing.Rule{"n11": rule, "own-a": rule}}
	rate := pricing.Rate{Currency: domain.USD, Day: "2026-11-23", Value: decimal.New(42, 0)}
	approve := func(price int64) failing {
		return failing{"approve", func(ctx context.Context) (any, error) {
			return c.ApprovePrices(ctx, approvals(nil, pricing.Approved{Product: 1, Marketplace: "own-c", Price: decimal.New(price, 0)},
				pricing.Approved{Product: 2, Marketplace: "n11", Price: decimal.New(price, 0)}))
		}}
	}
	add := func(name string) failing {
		return doing("add "+name, func(ctx context.Context) error {
			_, err := c.AddMarketplace(ctx, name)
			return err
		})
	}
	remove := func(id pricing.MarketplaceID) failing {
		return doing("remove "+string(id), func(ctx context.Context) error { return c.RemoveMarketplace(ctx, id) })
	}
	failEverywhere(t, c.db,
		doing("save rules", func(ctx context.Context) error { return c.SavePriceRules(ctx, rules) }),
		doing("rules", func(ctx context.Context) error {
			_, err := c.PriceRules(ctx)
			return err
		}),
		doing("sample", func(ctx context.Context) error {
			_, err := c.SamplePrices(ctx, 3)
			return err
		}),
		add("a"), add("b"), add("c"),
		doing("own", func(ctx context.Context) error {
			_, err := c.Marketplaces(ctx)
			return err
		}),
		doing("rename", func(ctx context.Context) error { return c.RenameMarketplace(ctx, "own-b", "Başka") }),
		approve(5), approve(6),
		doing("approved", func(ctx context.Context) error {
			_, err := c.ApprovedPrices(ctx)
			return err
		}),
		doing("active stock", func(ctx context.Context) error { return walked(c.ActiveStock(ctx)) }),
		doing("approved by product", func(ctx context.Context) error { return walked(c.ApprovedByProduct(ctx)) }),
		failing{"stock of", func(ctx context.Context) (any, error) { return c.StockOf(ctx, 1, 2) }},
		doing("priced in", func(ctx context.Context) error {
			_, err := c.PricedIn(ctx)
			return err
		}),
		doing("active products", func(ctx context.Context) error {
			_, err := c.ActiveProducts(ctx)
			return err
		}),
		failing{"take back", func(ctx context.Context) (any, error) { return c.UndoApproval(ctx) }},
		failing{"nothing to take back", func(ctx context.Context) (any, error) { return c.UndoApproval(ctx) }},
		remove("own-b"), remove("own-c"), add("c"), add("b"),
		doing("save rates", func(ctx context.Context) error { return c.SaveRates(ctx, rate, rate) }),
		doing("rates", func(ctx context.Context) error {
			_, err := c.Rates(ctx)
			return err
		}),
		doing("remove a rate", func(ctx context.Context) error { return c.RemoveRate(ctx, rate.Currency, rate.Day) }),
	)
}

func TestCompanysRecords_failWhole(t *testing.T) {
	c := newCompany(t)
	addProducts(t, c, 1)
	if _, err := c.db.write.ExecContext(t.Context(), `INSERT INTO binding VALUES ('1', 1, 1, '')`); err != nil {
		t.Fatal(err)
	}
	exhausted := domaintest.Fill[quota.Exhaustion](0)
	var letter mail.Letter
	failEverywhere(t, c.db,
		doing("save settings", func(ctx context.Context) error {
			return c.SaveSettings(ctx, domaintest.Fill[domain.Settings](0), nil)
		}),
		doing("settings", func(ctx context.Context) error {
			_, err := c.Settings(ctx)
			return err
		}),
		doing("circumstances", func(ctx context.Context) error {
			_, err := c.Circumstances(ctx)
			return err
		}),
		doing("save limits", func(ctx context.Context) error { return c.SaveQuotaLimits(ctx, quota.Limits{Reads: 5, Writes: 6}) }),
		doing("limits", func(ctx context.Context) error {
			_, err := c.QuotaLimits(ctx)
			return err
		}),
		doing("book", func(ctx context.Context) error { return c.Book(ctx, "2026-11", quota.Read, 3) }),
		doing("booked", func(ctx context.Context) error {
			_, err := c.Booked(ctx, "2026-11")
			return err
		}),
		doing("exhausted", func(ctx context.Context) error { return c.SaveExhausted(ctx, quota.Read, exhausted) }),
		doing("what is exhausted", func(ctx context.Context) error {
			_, err := c.Exhausted(ctx)
			return err
		}),
		doing("reopened", func(ctx context.Context) error { return c.SaveExhausted(ctx, quota.Read, quota.Exhaustion{}) }),
		doing("no answer", func(ctx context.Context) error {
			_, _, err := c.Answer(ctx, "stock:1")
			return err
		}),
		doing("remember", func(ctx context.Context) error { return c.Remember(ctx, "stock:1", "denied") }),
		failing{"answer", func(ctx context.Context) (any, error) {
			_, ok, err := c.Answer(ctx, "stock:1")
			return ok, err
		}},
		doing("save connection", func(ctx context.Context) error {
			return c.SaveConnection(ctx, domaintest.Fill[domain.Connection](0))
		}),
		doing("connection", func(ctx context.Context) error {
			_, err := c.Connection(ctx)
			return err
		}),
		doing("forget connection", c.ForgetConnection),
		doing("queue", func(ctx context.Context) (err error) {
			l, err := c.QueueLetter(ctx, testLetter("1@x"))
			if err == nil {
				letter = l
			}
			return err
		}),
		doing("letters", func(ctx context.Context) error {
			_, _, err := c.Letters(ctx, mail.Query{})
			return err
		}),
		doing("due letters", func(ctx context.Context) error {
			_, err := c.DueLetters(ctx, time.Now())
			return err
		}),
		doing("letter", func(ctx context.Context) error {
			_, err := c.Letter(ctx, letter.ID)
			return err
		}),
		doing("send", func(ctx context.Context) error {
			letter.State = mail.StateSending
			return c.SaveLetter(ctx, letter, mail.StateQueued)
		}),
		doing("recover", func(ctx context.Context) error {
			_, err := c.RecoverLetters(ctx)
			return err
		}),
		doing("dismiss", func(ctx context.Context) error {
			letter.State = mail.StateDismissed
			return c.SaveLetter(ctx, letter, mail.StateUnknown)
		}),
		doing("history", func(ctx context.Context) error {
			_, _, err := c.History(ctx, 3, 0)
			return err
		}),
	)
	if n := count(t, c, `SELECT count(*) FROM letter WHERE state = 'dismissed' AND text = ''`); n != 1 {
		t.Error("the letter did not come to its end")
	}
}

func TestMachine_failsWhole(t *testing.T) {
	m := openMachine(t, filepath.Join(t.TempDir(), "sopyo.db"))
	failEverywhere(t, m.db,
		doing("save company", func(ctx context.Context) error {
			return m.SaveCompany(ctx, domain.Company{ID: "alfa", Name: "Alfa"})
		}),
		doing("companies", func(ctx context.Context) error {
			_, err := m.Companies(ctx)
			return err
		}),
		doing("no preference", func(ctx context.Context) error {
			_, err := m.Preference(ctx, "language")
			return err
		}),
		doing("save preference", func(ctx context.Context) error { return m.SavePreference(ctx, "language", "tr") }),
		doing("preference", func(ctx context.Context) error {
			_, err := m.Preference(ctx, "language")
			return err
		}),
		doing("remove company", func(ctx context.Context) error { return m.RemoveCompany(ctx, "alfa") }),
	)
}

func TestMigrate_failsWhole(t *testing.T) {
	d, err := openTest(t, filepath.Join(t.TempDir(), "a.db"), testSchema(wide))
	if err != nil {
		t.Fatal(err)
	}
	failEverywhere(t, d,
		doing("nothing to do", func(ctx context.Context) error { return d.migrate(ctx, testSchema(wide)) }),
		doing("a step", func(ctx context.Context) error { return d.migrate(ctx, testSchema(wide, second)) }),
	)
	if rows := rowsBy(t, d.read, `SELECT name FROM thing`); len(rows) != 2 || rows[0]["name"] != "yeni" {
		t.Errorf("%v", rows)
	}
	broken := sql.ErrTxDone
	if got := d.writing(t.Context(), "do something", func(*sql.Tx) error { return broken }); domain.KindOf(got) != domain.KindInternal {
		t.Errorf("%v", got)
	}
}
