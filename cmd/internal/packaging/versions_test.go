package main

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// An upgrade goes from what comes before a release to the release, in each system's own order: those whose tool is here are asked.
func TestVersion_isOrderedByEachSystem(t *testing.T) {
	root, err := filepath.Abs(tree)
	if err != nil {
		t.Fatal(err)
	}
	ascending := []string{"1.1.9", "1.2.0-alpha.2", "1.2.0-beta", "1.2.0-dev", "1.2.0-rc.1", "1.2.0-rc.2", "1.2.0-rc.10", "1.2.0", "1.2.1-dev", "1.10.0"}
	type system struct {
		valid *regexp.Regexp // as its manual has it
		asked string         // its tool
		older func(a, b string) *exec.Cmd
		rc    string // what it makes of 1.2.0-rc.1
	}
	tool := func(name string, args ...string) *exec.Cmd { return exec.CommandContext(t.Context(), name, args...) }
	for kind, s := range map[string]system{
		"deb": {regexp.MustCompile(`^\d[0-9A-Za-z.+~]*$`), "dpkg", func(a, b string) *exec.Cmd { return tool("dpkg", "--compare-versions", a, "lt", b) }, "1.2.0~rc.1"},
		"rpm": {regexp.MustCompile(`^[0-9A-Za-z._+~^]+$`), "rpm", func(a, b string) *exec.Cmd {
			return tool("rpm", "--eval", `%{lua:assert(rpm.vercmp("`+a+`", "`+b+`") < 0)}`)
		}, "1.2.0~rc.1"},
		"archlinux": {regexp.MustCompile(`^[0-9A-Za-z.+_]+$`), "vercmp", func(a, b string) *exec.Cmd {
			return tool("sh", "-c", `[ "$(vercmp "$0" "$1")" -lt 0 ]`, a+"-1", b+"-1")
		}, "1.2.0rc.1"},
		"apk": {apkVersion, "apk", func(a, b string) *exec.Cmd { return tool("sh", "-c", `[ "$(apk version -t "$0" "$1")" = "<" ]`, a, b) }, "1.2.0_rc1"},
	} {
		t.Run(kind, func(t *testing.T) {
			var said []string
			for _, v := range ascending {
				got, err := sh(t, root, "version "+kind, "VERSION="+v)
				if err != nil || !s.valid.MatchString(got) {
					t.Errorf("%s: %q, %v", v, got, err)
				}
				said = append(said, got)
			}
			if got := said[slices.Index(ascending, "1.2.0-rc.1")]; got != s.rc {
				t.Errorf("%q, want %q", got, s.rc)
			}
			if kind == "apk" && !slices.IsSortedFunc(said, apkOrder) {
				t.Errorf("%q", said)
			}
			if _, err := exec.LookPath(s.asked); err != nil {
				t.Skip(err)
			}
			for i, b := range said[1:] {
				if out, err := s.older(said[i], b).CombinedOutput(); err != nil || bytes.Contains(out, []byte("error")) {
					t.Errorf("%s is not older than %s: %v %s", said[i], b, err, out)
				}
			}
		})
	}
	for _, v := range []string{"1.2.0-rc1", "1.2.0-preview.1", "1.2.0-rc.1.2", "1.2.0-", "1.2.0+4"} {
		if got, err := sh(t, root, "version", "VERSION="+v); err == nil {
			t.Errorf("%s is taken: %s", v, got)
		}
	}
	if got, err := sh(t, root, "version snap", "VERSION=1.2.0"); err == nil {
		t.Errorf("packages of no system: %s", got)
	}
}

// apkVersion is a version of Alpine's packages, as far as ours go: apk-package(5).
var apkVersion = regexp.MustCompile(`^(\d+)\.(\d+)\.(\d+)(?:_(alpha|beta|pre|rc)(\d*))?$`)

// apkOrder compares two as apk does, which no other system has: numbers, then what comes before a release, then its number.
func apkOrder(a, b string) int {
	key := func(v string) []int {
		m := apkVersion.FindStringSubmatch(v)
		if m == nil {
			return nil
		}
		before := slices.Index([]string{"alpha", "beta", "pre", "rc", ""}, m[4])
		key := []int{}
		for _, digits := range []string{m[1], m[2], m[3], strconv.Itoa(before), "0" + m[5]} {
			n, _ := strconv.Atoi(digits)
			key = append(key, n)
		}
		return key
	}
	return slices.Compare(key(a), key(b))
}

// nfpm takes the version as it is told, and says it the same in every place of a package.
func TestLinux_packagesSayTheVersionOfTheirSystem(t *testing.T) {
	list := text(t, packaging, "linux", "nfpm.yaml")
	if !strings.Contains(list, "\nversion: ${PACKAGE_VERSION} ") || !strings.Contains(list, "\nversion_schema: none\n") {
		t.Error("nfpm makes versions of its own")
	}
}
