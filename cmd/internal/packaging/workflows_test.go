package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// A tag of an action can be moved by whoever has its repository, a commit cannot.
func TestWorkflows_nameActionsByCommit(t *testing.T) {
	pinned := regexp.MustCompile(`^[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$`)
	commits := map[string]string{}
	for _, name := range []string{"ci.yml", "release.yml"} {
		for line := range strings.Lines(text(t, tree, ".github", "workflows", name)) {
			_, action, is := strings.Cut(strings.TrimSpace(line), "uses: ")
			if !is {
				continue
			}
			if !pinned.MatchString(action) {
				t.Errorf("%s: %s", name, action)
			}
			of, _, _ := strings.Cut(action, "@")
			if was := commits[of]; was != "" && was != action {
				t.Errorf("%s: %s, elsewhere %s", name, action, was)
			}
			commits[of] = action
		}
	}
	if len(commits) < 6 {
		t.Errorf("only %d actions were found", len(commits))
	}
}

// On a Mac that has no OpenGL the app is let through with a warning, and with any other fault it is not. Apple's tools are played by
// scripts: the program writes its log and ends, and sleeping waits for that end.
func TestMacOS_warnsWhereThereIsNoOpenGL(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("looks into /proc")
	}
	const (
		noOpenGL = "2026/11/27 16:00:00 Fyne error:  window creation error\n" +
			"2026/11/27 16:00:00   Cause: FormatUnavailable: NSGL: Failed to find a suitable pixel format\n" +
			"2026/11/27 16:00:00   At: driver.go:180\n"
		other = "2026/11/27 16:00:00   Cause: open sopyo.db: read-only file system\n"
	)
	root, err := filepath.Abs(tree)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		log                    string
		stays                  bool
		passes, warns, picture bool
	}{
		"window":                {stays: true, passes: true, picture: true},
		"window that complains": {stays: true, log: "2026/11/27 16:00:00 Fyne error:  no such font\n", passes: true, picture: true},
		"no OpenGL":             {log: noOpenGL, passes: true, warns: true},
		"no OpenGL, and more":   {log: noOpenGL + other},
		"another cause":         {log: other},
		"another cause, open":   {log: other, stays: true},
		"no word":               {},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			pid, picture := filepath.Join(dir, "pid"), filepath.Join(dir, "picture.png")
			if err := os.WriteFile(filepath.Join(dir, "log"), []byte(c.log), 0o600); err != nil {
				t.Fatal(err)
			}
			end := "exit 1"
			if c.stays {
				end = "exec /bin/sleep 600"
			}
			for program, script := range map[string]string{
				"plutil": "", "codesign": "", "hdiutil": "", "lipo": "echo arm64 x86_64",
				"screencapture": `: >"$2"`,
				"ditto":         `mkdir -p "$2/Contents/MacOS" && cp "` + dir + `/sopyo" "` + dir + `/sopyoctl" "$2/Contents/MacOS/"`,
				"sleep": `until [ -s "` + pid + `" ]; do /bin/sleep 0.01; done; p=$(cat "` + pid + `")` + "\n" +
					`until [ ! -e "/proc/$p" ] || grep -Eq '^State:.(Z|S \(sleeping\))' "/proc/$p/status"; do :; done`,
				"sopyoctl": "echo sopyoctl 1.2.3",
				"sopyo": `[ "$1" != --version ] || { echo sopyo 1.2.3; exit; }` + "\n" +
					`cat "` + dir + `/log"; mkdir "$3"; echo kept >"$3/sopyo.db"; echo $$ >"` + pid + `"; ` + end,
			} {
				if err := os.WriteFile(filepath.Join(dir, program), []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
					t.Fatal(err)
				}
			}
			cmd := exec.CommandContext(t.Context(), filepath.Join(root, ".ci", "packaging", "macos", "smoke"), picture, "Sopyo.dmg")
			cmd.Env = append(os.Environ(), "PATH="+dir+":"+os.Getenv("PATH"), "TMPDIR="+dir)
			said, err := cmd.CombinedOutput()
			if (err == nil) != c.passes {
				t.Errorf("%v", err)
			}
			if strings.Contains(string(said), "::warning") != c.warns {
				t.Error("the warning")
			}
			if _, err := os.Stat(picture); (err == nil) != c.picture {
				t.Errorf("picture: %v", err)
			}
			if t.Failed() {
				t.Log(string(said))
			}
		})
	}
}
