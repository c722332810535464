package signin

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Options are what an authorisation works with.
type Options[C Client] struct {
	Company   domain.Company
	Open      Open[C]
	Store     Store
	Secrets   Secrets
	Companies Companies
	Ledger    Ledger
	// Key is the API key that nobody need type: the demo company's; else empty.
	Key domain.Secret
	// Host is asked instead of İşbaşı's own, whatever the session says; "": İşbaşı's own.
	Host string
	Log  *slog.Logger
	Now  func() time.Time
}

// Authorisation is that of one company. Its methods may be called from anywhere at any time.
type Authorisation[C Client] struct {
	o      Options[C]
	client atomic.Pointer[C]

	mu          sync.Mutex
	loaded      bool   // the keyring has answered, and what it held is in use
	sessionOnly bool   // no keyring: the session ends with the program
	tenantID    string // the firm this company belongs to, "" before the first sign-in
}

// New makes the authorisation of a company with a client of the environment it signed in to. The keyring is not
// asked before it is needed.
func New[C Client](ctx context.Context, o Options[C]) (*Authorisation[C], error) {
	a := &Authorisation[C]{o: o, tenantID: o.Company.TenantID}
	stored, err := o.Store.Connection(ctx)
	if err != nil {
		return nil, err
	}
	return a, a.useEnvironment(stored.Environment)
}

func (a *Authorisation[C]) useEnvironment(env domain.Environment) error {
	client, err := a.o.Open(env, a.keep)
	if err != nil {
		return err
	}
	a.client.Store(&client)
	return nil
}

// Client gives İşbaşı in the environment in use.
func (a *Authorisation[C]) Client() C { return *a.client.Load() }

// keep stores a session that is new or was renewed. Without a keyring it lives in memory, and the
// screen says so.
func (a *Authorisation[C]) keep(ctx context.Context, s domain.Session) error {
	err := a.o.Secrets.Save(ctx, a.o.Company.ID, s)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.loaded = true
	a.sessionOnly = domain.KindOf(err) == domain.KindKeyring
	if a.sessionOnly {
		a.o.Log.WarnContext(ctx, "no keyring; the session ends with the program", "error", err)
		return nil
	}
	return err
}

func (a *Authorisation[C]) isSessionOnly() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.sessionOnly
}
