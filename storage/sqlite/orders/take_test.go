package orders_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// lived are the states of an order that goes its way, in their order.
var lived = []orders.Status{orders.StatusUnpaid, orders.StatusOpen, orders.StatusOK, orders.StatusReturned}

// at is an order as it stands in a file of some time of its life.
func at(o orders.Order, stage int) orders.Order {
	o.Status, o.Word = lived[stage], "kelime "+string(lived[stage])
	if stage > 0 {
		o.ShippedAt = domaintest.Moment.AddDate(0, 0, 1)
	}
	if stage > 1 {
		o.DeliveredAt = domaintest.Moment.AddDate(0, 0, 2)
	}
	o.Refunded = decimal.NewFromInt(int64(stage / 3))
	return o
}

// Files overlap, are of any time, have their rows in any order and are read in any order and twice: what is kept in the
// end is the same, and nothing is kept twice.
func TestTakeOrders_isTheSameInWhateverOrderFilesAreRead(t *testing.T) {
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 3))
		var all []orders.Order
		for i := range 30 {
			o := sqlitetest.Sold(fmt.Sprint(i), orders.Line{Name: fmt.Sprint("Ürün ", i)})
			o.Marketplace = []string{"trendyol", "n11"}[i%2]
			o.Lines = append(o.Lines, orders.Line{Name: "Kargo", Kind: orders.LineShipping, Quantity: decimal.NewFromInt(1), Unit: decimal.NewFromInt(int64(i))})
			all = append(all, o)
		}
		last := map[orders.Key]int{}
		files := make([][]orders.Order, 6)
		for i := range files {
			for _, o := range all {
				if r.IntN(2) == 0 {
					continue
				}
				stage := r.IntN(len(lived))
				last[o.Key()] = max(last[o.Key()], stage)
				now := at(o, stage)
				if r.IntN(2) == 0 {
					now.Lines = []orders.Line{o.Lines[1], o.Lines[0]}
				}
				files[i] = append(files[i], now)
			}
		}
		c := sqlitetest.NewCompany(t)
		seen := 0
		for round := range 2 {
			for _, i := range r.Perm(len(files)) {
				r.Shuffle(len(files[i]), func(a, b int) { files[i][a], files[i][b] = files[i][b], files[i][a] })
				taken := sqlitetest.Take(t, c, files[i]...)
				seen += taken.New
				if taken.New+taken.Same+taken.Changed != len(files[i]) || taken.Frozen != 0 || len(taken.IDs) != taken.New+taken.Changed || round > 0 && taken.Same != len(files[i]) {
					t.Errorf("seed %d, round %d: %+v of %d", seed, round, taken, len(files[i]))
				}
			}
		}
		got := sqlitetest.Ok1[[]orders.Kept](t)(c.Uninvoiced(t.Context()))
		if len(got) != len(last) || seen != len(last) {
			t.Errorf("seed %d: %d orders, %d new, want %d", seed, len(got), seen, len(last))
		}
		for _, k := range got {
			i := slices.IndexFunc(all, func(o orders.Order) bool { return o.Key() == k.Key() })
			want := at(all[i], last[k.Key()])
			sqlitetest.WantSame(t, fmt.Sprint("seed ", seed, " ", k.Key()), k.Order, want, "Lines")
			if k.Fingerprint() != want.Fingerprint() {
				t.Errorf("seed %d: lines %+v", seed, k.Lines)
			}
		}
	}
}

func TestTakeOrders_movesAnOrderOnItsWayOnly(t *testing.T) {
	day := func(n int) time.Time {
		if n == 0 {
			return time.Time{}
		}
		return domaintest.Moment.AddDate(0, 0, n)
	}
	type state struct {
		status             orders.Status
		word               string
		shipped, delivered int
		refunded           int64
	}
	const ok, open, cancelled, returned, unknown = orders.StatusOK, orders.StatusOpen, orders.StatusCancelled, orders.StatusReturned, orders.StatusUnknown
	for name, tt := range map[string]struct{ before, now, want state }{
		"on":                               {state{open, "Hazır", 0, 0, 0}, state{ok, "Kargoda", 1, 0, 0}, state{ok, "Kargoda", 1, 0, 0}},
		"not back":                         {state{ok, "Kargoda", 1, 0, 0}, state{open, "Hazır", 0, 0, 0}, state{ok, "Kargoda", 1, 0, 0}},
		"cancelled":                        {state{ok, "Kargoda", 1, 0, 0}, state{cancelled, "İptal", 0, 0, 0}, state{cancelled, "İptal", 1, 0, 0}},
		"not awake again":                  {state{cancelled, "İptal", 0, 0, 0}, state{ok, "Kargoda", 1, 0, 0}, state{cancelled, "İptal", 1, 0, 0}},
		"returned, then called cancelled":  {state{returned, "İade", 1, 2, 5}, state{cancelled, "İptal", 0, 0, 0}, state{cancelled, "İptal", 1, 2, 5}},
		"a word that somebody explained":   {state{ok, "Beklemede", 1, 0, 0}, state{open, "Beklemede", 1, 0, 0}, state{open, "Beklemede", 1, 0, 0}},
		"the same word, when it was older": {state{ok, "Ödendi", 1, 0, 0}, state{open, "Ödendi", 0, 0, 0}, state{ok, "Ödendi", 1, 0, 0}},
		"the same word, before its return": {state{returned, "Teslim", 1, 2, 0}, state{ok, "Teslim", 1, 2, 0}, state{returned, "Teslim", 1, 2, 0}},
		"a word that nobody explained":     {state{unknown, "Bir", 0, 0, 0}, state{unknown, "İki", 0, 0, 0}, state{unknown, "İki", 0, 0, 0}},
		"of an older, unexplained word":    {state{ok, "Kargoda", 1, 0, 0}, state{unknown, "İki", 0, 0, 0}, state{ok, "Kargoda", 1, 0, 0}},
		"of a new, unexplained word":       {state{ok, "Teslim", 1, 2, 0}, state{unknown, "İade talebi", 1, 2, 0}, state{unknown, "İade talebi", 1, 2, 0}},
		"cancelled, then unexplained":      {state{cancelled, "İptal", 0, 0, 0}, state{unknown, "İade talebi", 1, 2, 0}, state{cancelled, "İptal", 1, 2, 0}},
		"unexplained, then known":          {state{unknown, "?", 1, 0, 0}, state{open, "Hazır", 0, 0, 0}, state{open, "Hazır", 1, 0, 0}},
		"rows of many words":               {state{cancelled, "", 0, 0, 0}, state{ok, "", 1, 0, 0}, state{cancelled, "", 1, 0, 0}},
		"delivered":                        {state{ok, "Kargoda", 1, 0, 0}, state{ok, "Teslim", 1, 2, 0}, state{ok, "Teslim", 1, 2, 0}},
		"not back from delivery":           {state{ok, "Teslim", 1, 2, 0}, state{ok, "Kargoda", 1, 0, 0}, state{ok, "Teslim", 1, 2, 0}},
		"shipped later":                    {state{ok, "Kargoda", 1, 0, 0}, state{ok, "Yeniden kargoda", 2, 0, 0}, state{ok, "Yeniden kargoda", 2, 0, 0}},
		"another word alone":               {state{ok, "Kargoda", 1, 0, 0}, state{ok, "Yolda", 1, 0, 0}, state{ok, "Kargoda", 1, 0, 0}},
		"refunded":                         {state{ok, "Kargoda", 0, 0, 3}, state{ok, "Kargoda", 0, 0, 5}, state{ok, "Kargoda", 0, 0, 5}},
		"refunded less":                    {state{ok, "Kargoda", 0, 0, 5}, state{ok, "Kargoda", 0, 0, 3}, state{ok, "Kargoda", 0, 0, 5}},
	} {
		for _, address := range []string{"", "Başka sokak 1"} { // what is another order in all else stands where it stood, too
			c := sqlitetest.NewCompany(t)
			first := sqlitetest.Clocked(c, 1)
			sold := func(s state) orders.Order {
				o := sqlitetest.Sold("1", orders.Line{Name: "Çay"})
				o.Status, o.Word, o.ShippedAt, o.DeliveredAt, o.Refunded = s.status, s.word, day(s.shipped), day(s.delivered), decimal.NewFromInt(s.refunded)
				return o
			}
			sqlitetest.Take(t, c, sold(tt.before))
			sqlitetest.Must(t, c.SaveVerdicts(t.Context(), map[int64]orders.Verdict{1: {Stage: orders.StageReady, Reasons: []string{"line"}, At: first}}))
			second := sqlitetest.Clocked(c, 2)
			now, want := sold(tt.now), orders.Kept{
				ID: 1, Order: sold(tt.want), Source: orders.SourceFile, From: "liste.xlsx", AddedAt: first, ChangedAt: second, Products: noProduct(),
				Verdict: orders.Verdict{Stage: orders.StageHeld, Total: decimal.NewFromInt(10)},
			}
			now.Buyer.Address, want.Buyer.Address = address, address
			taken := sqlitetest.Take(t, c, now)
			if address == "" && tt.want == tt.before {
				want.ChangedAt, want.Verdict = first, orders.Verdict{Stage: orders.StageReady, Reasons: []string{"line"}, At: first}
				sqlitetest.WantSame(t, name, taken, orders.Taken{Same: 1})
			} else {
				sqlitetest.WantSame(t, name, taken, orders.Taken{Changed: 1, IDs: []int64{1}})
			}
			if tt.want.status.Over() {
				want.Verdict.Stage = orders.StageNever
			}
			sqlitetest.WantSame(t, name+address, kept(t, c, want.Key()), want, "Verdict.Total")
		}
	}
}

func noProduct() []orders.LineProduct { return make([]orders.LineProduct, 1) }

// What people say of an order stays when it is read again, but what they say of lines that are others now.
func TestTakeOrders_replacesWhatNobodyHasInvoiced(t *testing.T) {
	line := orders.Line{Name: "Çay", Code: "ÇAY-1", VAT: sqlitetest.Dec("10")}
	for name, tt := range map[string]struct {
		change func(o *orders.Order)
		lines  bool // what is said of them stays
	}{
		"the buyer":       {func(o *orders.Order) { o.Buyer.First = "Zeki" }, true},
		"the total":       {func(o *orders.Order) { o.StatedTotal = sqlitetest.Dec("9") }, true},
		"a barcode too":   {func(o *orders.Order) { o.Buyer.First, o.Lines[0].Barcode = "Zeki", domaintest.GTIN13(1) }, true},
		"a line's price":  {func(o *orders.Order) { o.Lines[0].Unit = decimal.NewFromInt(11) }, false},
		"a line's name":   {func(o *orders.Order) { o.Lines[0].Name = "Bal" }, false},
		"one line more":   {func(o *orders.Order) { o.Lines = append(o.Lines, o.Lines[0]) }, false},
		"no line":         {func(o *orders.Order) { o.Lines = nil }, false},
		"lines that swap": {func(o *orders.Order) { o.Lines, o.Buyer.First = []orders.Line{o.Lines[1], o.Lines[0]}, "Zeki" }, false},
	} {
		c := sqlitetest.NewCompany(t)
		first := sqlitetest.Clocked(c, 1)
		o := sqlitetest.Sold("1", line)
		o.Lines = append(o.Lines, orders.Line{Name: "Poşet", Quantity: decimal.NewFromInt(1)})
		if name != "lines that swap" {
			o.Lines = o.Lines[:1]
		}
		s := said(0)
		s.Never = false
		sqlitetest.Take(t, c, o)
		sqlitetest.Must(t, c.SaveSaid(t.Context(), 1, s), c.Enqueue(t.Context(), orders.WishDraft, 1),
			c.SaveVerdicts(t.Context(), map[int64]orders.Verdict{1: {Stage: orders.StageReady, Reasons: []string{"line"}, Warnings: []string{"late_7"}, At: first}}))
		noted, second := sqlitetest.Entries(t, c), sqlitetest.Clocked(c, 2)
		o.Lines = slices.Clone(o.Lines)
		tt.change(&o)
		taken, err := c.TakeOrders(t.Context(), orders.SourceFile, "yeni.csv", []orders.Order{o})
		sqlitetest.Must(t, err)
		sqlitetest.WantSame(t, name, taken, orders.Taken{Changed: 1, IDs: []int64{1}})
		want := orders.Kept{
			ID: 1, Order: o, Source: orders.SourceFile, From: "yeni.csv", AddedAt: first, ChangedAt: second, Said: s,
			Verdict: orders.Verdict{Stage: orders.StageHeld, Queued: orders.WishDraft},
		}
		if !tt.lines {
			want.Said.Lines, want.Said.Added = nil, nil
		}
		standing := want.Standing()
		want.Verdict.Total, want.Products = standing.Total(), make([]orders.LineProduct, len(standing.Lines))
		got := kept(t, c, o.Key())
		sqlitetest.WantSame(t, name, got, want, "Said.Lines")
		if len(got.Said.Lines) != len(want.Said.Lines) {
			t.Errorf("%s: %v", name, got.Said.Lines)
		}
		if sqlitetest.Entries(t, c) != noted+1 {
			t.Errorf("%s: the history tells nothing", name)
		}
		sqlitetest.WantNoted(t, c, "orders-taken", map[string]any{"file": "yeni.csv", "added": 0, "changed": 1, "frozen": 0})
		sqlitetest.WantSame(t, name, sqlitetest.Take(t, c, o), orders.Taken{Same: 1})
		if sqlitetest.Entries(t, c) != noted+1 {
			t.Errorf("%s: the history tells of what did not happen", name)
		}
	}
}

// An order stays as it was as long as an attempt of its sale is open or stands; what its source says now takes its place
// as soon as none does.
func TestTakeOrders_keepsWhatIsInvoiced(t *testing.T) {
	for _, state := range invoicing.AttemptStates() {
		c := sqlitetest.NewCompany(t)
		first := sqlitetest.Clocked(c, 1)
		o := sqlitetest.Sold("1", orders.Line{Name: "Çay"})
		other := sqlitetest.Sold("2", orders.Line{Name: "Çay"})
		sqlitetest.Take(t, c, o, other)
		s := orders.Said{Buyer: orders.Buyer{City: "İzmir"}, Lines: map[int]orders.SaidLine{0: {Exemption: "351"}}}
		sqlitetest.Must(t, c.SaveSaid(t.Context(), 1, s))
		r := sqlitetest.Attempted(t, c, o.Key(), state)
		aside := sqlitetest.Attempted(t, c, other.Key(), invoicing.AttemptIssued)
		later := o
		later.Lines = []orders.Line{o.Lines[0]}
		later.Lines[0].Name, later.Word, later.DeliveredAt = "Bal", "Teslim", domaintest.Moment
		second := sqlitetest.Clocked(c, 2)
		taken, err := c.TakeOrders(t.Context(), orders.SourceFile, "yeni.csv", []orders.Order{later})
		sqlitetest.Must(t, err)
		replaced := orders.Kept{
			ID: 1, Order: later, Source: orders.SourceFile, From: "yeni.csv", AddedAt: first, ChangedAt: second, Said: orders.Said{Buyer: s.Buyer}, Products: noProduct(),
			Verdict: orders.Verdict{Stage: orders.StageHeld, Total: decimal.NewFromInt(10)},
		}
		switch state {
		case invoicing.AttemptRejected, invoicing.AttemptLost, invoicing.AttemptDeleted:
			sqlitetest.WantSame(t, string(state), taken, orders.Taken{Changed: 1, IDs: []int64{1}})
			sqlitetest.WantSame(t, string(state), kept(t, c, o.Key()), replaced)
			continue
		}
		sqlitetest.WantSame(t, string(state), taken, orders.Taken{Frozen: 1})
		sqlitetest.WantNoted(t, c, "orders-taken", map[string]any{"file": "yeni.csv", "added": 0, "changed": 0, "frozen": 1})
		got := kept(t, c, o.Key())
		was := o
		was.Word, was.DeliveredAt = later.Word, later.DeliveredAt // how it stands is no part of what it says
		sqlitetest.WantSame(t, string(state), got.Order, was)
		sqlitetest.WantSame(t, string(state), *got.Later, later)
		if got.From != "liste.xlsx" || !got.ChangedAt.Equal(second) || len(got.Said.Lines) != 1 {
			t.Errorf("%s: %+v", state, got)
		}
		record := func(id int64) invoicing.Record {
			return sqlitetest.Ok1[invoicing.Record](t)(c.Record(t.Context(), id))
		}
		if got := record(r.ID); got.Changed != later.Fingerprint() || got.State != state || record(aside.ID).Changed != "" {
			t.Errorf("%s: %+v", state, got)
		}
		sqlitetest.WantSame(t, "again", sqlitetest.Take(t, c, later), orders.Taken{Same: 1})
		sqlitetest.WantSame(t, "back", sqlitetest.Take(t, c, o), orders.Taken{Same: 1})
		if got := kept(t, c, o.Key()); got.Later != nil || record(r.ID).Changed != "" {
			t.Errorf("%s: it says again what was invoiced: %+v", state, got.Later)
		}
		sqlitetest.WantSame(t, "anew", sqlitetest.Take(t, c, later), orders.Taken{Frozen: 1})
		again := later
		again.Buyer.First = "Zeki"
		sqlitetest.WantSame(t, "another one", sqlitetest.Take(t, c, again), orders.Taken{Frozen: 1})
		moved := again
		moved.Status, moved.Word = orders.StatusUndelivered, "Dönüyor"
		sqlitetest.WantSame(t, "moved", sqlitetest.Take(t, c, moved), orders.Taken{Changed: 1, IDs: []int64{1}})
		second = sqlitetest.Clocked(c, 3)
		r = record(r.ID)
		sqlitetest.InState(t, c, r, invoicing.AttemptDeleted)
		replaced.Order, replaced.ChangedAt, replaced.From, replaced.Verdict.Stage = moved, second, "liste.xlsx", orders.StageNever
		sqlitetest.WantSame(t, "thawed", kept(t, c, o.Key()), replaced)
		sqlitetest.WantSame(t, "thawed", sqlitetest.Take(t, c, moved), orders.Taken{Same: 1})
	}
}

func TestTakeOrders_ofAReturnAttemptIsNoInvoice(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	o := sqlitetest.Sold("1", orders.Line{Name: "Çay"})
	sqlitetest.Take(t, c, o)
	_, err := c.Begin(t.Context(), invoicing.Record{Attempt: invoicing.Attempt{Key: invoicing.Key{
		Marketplace: o.Marketplace, Package: o.Package, Direction: invoicing.DirectionReturn,
	}}})
	sqlitetest.Must(t, err)
	o.Buyer.First = "Zeki"
	sqlitetest.WantSame(t, "taken", sqlitetest.Take(t, c, o), orders.Taken{Changed: 1, IDs: []int64{1}})
}

// That an invoiced order was cancelled or returned is a task, once.
func TestTakeOrders_opensATaskOfWhatIsInvoicedOnce(t *testing.T) {
	for _, state := range append(invoicing.AttemptStates(), "") {
		for _, status := range orders.Statuses() {
			c := sqlitetest.NewCompany(t)
			o := sqlitetest.Sold("1", orders.Line{Name: "Çay"})
			o.Status, o.Word = orders.StatusUnknown, "?"
			sqlitetest.Take(t, c, o)
			if state != "" {
				sqlitetest.Attempted(t, c, o.Key(), state)
			}
			want := map[orders.Status]invoicing.TaskKind{orders.StatusCancelled: invoicing.TaskCancelled, orders.StatusReturned: invoicing.TaskReturned}[status]
			if state == "" || state == invoicing.AttemptRejected || state == invoicing.AttemptLost || state == invoicing.AttemptDeleted {
				want = ""
			}
			now := sqlitetest.Clocked(c, 2)
			o.Status, o.Word = status, string(status)
			for range 2 {
				sqlitetest.Take(t, c, o)
				if want == "" {
					if n := sqlitetest.Count(t, c, `SELECT count(*) FROM invoice_task`); n != 0 {
						t.Errorf("%s %s: %d tasks", state, status, n)
					}
					continue
				}
				r := sqlitetest.Ok1[invoicing.Record](t)(c.Record(t.Context(), 1))
				sqlitetest.WantSame(t, fmt.Sprint(state, status), sqlitetest.Ok1[[]invoicing.Task](t)(c.Tasks(t.Context(), true)), []invoicing.Task{
					{ID: 1, Record: r, What: want, OpenedAt: now},
				})
			}
			if status == orders.StatusReturned && want != "" {
				o.Status, o.Word = orders.StatusCancelled, "İptal"
				sqlitetest.Take(t, c, o)
				if n := sqlitetest.Count(t, c, `SELECT count(*) FROM invoice_task`); n != 1 {
					t.Errorf("%d tasks", n)
				}
			}
		}
	}
}

// Twice in one file is once; two marketplaces may use one number; what was typed is then read.
func TestTakeOrders_knowsAnOrderByMarketplaceAndPackage(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	typed := sqlitetest.Sold("1", orders.Line{Name: "Çay"})
	typed.Buyer.First = "Elle"
	sqlitetest.Ok1[orders.Kept](t)(c.AddOrder(t.Context(), typed))
	o := sqlitetest.Sold("1", orders.Line{Name: "Çay"})
	other := o
	other.Marketplace = "n11"
	sqlitetest.WantSame(t, "taken", sqlitetest.Take(t, c, o, other, o, other), orders.Taken{New: 1, Changed: 1, Same: 2, IDs: []int64{1, 2}})
	if k := kept(t, c, o.Key()); k.Source != orders.SourceFile || k.Buyer.First != "Ayşe" {
		t.Errorf("%+v", k)
	}
	sqlitetest.WantKind(t, c.RemoveOrder(t.Context(), o.Key()), domain.KindState)
}
