package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

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
		"a folder that is not there":   {nil, []string{"catalogue", "export", "/yok/liste.xlsx"}, []string{"klasör yok", "(/yok)"}, []string{"yer olduğuna", "kalmadı"}},
		"a folder where the file is":   {nil, []string{"catalogue", "export", os.TempDir()}, []string{"klasör var", "bir dosya adı"}, []string{"yer olduğuna", "bulunamadı"}},
		"a backup to a missing folder": {nil, []string{"backup", "--out", "/yok/y.sopyoyedek", "--password-file", key}, []string{"klasör yok", "(/yok)"}, []string{"yer olduğuna"}},
		"a report to a missing folder": {nil, []string{"support", "--out", "/yok/d.txt"}, []string{"klasör yok", "(/yok)"}, []string{"yer olduğuna"}},
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
	c := &ctl{lang: "tr"}
	if err := c.speak(); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{errors.New("no such thing"), domain.E(domain.KindInternal, "do it", errors.New("no such thing"))} {
		first, rest, _ := strings.Cut(c.sentence(err), "\n")
		if strings.Contains(first, "no such") || strings.Contains(first, "(") || !strings.Contains(rest, "no such thing") {
			t.Errorf("%q, %q", first, rest)
		}
	}
}
