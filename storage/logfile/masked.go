package logfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/support"
)

// Masked gives the logs and crashes of a folder as they may be sent; none where there is no folder.
func Masked(dir string) (logs []support.Log, err error) {
	names, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, domain.E(domain.KindDisk, "look for the logs", err)
	}
	for _, d := range names {
		masked := support.NewLog
		switch name := d.Name(); {
		case strings.HasPrefix(name, "crash"):
			masked = support.NewCrash
		case !strings.HasPrefix(name, "sopyo") || filepath.Ext(name) != ".log":
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, d.Name()))
		if err != nil {
			return nil, domain.E(domain.KindDisk, "read a log", err)
		}
		logs = append(logs, masked(d.Name(), string(text)))
	}
	return logs, nil
}
