package quota

import (
	"context"
	"errors"
	"maps"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

// ring keeps the keys of companies in memory; the print of key "a" is "print-a".
type ring struct {
	of      map[domain.CompanyID]string
	ledgers map[string]*keyBooks
	*failing
}

func newRing(f *failing) *ring {
	return &ring{map[domain.CompanyID]string{}, map[string]*keyBooks{}, f}
}

func (r *ring) KeyPrint(ctx context.Context, key domain.Secret) (string, error) {
	return "print-" + key.Reveal(), r.next(ctx)
}

func (r *ring) CompanyKey(ctx context.Context, id domain.CompanyID) (string, error) {
	return r.of[id], r.next(ctx)
}

func (r *ring) SaveCompanyKey(ctx context.Context, id domain.CompanyID, keyPrint, month string, booked map[Kind]int) error {
	if err := r.next(ctx); err != nil {
		return err
	}
	if r.of[id] == "" && len(booked) > 0 {
		r.ledger(keyPrint).used = map[string]map[Kind]int{month: maps.Clone(booked)}
	}
	r.of[id] = keyPrint
	return nil
}

func (r *ring) KeyQuota(keyPrint string, _ domain.CompanyID) KeyStore {
	return failingKey{r.ledger(keyPrint), r.failing}
}

func (r *ring) ledger(keyPrint string) *keyBooks {
	if r.ledgers[keyPrint] == nil {
		r.ledgers[keyPrint] = &keyBooks{}
	}
	return r.ledgers[keyPrint]
}

// spent gives what of November is booked with a key.
func (r *ring) spent(keyPrint string) int { return r.ledger(keyPrint).used["2026-11"][Read] }

// refused lets İşbaşı have refused more of both kinds.
func refused(b *books, l *KeyedLedger) {
	for _, k := range []Kind{Read, Write} {
		b.exhausted[k] = Exhaustion{Since: november, AskedAt: november}
	}
	l.loaded = false
}

func key(name string) domain.Secret { return domain.NewSecret(name) }

func TestKeyedLedger_booksWithTheKeyItKnows(t *testing.T) {
	store, now, keys := newBooks(), november, newRing(&failing{})
	l, err := OpenKeyed(t.Context(), store, keys, "alfa", clock(&now))
	if err != nil {
		t.Fatal(err)
	}
	take(t, l.Ledger, Read, 3)
	if len(keys.ledgers) != 0 {
		t.Error("it books with a key that nobody knows")
	}
	refused(store, l)
	for range 2 { // the same key again changes nothing
		if err := l.ChangeKey(t.Context(), key("a")); err != nil {
			t.Fatal(err)
		}
	}
	// What was called before was called with this key, and İşbaşı's word was to it.
	if keys.of["alfa"] != "print-a" || keys.spent("print-a") != 3 || store.used["2026-11"][Read] != 3 || len(store.exhausted) != 2 {
		t.Errorf("%v, %d of the key, %v", keys.of, keys.spent("print-a"), store.exhausted)
	}
	if err := l.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	clear(store.exhausted)
	if l, err = OpenKeyed(t.Context(), store, keys, "alfa", clock(&now)); err != nil {
		t.Fatal(err)
	}
	take(t, l.Ledger, Read, 1)
	if got := keys.spent("print-a"); got != 3+BlockSize {
		t.Errorf("%d booked with the known key", got)
	}
}

func TestKeyedLedger_anotherKeyBeginsAnew(t *testing.T) {
	store, now, keys := newBooks(), november, newRing(&failing{})
	l, err := OpenKeyed(t.Context(), store, keys, "alfa", clock(&now))
	if err == nil {
		err = l.ChangeKey(t.Context(), key("a"))
	}
	if err != nil {
		t.Fatal(err)
	}
	take(t, l.Ledger, Read, 5)
	refused(store, l)
	now = now.AddDate(0, 0, 1)
	if u, err := l.Usage(t.Context()); err != nil || !u.ReadExhausted.Is() || !u.WriteExhausted.Is() {
		t.Fatalf("%+v, %v", u, err)
	}
	if err := l.ChangeKey(t.Context(), key("b")); err != nil {
		t.Fatal(err)
	}
	// What was booked of the old key and not used is its own again.
	if keys.of["alfa"] != "print-b" || keys.spent("print-a") != 5 || keys.spent("print-b") != 0 || store.used["2026-11"][Read] != 5 {
		t.Errorf("%v, %d and %d", keys.of, keys.spent("print-a"), keys.spent("print-b"))
	}
	u, err := l.Usage(t.Context())
	if err != nil || u.ReadExhausted.Is() || u.WriteExhausted.Is() || len(store.exhausted) != 0 || u.KeyReads != 0 || u.Reads != 5 {
		t.Errorf("refused to another key: %+v, %v", u, err)
	}
	take(t, l.Ledger, Read, 2)
	if u, err := l.Usage(t.Context()); err != nil || u.KeyReads != 2 || u.Reads != 7 {
		t.Errorf("%+v, %v", u, err)
	}
}

// Whichever call fails, it is said; the next try ends as if nothing had been.
func TestKeyedLedger_failingAnywhereIsSaidAndTriedAgain(t *testing.T) {
	for n := 1; ; n++ {
		f := &failing{}
		store, now, keys := newBooks(), november, newRing(f)
		keys.of["alfa"] = "print-a"
		l, err := OpenKeyed(t.Context(), failingBooks{store, f}, keys, "alfa", clock(&now))
		if err != nil {
			t.Fatal(err)
		}
		take(t, l.Ledger, Read, 2)
		refused(store, l)
		f.n, f.calls = n, 0
		err = l.ChangeKey(t.Context(), key("b"))
		reached := f.calls >= n
		f.n = 0
		if reached != errors.Is(err, errBroken) {
			t.Errorf("call %d: %v", n, err)
		}
		if err := l.ChangeKey(t.Context(), key("b")); err != nil {
			t.Errorf("call %d, again: %v", n, err)
		}
		if keys.of["alfa"] != "print-b" || len(store.exhausted) != 0 || store.used["2026-11"][Read] != 2 || keys.spent("print-b") != 0 {
			t.Errorf("call %d: %v, %v, %d booked, %d of the new key", n, keys.of, store.exhausted, store.used["2026-11"][Read], keys.spent("print-b"))
		}
		if !reached {
			if n < 9 {
				t.Errorf("%d calls only", n-1)
			}
			break
		}
	}
	f := &failing{n: 1}
	if l, err := OpenKeyed(t.Context(), newBooks(), newRing(f), "alfa", clock(&november)); l != nil || !errors.Is(err, errBroken) {
		t.Errorf("%v, %v", l, err)
	}
}
