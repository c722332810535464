//go:build !windows

package schedule

import (
	"context"
	"os"
	"os/exec"
	"strconv"
)

// start begins a program of the system.
func start(ctx context.Context, name string, args ...string) ([]byte, error) {
	return exec.CommandContext(ctx, name, args...).CombinedOutput() //nolint:gosec // one of three names of this package
}

// identity is the person's number.
func identity() string { return strconv.Itoa(os.Getuid()) }
