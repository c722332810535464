package main

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"io/fs"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
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

// found lists where any of the secrets stands in the files of folders, in whatever disguise, and how many files that are.
func found(t *testing.T, secrets []string, folders ...string) (where []string, files int) {
	t.Helper()
	var looks []map[string][]byte
	for _, secret := range secrets {
		looks = append(looks, disguises(secret))
	}
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			raw, err := os.ReadFile(path)
			files++
			for _, look := range looks {
				for name, text := range look {
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
	return where, files
}

// Nothing that the program writes, and nothing that it says, holds a secret in any disguise: data, log, crash file, reports,
// drafts, exports, backups and what is restored of one, the support file, temporary files, and the command lines and environments
// of the programs it starts, of sign-ins by the browser and by account, an import, a letter, a backup, a crash in the middle of a
// sign-in, and of what goes wrong with each. The keys and tokens that İşbaşı gives are secrets too.
func TestSecrets_areNowhere(t *testing.T) {
	b := newBench(t, sandbox.Options{Products: sandbox.Products(50, 2)})
	temp := t.TempDir()
	for _, name := range []string{"TMPDIR", "TMP", "TEMP"} {
		t.Setenv(name, temp)
	}
	const mailPassword = "p@rola/ğ+&% 7x!"
	const backupPassword = "yedek-şifresi & uzun/çok uzun"
	notes := spies(t)
	secrets := []string{sandbox.DemoKey, sandbox.DemoPassword, mailPassword, backupPassword}
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
	least := 7
	if b.authorizeInBrowser(notes) {
		if called, err := filepath.Glob(filepath.Join(notes, "*")); err != nil || len(called) == 0 {
			t.Errorf("no spy was called: %v", err)
		}
	} else {
		t.Log("no sign-in by the browser on this system, or its port is taken")
		b.authorize()
		least-- // the browser brings one more
	}
	secrets = append(secrets, b.server.Issued()...)
	do("authorize", "--yes", "--api-key-file", b.path("key"), "--username", sandbox.DemoUser, "--password-file", b.write("wrong", "yanlış"+sandbox.DemoPassword))
	do(append(b.mailSettings(mails), "to=ali@example.com", "--password-file", b.write("mail", mailPassword+"\r\n"))...)
	do("import", "--report-to", "ali@example.com")
	do("mail", "test")
	do("mail", "send")
	do("transfer", "report", "--html", filepath.Join(files, "r.html"), "--xlsx", filepath.Join(files, "r.xlsx"), "--eml", filepath.Join(files, "r.eml"))
	do("catalogue", "export", filepath.Join(files, "k.csv"))
	do("status")
	password := b.write("backup", backupPassword+"\n")
	do("backup", "--out", filepath.Join(files, "y.sopyoyedek"), "--password-file", password)
	do("backup", "password", "--password-file", password)
	do("--data", filepath.Join(files, "ev"), "restore", filepath.Join(files, "y.sopyoyedek"), "--password-file", password, "--yes")
	if _, err := os.Stat(filepath.Join(files, "ev", "sopyo.db")); err != nil {
		t.Errorf("nothing was restored: %v", err)
	}
	crashed := b.crashInASignIn()
	do("support", "--out", filepath.Join(files, "destek.txt"))
	secrets = append(secrets, b.server.Issued()...)
	if len(secrets) < least {
		t.Errorf("only %d secrets are looked for", len(secrets))
	}
	if len(mails.Letters()) == 0 {
		t.Fatal("no letter was sent: this test looks at too little")
	}
	_ = b.server.Close() // nobody answers from here on
	do("import")
	do("--json", "status")
	if err := os.WriteFile(filepath.Join(files, "said.txt"), []byte(said), 0o600); err != nil {
		t.Fatal(err)
	}
	folders := []string{b.data, os.Getenv("HOME"), temp, files, notes, crashed}
	where, looked := found(t, secrets, folders...)
	for _, w := range where {
		t.Errorf("a secret in %s", w)
	}
	if looked < 20 {
		t.Errorf("only %d files: this test looks at too little", looked)
	}
	if held, err := keyring.Get("sopyo", "machine/smtp"); err == nil && held != "" {
		t.Errorf("an entry without the data folder's name")
	}
	// It would have been found: each disguise, planted in the middle of a file, and each secret.
	for _, secret := range secrets {
		if err := os.WriteFile(filepath.Join(notes, "planted"), []byte("xdg-open http://x/?k="+secret+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if where, _ := found(t, secrets, notes); len(where) == 0 {
			t.Errorf("a secret of %d letters is not found", len(secret))
		}
	}
	if err := os.Remove(filepath.Join(notes, "planted")); err != nil {
		t.Fatal(err)
	}
	for name, text := range disguises(mailPassword) {
		planted := filepath.Join(b.data, "logs", "planted")
		if err := os.WriteFile(planted, append(append([]byte("önce "), text...), " sonra"...), 0o600); err != nil {
			t.Fatal(err)
		}
		if where, _ := found(t, secrets, b.data); len(where) == 0 {
			t.Errorf("planted as %s it is not found", name)
		}
		if err := os.Remove(planted); err != nil {
			t.Fatal(err)
		}
	}
}

// crashInASignIn ends a program of its own as a defect of the runtime would, while İşbaşı is slow to answer its sign-in, and gives the
// folder it worked in: a core would be there. The system may keep cores; the program must not leave any by itself.
func (b *bench) crashInASignIn() string {
	b.t.Helper()
	dir := b.t.TempDir()
	if runtime.GOOS == "windows" {
		return dir
	}
	mute, err := new(net.ListenConfig).Listen(b.t.Context(), "tcp", "127.0.0.1:0") // never answers
	if err != nil {
		b.t.Fatal(err)
	}
	defer mute.Close()
	child := exec.Command("/bin/sh", "-c", `ulimit -c unlimited; exec "$0"`, os.Args[0])
	child.Dir = dir
	line := append([]string{"--data", b.data, "--isbasi-url", "http://" + mute.Addr().String(), "-v"}, signIn(b.path("key"), b.path("password"))...)
	child.Env = append(os.Environ(), childArgs+"="+strings.Join(line, "\t"))
	said, err := os.Create(filepath.Join(dir, "said.txt"))
	if err != nil {
		b.t.Fatal(err)
	}
	defer said.Close()
	child.Stdout, child.Stderr = said, said
	if err := child.Start(); err != nil {
		b.t.Fatal(err)
	}
	asked, err := mute.Accept()
	if err == nil {
		defer asked.Close()
		var request [4096]byte
		_, err = asked.Read(request[:])
	}
	if err != nil {
		b.t.Fatal(err)
	}
	_ = child.Process.Signal(syscall.SIGQUIT)
	_ = child.Wait()
	crash, err := os.ReadFile(filepath.Join(b.data, "logs", "crash.txt"))
	if err != nil || !bytes.Contains(crash, []byte("goroutine ")) {
		b.t.Errorf("there was no crash: %v %d bytes, %s", err, len(crash), read(b.t, said.Name()))
	}
	if cores, err := filepath.Glob(filepath.Join(dir, "core*")); err != nil || len(cores) > 0 {
		b.t.Errorf("a core is left: %v %v", cores, err)
	}
	return dir
}
