package app

import (
	"os"
	"path/filepath"
	"strings"
)

// usualFolders are where downloads and documents of a person lie: the desktop's own setting where there
// is one (Linux), else the names that systems give them in Turkish and English.
func usualFolders(home string) []string {
	folders := userDirs(home)
	for _, name := range []string{
		"Downloads", "İndirilenler", "Documents", "Belgeler", "Documents/Sopyo", "Desktop", "Masaüstü",
		"OneDrive/Documents", "OneDrive/Desktop", "OneDrive/Belgeler", "OneDrive/Masaüstü",
	} {
		folders = append(folders, filepath.Join(home, filepath.FromSlash(name)))
	}
	return folders
}

// userDirs reads ~/.config/user-dirs.dirs, as desktops on Linux write it: XDG_DOWNLOAD_DIR="$HOME/İndirilenler".
func userDirs(home string) []string {
	raw, err := os.ReadFile(filepath.Join(home, ".config", "user-dirs.dirs")) // #nosec G304 -- the person's own setting
	if err != nil {
		return nil
	}
	var folders []string
	for line := range strings.Lines(string(raw)) {
		key, value, ok := strings.Cut(strings.TrimSpace(line), "=")
		if !ok || key != "XDG_DOWNLOAD_DIR" && key != "XDG_DOCUMENTS_DIR" && key != "XDG_DESKTOP_DIR" {
			continue
		}
		dir := strings.Replace(strings.Trim(value, `"`), "$HOME", home, 1)
		if filepath.IsAbs(dir) && filepath.Clean(dir) != filepath.Clean(home) {
			folders = append(folders, filepath.Clean(dir))
		}
	}
	return folders
}
