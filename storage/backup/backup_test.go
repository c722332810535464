package backup

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/backup"
)

var password = domain.NewSecret("doğru at pil zımba")

// shipped is the cost of a password as files have it; tests take less.
var shipped = workFactor

func init() { workFactor = 10 }

func TestWorkFactor_isNotThatOfTests(t *testing.T) {
	if shipped != 17 {
		t.Errorf("files are shipped with %d", shipped)
	}
	path, _ := written(t)
	if raw, err := os.ReadFile(path); err != nil || !bytes.Contains(raw[:400], []byte(" 10\n")) {
		t.Error("it is not what is written")
	}
}

// lay writes a file, its folder too.
func lay(t *testing.T, path, text string) string {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o600)); err != nil {
		t.Fatal(err)
	}
	return path
}

// company is one whose database is text.
func company(t *testing.T, id domain.CompanyID, text string) Source {
	t.Helper()
	documents := t.TempDir()
	lay(t, filepath.Join(documents, "2026-05", "Fatura 1.pdf"), "%PDF-1 "+string(id))
	lay(t, filepath.Join(documents, "2026-05", ".sopyo-1.tmp"), "half")
	return Source{
		Company:   domain.Company{ID: id, Name: "Şirket " + string(id), TenantID: "t-" + string(id), Demo: id == "b"},
		Documents: documents,
		Copy: func(_ context.Context, path string, _ *backup.Progress) (backup.Content, error) {
			return backup.Content{Version: 15, Products: 3, Orders: 2, Invoices: 1, Serial: 7}, os.WriteFile(path, []byte(text), 0o600)
		},
	}
}

// large is so much that it takes several blocks of the cipher.
var large = func() string {
	r := rand.NewChaCha8([32]byte{1})
	b := make([]byte, 300<<10)
	_, _ = r.Read(b)
	return string(b)
}()

// written is a backup of two companies.
func written(t *testing.T) (path string, m backup.Manifest) {
	t.Helper()
	temp := filepath.Join(t.TempDir(), "temp")
	made := backup.Manifest{MadeAt: time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC), HandOver: true}
	g, err := Gather(t.Context(), temp, made, []Source{company(t, "a", large), company(t, "b", "")}, &backup.Progress{})
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "yedek"+backup.Ending)
	file, err := g.Write(t.Context(), path, password, &backup.Progress{})
	if err := errors.Join(err, g.Close()); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
		t.Errorf("left in the folder of copies: %v, %v", left, err)
	}
	if info, err := os.Stat(path); err != nil || file.Size != info.Size() || file.Path != path || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%+v: %v, %v", file, info, err)
	}
	return path, file.Manifest
}

func TestWrite_canBeReadBackWhole(t *testing.T) {
	path, want := written(t)
	if got := want.Companies; len(got) != 2 || got[0] != (backup.Content{
		ID: "a", Name: "Şirket a", TenantID: "t-a", Version: 15, Products: 3, Orders: 2, Invoices: 1, Documents: 1, Serial: 7,
	}) || got[1] != (backup.Content{
		ID: "b", Name: "Şirket b", TenantID: "t-b", Demo: true, Version: 15, Products: 3, Orders: 2, Invoices: 1, Documents: 1, Serial: 7,
	}) {
		t.Errorf("companies: %+v", got)
	}
	if want.Format != 1 || !want.HandOver || want.MadeAt.IsZero() || len(want.Parts) != 4 {
		t.Errorf("%+v", want)
	}
	dir := t.TempDir()
	for name, read := range map[string]func() (backup.Manifest, error){
		"read":  func() (backup.Manifest, error) { return Read(t.Context(), path, password, 15) },
		"check": func() (backup.Manifest, error) { return Check(t.Context(), path, password, &backup.Progress{}) },
		"unpack": func() (backup.Manifest, error) {
			return Unpack(t.Context(), path, password, 15, dir, &backup.Progress{})
		},
	} {
		got, err := read()
		if err != nil || !slices.Equal(got.Companies, want.Companies) || !slices.Equal(got.Parts, want.Parts) || !got.MadeAt.Equal(want.MadeAt) || got.HandOver != want.HandOver || got.Format != want.Format {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	for name, want := range map[string]string{"a.db": large, "b.db": "", "a/2026-05/Fatura 1.pdf": "%PDF-1 a", "b/2026-05/Fatura 1.pdf": "%PDF-1 b"} {
		if raw, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name))); err != nil || string(raw) != want {
			t.Errorf("%s: %d bytes, %v", name, len(raw), err)
		}
	}
}

// Nobody needs this program to get at their data: behind the first line the file is age's and tar's own.
func TestWrite_isAgesOwnBehindItsFirstLine(t *testing.T) {
	path, _ := written(t)
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := bytes.Cut(raw, []byte("\n"))
	id, err := age.NewScryptIdentity(password.Reveal())
	if err != nil {
		t.Fatal(err)
	}
	plain, err := age.Decrypt(bytes.NewReader(rest), id)
	if err != nil {
		t.Fatal(err)
	}
	unpacked, err := gzip.NewReader(plain)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	archive := tar.NewReader(unpacked)
	for {
		h, err := archive.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, h.Name)
	}
	want := []string{
		"manifest.json", "companies/a/company.db", "companies/a/documents/2026-05/Fatura 1.pdf",
		"companies/b/company.db", "companies/b/documents/2026-05/Fatura 1.pdf",
	}
	if !slices.Equal(names, want) {
		t.Errorf("%q", names)
	}
	for _, plain := range []string{"Şirket a", "company.db", "%PDF-1", large[:64]} {
		if bytes.Contains(raw, []byte(plain)) {
			t.Errorf("%.10q can be read without the password", plain)
		}
	}
}

// Every bit that is flipped is told from a wrong password, wherever it lies.
func TestCheck_tellsDamageFromAWrongPassword(t *testing.T) {
	path, _ := written(t)
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	check := func(content []byte) error {
		_, err := Check(t.Context(), lay(t, filepath.Join(t.TempDir(), "y"), string(content)), password, &backup.Progress{})
		return err
	}
	if err := check(raw); err != nil {
		t.Fatal(err)
	}
	header := bytes.Index(raw, []byte("\n--- ")) + 50
	places := []int{header, header + 16, header + 17, len(raw) / 2, len(raw) - 17, len(raw) - 1}
	for at := 0; at < header; at++ {
		places = append(places, at)
	}
	for n, at := range places {
		bad := bytes.Clone(raw)
		bad[at] ^= 1 << (n % 8)
		if err := check(bad); domain.KindOf(err) != domain.KindBackupDamaged {
			t.Errorf("bit %d of byte %d flipped: %v", n%8, at, err)
		}
	}
	for _, length := range []int{20, header - 30, header + 8, header + 100, len(raw) / 2, len(raw) - 1} {
		if err := check(raw[:length]); domain.KindOf(err) != domain.KindBackupDamaged {
			t.Errorf("cut off at %d: %v", length, err)
		}
	}
	if err := check(append(bytes.Clone(raw), 0)); domain.KindOf(err) != domain.KindBackupDamaged {
		t.Errorf("a byte behind it: %v", err)
	}
}

func TestRead_saysWhatIsWrong(t *testing.T) {
	path, _ := written(t)
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := bytes.Cut(raw, []byte("\n"))
	header, _, err := cutHeader(rest)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, tt := range map[string]struct {
		content  string
		password string
		version  int
		kind     domain.Kind
	}{
		"sound":                 {string(raw), password.Reveal(), 15, ""},
		"another password":      {string(raw), "yanlış", 15, domain.KindBackupPassword},
		"no password":           {string(raw), "", 15, domain.KindInvalid},
		"a newer database":      {string(raw), password.Reveal(), 14, domain.KindBackupNewer},
		"a newer form":          {firstLine(2, header) + string(rest), password.Reveal(), 15, domain.KindBackupNewer},
		"an empty file":         {"", password.Reveal(), 15, domain.KindNoBackup},
		"something else":        {strings.Repeat("PK\x03\x04 bir zip", 500), password.Reveal(), 15, domain.KindNoBackup},
		"a text":                {"kod;ad\n1;Çay\n", password.Reveal(), 15, domain.KindNoBackup},
		"age without our line":  {string(rest), password.Reveal(), 15, domain.KindBackupDamaged},
		"a line without a sum":  {"sopyoyedek 1\n" + string(rest), password.Reveal(), 15, domain.KindBackupDamaged},
		"only the first line":   {firstLine(1, header), password.Reveal(), 15, domain.KindBackupDamaged},
		"a number that is none": {"sopyoyedek x " + strings.Repeat("0", 64) + "\n" + string(rest), password.Reveal(), 15, domain.KindBackupDamaged},
	} {
		_, err := Read(t.Context(), lay(t, filepath.Join(dir, name), tt.content), domain.NewSecret(tt.password), tt.version)
		if domain.KindOf(err) != tt.kind {
			t.Errorf("%s: %v, want %q", name, err, tt.kind)
		}
	}
	var e *domain.Error
	if _, err := Read(t.Context(), filepath.Join(dir, "yok"), password, 15); !errors.As(err, &e) || e.Kind != domain.KindFile || e.Detail != "backup" {
		t.Errorf("a file that is not there: %v", err)
	}
	if _, err := Read(t.Context(), dir, password, 15); domain.KindOf(err) != domain.KindFile {
		t.Errorf("a folder: %v", err)
	}
}

// forged makes a file of any manifest and archive.
func forged(t *testing.T, manifest any, files ...[2]string) string {
	t.Helper()
	var archive bytes.Buffer
	w := tar.NewWriter(&archive)
	raw, err := json.Marshal(manifest)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range append([][2]string{{"manifest.json", string(raw)}}, files...) {
		if err := w.WriteHeader(head(f[0], int64(len(f[1])))); err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(w, f[1])
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := age.NewScryptRecipient(backup.Key(password))
	if err != nil {
		t.Fatal(err)
	}
	r.SetWorkFactor(workFactor)
	var out bytes.Buffer
	to := &signed{out: &out}
	cipher, err := age.Encrypt(to, r)
	if err != nil {
		t.Fatal(err)
	}
	packed := gzip.NewWriter(cipher)
	_, err = archive.WriteTo(packed)
	if err := errors.Join(err, to.sign(), packed.Close(), cipher.Close()); err != nil {
		t.Fatal(err)
	}
	return lay(t, filepath.Join(t.TempDir(), "forged"+backup.Ending), out.String())
}

const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

// A stranger's file may say anything.
func TestUnpack_writesNothingOutsideItsFolder(t *testing.T) {
	manifest := func(id domain.CompanyID, name string) backup.Manifest {
		return backup.Manifest{Format: 1, Companies: []backup.Content{{ID: id, Name: "Ad"}}, Parts: []backup.Part{
			{Company: id, Name: backup.DatabasePart, SHA256: empty}, {Company: id, Name: name, SHA256: empty},
		}}
	}
	for name, path := range map[string]string{
		"a path upwards":         forged(t, manifest("a", "../../x"), [2]string{"companies/a/company.db", ""}, [2]string{"companies/a/documents/../../x", ""}),
		"an id that leads away":  forged(t, manifest("../x", "y"), [2]string{"companies/../x/company.db", ""}, [2]string{"companies/../x/documents/y", ""}),
		"another order":          forged(t, manifest("a", "x"), [2]string{"companies/a/documents/x", ""}, [2]string{"companies/a/company.db", ""}),
		"a part missing":         forged(t, manifest("a", "x"), [2]string{"companies/a/company.db", ""}),
		"a part too many":        forged(t, manifest("a", "x"), [2]string{"companies/a/company.db", ""}, [2]string{"companies/a/documents/x", ""}, [2]string{"y", ""}),
		"another content":        forged(t, backup.Manifest{Format: 1, Companies: []backup.Content{{ID: "a", Name: "Ad"}}, Parts: []backup.Part{{Company: "a", Name: backup.DatabasePart, SHA256: empty, Size: 1}}}, [2]string{"companies/a/company.db", "x"}),
		"a manifest that is not": forged(t, []int{1}, [2]string{"companies/a/company.db", ""}),
	} {
		dir := filepath.Join(t.TempDir(), "in")
		if _, err := Unpack(t.Context(), path, password, 15, dir, &backup.Progress{}); domain.KindOf(err) != domain.KindBackupDamaged {
			t.Errorf("%s: %v", name, err)
		}
		around, err := os.ReadDir(filepath.Dir(dir))
		if err != nil || len(around) > 1 || len(around) == 1 && around[0].Name() != "in" {
			t.Errorf("%s: written beside its folder: %v, %v", name, around, err)
		}
	}
	if _, err := Unpack(t.Context(), forged(t, manifest("a", "x"), [2]string{"companies/a/company.db", ""}, [2]string{"companies/a/documents/x", ""}), password, 15, t.TempDir(), &backup.Progress{}); err != nil {
		t.Errorf("what may be is refused: %v", err)
	}
}

func TestDigest_changesWithTheContentAlone(t *testing.T) {
	digest := func(at time.Time, database, document string) string {
		s := company(t, "a", database)
		lay(t, filepath.Join(s.Documents, "2026-05", "Fatura 2.pdf"), document)
		g, err := Gather(t.Context(), t.TempDir(), backup.Manifest{MadeAt: at}, []Source{s}, &backup.Progress{})
		if err != nil {
			t.Fatal(err)
		}
		return g.Digest()
	}
	now := time.Now()
	first := digest(now, "bir", "x")
	if digest(now.Add(time.Hour), "bir", "x") != first {
		t.Error("the time is in it")
	}
	if digest(now, "iki", "x") == first || digest(now, "bir", "y") == first || digest(now, "bir", "") == first {
		t.Error("a change is not in it")
	}
}

func TestWrite_keepsTheFileThatIsThereUntilTheNewOneIsWhole(t *testing.T) {
	for name, tt := range map[string]struct {
		spoil func(t *testing.T, g *Gathered, cancel func())
		kind  domain.Kind
	}{
		"cancelled":                 {func(_ *testing.T, _ *Gathered, cancel func()) { cancel() }, domain.KindCancelled},
		"a part that has gone":      {func(_ *testing.T, g *Gathered, _ func()) { g.paths[0] += "x" }, domain.KindDisk},
		"a document changed":        {func(t *testing.T, g *Gathered, _ func()) { lay(t, g.paths[1], "%PDF-2 a") }, domain.KindBusy},
		"a document that has grown": {func(t *testing.T, g *Gathered, _ func()) { lay(t, g.paths[1], "%PDF-1 a and more") }, domain.KindBusy},
		"a document cut off":        {func(t *testing.T, g *Gathered, _ func()) { lay(t, g.paths[1], "%PDF") }, domain.KindBusy},
	} {
		g, err := Gather(t.Context(), t.TempDir(), backup.Manifest{}, []Source{company(t, "a", large)}, &backup.Progress{})
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		path := lay(t, filepath.Join(dir, "yedek"+backup.Ending), "the old one")
		ctx, cancel := context.WithCancel(t.Context())
		tt.spoil(t, g, cancel)
		if _, err := g.Write(ctx, path, password, &backup.Progress{}); domain.KindOf(err) != tt.kind {
			t.Errorf("%s: %v, want %s", name, err, tt.kind)
		}
		cancel()
		raw, err := os.ReadFile(path)
		if files, _ := os.ReadDir(dir); err != nil || string(raw) != "the old one" || len(files) != 1 {
			t.Errorf("%s: %q is left, %v, %v", name, raw, files, err)
		}
	}
	g, err := Gather(t.Context(), t.TempDir(), backup.Manifest{}, []Source{company(t, "a", "x")}, &backup.Progress{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := g.Write(t.Context(), filepath.Join(t.TempDir(), "x"), domain.Secret{}, &backup.Progress{}); domain.KindOf(err) != domain.KindInvalid {
		t.Errorf("without a password: %v", err)
	}
	if _, err := os.Stat("/dev/full"); err == nil {
		var e *domain.Error
		if _, err := g.Write(t.Context(), "/dev/full", password, &backup.Progress{}); !errors.As(err, &e) || e.Kind != domain.KindDisk || e.Detail != "full" {
			t.Errorf("on a full disk: %v", err)
		}
	}
}

func TestGather_saysWhatTheCopySays(t *testing.T) {
	broken := domain.E(domain.KindData, "copy", nil)
	temp := t.TempDir()
	s := company(t, "a", "x")
	s.Copy = func(context.Context, string, *backup.Progress) (backup.Content, error) {
		return backup.Content{}, broken
	}
	if _, err := Gather(t.Context(), temp, backup.Manifest{}, []Source{company(t, "b", "y"), s}, &backup.Progress{}); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
	if left, _ := os.ReadDir(temp); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if _, err := Gather(t.Context(), lay(t, filepath.Join(temp, "file"), ""), backup.Manifest{}, nil, &backup.Progress{}); domain.KindOf(err) != domain.KindDisk {
		t.Errorf("no folder for the copies: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Gather(ctx, temp, backup.Manifest{}, []Source{company(t, "b", "y")}, &backup.Progress{}); domain.KindOf(err) != domain.KindCancelled {
		t.Errorf("cancelled: %v", err)
	}
}

func TestClean_removesWhatAKillHasLeft(t *testing.T) {
	temp := t.TempDir()
	lay(t, filepath.Join(temp, "gather-1", "a.db"), "in plain letters")
	kept := lay(t, filepath.Join(temp, "restore", "plan.json"), "{}")
	folder := t.TempDir()
	lay(t, filepath.Join(folder, ".sopyo-123.tmp"), "half a backup")
	lay(t, filepath.Join(folder, "Firma 2026-11-26.sopyoyedek"), "whole")
	if err := Clean(t.Context(), temp, folder); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(folder); len(left) != 1 {
		t.Errorf("left in the folder of backups: %v", left)
	}
	if left, _ := os.ReadDir(temp); len(left) != 1 {
		t.Errorf("left: %v", left)
	}
	if _, err := os.Stat(kept); err != nil {
		t.Error(err)
	}
	if err := Clean(t.Context(), filepath.Join(temp, "yok"), filepath.Join(temp, "yok")); err != nil {
		t.Error(err)
	}
}
