//go:build !plant_cursor && !plant_image

package transfer

// Faults that the simulation of months has to find (make planted); no program is built with them.
const (
	cursorAlone  = false // the cursor of a read and its counters are stored before the rows that they have passed, not with them
	imageSkipped = false // of each third product it is not kept what it was
)
