package disk

import (
	"os"
	"path/filepath"

	"github.com/sopyo/sopyo-desktop/domain"
)

// purpose is what a person has a folder for.
type purpose int

const (
	downloads purpose = iota
	documents
	desktop
)

// Documents is the folder in which a person looks for documents, wherever the system has it, their home where they have none.
func Documents() (string, error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return "", domain.E(domain.KindDisk, "find the documents folder", err)
	}
	for _, dir := range append(known(home, documents), under(home, "Documents", "Belgeler", "OneDrive/Documents", "OneDrive/Belgeler")...) {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			return dir, nil
		}
	}
	return home, nil
}

// Usual are the folders where downloads and documents of a person lie, whether they are there or not: those that the system names,
// and those of the names that systems give them in Turkish and English.
func Usual(home string) []string {
	return append(known(home, downloads, documents, desktop), under(home,
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
