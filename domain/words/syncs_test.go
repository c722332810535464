package words_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// spoken gives the words of a language, and what has none.
func spoken(t *testing.T, lang string) (words.Words, *assets.Text) {
	t.Helper()
	text, err := assets.NewText(lang)
	if err != nil {
		t.Fatal(err)
	}
	return words.New(text.Lang, text.T), text
}

// Every value of a sync that is shown has a sentence in both languages.
func TestSync_everyValueHasWords(t *testing.T) {
	var keys []string
	for _, w := range []sync.Why{
		sync.WhyEqual, sync.WhyConverged, sync.WhyEcho, sync.WhyInFlight, sync.WhyStaleRead, sync.WhyAbsent, sync.WhyPriceZero, sync.WhyCurrency,
		sync.WhyUntracked, sync.WhyNotBound, sync.WhyGone, sync.WhyOursChanged, sync.WhyTheirsChanged, sync.WhyBothChanged, sync.WhyNeverAgreed,
		sync.WhyNoWinner, sync.WhyStockNotWritable, sync.WhyPushUnset, sync.WhyPushOff, sync.WhyOursEmpty, sync.WhyOursNegative, sync.WhyPullOff,
		sync.WhyJump, sync.WhyNotStored, sync.WhyUndone, sync.WhyRefused,
	} {
		keys = append(keys, "sync.why."+string(w))
	}
	for _, s := range []sync.Scope{sync.ScopeFull, sync.ScopeChanged, sync.ScopeEdits, sync.ScopeChoice} {
		keys = append(keys, "sync.scope."+string(s))
	}
	for _, o := range []sync.Occasion{sync.OccasionPerson, sync.OccasionOpening, sync.OccasionSchedule, sync.OccasionEdits, sync.OccasionUndo} {
		keys = append(keys, "sync.occasion."+string(o), "history.value.occasion."+string(o))
	}
	for _, s := range []sync.ItemState{
		sync.ItemPlanned, sync.ItemApplied, sync.ItemSent, sync.ItemUnknown, sync.ItemAnswered, sync.ItemConfirmed, sync.ItemRefuted, sync.ItemFailed,
	} {
		keys = append(keys, "sync.item."+string(s))
	}
	for _, f := range []string{sync.FailedChangedHere, sync.FailedChangedThere, sync.FailedUnchosen, sync.FailedGone, sync.FailedUncertain, sync.FailedUnit, sync.FailedVATRate, sync.FailedCurrency, sync.FailedPrice} {
		keys = append(keys, "sync.failure."+f)
	}
	for _, s := range []transfer.State{
		transfer.StateDraft, transfer.StatePreparing, transfer.StatePlanned, transfer.StateQueued, transfer.StateApplying, transfer.StatePaused,
		transfer.StateStopping, transfer.StateStopped, transfer.StateDone, transfer.StatePartlyDone, transfer.StateFailed,
	} {
		keys = append(keys, "sync.state."+string(s))
	}
	for _, w := range []sync.Way{sync.WayPull, sync.WayPush} {
		keys = append(keys, "sync.way."+string(w))
	}
	for _, s := range []domain.Source{domain.SourceFile, domain.SourceIsbasi, domain.SourceSync, domain.SourcePerson, domain.SourceUndo} {
		keys = append(keys, "origin."+string(s))
	}
	for _, lang := range assets.Languages() {
		_, text := spoken(t, lang)
		for _, k := range keys {
			if !text.Has(k) {
				t.Errorf("%s has no words in %s", k, lang)
			}
		}
	}
}

func TestMoved_leavesZerosOut(t *testing.T) {
	w, _ := spoken(t, "tr")
	for _, c := range []struct {
		moved      sync.Moved
		said, will string
	}{
		{sync.Moved{}, "", ""},
		{sync.Moved{PulledStock: 12, PulledPrice: 3, PushedPrice: 4}, "12 stok, 3 fiyat alındı · 4 fiyat gönderildi", "12 stok, 3 fiyat alınacak · 4 fiyat gönderilecek"},
		{sync.Moved{PulledPrice: 1200}, "1.200 fiyat alındı", "1.200 fiyat alınacak"},
		{sync.Moved{PushedStock: 2, PushedPrice: 1}, "2 stok, 1 fiyat gönderildi", "2 stok, 1 fiyat gönderilecek"},
		{sync.Moved{PulledStock: 1, PushedStock: 1}, "1 stok alındı · 1 stok gönderildi", "1 stok alınacak · 1 stok gönderilecek"},
	} {
		if got := w.Moved(c.moved); got != c.said {
			t.Errorf("%+v: %q, want %q", c.moved, got, c.said)
		}
		if got := w.Planned(c.moved); got != c.will {
			t.Errorf("%+v: %q, want %q", c.moved, got, c.will)
		}
	}
}

func TestSyncEnd_saysWhatBecameOfARun(t *testing.T) {
	w, _ := spoken(t, "tr")
	run := func(state transfer.State, change func(r *sync.Run)) sync.Run {
		r := sync.Run{Run: transfer.Run{State: state}, Moved: sync.Moved{PulledPrice: 2}}
		if change != nil {
			change(&r)
		}
		return r
	}
	for want, r := range map[string]sync.Run{
		"2 fiyat alındı":    run(transfer.StateDone, nil),
		"iki taraf aynıydı": run(transfer.StateDone, func(r *sync.Run) { r.Moved = sync.Moved{} }),
		"2 fiyat alındı · 3 değişiklik yapılamadı": run(transfer.StatePartlyDone, func(r *sync.Run) { r.Counters.Failed = 3 }),
		"3 değişiklik yapılamadı":                  run(transfer.StatePartlyDone, func(r *sync.Run) { r.Counters.Failed, r.Moved = 3, sync.Moved{} }),
		"geri alındı":                              run(transfer.StateDone, func(r *sync.Run) { r.UndoneAt = time.Unix(1, 0) }),
		"sınırda durdu":                            run(transfer.StatePaused, func(r *sync.Run) { r.Cause = domain.KindBrake }),
		"duraklatıldı · 2 fiyat alındı":            run(transfer.StatePaused, func(r *sync.Run) { r.Cause = domain.KindNetwork }),
		"durduruldu":                               run(transfer.StateStopped, func(r *sync.Run) { r.Moved = sync.Moved{} }),
		"İşbaşı’nda girildi diye işaretlendi": run(transfer.StateDone, func(r *sync.Run) {
			r.Request.Scope, r.Moved = sync.ScopeChoice, sync.Moved{}
		}),
	} {
		if got := w.SyncEnd(r); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestSyncBegun_saysByWhat(t *testing.T) {
	w, _ := spoken(t, "tr")
	for want, q := range map[string]sync.Request{
		"siz başlattınız":                      {Scope: sync.ScopeFull, Occasion: sync.OccasionPerson},
		"zamanı gelince":                       {Scope: sync.ScopeChanged, Occasion: sync.OccasionSchedule},
		"sizin kararınız":                      {Scope: sync.ScopeChoice, Occasion: sync.OccasionPerson},
		"katalogdaki değişiklikler gönderildi": {Scope: sync.ScopeEdits, Occasion: sync.OccasionEdits},
		"geri alma":                            {Scope: sync.ScopeEdits, Occasion: sync.OccasionUndo},
	} {
		if got := w.SyncBegun(q); got != want {
			t.Errorf("%+v: %q, want %q", q, got, want)
		}
	}
}

func TestSyncItem_saysThatAReceiptMayHaveArrived(t *testing.T) {
	w, _ := spoken(t, "tr")
	if got := w.SyncItem(sync.Item{State: sync.ItemFailed, Detail: sync.FailedUncertain}); got != "İşbaşı’na varıp varmadığı bilinmiyor; orada bakın" {
		t.Error(got)
	}
}

func TestSyncItem_saysWhyOneFailed(t *testing.T) {
	w, _ := spoken(t, "tr")
	for want, i := range map[string]sync.Item{
		"kataloğa yazıldı":                  {State: sync.ItemApplied},
		"geri alındı":                       {State: sync.ItemApplied, Undone: true},
		"katalogda bu arada değişti":        {State: sync.ItemFailed, Detail: sync.FailedChangedHere},
		"İşbaşı’ndaki ürünün KDV oranı yok": {State: sync.ItemFailed, Detail: sync.FailedVATRate},
		"yapılamadı (Birim tanımsız)":       {State: sync.ItemFailed, Detail: "Birim tanımsız"},
		"yapılamadı":                        {State: sync.ItemFailed},
		"İşbaşı’nda başka değer görüldü":    {State: sync.ItemRefuted},
	} {
		if got := w.SyncItem(i); got != want {
			t.Errorf("%+v: %q, want %q", i, got, want)
		}
	}
}

func TestNextSync_saysWhenAndWhyThen(t *testing.T) {
	w, _ := spoken(t, "tr")
	now := time.Date(2026, 11, 26, 6, 0, 0, 0, time.UTC)
	for want, st := range map[string]sync.Standing{
		"Kendiliğinden başlamaz: zamanlama kapalı.":                 {},
		"Sıradaki birazdan başlar.":                                 {Next: now},
		"Sıradaki 15:00.":                                           {Next: now.Add(6 * time.Hour)},
		"Sıradaki 27.11.2026 09:00.":                                {Next: now.AddDate(0, 0, 1)},
		"Sıradaki, bu ayın okuma payı birikince: 30.11.2026 09:00.": {Next: now.AddDate(0, 0, 4), Saving: true},
	} {
		if got := w.NextSync(st, now); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	last := sync.Standing{HasLast: true, Last: sync.Run{Run: transfer.Run{State: transfer.StateDone, CreatedAt: now}, Moved: sync.Moved{PulledStock: 1}}}
	if got := w.LastSync(last, now); got != "Son eşitleme 09:00: 1 stok alındı." {
		t.Errorf("%q", got)
	}
	if got := w.LastSync(sync.Standing{}, now); got != "Henüz eşitleme yapılmadı." {
		t.Errorf("%q", got)
	}
}

func TestSyncValue_andCalls(t *testing.T) {
	w, _ := spoken(t, "tr")
	n := decimal.NewNullDecimal(decimal.RequireFromString("1234.5"))
	for _, c := range []struct{ got, want string }{
		{w.SyncValue(domain.SharedPrice, n, domain.TRY), "1.234,50 ₺"},
		{w.SyncValue(domain.SharedPrice, n, domain.EUR), "1.234,50 €"},
		{w.SyncValue(domain.SharedStock, n, ""), "1.234,5"},
		{w.SyncValue(domain.SharedStock, decimal.NullDecimal{}, ""), "–"},
		{w.Calls(quota.Cost{Reads: 388}), "388 okuma"},
		{w.Calls(quota.Cost{Reads: 2, Writes: 3}), "2 okuma, 3 yazma"},
		{w.Calls(quota.Cost{Writes: 3}), "3 yazma"},
		{w.Calls(quota.Cost{}), ""},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestOrigin_saysWhenFromWhereAndWho(t *testing.T) {
	at := time.Date(2026, 11, 26, 6, 0, 0, 0, time.UTC)
	w, _ := spoken(t, "tr")
	for want, o := range map[string]domain.Origin{
		"": {},
		"26.11.2026 09:00, eşitlemeyle İşbaşı’ndan":       {At: at, From: domain.SourceSync, By: "ayşe"},
		"26.11.2026 09:00, ürün aktarımıyla İşbaşı’ndan":  {At: at, From: domain.SourceIsbasi},
		"26.11.2026 09:00, elle; yazan: ayşe":             {At: at, From: domain.SourcePerson, By: "ayşe"},
		"26.11.2026 09:00, elle":                          {At: at, From: domain.SourcePerson},
		"26.11.2026 09:00, dosyadan; alan: ayşe":          {At: at, From: domain.SourceFile, By: "ayşe"},
		"26.11.2026 09:00, geri almayla; geri alan: ayşe": {At: at, From: domain.SourceUndo, By: "ayşe"},
	} {
		if got := w.Origin(o); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
