//go:build !plant_repeat

package transport

// writesRepeated is a fault that the simulation of months has to find (make planted): a write whose answer is lost is sent
// again, as if it were a read. No program is built with it.
const writesRepeated = false
