package assets

import _ "embed"

//go:embed fonts/NotoSans-Regular.ttf
var regular []byte

//go:embed fonts/NotoSans-Bold.ttf
var bold []byte

// Fonts are the TrueType fonts of printed pages, the letters of the window: Noto Sans, under the SIL Open Font
// License (fonts/OFL.txt). Their digits are all of one width, and they have ₺ and every Turkish letter.
func Fonts() (regularTTF, boldTTF []byte) { return regular, bold }
