package main

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// spied are the programs that this one, or a library of its, may start: to open a page or a folder, and for the keyring.
var spied = []string{
	"xdg-open", "x-www-browser", "www-browser", "firefox", "gio", "dbus-launch", "dbus-send", "dbus-daemon", "gdbus", "secret-tool", "gnome-keyring-daemon",
	"kwallet-query", "security", "sendmail",
}

// spies puts programs in front of all others that write down how they were called and with what environment, and gives the
// folder they write into. They do nothing else.
func spies(t *testing.T) string {
	t.Helper()
	bin, notes := t.TempDir(), t.TempDir()
	script := "#!/bin/sh\n{ printf '%s\\n' \"$0\" \"$@\"; env; cat /proc/$$/cmdline; } >\"" + notes + "/$(basename \"$0\").$$\"\n"
	for _, name := range spied {
		if err := os.WriteFile(filepath.Join(bin, name), []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	return notes
}

var consentAddress = regexp.MustCompile(`http://127\.0\.0\.1:\d+/sso/\S+`)

// consents does what a person does in the browser, as soon as a spy was called with the page of a consent. It tells whether
// that happened before ctx ended.
func consents(ctx context.Context, notes string) <-chan bool {
	done := make(chan bool, 1)
	go func() {
		look := time.NewTicker(5 * time.Millisecond)
		defer look.Stop()
		for {
			select {
			case <-ctx.Done():
				done <- false
				return
			case <-look.C:
			}
			files, _ := filepath.Glob(filepath.Join(notes, "*"))
			for _, path := range files {
				text, err := os.ReadFile(path)
				if address := consentAddress.Find(text); err == nil && address != nil {
					done <- sandbox.Consent(ctx, string(address), true) == nil
					return
				}
			}
		}
	}()
	return done
}

// callbackFree waits for the one port that consents come back to: another test of the machine may have it.
func callbackFree(t *testing.T) bool {
	t.Helper()
	until := time.NewTimer(20 * time.Second)
	defer until.Stop()
	for {
		l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", strings.TrimSuffix(strings.TrimPrefix(sandbox.DemoCallback, "http://"), "/isbasi/callback"))
		if err == nil {
			return l.Close() == nil
		}
		select {
		case <-until.C:
			return false
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// authorizeInBrowser signs in by the browser, and tells whether it could: the spies are shell scripts, and the port may be
// another program's.
func (b *bench) authorizeInBrowser(notes string) bool {
	b.t.Helper()
	if runtime.GOOS != "linux" || !callbackFree(b.t) {
		return false
	}
	ctx, end := context.WithTimeout(b.t.Context(), time.Minute)
	defer end()
	gone := consents(ctx, notes)
	b.json(0, "authorize", "--yes", "--api-key-file", b.path("key"), "--browser", "--username", sandbox.DemoUser, "--password-file", b.path("password"), "--expect-firm", sandbox.DemoTenant)
	return <-gone
}
