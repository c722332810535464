package disk

import (
	"path/filepath"

	"golang.org/x/sys/windows"
)

// Drives are the tops of the drives that Windows has at the moment: C:\ and the like. Whether something lies in one is not looked for, which
// may take its time.
func Drives() (tops []string) {
	mask, err := windows.GetLogicalDrives()
	if err != nil {
		return nil
	}
	for letter := range 26 {
		if mask&(1<<letter) != 0 {
			tops = append(tops, string(rune('A'+letter))+`:\`)
		}
	}
	return tops
}

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
