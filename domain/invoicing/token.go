package invoicing

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"regexp"
	"strings"
)

// Token marks the invoice of an order in its description: [SM:xxxxxxxx].
type Token string

// TokenOf makes the token of an order of İşbaşı's firm (orders-invoices.md §5). It is the same on every
// machine and after every restore, so it can be computed for an order and looked for. The company's own
// name here is not in it.
func TokenOf(tenantID string, k Key) Token {
	sum := sha256.Sum256([]byte(strings.Join([]string{tenantID, k.Marketplace, k.Package, string(k.Direction)}, "\n")))
	return token(sum[:])
}

// NewNonce makes the token of one attempt, which nothing else has: by it a machine knows its own draft of an order from
// that of another machine. It stands behind the order's own token.
func NewNonce() Token {
	random := make([]byte, 5)
	_, _ = rand.Read(random) // never fails
	return token(random)
}

func token(of []byte) Token {
	const letters = 8
	return Token("[SM:" + lowerBase32.EncodeToString(of)[:letters] + "]")
}

// WithNonce puts a nonce behind the order's token in a description.
func WithNonce(description string, order, nonce Token) string {
	return strings.Replace(description, string(order), string(order)+" "+string(nonce), 1)
}

// NonceIn gives the nonce in a description, "" for none, and the description without it.
func NonceIn(description string) (nonce Token, without string) {
	tokens := FindTokens(description)
	if len(tokens) < 2 {
		return "", description
	}
	return tokens[1], strings.Replace(description, " "+string(tokens[1]), "", 1)
}

var lowerBase32 = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567")

// FindTokens gives the tokens in an invoice's description, as they stand there.
func FindTokens(description string) []Token {
	var tokens []Token
	for _, t := range tokenForm.FindAllString(description, -1) {
		tokens = append(tokens, Token(t))
	}
	return tokens
}

var tokenForm = regexp.MustCompile(`\[SM:[a-z2-7]{8}\]`)
