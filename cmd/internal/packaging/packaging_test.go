package main

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// tree is the folder of the checkout, packaging that of what packages are made of.
const (
	tree      = "../../.."
	packaging = tree + "/.ci/packaging"
)

// text reads a file as it lies in the repository: git gives Windows other ends of lines.
func text(t *testing.T, path ...string) string {
	t.Helper()
	return strings.ReplaceAll(string(read(t, path...)), "\r\n", "\n")
}

// plist reads a property list's one dictionary: of texts, lists of texts, and true or false as such.
func plist(t *testing.T, path string) map[string]any {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text(t, path)))
	values, key := map[string]any{}, ""
	var list []string
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return values
		}
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		switch at := token.(type) {
		case xml.StartElement:
			var text string
			switch at.Name.Local {
			case "key", "string":
				if err := d.DecodeElement(&text, &at); err != nil {
					t.Fatal(err)
				}
				switch {
				case at.Name.Local == "key":
					key = text
				case list != nil:
					list = append(list, text)
				default:
					values[key] = text
				}
			case "array":
				list = []string{}
			case "true", "false":
				values[key] = at.Name.Local == "true"
			}
		case xml.EndElement:
			if at.Name.Local == "array" {
				values[key], list = list, nil
			}
		}
	}
}

// setting gives the value behind a key = of a file of lines.
func setting(t *testing.T, path, key string) string {
	t.Helper()
	m := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(key) + `\s*=\s*"?([^"\n]*)"?$`).FindStringSubmatch(text(t, path))
	if m == nil {
		t.Fatalf("%s: no %s", path, key)
	}
	return m[1]
}

// One name and one identity on every system: what the window tells the desktop is what the desktop looks for.
func TestPackages_haveOneIdentity(t *testing.T) {
	id := setting(t, tree+"/FyneApp.toml", "ID")
	program := regexp.MustCompile(`const appID = "(.*)"`).FindStringSubmatch(text(t, tree, "cmd/sopyo/run.go"))
	if program == nil || program[1] != id {
		t.Errorf("the program says %q, FyneApp.toml %q", program, id)
	}
	desktop := filepath.Join(packaging, "linux", id+".desktop")
	for key, want := range map[string]string{"Icon": id, "StartupWMClass": id, "Exec": "sopyo", "Name[tr]": setting(t, tree+"/FyneApp.toml", "Name")} {
		if got := setting(t, desktop, key); got != want {
			t.Errorf(".desktop: %s is %q, want %q", key, got, want)
		}
	}
	var component struct {
		ID         string `xml:"id"`
		Launchable string `xml:"launchable"`
	}
	if err := xml.Unmarshal(read(t, packaging, "linux", id+".metainfo.xml"), &component); err != nil {
		t.Fatal(err)
	}
	if component.ID != id || component.Launchable != id+".desktop" {
		t.Errorf("AppStream: %+v", component)
	}
	if got := plist(t, packaging+"/macos/Info.plist")["CFBundleIdentifier"]; got != id {
		t.Errorf("Info.plist: %v", got)
	}
	if got := winres(t, "sopyo").Manifest["#1"]["0409"].Identity.Name; got != id {
		t.Errorf("manifest: %v", got)
	}
}

type resources struct {
	Icons    map[string]map[string][]string `json:"RT_GROUP_ICON"`
	Manifest map[string]map[string]struct {
		Identity   struct{ Name string }
		Level      string `json:"execution-level"`
		DPI        string `json:"dpi-awareness"`
		LongPaths  bool   `json:"long-path-aware"`
		MinimumOS  string `json:"minimum-os"`
		CommonCtls bool   `json:"use-common-controls-v6"`
	} `json:"RT_MANIFEST"`
	Version map[string]map[string]struct {
		Info map[string]map[string]string
	} `json:"RT_VERSION"`
}

func winres(t *testing.T, name string) resources {
	t.Helper()
	var r resources
	if err := json.Unmarshal(read(t, packaging, "windows", name+".winres.json"), &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// The desktop takes the icon of the size it draws; and nothing of ours runs as root, where a person's data could be met.
func TestLinux_hasEachIconAndRunsNothing(t *testing.T) {
	list := text(t, packaging, "linux", "nfpm.yaml")
	for _, size := range sizes {
		if want := fmt.Sprintf("/icons/sopyo-%[1]d.png\", dst: /usr/share/icons/hicolor/%[1]dx%[1]d/apps/com.sopyo.desktop.png", size); !strings.Contains(list, want) {
			t.Errorf("no icon of %d pixels", size)
		}
	}
	if strings.Contains(list, "scripts:") {
		t.Error("a package runs a script")
	}
}

// What Windows reads of a program: sharp on every screen, long paths, no administrator, and its name in both languages.
func TestWindows_isToldWhatTheProgramsAre(t *testing.T) {
	for _, name := range []string{"sopyo", "sopyoctl"} {
		r := winres(t, name)
		m := r.Manifest["#1"]["0409"]
		if m.Level != "as invoker" || !m.LongPaths || m.MinimumOS != "win10" {
			t.Errorf("%s: %+v", name, m)
		}
		if window := name == "sopyo"; (m.DPI == "per monitor v2") != window || m.CommonCtls != window {
			t.Errorf("%s: %+v", name, m)
		}
		info := r.Version["#1"]["0000"].Info
		for lang, product := range map[string]string{"041F": "Sopyo Masaüstü", "0409": "Sopyo Desktop"} {
			got := info[lang]
			if got["ProductName"] != product || !strings.HasPrefix(got["FileDescription"], product) || got["OriginalFilename"] != name+".exe" {
				t.Errorf("%s in %s: %v", name, lang, got)
			}
		}
		for _, icon := range r.Icons["APP"]["0000"] {
			drawn(t, icon)
		}
	}
}

// The last page of the installer has a line for what stands beside a box; what is longer is cut through the middle of its letters.
func TestInstaller_saysInOneLineWhatABoxDoes(t *testing.T) {
	said := regexp.MustCompile(`LangString Schedule \$\{LANG_\w+\} "(.*)"`).FindAllStringSubmatch(text(t, packaging, "windows", "sopyo.nsi"), -1)
	if len(said) != 2 {
		t.Fatalf("%q", said)
	}
	for _, s := range said {
		if n := utf8.RuneCountInString(s[1]); n > 48 {
			t.Errorf("%s: %d letters", s[1], n)
		}
	}
}

// macOS asks the person before the program reads a folder, with the words of Info.plist in her language.
func TestInfoPlist_saysWhatForInBothLanguages(t *testing.T) {
	info := plist(t, packaging+"/macos/Info.plist")
	for key, want := range map[string]any{
		"LSMinimumSystemVersion": "12.0", "LSApplicationCategoryType": "public.app-category.business", "CFBundlePackageType": "APPL",
		"CFBundleExecutable": "sopyo", "CFBundleIconFile": "sopyo.icns", "CFBundleDevelopmentRegion": "tr", "NSHighResolutionCapable": true,
		"CFBundleShortVersionString": "@NUMBERS@", "CFBundleVersion": "@NUMBERS@",
	} {
		if info[key] != want {
			t.Errorf("%s is %v, want %v", key, info[key], want)
		}
	}
	if langs, _ := info["CFBundleLocalizations"].([]string); !slices.Equal(langs, []string{"tr", "en"}) {
		t.Errorf("languages: %v", langs)
	}
	words := func(lang, key string) string {
		m := regexp.MustCompile(`(?m)^` + key + ` = "(.+)";$`).FindStringSubmatch(text(t, packaging, "macos", lang+".lproj", "InfoPlist.strings"))
		if m == nil {
			t.Errorf("%s has no %s", lang, key)
			return ""
		}
		return m[1]
	}
	for _, folder := range []string{"Documents", "Downloads", "Desktop"} {
		key := "NS" + folder + "FolderUsageDescription"
		if tr := words("tr", key); tr != info[key] || tr == words("en", key) {
			t.Errorf("%s: %q, Info.plist says %v", key, tr, info[key])
		}
	}
	for _, volume := range []string{"Removable", "Network"} {
		key := "NS" + volume + "VolumesUsageDescription"
		if tr := words("tr", key); tr != info[key] || tr == words("en", key) {
			t.Errorf("%s: %q, Info.plist says %v", key, tr, info[key])
		}
	}
	if exceptions := plist(t, packaging+"/macos/entitlements.plist"); len(exceptions) != 0 {
		t.Errorf("the hardened runtime has exceptions: %v", exceptions)
	}
}

// sh runs a script of .ci/packaging, with words behind its name, and more in its environment.
func sh(t *testing.T, dir, script string, environment ...string) (string, error) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("packages are made by sh")
	}
	words := strings.Fields(script)
	cmd := exec.CommandContext(t.Context(), filepath.Join(dir, ".ci", "packaging", words[0]), words[1:]...)
	cmd.Env = append(os.Environ(), environment...)
	said, err := cmd.CombinedOutput()
	return strings.TrimSpace(string(said)), err
}

// What can be tried of a Mac's package elsewhere: the bundle whole, and Apple's tools in the order they need.
func TestMacOS_laysOutTheBundleAndSignsFromTheInside(t *testing.T) {
	dir := t.TempDir()
	root, err := filepath.Abs(tree)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"sopyo", "sopyoctl"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("program "+name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	said, err := sh(t, root, "macos/package", "DRY_RUN=1", "VERSION=1.2.3-rc.1", "PROGRAMS="+dir, "WORK="+dir+"/work", "OUT="+dir+"/out",
		"MACOS_IDENTITY=Developer ID Application: T", "NOTARY_KEY=key.p8", "NOTARY_KEY_ID=ID", "NOTARY_ISSUER=ISSUER")
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	contents := filepath.Join(dir, "work", "dmg", "Sopyo.app", "Contents")
	for _, name := range []string{"sopyo", "sopyoctl"} {
		if got := string(read(t, contents, "MacOS", name)); got != "program "+name {
			t.Errorf("%s: %q", name, got)
		}
	}
	info := plist(t, filepath.Join(contents, "Info.plist"))
	if info["CFBundleShortVersionString"] != "1.2.3" || info["CFBundleVersion"] != "1.2.3" {
		t.Errorf("version: %v, %v", info["CFBundleShortVersionString"], info["CFBundleVersion"])
	}
	for _, file := range []string{
		"MacOS/" + info["CFBundleExecutable"].(string), "Resources/" + info["CFBundleIconFile"].(string),
		"Resources/tr.lproj/InfoPlist.strings", "Resources/en.lproj/InfoPlist.strings", "Resources/LICENSE", "Resources/notices.txt", "PkgInfo",
	} {
		if len(read(t, contents, file)) == 0 {
			t.Errorf("%s is empty", file)
		}
	}
	app := filepath.Join(dir, "work", "dmg", "Sopyo.app")
	var steps []string
	for line := range strings.Lines(said) {
		line = strings.TrimSpace(line)
		words := strings.Fields(line)
		switch {
		case strings.HasPrefix(line, "+ go build"):
			if !strings.Contains(line, "app.version=1.2.3-rc.1 ") {
				t.Errorf("no version: %s", line)
			}
			steps = append(steps, "build")
		case strings.HasPrefix(line, "+ "):
			steps = append(steps, words[1]+" "+filepath.Base(words[len(words)-1]))
			if strings.HasPrefix(line, "+ codesign --force") && (!strings.Contains(line, "--options runtime") || !strings.Contains(line, "--timestamp")) {
				t.Errorf("Apple notarises no such signature: %s", line)
			}
		}
	}
	want := []string{
		"build", "build", "build", "build", "lipo sopyo", "lipo sopyoctl", "codesign sopyoctl", "codesign Sopyo.app", "codesign Sopyo.app",
		"ditto Sopyo.zip", "xcrun ISSUER", "xcrun Sopyo.app", "hdiutil Sopyo-1.2.3-rc.1.dmg", "codesign Sopyo-1.2.3-rc.1.dmg", "xcrun ISSUER",
		"xcrun Sopyo-1.2.3-rc.1.dmg", "spctl Sopyo-1.2.3-rc.1.dmg",
	}
	for i, step := range steps { // lipo's last word is its second source
		if strings.HasPrefix(step, "lipo") && !strings.Contains(said, "-output "+app+"/Contents/MacOS/"+strings.TrimPrefix(step, "lipo ")) {
			t.Errorf("%d: %s goes elsewhere", i, step)
		}
	}
	if !slices.Equal(steps, want) {
		t.Errorf("steps\n%s\nwant\n%s", strings.Join(steps, "\n"), strings.Join(want, "\n"))
	}
	unsigned, err := sh(t, root, "macos/package", "DRY_RUN=1", "VERSION=1.2.3", "PROGRAMS="+dir, "WORK="+dir+"/work", "OUT="+dir+"/out", "MACOS_IDENTITY=-")
	if err != nil || !strings.HasSuffix(unsigned, "/Sopyo-1.2.3-imzasiz.dmg") || strings.Contains(unsigned, "notarytool") {
		t.Errorf("%v\n%s", err, unsigned)
	}
}

// A release is a tag, and the tree that it stands on says the same.
func TestVersion_comesFromTheTag(t *testing.T) {
	for _, name := range []string{"git", "sh"} { // wine has neither
		if _, err := exec.LookPath(name); err != nil {
			t.Skip(err)
		}
	}
	dir := t.TempDir()
	for _, name := range []string{"FyneApp.toml", ".ci/packaging/version"} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), read(t, tree, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	git := func(args ...string) {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), "git", append([]string{"-C", dir, "-c", "user.name=T", "-c", "user.email=t@example.com"}, args...)...)
		if said, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, said)
		}
	}
	written := setting(t, tree+"/FyneApp.toml", "Version")
	git("init", "-q")
	git("commit", "-q", "--allow-empty", "-m", "first")
	says := func(want string, environment ...string) {
		t.Helper()
		if got, err := sh(t, dir, "version", append([]string{"VERSION="}, environment...)...); err != nil || got != want {
			t.Errorf("%q, %v; want %q", got, err, want)
		}
	}
	refuses := func(environment ...string) {
		t.Helper()
		if got, err := sh(t, dir, "version", append([]string{"VERSION="}, environment...)...); err == nil {
			t.Errorf("%q is taken", got)
		}
	}
	says(written + "-dev")
	says("7.0.0-rc.2", "VERSION=7.0.0-rc.2")
	refuses("VERSION=v7")
	refuses("VERSION=7.0")
	git("tag", "v"+written+"-rc.1")
	says(written + "-rc.1")
	git("tag", "-d", "v"+written+"-rc.1")
	git("tag", "v"+written)
	says(written)
	git("commit", "-q", "--allow-empty", "-m", "second")
	says(written + "-dev")
	git("tag", "v99.0.0")
	refuses()
}

// A flag that the window takes stands in its manual page, in both languages.
func TestManual_namesEveryFlagOfTheWindow(t *testing.T) {
	flags := regexp.MustCompile(`f\.\w+\(&\S+, "([a-z-]+)"`).FindAllStringSubmatch(text(t, tree, "cmd/sopyo/options.go"), -1)
	if len(flags) < 7 {
		t.Fatalf("%d flags are found", len(flags))
	}
	for _, lang := range []string{"tr", "en"} {
		page := strings.ReplaceAll(text(t, packaging, "linux", "sopyo."+lang+".1"), `\-`, "-")
		for _, flag := range flags {
			if !strings.Contains(page, "--"+flag[1]) {
				t.Errorf("%s: no --%s", lang, flag[1])
			}
		}
		if documented := strings.Count(page, "--"); documented != len(flags) {
			t.Errorf("%s: %d flags are described, there are %d", lang, documented, len(flags))
		}
	}
}
