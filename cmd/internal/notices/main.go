// Command notices writes the licences of all that the three programs are built of, on every system, into
// assets/notices/notices.txt: run go generate ./assets. It finds them in the module cache, in Go itself and in assets.
//
// github.com/google/go-licenses, the usual tool, takes one file of a module: it leaves out GLFW's, SQLite's and those of
// Fyne's fonts, and ends at a module whose licence it does not know by its words (v1.6.0).
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/storage/disk"
)

func main() {
	root, err := filepath.Abs("..")
	if err == nil {
		var text string
		if text, err = document(context.Background(), root); err == nil {
			err = disk.Write(filepath.Join(root, "assets", "notices", "notices.txt"), func(out io.Writer) error {
				_, err := io.WriteString(out, text)
				return err
			})
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "notices:", err)
		os.Exit(1)
	}
}

// own are the works of others in assets, by where they lie.
var own = []module{
	{Path: "Noto Sans", Dir: "fonts"},
	{Path: "il-ilce", Dir: "geo"},
}

// document is the whole text: Go, the modules, and what lies in assets. A line that begins with "==== " begins a work, one with
// "---- " a file of it.
func document(ctx context.Context, root string) (string, error) {
	list, err := modules(ctx, root)
	if err != nil {
		return "", err
	}
	for _, m := range own {
		list = append(list, module{Path: m.Path, Dir: filepath.Join(root, "assets", m.Dir)})
	}
	var b strings.Builder
	goroot, err := exec.CommandContext(ctx, "go", "env", "GOROOT").Output()
	if err != nil {
		return "", err
	}
	licence, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(goroot)), "LICENSE"))
	if err != nil {
		return "", err
	}
	fmt.Fprintf(&b, "==== Go\n\n---- LICENSE\n\n%s\n\n", plain(licence))
	for _, m := range list {
		texts, err := notices(m.Dir)
		if err != nil {
			return "", fmt.Errorf("%s: %w", m.Path, err)
		}
		fmt.Fprintf(&b, "==== %s\n\n", strings.TrimSpace(m.Path+" "+m.Version))
		var files []string
		for name := range texts {
			files = append(files, name)
		}
		slices.Sort(files)
		for _, name := range files {
			fmt.Fprintf(&b, "---- %s\n\n%s\n\n", name, texts[name])
		}
	}
	return b.String(), nil
}
