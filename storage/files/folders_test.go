package files

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
)

// person gives a home folder of its own to the test, and a function that puts files into it, so many days old.
func person(t *testing.T) (home string, put func(days int, names ...string) []listing.File) {
	t.Helper()
	home = t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	return home, func(days int, names ...string) (all []listing.File) {
		t.Helper()
		at := domaintest.Moment.AddDate(0, 0, -days)
		for _, name := range names {
			path := filepath.Join(home, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(name), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Chtimes(path, at, at); err != nil {
				t.Fatal(err)
			}
			all = append(all, listing.File{Path: path, Size: int64(len(name)), ModifiedAt: at})
		}
		return all
	}
}

func TestFolders_offerTheNewestProductFiles(t *testing.T) {
	home, put := person(t)
	if runtime.GOOS == "windows" {
		t.Skip("the system keeps its folders elsewhere, see storage/disk")
	}
	settings := put(0, ".config/user-dirs.dirs")[0].Path
	if err := os.WriteFile(settings, []byte(strings.Join([]string{
		"# masaüstünün kendi ayarı", `XDG_DOWNLOAD_DIR="$HOME/Alınanlar"`, `XDG_DOCUMENTS_DIR="` + home + `/Yazılar/"`, `  XDG_DESKTOP_DIR="$HOME/Masa"  `,
		`XDG_MUSIC_DIR="$HOME/Müzik"`, `XDG_DESKTOP_DIR="$HOME/"`, `XDG_DOCUMENTS_DIR="göreli"`, "XDG_DOWNLOAD_DIR",
	}, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	var want []listing.File
	for i, name := range []string{
		"Alınanlar/a.csv", "Yazılar/b.xlsx", "Downloads/d.txt", "Masa/c.xml", "Belgeler/F.CSV", "Documents/Sopyo/e.tsv", "Masaüstü/g.csv", "OneDrive/Desktop/h.csv",
	} {
		want = append(want, put(i/2+1, name)...) // of those of one day the first by name
	}
	own := put(5, "Listeler/i.csv")[0]
	put(0, "Müzik/x.csv", "göreli/x.csv", "Alınanlar/.x.csv", "Alınanlar/~$x.xlsx", "Alınanlar/x.png", "Alınanlar/csv", "Alınanlar/alt/x.csv", "x.csv", "Alınanlar/klasör.csv/x")
	recent := func(what string, d Folders, beside string, want ...listing.File) {
		t.Helper()
		got, err := d.Recent(t.Context(), beside)
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
		for _, d := range domaintest.Differences(got, want) {
			t.Errorf("%s: %s", what, d)
		}
	}
	at := func(dir string, err error) Folders { return Folders{Own: func() (string, error) { return dir, err }} }
	recent("without lists of its own", Folders{}, "", want...)
	recent("with lists of its own", at(filepath.Dir(own.Path), nil), "", append(want, own)...)
	recent("with lists that cannot be asked for", at(filepath.Dir(own.Path), filestest.ErrDisk), "", want...)
	recent("with lists among the usual ones", at(filepath.Join(home, "Belgeler"), nil), "", want...)
	old := put(100, "başka/eski.csv")[0]
	recent("beside a file elsewhere", Folders{}, filepath.Join(home, "başka", "önceki.csv"), append(want, old)...)
	recent("beside one in a usual folder", Folders{}, filepath.Join(home, "Alınanlar", "önceki.csv"), want...)
	recent("beside one in no folder", Folders{}, filepath.Join(home, "yok", "x"), want...)
	more := put(50, "Downloads/1.csv", "Downloads/2.csv", "Downloads/3.csv", "Downloads/4.csv", "Downloads/5.csv")
	recent("of more than are offered", Folders{}, "", append(want, more[:recentFiles-len(want)]...)...)

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got, err := (Folders{}).Recent(ctx, ""); domain.KindOf(err) != domain.KindCancelled || got != nil {
		t.Errorf("cut off: %v, %v", got, err)
	}
}

// A path of a file is not one of nothing: a person who has typed it is told what is wrong.
func TestFolder_ofAFile(t *testing.T) {
	_, put := person(t)
	if got, err := (Folders{}).Folder(t.Context(), put(1, "Belgeler/F.CSV")[0].Path); domain.KindOf(err) != domain.KindFile || filestest.Detail(err) != "file.unreadable" || got.Path != "" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestFolders_showWhatLiesInOne(t *testing.T) {
	home, put := person(t)
	in := func(names ...string) string { return filepath.Join(append([]string{home}, names...)...) }
	files := put(2, "Belgeler/F.CSV", "Belgeler/b.xml", "Belgeler/a.xlsx")
	put(1, "Belgeler/Şeker/x", "Belgeler/çay/x", "Belgeler/Zeytin/x", "Belgeler/.gizli/x", "Belgeler/resim.png", "Belgeler/.gizli.csv", "Belgeler/~$a.xlsx", "Müzik/x")
	newest := put(1, "Belgeler/yeni.csv")[0]
	for link, to := range map[string]string{"bağ": in("Müzik"), "kopuk.csv": in("yok")} {
		if err := os.Symlink(to, in("Belgeler", link)); err != nil {
			t.Skip(err) // Windows asks for a right
		}
		if _, err := os.Readlink(in("Belgeler", link)); err != nil {
			t.Skip(err) // wine makes one that cannot be read
		}
	}
	want := listing.Folder{
		Path: in("Belgeler"), Parent: home, Folders: []string{in("Belgeler", "bağ"), in("Belgeler", "çay"), in("Belgeler", "Şeker"), in("Belgeler", "Zeytin")},
		Files: []listing.File{newest, files[0], files[2], files[1]},
	}
	t.Chdir(in("Belgeler"))
	for path, want := range map[string]listing.Folder{
		in("Belgeler"): want, in("Belgeler") + "/çay/..": want, ".": want, in("Müzik"): {Path: in("Müzik"), Parent: home},
		"": {Path: home, Parent: filepath.Dir(home), Folders: []string{in("Belgeler"), in("Müzik")}},
	} {
		got, err := Folders{}.Folder(t.Context(), path)
		if err != nil {
			t.Errorf("%s: %v", path, err)
		}
		for _, d := range domaintest.Differences(got, want) {
			t.Errorf("%q: %s", path, d)
		}
	}
	if top, err := (Folders{}).Folder(t.Context(), filepath.VolumeName(home)+"/"); err != nil || top.Parent != "" || len(top.Folders) == 0 {
		t.Errorf("%+v, %v", top, err)
	}
	if got, err := (Folders{}).Folder(t.Context(), in("yok")); domain.KindOf(err) != domain.KindFile || filestest.Detail(err) != "file.not-found" || got.Path != "" {
		t.Errorf("%+v, %v", got, err)
	}
}

// Who has no home is told so, and is not shown another folder instead.
func TestFolders_withoutAHome(t *testing.T) {
	for _, name := range []string{"HOME", "USERPROFILE", "home"} {
		t.Setenv(name, "")
	}
	if _, err := (Folders{}).Recent(t.Context(), ""); domain.KindOf(err) != domain.KindDisk {
		t.Errorf("recent: %v", err)
	}
	if got, err := (Folders{}).Folder(t.Context(), ""); domain.KindOf(err) != domain.KindDisk || got.Path != "" {
		t.Errorf("folder: %+v, %v", got, err)
	}
	here := t.TempDir()
	t.Chdir(here)
	if err := os.Remove(here); err != nil {
		t.Skip(err) // Windows keeps a folder that somebody is in
	}
	if got, err := (Folders{}).Folder(t.Context(), "."); filestest.Detail(err) != "file.not-found" || got.Path != "" {
		t.Errorf("a folder that is gone: %+v, %v", got, err)
	}
}
