//go:build race

package transfer

// thinned is how many times fewer rounds are made than there are: under -race everything takes many times as long, and the tests are run
// without as well, with all of them.
const thinned = 4
