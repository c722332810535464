//go:build !race

package sync

// thinned divides the random cases.
const thinned = 1
