package main

import (
	"os/exec"
	"syscall"

	"golang.org/x/sys/windows"
)

// hide keeps Windows from showing a console for cmd.
func hide(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{HideWindow: true, CreationFlags: windows.CREATE_NO_WINDOW}
}
