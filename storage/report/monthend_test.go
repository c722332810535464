package report

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/monthend"
	"github.com/sopyo/sopyo-desktop/domain/monthend/monthendtest"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/storage/disk"
)

func packages() Packages {
	regular, bold := assets.Fonts()
	return Packages{Regular: regular, Bold: bold}
}

func spoken(t *testing.T, lang string) words.Words {
	t.Helper()
	text, err := assets.NewText(lang)
	if err != nil {
		t.Fatal(err)
	}
	return words.New(lang, text.T)
}

func each(packs ...monthend.Package) iter.Seq2[monthend.Package, error] {
	return func(yield func(monthend.Package, error) bool) {
		for _, p := range packs {
			if !yield(p, nil) {
				return
			}
		}
	}
}

func zipped(t *testing.T, w words.Words, packs ...monthend.Package) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := packages().WriteZIP(t.Context(), w, &out, each(packs...)); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// unzipped gives the entries of a zip in their order, and what each holds.
func unzipped(t *testing.T, raw []byte) (entries []*zip.File, held map[string][]byte) {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	held = map[string][]byte{}
	for _, f := range archive.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if held[f.Name], err = io.ReadAll(in); err != nil {
			t.Fatal(err)
		}
	}
	return archive.File, held
}

const may = "2026-05 Çığır Işık Ticaret Ltd. Şti-"

// The same source makes the same bytes: another day, another zone of the machine, another order of its parts.
func TestPackages_areMadeAgainIdentically(t *testing.T) {
	for _, lang := range assets.Languages() {
		w := spoken(t, lang)
		want := zipped(t, w, monthend.Make(w, monthendtest.Demo()))
		zone := time.Local
		t.Cleanup(func() { time.Local = zone })
		for n, elsewhere := range []*time.Location{time.UTC, domain.Istanbul, time.FixedZone("Kiritimati", 14*3600)} {
			time.Local = elsewhere
			s := monthendtest.Demo()
			slices.Reverse(s.Invoices)
			slices.Reverse(s.Missing)
			slices.Reverse(s.Platform)
			slices.Reverse(s.Tasks)
			slices.Reverse(s.Listing.Invoices)
			for range 2 { // of maps that say nothing
				if got := zipped(t, w, monthend.Make(w, s)); !bytes.Equal(got, want) {
					t.Fatalf("%s, %d: another zip: %v", lang, n, differing(t, got, want))
				}
			}
		}
		time.Local = zone
	}
}

// differing names the entries of two zips that are not the same.
func differing(t *testing.T, a, b []byte) (names []string) {
	t.Helper()
	_, one := unzipped(t, a)
	_, other := unzipped(t, b)
	for name := range one {
		if !bytes.Equal(one[name], other[name]) {
			names = append(names, name)
		}
	}
	return names
}

// Nothing in a package tells when it was made: every time is the month's last second.
func TestPackages_areOfTheMonthsLastSecond(t *testing.T) {
	w := spoken(t, "tr")
	at := monthendtest.May.End()
	entries, held := unzipped(t, zipped(t, w, monthend.Make(w, monthendtest.Demo())))
	sheets := 0
	for _, f := range entries {
		if !f.Modified.Equal(at) {
			t.Errorf("%s is of %s", f.Name, f.Modified)
		}
		if date, clock := f.ModifiedDate, f.ModifiedTime; date != (2026-1980)<<9|5<<5|31 || clock != 23<<11|59<<5|58/2 { // the field of older programs
			t.Errorf("%s is of %x %x to older programs", f.Name, date, clock)
		}
		if !strings.HasSuffix(f.Name, ".xlsx") {
			continue
		}
		sheets++
		parts, of := unzipped(t, held[f.Name])
		for _, part := range parts {
			if !part.Modified.Equal(at) {
				t.Errorf("%s in %s is of %s", part.Name, f.Name, part.Modified)
			}
		}
		if core := string(of["docProps/core.xml"]); strings.Count(core, ">2026-05-31T20:59:59Z<") != 2 {
			t.Errorf("%s: %s", f.Name, core)
		}
		if parts[0].Name != "[Content_Types].xml" {
			t.Errorf("%s begins with %s", f.Name, parts[0].Name)
		}
	}
	if sheets != 5 {
		t.Errorf("%d sheets", sheets)
	}
	pdf := held[may+"/ozet.pdf"]
	for _, want := range []string{"/CreationDate (D:20260531235959)", "/ModDate (D:20260531235959)"} {
		if !bytes.Contains(pdf, []byte(want)) {
			t.Errorf("the PDF has no %s", want)
		}
	}
}

// A folder holds what the zip holds, and SHA256SUMS every one of its files.
func TestPackages_asFolderAndAsZip(t *testing.T) {
	w := spoken(t, "tr")
	p := monthend.Make(w, monthendtest.Demo())
	entries, held := unzipped(t, zipped(t, w, p))
	dir := filepath.Join(t.TempDir(), "Muhasebe ğ#")
	for range 2 { // made again it is the same, and stays
		paths, err := packages().Save(t.Context(), w, dir, each(p))
		if err != nil || len(paths) != 1 || paths[0] != filepath.Join(dir, may) {
			t.Fatalf("%v, %v", paths, err)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("left %v, %v", left, err)
	}
	count := 0
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		count++
		if raw, err := os.ReadFile(filepath.Join(dir, name)); err != nil || !bytes.Equal(raw, held[name]) {
			t.Errorf("%s is not as in the zip: %v", name, err)
		}
		return nil
	})
	if err != nil || count != len(entries) {
		t.Errorf("%d files, %d in the zip, %v", count, len(entries), err)
	}
	lines := strings.Split(strings.TrimSuffix(string(held[may+"/SHA256SUMS"]), "\n"), "\n")
	if len(lines) != count-1 {
		t.Errorf("%d sums of %d files", len(lines), count)
	}
	for i, line := range lines {
		sum, name, ok := strings.Cut(line, "  ")
		if got := fmt.Sprintf("%x", sha256.Sum256(held[may+"/"+name])); !ok || got != sum || entries[i].Name != may+"/"+name {
			t.Errorf("%q: %s, file %d is %s", line, got, i, entries[i].Name)
		}
	}
	if got := string(held[may+"/pdf/ARS2026000000002.pdf"]); got != "%PDF-1.7 9001" {
		t.Errorf("%q", got)
	}
	if got := string(held[may+"/ubl/ARS2026000000002.zip"]); got != "PK\x03\x04 9001" {
		t.Errorf("%q", got)
	}
}

// Several companies are a folder each, also where two have one name.
func TestPackages_ofSeveralCompanies(t *testing.T) {
	w := spoken(t, "tr")
	var all []monthend.Package
	for _, name := range []string{"Bir", "İki: \"Ev\" A.Ş.", "bir", "Bir"} {
		s := monthendtest.Demo()
		s.Company = name
		s.Invoices = s.Invoices[:len(all)+1]
		all = append(all, monthend.Make(w, s))
	}
	entries, _ := unzipped(t, zipped(t, w, all...))
	var folders []string
	for _, f := range entries {
		if folder, _, _ := strings.Cut(f.Name, "/"); !slices.Contains(folders, folder) {
			folders = append(folders, folder)
		}
	}
	if got := fmt.Sprint(folders); got != "[2026-05 Bir 2026-05 İki- -Ev- A.Ş- 2026-05 bir (2) 2026-05 Bir (3)]" {
		t.Error(got)
	}
	dir := t.TempDir()
	paths, err := packages().Save(t.Context(), w, dir, each(all...))
	if err != nil || len(paths) != 4 {
		t.Fatalf("%v, %v", paths, err)
	}
	last := "2026-05 Bir (2)"
	if strings.HasSuffix(paths[2], " (2)") { // "bir" is "Bir" on this disk
		last = "2026-05 Bir (3)"
	}
	if filepath.Base(paths[3]) != last {
		t.Error(paths)
	}
	cause := errors.New("the company's file is broken")
	paths, err = packages().Save(t.Context(), w, t.TempDir(), func(yield func(monthend.Package, error) bool) {
		_ = yield(all[0], nil) && yield(monthend.Package{}, cause)
	})
	if !errors.Is(err, cause) || len(paths) != 1 {
		t.Errorf("%v, %v", paths, err)
	}
	wantWhole(t, paths[0])
}

// wantWhole verifies a folder by its sums.
func wantWhole(t *testing.T, folder string) {
	t.Helper()
	sums, err := os.ReadFile(filepath.Join(folder, sumsName))
	if err != nil {
		t.Error(err)
	}
	for line := range strings.Lines(string(sums)) {
		sum, name, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		raw, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(name)))
		if err != nil || fmt.Sprintf("%x", sha256.Sum256(raw)) != sum {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Names that no system takes, and those that have become one, are names all the same.
func TestPackages_nameEveryFileApart(t *testing.T) {
	w := spoken(t, "tr")
	s := monthendtest.Demo()
	s.Invoices, s.Tasks, s.Listing = s.Invoices[:4], nil, monthend.Listing{}
	for i, number := range []string{"A/1", "A:1", "", "CON"} {
		s.Invoices[i].Number = number
	}
	s.Invoices[2].ETTN = ""
	_, held := unzipped(t, zipped(t, w, monthend.Make(w, s)))
	for name, want := range map[string]string{"A-1": "9001", "A-1 (2)": "9002", "9003": "9003", "CON-": "9004"} {
		if got := string(held[may+"/pdf/"+name+".pdf"]); got != "%PDF-1.7 "+want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// broken has documents up to the n-th, and then ends the work.
type broken struct {
	monthendtest.Documents
	left *int
	end  func() error
}

func (b broken) PDF(ctx context.Context, id domain.RemoteID) ([]byte, error) {
	if *b.left--; *b.left < 0 {
		if err := b.end(); err != nil {
			return nil, err
		}
	}
	return b.Documents.PDF(ctx, id)
}

// Wherever a person cancels, or a document cannot be read, nothing half is left and what was there stays.
func TestPackages_leaveNothingHalf(t *testing.T) {
	w := spoken(t, "tr")
	cause := errors.New("the document is gone")
	for _, left := range []int{0, 1, 30, 44} {
		for name, fails := range map[string]bool{"cancelled": false, "a document fails": true} {
			ctx, cancel := context.WithCancel(t.Context())
			again := func() monthend.Package {
				n := left
				s := monthendtest.Demo()
				s.Documents = broken{left: &n, end: func() error {
					if fails {
						return domain.E(domain.KindDisk, "read the document", cause)
					}
					cancel()
					return nil
				}}
				return monthend.Make(w, s)
			}
			want := domain.KindCancelled
			if fails {
				want = domain.KindDisk
			}
			dir := t.TempDir()
			paths, err := packages().Save(ctx, w, dir, each(again()))
			if entries, read := os.ReadDir(dir); domain.KindOf(err) != want || errors.Is(err, cause) != fails || len(paths) != 0 || read != nil || len(entries) != 0 {
				t.Errorf("%s at %d: %v, %v, left %v", name, left, paths, err, entries)
			}
			file := filepath.Join(dir, "Mayıs.ZIP")
			if err := disk.Write(file, func(out io.Writer) error { _, err := io.WriteString(out, "was here"); return err }); err != nil {
				t.Fatal(err)
			}
			paths, err = packages().Save(ctx, w, file, each(again()))
			raw, read := os.ReadFile(file)
			if entries, _ := os.ReadDir(dir); domain.KindOf(err) != want || len(paths) != 0 || read != nil || string(raw) != "was here" || len(entries) != 1 {
				t.Errorf("%s at %d, zip: %v, %v, left %v", name, left, paths, err, entries)
			}
			cancel()
		}
	}
}

// A zip that a person named takes the place of the one before.
func TestPackages_saveAsTheZipThatWasNamed(t *testing.T) {
	w := spoken(t, "tr")
	p := monthend.Make(w, monthendtest.Demo())
	path := filepath.Join(t.TempDir(), "Mayıs.Zip")
	for range 2 {
		paths, err := packages().Save(t.Context(), w, path, each(p))
		if err != nil || fmt.Sprint(paths) != "["+path+"]" {
			t.Fatalf("%v, %v", paths, err)
		}
	}
	raw, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(raw, zipped(t, w, p)) {
		t.Errorf("%d bytes, %v", len(raw), err)
	}
}
