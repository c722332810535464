package instance

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// first makes dir, claims it for this test and answers with show; nil: it never answers.
func first(t *testing.T, dir string, show func(context.Context, Call) error) *Holder {
	t.Helper()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
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

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// runtimeDir gives the test a folder of its own whose name is short enough for a socket.
func runtimeDir(t *testing.T) string {
	t.Helper()
	base := "/tmp"
	if runtime.GOOS == "windows" {
		base = "" // the system's, which is short there
	}
	dir, err := os.MkdirTemp(base, "s") //nolint:usetesting // a test's own folder has too long a name
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	t.Setenv("XDG_RUNTIME_DIR", dir)
	return dir
}

// needSockets skips what asks the first window by one: before Windows 10, and under wine, there are none.
func needSockets(t *testing.T) {
	t.Helper()
	listen, err := new(net.ListenConfig).Listen(t.Context(), "unix", filepath.Join(t.TempDir(), "s"))
	if err != nil {
		t.Skip(err)
	}
	_ = listen.Close()
}

func TestClaim_handsOverToTheFirst(t *testing.T) {
	needSockets(t)
	for name, dir := range map[string]string{
		"plain":    filepath.Join(t.TempDir(), "veri ğİ #1?"),
		"too long": filepath.Join(t.TempDir(), strings.Repeat("uzun-yol ", 20)+"s"),
	} {
		t.Run(name, func(t *testing.T) {
			if runtime.GOOS == "windows" {
				dir = strings.ReplaceAll(dir, "?", "")
			}
			runtimeDir(t)
			calls := make(chan Call, 1)
			first(t, dir, func(_ context.Context, c Call) error { calls <- c; return nil })
			want := Call{Company: "Beta", Demo: true}
			second, err := Claim(t.Context(), dir, want)
			if second != nil || err != nil {
				t.Fatalf("%v, %v", second, err)
			}
			if c := <-calls; c != want {
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
	needSockets(t)
	dir := t.TempDir()
	first(t, dir, func(context.Context, Call) error { return domain.E(domain.KindNotFound, "find", nil) })
	_, err := Claim(t.Context(), dir, Call{Company: "Yok"})
	var e *domain.Error
	if !errors.As(err, &e) || e.Kind != domain.KindNotFound || e.Detail != "Yok" {
		t.Errorf("%v", err)
	}
}

func TestClaim_saysThatTheFirstDoesNotAnswer(t *testing.T) {
	needSockets(t)
	dir := t.TempDir()
	first(t, dir, nil)
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	_, err := Claim(ctx, dir, Call{})
	var e *domain.Error
	if !errors.As(err, &e) || e.Kind != domain.KindBusy || e.Detail != "window-hung" || !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("%v", err)
	}
}

func TestClaim_waitsForOneThatIsEnding(t *testing.T) {
	needSockets(t)
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
	needSockets(t)
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

// A window that ends in the middle of an answer is waited for, not taken for one that hangs.
func TestClaim_waitsForOneThatEndsWhileItAnswers(t *testing.T) {
	needSockets(t)
	runtimeDir(t)
	dir := t.TempDir()
	ending := first(t, dir, nil)
	heard := make(chan struct{}, 8)
	go func() {
		for {
			conn, err := ending.listen.Accept()
			if err != nil {
				return
			}
			_ = conn.Close()
			heard <- struct{}{}
			_ = ending.Close()
		}
	}()
	next, err := Claim(t.Context(), dir, Call{})
	if err != nil || next == nil {
		t.Fatalf("%v, %v", next, err)
	}
	<-heard
	if next.listen == nil {
		t.Error("it does not listen")
	}
	if err := next.Close(); err != nil {
		t.Error(err)
	}
	path, err := socketPath(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("its socket is left behind: %v", err)
	}
}

func TestClaim_worksWhereNoSocketCanBe(t *testing.T) {
	runtimeDir(t)
	dir := t.TempDir()
	path, err := socketPath(dir)
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(path, "x"), "x")
	i := first(t, dir, nil)
	i.Serve(func(context.Context, Call) error { return nil }) // nobody can ask: it comes back at once
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err = Claim(ctx, dir, Call{})
	var e *domain.Error
	if !errors.As(err, &e) || e.Kind != domain.KindBusy || e.Detail != "window-open" {
		t.Errorf("a second one: %v", err)
	}
	if err := i.Close(); err != nil {
		t.Error(err)
	}
	next, err := Claim(t.Context(), dir, Call{})
	if err != nil || next == nil {
		t.Fatalf("%v, %v", next, err)
	}
	_ = next.Close()
	nowhere := filepath.Join(t.TempDir(), strings.Repeat("uzun-yol ", 20)+"s")
	t.Setenv("XDG_RUNTIME_DIR", filepath.Join(dir, "window.lock"))
	if i := first(t, nowhere, nil); i.listen != nil || i.Close() != nil {
		t.Error("where no short name can be, it listens or cannot end")
	}
	blocked := t.TempDir()
	writeFile(t, filepath.Join(blocked, "window.lock", "x"), "x")
	if _, err := Claim(t.Context(), blocked, Call{}); domain.KindOf(err) != domain.KindDisk {
		t.Errorf("a folder where the lock is: %v", err)
	}
}

func TestServe_answersOnlyWhatItUnderstandsInTime(t *testing.T) {
	needSockets(t)
	ask := func(said string, show func(context.Context, Call) error) string {
		t.Helper()
		ours, theirs := net.Pipe()
		go serve(theirs, show)
		if _, err := ours.Write([]byte(said)); err != nil {
			t.Fatal(err)
		}
		answer, err := io.ReadAll(ours)
		if err != nil {
			t.Fatal(err)
		}
		return strings.TrimSpace(string(answer))
	}
	fails := func(kind domain.Kind) func(context.Context, Call) error {
		return func(context.Context, Call) error { return domain.E(kind, "show", nil) }
	}
	if got := ask("{}\n", func(ctx context.Context, _ Call) error {
		if at, ok := ctx.Deadline(); !ok || time.Until(at) > handOver {
			t.Errorf("until %v", at)
		}
		return nil
	}); got != `{"shown":true}` {
		t.Error(got)
	}
	if got := ask("{}\n", fails(domain.KindNotFound)); got != `{"shown":false,"kind":"not-found"}` {
		t.Error(got)
	}
	if got := ask("nonsense\n", fails(domain.KindNotFound)); got != "" {
		t.Error(got)
	}
}

func TestSocketPath_isShortEnoughAndThisUsersAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there the folder of a person is hers alone by its list of rights, which has no mode")
	}
	base := runtimeDir(t)
	at := func(n int) string { return "/" + strings.Repeat("d", n-len("/window.sock")-1) }
	if got, err := socketPath(at(socketLimit)); err != nil || len(got) != socketLimit || filepath.Base(got) != "window.sock" {
		t.Errorf("just short enough: %s, %v", got, err)
	}
	own := filepath.Join(base, fmt.Sprintf("sopyo-%d", os.Getuid()))
	long := at(socketLimit + 1)
	got, err := socketPath(long)
	if err != nil || filepath.Dir(got) != own || len(filepath.Base(got)) != len("0123456789abcdef.sock") {
		t.Errorf("just too long: %s, %v", got, err)
	}
	if other, err := socketPath(long + "e"); err != nil || other == got {
		t.Errorf("one name for two folders: %s, %v", other, err)
	}
	if info, err := os.Stat(own); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v, %v", info, err)
	}
	// The folder by another way is the same folder.
	target := filepath.Join(base, strings.Repeat("r", socketLimit))
	if err := os.Mkdir(target, 0o700); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(base, strings.Repeat("l", socketLimit))
	if err := os.Symlink(target, link); err != nil {
		t.Fatal(err)
	}
	one, err := socketPath(target)
	if two, err2 := socketPath(link); err != nil || err2 != nil || one != two {
		t.Errorf("%s, %s, %v, %v", one, two, err, err2)
	}
	if err := os.Chmod(own, 0o755); err != nil {
		t.Fatal(err)
	}
	if got, err := socketPath(long); err == nil || got != "" {
		t.Errorf("in a folder of others: %s", got)
	}
	if err := os.Remove(own); err != nil {
		t.Fatal(err)
	}
	writeFile(t, own, "x")
	if got, err := socketPath(long); err == nil || got != "" {
		t.Errorf("in a file: %s", got)
	}
	if err := os.Remove(own); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(base, own); err != nil {
		t.Fatal(err)
	}
	if got, err := socketPath(long); err == nil || got != "" {
		t.Errorf("in a link: %s", got)
	}
	if err := tell(t.Context(), long, Call{}); domain.KindOf(err) != domain.KindNetwork {
		t.Errorf("%v", err)
	}
	for n, tooLong := range map[int]bool{socketLimit: false, socketLimit + 1: true} {
		name := len(fmt.Sprintf("/sopyo-%d/0123456789abcdef.sock", os.Getuid()))
		deep := filepath.Join(base, strings.Repeat("x", n-name-len(base)-1))
		t.Setenv("XDG_RUNTIME_DIR", deep)
		got, err := socketPath(long)
		if (err != nil) != tooLong || !tooLong && len(got) != n {
			t.Errorf("a name of %d: %s, %v", n, got, err)
		}
	}
	t.Setenv("XDG_RUNTIME_DIR", "")
	t.Setenv("TMPDIR", base)
	if err := os.Remove(own); err != nil {
		t.Fatal(err)
	}
	if got, err := socketPath(long); err != nil || filepath.Dir(got) != own {
		t.Errorf("without a folder of the session: %s, %v", got, err)
	}
}
