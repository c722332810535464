package app

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// first claims dir for this test and answers with show; nil: it never answers.
func first(t *testing.T, dir string, show func(context.Context, Call) error) *Instance {
	t.Helper()
	i, err := Claim(t.Context(), dir, Call{})
	if err != nil || i == nil {
		t.Fatalf("%v, %v", i, err)
	}
	t.Cleanup(func() { _ = i.Close() })
	if show != nil {
		go i.Serve(show)
	}
	return i
}

func TestClaim_handsOverToTheFirst(t *testing.T) {
	for name, dir := range map[string]string{
		"plain":    filepath.Join(t.TempDir(), "veri ğİ #1?"),
		"too long": filepath.Join(t.TempDir(), strings.Repeat("uzun yol ", 20)),
	} {
		t.Run(name, func(t *testing.T) {
			if runtime.GOOS == "windows" {
				dir = strings.ReplaceAll(dir, "?", "")
			}
			t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
			calls := make(chan Call, 1)
			first(t, dir, func(_ context.Context, c Call) error { calls <- c; return nil })
			second, err := Claim(t.Context(), dir, Call{Company: "Beta"})
			if second != nil || err != nil {
				t.Fatalf("%v, %v", second, err)
			}
			if c := <-calls; c.Company != "Beta" {
				t.Errorf("%+v", c)
			}
			path, err := socketPath(dir)
			if err != nil {
				t.Fatal(err)
			}
			if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
				t.Errorf("%v, %v", info, err)
			}
			if other := first(t, t.TempDir(), nil); other == nil { // another folder is another window
				t.Error("no window on another folder")
			}
		})
	}
}

func TestClaim_saysWhyTheFirstRefuses(t *testing.T) {
	dir := t.TempDir()
	first(t, dir, func(context.Context, Call) error { return domain.E(domain.KindNotFound, "find", nil) })
	_, err := Claim(t.Context(), dir, Call{Company: "Yok"})
	var e *domain.Error
	if !errors.As(err, &e) || e.Kind != domain.KindNotFound || e.Detail != "Yok" {
		t.Errorf("%v", err)
	}
}

func TestClaim_saysThatTheFirstDoesNotAnswer(t *testing.T) {
	dir := t.TempDir()
	first(t, dir, nil)
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	_, err := Claim(ctx, dir, Call{})
	var e *domain.Error
	if !errors.As(err, &e) || e.Kind != domain.KindBusy || e.Detail != "window-hung" {
		t.Errorf("%v", err)
	}
}

func TestClaim_waitsForOneThatIsEnding(t *testing.T) {
	dir := t.TempDir()
	ending := first(t, dir, func(context.Context, Call) error { return domain.E(domain.KindNetwork, "raise", nil) })
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		ending.Hush()
		<-time.After(50 * time.Millisecond)
		_ = ending.Close()
	}()
	next, err := Claim(t.Context(), dir, Call{})
	<-ended
	if err != nil || next == nil {
		t.Fatalf("%v, %v", next, err)
	}
	_ = next.Close()
}

func TestClaim_takesWhatAKilledOneLeft(t *testing.T) {
	dir := t.TempDir()
	path, err := socketPath(dir)
	if err != nil {
		t.Fatal(err)
	}
	left, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	left.SetUnlinkOnClose(false)
	_ = left.Close()
	first(t, dir, func(context.Context, Call) error { return nil })
	if second, err := Claim(t.Context(), dir, Call{}); second != nil || err != nil {
		t.Errorf("%v, %v", second, err)
	}
}
