package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// answered runs one command line for a person who types.
func (b *bench) answered(typed string, args ...string) (code int, out, errs string) {
	b.t.Helper()
	var o, e bytes.Buffer
	code = run(context.Background(), append([]string{"--data", b.data, "--lang", "tr"}, args...), console.Streams{In: strings.NewReader(typed), Out: &o, Err: &e})
	return code, o.String(), e.String()
}

// company0 is the first of the companies of an answer.
func company0(t *testing.T, m map[string]any, list string) map[string]any {
	t.Helper()
	all, _ := m[list].([]any)
	if len(all) == 0 {
		t.Fatalf("no %s in %v", list, m)
	}
	c, _ := all[0].(map[string]any)
	return c
}

func TestBackup_isRestoredOnAnEmptyMachine(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	b.catalogue("Kod;Ad;Fiyat", "SKU-1;Bal;100")
	secret, file := b.write("parola", "yedek parolası\n"), b.path("elle.sopyoyedek")
	m := b.json(0, "backup", "--out", file, "--password-file", secret)
	c := company0(t, m, "companies")
	if m["path"] != file || number0(m, "size") == 0 || m["hand_over"] != false || m["made_at"] == nil || c["name"] != "Firmam" || number0(c, "products") != 1 {
		t.Errorf("%v", m)
	}
	first := b.data
	b.data = filepath.Join(t.TempDir(), "başka")
	m = b.json(0, "restore", file, "--password-file", secret)
	if r := company0(t, m, "companies"); m["restored"] != true || r["name"] != "Firmam" || r["id"] != c["id"] || r["replaced"] != false {
		t.Errorf("%v", m)
	}
	if list := b.json(0, "catalogue", "list"); number0(list, "total") != 1 {
		t.Errorf("%v", list)
	}
	// Where there is something it asks.
	b.data = first
	if code, _, _ := b.do("--json", "restore", file, "--password-file", secret); code != console.ExitUsage {
		t.Errorf("asked nobody: exit %d", code)
	}
	code, out, _ := b.answered("hayır\n", "restore", file, "--password-file", secret)
	if code != console.ExitPartly || !strings.Contains(out, "Firmam: 1 ürün") || !strings.Contains(out, "yerine geçer") {
		t.Errorf("%d %s", code, out)
	}
	if code, out, errs := b.answered("evet\n", "restore", file, "--password-file", secret); code != 0 || !strings.Contains(out, "Geri yüklendi: Firmam") || !strings.Contains(out, "İşbaşı’na sorulana kadar bekler") {
		t.Errorf("%d %s%s", code, out, errs)
	}
	list := b.json(0, "backup", "list")
	if before := company0(t, list, "backups"); before["company"] != "Firmam" || number0(before, "size") == 0 {
		t.Errorf("%v", list)
	}
	m = b.json(0, "restore", file, "--password-file", secret, "--yes")
	if r := company0(t, m, "companies"); r["replaced"] != true {
		t.Errorf("%v", m)
	}
}

func TestBackup_saysWhatIsWrongAndWhatToDo(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	secret, file := b.write("parola", "yedek parolası"), b.path("elle.sopyoyedek")
	b.json(0, "backup", "--out", file, "--password-file", secret)
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	flipped := bytes.Clone(raw)
	flipped[len(raw)/2] ^= 1
	for kind, tt := range map[domain.Kind]struct{ file, password, says string }{
		domain.KindBackupPassword: {file, b.write("yanlış", "başka parola"), "Şifre bu yedeği açmıyor."},
		domain.KindBackupDamaged:  {b.write("bit", string(flipped)), secret, "Yedek dosyası bozulmuş"},
		domain.KindNoBackup:       {b.write("metin", "kod;ad\n"), secret, "bir Sopyo yedeği değil"},
		domain.KindFile:           {b.path("yok"), secret, "Yedek dosyası okunamadı."},
	} {
		if said := b.wantError(console.ExitError, kind, "restore", tt.file, "--password-file", tt.password, "--yes"); !strings.Contains(said, tt.says) {
			t.Errorf("%s: %s", kind, said)
		}
	}
	if _, err := os.Stat("/dev/full"); err == nil {
		if said := b.wantError(console.ExitError, domain.KindDisk, "backup", "--out", "/dev/full", "--password-file", secret); !strings.Contains(said, "Diskte yer kalmadı.") {
			t.Errorf("%s", said)
		}
	}
	if said := b.wantError(console.ExitUsage, domain.KindInvalid, "backup"); !strings.Contains(said, "şifre belirleyin") {
		t.Errorf("%s", said)
	}
	for _, args := range [][]string{
		{"backup", "--all", "--company", "Firmam", "--out", file},
		{"backup", "--hand-over"},
		{"backup", "--hand-over", "--all", "--out", file},
		{"backup", "--password-file", secret},
		{"restore", file},
		{"backup", "password"},
		{"restore"},
	} {
		if code, _, _ := b.do(args...); code != console.ExitUsage {
			t.Errorf("%v: exit %d", args, code)
		}
	}
}

func TestBackup_intoTheFolderWithTheKeptPassword(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	if m := b.json(0, "backup", "password", "--password-file", b.write("parola", "yedek parolası")); m["kept"] != true {
		t.Errorf("%v", m)
	}
	m := b.json(0, "backup", "--all")
	if made := company0(t, m, "made"); !strings.HasPrefix(made["path"].(string), filepath.Join(b.data, "backups", "Firmam ")) {
		t.Errorf("%v", m)
	}
	if code, out, _ := b.do("backup"); code != 0 || !strings.Contains(out, "değişen bir şey yok") {
		t.Errorf("%d %s", code, out)
	}
	list := b.json(0, "backup", "list")
	if c := company0(t, list, "companies"); list["protected"] != true || c["backed_up_at"] == nil || c["handed_over_at"] != nil || c["failed"] != "" {
		t.Errorf("%v", list)
	}
}

func TestBackup_handsACompanyOver(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	secret, file := b.write("parola", "yedek parolası"), b.path("devir.sopyoyedek")
	if m := b.json(0, "backup", "--hand-over", "--out", file, "--password-file", secret); m["hand_over"] != true {
		t.Errorf("%v", m)
	}
	if c := company0(t, b.json(0, "backup", "list"), "companies"); c["handed_over_at"] == nil {
		t.Errorf("%v", c)
	}
	if m := b.json(0, "backup", "take-back"); m["handed_over"] != false {
		t.Errorf("%v", m)
	}
	if c := company0(t, b.json(0, "backup", "list"), "companies"); c["handed_over_at"] != nil {
		t.Errorf("%v", c)
	}
}

func TestCompany_isTakenBackAndErased(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	b.catalogue("Kod;Ad;Fiyat", "SKU-1;Bal;100")
	b.json(0, "company", "remove", "Firmam", "--yes")
	if r := company0(t, b.json(0, "company", "removed"), "removed"); r["name"] != "Firmam" || r["removed_at"] == nil || number0(r, "size") == 0 {
		t.Errorf("%v", r)
	}
	if m := b.json(0, "company", "restore", "firmam"); m["restored"] != true || m["name"] != "Firmam" {
		t.Errorf("%v", m)
	}
	if list := b.json(0, "catalogue", "list"); number0(list, "total") != 1 {
		t.Errorf("%v", list)
	}
	b.json(0, "company", "remove", "Firmam", "--yes")
	if code, _, errs := b.answered("evet\n", "company", "erase", "Firmam"); code != console.ExitUsage || !strings.Contains(errs, "SİL yazın") {
		t.Errorf("%d %s", code, errs)
	}
	if m := b.json(0, "company", "erase", "Firmam", "--word", "SİL"); number0(m, "erased_files") != 1 {
		t.Errorf("%v", m)
	}
	if m := b.json(0, "company", "removed"); len(m["removed"].([]any)) != 0 {
		t.Errorf("%v", m)
	}
	b.wantError(console.ExitError, domain.KindNotFound, "company", "restore", "Firmam")
}

func TestHelp_ofBackupsSpeaksTheLanguageOfMessages(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	for _, tt := range []struct{ lang, command, says, flag string }{
		{"tr", "backup", "şifreleyip yedekler", "yazılacak dosya"},
		{"en", "backup", "encrypted", "the file that is written"},
		{"tr", "restore", "geri yükler", "sormadan"},
		{"en", "restore", "Restore the companies", "without asking"},
	} {
		code, out, _ := b.do("--lang", tt.lang, tt.command, "--help")
		if code != 0 || !strings.Contains(out, tt.says) || !strings.Contains(out, tt.flag) {
			t.Errorf("%s %s: %d\n%s", tt.lang, tt.command, code, out)
		}
	}
	if _, out, _ := b.do("backup", "--help"); !strings.Contains(out, "Yedek klasöründeki yedekleri") {
		t.Errorf("its subcommands: %s", out)
	}
}
