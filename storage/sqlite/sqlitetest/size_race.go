//go:build race

package sqlitetest

// Thinned is how many times fewer rounds are made than there are: under -race everything takes many times as long, and a race shows itself in every fourth round too: the
// others are made without.
const Thinned = 4
