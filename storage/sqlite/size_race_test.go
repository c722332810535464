//go:build race

package sqlite

// Under -race everything takes many times as long, and a race shows itself in every fourth round too: the
// others are made without.
const thinned = 4
