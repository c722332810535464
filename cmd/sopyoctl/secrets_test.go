package main

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/zalando/go-keyring"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
	"github.com/sopyo/sopyo-desktop/storage/report/smtptest"
)

// disguises are the ways in which a secret may be written, by their names. In base64 it may begin at any of three places:
// the letters that do not depend on what stands beside it are looked for.
func disguises(secret string) map[string][]byte {
	all := map[string][]byte{
		"plain": []byte(secret), "hex": []byte(hex.EncodeToString([]byte(secret))), "HEX": []byte(strings.ToUpper(hex.EncodeToString([]byte(secret)))),
		"URL": []byte(url.QueryEscape(secret)), "path": []byte(url.PathEscape(secret)),
	}
	for _, u := range utf16.Encode([]rune(secret)) {
		all["UTF-16LE"] = append(all["UTF-16LE"], byte(u), byte(u>>8))
	}
	for name, encoding := range map[string]*base64.Encoding{"base64": base64.RawStdEncoding, "base64 of URLs": base64.RawURLEncoding} {
		for shift := range 3 {
			text := encoding.EncodeToString([]byte(strings.Repeat("\x00", shift) + secret))
			from := []int{0, 2, 3}[shift]
			all[name+strings.Repeat("+", shift)] = []byte(text[from : len(text)-2])
		}
	}
	return all
}

// found lists where any of the secrets stands in the files of folders, in whatever disguise.
func found(t *testing.T, secrets []string, folders ...string) (where []string) {
	t.Helper()
	files := 0
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			raw, err := os.ReadFile(path)
			files++
			for _, secret := range secrets {
				for name, text := range disguises(secret) {
					if bytes.Contains(raw, text) {
						where = append(where, filepath.Base(path)+": "+name)
					}
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files < 8 {
		t.Fatalf("only %d files: this test looks at nothing", files)
	}
	return where
}

// Nothing that the program writes, and nothing that it says, holds a secret in any disguise: data, log, crash file, reports,
// drafts, exports and temporary files of a sign-in, an import, a letter, and of what goes wrong with each.
func TestSecrets_areNowhere(t *testing.T) {
	b := newBench(t, sandbox.Options{Products: sandbox.Products(50, 2)})
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	const mailPassword = "p@rola/ğ+&% 7x!"
	secrets := []string{sandbox.DemoKey, sandbox.DemoPassword, mailPassword}
	mails, err := smtptest.New(smtptest.Options{User: "rapor", Password: mailPassword})
	if err != nil {
		t.Fatal(err)
	}
	defer mails.Close()
	files := t.TempDir()
	said := ""
	do := func(args ...string) {
		_, out, errs := b.do(append([]string{"-v"}, args...)...)
		said += out + errs
	}
	b.authorize()
	do("authorize", "--yes", "--api-key-file", b.path("key"), "--username", sandbox.DemoUser, "--password-file", b.write("wrong", "yanlış"+sandbox.DemoPassword))
	do(append(b.mailSettings(mails), "to=ali@example.com", "--password-file", b.write("mail", mailPassword+"\r\n"))...)
	do("import", "--report-to", "ali@example.com")
	do("mail", "test")
	do("mail", "send")
	do("transfer", "report", "--html", filepath.Join(files, "r.html"), "--xlsx", filepath.Join(files, "r.xlsx"), "--eml", filepath.Join(files, "r.eml"))
	do("catalogue", "export", filepath.Join(files, "k.csv"))
	do("status")
	if len(mails.Letters()) == 0 {
		t.Fatal("no letter was sent: this test looks at too little")
	}
	_ = b.server.Close() // nobody answers from here on
	do("import")
	do("--json", "status")
	if err := os.WriteFile(filepath.Join(files, "said.txt"), []byte(said), 0o600); err != nil {
		t.Fatal(err)
	}
	folders := []string{b.data, os.Getenv("HOME"), temp, files}
	for _, w := range found(t, secrets, folders...) {
		t.Errorf("a secret in %s", w)
	}
	if held, err := keyring.Get("sopyo", "machine/smtp"); err == nil && held != "" {
		t.Errorf("an entry without the data folder's name")
	}
	// It would have been found: each disguise, planted in the middle of a file.
	for name, text := range disguises(mailPassword) {
		planted := filepath.Join(b.data, "logs", "planted")
		if err := os.WriteFile(planted, append(append([]byte("önce "), text...), " sonra"...), 0o600); err != nil {
			t.Fatal(err)
		}
		if len(found(t, secrets, folders...)) == 0 {
			t.Errorf("planted as %s it is not found", name)
		}
		if err := os.Remove(planted); err != nil {
			t.Fatal(err)
		}
	}
}
