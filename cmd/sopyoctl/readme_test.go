package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
	"github.com/sopyo/sopyo-desktop/storage/keyring"
)

// A newcomer types what stands in a README line by line, in an empty folder: each works, and says the numbers that stand
// behind its arrow.
func TestREADME_isWhatHappens(t *testing.T) {
	tree, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	for file, lang := range map[string]string{"README.md": "en", "README.tr.md": "tr"} {
		t.Run(file, func(t *testing.T) {
			keyring.InMemory(nil)
			text := read(t, filepath.Join(tree, file))
			server, err := sandbox.New(sandbox.Options{Products: sandbox.Products(1200, 1)})
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = server.Close() }()
			t.Chdir(t.TempDir())
			t.Setenv("HOME", ".")
			if err := os.CopyFS("assets/demo", os.DirFS(filepath.Join(tree, "assets/demo"))); err != nil {
				t.Fatal(err)
			}
			begun, did := false, 0
			for _, line := range regexp.MustCompile(`(?m)^    (isbasi-sandbox -n 1200 -seed 1|echo \S+ > \S+|s)( .*)?$`).FindAllStringSubmatch(text, -1) {
				command, rest := line[1], line[2]
				if begun = begun || strings.HasPrefix(command, "isbasi-sandbox"); !begun {
					continue
				}
				if said, ok := strings.CutPrefix(command, "echo "); ok {
					word, path, _ := strings.Cut(said, " > ")
					if err := os.WriteFile(path, []byte(word+"\n"), 0o600); err != nil {
						t.Fatal(err)
					}
				}
				if command != "s" {
					continue
				}
				typed, promised, _ := strings.Cut(rest, "# → ")
				var out bytes.Buffer
				args := append([]string{"--data", "trial", "--isbasi-url", server.URL(), "--lang", lang, "--retry-pause", "1ms"}, strings.Fields(typed)...)
				if code := run(context.Background(), args, streams{in: strings.NewReader(""), out: &out, err: &out}); code != exitOK {
					t.Fatalf("%s: exit %d\n%s", typed, code, out.String())
				}
				for _, says := range strings.Split(promised, " · ") {
					if says == "" || !strings.Contains(out.String(), says) {
						t.Errorf("%s: %q is not said:\n%s", typed, says, out.String())
					}
				}
				did++
			}
			if did < 8 {
				t.Errorf("%d lines", did)
			}
		})
	}
}
