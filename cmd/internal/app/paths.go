package app

import (
	"os"
	"path/filepath"
	"runtime"

	"github.com/sopyo/sopyo-desktop/domain"
)

// DataFolder gives the data folder that was named, or this user's, made if it is missing.
func DataFolder(named string) (dir string, err error) {
	if dir, err = dataFolder(named); err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Join(dir, "companies"), 0o700); err != nil {
		return "", domain.E(domain.KindDisk, "make the data folder", err)
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
