//go:build !race

package transfer

// thinned is how many times fewer rounds are made than there are.
const thinned = 1
