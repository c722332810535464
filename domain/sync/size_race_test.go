//go:build race

package sync

// thinned divides the random cases: the race detector makes each many times slower.
const thinned = 5
