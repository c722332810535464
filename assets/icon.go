package assets

import _ "embed"

//go:embed icon.png
var icon []byte

// Icon is the program's icon, a PNG of 512 × 512.
func Icon() []byte { return icon }
