package signin

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// Company is what the screen asks of the company. Every method may block.
type Company interface {
	Connection
	SignIn
	// Settings and SaveSettings are for the switch of the integration.
	Settings(ctx context.Context) (domain.Settings, error)
	SaveSettings(ctx context.Context, s domain.Settings) error
}

// Connection is what is known of the company's authorisation at İşbaşı.
type Connection interface {
	// Connection gives what is known without asking İşbaşı.
	Connection(ctx context.Context) (domain.Connection, error)
	// Test asks İşbaşı one small question (one read) and gives what it learned.
	Test(ctx context.Context) (domain.Connection, error)
	// NameUser says whose account it is, where a sign-in in the browser did not tell. KindInvalid (field "user"): no address.
	NameUser(ctx context.Context, email string) error
	// Forget removes the session from the keyring and closes the integration.
	Forget(ctx context.Context) error
}

// SignIn authorises the company at İşbaşı.
type SignIn interface {
	// Authorise signs in and stores nothing. In the browser way it opens the browser and waits. Without
	// an API key the kept one is used (a demo company's is known).
	Authorise(ctx context.Context, c domain.Credentials, b domain.Browser) (domain.SignIn, error)
	// Recognise gives what the person recognises the firm by, which İşbaşı does not name (one read).
	Recognise(ctx context.Context, s domain.SignIn) (domain.FirmSample, error)
	// Confirm stores an accepted sign-in, and opens the integration if open is set.
	Confirm(ctx context.Context, s domain.SignIn, open bool) error
}

// Ways lead from the page to what the window does.
type Ways struct {
	// Company is the one in view, as it is called now.
	Company domain.Company
	// Rename gives it another name; it is called off the interface's thread. KindInvalid: the name is empty or taken.
	Rename func(ctx context.Context, name string) (domain.Company, error)
	// Authorised is called when the company, so named, has been authorised.
	Authorised func(info domain.Company)
}

// env is what everything of the screen is given.
type env struct {
	*kit.Env
	co   Company
	ways Ways
}

// demo tells whether the company is the demo one.
func (e *env) demo() bool { return e.ways.Company.Demo }
