package logfile

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/sopyo/sopyo-desktop/storage/disk"
)

// Crash gives the path of what the last crash left for support, kept at its first call, "" when there was none since.
func (l *File) Crash(now time.Time) (string, error) { return keepCrash(l.crash, now) }

// keepCrash moves what crashes left at path, which stays and is empty then, into a file of its own that can be sent to support,
// with the person's folders masked, and gives its path; "" when there was no crash. A crash file holds
// no secret: Go writes stacks and addresses, never the texts they point to.
func keepCrash(path string, now time.Time) (string, error) {
	raw, err := os.ReadFile(path)
	if err != nil || len(bytes.TrimSpace(raw)) == 0 {
		if os.IsNotExist(err) {
			err = nil
		}
		return "", err
	}
	if home, err := os.UserHomeDir(); err == nil && len(home) > 1 {
		raw = bytes.ReplaceAll(raw, []byte(home), []byte("~"))
	}
	kept := filepath.Join(filepath.Dir(path), fmt.Sprintf("crash-%s.txt", now.UTC().Format("20060102-150405")))
	if err := disk.Write(kept, func(out io.Writer) error { _, err := out.Write(raw); return err }); err != nil {
		return "", err
	}
	return kept, os.Truncate(path, 0)
}
