package keyring

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"github.com/sopyo/sopyo-desktop/domain"
)

// system is a keyring in memory that counts its writes and fails where it is told to.
type system struct {
	mu     sync.Mutex
	held   map[string]string
	writes []string
	failAt int // the write that fails, 1 = the first; 0 = none
}

var errSystem = errors.New("the system says no")

func newSystem() *system { return &system{held: map[string]string{}} }

func (s *system) provider() Provider {
	return Provider{
		Get: func(service, user string) (string, error) {
			s.mu.Lock()
			defer s.mu.Unlock()
			text, ok := s.held[service+" "+user]
			if !ok {
				return "", keyring.ErrNotFound
			}
			return text, nil
		},
		Set: func(service, user, text string) error {
			if err := s.write("set " + user); err != nil {
				return err
			}
			s.mu.Lock()
			defer s.mu.Unlock()
			s.held[service+" "+user] = text
			return nil
		},
		Delete: func(service, user string) error {
			if err := s.write("delete " + user); err != nil {
				return err
			}
			s.mu.Lock()
			defer s.mu.Unlock()
			if _, ok := s.held[service+" "+user]; !ok {
				return keyring.ErrNotFound
			}
			delete(s.held, service+" "+user)
			return nil
		},
	}
}

func (s *system) write(what string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.writes = append(s.writes, what)
	if len(s.writes) == s.failAt {
		return errSystem
	}
	return nil
}

func session(key string) domain.Session {
	return domain.Session{
		Credentials: domain.Credentials{
			Environment: domain.EnvironmentTest, APIKey: domain.NewSecret(key), UserName: "owner@example.com",
			Password: domain.NewSecret("parola " + key), UserKey: domain.NewSecret("ikinci " + key),
		},
		Token: domain.NewSecret("token " + key), TokenEndsAt: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC),
		TenantID: "t-1", UserID: "u-1", BaseURL: "https://a.isbasi.com",
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
	keyring.MockInit()
	k := New("sopyo", Timeout)
	if err := k.Available(t.Context()); err != nil {
		t.Fatal(err)
	}
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

func TestKeyring_unavailableIsAKindOfItsOwn(t *testing.T) {
	keyring.MockInitWithError(errSystem)
	t.Cleanup(keyring.MockInit)
	k := New("sopyo", Timeout)
	for name, err := range everyCall(t.Context(), k) {
		if domain.KindOf(err) != domain.KindKeyring || !errors.Is(err, errSystem) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestKeyring_doesNotWaitForOneThatHangs(t *testing.T) {
	release := make(chan struct{})
	t.Cleanup(func() { close(release) })
	hang := func() error { <-release; return errSystem }
	k := NewWith(Provider{
		Get:    func(string, string) (string, error) { return "", hang() },
		Set:    func(string, string, string) error { return hang() },
		Delete: func(string, string) error { return hang() },
	}, "sopyo", time.Millisecond)
	for name, err := range everyCall(t.Context(), k) {
		if domain.KindOf(err) != domain.KindKeyring {
			t.Errorf("%s: %v", name, err)
		}
	}
	k.timeout = time.Hour
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, err := range everyCall(ctx, k) {
		if domain.KindOf(err) != domain.KindCancelled || !errors.Is(err, context.Canceled) {
			t.Errorf("%s, cancelled: %v", name, err)
		}
	}
}

func everyCall(ctx context.Context, k *Keyring) map[string]error {
	_, load := k.Load(ctx, company)
	return map[string]error{
		"Load":      load,
		"Save":      k.Save(ctx, company, session("anahtar")),
		"Forget":    k.Forget(ctx, company),
		"Available": k.Available(ctx),
	}
}

func TestSave_keepsOneEntryASecret(t *testing.T) {
	sys := newSystem()
	save(t, NewWith(sys.provider(), "sopyo", Timeout), company, session("anahtar"))
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
	sys := newSystem()
	k := NewWith(sys.provider(), "sopyo", Timeout)
	for _, length := range []int{10, 1000, 1700, 2000, 5000} {
		s := session("anahtar")
		s.Token = domain.NewSecret(strings.Repeat("x", length))
		save(t, k, company, s)
		if n := len(sys.held["sopyo deneme/token"]); n > tokenLimit {
			t.Errorf("a token of %d makes an entry of %d bytes", length, n)
		}
		want := s
		if length >= tokenLimit {
			want.Token, want.TokenEndsAt = domain.Secret{}, time.Time{}
		}
		wantSession(t, k, company, want) // what belongs to the token stays, also without it
	}
}

func TestSave_removesWhatTheNewSessionHasNot(t *testing.T) {
	sys := newSystem()
	k := NewWith(sys.provider(), "sopyo", Timeout)
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
	k := NewWith(sys.provider(), "sopyo", Timeout)
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
	for failAt := 1; ; failAt++ {
		sys := newSystem()
		k := NewWith(sys.provider(), "sopyo", Timeout)
		save(t, k, company, session("eski"))
		sys.writes, sys.failAt = nil, failAt
		err := k.Save(t.Context(), company, session("yeni"))
		if err == nil {
			if failAt < 4 {
				t.Errorf("only %d writes", failAt-1)
			}
			return // every write has failed once
		}
		got, err := k.Load(t.Context(), company)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, session("eski")) && !reflect.DeepEqual(got, domain.Session{}) {
			t.Errorf("write %d failed, and left a mixture", failAt)
		}
	}
}

func TestForget_goesOnAfterAnEntryThatStays(t *testing.T) {
	sys := newSystem()
	k := NewWith(sys.provider(), "sopyo", Timeout)
	save(t, k, company, session("anahtar"))
	save(t, k, "baska", session("anahtar"))
	sys.writes, sys.failAt = nil, 2
	if err := k.Forget(t.Context(), company); !errors.Is(err, errSystem) {
		t.Errorf("forget: %v", err)
	}
	if len(sys.held) != 6 {
		t.Errorf("%d entries left, want one and the other company's five", len(sys.held))
	}
	wantSession(t, k, "baska", session("anahtar"))
}

func TestErrors_showNoSecret(t *testing.T) {
	sys := newSystem()
	sys.failAt = 1
	err := NewWith(sys.provider(), "sopyo", Timeout).Save(t.Context(), company, session("gizli"))
	if text := fmt.Sprintf("%v %+v %#v", err, err, err); err == nil || strings.Contains(text, "gizli") {
		t.Errorf("%s", text)
	}
}

func TestLoad_aSpoiltTokenEntryIsNoToken(t *testing.T) {
	sys := newSystem()
	k := NewWith(sys.provider(), "sopyo", Timeout)
	save(t, k, company, session("anahtar"))
	sys.held["sopyo deneme/token"] = `{"token": 5`
	got, err := k.Load(t.Context(), company)
	if err != nil || !got.Token.Empty() || got.APIKey.Empty() {
		t.Errorf("token %v, key %v, %v", !got.Token.Empty(), !got.APIKey.Empty(), err)
	}
}
