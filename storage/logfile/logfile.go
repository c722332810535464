// Package logfile is the program's log on the disk: it rotates, several programs write it at once, and beside it lies what a crash
// leaves.
package logfile

import (
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/sopyo/sopyo-desktop/storage/disk"
)

// File is the rotating log, and the file Go writes a crash to.
type File struct {
	*slog.Logger
	crash string // the file Go writes a crash to, "" for none
}

// Open begins or goes on with the log in the folder dir, which is made, and copies it to standard error if verbose. It is to be closed.
func Open(dir string, verbose bool) (*File, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, "crash.txt")
	crash, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	defer crash.Close() //nolint:errcheck // the runtime keeps a descriptor of its own
	if err := debug.SetCrashOutput(crash, debug.CrashOptions{}); err != nil {
		return nil, err
	}
	var out io.Writer = lines(filepath.Join(dir, "sopyo.log"))
	if verbose {
		out = io.MultiWriter(out, os.Stderr)
	}
	return &File{Logger: slog.New(slog.NewTextHandler(out, nil)), crash: path}, nil
}

// None is a log where none can be written.
func None(verbose bool) *File {
	out := io.Discard
	if verbose {
		out = os.Stderr
	}
	return &File{Logger: slog.New(slog.NewTextHandler(out, nil))}
}

// Close lets go of the file for crashes, which Windows lets nobody remove meanwhile; what fails here has nowhere to be said.
func (l *File) Close() {
	if l.crash != "" {
		_ = debug.SetCrashOutput(nil, debug.CrashOptions{})
	}
}

// How much of a log is kept: files of that many bytes, that many full ones, for that long.
const (
	fullLog  = 5 << 20
	keptLogs = 4
	keptFor  = 90 * 24 * time.Hour
)

// lines is the path of a log. It is opened for each line, at its end: the window and commands write the same one, and Windows gives
// a file that somebody has open no other name.
type lines string

func (l lines) Write(line []byte) (int, error) {
	f, err := l.open()
	if err != nil {
		return 0, err
	}
	if info, err := f.Stat(); err == nil && info.Size() > 0 && info.Size()+int64(len(line)) > fullLog {
		if err := f.Close(); err != nil {
			return 0, err
		}
		l.rotate(time.Now())
		if f, err = l.open(); err != nil {
			return 0, err
		}
	}
	n, err := f.Write(line)
	return n, errors.Join(err, f.Close())
}

func (l lines) open() (*os.File, error) {
	const flags = os.O_CREATE | os.O_WRONLY | os.O_APPEND
	f, err := os.OpenFile(string(l), flags, 0o600)
	if disk.IsHeld(err) && disk.Await(string(l)) == nil {
		return os.OpenFile(string(l), flags, 0o600)
	}
	return f, err
}

// rotate gives the full log another name, by the moment, and removes what is old. One that cannot be moved takes further lines.
func (l lines) rotate(now time.Time) {
	stem := strings.TrimSuffix(string(l), ".log") + "-"
	if err := os.Rename(string(l), stem+now.UTC().Format("2006-01-02T15-04-05.000000000")+".log"); err != nil {
		return
	}
	full, err := disk.Files(filepath.Dir(stem), filepath.Base(stem))
	if err != nil {
		return
	}
	slices.Reverse(full) // the newest first
	for i, path := range full {
		if info, err := os.Stat(path); i >= keptLogs || err == nil && now.Sub(info.ModTime()) > keptFor {
			_ = os.Remove(path) // the next rotation may
		}
	}
}
