//go:build plant_image

package transfer

const (
	cursorAlone  = false
	imageSkipped = true
)
