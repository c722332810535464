package sync

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"slices"
	"sync"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

var errBroken = errors.New("broken")

// firm is a company with its İşbaşı, its file and its ledger, all in memory. broken makes a call fail.
type firm struct {
	mu     sync.Mutex // held for a moment by a test and by who looks after it: what one has done the other sees
	broken map[string]error
	calls  []string // of İşbaşı, in their order

	choices  domain.Settings
	settings Settings
	stock    domain.AbilityAnswer
	filter   domain.AbilityAnswer
	busy     bool // a transfer is at work
	time     time.Time
	live     bool // the clock is that of the bubble

	list    []domain.RemoteProduct // İşbaşı's; Changed gives those at or after its time, or all where ignored
	ignored bool
	refused bool // of Changed
	gone    map[domain.RemoteID]bool
	saved   []domain.ProductChange
	moved   []domain.StockMovement
	there   map[string]bool // receipts

	usage quota.Usage

	runs     []Run
	imported transfer.Run // the newest import; without an ID there is none
	pairs    []Pair
	plan     Plan
	items    []Item
	seen     int
	missed   []domain.ProductRef
	proved   []domain.ProductRef
	edited   int
	editAt   time.Time
	lost     int

	dated, undated int // changes that every sweep finds

	log bytes.Buffer
}

func newFirm() *firm {
	return &firm{
		broken: map[string]error{}, choices: domain.Settings{IntegrationOn: true, Currency: domain.TRY, Pull: true, Push: domain.PushBoth},
		settings: DefaultSettings(), stock: domain.AbilityAllowed, time: now(), gone: map[domain.RemoteID]bool{}, there: map[string]bool{},
		usage: quota.Usage{ReadLimit: 3000, WriteLimit: 7000, ReadReserve: 200, WriteReserve: 500},
	}
}

func (f *firm) syncs() *Syncs {
	return NewSyncs(Company{
		Company: domain.Company{ID: "co", Name: "Şirket"}, Books: f, Writer: f, Abilities: f, Spending: f, Store: f,
		SignedIn: func(context.Context) error { return f.broken["session"] },
		Importing: func() bool {
			f.mu.Lock()
			defer f.mu.Unlock()
			return f.busy
		}, Patience: 15 * time.Minute, Now: f.now,
	})
}

func (f *firm) now() time.Time {
	if f.live {
		return time.Now()
	}
	return f.time
}

// İşbaşı

func (f *firm) Calls() (reads, writes int) { return len(f.calls), 0 }

func (f *firm) pages(all []domain.RemoteProduct, from int) iter.Seq2[transfer.Page, error] {
	return func(yield func(transfer.Page, error) bool) {
		for n := from; ; n++ {
			lo, hi := min((n-1)*transfer.PageSize, len(all)), min(n*transfer.PageSize, len(all))
			last := hi == len(all)
			if !yield(transfer.Page{Number: n, Total: len(all), Products: all[lo:hi], Last: last}, nil) || last {
				return
			}
		}
	}
}

func (f *firm) Products(_ context.Context, in transfer.Range) iter.Seq2[transfer.Page, error] {
	f.calls = append(f.calls, "list")
	if err := f.broken["list"]; err != nil {
		return func(yield func(transfer.Page, error) bool) { yield(transfer.Page{}, err) }
	}
	return f.pages(f.list, in.From)
}

func (f *firm) Abreast() int { return 1 }

func (f *firm) Changed(_ context.Context, since time.Time, in transfer.Range) iter.Seq2[transfer.Page, error] {
	f.calls = append(f.calls, "changed since "+since.Format(time.TimeOnly))
	if f.refused {
		return func(yield func(transfer.Page, error) bool) {
			yield(transfer.Page{}, domain.E(domain.KindRejected, "list", nil))
		}
	}
	all := f.list
	if !f.ignored {
		all = slices.DeleteFunc(slices.Clone(all), func(p domain.RemoteProduct) bool { return p.ModifiedAt.Before(since) })
	}
	return f.pages(all, in.From)
}

func (f *firm) Product(_ context.Context, ref domain.ProductRef) (domain.ProductDetail, error) {
	f.calls = append(f.calls, "product "+string(ref.ID))
	if f.gone[ref.ID] {
		return domain.ProductDetail{}, domain.E(domain.KindNotFound, "read", nil)
	}
	return domain.ProductDetail{}, f.broken["product"]
}

func (f *firm) SaveProduct(_ context.Context, ref domain.ProductRef, change domain.ProductChange) (domain.ProductDetail, error) {
	f.calls = append(f.calls, "save "+string(ref.ID))
	f.saved = append(f.saved, change)
	return domain.ProductDetail{}, f.broken["save"]
}

func (f *firm) SaveStock(_ context.Context, m domain.StockMovement) error {
	f.calls = append(f.calls, "receipt "+m.Number)
	f.moved = append(f.moved, m)
	return f.broken["receipt"]
}

func (f *firm) StockSaved(_ context.Context, _ domain.ProductRef, number string) (bool, error) {
	f.calls = append(f.calls, "look for "+number)
	return f.there[number], f.broken["look"]
}

func (f *firm) ProbeStock(context.Context) (domain.AbilityAnswer, error) {
	f.calls = append(f.calls, "probe")
	return f.stock, f.broken["probe"]
}

func (f *firm) Ability(_ context.Context, a domain.Ability) (domain.AbilityAnswer, error) {
	if a == domain.AbilityStockWrite {
		return f.stock, f.broken["ability"]
	}
	return f.filter, f.broken["ability"]
}

func (f *firm) Remember(_ context.Context, a domain.Ability, answer domain.AbilityAnswer) error {
	if a == domain.AbilityModifiedFilter {
		f.filter = answer
	} else {
		f.stock = answer
	}
	return f.broken["remember"]
}

func (f *firm) Usage(context.Context) (quota.Usage, error) { return f.usage, f.broken["usage"] }

func (f *firm) May(_ context.Context, c quota.Cost, p quota.Purpose) error {
	if c.Reads > f.usage.Left(quota.Read, p) {
		return &domain.Error{Kind: domain.KindQuota, Field: "read", Detail: "2026-06-01 00:00"}
	}
	return nil
}

// the company's file

func (f *firm) Settings(context.Context) (domain.Settings, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.choices, f.broken["settings"]
}

func (f *firm) SyncSettings(context.Context) (Settings, error) {
	return f.settings, f.broken["sync settings"]
}

func (f *firm) CreateSync(_ context.Context, r Run) (Run, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	r.ID = int64(len(f.runs) + 1)
	f.runs = append(f.runs, r)
	return r, f.broken["create"]
}

func (f *firm) SaveSync(_ context.Context, r Run) (Run, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	counters := f.runs[r.ID-1].Counters
	r.Counters = counters
	f.runs[r.ID-1] = r
	return r, f.broken["save run"]
}

func (f *firm) StopSync(context.Context, int64) error { return f.broken["stop"] }

func (f *firm) SeeProducts(_ context.Context, r Run, products []domain.RemoteProduct, _ time.Time) (Run, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	r.Counters.Read += len(products)
	r.Dated, r.Undated = f.dated, f.undated
	f.runs[r.ID-1] = r
	return r, f.broken["see"]
}

func (f *firm) LastProductSeen(context.Context, Run) (domain.RemoteID, error) {
	return "", f.broken["last"]
}

func (f *firm) ProductsSeenBelow(_ context.Context, _ Run, id domain.RemoteID) (int, error) {
	return slices.IndexFunc(f.list, func(p domain.RemoteProduct) bool { return p.ID == id }), nil
}

func (f *firm) UnseeBetween(_ context.Context, r Run, _, _ domain.RemoteID, stay []domain.RemoteID) (Run, error) {
	r.Counters.Read -= len(stay) // SeeProducts counts them again
	return r, nil
}

func (f *firm) ForgetSync(_ context.Context, r Run) (Run, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	r.Phase, r.NextPage, r.Total, r.Counters = transfer.PhaseRead, 1, 0, transfer.Counters{}
	f.runs[r.ID-1] = r
	return r, nil
}

func (f *firm) Missed(context.Context, Run) ([]domain.ProductRef, error) {
	return f.missed, f.broken["missed"]
}

func (f *firm) Gone(_ context.Context, ref domain.ProductRef) error {
	f.proved = append(f.proved, ref)
	return f.broken["gone"]
}

func (f *firm) Pairs(context.Context, Run) ([]Pair, error) { return f.pairs, f.broken["pairs"] }

func (f *firm) SaveSyncPlan(_ context.Context, r Run, p Plan) (Run, error) {
	f.plan, f.items = p, p.Items
	for i := range f.items {
		f.items[i].ID = int64(i + 1)
	}
	r.Brakes = p.Brakes
	return f.count(r), f.broken["plan"]
}

func (f *firm) count(r Run) Run {
	f.mu.Lock()
	defer f.mu.Unlock()
	r.Counters.Matched, r.Counters.Pending, r.Counters.Failed = len(f.items), 0, 0
	for _, i := range f.items {
		switch i.State {
		case ItemPlanned, ItemSent:
			r.Counters.Pending++
		case ItemFailed:
			r.Counters.Failed++
		default:
		}
	}
	f.runs[r.ID-1] = r
	return r
}

func (f *firm) Pull(_ context.Context, r Run, n int) (Run, int, string, error) {
	rows, name := 0, ""
	for i := range f.items {
		if it := &f.items[i]; it.Way == WayPull && it.State == ItemPlanned && rows < n {
			it.State, rows, name = ItemApplied, rows+1, it.Name
		}
	}
	return f.count(r), rows, name, f.broken["pull"]
}

func (f *firm) BeginPush(_ context.Context, r Run) (Run, []Item, error) {
	var begun []Item
	for i := range f.items {
		it := &f.items[i]
		if it.Way != WayPush || it.State != ItemPlanned || len(begun) > 0 && begun[0].Product != it.Product {
			continue
		}
		it.State = ItemSent
		if it.Receipt == "" {
			it.Receipt = "new"
		}
		begun = append(begun, *it)
	}
	return f.count(r), begun, f.broken["begin"]
}

func (f *firm) EndPush(_ context.Context, r Run, items []Item) (Run, error) {
	for _, i := range items {
		f.items[i.ID-1] = i
	}
	return f.count(r), f.broken["end"]
}

func (f *firm) LoseSent(context.Context) error {
	f.lost++
	return f.broken["lose"]
}

func (f *firm) ReopenSync(_ context.Context, r Run) (Run, error) {
	for i := range f.items {
		if f.items[i].State == ItemFailed {
			f.items[i].State = ItemPlanned
		}
	}
	return f.count(r), f.broken["reopen"]
}

func (f *firm) LatestSync(_ context.Context, scopes ...Scope) (Run, bool, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, r := range slices.Backward(f.runs) {
		if (len(scopes) == 0 || slices.Contains(scopes, r.Request.Scope)) && !r.ConfirmedAt.IsZero() && !r.ReadAt.IsZero() {
			return r, true, f.broken["latest"]
		}
	}
	return Run{}, false, f.broken["latest"]
}

func (f *firm) LatestRun(context.Context) (transfer.Run, bool, error) {
	return f.imported, f.imported.ID != 0, f.broken["imported"]
}

func (f *firm) UnfinishedSync(context.Context) (Run, bool, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if n := len(f.runs); n > 0 && !f.runs[n-1].State.Finished() {
		return f.runs[n-1], true, f.broken["unfinished"]
	}
	return Run{}, false, f.broken["unfinished"]
}

func (f *firm) Edited(context.Context) (int, time.Time, error) {
	return f.edited, f.editAt, f.broken["edited"]
}
func (f *firm) SeenProducts(context.Context) (int, error) { return f.seen, f.broken["count"] }

func (f *firm) ChangedTotals(_ context.Context, from time.Time) (totals []int, err error) {
	for _, r := range f.runs {
		if r.Request.Scope == ScopeChanged && !r.ReadAt.IsZero() && !r.ReadAt.Before(from) {
			totals = append(totals, r.Total)
		}
	}
	return totals, f.broken["totals"]
}

func (f *firm) DecideFields(_ context.Context, d Decision, stock domain.AbilityAnswer) (Decided, error) {
	return Decided{Done: len(d.Keys), Run: Run{Request: Request{Scope: ScopeChoice}}, Left: map[Left]int{Left(stock): 1}}, f.broken["decide"]
}

func (f *firm) PlanSyncUndo(context.Context, int64) (UndoPlan, error) { return UndoPlan{}, nil }
func (f *firm) UndoSync(context.Context, int64) (UndoPlan, error)     { return UndoPlan{}, nil }
