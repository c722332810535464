package sandbox

import (
	"math/rand/v2"
	"testing"
)

func TestGenerator_ofAFirmThatHasRunOutOfAKindOfBarcodes(t *testing.T) {
	g := &generator{rand: rand.New(rand.NewPCG(1, 2)), bars: map[string]bool{"86900004": true}}
	b := g.fresh(func() string { return "86900004" })
	if len(b) != 13 || !g.bars[b] || len(g.bars) != 2 {
		t.Errorf("%q of %v", b, g.bars)
	}
}
