package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

// background begins sopyoctl work, waits for its end and gives its exit code. The Task Scheduler of Windows shows the console of a program of
// the console, as sopyoctl is; this program has none, and gives it none.
func background(ctx context.Context, o options, errs io.Writer) int {
	self, err := os.Executable()
	if err == nil {
		err = work(ctx, filepath.Dir(self), o)
	}
	var ended *exec.ExitError
	switch {
	case errors.As(err, &ended):
		return max(ended.ExitCode(), 1)
	case err != nil:
		fmt.Fprintln(errs, "sopyo:", err)
		return 1
	}
	return 0
}

// work runs sopyoctl, which lies in folder.
func work(ctx context.Context, folder string, o options) error {
	name := "sopyoctl"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	args := []string{"work"}
	if o.dataDir != "" {
		args = append(args, "--data", o.dataDir)
	}
	if o.isbasiURL != "" {
		args = append(args, "--isbasi-url", o.isbasiURL)
	}
	cmd := exec.CommandContext(ctx, filepath.Join(folder, name), args...) //nolint:gosec // it lies beside this program
	hide(cmd)
	return cmd.Run()
}
