package disk

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Documents is the folder in which a person looks for documents, their home where they have none.
func Documents() (string, error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return "", domain.E(domain.KindDisk, "find the documents folder", err)
	}
	for _, dir := range append(settings(home, "XDG_DOCUMENTS_DIR"), under(home, "Documents", "Belgeler", "OneDrive/Documents", "OneDrive/Belgeler")...) {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			return dir, nil
		}
	}
	return home, nil
}

// Usual are the folders where downloads and documents of a person lie, whether they are there or not: the
// desktop's own setting where there is one (Linux), else the names that systems give them in Turkish and
// English.
func Usual(home string) []string {
	return append(settings(home, "XDG_DOWNLOAD_DIR", "XDG_DOCUMENTS_DIR", "XDG_DESKTOP_DIR"), under(home,
		"Downloads", "İndirilenler", "Documents", "Belgeler", "Documents/Sopyo", "Desktop", "Masaüstü",
		"OneDrive/Documents", "OneDrive/Desktop", "OneDrive/Belgeler", "OneDrive/Masaüstü")...)
}

func under(home string, names ...string) []string {
	dirs := make([]string, len(names))
	for i, name := range names {
		dirs[i] = filepath.Join(home, filepath.FromSlash(name))
	}
	return dirs
}

// settings reads ~/.config/user-dirs.dirs, as desktops on Linux write it: XDG_DOWNLOAD_DIR="$HOME/İndirilenler".
func settings(home string, keys ...string) []string {
	raw, err := os.ReadFile(filepath.Join(home, ".config", "user-dirs.dirs")) // #nosec G304 -- the person's own setting
	if err != nil {
		return nil
	}
	var folders []string
	for line := range strings.Lines(string(raw)) {
		key, value, ok := strings.Cut(strings.TrimSpace(line), "=")
		if !ok || !slices.Contains(keys, key) {
			continue
		}
		dir := strings.Replace(strings.Trim(value, `"`), "$HOME", home, 1)
		if filepath.IsAbs(dir) && filepath.Clean(dir) != filepath.Clean(home) {
			folders = append(folders, filepath.Clean(dir))
		}
	}
	return folders
}
