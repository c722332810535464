// Command packaging draws the icons that lie beside the programs in their packages: packaging DIR. Its tests look at
// everything else that packages are made of, in .ci/packaging.
package main

import (
	"bytes"
	"fmt"
	"image"
	"io"
	"os"
	"path/filepath"

	"github.com/sopyo/sopyo-desktop/storage/disk"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: packaging ICON.svg DIR")
		os.Exit(2)
	}
	if err := write(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "packaging:", err)
		os.Exit(1)
	}
}

// sizes are those that Windows and the freedesktop theme ask for, in pixels.
var sizes = []int{16, 24, 32, 48, 64, 128, 256, 512}

// write draws the picture in svg into dir: sopyo.ico, sopyo.icns, and sopyo-16.png … sopyo-512.png.
func write(svg, dir string) error {
	source, err := os.ReadFile(svg)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // it is made for packages, which everybody may read
		return err
	}
	files := map[string][]byte{}
	pictures := map[int]image.Image{}
	for _, size := range sizes {
		if pictures[size], err = draw(source, size, 0); err != nil {
			return err
		}
		if files[fmt.Sprintf("sopyo-%d.png", size)], err = encode(pictures[size]); err != nil {
			return err
		}
	}
	if files["sopyo.ico"], err = ico(pictures); err != nil {
		return err
	}
	if files["sopyo.icns"], err = icns(source); err != nil {
		return err
	}
	for name, data := range files {
		if err := disk.Write(filepath.Join(dir, name), func(out io.Writer) error {
			_, err := io.Copy(out, bytes.NewReader(data))
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}
