//go:build race

package simulation

// usual is how many seeds are lived when nobody says how many: under -race everything takes its time, and the other run of
// continuous integration lives them all.
const usual = 2
