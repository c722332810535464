//go:build e2e && linux

package main_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// desktop is a fresh computer for one test: a virtual display with a window manager and a Turkish
// keyboard, a session bus, an unlocked keyring, and an empty home. All of it ends with the test.
type desktop struct {
	t    *testing.T
	home string
	env  []string

	browser *chromium // nil until it is opened
	hand    hand      // of the person who works there
}

// patience is for anything but the work of the program itself, on a machine that has other things to do.
const patience = time.Minute

func newDesktop(t *testing.T) *desktop {
	t.Helper()
	return newScaledDesktop(t, "1")
}

// newScaledDesktop makes a desktop that draws at a scale. At 2 its screen has twice the pixels, as one has on which
// people choose that: the smallest window does not fit on another.
func newScaledDesktop(t *testing.T, scale string) *desktop {
	t.Helper()
	screen := "1280x860x24"
	if scale == "2" {
		screen = "2560x1720x24"
	}
	return newScreenDesktop(t, scale, screen)
}

// newScreenDesktop makes a desktop with a screen of that many pixels: "1280x860x24".
func newScreenDesktop(t *testing.T, scale, screen string) *desktop {
	t.Helper()
	home, err := os.MkdirTemp("", "sopyo") // short: the paths of sockets are limited to 108 bytes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if !t.Failed() {
			_ = os.RemoveAll(home)
		}
	})
	d := &desktop{t: t, home: home}
	for _, folder := range []string{"run", "bin", "logs"} {
		if err := os.Mkdir(filepath.Join(home, folder), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, v := range os.Environ() {
		name, _, _ := strings.Cut(v, "=")
		if !strings.HasPrefix(name, "XDG_") && !strings.HasPrefix(name, "DBUS_") && name != "WAYLAND_DISPLAY" {
			d.env = append(d.env, v)
		}
	}
	d.env = append(d.env, "HOME="+home, "XDG_RUNTIME_DIR="+filepath.Join(home, "run"),
		"PATH="+filepath.Join(home, "bin")+":"+os.Getenv("PATH"),
		"LANG=tr_TR.UTF-8", "LC_ALL=", "LIBGL_ALWAYS_SOFTWARE=1", "NO_AT_BRIDGE=1", "FYNE_SCALE="+scale)
	d.catchAddresses()

	d.env = append(d.env, "DISPLAY=:"+d.announce("Xvfb", "-displayfd", "3", "-screen", "0", screen,
		"+extension", "GLX", "+render", "-noreset", "-nolisten", "tcp"))
	d.spawn(d.command("openbox"))
	d.until("window manager", func() bool {
		out, err := d.command("xprop", "-root", "_NET_SUPPORTING_WM_CHECK").Output()
		return err == nil && bytes.Contains(out, []byte("window id"))
	})
	d.run("setxkbmap", "tr")

	d.env = append(d.env, "DBUS_SESSION_BUS_ADDRESS="+d.announce("dbus-daemon", "--session", "--nofork", "--print-address=3"))
	d.openKeyring()
	return d
}

// openKeyring starts the Secret Service and unlocks it as signing in to the computer does.
func (d *desktop) openKeyring() {
	d.t.Helper()
	daemon := d.command("gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets")
	daemon.Stdin = strings.NewReader("pw")
	d.spawn(daemon)
	d.until("keyring", func() bool {
		out, err := d.command("dbus-send", "--session", "--dest=org.freedesktop.DBus", "--print-reply", "/org/freedesktop/DBus",
			"org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets").Output()
		return err == nil && bytes.Contains(out, []byte("boolean true"))
	})
}

// catchAddresses puts an xdg-open first in PATH that keeps the address for opened.
func (d *desktop) catchAddresses() {
	d.t.Helper()
	shim := "#!/bin/sh\nprintf '%s' \"$1\" >\"$HOME/opened.new\" && mv \"$HOME/opened.new\" \"$HOME/opened\"\n"
	if err := os.WriteFile(filepath.Join(d.home, "bin", "xdg-open"), []byte(shim), 0o700); err != nil {
		d.t.Fatal(err)
	}
}

// opened waits for the address that the program gives to the browser, and forgets it.
func (d *desktop) opened() string {
	d.t.Helper()
	file := filepath.Join(d.home, "opened")
	var address []byte
	d.until("address for the browser", func() bool {
		var err error
		address, err = os.ReadFile(file)
		return err == nil
	})
	if err := os.Remove(file); err != nil {
		d.t.Fatal(err)
	}
	return string(address)
}

func (d *desktop) command(name string, args ...string) *exec.Cmd {
	if name == "xdotool" {
		d.hand.see(args)
	}
	cmd := exec.CommandContext(d.t.Context(), name, args...)
	cmd.Env = d.env
	cmd.Dir = d.home
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	return cmd
}

// run runs a small tool to its end and gives what it printed.
func (d *desktop) run(name string, args ...string) string {
	d.t.Helper()
	cmd := d.command(name, args...)
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		d.t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, complaint.String())
	}
	return strings.TrimSpace(string(out))
}

// spawn starts a program that runs until it ends or the test does. What it prints stands in
// logs/NAME.log. The channel is closed when it has ended.
func (d *desktop) spawn(cmd *exec.Cmd) <-chan struct{} {
	d.t.Helper()
	name := filepath.Base(cmd.Path)
	log, err := os.OpenFile(filepath.Join(d.home, "logs", name+".log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		d.t.Fatal(err)
	}
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		d.t.Fatalf("start %s: %v", name, err)
	}
	_ = log.Close()
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait() // how it ended is in cmd.ProcessState
		close(ended)
	}()
	d.t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-ended
	})
	return ended
}

// announce spawns a program that writes one line to file descriptor 3 once it is ready.
func (d *desktop) announce(name string, args ...string) string {
	d.t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		d.t.Fatal(err)
	}
	defer r.Close()
	cmd := d.command(name, args...)
	cmd.ExtraFiles = []*os.File{w}
	d.spawn(cmd)
	_ = w.Close()
	if err := r.SetReadDeadline(time.Now().Add(patience)); err != nil {
		d.t.Fatal(err)
	}
	line := make([]byte, 0, 256)
	for !bytes.HasSuffix(line, []byte("\n")) {
		b := make([]byte, 1)
		if _, err := r.Read(b); err != nil {
			d.t.Fatalf("%s says nothing: %v\n%s", name, err, d.log(name))
		}
		line = append(line, b...)
	}
	return strings.TrimSpace(string(line))
}

func (d *desktop) log(name string) string {
	raw, err := os.ReadFile(filepath.Join(d.home, "logs", name+".log"))
	if err != nil {
		return err.Error()
	}
	return string(raw)
}

// until asks every 50 ms until ok, for at most patience.
func (d *desktop) until(what string, ok func() bool) {
	d.t.Helper()
	if err := poll(d.t.Context(), patience, ok); err != nil {
		d.t.Fatalf("%s: %v", what, err)
	}
}

func poll(ctx context.Context, limit time.Duration, ok func() bool) error {
	ctx, cancel := context.WithTimeoutCause(ctx, limit, fmt.Errorf("not within %s", limit))
	defer cancel()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return nil
}
