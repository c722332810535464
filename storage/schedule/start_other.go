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
	cmd := exec.CommandContext(ctx, name, args...) //nolint:gosec // one of three names of this package
	cmd.WaitDelay = leftBehind
	return cmd.CombinedOutput()
}

// identity is the person's number.
func identity() string { return strconv.Itoa(os.Getuid()) }
