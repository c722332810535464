//go:build !windows

package main

import "os/exec"

// hide has nothing to do: only Windows shows consoles.
func hide(*exec.Cmd) {}
