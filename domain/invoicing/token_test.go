package invoicing

import (
	"slices"
	"testing"
)

// The tokens were computed apart from this code (SHA-256, base32).
func TestTokenOf(t *testing.T) {
	for _, tt := range []struct {
		tenant string
		key    Key
		want   Token
	}{
		{"5b1c7c1e-0000-4000-8000-000000000001", Key{"c1", "trendyol", "7001", DirectionSale}, "[SM:alupm2zc]"},
		{"5b1c7c1e-0000-4000-8000-000000000001", Key{"c2", "trendyol", "7001", DirectionSale}, "[SM:alupm2zc]"}, // the same on every machine
		{"5b1c7c1e-0000-4000-8000-000000000001", Key{"c1", "trendyol", "7001", DirectionReturn}, "[SM:4aolkyca]"},
		{"", Key{"c1", "çiçeksepeti", "4,0/12", DirectionSale}, "[SM:wcdyejqj]"},
	} {
		got := TokenOf(tt.tenant, tt.key)
		if got != tt.want {
			t.Errorf("%v: %s, want %s", tt.key, got, tt.want)
		}
		if found := FindTokens("Sipariş 7001 " + string(got) + ". Teşekkürler"); !slices.Equal(found, []Token{tt.want}) {
			t.Errorf("%s is not found: %v", got, found)
		}
	}
}

func TestFindTokens(t *testing.T) {
	for description, want := range map[string][]Token{
		"":                                  nil,
		"[SM:alupm2zc]":                     {"[SM:alupm2zc]"},
		"a[SM:alupm2zc][SM:4aolkyca]\nb":    {"[SM:alupm2zc]", "[SM:4aolkyca]"},
		"[SM:alupm2z] SM:alupm2zc":          nil,
		"[SM:alupm2zcd]":                    nil,
		"[SM:alupm20c] [SM:alupm21c]":       nil, // no digits of base32
		"[sm:alupm2zc] [SM:ALUPM2ZC]":       nil,
		"[[SM:alupm2zc]] [SM: alupm2zc]":    {"[SM:alupm2zc]"},
		"[SM:aaaaaaaa] [SM:77777777]":       {"[SM:aaaaaaaa]", "[SM:77777777]"},
		"[SM:alupm2zc not] [SM:alupm2zc\n]": nil,
	} {
		if got := FindTokens(description); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", description, got, want)
		}
	}
}

func TestNonce_standsBehindTheOrdersToken(t *testing.T) {
	const order = Token("[SM:alupm2zc]")
	const description = "Sipariş No: 1 [SM:alupm2zc] · Paket No: 2"
	nonce, other := NewNonce(), NewNonce()
	if nonce == other || len(FindTokens(string(nonce))) != 1 {
		t.Fatalf("%q, %q", nonce, other)
	}
	with := WithNonce(description, order, nonce)
	if with != "Sipariş No: 1 [SM:alupm2zc] "+string(nonce)+" · Paket No: 2" {
		t.Error(with)
	}
	if got, without := NonceIn(with); got != nonce || without != description {
		t.Errorf("%q, %q", got, without)
	}
	if got, without := NonceIn(description); got != "" || without != description {
		t.Errorf("%q, %q", got, without)
	}
}
