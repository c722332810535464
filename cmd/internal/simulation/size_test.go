//go:build !race

package simulation

// usual is how many seeds are lived when nobody says how many.
const usual = 10

// watched: races are looked for.
const watched = false
