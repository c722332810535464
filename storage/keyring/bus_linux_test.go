package keyring

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Where there is no session bus none is started: the daemon would hold no keyring, and outlive the program. It is tried in a
// process of its own: tests that put a keyring in memory in the place of the system's can't put the system's back.
func TestKeyring_startsNoBus(t *testing.T) {
	const alone = "KEYRING_TEST_ALONE"
	if os.Getenv(alone) == "" {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^"+t.Name()+"$")
		cmd.Env = append(os.Environ(), alone+"=1")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	if hasBus("", fmt.Sprintf("/run/user/%d", os.Getuid())) {
		t.Skip("this session has a bus")
	}
	dir := t.TempDir()
	started := filepath.Join(dir, "started")
	script := "#!/bin/sh\necho \"$*\" >>'" + started + "'\necho DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere\n"
	if err := os.WriteFile(filepath.Join(dir, "dbus-launch"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
	for _, address := range []string{"", "autolaunch:"} {
		t.Setenv(busAddress, address)
		keys := New("sopyo-test", timeLimit)
		if _, err := keys.LoadMail(t.Context()); domain.KindOf(err) != domain.KindKeyring {
			t.Errorf("%q: read: %v", address, err)
		}
		if err := keys.SaveMail(t.Context(), domain.NewSecret("x")); domain.KindOf(err) != domain.KindKeyring {
			t.Errorf("%q: write: %v", address, err)
		}
		if err := keys.system.Delete("sopyo-test", "x"); err == nil {
			t.Errorf("%q: there is a keyring to delete from", address)
		}
	}
	if raw, err := os.ReadFile(started); err == nil {
		t.Errorf("dbus-launch was started: %q", raw)
	}
}

func TestHasBus_looksWhereTheLibraryLooks(t *testing.T) {
	folder := func(name, content string) string {
		dir := t.TempDir()
		if name != "" {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return dir
	}
	for what, c := range map[string]struct {
		address, folder string
		want            bool
	}{
		"an address":              {"unix:path=/x", folder("", ""), true},
		"a bus of the session":    {"", folder("bus", ""), true},
		"one that starts itself":  {"autolaunch:", folder("bus", ""), true},
		"an address in a file":    {"", folder("dbus-session", "DBUS_SESSION_BUS_ADDRESS=unix:abstract=/tmp/dbus-1\n"), true},
		"a file without one":      {"", folder("dbus-session", "DBUS_SESSION_BUS_ADDRESS=\n"), false},
		"a file of something":     {"", folder("dbus-session", "x"), false},
		"nothing":                 {"", folder("", ""), false},
		"nothing, to be launched": {"autolaunch:", folder("", ""), false},
		"no session":              {"", "/nowhere", false},
	} {
		if got := hasBus(c.address, c.folder); got != c.want {
			t.Errorf("%s: %v", what, got)
		}
	}
}
