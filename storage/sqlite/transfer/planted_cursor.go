//go:build plant_cursor

package transfer

const (
	cursorAlone  = true
	imageSkipped = false
)
