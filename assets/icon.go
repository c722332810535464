package assets

import _ "embed"

//go:embed icon.png
var icon []byte

// Icon is the program's icon, a PNG of 128 × 128: as large as a window shows it on a screen of three times the pixels. Its toolkit keeps the
// pixels, and gives a copy to the display, so that a larger one is held in memory for nothing; packages draw theirs of icon.svg.
func Icon() []byte { return icon }
