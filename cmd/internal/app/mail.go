package app

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	reports "github.com/sopyo/sopyo-desktop/storage/report"
)

// preferenceMail is where this machine's sender stands, as JSON. It is the machine's and not a company's:
// an accountant writes in their own name for all forty of them. The password is in the keyring.
const preferenceMail = "mail"

// mailbox is what the process knows of the mail server's password.
type mailbox struct {
	mu       sync.Mutex
	password domain.Secret // held here only while there is no keyring
	held     bool
}

// MailSettings gives this machine's sender, the defaults while none was set up.
func (a *App) MailSettings(ctx context.Context) (mail.Settings, error) {
	s := mail.DefaultSettings()
	text, err := a.Machine.Preference(ctx, preferenceMail)
	if err != nil || text == "" {
		return s, err
	}
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return mail.DefaultSettings(), domain.E(domain.KindInternal, "read the mail settings", err)
	}
	return s, nil
}

// SaveMailSettings stores valid settings, and password if it is not nil (an empty one forgets the kept
// one). Without a keyring the password lives as long as the program: sessionOnly tells.
func (a *App) SaveMailSettings(ctx context.Context, s mail.Settings, password *domain.Secret) (sessionOnly bool, err error) {
	s = s.Normal()
	if err := s.Validate(); err != nil {
		return false, err
	}
	text, err := json.Marshal(s)
	if err != nil {
		return false, domain.E(domain.KindInternal, "write the mail settings", err)
	}
	if err := a.Machine.SavePreference(ctx, preferenceMail, string(text)); err != nil || password == nil {
		return false, err
	}
	a.mailbox.mu.Lock()
	defer a.mailbox.mu.Unlock()
	err = a.keys.SaveMail(ctx, *password)
	a.mailbox.held = domain.KindOf(err) == domain.KindKeyring
	a.mailbox.password = domain.Secret{}
	if a.mailbox.held {
		a.mailbox.password = *password
		a.Log.WarnContext(ctx, "no keyring; the mail password ends with the program", "error", err)
		return true, nil
	}
	return false, err
}

// ForgetMail takes the sender and its password away.
func (a *App) ForgetMail(ctx context.Context) error {
	if err := a.Machine.SavePreference(ctx, preferenceMail, ""); err != nil {
		return err
	}
	a.mailbox.mu.Lock()
	defer a.mailbox.mu.Unlock()
	a.mailbox.held, a.mailbox.password = false, domain.Secret{}
	return a.keys.SaveMail(ctx, domain.Secret{})
}

// MailPassword gives the kept password, an empty one when there is none.
func (a *App) MailPassword(ctx context.Context) (domain.Secret, error) {
	a.mailbox.mu.Lock()
	defer a.mailbox.mu.Unlock()
	if a.mailbox.held {
		return a.mailbox.password, nil
	}
	return a.keys.LoadMail(ctx)
}

func (a *App) mailServer(ctx context.Context, s mail.Settings, password *domain.Secret) (reports.Server, error) {
	server := reports.Server{Settings: s, Roots: a.options.MailRoots}
	if password != nil {
		server.Password = *password
		return server, nil
	}
	if s.User == "" {
		return server, nil
	}
	var err error
	server.Password, err = a.MailPassword(ctx)
	return server, err
}

// TestMail sends a short letter by these settings to their To, else to their From, and gives the address
// and the server's answer. Without a password the kept one is used. It is no letter of the queue: a
// person is looking on.
func (a *App) TestMail(ctx context.Context, s mail.Settings, password *domain.Secret, lang string) (to, answer string, err error) {
	s = s.Normal()
	if err := s.Validate(); err != nil {
		return "", "", err
	}
	if to = s.To; to == "" {
		to = s.From
	}
	text, err := a.text(ctx, lang)
	if err != nil {
		return "", "", err
	}
	server, err := a.mailServer(ctx, s, password)
	if err != nil {
		return "", "", err
	}
	line, err := server.Dial(ctx)
	if err != nil {
		return to, "", err
	}
	defer line.Close()
	answer, err = line.Send(ctx, mail.Letter{
		To: to, MessageID: mail.NewMessageID(s.From), CreatedAt: time.Now(),
		Content: mail.Content{Subject: text.T("mail.test.subject"), Text: text.T("mail.test.text")},
	})
	return to, answer, err
}
