package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// once draws the icons of the tree, which takes seconds: the files by their names.
var once = sync.OnceValues(func() (files map[string][]byte, err error) {
	dir, err := os.MkdirTemp("", "icons")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := write(filepath.Join(tree, "assets", "icon.svg"), dir); err != nil {
		return nil, err
	}
	names, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	files = map[string][]byte{}
	for _, entry := range names {
		if files[entry.Name()], err = os.ReadFile(filepath.Join(dir, entry.Name())); err != nil {
			return nil, err
		}
	}
	return files, nil
})

// drawn gives a file of the drawn icons.
func drawn(t *testing.T, name string) []byte {
	t.Helper()
	files, err := once()
	if err != nil {
		t.Fatal(err)
	}
	if len(files[name]) == 0 {
		t.Fatalf("%s is not drawn", name)
	}
	return files[name]
}

func read(t *testing.T, path ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func picture(t *testing.T, data []byte) image.Image {
	t.Helper()
	p, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// The window shows icon.png, packages are drawn from icon.svg: a person sees one icon.
func TestIcons_areTheWindows(t *testing.T) {
	mine, windows := picture(t, drawn(t, "sopyo-128.png")), picture(t, read(t, tree, "assets", "icon.png"))
	if mine.Bounds() != windows.Bounds() {
		t.Fatalf("%v, the window's is %v", mine.Bounds(), windows.Bounds())
	}
	const side, tolerance = 128, 0x3000 // of 0xffff: two rasterisers smooth edges otherwise
	other := 0
	for y := range side {
		for x := range side {
			a, b := mine.At(x, y), windows.At(x, y)
			r1, g1, b1, a1 := a.RGBA()
			r2, g2, b2, a2 := b.RGBA()
			for _, d := range []int{int(r1) - int(r2), int(g1) - int(g2), int(b1) - int(b2), int(a1) - int(a2)} {
				if d < -tolerance || d > tolerance {
					other++
					break
				}
			}
		}
	}
	if other > side*side/100 {
		t.Errorf("%d pixels of %d are other", other, side*side)
	}
}

func TestIcons_haveEachSize(t *testing.T) {
	for _, size := range sizes {
		p := picture(t, drawn(t, fmt.Sprintf("sopyo-%d.png", size)))
		if p.Bounds() != image.Rect(0, 0, size, size) {
			t.Errorf("%d: %v", size, p.Bounds())
		}
	}
}

// blocks are the mean colours of 8 × 8 parts of a square picture, each channel of 0 to 0xffff.
func blocks(p image.Image) (means [64][4]int) {
	side := p.Bounds().Dx() / 8
	for i := range means {
		for y := range side {
			for x := range side {
				r, g, b, a := p.At(i%8*side+x, i/8*side+y).RGBA()
				for c, v := range [...]uint32{r, g, b, a} {
					means[i][c] += int(v)
				}
			}
		}
		for c := range means[i] {
			means[i][c] /= side * side
		}
	}
	return means
}

// sameDrawing says where the picture is another drawing than the largest one.
func sameDrawing(t *testing.T, name string, p, largest image.Image) {
	t.Helper()
	const tolerance = 0x2000 // of 0xffff: the smallest have two pixels a part
	have, want := blocks(p), blocks(largest)
	for i := range want {
		for c := range want[i] {
			if d := have[i][c] - want[i][c]; max(d, -d) > tolerance {
				t.Errorf("%s: part %d is %v, of the largest %v", name, i, have[i], want[i])
				return
			}
		}
	}
}

// A person sees one drawing in every size: its lines are as wide for it as in the largest.
func TestIcons_areOneDrawing(t *testing.T) {
	largest := picture(t, drawn(t, "sopyo-512.png"))
	for _, size := range sizes {
		name := fmt.Sprintf("sopyo-%d.png", size)
		sameDrawing(t, name, picture(t, drawn(t, name)), largest)
	}
}

// Read as Windows does: the directory tells where each PNG lies and how large it is.
func TestICO_holdsEachSizeWhereItSays(t *testing.T) {
	data := drawn(t, "sopyo.ico")
	if !bytes.HasPrefix(data, []byte{0, 0, 1, 0, byte(len(icoSizes)), 0}) {
		t.Fatalf("head: % x", data[:6])
	}
	end := 6 + 16*len(icoSizes)
	for i, size := range icoSizes {
		entry := data[6+16*i:]
		from, n := binary.LittleEndian.Uint32(entry[12:]), binary.LittleEndian.Uint32(entry[8:])
		if entry[0] != byte(size%256) || entry[1] != byte(size%256) || int(from) != end {
			t.Errorf("%d: %d × %d at %d, the one before ends at %d", size, entry[0], entry[1], from, end)
		}
		end = int(from + n)
		if p := picture(t, data[from:end]); p.Bounds() != image.Rect(0, 0, size, size) {
			t.Errorf("%d: %v", size, p.Bounds())
		}
	}
	if end != len(data) {
		t.Errorf("%d bytes, the last picture ends at %d", len(data), end)
	}
}

// Read as macOS does: one part after the other, and those of retina screens are among them.
func TestICNS_holdsRetinaSizes(t *testing.T) {
	data := drawn(t, "sopyo.icns")
	if string(data[:4]) != "icns" || int(binary.BigEndian.Uint32(data[4:])) != len(data) {
		t.Fatalf("head: % x of %d bytes", data[:8], len(data))
	}
	held, pictures := map[string]int{}, map[string]image.Image{}
	for rest := data[8:]; len(rest) > 0; {
		n := binary.BigEndian.Uint32(rest[4:])
		p := picture(t, rest[8:n])
		held[string(rest[:4])], pictures[string(rest[:4])] = p.Bounds().Dx(), p
		if p.Bounds().Dx() != p.Bounds().Dy() {
			t.Errorf("%s: %v", rest[:4], p.Bounds())
		}
		if side := p.Bounds().Dx(); side == 1024 {
			_, _, _, edge := p.At(98, side/2).RGBA()
			_, _, _, inside := p.At(102, side/2).RGBA()
			if edge != 0 || inside != 0xffff {
				t.Errorf("the drawing does not begin at pixel 100: %x, %x", edge, inside)
			}
		}
		rest = rest[n:]
	}
	want := map[string]int{
		"icp4": 16, "ic11": 32, "icp5": 32, "ic12": 64, "ic07": 128, "ic13": 256, "ic08": 256, "ic14": 512, "ic09": 512, "ic10": 1024,
	}
	if fmt.Sprint(held) != fmt.Sprint(want) {
		t.Errorf("%v, want %v", held, want)
	}
	for kind, p := range pictures {
		sameDrawing(t, kind, p, pictures["ic10"])
	}
}
