package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
	"github.com/sopyo/sopyo-desktop/storage/keyring"
)

// What is advised fits what went wrong and where: nobody looks for room on a disk because a file is damaged.
func TestAdvice_isByKindAndPlace(t *testing.T) {
	damaged := func(b *bench) {
		files, _ := filepath.Glob(filepath.Join(strings.ReplaceAll(b.data, "#", "?"), "companies", "*.db"))
		raw := []byte(read(t, files[0]))
		for i := range raw[100:] {
			raw[100+i] = 0xa5
		}
		if err := os.WriteFile(files[0], raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	key := filepath.Join(t.TempDir(), "parola")
	if err := os.WriteFile(key, []byte("doğru at pil zımba"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		before     func(b *bench)
		args       []string
		says, nots []string
	}{
		"a damaged file":               {damaged, []string{"catalogue", "list"}, []string{"hasar", "yede", ".db"}, []string{"yazılamadı", "yer olduğuna"}},
		"a product that is not here":   {nil, []string{"prices", "explain", "YOK-1"}, []string{"Bu bilgisayarda", "YOK-1"}, []string{"İşbaşı"}},
		"a company that is not here":   {nil, []string{"--company", "yok", "status"}, []string{"Bu bilgisayarda", "yok"}, []string{"İşbaşı"}},
		"a letter that is not here":    {nil, []string{"mail", "dismiss", "77"}, nil, []string{"İşbaşı"}},
		"a folder that is not there":   {nil, []string{"catalogue", "export", "/yok/liste.xlsx"}, []string{"klasör yok", "(" + filepath.FromSlash("/yok") + ")"}, []string{"yer olduğuna", "kalmadı"}},
		"a folder where the file is":   {nil, []string{"catalogue", "export", os.TempDir()}, []string{"klasör var", "bir dosya adı"}, []string{"yer olduğuna", "bulunamadı"}},
		"a backup to a missing folder": {nil, []string{"backup", "--out", "/yok/y.sopyoyedek", "--password-file", key}, []string{"klasör yok", "(" + filepath.FromSlash("/yok") + ")"}, []string{"yer olduğuna"}},
		"a report to a missing folder": {nil, []string{"support", "--out", "/yok/d.txt"}, []string{"klasör yok", "(" + filepath.FromSlash("/yok") + ")"}, []string{"yer olduğuna"}},
		"a data folder that is a file": {nil, []string{"--data", key, "status"}, []string{"bir dosya var", "Bir klasörün yolunu"}, []string{"yer olduğuna"}},
		"orders of a folder":           {nil, []string{"orders", "import", os.TempDir()}, []string{"klasör"}, []string{"ürün"}},
		"a backup of a damaged file":   {damaged, []string{"backup", "--out", key + ".sopyoyedek", "--password-file", key}, []string{"companies"}, []string{"gather", "yer olduğuna"}},
		"a key file that is missing":   {nil, []string{"authorize", "--api-key-file", "/yok/key.txt"}, []string{"Anahtar", "/yok/key.txt"}, []string{"CSV"}},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, sandbox.Options{})
			if tt.before != nil {
				tt.before(b)
			}
			code, _, errs := b.do(tt.args...)
			for _, want := range tt.says {
				if !strings.Contains(errs, want) {
					t.Errorf("exit %d: %q does not say %q", code, errs, want)
				}
			}
			for _, not := range tt.nots {
				if strings.Contains(errs, not) {
					t.Errorf("exit %d: %q says %q", code, errs, not)
				}
			}
			if code == 0 {
				t.Error("done")
			}
		})
	}
}

// Without a keyring nobody knows whether the company is signed in; it is not "not authorised".
func TestStatus_withoutAKeyringSaysSo(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	b.authorize()
	keyring.InMemory(errors.New("locked"))
	t.Cleanup(func() { keyring.InMemory(nil) })
	code, out, errs := b.do("status")
	if code != 0 || strings.Contains(out, "Yetkilendirilmemiş") || !strings.Contains(out, sandbox.DemoUser) || !strings.Contains(errs, "anahtarlığına") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	if m := b.json(0, "status"); m["authorised"] != nil || m["keyring"] != "unreachable" {
		t.Errorf("%v", m)
	}
}

// A Turkish sentence has no English in its brackets: what only support understands stands on a line of its own.
func TestSentence_keepsTechnicalDetailsApart(t *testing.T) {
	c := &console.Console{Lang: "tr"}
	if err := c.Speak(); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{errors.New("no such thing"), domain.E(domain.KindInternal, "do it", errors.New("no such thing"))} {
		first, rest, _ := strings.Cut(c.Sentence(err), "\n")
		if strings.Contains(first, "no such") || strings.Contains(first, "(") || !strings.Contains(rest, "no such thing") {
			t.Errorf("%q, %q", first, rest)
		}
	}
}

// What is missing is named as what it is: nothing has ended that was never begun, and no name is wrong where nothing is there.
func TestAdvice_namesWhatIsMissing(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	for _, c := range []struct {
		code   int
		says   string
		unsaid string
		args   []string
	}{
		{console.ExitAuthorise, "henüz bağlanmadı", "süresi doldu", []string{"import"}},
		{console.ExitError, "Geri alınacak bir düzeltme yok", "denetleyin", []string{"catalogue", "doctor", "--undo"}},
		{console.ExitError, "Henüz hiç ürün aktarılmadı", "denetleyin", []string{"transfer", "show"}},
		{console.ExitError, "Henüz hiç ürün aktarılmadı", "denetleyin", []string{"import", "rows"}},
		{console.ExitError, "Henüz hiç eşitlenmedi", "denetleyin", []string{"sync", "show"}},
	} {
		code, out, errs := b.do(c.args...)
		if code != c.code || !strings.Contains(errs, c.says) || strings.Contains(errs, c.unsaid) {
			t.Errorf("%v: exit %d, %s%s", c.args, code, out, errs)
		}
	}
}

// A file that is something else is told as that, whatever command it is given to.
func TestAdvice_knowsAFileOfAnotherKind(t *testing.T) {
	b := shop(t)
	backup := b.path("firma.sopyoyedek")
	b.json(0, "backup", "--out", backup, "--password-file", b.write("parola", "uzun bir parola 1\n"))
	page := b.path("rapor.html")
	b.json(0, "transfer", "report", "--html", page)
	for path, says := range map[string]string{
		backup: "sopyoctl restore", page: "web sayfası",
		b.write("SopyoKur.exe", "MZ\x90\x00\x03\x00\x00\x00"): "Bu bir program", b.write("sopyo", "\x7fELF\x02\x01\x01\x00"): "Bu bir program",
		b.write("urun.png", "\x89PNG\r\n\x1a\n"): "Bu bir resim", b.write("liste.csv", "\xff\xd8\xff\xe0\x00\x10JFIF"): "Bu bir resim",
	} {
		for _, args := range [][]string{{"catalogue", "import", path}, {"orders", "import", path}, {"orders", "import", path, "--profile", "n11"}} {
			if code, out, errs := b.do(args...); code == 0 || !strings.Contains(errs, says) {
				t.Errorf("%v: exit %d, %s%s", args, code, out, errs)
			}
		}
	}
	for _, path := range []string{page, b.path("o.csv"), b.path("urun.png")} {
		if code, out, errs := b.do("restore", path, "--password-file", b.path("parola"), "--yes"); code == 0 || !strings.Contains(errs, "Sopyo yedeği değil") {
			t.Errorf("restore %s: exit %d, %s%s", path, code, out, errs)
		}
	}
	if code, _, errs := b.do("catalogue", "import", b.path("o.csv")); code == 0 || !strings.Contains(errs, "sipariş") {
		t.Errorf("a list of orders: exit %d, %s", code, errs)
	}
}
