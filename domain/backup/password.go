package backup

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/sopyo/sopyo-desktop/domain"
)

// minPassword is how many characters a password that is kept has at least: the files may lie in a cloud folder.
const minPassword = 8

// CheckPassword refuses a password that is to protect backups from now on: KindInvalid, field "password" for one that is
// too short, "again" for one that was typed otherwise the second time.
func CheckPassword(password, again domain.Secret) error {
	switch {
	case password.Empty():
		return domain.Invalid("password", "required")
	case utf8.RuneCountInString(password.Reveal()) < minPassword:
		return domain.Invalid("password", "password-short")
	case password != again:
		return domain.Invalid("again", "password-again")
	}
	return nil
}

// Key is what a password is to a cipher: the same for the same letters, however a keyboard composes them (ğ is one
// character on one system, two on another).
func Key(password domain.Secret) string { return norm.NFC.String(password.Reveal()) }
