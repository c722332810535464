package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// debian is a PATH of a Debian on which nothing is installed, for a person of that number.
func debian(t *testing.T, number string, more map[string]string) (path, calls string) {
	t.Helper()
	dir := t.TempDir()
	calls = filepath.Join(dir, "calls")
	scripts := map[string]string{"apt-get": "echo \"apt-get $*\" >>'" + calls + "'", "dpkg-query": "exit 1", "id": "echo " + number}
	for name, text := range more {
		scripts[name] = text
	}
	for name, text := range scripts {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+text+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return dir, calls
}

// Whoever is not root is told which packages are missing and what root would type; with sudo, that is asked.
func TestPackages_saysWhatIsMissingToWhoeverIsNotRoot(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("apt-get is Debian's")
	}
	run := func(path string, purposes ...string) (string, error) {
		cmd := exec.CommandContext(t.Context(), "/bin/sh", append([]string{filepath.Join("..", "..", "..", ".ci", "packages")}, purposes...)...)
		cmd.Env = []string{"PATH=" + path}
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	path, calls := debian(t, "1000", nil)
	out, err := run(path, "lint", "documents")
	if err == nil || !strings.Contains(out, "as root: apt-get install --no-install-recommends shellcheck poppler-utils") {
		t.Errorf("%v: %s", err, out)
	}
	if _, err := os.Stat(calls); err == nil {
		t.Error("apt-get was called")
	}
	path, calls = debian(t, "1000", map[string]string{"sudo": `exec "$@"`})
	if out, err := run(path, "lint"); err != nil {
		t.Errorf("%v: %s", err, out)
	}
	if got, err := os.ReadFile(calls); err != nil || !strings.Contains(string(got), "install -y -qq --no-install-recommends shellcheck") {
		t.Errorf("%q, %v", got, err)
	}
	path, _ = debian(t, "1000", map[string]string{"dpkg-query": "printf installed"})
	if out, err := run(path, "lint"); err != nil || out != "" {
		t.Errorf("nothing is missing: %v: %s", err, out)
	}
	path, _ = debian(t, "0", nil)
	if out, err := run(path, "games"); err == nil || !strings.Contains(out, "usage: packages") {
		t.Errorf("%v: %s", err, out)
	}
}
