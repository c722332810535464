//go:build !windows

package disk

import (
	"cmp"
	"os"
	"path/filepath"
	"strings"
)

// Drives are those of Windows: elsewhere all lies under one top.
func Drives() []string { return nil }

// known are the folders that the desktop of a home has for some purposes, by user-dirs.dirs (xdg-user-dirs, Linux):
// XDG_DOWNLOAD_DIR="$HOME/İndirilenler". A purpose whose folder is the home itself is switched off. macOS moves none of them:
// what its NSSearchPath gives are Downloads, Documents and Desktop in the home, also where iCloud keeps them.
func known(home string, purposes ...purpose) (folders []string) {
	keys := map[purpose]string{downloads: "XDG_DOWNLOAD_DIR", documents: "XDG_DOCUMENTS_DIR", desktop: "XDG_DESKTOP_DIR"}
	config := cmp.Or(os.Getenv("XDG_CONFIG_HOME"), filepath.Join(home, ".config"))
	raw, err := os.ReadFile(filepath.Join(config, "user-dirs.dirs")) // #nosec G304 -- the person's own setting
	if err != nil {
		return nil
	}
	for _, p := range purposes {
		for line := range strings.Lines(string(raw)) {
			value, ours := strings.CutPrefix(strings.TrimSpace(line), keys[p]+"=")
			if !ours {
				continue
			}
			dir := strings.NewReplacer(`\\`, `\`, `\"`, `"`, `\$`, `$`).Replace(strings.Trim(value, `"`))
			if rest, ok := strings.CutPrefix(dir, "$HOME"); ok {
				dir = home + rest
			}
			if filepath.IsAbs(dir) && filepath.Clean(dir) != filepath.Clean(home) {
				folders = append(folders, filepath.Clean(dir))
			}
		}
	}
	return folders
}
