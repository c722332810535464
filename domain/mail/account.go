package mail

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Preferences keep this machine's settings as text, "" where nothing was kept.
type Preferences interface {
	Preference(ctx context.Context, key string) (string, error)
	SavePreference(ctx context.Context, key, value string) error
}

// preference is the key under which the settings stand, as JSON.
const preference = "mail"

// Passwords keep the mail server's password. Their errors are KindKeyring, and KindCancelled.
type Passwords interface {
	// LoadMail gives it, an empty one when there is none.
	LoadMail(ctx context.Context) (domain.Secret, error)
	// SaveMail keeps it in place of the one before; an empty one is removed.
	SaveMail(ctx context.Context, password domain.Secret) error
}

// Dial connects to a mail server and signs in.
type Dial func(ctx context.Context, s Settings, password domain.Secret) (Line, error)

// Line is a connection to a mail server; after an error it is of no use.
type Line interface {
	// Send hands a letter over and gives the server's answer. KindMailUnknown: nobody knows whether it took it.
	Send(ctx context.Context, l Letter) (answer string, err error)
	Close()
}

// Account is this machine's sender. It is the machine's and not a company's: an accountant writes in their own
// name for all forty of them. Its methods may be called from anywhere at any time.
type Account struct {
	preferences Preferences
	passwords   Passwords
	dial        Dial
	log         *slog.Logger

	mu       sync.Mutex
	password domain.Secret // held here only while there is no keyring
	held     bool
	changed  chan struct{} // closed when the settings are saved
}

// NewAccount makes the sender of a machine.
func NewAccount(preferences Preferences, passwords Passwords, dial Dial, log *slog.Logger) *Account {
	return &Account{preferences: preferences, passwords: passwords, dial: dial, log: log, changed: make(chan struct{})}
}

// MailSettings gives the settings, the defaults while none were set up.
func (a *Account) MailSettings(ctx context.Context) (Settings, error) {
	s := DefaultSettings()
	text, err := a.preferences.Preference(ctx, preference)
	if err != nil || text == "" {
		return s, err
	}
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return DefaultSettings(), domain.E(domain.KindInternal, "read the mail settings", err)
	}
	return s, nil
}

// SaveMailSettings stores valid settings, and password if it is not nil (an empty one forgets the kept
// one). Without a keyring the password lives as long as the program: sessionOnly tells.
func (a *Account) SaveMailSettings(ctx context.Context, s Settings, password *domain.Secret) (sessionOnly bool, err error) {
	s = s.Normal()
	if err := s.Validate(); err != nil {
		return false, err
	}
	text, err := json.Marshal(s)
	if err != nil {
		return false, domain.E(domain.KindInternal, "write the mail settings", err)
	}
	if err := a.preferences.SavePreference(ctx, preference, string(text)); err != nil {
		return false, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if password != nil {
		err = a.passwords.SaveMail(ctx, *password)
		a.held, a.password = domain.KindOf(err) == domain.KindKeyring, domain.Secret{}
		if a.held {
			a.password = *password
			a.log.WarnContext(ctx, "no keyring; the mail password ends with the program", "error", err)
			err = nil
		}
	}
	if err == nil {
		close(a.changed)
		a.changed = make(chan struct{})
	}
	return password != nil && a.held, err
}

// mailChanged gives what is closed when the settings are saved the next time.
func (a *Account) mailChanged() <-chan struct{} {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.changed
}

// ForgetMail takes the settings and the password away.
func (a *Account) ForgetMail(ctx context.Context) error {
	if err := a.preferences.SavePreference(ctx, preference, ""); err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.held, a.password = false, domain.Secret{}
	return a.passwords.SaveMail(ctx, domain.Secret{})
}

// MailPassword gives the kept password, an empty one when there is none.
func (a *Account) MailPassword(ctx context.Context) (domain.Secret, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.held {
		return a.password, nil
	}
	return a.passwords.LoadMail(ctx)
}

// HasMailPassword tells whether a password is kept for s. Where there is no keyring there is none: what is
// wrong is said by sending.
func (a *Account) HasMailPassword(ctx context.Context, s Settings) (bool, error) {
	if s.User == "" {
		return false, nil
	}
	password, err := a.MailPassword(ctx)
	if domain.KindOf(err) == domain.KindKeyring {
		return false, nil
	}
	return !password.Empty(), err
}

// line signs in with password, nil: the kept one.
func (a *Account) line(ctx context.Context, s Settings, password *domain.Secret) (Line, error) {
	if password != nil {
		return a.dial(ctx, s, *password)
	}
	var kept domain.Secret
	if s.User != "" {
		var err error
		if kept, err = a.MailPassword(ctx); err != nil {
			return nil, err
		}
	}
	return a.dial(ctx, s, kept)
}

// TestMail sends what a letter says by these settings to their To, else to their From, and gives the address
// and the server's answer. Without a password the kept one is used. It is no letter of the queue: a
// person is looking on.
func (a *Account) TestMail(ctx context.Context, s Settings, password *domain.Secret, c Content) (to, answer string, err error) {
	s = s.Normal()
	if err := s.Validate(); err != nil {
		return "", "", err
	}
	if to = s.To; to == "" {
		to = s.From
	}
	line, err := a.line(ctx, s, password)
	if err != nil {
		return to, "", err
	}
	defer line.Close()
	answer, err = line.Send(ctx, Letter{To: to, MessageID: NewMessageID(s.From), CreatedAt: time.Now(), Content: c})
	return to, answer, err
}
