package mail

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

var (
	errDisk   = domain.E(domain.KindDisk, "keep", nil)
	errLocked = domain.E(domain.KindKeyring, "ask the keyring", nil)
	errLine   = domain.E(domain.KindMailNetwork, "send", nil)
)

// office is a machine's preferences and keyring, its log and a mail server, in memory.
type office struct {
	mu       sync.Mutex
	kept     map[string]string
	password domain.Secret
	log      strings.Builder
	dialled  []string // host, user and password
	sent     []Letter
	open     int // lines

	disk, locked, away, refuses error
	sending                     func(ctx context.Context, l Letter) error // nil: it takes every letter
}

func (o *office) do(err *error, do func()) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if *err == nil {
		do()
	}
	return *err
}

func (o *office) Preference(_ context.Context, key string) (text string, err error) {
	return text, o.do(&o.disk, func() { text = o.kept[key] })
}

func (o *office) SavePreference(_ context.Context, key, text string) error {
	return o.do(&o.disk, func() { o.kept[key] = text })
}

func (o *office) LoadMail(context.Context) (s domain.Secret, err error) {
	return s, o.do(&o.locked, func() { s = o.password })
}

func (o *office) SaveMail(_ context.Context, s domain.Secret) error {
	return o.do(&o.locked, func() { o.password = s })
}

func (o *office) dial(_ context.Context, s Settings, password domain.Secret) (Line, error) {
	if err := o.do(&o.away, func() {
		o.dialled = append(o.dialled, s.Host+" "+s.User+" "+password.Reveal())
		o.open++
	}); err != nil {
		return nil, err
	}
	return o, nil
}

func (o *office) Send(ctx context.Context, l Letter) (string, error) {
	if o.sending != nil {
		if err := o.sending(ctx, l); err != nil {
			return "", err
		}
	}
	if err := o.do(&o.refuses, func() { o.sent = append(o.sent, l) }); err != nil {
		return "", err
	}
	return "250 queued", nil
}

func (o *office) Close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.open--
}

func newOffice() (*office, *Account) {
	o := &office{kept: map[string]string{}}
	return o, NewAccount(o, o, o.dial, slog.New(slog.NewTextHandler(&o.log, nil)))
}

func secret(text string) *domain.Secret { s := domain.NewSecret(text); return &s }

var usual = Settings{Host: "smtp.example.com", Port: 465, Security: SecurityTLS, User: "ayşe", From: "Ayşe <ayse@example.com>", To: "ali@example.com"}

func TestAccount_keepsSettingsAndPasswordApart(t *testing.T) {
	o, a := newOffice()
	if s, err := a.MailSettings(t.Context()); err != nil || s != DefaultSettings() {
		t.Errorf("%+v, %v", s, err)
	}
	padded := usual
	padded.Host = " smtp.example.com "
	if only, err := a.SaveMailSettings(t.Context(), padded, secret("parola")); err != nil || only {
		t.Errorf("%v, %v", only, err)
	}
	if text := o.kept["mail"]; strings.Contains(text, "parola") || text == "" || o.password != *secret("parola") {
		t.Errorf("kept as %s", text)
	}
	if s, err := a.MailSettings(t.Context()); err != nil || s != usual {
		t.Errorf("%+v, %v", s, err)
	}
	if only, err := a.SaveMailSettings(t.Context(), usual, nil); err != nil || only || o.password != *secret("parola") {
		t.Errorf("without one the kept one stays: %v, %v", only, err)
	}
	if _, err := a.SaveMailSettings(t.Context(), Settings{Host: "x"}, secret("başka")); domain.KindOf(err) != domain.KindInvalid || o.password != *secret("parola") {
		t.Errorf("what cannot be sent with is kept: %v", err)
	}
	if only, err := a.SaveMailSettings(t.Context(), usual, secret("")); err != nil || only || !o.password.Empty() {
		t.Errorf("an empty one forgets it: %v, %v", only, err)
	}
	o.kept["mail"] = `{"host":"yarım"`
	if s, err := a.MailSettings(t.Context()); domain.KindOf(err) != domain.KindInternal || s != DefaultSettings() {
		t.Errorf("damaged: %+v, %v", s, err)
	}
	o.password = *secret("parola")
	if err := a.ForgetMail(t.Context()); err != nil || o.kept["mail"] != "" || !o.password.Empty() {
		t.Errorf("forgotten: %v, %v", o.kept, err)
	}
	o.disk = errDisk
	o.password = *secret("parola")
	for name, do := range map[string]func() error{
		"reading":    func() error { _, err := a.MailSettings(t.Context()); return err },
		"saving":     func() error { _, err := a.SaveMailSettings(t.Context(), usual, secret("başka")); return err },
		"forgetting": func() error { return a.ForgetMail(t.Context()) },
	} {
		if err := do(); !errors.Is(err, errDisk) || o.password != *secret("parola") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAccount_withoutAKeyringHoldsThePasswordAsLongAsTheProgram(t *testing.T) {
	o, a := newOffice()
	o.locked = errLocked
	if only, err := a.SaveMailSettings(t.Context(), usual, secret("geçici")); err != nil || !only {
		t.Errorf("%v, %v", only, err)
	}
	if p, err := a.MailPassword(t.Context()); err != nil || p != *secret("geçici") {
		t.Error(err)
	}
	if log := o.log.String(); !strings.Contains(log, "no keyring") || strings.Contains(log, "geçici") {
		t.Errorf("the log: %s", log)
	}
	if only, err := a.SaveMailSettings(t.Context(), usual, nil); err != nil || only {
		t.Errorf("no password was to be kept: %v, %v", only, err)
	}
	if held, err := a.HasMailPassword(t.Context(), usual); err != nil || !held {
		t.Errorf("%v, %v", held, err)
	}
	o.locked = nil
	if only, err := a.SaveMailSettings(t.Context(), usual, secret("kalıcı")); err != nil || only || a.held || !a.password.Empty() || o.password != *secret("kalıcı") {
		t.Errorf("with a keyring again: %v, %v", only, err)
	}
	o.locked = domain.E(domain.KindCancelled, "ask the keyring", nil)
	if only, err := a.SaveMailSettings(t.Context(), usual, secret("x")); domain.KindOf(err) != domain.KindCancelled || only || a.held {
		t.Errorf("cut off: %v, %v", only, err)
	}
	o.locked = errLocked
	if _, err := a.SaveMailSettings(t.Context(), usual, secret("geçici")); err != nil {
		t.Error(err)
	}
	if err := a.ForgetMail(t.Context()); !errors.Is(err, errLocked) || a.held || !a.password.Empty() {
		t.Errorf("forgetting: %v", err)
	}
}

func TestAccount_saysWhetherAPasswordIsKept(t *testing.T) {
	open := usual
	open.User = ""
	for name, tt := range map[string]struct {
		s        Settings
		password string
		locked   error
		want     bool
		kind     domain.Kind
	}{
		"kept":                    {usual, "parola", nil, true, ""},
		"none":                    {usual, "", nil, false, ""},
		"nobody signs in":         {open, "parola", nil, false, ""},
		"nobody signs in, locked": {open, "parola", errLocked, false, ""},
		"locked":                  {usual, "parola", errLocked, false, ""}, // sending says what is wrong
		"cut off":                 {usual, "parola", domain.E(domain.KindCancelled, "x", nil), false, domain.KindCancelled},
	} {
		o, a := newOffice()
		o.password, o.locked = domain.NewSecret(tt.password), tt.locked
		if got, err := a.HasMailPassword(t.Context(), tt.s); got != tt.want || domain.KindOf(err) != tt.kind {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

func TestAccount_TestMail(t *testing.T) {
	content := Content{Subject: "sınama", Text: "metin"}
	nobody, open, bad := usual, usual, usual
	nobody.To, open.User, bad.Port = " ", "", 0
	for name, tt := range map[string]struct {
		s                     Settings
		password              *domain.Secret
		locked, away, refuses error
		to, dialled           string
		kind                  domain.Kind
	}{
		"to whom reports go":     {usual, secret("yeni"), nil, nil, nil, "ali@example.com", "smtp.example.com ayşe yeni", ""},
		"to oneself":             {nobody, secret("yeni"), nil, nil, nil, "Ayşe <ayse@example.com>", "smtp.example.com ayşe yeni", ""},
		"with the kept password": {usual, nil, nil, nil, nil, "ali@example.com", "smtp.example.com ayşe kept", ""},
		"locked":                 {usual, nil, errLocked, nil, nil, "ali@example.com", "", domain.KindKeyring},
		"locked, a new one":      {usual, secret("yeni"), errLocked, nil, nil, "ali@example.com", "smtp.example.com ayşe yeni", ""},
		"nobody signs in":        {open, nil, errLocked, nil, nil, "ali@example.com", "smtp.example.com  ", ""},
		"away":                   {usual, secret("yeni"), nil, errLine, nil, "ali@example.com", "", domain.KindMailNetwork},
		"refused":                {usual, secret("yeni"), nil, nil, errLine, "ali@example.com", "smtp.example.com ayşe yeni", domain.KindMailNetwork},
		"no settings":            {bad, secret("yeni"), nil, nil, nil, "", "", domain.KindInvalid},
	} {
		o, a := newOffice()
		o.password, o.locked, o.away, o.refuses = *secret("kept"), tt.locked, tt.away, tt.refuses
		to, answer, err := a.TestMail(t.Context(), tt.s, tt.password, content)
		if to != tt.to || domain.KindOf(err) != tt.kind || (answer == "250 queued") != (err == nil) || strings.Join(o.dialled, "|") != tt.dialled || o.open != 0 {
			t.Errorf("%s: %q, %q, %v, %q, %d lines", name, to, answer, err, o.dialled, o.open)
		}
		if err != nil {
			continue
		}
		l := o.sent[0]
		if l.To != tt.to || l.Content.Subject+l.Content.Text != content.Subject+content.Text || time.Since(l.CreatedAt) > time.Minute || !strings.HasSuffix(l.MessageID, "@example.com") {
			t.Errorf("%s: %+v", name, l)
		}
		if len(o.kept) != 0 || o.password != *secret("kept") {
			t.Errorf("%s: what was only tried is kept", name)
		}
	}
}

func TestAccount_tellsOfEveryChange(t *testing.T) {
	o, a := newOffice()
	told := func() bool {
		changed := a.mailChanged()
		_, _ = a.SaveMailSettings(t.Context(), usual, secret("parola"))
		select {
		case <-changed:
			return true
		default:
			return false
		}
	}
	for range 2 {
		if !told() {
			t.Error("a change is not told")
		}
	}
	o.locked = errLocked
	if !told() {
		t.Error("a password that is kept in memory is not told")
	}
	o.locked = domain.E(domain.KindCancelled, "x", nil)
	if told() {
		t.Error("told of what was not kept")
	}
	o.disk = errDisk
	if told() {
		t.Error("told of what was not kept")
	}
}
