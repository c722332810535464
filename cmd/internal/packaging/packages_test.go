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

// The Makefile includes a header in what cgo asks gcc about each name ("is it a type?"). Without it gcc looks through all names for one that is
// spelled alike, and the OpenGL binding takes minutes. The answers have to stay as they are, and the question has to be asked so by this Go.
func TestProbe_isAnsweredWithoutLookingForSpellings(t *testing.T) {
	gcc, err := exec.LookPath("gcc")
	if err != nil || runtime.GOOS != "linux" {
		t.Skip("no gcc")
	}
	root, err := exec.CommandContext(t.Context(), "go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	asks, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "src", "cmd", "cgo", "gcc.go"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(asks), `"void __cgo_f_%d_2(void) { %s *__cgo_undefined__2; }`) {
		t.Error("cgo asks with another name: .ci/cgo/cgo_probe.h says the old one")
	}
	for name, isType := range map[string]bool{"kind": true, "structure": true, "function": false, "variable": false, "CONSTANT": false} {
		cmd := exec.CommandContext(t.Context(), gcc, "-w", "-fsyntax-only", "-include", "cgo_probe.h", "-xc", "-")
		cmd.Env = append(os.Environ(), "LC_ALL=C", "CPATH="+filepath.Join("..", "..", "..", ".ci", "cgo"))
		cmd.Stdin = strings.NewReader("typedef unsigned kind; typedef struct { int x; } structure; int function(void); char *variable;\n" +
			"#define CONSTANT 1\nvoid asks(void) { " + name + " *__cgo_undefined__2; }\n")
		out, err := cmd.CombinedOutput()
		if isType != (err == nil) || strings.Contains(string(out), "undeclared") {
			t.Errorf("%s: %v: %s", name, err, out)
		}
	}
	cmd := exec.CommandContext(t.Context(), gcc, "-include", "cgo_probe.h", "-c", "-xassembler-with-cpp", "-o", filepath.Join(t.TempDir(), "a.o"), "-")
	cmd.Env = append(os.Environ(), "CPATH="+filepath.Join("..", "..", "..", ".ci", "cgo"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("assembler, of which Go's own packages have some: %v: %s", err, out)
	}
}
