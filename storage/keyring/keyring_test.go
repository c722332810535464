package keyring

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/zalando/go-keyring"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
)

// timeLimit is that of the keyrings here.
const timeLimit = 10 * time.Second

// system is a keyring in memory that notes its writes and fails where it is told to.
type system struct {
	mu     sync.Mutex
	held   map[string]string
	writes []string
	calls  int
	fails  func(call int) error // told of every call, 1 = the first; nil = none fails
}

var errSystem = errors.New("the system says no")

// failingAt lets the n-th call fail.
func failingAt(n int) func(int) error {
	return func(call int) error {
		if call == n {
			return errSystem
		}
		return nil
	}
}

func newSystem() *system { return &system{held: map[string]string{}} }

func (s *system) provider() Provider {
	return Provider{
		Get: func(service, user string) (text string, err error) {
			return text, s.call("", func() error {
				held, ok := s.held[service+" "+user]
				if text = held; !ok {
					return keyring.ErrNotFound
				}
				return nil
			})
		},
		Set: func(service, user, text string) error {
			return s.call("set "+user, func() error {
				s.held[service+" "+user] = text
				return nil
			})
		},
		Delete: func(service, user string) error {
			return s.call("delete "+user, func() error {
				if _, ok := s.held[service+" "+user]; !ok {
					return keyring.ErrNotFound
				}
				delete(s.held, service+" "+user)
				return nil
			})
		},
	}
}

func (s *system) call(write string, do func() error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls++
	if write != "" {
		s.writes = append(s.writes, write)
	}
	if s.fails != nil {
		if err := s.fails(s.calls); err != nil {
			return err
		}
	}
	return do()
}

// failFrom lets the calls from now on be judged by fails.
func (s *system) failFrom(fails func(int) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls, s.writes, s.fails = 0, nil, fails
}

func session(key string) domain.Session {
	return domain.Session{
		Credentials: domain.Credentials{
			Environment: domain.EnvironmentTest, APIKey: domain.NewSecret(key), UserName: "owner@example.com",
			Password: domain.NewSecret("parola " + key), UserKey: domain.NewSecret("ikinci " + key), TenantID: "t-1",
		},
		Token: domain.NewSecret("token " + key), TokenEndsAt: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC),
		UserID: "u-1", UserEmail: "sahip@example.com", BaseURL: "https://a.isbasi.com",
	}
}

const company = domain.CompanyID("deneme")

func save(t *testing.T, k *Keyring, id domain.CompanyID, s domain.Session) {
	t.Helper()
	if err := k.Save(t.Context(), id, s); err != nil {
		t.Fatal(err)
	}
}

func wantSession(t *testing.T, k *Keyring, id domain.CompanyID, want domain.Session) {
	t.Helper()
	got, err := k.Load(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: the session is another one: user %q, token %v, key %s", id, got.UserName, !got.Token.Empty(), got.APIKey.Tail())
	}
}

func TestKeyring_throughTheOperatingSystemsInterface(t *testing.T) {
	InMemory(nil)
	k := New("sopyo", timeLimit)
	wantSession(t, k, company, domain.Session{})
	save(t, k, company, session("anahtar"))
	wantSession(t, k, company, session("anahtar"))
	wantSession(t, k, "baska", domain.Session{})
	if text, err := keyring.Get("sopyo", "deneme/api-key"); err != nil || text != "anahtar" {
		t.Errorf("the key's entry: %v", err)
	}
	if err := k.Forget(t.Context(), company); err != nil {
		t.Fatal(err)
	}
	wantSession(t, k, company, domain.Session{})
	if err := k.Forget(t.Context(), company); err != nil {
		t.Errorf("forgetting nothing: %v", err)
	}
}

// What one data folder forgets stays with its copy; what older programs kept without a folder goes to the first.
func TestOf_keepsFoldersApartAndTakesOverWhatWasThere(t *testing.T) {
	s := newSystem()
	old := NewWith(s.provider(), "sopyo", timeLimit)
	save(t, old, company, session("anahtar"))
	first, copied := old.Of("klasor", true), old.Of("kopya", false)
	wantSession(t, copied, company, domain.Session{})
	wantSession(t, first, company, session("anahtar"))
	for user := range s.held {
		if !strings.HasPrefix(user, "sopyo klasor/deneme/") {
			t.Errorf("%s is left", user)
		}
	}
	if err := copied.Forget(t.Context(), company); err != nil {
		t.Fatal(err)
	}
	wantSession(t, first, company, session("anahtar"))
	save(t, copied, company, session("baska"))
	if err := first.Forget(t.Context(), company); err != nil {
		t.Fatal(err)
	}
	wantSession(t, first, company, domain.Session{})
	wantSession(t, copied, company, session("baska"))
	save(t, old, "eski", session("eski")) // and never used since
	if err := first.Forget(t.Context(), "eski"); err != nil {
		t.Fatal(err)
	}
	wantSession(t, old, "eski", domain.Session{})
}

func TestKeyring_unavailableIsAKindOfItsOwn(t *testing.T) {
	InMemory(errSystem)
	t.Cleanup(func() { InMemory(nil) })
	k := New("sopyo", timeLimit)
	for name, err := range everyCall(t.Context(), k) {
		if domain.KindOf(err) != domain.KindKeyring || !errors.Is(err, errSystem) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestKeyring_doesNotWaitForOneThatHangs(t *testing.T) {
	calls := len(everyCall(t.Context(), NewWith(newSystem().provider(), "sopyo", timeLimit)))
	for name, tc := range map[string]struct {
		cancelled time.Duration // when the caller goes away
		took      time.Duration // of each call
		want      domain.Kind
	}{
		"the time limit":          {time.Hour, timeLimit, domain.KindKeyring},
		"cancelled while waiting": {time.Second, 0, domain.KindCancelled},
		"cancelled beforehand":    {0, 0, domain.KindCancelled},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				release := make(chan struct{})
				hang := func() error { <-release; return errSystem }
				k := NewWith(Provider{
					Get:    func(string, string) (string, error) { return "", hang() },
					Set:    func(string, string, string) error { return hang() },
					Delete: func(string, string) error { return hang() },
				}, "sopyo", timeLimit)
				ctx, cancel := context.WithCancel(t.Context())
				if tc.cancelled == 0 {
					cancel()
				}
				defer time.AfterFunc(tc.cancelled, cancel).Stop()
				began := time.Now()
				for name, err := range everyCall(ctx, k) {
					if domain.KindOf(err) != tc.want || errors.Is(err, context.Canceled) != (tc.want == domain.KindCancelled) {
						t.Errorf("%s: %v", name, err)
					}
				}
				want := tc.took * time.Duration(calls)
				if tc.want == domain.KindCancelled {
					want = tc.cancelled
				}
				if took := time.Since(began); took != want {
					t.Errorf("took %s, want %s", took, want)
				}
				close(release)
			})
		})
	}
}

func everyCall(ctx context.Context, k *Keyring) map[string]error {
	_, load := k.Load(ctx, company)
	_, mail := k.LoadMail(ctx)
	_, backup := k.LoadBackup(ctx)
	return map[string]error{
		"LoadMail":   mail,
		"SaveMail":   k.SaveMail(ctx, domain.NewSecret("parola")),
		"LoadBackup": backup,
		"SaveBackup": k.SaveBackup(ctx, domain.NewSecret("parola")),
		"Load":       load,
		"Save":       k.Save(ctx, company, session("anahtar")),
		"Forget":     k.Forget(ctx, company),
	}
}

func TestSave_keepsOneEntryASecret(t *testing.T) {
	sys := newSystem()
	save(t, NewWith(sys.provider(), "sopyo", timeLimit), company, session("anahtar"))
	for entry, want := range map[string]string{
		"sopyo deneme/api-key": "anahtar", "sopyo deneme/password": "parola anahtar",
		"sopyo deneme/user-key": "ikinci anahtar", "sopyo deneme/user-name": "owner@example.com",
	} {
		if sys.held[entry] != want {
			t.Errorf("%s holds another text", entry)
		}
	}
	if text := sys.held["sopyo deneme/token"]; len(sys.held) != 5 || !strings.Contains(text, "token anahtar") {
		t.Errorf("%d entries", len(sys.held))
	}
}

func TestSave_leavesALongTokenOut(t *testing.T) {
	const most = 2000 // bytes of the entry: Windows holds 2,560
	sys := newSystem()
	k := NewWith(sys.provider(), "sopyo", timeLimit)
	s := session("anahtar")
	save(t, k, company, s)
	room := most - len(sys.held["sopyo deneme/token"]) + len(s.Token.Reveal())
	for length, kept := range map[int]bool{10: true, room - 1: true, room: true, room + 1: false, 5000: false} {
		s.Token = domain.NewSecret(strings.Repeat("x", length))
		save(t, k, company, s)
		want := s
		if !kept {
			want.Token, want.TokenEndsAt = domain.Secret{}, time.Time{}
		}
		if n := len(sys.held["sopyo deneme/token"]); n > most || (length == room && n != most) {
			t.Errorf("a token of %d makes an entry of %d bytes", length, n)
		}
		wantSession(t, k, company, want) // what belongs to the token stays, also without it
	}
}

func TestSave_removesWhatTheNewSessionHasNot(t *testing.T) {
	sys := newSystem()
	k := NewWith(sys.provider(), "sopyo", timeLimit)
	save(t, k, company, session("anahtar"))
	s := session("yeni")
	s.UserName, s.Password = "", domain.Secret{}
	save(t, k, company, s)
	wantSession(t, k, company, s)
	if _, ok := sys.held["sopyo deneme/password"]; ok {
		t.Error("the old password is still there")
	}
}

func TestSave_ofARenewedTokenWritesOnlyThat(t *testing.T) {
	sys := newSystem()
	k := NewWith(sys.provider(), "sopyo", timeLimit)
	s := session("anahtar")
	save(t, k, company, s)
	sys.writes = nil
	s.Token = domain.NewSecret("renewed")
	save(t, k, company, s)
	if want := []string{"set deneme/token"}; !reflect.DeepEqual(sys.writes, want) {
		t.Errorf("writes %q", sys.writes)
	}
}

func TestSave_cutOffLeavesNoMixtureOfTwoSessions(t *testing.T) {
	other := session("eski")
	other.UserName, other.Password, other.Token = "other@example.com", domain.NewSecret("başka"), domain.NewSecret("token 2")
	noAccount := session("eski")
	noAccount.UserName, noAccount.Password = "", domain.Secret{}
	for name, tc := range map[string]struct{ from, to domain.Session }{
		"first session":                 {domain.Session{}, session("yeni")},
		"another key":                   {session("eski"), session("yeni")},
		"another account, the same key": {session("eski"), other},
		"without the account":           {session("eski"), noAccount},
	} {
		t.Run(name, func(t *testing.T) {
			for n := 1; ; n++ {
				sys := newSystem()
				k := NewWith(sys.provider(), "sopyo", timeLimit)
				save(t, k, company, tc.from)
				sys.failFrom(failingAt(n))
				err := k.Save(t.Context(), company, tc.to)
				made := sys.calls
				sys.failFrom(nil)
				got, e := k.Load(t.Context(), company)
				if e != nil {
					t.Fatal(e)
				}
				if made < n { // every call has failed once
					if err != nil || !reflect.DeepEqual(got, tc.to) || n < 5 {
						t.Errorf("after %d calls: %v", made, err)
					}
					return
				}
				if domain.KindOf(err) != domain.KindKeyring || !errors.Is(err, errSystem) {
					t.Errorf("call %d failed: %v", n, err)
				}
				if !reflect.DeepEqual(got, tc.from) && !reflect.DeepEqual(got, domain.Session{}) {
					t.Errorf("call %d failed, and left a mixture", n)
				}
			}
		})
	}
}

func TestSave_ofWhatCannotBeWrittenChangesNothing(t *testing.T) {
	sys := newSystem()
	k := NewWith(sys.provider(), "sopyo", timeLimit)
	save(t, k, company, session("anahtar"))
	s := session("yeni")
	s.TokenEndsAt = time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC) // JSON has no such year
	if err := k.Save(t.Context(), company, s); domain.KindOf(err) != domain.KindInternal {
		t.Errorf("%v", err)
	}
	wantSession(t, k, company, session("anahtar"))
}

func TestCalls_failWithTheSystemsErrorAtEveryCall(t *testing.T) {
	for name, call := range map[string]func(context.Context, *Keyring) error{
		"Load":     func(ctx context.Context, k *Keyring) error { _, err := k.Load(ctx, company); return err },
		"LoadMail": func(ctx context.Context, k *Keyring) error { _, err := k.LoadMail(ctx); return err },
		"SaveMail": func(ctx context.Context, k *Keyring) error { return k.SaveMail(ctx, domain.NewSecret("yeni")) },
		"forget the mail": func(ctx context.Context, k *Keyring) error {
			return k.SaveMail(ctx, domain.Secret{})
		},
	} {
		t.Run(name, func(t *testing.T) {
			for n := 1; ; n++ {
				sys := newSystem()
				k := NewWith(sys.provider(), "sopyo", timeLimit)
				save(t, k, company, session("anahtar"))
				if err := k.SaveMail(t.Context(), domain.NewSecret("eski")); err != nil {
					t.Fatal(err)
				}
				sys.failFrom(failingAt(n))
				err := call(t.Context(), k)
				if sys.calls < n {
					if err != nil || n == 1 {
						t.Errorf("%d calls: %v", sys.calls, err)
					}
					return
				}
				if domain.KindOf(err) != domain.KindKeyring || !errors.Is(err, errSystem) || sys.calls != n {
					t.Errorf("call %d failed, %d were made: %v", n, sys.calls, err)
				}
				if sys.held["sopyo machine/smtp"] != "eski" {
					t.Errorf("call %d failed, and the password is another one", n)
				}
			}
		})
	}
}

func TestForget_goesOnAfterEntriesThatStayAndSaysTheFirstError(t *testing.T) {
	const entries = 5
	for from := 1; from <= entries+1; from++ {
		for to := from; to <= entries+1; to++ {
			sys := newSystem()
			k := NewWith(sys.provider(), "sopyo", timeLimit)
			save(t, k, company, session("anahtar"))
			save(t, k, "baska", session("anahtar"))
			said := map[int]error{}
			sys.failFrom(func(n int) error {
				if n < from || n >= to {
					return nil
				}
				said[n] = fmt.Errorf("entry %d stays", n)
				return said[n]
			})
			err := k.Forget(t.Context(), company)
			if want := said[from]; !errors.Is(err, want) || (want == nil) != (err == nil) {
				t.Errorf("from %d to %d: %v", from, to, err)
			}
			if len(sys.held) != entries+to-from {
				t.Errorf("from %d to %d: %d entries are left", from, to, len(sys.held))
			}
			sys.failFrom(nil)
			wantSession(t, k, "baska", session("anahtar"))
		}
	}
}

func TestSession_isCarriedFieldByField(t *testing.T) {
	base, other := domaintest.Fill[domain.Session](0), domaintest.Fill[domain.Session](1, domaintest.OneOf(domain.EnvironmentLive))
	k := NewWith(newSystem().provider(), "sopyo", timeLimit)
	check := func(what string, want domain.Session) {
		t.Helper()
		save(t, k, company, base)
		save(t, k, company, want)
		got, err := k.Load(t.Context(), company)
		if err != nil {
			t.Fatal(err)
		}
		if d := domaintest.Differences(got, want); len(d) != 0 {
			t.Errorf("%s: differs in %d fields", what, len(d)) // the values are secrets
		}
	}
	check("another session", other)
	for field, s := range domaintest.Changed(base, other) {
		check(field, s)
	}
	for field, s := range domaintest.Changed(base, domain.Session{}) {
		if field == "Credentials.APIKey" {
			s = domain.Session{} // without a key there is no session
		}
		check("without "+field, s)
	}
}

func TestMail_isOneForTheMachine(t *testing.T) {
	sys := newSystem()
	k := NewWith(sys.provider(), "sopyo", timeLimit)
	save(t, k, company, session("anahtar"))
	for _, password := range []string{"", "bir", "iki", "iki", ""} {
		if err := k.SaveMail(t.Context(), domain.NewSecret(password)); err != nil {
			t.Fatal(err)
		}
		if password == "iki" { // a company that goes does not take it along
			if err := k.Forget(t.Context(), company); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := k.LoadMail(t.Context()); err != nil || got.Reveal() != password {
			t.Errorf("another password than %q, %v", password, err)
		}
	}
	if len(sys.held) != 0 {
		t.Errorf("%d entries are left", len(sys.held))
	}
}

func TestBackup_isOneForTheMachineBesideTheMail(t *testing.T) {
	sys := newSystem()
	k := NewWith(sys.provider(), "sopyo", timeLimit)
	for _, password := range []string{"", "bir", "iki", ""} {
		if err := errors.Join(k.SaveMail(t.Context(), domain.NewSecret("posta")), k.SaveBackup(t.Context(), domain.NewSecret(password)), k.Forget(t.Context(), company)); err != nil {
			t.Fatal(err)
		}
		if got, err := k.LoadBackup(t.Context()); err != nil || got.Reveal() != password {
			t.Errorf("another password than %q, %v", password, err)
		}
		if mail, err := k.LoadMail(t.Context()); err != nil || mail.Reveal() != "posta" {
			t.Errorf("the mail's: %q, %v", mail.Reveal(), err)
		}
	}
}

func TestErrors_showNoSecret(t *testing.T) {
	sys := newSystem()
	sys.fails = func(int) error { return errSystem }
	err := NewWith(sys.provider(), "sopyo", timeLimit).Save(t.Context(), company, session("gizli"))
	if text := fmt.Sprintf("%v %+v %#v", err, err, err); err == nil || strings.Contains(text, "gizli") {
		t.Errorf("%s", text)
	}
}

func TestLoad_aSpoiltTokenEntryIsNoToken(t *testing.T) {
	sys := newSystem()
	k := NewWith(sys.provider(), "sopyo", timeLimit)
	save(t, k, company, session("anahtar"))
	sys.held["sopyo deneme/token"] = `{"token": 5`
	got, err := k.Load(t.Context(), company)
	if err != nil || !got.Token.Empty() || got.APIKey.Empty() {
		t.Errorf("token %v, key %v, %v", !got.Token.Empty(), !got.APIKey.Empty(), err)
	}
}
