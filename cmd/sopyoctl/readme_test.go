package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
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
			t.Setenv("USERPROFILE", ".")
			if err := os.CopyFS("assets/demo", os.DirFS(filepath.Join(tree, "assets/demo"))); err != nil {
				t.Fatal(err)
			}
			if err := os.Mkdir("build", 0o700); err != nil {
				t.Fatal(err)
			}
			begun, did := false, 0
			for _, line := range regexp.MustCompile(`(?m)^    (build/isbasi-sandbox -n 1200 -seed 1|echo \S+ > \S+|s)( .*)?$`).FindAllStringSubmatch(text, -1) {
				command, rest := line[1], line[2]
				if begun = begun || strings.HasPrefix(command, "build/isbasi-sandbox"); !begun {
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
				args := append([]string{"--data", "build/trial", "--isbasi-url", server.URL(), "--lang", lang, "--retry-pause", "1ms"}, strings.Fields(typed)...)
				if code := run(context.Background(), args, console.Streams{In: strings.NewReader(""), Out: &out, Err: &out}); code != console.ExitOK {
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

// What the READMEs name is there: pictures and files, the Makefile's targets, packages, and each flag of sopyoctl, of the command
// that it stands at.
func TestREADME_namesWhatThereIs(t *testing.T) {
	targets := regexp.MustCompile(`(?m)^([a-z0-9-]+):`).FindAllStringSubmatch(read(t, "../../Makefile"), -1)
	for file, lang := range map[string]string{"README.md": "en", "README.tr.md": "tr"} {
		text := read(t, "../../"+file)
		for _, link := range regexp.MustCompile(`\]\(([^):#]+)\)|\s(\./cmd/[\w/-]+)`).FindAllStringSubmatch(text, -1) {
			if _, err := os.Stat(filepath.Join("../..", link[1]+link[2])); err != nil {
				t.Errorf("%s: %v", file, err)
			}
		}
		if pictures := strings.Count(text, "-"+lang+".png)"); pictures != 3 || strings.Count(text, ".png)") != 3 {
			t.Errorf("%s: %d pictures in its language", file, pictures)
		}
		for _, use := range regexp.MustCompile("(?m)(?:^    |`)make ([a-z0-9 -]+)").FindAllStringSubmatch(text, -1) {
			for _, target := range strings.Fields(use[1]) {
				if !slices.ContainsFunc(targets, func(of []string) bool { return of[1] == target }) {
					t.Errorf("%s: make %s", file, target)
				}
			}
		}
		for _, of := range targets {
			if lang == "en" && !strings.Contains(text, "make "+of[1]) {
				t.Errorf("%s does not name make %s", file, of[1])
			}
		}
		for _, line := range regexp.MustCompile(`(?m)^    (?:s|sopyoctl) (.*)$`).FindAllStringSubmatch(text, -1) {
			typed, told, _ := strings.Cut(line[1], " #")
			cmd, _, err := commands{&console.Console{}}.command().Find(strings.Fields(typed))
			if err != nil {
				t.Errorf("%s: %s: %v", file, typed, err)
				continue
			}
			for _, name := range flagsNamed(typed) {
				if !hasFlag(name, cmd) {
					t.Errorf("%s: %s has no --%s", file, cmd.CommandPath(), name)
				}
			}
			for _, name := range flagsNamed(told) { // of what else the group can do
				if !hasFlag(name, append(cmd.Parent().Commands(), append(cmd.Commands(), cmd)...)...) {
					t.Errorf("%s: beside %s there is no --%s", file, cmd.CommandPath(), name)
				}
			}
		}
	}
}

func flagsNamed(text string) (names []string) {
	for _, m := range regexp.MustCompile(`(?:^|\s)--([a-z][a-z-]*)`).FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	return names
}

func hasFlag(name string, commands ...*cobra.Command) bool {
	return slices.ContainsFunc(commands, func(cmd *cobra.Command) bool { return cmd.Flag(name) != nil })
}
