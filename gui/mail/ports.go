package mail

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// Company is what the screen asks of the company. Every method may block.
type Company interface {
	Sender
	Tester
	Letters
}

// Sender is who sends this machine's letters.
type Sender interface {
	MailSettings(ctx context.Context) (mail.Settings, error)
	// HasMailPassword tells whether a password is kept for s.
	HasMailPassword(ctx context.Context, s mail.Settings) (bool, error)
	// SaveMailSettings keeps them, and the password if it is not nil; sessionOnly: there is no keyring, the
	// password ends with the program.
	SaveMailSettings(ctx context.Context, s mail.Settings, password *domain.Secret) (sessionOnly bool, err error)
	// ForgetMail takes the sender and its password away.
	ForgetMail(ctx context.Context) error
}

// Tester tries settings before they are kept.
type Tester interface {
	// TestMail really sends a letter that says c, and gives to whom and the server's answer. nil stands for the
	// kept password.
	TestMail(ctx context.Context, s mail.Settings, password *domain.Secret, c mail.Content) (to, answer string, err error)
}

// Letters are those of the company.
type Letters interface {
	// Letters gives one page of the letters, the newest first, and how many q finds in all.
	Letters(ctx context.Context, q mail.Query) (letters []mail.Letter, total int, err error)
	// SendNow sends a letter again that a person wants to be sent, and gives it as it stands then.
	SendNow(ctx context.Context, id int64) (mail.Letter, error)
	DismissLetter(ctx context.Context, id int64) error
}

// env is what everything of the screen is given.
type env struct {
	*kit.Env
	co Company
}
