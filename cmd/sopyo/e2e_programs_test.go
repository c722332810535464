//go:build e2e && linux

package main_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// root is the folder of the checkout, from here.
const root = "../.."

// build makes the three programs once for all tests, the window with the tag that lets itself be looked
// into. They stand in build/e2e-bin.
var build = sync.OnceValues(func() (string, error) {
	bin, err := filepath.Abs(filepath.Join(root, "build", "e2e-bin"))
	if err != nil {
		return "", err
	}
	cmd := exec.Command("go", "build", "-tags", "e2e,migrated_fynedo,no_emoji", "-o", bin+"/",
		"./cmd/sopyo", "./cmd/sopyoctl", "./cmd/isbasi-sandbox")
	cmd.Dir = root
	out, err := cmd.CombinedOutput()
	if err != nil {
		return string(out), err
	}
	return bin, nil
})

// program gives the path of one of our programs.
func program(t *testing.T, name string) string {
	t.Helper()
	bin, err := build()
	if err != nil {
		t.Fatalf("go build: %v\n%s", err, bin)
	}
	return filepath.Join(bin, name)
}

// albumDir is where pictures of one kind go: build/NAME.
func albumDir(t *testing.T, name string) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join(root, "build", name))
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// emptyAlbum removes the pictures of the last time.
func emptyAlbum(t *testing.T, name string) {
	t.Helper()
	if err := os.RemoveAll(albumDir(t, name)); err != nil {
		t.Fatal(err)
	}
}
