package app

import (
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"

	"gopkg.in/natefinch/lumberjack.v2"
)

// logFile is the rotating log, and the file Go writes a crash to.
type logFile struct {
	*slog.Logger
	rotating *lumberjack.Logger
	crash    string // the file Go writes a crash to
}

func openLog(dir string, verbose bool) (*logFile, error) {
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
	rotating := &lumberjack.Logger{Filename: filepath.Join(dir, "sopyo.log"), MaxSize: 5, MaxBackups: 4, MaxAge: 90}
	var out io.Writer = rotating
	if verbose {
		out = io.MultiWriter(rotating, os.Stderr)
	}
	return &logFile{Logger: slog.New(slog.NewTextHandler(out, nil)), rotating: rotating, crash: path}, nil
}

// noLog is a log where none can be written.
func noLog(verbose bool) *logFile {
	out := io.Discard
	if verbose {
		out = os.Stderr
	}
	return &logFile{Logger: slog.New(slog.NewTextHandler(out, nil))}
}

// Close ends the log; what fails here has nowhere to be said.
func (l *logFile) Close() {
	if l.rotating != nil {
		_ = l.rotating.Close()
	}
}
