package keyring

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain"
)

// mailUser is the entry of the mail server's password. It belongs to the machine, not to a company: one
// sender serves them all, and a company that is removed must not take it along.
const mailUser = "machine/smtp"

// LoadMail gives the mail server's password, an empty one when there is none. Its error is KindKeyring or
// KindCancelled.
func (k *Keyring) LoadMail(ctx context.Context) (domain.Secret, error) {
	answer := make(chan string, 1)
	err := k.within(ctx, "read the keyring", func() error {
		text, err := k.get(mailUser)
		answer <- text
		return err
	})
	if err != nil {
		return domain.Secret{}, err
	}
	return domain.NewSecret(<-answer), nil
}

// SaveMail keeps the mail server's password in place of the one before; an empty one is removed.
func (k *Keyring) SaveMail(ctx context.Context, password domain.Secret) error {
	return k.within(ctx, "write the keyring", func() error { return k.put(mailUser, password.Reveal()) })
}
