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
	return k.loadOne(ctx, mailUser)
}

// SaveMail keeps the mail server's password in place of the one before; an empty one is removed.
func (k *Keyring) SaveMail(ctx context.Context, password domain.Secret) error {
	return k.saveOne(ctx, mailUser, password)
}

// backupUser is the entry of the password that backups are encrypted with: one for all companies of the machine.
const backupUser = "machine/backup"

// LoadBackup gives the password of backups, an empty one when there is none. Errors as of LoadMail.
func (k *Keyring) LoadBackup(ctx context.Context) (domain.Secret, error) {
	return k.loadOne(ctx, backupUser)
}

// SaveBackup keeps the password of backups in place of the one before; an empty one is removed.
func (k *Keyring) SaveBackup(ctx context.Context, password domain.Secret) error {
	return k.saveOne(ctx, backupUser, password)
}

func (k *Keyring) loadOne(ctx context.Context, user string) (domain.Secret, error) {
	answer := make(chan string, 1)
	err := k.within(ctx, "read the keyring", func() error {
		text, err := k.get(user)
		answer <- text
		return err
	})
	if err != nil {
		return domain.Secret{}, err
	}
	return domain.NewSecret(<-answer), nil
}

func (k *Keyring) saveOne(ctx context.Context, user string, secret domain.Secret) error {
	return k.within(ctx, "write the keyring", func() error {
		if err := fits(secret.Reveal()); err != nil {
			return err
		}
		return k.put(user, secret.Reveal())
	})
}
