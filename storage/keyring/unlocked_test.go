package keyring

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/sopyo/sopyo-desktop/domain"
)

// TestMain lets the test's own program be one that ends as /usr/bin/security does.
func TestMain(m *testing.M) {
	if os.Getenv("KEYRING_TEST_NO_ITEM") != "" {
		os.Exit(noItem)
	}
	os.Exit(m.Run())
}

func TestUnlocked_asksNobody(t *testing.T) {
	for name, c := range map[string]struct {
		locked bool
		err    error
		want   domain.Kind
	}{"open": {}, "locked": {locked: true, want: domain.KindKeyring}, "none": {err: errSystem, want: domain.KindKeyring}} {
		t.Run(name, func(t *testing.T) {
			p := newSystem().provider()
			p.Locked = func() (bool, error) { return c.locked, c.err }
			p.Get = func(string, string) (string, error) { t.Error("the keyring is read"); return "", nil }
			if err := NewWith(p, "sopyo", timeLimit).Unlocked(t.Context()); domain.KindOf(err) != c.want {
				t.Error(err)
			}
		})
	}
	synctest.Test(t, func(t *testing.T) {
		p, end := newSystem().provider(), make(chan struct{})
		p.Locked = func() (bool, error) { <-end; return false, nil }
		if err := NewWith(p, "sopyo", timeLimit).Unlocked(t.Context()); domain.KindOf(err) != domain.KindKeyring {
			t.Error(err)
		}
		close(end)
	})
}

func TestInMemory_isUnlockedUnlessItRefuses(t *testing.T) {
	InMemory(nil)
	if err := New("sopyo", timeLimit).Unlocked(t.Context()); err != nil {
		t.Error(err)
	}
	InMemory(errSystem)
	if err := New("sopyo", timeLimit).Unlocked(t.Context()); domain.KindOf(err) != domain.KindKeyring {
		t.Error(err)
	}
	InMemory(nil)
}

// A Mac in Turkish says that there is no entry by its exit code, and by no English word.
func TestKeyring_knowsAMissingEntryByTheExitCode(t *testing.T) {
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), "KEYRING_TEST_NO_ITEM=1")
	ended := cmd.Run()
	p := newSystem().provider()
	p.Get = func(string, string) (string, error) { return "", ended }
	p.Delete = func(string, string) error { return ended }
	for _, keys := range []*Keyring{NewWith(p, "sopyo", timeLimit), NewWith(p, "sopyo", timeLimit).Of("klasör", true)} {
		if s, err := keys.Load(t.Context(), "c"); err != nil || !s.APIKey.Empty() {
			t.Errorf("%v, %v", s, err)
		}
		if err := keys.Forget(t.Context(), "c"); err != nil {
			t.Error(err)
		}
	}
}

// What no system's entry holds is refused before anything is written: half a session would be another one.
func TestKeyring_refusesWhatIsTooLongBeforeItWrites(t *testing.T) {
	for n, refused := range map[int]bool{entryLimit: false, entryLimit + 1: true} {
		s := newSystem()
		keys := NewWith(s.provider(), "sopyo", timeLimit)
		long := domain.NewSecret(strings.Repeat("ş", n/2) + strings.Repeat("s", n%2))
		err := keys.Save(t.Context(), "c", domain.Session{Credentials: domain.Credentials{APIKey: domain.NewSecret("k"), UserName: "u", Password: long}})
		other := errors.Join(keys.SaveMail(t.Context(), long), keys.SaveBackup(t.Context(), long))
		if (err != nil) != refused || (other != nil) != refused || refused != (len(s.writes) == 0) {
			t.Errorf("%d bytes: %v, %v, written: %v", n, err, other, s.writes)
		}
		if err != nil && (domain.KindOf(err) != domain.KindKeyring || strings.Contains(err.Error(), "şşş")) {
			t.Error(err)
		}
	}
}
