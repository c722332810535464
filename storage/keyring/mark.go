package keyring

import (
	"context"
	"fmt"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// A company's mark is the number of its last attempt to make an invoice, and when that was: a company's file that is
// behind it was restored from a copy (orders-invoices.md §5). It is no secret; it lies here because a copy of the data
// folder does not bring it along.

func markUser(id domain.CompanyID) string { return string(id) + "/mark" }

// LoadMark gives the mark of a company, 0 when there is none. Its error is KindKeyring or KindCancelled.
func (k *Keyring) LoadMark(ctx context.Context, id domain.CompanyID) (serial int64, at time.Time, err error) {
	answer := make(chan string, 1)
	if err := k.within(ctx, "read the keyring", func() error {
		text, err := k.get(markUser(id))
		answer <- text
		return err
	}); err != nil {
		return 0, time.Time{}, err
	}
	text := <-answer
	if text == "" {
		return 0, time.Time{}, nil
	}
	var seconds int64
	if _, err := fmt.Sscanf(text, "%d %d", &serial, &seconds); err != nil {
		return 0, time.Time{}, domain.E(domain.KindKeyring, "read the keyring", err)
	}
	return serial, time.Unix(seconds, 0).UTC(), nil
}

// SaveMark replaces the mark of a company.
func (k *Keyring) SaveMark(ctx context.Context, id domain.CompanyID, serial int64, at time.Time) error {
	return k.within(ctx, "write the keyring", func() error { return k.put(markUser(id), fmt.Sprintf("%d %d", serial, at.Unix())) })
}
