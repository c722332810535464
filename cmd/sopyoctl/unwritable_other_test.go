//go:build !linux

package main

import "testing"

func unwritable(t *testing.T, _ *bench) {
	t.Helper()
	t.Skip("on Linux only")
}
