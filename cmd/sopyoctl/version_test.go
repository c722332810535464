package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
)

// The flags are those of the script that builds the packages: a name that Go's linker does not know is passed over in silence.
func TestVersion_isTheOneThatPackagesAreBuiltWith(t *testing.T) {
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("there is no go here to build with")
	}
	script, err := os.ReadFile("../../.ci/packaging/build")
	if err != nil {
		t.Fatal(err)
	}
	set := regexp.MustCompile(`-X (\S+)=\$VERSION`).FindSubmatch(script)
	if set == nil {
		t.Fatal("the script sets no version")
	}
	program := filepath.Join(t.TempDir(), "sopyoctl")
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	build := exec.CommandContext(t.Context(), "go", "build", "-ldflags", "-X "+string(set[1])+"=7.8.9-rc.1", "-o", program, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if said, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	for args, want := range map[string]string{
		"--version":      "sopyoctl 7.8.9-rc.1\n",
		"version":        "sopyoctl 7.8.9-rc.1\n",
		"version --json": `{"version":"7.8.9-rc.1"}` + "\n",
	} {
		said, err := exec.CommandContext(t.Context(), program, strings.Fields(args)...).Output()
		if err != nil || string(said) != want {
			t.Errorf("%s: %q, %v; want %q", args, said, err, want)
		}
	}
	page, err := exec.CommandContext(t.Context(), program, "manual", "--lang", "en").Output()
	if err != nil || !bytes.HasPrefix(page, []byte(`.TH SOPYOCTL 1 "" "sopyoctl 7.8.9-rc.1"`)) {
		t.Errorf("%v; the manual begins with %.60q", err, page)
	}
}

// Verbose kept its letter: cobra gives -v to the version where nobody has it.
func TestVersion_leavesVerboseItsLetter(t *testing.T) {
	var out, errs bytes.Buffer
	code := run(context.Background(), []string{"-v", "version", "--json"}, console.Streams{In: strings.NewReader(""), Out: &out, Err: &errs})
	var told struct{ Version string }
	if err := json.Unmarshal(out.Bytes(), &told); err != nil || code != console.ExitOK || told.Version != app.Version() {
		t.Errorf("%d, %v: %q, %q", code, err, out.String(), errs.String())
	}
}

// man finds each command with its flags, in both languages under its own headings.
func TestManual_holdsEveryCommandAndFlag(t *testing.T) {
	for lang, headings := range map[string][]string{
		"tr": {".SH AD\n", ".SH ÖZET\n", ".SH SEÇENEKLER\n", ".SH KOMUTLAR\n", ".SH ÇIKIŞ KODLARI\n"},
		"en": {".SH NAME\n", ".SH SYNOPSIS\n", ".SH OPTIONS\n", ".SH COMMANDS\n", ".SH EXIT STATUS\n"},
	} {
		var out, errs bytes.Buffer
		if code := run(context.Background(), []string{"manual", "--lang", lang}, console.Streams{In: strings.NewReader(""), Out: &out, Err: &errs}); code != console.ExitOK {
			t.Fatalf("%s: %d %s", lang, code, errs.String())
		}
		page := out.String()
		for _, heading := range headings {
			if strings.Count(page, heading) != 1 {
				t.Errorf("%s: %q stands %d times", lang, heading, strings.Count(page, heading))
			}
		}
		if strings.Contains(page, "man.") {
			t.Errorf("%s: a key is not worded", lang)
		}
		section := map[string]string{} // by command
		for _, text := range strings.Split(page, "\n.SS ")[1:] {
			head, body, _ := strings.Cut(text, "\n")
			section[head] = body
		}
		c := &console.Console{}
		var known int
		var look func(parent *cobra.Command)
		look = func(parent *cobra.Command) {
			for _, cmd := range parent.Commands() {
				if cmd.Hidden {
					continue
				}
				known++
				cmd.DisableFlagsInUseLine = true
				body, there := section[roff(cmd.UseLine())]
				if !there {
					t.Errorf("%s: %q is missing", lang, cmd.UseLine())
				}
				cmd.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
					if !f.Hidden && !strings.Contains(body, roff("--"+f.Name)) {
						t.Errorf("%s: %s has no --%s", lang, cmd.CommandPath(), f.Name)
					}
				})
				look(cmd)
			}
		}
		look(commands{c}.command())
		if known < 60 || known != len(section) {
			t.Errorf("%s: %d commands, %d sections", lang, known, len(section))
		}
	}
}

// A line that begins with a dot is a request to man, a backslash begins an escape, and a bare hyphen is drawn as a dash.
func TestRoff_obeysNothing(t *testing.T) {
	if got, want := roff(".so x\n'it\nC:\\x --y"), "\\&.so x\n\\&'it\nC:\\ex \\-\\-y"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
