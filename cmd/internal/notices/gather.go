package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"regexp"
	"slices"
	"strings"
)

// systems are those the programs are built for: each brings modules of its own.
var systems = []string{"linux/amd64", "linux/arm64", "windows/amd64", "darwin/amd64", "darwin/arm64"}

// module is one that a program is built of.
type module struct {
	Path, Version, Dir string
	Main               bool
	Replace            *module
}

// modules gives those of ./cmd/... in root for every system, by path. Tests and what only they need are none of them.
func modules(ctx context.Context, root string) ([]module, error) {
	all := map[string]module{}
	for _, system := range systems {
		goos, goarch, _ := strings.Cut(system, "/")
		cmd := exec.CommandContext(ctx, "go", "list", "-deps", "-tags", "migrated_fynedo", "-json=Module", "./cmd/sopyo", "./cmd/sopyoctl", "./cmd/isbasi-sandbox")
		cmd.Dir = root
		cmd.Env = append(os.Environ(), "CGO_ENABLED=1", "GOOS="+goos, "GOARCH="+goarch, "GOFLAGS=")
		var errs bytes.Buffer
		cmd.Stderr = &errs
		out, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("go list for %s: %w: %s", system, err, errs.String())
		}
		for packages := json.NewDecoder(bytes.NewReader(out)); ; {
			var p struct{ Module *module }
			if err := packages.Decode(&p); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				return nil, err
			}
			if m := p.Module; m != nil && !m.Main {
				if m.Replace != nil {
					m.Dir = m.Replace.Dir
				}
				all[m.Path] = *m
			}
		}
	}
	var sorted []module
	for _, m := range all {
		sorted = append(sorted, m)
	}
	slices.SortFunc(sorted, func(a, b module) int { return strings.Compare(a.Path, b.Path) })
	return sorted, nil
}

// noticeFile is how the files are called in which licences and thanks stand.
var noticeFile = regexp.MustCompile(`(?i)^(un)?licen[cs]e|^copying|^copyright|^notice|^patents|^ofl\.`)

// notices reads every notice below dir, by the path in it. Folders that come into no program are left out.
func notices(dir string) (map[string]string, error) {
	found := map[string]string{}
	files := os.DirFS(dir)
	err := fs.WalkDir(files, ".", func(at string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() {
			if at != "." && (name == "testdata" || name == "cmd" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")) {
				return fs.SkipDir
			}
			return nil
		}
		if !noticeFile.MatchString(name) || path.Ext(name) == ".go" {
			return nil
		}
		text, err := fs.ReadFile(files, at)
		found[at] = plain(text)
		return err
	})
	if err == nil && len(found) == 0 {
		err = errors.New("no licence")
	}
	return found, err
}

// plain gives a text the line ends of here, and takes blanks away from the ends of its lines and form feeds.
func plain(text []byte) string {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	lines := strings.Split(string(text), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(strings.ReplaceAll(l, "\f", ""), " \t\r")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}
