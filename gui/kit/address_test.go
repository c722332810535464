package kit_test

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

// Windows decodes a file: address by its code page: what is opened goes as a plain path, whatever is in it.
func TestShowFile_handsOverThePathAsItIs(t *testing.T) {
	for _, path := range []string{
		filepath.FromSlash("/home/ali/Belgeler/a.xlsx"),
		filepath.FromSlash("/Kullanıcılar/ayşe kaya/#1 %20/aktarım 1.xlsx"),
		filepath.FromSlash("C:/Users/Ayşe/Documents/Sopyo/İĞÜ.eml"),
	} {
		kittest.Run(t, "tr", func(s *kittest.Screen) {
			s.E.ShowFile(path)
			s.Settle()
			s.E.ShowFolder(path)
			s.Settle()
			if want := []string{path, filepath.Dir(path)}; !slices.Equal(s.Visited, want) {
				t.Errorf("opened %q, want %q", s.Visited, want)
			}
		})
	}
}
