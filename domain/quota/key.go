package quota

import (
	"context"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Keys keep which API key each company of this machine has, by its print: what tells it from others.
type Keys interface {
	KeyPrint(ctx context.Context, key domain.Secret) (string, error)
	// CompanyKey gives the print of the company's key, "" while it is not known.
	CompanyKey(ctx context.Context, id domain.CompanyID) (keyPrint string, err error)
	// SaveCompanyKey notes that the company has the key of that print now. A company whose key was not known
	// before brings along what it has booked of the month: those calls were made with this key.
	SaveCompanyKey(ctx context.Context, id domain.CompanyID, keyPrint, month string, booked map[Kind]int) error
	// KeyQuota gives the ledger of the key of that print, to book the company's calls in.
	KeyQuota(keyPrint string, id domain.CompanyID) KeyStore
}

// KeyedLedger is the ledger of a company, which books in that of the company's API key too.
type KeyedLedger struct {
	*Ledger
	keys Keys
	id   domain.CompanyID
}

// OpenKeyed opens the ledger of a company, and that of its API key where the key is known.
func OpenKeyed(ctx context.Context, store Store, keys Keys, id domain.CompanyID, now func() time.Time) (*KeyedLedger, error) {
	l := &KeyedLedger{Ledger: NewLedger(store, now), keys: keys, id: id}
	keyPrint, err := keys.CompanyKey(ctx, id)
	if err != nil {
		return nil, err
	}
	if keyPrint == "" {
		return l, nil
	}
	return l, l.UseKey(ctx, keys.KeyQuota(keyPrint, id))
}

// ChangeKey books in the ledger of that API key from now on. That another key before was refused more calls
// says nothing of this one.
func (l *KeyedLedger) ChangeKey(ctx context.Context, key domain.Secret) error {
	before, err := l.keys.CompanyKey(ctx, l.id)
	if err != nil {
		return err
	}
	keyPrint, err := l.keys.KeyPrint(ctx, key)
	if err != nil || keyPrint == before {
		return err
	}
	// What is booked and not used goes back first, so that the key gets what was really called.
	if err := l.UseKey(ctx, nil); err != nil {
		return err
	}
	month := Month(l.now())
	booked, err := l.store.Booked(ctx, month)
	if err != nil {
		return err
	}
	if before != "" { // and not after the key is noted: cut off there, this would not be tried again
		for _, k := range []Kind{Read, Write} {
			if err := l.Reopen(ctx, k); err != nil {
				return err
			}
		}
	}
	if err := l.keys.SaveCompanyKey(ctx, l.id, keyPrint, month, booked); err != nil {
		return err
	}
	return l.UseKey(ctx, l.keys.KeyQuota(keyPrint, l.id))
}
