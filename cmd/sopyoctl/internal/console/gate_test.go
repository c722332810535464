package console

import (
	"strings"
	"testing"

	_ "modernc.org/sqlite" // what an older program let in is put there by hand
)

func TestGate_keepsCharactersThatAreCutInTwo(t *testing.T) {
	var b strings.Builder
	w := &gate{out: &b}
	for _, one := range []byte("Çay ₺ 👩\u200d💻\x1b[1m\n") {
		if n, err := w.Write([]byte{one}); n != 1 || err != nil {
			t.Fatal(n, err)
		}
	}
	if b.String() != "Çay ₺ 👩\u200d💻[1m\n" {
		t.Errorf("%q", b.String())
	}
}
