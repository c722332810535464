//go:build !race

package simulation

// usual is how many seeds are lived when nobody says how many.
const usual = 10
