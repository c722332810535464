package domain

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// The numbers of rules.md §6. That placeholders are no numbers is the gate's to say, not arithmetic's.
func TestValidVKN(t *testing.T) {
	for number, valid := range map[string]bool{
		"4540536920": true, "7740606115": true, "4388571876": true, "9876543217": true, "0012345672": true, "1234567890": true,
		"1111111111": false, "9876543210": false,
		"454053692": false, "04540536920": false, "45405369200": false, "": false, "454053692O": false, "-540536920": false, " 540536920": false,
		"٤٥٤٠٥": false, // ten bytes
	} {
		if ValidVKN(number) != valid {
			t.Errorf("%q: %v", number, !valid)
		}
	}
}

func TestValidTCKN(t *testing.T) {
	for number, valid := range map[string]bool{
		"10000000146": true, "12345678950": true, "34891021738": true,
		"11111111111": false, "12345678901": false, "01234567890": false, "10000000145": false, "10000000156": false,
		"1000000014": false, "010000000146": false, "100000001460": false, "": false, "1000000014G": false, "-0000000146": false,
		CompleteTCKN("012345678"): false, // none begins with 0
	} {
		if ValidTCKN(number) != valid {
			t.Errorf("%q: %v", number, !valid)
		}
	}
}

// Whatever nine digits it has, exactly one number with them is valid, and that is the completed one.
func TestTaxNumbers_haveOneEnding(t *testing.T) {
	r := rand.New(rand.NewPCG(10, 11))
	for range 2_000 {
		nine := fmt.Sprintf("%09d", 100_000_000+r.IntN(900_000_000))
		var vkn, tckn []string
		for i := range 100 {
			if n := fmt.Sprintf("%s%d", nine, i); i < 10 && ValidVKN(n) {
				vkn = append(vkn, n)
			}
			if n := fmt.Sprintf("%s%02d", nine, i); ValidTCKN(n) {
				tckn = append(tckn, n)
			}
		}
		if len(vkn) != 1 || vkn[0] != CompleteVKN(nine) {
			t.Fatalf("%s: VKN %v, completed %s", nine, vkn, CompleteVKN(nine))
		}
		if len(tckn) != 1 || tckn[0] != CompleteTCKN(nine) {
			t.Fatalf("%s: TCKN %v, completed %s", nine, tckn, CompleteTCKN(nine))
		}
	}
}
