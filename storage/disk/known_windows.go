package disk

import (
	"path/filepath"

	"golang.org/x/sys/windows"
)

// known are the folders that Windows has for some purposes, wherever a person or OneDrive has moved them. It knows those of the
// signed-in user alone: of another home, as USERPROFILE may name one, there are none.
func known(home string, purposes ...purpose) (folders []string) {
	profile, err := windows.KnownFolderPath(windows.FOLDERID_Profile, windows.KF_FLAG_DONT_VERIFY)
	if err != nil || filepath.Clean(profile) != filepath.Clean(home) {
		return nil
	}
	ids := map[purpose]*windows.KNOWNFOLDERID{
		downloads: windows.FOLDERID_Downloads, documents: windows.FOLDERID_Documents, desktop: windows.FOLDERID_Desktop,
	}
	for _, p := range purposes {
		if dir, err := windows.KnownFolderPath(ids[p], windows.KF_FLAG_DONT_VERIFY); err == nil {
			folders = append(folders, dir)
		}
	}
	return folders
}
