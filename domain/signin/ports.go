// Package signin is a company's authorisation at İşbaşı: it signs in, keeps and renews the session, and refuses
// a firm that is not the company's. It knows neither İşbaşı's wire nor where secrets lie.
package signin

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Client is İşbaşı in one environment, asked with the session it is given.
type Client interface {
	Authenticator
	SessionHolder
	// Ping asks one small question (one read).
	Ping(ctx context.Context) error
	// Sample asks for the first n products of the firm and how many there are (one read).
	Sample(ctx context.Context, n int) (domain.FirmSample, error)
	// Ability gives what is remembered of the API key in use; it asks İşbaşı nothing.
	Ability(ctx context.Context, a domain.Ability) (domain.AbilityAnswer, error)
}

// Authenticator signs in, and gives beside a credentials error what it needs to go on.
type Authenticator interface {
	// SignIn is the single-account way, with user name and password.
	SignIn(ctx context.Context, c domain.Credentials) (domain.SignIn, error)
	// SignInBrowser opens the browser and waits.
	SignInBrowser(ctx context.Context, c domain.Credentials, b domain.Browser) (domain.SignIn, error)
}

// SessionHolder has the session in use.
type SessionHolder interface {
	Session() (s domain.Session, ok bool)
	Use(s domain.Session)
}

// Open makes the client of an environment; it hands every session that it renews to keep.
type Open[C Client] func(env domain.Environment, keep func(ctx context.Context, s domain.Session) error) (C, error)

// Store keeps what may be known of a connection without its secrets. Every method is one transaction.
type Store interface {
	Connection(ctx context.Context) (domain.Connection, error)
	SaveConnection(ctx context.Context, c domain.Connection) error
	// SaveOpenConnection opens the integration too, if the abilities of the key let its settings be.
	SaveOpenConnection(ctx context.Context, c domain.Connection, able domain.Abilities) error
	// ForgetConnection closes the integration too.
	ForgetConnection(ctx context.Context) error
}

// Secrets keep the session of each company. Their errors are KindKeyring, and KindCancelled.
type Secrets interface {
	// Load gives the session, an empty one when there is none.
	Load(ctx context.Context, id domain.CompanyID) (domain.Session, error)
	Save(ctx context.Context, id domain.CompanyID, s domain.Session) error
	Forget(ctx context.Context, id domain.CompanyID) error
}

// Companies are all of this machine.
type Companies interface {
	Companies(ctx context.Context) ([]domain.Company, error)
	// SaveFirm gives a company its firm; its name may have changed since the company was opened. KindNotFound: it was removed.
	SaveFirm(ctx context.Context, id domain.CompanyID, tenantID string) (domain.Company, error)
}

// Ledger books calls.
type Ledger interface {
	// ChangeKey books in the name of that API key from now on.
	ChangeKey(ctx context.Context, key domain.Secret) error
}
