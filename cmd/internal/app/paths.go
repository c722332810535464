package app

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/disk"
)

// DataFolder gives the data folder that was named, or this user's, made if it is missing.
func DataFolder(named string) (dir string, err error) {
	if dir, err = dataFolder(named); err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Join(dir, "companies"), 0o700); err != nil {
		return "", disk.Refused("make the data folder", filepath.Join(dir, "companies"), err)
	}
	return dir, nil
}

func dataFolder(named string) (dir string, err error) {
	if dir = named; dir == "" {
		dir, err = defaultDataDir()
	}
	if err == nil {
		dir, err = filepath.Abs(dir)
	}
	if err != nil {
		return "", domain.E(domain.KindDisk, "find the data folder", err)
	}
	return dir, nil
}

// placeOf is where the data folder really lies: a link to it is no copy.
func placeOf(dir string) string {
	if place, err := filepath.EvalSymlinks(dir); err == nil {
		return place
	}
	return dir
}

// machineID tells this machine from others, "" where the system does not say in a file.
func machineID() string {
	for _, path := range []string{"/etc/machine-id", "/var/lib/dbus/machine-id"} {
		if raw, err := os.ReadFile(path); err == nil && len(strings.TrimSpace(string(raw))) > 0 {
			sum := sha256.Sum256([]byte("sopyo " + strings.TrimSpace(string(raw)))) // the number itself is nobody's business
			return hex.EncodeToString(sum[:8])
		}
	}
	return ""
}

// holdsNoData tells whether no data folder is at path any more.
func holdsNoData(path string) bool {
	_, err := os.Stat(filepath.Join(path, "sopyo.db"))
	return errors.Is(err, fs.ErrNotExist)
}

// defaultDataDir is where this user's data belongs: never a folder that is synchronised or on a
// network by default, because SQLite's journal needs a local disk.
func defaultDataDir() (string, error) {
	switch runtime.GOOS {
	case "windows":
		if dir := os.Getenv("LOCALAPPDATA"); dir != "" {
			return filepath.Join(dir, "Sopyo"), nil
		}
	case "darwin":
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, "Library", "Application Support", "Sopyo"), nil
		}
	default:
		if dir := os.Getenv("XDG_DATA_HOME"); dir != "" {
			return filepath.Join(dir, "sopyo"), nil
		}
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(home, ".local", "share", "sopyo"), nil
}
