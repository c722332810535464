package schedule

import (
	"context"
	"os/exec"
	"os/user"
	"syscall"

	"golang.org/x/sys/windows"
)

// start begins a program of the system without a console of its own, which would flash.
func start(ctx context.Context, name string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, name, args...) //nolint:gosec // one of three names of this package
	cmd.WaitDelay = leftBehind
	cmd.SysProcAttr = &syscall.SysProcAttr{HideWindow: true, CreationFlags: windows.CREATE_NO_WINDOW}
	return cmd.CombinedOutput()
}

// identity is the person's SID.
func identity() string {
	if u, err := user.Current(); err == nil {
		return u.Uid
	}
	return ""
}
