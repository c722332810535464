package transfer_test

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
	storedtransfer "github.com/sopyo/sopyo-desktop/storage/sqlite/transfer"
)

func takeBack(t *testing.T, c *sqlitetest.Company, id int64) transfer.Decided {
	t.Helper()
	out, err := c.TakeBack(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	sqlitetest.WantSound(t, c)
	return out
}

// shop is a catalogue and an İşbaşı: A pairs by code, B could be paired by hand, X is free and nobody's.
func shop(t *testing.T) (c *sqlitetest.Company, run transfer.Run) {
	t.Helper()
	c = sqlitetest.NewCompany(t)
	sqlitetest.Fill(t, c, []domain.Product{
		{Code: "A", Name: "Ay çekirdeği", Price: sqlitetest.Dec("10"), Stock: sqlitetest.Dec("1"), Currency: domain.TRY},
		{Code: "B-YENI", Name: "Bal", Price: sqlitetest.Dec("20"), Stock: sqlitetest.Dec("2"), Currency: domain.TRY},
		{Code: "X", Name: "Xylit", Price: sqlitetest.Dec("30"), Stock: sqlitetest.Dec("3"), Currency: domain.TRY},
	})
	remote := func(id domain.RemoteID, code domain.Code, name, price string) domain.RemoteProduct {
		return domain.RemoteProduct{ID: id, Type: storedtransfer.TypeProduct, Code: code, Name: name, Active: true, Currency: domain.TRY, Price: sqlitetest.Dec(price), Stock: sqlitetest.Dec("9")}
	}
	run = sqlitetest.Transferred(t, c, transfer.DefaultOptions(domain.TRY),
		remote("1", "A", "AY ÇEKİRDEĞİ", "11"), remote("2", "B", "BAL", "22"), remote("3", "C", "CEVİZ", "33"), remote("4", "D", "DUT", "44"))
	if n := run.Counters; n.Matched != 1 || n.Unmatched != 3 {
		t.Fatalf("counters %+v", n)
	}
	sqlitetest.WantSound(t, c)
	return c, run
}

func rowOf(t *testing.T, c *sqlitetest.Company, run int64, id domain.RemoteID) transfer.Row {
	t.Helper()
	rows, _, err := c.Rows(t.Context(), transfer.Query{RunID: run})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if r.Remote.ID == id {
			return r.Row
		}
	}
	t.Fatalf("no row %s", id)
	return transfer.Row{}
}

func boundTo(t *testing.T, c *sqlitetest.Company, id domain.RemoteID) domain.ProductID {
	t.Helper()
	return domain.ProductID(sqlitetest.Count(t, c, `SELECT coalesce((SELECT product_id FROM binding WHERE remote_id = ?), 0)`, id))
}

// image is everything that decisions and undo have to bring back.
func image(t *testing.T, c *sqlitetest.Company) string {
	t.Helper()
	var text string
	err := c.DB.Reader.QueryRowContext(t.Context(), `SELECT json_array(
		(SELECT json_group_array(json_array(id, code, barcode, name, brand, description, price, currency, stock, vat_rate, state, revision, source,
			price_at, price_from, price_by, stock_at, stock_from, stock_by)) FROM (SELECT * FROM product ORDER BY id)),
		(SELECT json_group_array(json_array(product_id, remote_id, type, field, value, transfer_id, decision_id, sync_id)) FROM (SELECT * FROM agreed ORDER BY id)),
		(SELECT json_group_array(json_array(remote_id, type, product_id)) FROM (SELECT * FROM binding ORDER BY remote_id)),
		(SELECT json_group_array(json_array(remote_id, type, product_id)) FROM (SELECT * FROM separation ORDER BY remote_id, product_id)),
		(SELECT json_group_array(json_array(remote_id, type)) FROM (SELECT * FROM ignored ORDER BY remote_id)))`).Scan(&text)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// rowsImage is what the rows and counters of all transfers say.
func rowsImage(t *testing.T, c *sqlitetest.Company) string {
	t.Helper()
	var text string
	err := c.DB.Reader.QueryRowContext(t.Context(), `SELECT json_array(
		(SELECT json_group_array(json_array(remote_id, tier, reason, candidates, flag, product_id, outcome, notes, decided, applied_price, applied_stock)) FROM (SELECT * FROM transfer_row ORDER BY id)),
		(SELECT json_group_array(json_array(id, read, matched, unmatched, skipped, failed, pending)) FROM (SELECT * FROM transfer ORDER BY id)))`).Scan(&text)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestDecide_pairTakesTheValuesAndTurnsOrangeIntoGreen(t *testing.T) {
	c, run := shop(t)
	b := sqlitetest.ProductByCode(t, c, "B-YENI")
	out := sqlitetest.Decide(t, c, run.ID, transfer.Decision{Kind: transfer.DecidePair, Remote: "2", Product: b.ID})
	if out.Done != 1 || out.ID == 0 || len(out.Refused) != 0 || out.Run.Counters.Matched != 2 || out.Run.Counters.Unmatched != 2 {
		t.Errorf("%+v", out)
	}
	now := sqlitetest.ProductByCode(t, c, "B-YENI")
	if !catalogue.SameDecimal(now.Price, sqlitetest.Dec("22")) || !catalogue.SameDecimal(now.Stock, sqlitetest.Dec("9")) || now.Name != "Bal" || now.Revision != b.Revision+1 || boundTo(t, c, "2") != b.ID {
		t.Errorf("%+v", now)
	}
	r := rowOf(t, c, run.ID, "2")
	if r.Outcome != transfer.OutcomeMatched || r.Decided != transfer.DecidePair || r.ProductID != b.ID || !catalogue.SameDecimal(r.Applied.Price, sqlitetest.Dec("22")) {
		t.Errorf("%+v", r)
	}
	again := sqlitetest.Transferred(t, c, run.Options, domain.RemoteProduct{ID: "2", Type: storedtransfer.TypeProduct, Code: "B", Name: "BAL", Active: true, Price: sqlitetest.Dec("25")})
	if got := rowOf(t, c, again.ID, "2"); got.Tier != matching.TierKnown || got.ProductID != b.ID {
		t.Errorf("the next transfer says %+v", got)
	}
}

func TestDecide_createMakesOneProductOfACodeAndStaysOrange(t *testing.T) {
	c, run := shop(t)
	out := sqlitetest.Decide(t, c, run.ID,
		transfer.Decision{Kind: transfer.DecideCreate, Remote: "3"}, transfer.Decision{Kind: transfer.DecideCreate, Remote: "3"})
	if out.Done != 1 || len(out.Refused) != 1 || out.Refused[0].Why != transfer.RefusedBoundRemote || out.Run.Counters != run.Counters {
		t.Errorf("%+v", out)
	}
	p := sqlitetest.ProductByCode(t, c, "C")
	if p.Name != "CEVİZ" || p.State != domain.ProductActive || !catalogue.SameDecimal(p.Price, sqlitetest.Dec("33")) || boundTo(t, c, "3") != p.ID {
		t.Errorf("%+v", p)
	}
	if r := rowOf(t, c, run.ID, "3"); r.Outcome != transfer.OutcomeUnmatched || r.Decided != transfer.DecideCreate || r.ProductID != p.ID {
		t.Errorf("%+v", r)
	}
	if _, err := c.SaveProducts(t.Context(), domain.Product{Code: "D", Name: "Başka"}); err != nil {
		t.Fatal(err)
	}
	out = sqlitetest.Decide(t, c, run.ID, transfer.Decision{Kind: transfer.DecideCreate, Remote: "4"})
	if out.Done != 0 || out.ID != 0 || out.Refused[0].Why != transfer.RefusedCodeTaken {
		t.Errorf("%+v", out)
	}
}

func TestDecide_createMakesADraftWhereTheWizardWould(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	o := transfer.DefaultOptions(domain.TRY)
	o.Unmatched = transfer.UnmatchedDraft
	in := domain.RemoteProduct{ID: "5", Type: storedtransfer.TypeProduct, Barcode: "2000000000015", Name: "Tartılı", Active: true}
	run := sqlitetest.Transferred(t, c, o, in) // an in-store number: listed, not created
	sqlitetest.Decide(t, c, run.ID, transfer.Decision{Kind: transfer.DecideCreate, Remote: "5"})
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM product WHERE state = 'draft' AND name = 'Tartılı'`); n != 1 {
		t.Errorf("%d drafts", n)
	}
}

func TestDecide_ignoreIsAListOfItsOwn(t *testing.T) {
	c, run := shop(t)
	list := func(p transfer.Part) (ids []domain.RemoteID) {
		rows, _, err := c.Rows(t.Context(), transfer.Query{RunID: run.ID, Part: p})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			ids = append(ids, r.Remote.ID)
		}
		return ids
	}
	out := sqlitetest.Decide(t, c, run.ID, transfer.Decision{Kind: transfer.DecideIgnore, Remote: "3"}, transfer.Decision{Kind: transfer.DecideIgnore, Remote: "3"})
	if out.Done != 1 || len(out.Refused) != 1 || out.Refused[0].Why != transfer.RefusedState || out.Run.Counters != run.Counters {
		t.Errorf("%+v", out)
	}
	if got := list(transfer.PartIgnored); !slices.Equal(got, []domain.RemoteID{"3"}) {
		t.Errorf("ignored %v", got)
	}
	if got := list(transfer.PartUndecided); !slices.Equal(got, []domain.RemoteID{"2", "4"}) {
		t.Errorf("undecided %v", got)
	}
	takeBack(t, c, out.ID)
	if got := list(transfer.PartUndecided); !slices.Equal(got, []domain.RemoteID{"2", "3", "4"}) {
		t.Errorf("undecided %v", got)
	}
	out = sqlitetest.Decide(t, c, run.ID, transfer.Decision{Kind: transfer.DecideIgnore, Remote: "4"})
	sqlitetest.Decide(t, c, run.ID, transfer.Decision{Kind: transfer.DecidePair, Remote: "4", Product: sqlitetest.ProductByCode(t, c, "X").ID})
	if got := takeBack(t, c, out.ID); got.Done != 0 || got.Refused[0].Why != transfer.RefusedNotUndone {
		t.Errorf("%+v", got)
	}
}

// In-store numbers are created together, but for those that another product has, here or at İşbaşı.
func TestDecide_createsInStoreNumbersTogetherOnce(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.Fill(t, c, []domain.Product{{Code: "VAR", Barcode: "2000000000039", Name: "Var"}})
	remote := func(id domain.RemoteID, code domain.Code, barcode domain.Barcode) domain.RemoteProduct {
		return domain.RemoteProduct{ID: id, Type: storedtransfer.TypeProduct, Code: code, Barcode: barcode, Name: "TARTILI " + string(id), Active: true}
	}
	run := sqlitetest.Transferred(t, c, transfer.DefaultOptions(domain.TRY),
		remote("1", "T1", "2000000000015"), remote("2", "T2", "2000000000022"), remote("3", "T3", "2000000000022"), remote("4", "T4", "2000000000039"),
		remote("5", "T5", "2000000000046"))
	var all []transfer.Decision
	for _, id := range []domain.RemoteID{"1", "2", "3", "4", "5"} {
		if r := rowOf(t, c, run.ID, id); r.Flag != matching.FlagRestricted {
			t.Fatalf("%+v", r)
		}
		all = append(all, transfer.Decision{Kind: transfer.DecideCreate, Remote: id})
	}
	out := sqlitetest.Decide(t, c, run.ID, all...)
	var refused []domain.RemoteID
	for _, r := range out.Refused {
		if r.Why != transfer.RefusedDoubtful {
			t.Errorf("%+v", r)
		}
		refused = append(refused, r.Remote)
	}
	if out.Done != 2 || !slices.Equal(refused, []domain.RemoteID{"2", "3", "4"}) {
		t.Errorf("created %d, refused %v", out.Done, refused)
	}
}

// What a person ignored stays orange and is asked about in no later transfer, until they want it or it matches by itself.
func TestDecide_ignoreIsRememberedInLaterTransfers(t *testing.T) {
	c, run := shop(t)
	ignored := func(run transfer.Run, want ...domain.RemoteID) {
		t.Helper()
		rows, _, err := c.Rows(t.Context(), transfer.Query{RunID: run.ID, Part: transfer.PartIgnored})
		var ids []domain.RemoteID
		for _, r := range rows {
			ids = append(ids, r.Remote.ID)
		}
		st, of := c.DecisionStanding(t.Context(), run.ID)
		if err != nil || of != nil || !slices.Equal(ids, want) || st.Ignored != len(want) || st.Ignored+st.Added+st.Separated+st.Waiting() != run.Counters.Unmatched {
			t.Errorf("transfer %d: ignored %v %+v, want %v (%v, %v)", run.ID, ids, st, want, err, of)
		}
		sqlitetest.WantSound(t, c)
	}
	again := func(o transfer.Options) transfer.Run {
		t.Helper()
		rows, _, err := c.Rows(t.Context(), transfer.Query{RunID: run.ID})
		if err != nil {
			t.Fatal(err)
		}
		var all []domain.RemoteProduct
		for _, r := range rows {
			all = append(all, r.Remote)
		}
		return sqlitetest.Transferred(t, c, o, all...)
	}
	first := sqlitetest.Decide(t, c, run.ID, transfer.Decision{Kind: transfer.DecideIgnore, Remote: "3"}, transfer.Decision{Kind: transfer.DecideIgnore, Remote: "4"})
	second := again(run.Options)
	ignored(second, "3", "4")
	creating := run.Options
	creating.Unmatched = transfer.UnmatchedCreated
	third := again(creating)
	ignored(third, "3", "4")

	asked := sqlitetest.Decide(t, c, third.ID, transfer.Decision{Kind: transfer.DecideAsk, Remote: "4"}, transfer.Decision{Kind: transfer.DecideAsk, Remote: "4"})
	if asked.Done != 1 || len(asked.Refused) != 1 || asked.Refused[0].Why != transfer.RefusedState || asked.Run.Counters != third.Counters {
		t.Errorf("asked again: %+v", asked)
	}
	ignored(third, "3")
	takeBack(t, c, asked.ID)
	ignored(third, "3", "4")

	added := sqlitetest.Decide(t, c, third.ID, transfer.Decision{Kind: transfer.DecideCreate, Remote: "4"})
	ignored(third, "3")
	takeBack(t, c, added.ID)
	ignored(third, "3", "4")

	p := sqlitetest.Save(t, c, domain.Product{Code: "C", Name: "Ceviz"})[0]
	fourth := again(run.Options)
	ignored(fourth, "4")
	if boundTo(t, c, "3") != p.ID || sqlitetest.Count(t, c, `SELECT count(*) FROM ignored`) != 1 {
		t.Error("what matched by itself is still ignored")
	}
	if left, err := c.UndoBatch(t.Context(), fourth.ID, 100); left != 0 || err != nil {
		t.Fatal(left, err)
	}
	p = sqlitetest.ProductByCode(t, c, "C")
	p.Code = "C-ESKI"
	sqlitetest.Save(t, c, p)
	fifth := again(run.Options)
	ignored(fifth, "3", "4")

	if back := takeBack(t, c, first.ID); back.Done != 2 {
		t.Errorf("taken back: %+v", back)
	}
	ignored(fifth)
}

func TestDecide_separateTakesTheValuesBackAndIsRemembered(t *testing.T) {
	c, run := shop(t)
	a := sqlitetest.ProductByCode(t, c, "A")
	out := sqlitetest.Decide(t, c, run.ID, transfer.Decision{Kind: transfer.DecideSeparate, Remote: "1"})
	if out.Done != 1 || out.Run.Counters.Matched != 0 || out.Run.Counters.Unmatched != 4 {
		t.Errorf("%+v", out)
	}
	now := sqlitetest.ProductByCode(t, c, "A")
	if !catalogue.SameDecimal(now.Price, sqlitetest.Dec("10")) || !catalogue.SameDecimal(now.Stock, sqlitetest.Dec("1")) || boundTo(t, c, "1") != 0 || now.Revision == a.Revision {
		t.Errorf("%+v", now)
	}
	if r := rowOf(t, c, run.ID, "1"); r.Outcome != transfer.OutcomeUnmatched || r.Flag != matching.FlagSeparated || r.Decided != transfer.DecideSeparate || r.ProductID != 0 {
		t.Errorf("%+v", r)
	}
	in := domain.RemoteProduct{ID: "1", Type: storedtransfer.TypeProduct, Code: "A", Name: "AY ÇEKİRDEĞİ", Active: true}
	again := sqlitetest.Transferred(t, c, run.Options, in)
	if r := rowOf(t, c, again.ID, "1"); r.Outcome != transfer.OutcomeUnmatched || r.Flag != matching.FlagSeparated {
		t.Errorf("paired again: %+v", r)
	}
	// By hand it may be, and then it is no separated pair any more.
	sqlitetest.Decide(t, c, again.ID, transfer.Decision{Kind: transfer.DecidePair, Remote: "1", Product: a.ID})
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM separation`); n != 0 {
		t.Errorf("%d marks", n)
	}
}

func TestDecide_separateLeavesValuesThatChangedSince(t *testing.T) {
	c, run := shop(t)
	a := sqlitetest.ProductByCode(t, c, "A")
	a.Price = sqlitetest.Dec("12")
	if _, err := c.SaveProducts(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	out := sqlitetest.Decide(t, c, run.ID, transfer.Decision{Kind: transfer.DecideSeparate, Remote: "1"})
	if now := sqlitetest.ProductByCode(t, c, "A"); out.Done != 1 || !catalogue.SameDecimal(now.Price, sqlitetest.Dec("12")) || boundTo(t, c, "1") != 0 {
		t.Errorf("%+v %+v", out, now)
	}
}

func TestDecide_refuses(t *testing.T) {
	c, run := shop(t)
	a, x := sqlitetest.ProductByCode(t, c, "A").ID, sqlitetest.ProductByCode(t, c, "X").ID
	archived := sqlitetest.ProductByCode(t, c, "B-YENI")
	archived.State = domain.ProductArchived
	if _, err := c.SaveProducts(t.Context(), archived); err != nil {
		t.Fatal(err)
	}
	before := image(t, c) + rowsImage(t, c)
	for name, w := range map[string]struct {
		d   transfer.Decision
		why transfer.RefusalReason
	}{
		"a product that is bound":     {transfer.Decision{Kind: transfer.DecidePair, Remote: "2", Product: a}, transfer.RefusedBoundProduct},
		"a row that is matched":       {transfer.Decision{Kind: transfer.DecidePair, Remote: "1", Product: x}, transfer.RefusedState},
		"an archived product":         {transfer.Decision{Kind: transfer.DecidePair, Remote: "2", Product: archived.ID}, transfer.RefusedGone},
		"no such product":             {transfer.Decision{Kind: transfer.DecidePair, Remote: "2", Product: 999}, transfer.RefusedGone},
		"no product":                  {transfer.Decision{Kind: transfer.DecidePair, Remote: "2"}, transfer.RefusedGone},
		"no such row":                 {transfer.Decision{Kind: transfer.DecideIgnore, Remote: "99"}, transfer.RefusedGone},
		"creating of a matched row":   {transfer.Decision{Kind: transfer.DecideCreate, Remote: "1"}, transfer.RefusedState},
		"ignoring a matched row":      {transfer.Decision{Kind: transfer.DecideIgnore, Remote: "1"}, transfer.RefusedState},
		"separating an unmatched row": {transfer.Decision{Kind: transfer.DecideSeparate, Remote: "2"}, transfer.RefusedState},
		"a decision of no kind":       {transfer.Decision{Remote: "2"}, transfer.RefusedState},
	} {
		out := sqlitetest.Decide(t, c, run.ID, w.d)
		if out.Done != 0 || out.ID != 0 || len(out.Refused) != 1 || out.Refused[0].Why != w.why || out.Refused[0].Decision != w.d {
			t.Errorf("%s: %+v", name, out)
		}
	}
	if after := image(t, c) + rowsImage(t, c); after != before {
		t.Errorf("refused decisions changed something:\n%s\n%s", before, after)
	}
	_, err := c.Decide(t.Context(), 77, []transfer.Decision{{Kind: transfer.DecideIgnore, Remote: "2"}})
	sqlitetest.WantKind(t, err, domain.KindNotFound)
	_, err = c.TakeBack(t.Context(), 77)
	sqlitetest.WantKind(t, err, domain.KindNotFound)
}

func TestTakeBack_bringsEverythingBackWhateverWasDecided(t *testing.T) {
	c, run := shop(t)
	x := sqlitetest.ProductByCode(t, c, "X").ID
	for _, kind := range []transfer.Decision{
		{Kind: transfer.DecidePair, Remote: "2", Product: x},
		{Kind: transfer.DecideCreate, Remote: "3"},
		{Kind: transfer.DecideIgnore, Remote: "4"},
		{Kind: transfer.DecideSeparate, Remote: "1"},
	} {
		before, rows := image(t, c), rowsImage(t, c)
		out := sqlitetest.Decide(t, c, run.ID, kind)
		if out.Done != 1 || image(t, c)+rowsImage(t, c) == before+rows {
			t.Errorf("%s did nothing", kind.Kind)
		}
		back := takeBack(t, c, out.ID)
		if back.Done != 1 || len(back.Refused) != 0 || back.Run.Counters != run.Counters {
			t.Errorf("%s: %+v", kind.Kind, back)
		}
		if image(t, c) != before || rowsImage(t, c) != rows {
			t.Errorf("%s:\n%s\n%s\n%s\n%s", kind.Kind, before, image(t, c), rows, rowsImage(t, c))
		}
		if _, err := c.TakeBack(t.Context(), out.ID); domain.KindOf(err) != domain.KindNotFound {
			t.Errorf("%s was taken back twice: %v", kind.Kind, err)
		}
	}
}

func TestTakeBack_refusesWhatThePresentDoesNotAllow(t *testing.T) {
	c, run := shop(t)
	x := sqlitetest.ProductByCode(t, c, "X")
	pair := sqlitetest.Decide(t, c, run.ID,
		transfer.Decision{Kind: transfer.DecidePair, Remote: "2", Product: x.ID}, transfer.Decision{Kind: transfer.DecideIgnore, Remote: "4"})
	created := sqlitetest.Decide(t, c, run.ID, transfer.Decision{Kind: transfer.DecideCreate, Remote: "3"})
	later := sqlitetest.Decide(t, c, run.ID, transfer.Decision{Kind: transfer.DecideSeparate, Remote: "2"})
	if back := takeBack(t, c, pair.ID); back.Done != 1 || len(back.Refused) != 1 || back.Refused[0].Why != transfer.RefusedNotUndone {
		t.Errorf("a later decision stands on it: %+v", back)
	}
	takeBack(t, c, later.ID)
	p := sqlitetest.ProductByCode(t, c, "C")
	p.Name = "Ceviz içi"
	changed := sqlitetest.ProductByCode(t, c, "X")
	changed.Stock = sqlitetest.Dec("8")
	if _, err := c.SaveProducts(t.Context(), p, changed); err != nil {
		t.Fatal(err)
	}
	for _, id := range []int64{pair.ID, created.ID} {
		if back := takeBack(t, c, id); back.Done != 0 || back.Refused[0].Why != transfer.RefusedChanged {
			t.Errorf("the product has changed: %+v", back)
		}
	}
}

func TestDecide_isToldInTheHistory(t *testing.T) {
	c, run := shop(t)
	x := sqlitetest.ProductByCode(t, c, "X").ID
	out := sqlitetest.Decide(t, c, run.ID,
		transfer.Decision{Kind: transfer.DecidePair, Remote: "2", Product: x},
		transfer.Decision{Kind: transfer.DecideIgnore, Remote: "3"}, transfer.Decision{Kind: transfer.DecideIgnore, Remote: "4"})
	takeBack(t, c, out.ID)
	entries, _, err := c.History(t.Context(), 4, 0)
	if err != nil {
		t.Fatal(err)
	}
	var whats []string
	for _, e := range entries {
		whats = append(whats, e.What)
		if e.Actor != c.DB.Actor || e.At.IsZero() {
			t.Errorf("%+v", e)
		}
	}
	if want := []string{"taken-back-ignore", "taken-back-pair", "decided-ignore", "decided-pair"}; !reflect.DeepEqual(whats, want) {
		t.Fatalf("%v", whats)
	}
	var detail map[string]any
	if err := json.Unmarshal([]byte(entries[3].Detail), &detail); err != nil {
		t.Fatal(err)
	}
	if detail["remote_name"] != "BAL" || detail["code"] != "X" || detail["transfer"] != float64(run.ID) || detail["decision"] != float64(out.ID) {
		t.Errorf("%v", detail)
	}
	if err := json.Unmarshal([]byte(entries[2].Detail), &detail); err != nil || detail["products"] != float64(2) {
		t.Errorf("%v %v", detail, err)
	}
}

func TestSaveRun_keepsTheCountersOfDecisionsMadeMeanwhile(t *testing.T) {
	c, run := shop(t)
	sqlitetest.Decide(t, c, run.ID, transfer.Decision{Kind: transfer.DecidePair, Remote: "2", Product: sqlitetest.ProductByCode(t, c, "X").ID})
	if err := c.SaveRun(t.Context(), run); err != nil { // run is older than the decision
		t.Fatal(err)
	}
	sqlitetest.WantSound(t, c)
}

// Many are created together only where each is surely new; one that a person looks at alone may be of a code that İşbaşı has
// twice. Nothing gets the code or the barcode of a product that is there, whoever asks for it.
func TestDecide_createsNothingTwice(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	known, fresh, twice := domain.Barcode("8690524165235"), domain.Barcode("8690000000012"), domain.Barcode("8690000000029")
	sqlitetest.Fill(t, c, []domain.Product{{Code: "A", Barcode: known, Name: "Ay"}, {Code: "A2", Barcode: known, Name: "Ay, ikinci"}})
	remote := func(id domain.RemoteID, code domain.Code, barcode domain.Barcode) domain.RemoteProduct {
		return domain.RemoteProduct{ID: id, Type: storedtransfer.TypeProduct, Code: code, Barcode: barcode, Name: "Ürün " + string(id), Active: true, Currency: domain.TRY}
	}
	run := sqlitetest.Transferred(t, c, transfer.DefaultOptions(domain.TRY), remote("1", "N", known), remote("2", "Y1", fresh),
		remote("3", "T1", twice), remote("4", "T2", twice), remote("5", "Y2", ""))
	create := func(ids ...domain.RemoteID) map[domain.RemoteID]transfer.RefusalReason {
		t.Helper()
		var ds []transfer.Decision
		for _, id := range ids {
			ds = append(ds, transfer.Decision{Kind: transfer.DecideCreate, Remote: id})
		}
		out := sqlitetest.Decide(t, c, run.ID, ds...)
		refused := map[domain.RemoteID]transfer.RefusalReason{}
		for _, r := range out.Refused {
			refused[r.Remote] = r.Why
		}
		if out.Done+len(refused) != len(ids) {
			t.Errorf("%v: %+v", ids, out)
		}
		return refused
	}
	want := map[domain.RemoteID]transfer.RefusalReason{"1": transfer.RefusedBarcodeTaken, "3": transfer.RefusedDoubtful, "4": transfer.RefusedDoubtful}
	if got := create("1", "2", "3", "4", "5"); !maps.Equal(got, want) {
		t.Errorf("all together: %v, want %v", got, want)
	}
	if got := create("3"); len(got) != 0 {
		t.Errorf("one alone: %v", got)
	}
	if got := create("4"); got["4"] != transfer.RefusedBarcodeTaken {
		t.Errorf("the other one behind it: %v", got)
	}
	for _, r := range []domain.RemoteID{"2", "3", "5"} {
		if rowOf(t, c, run.ID, r).ProductID == 0 {
			t.Errorf("%s was not created", r)
		}
	}
}
