package main

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/png"

	"github.com/fyne-io/oksvg"
	"github.com/srwiley/rasterx"
)

// draw draws an SVG into a square of size pixels, margin being the share of it that stays empty on each side.
func draw(svg []byte, size int, margin float64) (image.Image, error) {
	icon, err := oksvg.ReadIconStream(bytes.NewReader(svg), oksvg.StrictErrorMode)
	if err != nil {
		return nil, err
	}
	whole := float64(size)
	icon.SetTarget(whole*margin, whole*margin, whole*(1-2*margin), whole*(1-2*margin))
	for i := range icon.SVGPaths { // SetTarget leaves lines as wide as they were
		icon.SVGPaths[i].LineWidth *= whole * (1 - 2*margin) / icon.ViewBox.W
	}
	picture := image.NewRGBA(image.Rect(0, 0, size, size))
	icon.Draw(rasterx.NewDasher(size, size, rasterx.NewScannerGV(size, size, picture, picture.Bounds())), 1)
	return picture, nil
}

func encode(picture image.Image) ([]byte, error) {
	var b bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, picture)
	return b.Bytes(), err
}

// icoSizes are those of an icon of Windows; its directory has a byte for a side, in which 256 is 0.
var icoSizes = []int{16, 24, 32, 48, 64, 256}

// ico is an icon file of Windows: a directory and a PNG for each size, which Windows takes since Vista.
func ico(pictures map[int]image.Image) ([]byte, error) {
	head := binary.LittleEndian.AppendUint16(nil, 0)
	head = binary.LittleEndian.AppendUint16(head, 1) // an icon, not a pointer
	head = binary.LittleEndian.AppendUint16(head, uint16(len(icoSizes)))
	offset := uint32(len(head) + 16*len(icoSizes))
	var body []byte
	for _, size := range icoSizes {
		data, err := encode(pictures[size])
		if err != nil {
			return nil, err
		}
		head = append(head, byte(size), byte(size), 0, 0) // sides; no palette
		head = binary.LittleEndian.AppendUint16(head, 1)  // plane
		head = binary.LittleEndian.AppendUint16(head, 32) // bits a pixel
		head = binary.LittleEndian.AppendUint32(head, uint32(len(data)))
		head = binary.LittleEndian.AppendUint32(head, offset)
		offset += uint32(len(data))
		body = append(body, data...)
	}
	return append(head, body...), nil
}

// icnsSizes are the types of an icon of macOS that hold a PNG, with their sides in pixels: each size in points once for
// plain screens and once, twice as large, for retina ones.
var icnsSizes = []struct {
	kind string
	size int
}{
	{"icp4", 16}, {"ic11", 32}, // 16 points
	{"icp5", 32}, {"ic12", 64}, // 32
	{"ic07", 128}, {"ic13", 256}, // 128
	{"ic08", 256}, {"ic14", 512}, // 256
	{"ic09", 512}, {"ic10", 1024}, // 512
}

// macMargin leaves around the icon what Apple's grid leaves: 100 of 1024 pixels a side, of which the drawing has 32 itself.
const macMargin = (100.0/1024 - 32.0/1024) / (1 - 2*32.0/1024)

// icns is an icon file of macOS: a head of eight bytes, and one before each PNG. Apple's own iconutil runs on a Mac alone.
func icns(svg []byte) ([]byte, error) {
	var body []byte
	for _, s := range icnsSizes {
		picture, err := draw(svg, s.size, macMargin)
		if err != nil {
			return nil, err
		}
		data, err := encode(picture)
		if err != nil {
			return nil, err
		}
		body = append(append(append(body, s.kind...), length(data)...), data...)
	}
	return append(append([]byte("icns"), length(body)...), body...), nil
}

// length is that of data with its head of eight bytes.
func length(data []byte) []byte { return binary.BigEndian.AppendUint32(nil, uint32(len(data)+8)) }
