//go:build !race

package sqlitetest

// Thinned is how many times fewer rounds are made than there are.
const Thinned = 1
